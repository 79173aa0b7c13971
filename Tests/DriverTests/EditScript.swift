// Edits of a project on the disk, as editors, version control and people make them.

import Foundation

/// A project in a temporary folder.
struct EditedProject {
  let folder: URL

  init() throws {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "sqlc-watch-\(UUID().uuidString)")
    folder = root.appending(path: "project")
    for name in ["schema", "queries"] {
      try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try write(configuration, to: "sqlc-swift.yaml")
    try write(schema, to: "schema/001_agents.sql")
    try write(queries, to: "queries/agents.sql")
    try write("-- name: CountAgents :one\nSELECT count(*) AS n FROM agents;\n", to: "../shared.sql")
    try FileManager.default.createSymbolicLink(
      atPath: path("queries/linked.sql"), withDestinationPath: "../../shared.sql")
  }

  func remove() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  func path(_ name: String) -> String { folder.appending(path: name).standardizedFileURL.path }

  /// In place, as most programs do.
  func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: URL(filePath: path(name))) }

  func move(_ old: String, to new: String) throws {
    if rename(path(old), path(new)) == 0 { return }
    // A round that was under way may have made its folder anew: what was moved comes back in its place.
    guard errno == ENOTEMPTY || errno == EEXIST else { throw CocoaError(.fileWriteUnknown) }
    try FileManager.default.removeItem(atPath: path(new))
    guard rename(path(old), path(new)) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }
}

/// One edit, and whether a watcher has something to tell of it.
struct Edit {
  var name: String
  var isNews = true
  var make: () throws -> Void
}

/// Edits in a random order that is the same each time.
struct EditScript {
  private let project: EditedProject
  private let generates: Bool
  private var state: UInt64
  private var number = 0
  /// What undoes the last one, which comes next.
  private var pending: [Edit] = []

  init(_ project: EditedProject, seed: UInt64, generates: Bool) {
    self.project = project
    self.generates = generates
    state = seed &* 0x9E37_79B9_7F4A_7C15
  }

  mutating func next() throws -> Edit {
    if !pending.isEmpty { return pending.removeFirst() }
    number += 1
    let choices = choices()
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let chosen = number <= choices.count ? number - 1 : Int(state >> 33) % choices.count
    pending = choices[chosen]
    return pending.removeFirst()
  }

  /// Another text for `queries/agents.sql`, each time.
  private func text() -> String {
    "-- name: GetAgent :one\nSELECT id, name, \(number) AS number FROM agents WHERE id = ?1;\n"
  }

  private func choices() -> [[Edit]] { saves() + files() + mistakes() + nothing() }

  /// One file, saved in the ways there are.
  private func saves() -> [[Edit]] {
    let (project, number, text, file) = (project, number, text(), "queries/agents.sql")
    return [
      [Edit(name: "in place") { try project.write(text, to: file) }],
      [
        Edit(name: "by renaming") {
          try project.write(text, to: "queries/.agents.sql.tmp")
          try project.move("queries/.agents.sql.tmp", to: file)
        }
      ],
      [
        Edit(name: "with a backup") {
          try project.move(file, to: file + "~")
          try project.write(text, to: file)
          try project.delete(file + "~")
        }
      ],
      [
        Edit(name: "deleted and written") {
          try project.delete(file)
          try project.write(text, to: file)
        }
      ],
      [
        Edit(name: "in many small writes") {
          guard let handle = FileHandle(forWritingAtPath: project.path(file)) else { return }
          try handle.truncate(atOffset: 0)
          for byte in text.utf8 { try handle.write(contentsOf: Data([byte])) }
          try handle.close()
        }
      ],
      [
        Edit(name: "behind a link") {
          try project.write(
            "-- name: CountAgents :one\nSELECT count(*) + \(number) AS n FROM agents;\n", to: "../shared.sql")
        }
      ],
    ]
  }

  /// Files and folders that come, go and get another name.
  private func files() -> [[Edit]] {
    let (project, number) = (project, number)
    let one = "-- name: One\(number) :one\nSELECT 1 AS one;\n"
    return [
      [
        Edit(name: "a new file") { try project.write(one, to: "queries/new.sql") },
        Edit(name: "another name") { try project.move("queries/new.sql", to: "queries/newer.sql") },
        Edit(name: "a file less") { try project.delete("queries/newer.sql") },
      ],
      [
        Edit(name: "a migration") {
          try project.write("CREATE TABLE t\(number) (a INTEGER NOT NULL);\n", to: "schema/002_more.sql")
        },
        Edit(name: "a migration less") { try project.delete("schema/002_more.sql") },
      ],
      [
        Edit(name: "a folder moved away") { try project.move("queries", to: "elsewhere") },
        Edit(name: "and back") { try project.move("elsewhere", to: "queries") },
      ],
      [
        Edit(name: "the project moved away") { try project.move("../project", to: "../other") },
        Edit(name: "and back, too") { try project.move("../other", to: "../project") },
      ],
      [
        Edit(name: "another folder of the same name") {
          try project.move("queries", to: "elsewhere")
          try FileManager.default.createDirectory(atPath: project.path("queries"), withIntermediateDirectories: false)
          try project.write(one, to: "queries/agents.sql")
        },
        Edit(name: "a file of that folder") { try project.write(one + "\n-- more\n", to: "queries/agents.sql") },
        Edit(name: "the old one again") {
          try project.delete("queries")
          try project.move("elsewhere", to: "queries")
        },
      ],
      [
        Edit(name: "a branch checked out") {
          for file in 1...20 {
            try project.write("-- name: Of\(file) :one\nSELECT \(number) AS n;\n", to: "queries/b\(file).sql")
          }
        },
        Edit(name: "and the other one") { for file in 1...20 { try project.delete("queries/b\(file).sql") } },
      ],
      [
        Edit(name: "a link elsewhere") {
          try project.write("-- name: Other :one\nSELECT \(number) AS n;\n", to: "../other.sql")
          try project.delete("queries/linked.sql")
          try FileManager.default.createSymbolicLink(
            atPath: project.path("queries/linked.sql"), withDestinationPath: "../../other.sql")
        },
        Edit(name: "what the link leads to") {
          try project.write("-- name: Other :one\nSELECT -\(number) AS n;\n", to: "../other.sql")
        },
        Edit(name: "the link as it was") {
          try project.delete("queries/linked.sql")
          try FileManager.default.createSymbolicLink(
            atPath: project.path("queries/linked.sql"), withDestinationPath: "../../shared.sql")
        },
      ],
      [
        Edit(name: "generated code deleted") {
          for name in try FileManager.default.contentsOfDirectory(atPath: project.path("Generated")) {
            try project.delete("Generated/" + name)
          }
        }
      ].filter { _ in generates },
    ].filter { !$0.isEmpty }
  }

  /// Broken states, and the way out of each.
  private func mistakes() -> [[Edit]] {
    let (project, number) = (project, number)
    return [
      [
        Edit(name: "a broken query") {
          try project.write("-- name: Broken :one\nSELECT \(number) FROM;\n", to: "queries/broken.sql")
        },
        Edit(name: "another mistake") {
          try project.write("-- name: Broken :one\nSELECT nam FROM agents;\n", to: "queries/broken.sql")
        },
        Edit(name: "repaired") {
          try project.write("-- name: Broken :many\nSELECT name FROM agents;\n", to: "queries/broken.sql")
        },
        Edit(name: "taken back") { try project.delete("queries/broken.sql") },
      ],
      [
        Edit(name: "a broken configuration") { try project.write("version: [\n", to: "sqlc-swift.yaml") },
        Edit(name: "the configuration repaired") { try project.write(configuration, to: "sqlc-swift.yaml") },
      ],
      [
        Edit(name: "no configuration") { try project.delete("sqlc-swift.yaml") },
        Edit(name: "a configuration") { try project.write(configuration, to: "sqlc-swift.yaml") },
      ],
      [
        Edit(name: "a broken schema") { try project.write("CREATE TABLE agents (\n", to: "schema/001_agents.sql") },
        Edit(name: "the schema repaired") { try project.write(schema, to: "schema/001_agents.sql") },
      ],
      [
        Edit(name: "bytes that are no text") {
          try Data([0xFF, 0xFE, 0x00]).write(to: URL(filePath: project.path("queries/bytes.sql")))
        },
        Edit(name: "without them") { try project.delete("queries/bytes.sql") },
      ],
    ]
  }

  /// What changes nothing that is read.
  private func nothing() -> [[Edit]] {
    let project = project
    return [
      [Edit(name: "touched", isNews: false) { utimes(project.path("queries/agents.sql"), nil) }],
      [
        Edit(name: "a swap file", isNews: false) {
          try project.write("x", to: "queries/.agents.sql.swp")
          try project.delete("queries/.agents.sql.swp")
        }
      ],
      [
        Edit(name: "saved as it was", isNews: false) {
          let text = try String(contentsOfFile: project.path("queries/agents.sql"), encoding: .utf8)
          try project.write(text, to: "queries/agents.sql.new")
          try project.move("queries/agents.sql.new", to: "queries/agents.sql")
        }
      ],
      [Edit(name: "another file", isNews: false) { try project.write("\(Date())", to: "README.md") }],
      [Edit(name: "a file of another kind", isNews: false) { try project.write("\(Date())", to: "queries/notes.txt") }],
    ]
  }
}
