// The built executable: help, exit codes, and what goes to which stream.

import Foundation
import Testing

/// The tool, beside the test bundle or above it.
func executable() throws -> URL {
  var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  var candidates = [root.appending(path: ".build/debug/sqlc-swift")]
  for _ in 0..<4 {
    candidates.insert(folder.appending(path: "sqlc-swift"), at: candidates.count - 1)
    folder.deleteLastPathComponent()
  }
  return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) && !isFolder($0) })
}

private func isFolder(_ url: URL) -> Bool {
  (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
}

struct Result: Equatable {
  var exit: Int32
  var output: String
  var error: String
}

func run(_ arguments: [String], in folder: URL? = nil, input: String = "") throws -> Result {
  let process = Process()
  process.executableURL = try executable()
  process.arguments = arguments
  process.currentDirectoryURL = folder
  // Help is wrapped to the terminal's width; colour depends on the environment.
  process.environment = ProcessInfo.processInfo.environment
    .merging(["COLUMNS": "80", "NO_COLOR": "1"]) { _, new in new }
  let scratch = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: scratch) }
  // Files rather than pipes: nothing can fill up, whatever is printed.
  let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
  try Data(input.utf8).write(to: files[0])
  for file in files.dropFirst() { try Data().write(to: file) }
  process.standardInput = try FileHandle(forReadingFrom: files[0])
  process.standardOutput = try FileHandle(forWritingTo: files[1])
  process.standardError = try FileHandle(forWritingTo: files[2])
  try process.run()
  process.waitUntilExit()
  func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
  return Result(exit: process.terminationStatus, output: try text(files[1]), error: try text(files[2]))
}

private let snapshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

/// Compares with a file under Snapshots; `UPDATE_REFERENCES=1` writes it and fails, so that no run passes by recording.
private func expectSnapshot(_ text: String, _ name: String) throws {
  let file = snapshots.appending(path: name + ".txt")
  if ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] == "1" {
    try Data(text.utf8).write(to: file)
    Issue.record("wrote \(file.lastPathComponent); run again without UPDATE_REFERENCES")
    return
  }
  #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
}

private func withProject(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  #expect(try run(["init"], in: folder).exit == 0)
  try body(folder)
}

@Suite struct HelpTests {
  /// Every command there is has a page, and no page is left of one that is gone.
  @Test func helpOfEveryCommand() throws {
    var pages: Set<String> = ["help"]
    var open: [[String]] = [[]]
    while let path = open.popLast() {
      let result = try run(path + ["--help"])
      #expect(result.exit == 0 && result.error.isEmpty)
      if !path.isEmpty {
        let page = "help-" + path.joined(separator: "-")
        pages.insert(page)
        try expectSnapshot(result.output, page)
      }
      open += subcommands(in: result.output).map { path + [$0] }
    }
    #expect(pages.count > 15)
    let shown = try FileManager.default.contentsOfDirectory(atPath: snapshots.path).filter { $0.hasPrefix("help") }
    #expect(Set(shown) == Set(pages.map { $0 + ".txt" }))
  }

  /// The names under `SUBCOMMANDS:`; what is indented further continues the line above.
  private func subcommands(in help: String) -> [String] {
    help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { $0.hasPrefix("  ") }
      .filter { $0.dropFirst(2).first != " " && !$0.contains("See ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func help() throws {
    let result = try run(["--help"])
    #expect(result.exit == 0)
    try expectSnapshot(result.output, "help")
  }

  @Test func version() throws {
    let result = try run(["--version"])
    #expect(result.exit == 0)
    #expect(result.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
  }

  @Test(arguments: [["generate", "--nonsense"], ["nonsense"], ["check", "extra"], ["generate", "--color", "blue"]])
  func usageErrors(arguments: [String]) throws {
    let result = try run(arguments)
    #expect(result.exit == 64)
    #expect(result.output.isEmpty && result.error.contains("Usage: sqlc-swift"))
  }
}

@Suite struct UnknownCommandTests {
  @Test(arguments: [
    ("generat", "generate"), ("help generat", "generate"), ("gen", "generate"), ("chekc", "check"),
    ("migrate chekc", "check"), ("help migrate stat", "status"), ("schema verfy --database x", "verify"),
  ])
  func theNearestIsNamed(line: String, meant: String) throws {
    let result = try run(line.split(separator: " ").map(String.init))
    #expect(result.exit == 64 && result.output.isEmpty)
    #expect(result.error.contains("did you mean '\(meant)'?"), "\(result.error)")
    #expect(result.error.contains("The commands are ") && result.error.contains("--help"))
  }

  @Test func whatFollowsACommandIsItsOwn() throws {
    #expect(try run(["explain", "generat"]).error.contains("there is no diagnostic 'generat'"))
    #expect(try run(["help", "migrate", "check"]).exit == 0)
    #expect(try run(["--version"]).exit == 0)
  }
}

@Suite struct ExplainTests {
  @Test func aPage() throws {
    let result = try run(["explain", "input/empty-folder"])
    #expect(result.exit == 0 && result.output.hasPrefix("input/empty-folder, an error"))
    #expect(result.output.contains("when: the folder has no `.sql` file\n"))
    // A name alone gives the page of each pass that has it.
    #expect(try run(["explain", "empty-folder"]) == result)
    let several = try run(["explain", "unknown-column"])
    #expect(several.output.contains("catalog/unknown-column") && several.output.contains("binder/unknown-column"))
  }

  @Test func whatIsSaidIsExplained() throws {
    try withProject { folder in
      try Data("-- name: A :one\nSELECT titel FROM notes WHERE id = ?;\n".utf8)
        .write(to: folder.appending(path: "queries/notes.sql"))
      let said = try run(["generate"], in: folder).error
      let id = try #require(said.firstMatch(of: #/= help: (\S+)/#)?.1)
      #expect(try run(["explain", String(id)]).output.hasPrefix("\(id), "))
    }
  }

  @Test func whatIsNone() throws {
    let result = try run(["explain", "binder/unknown-colum"])
    #expect(result.exit == 64 && result.error.contains("did you mean 'binder/unknown-column'"))
    #expect(try run(["explain"]).output.split(separator: "\n").count > 200)
  }
}

@Suite struct ProjectCommandTests {
  @Test func theStarterAllTheWay() throws {
    try withProject { folder in
      #expect(try run(["diff"], in: folder).exit == 1)
      let generated = try run(["generate"], in: folder)
      #expect(generated.exit == 0 && generated.error.isEmpty)
      #expect(generated.output.wholeMatch(of: #/generated \d+ files from 5 queries: \d+ changed\n/#) != nil)
      #expect(try run(["diff"], in: folder) == Result(exit: 0, output: "", error: ""))
      #expect(try run(["check", "-C", folder.path], in: URL(fileURLWithPath: "/")).exit == 0)

      let file = folder.appending(path: "Generated/notes.sql.swift")
      let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect((permissions ?? 0) & 0o400 != 0)
      var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      text.removeLast()
      try Data(text.utf8).write(to: file)
      let drift = try run(["diff"], in: folder)
      #expect(drift.exit == 1 && drift.output.contains("\\ No newline at end of file"))
    }
  }

  @Test func anErrorGoesToStandardErrorInTheContractsForm() throws {
    try withProject { folder in
      try Data("-- name: A :one\nSELECT titel FROM notes WHERE id = ?;\n".utf8)
        .write(to: folder.appending(path: "queries/notes.sql"))
      let plain = try run(["generate"], in: folder)
      #expect(plain.exit == 2 && plain.output.isEmpty)
      try expectSnapshot(plain.error, "error-unknown-column")
      let colourful = try run(["generate", "--color", "always"], in: folder)
      #expect(colourful.error.contains("\u{1B}["))
      #expect(colourful.error.replacing(#/\x1B\[[0-9;]*m/#, with: "") == plain.error)
    }
  }

  @Test func analyzeInTheContractsForm() throws {
    try withProject { folder in
      let result = try run(["analyze"], in: folder)
      #expect(result.exit == 0 && result.error.isEmpty)
      try expectSnapshot(result.output, "analyze")
      let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      #expect(document?["version"] as? Int == 1)
      #expect((document?["queries"] as? [Any])?.count == 5)

      try Data("-- name: A :one\nSELECT titel FROM notes;\n-- name: B :one\nSELECT count(*) FROM notes;\n".utf8)
        .write(to: folder.appending(path: "queries/notes.sql"))
      let partial = try run(["analyze"], in: folder)
      #expect(partial.exit == 2 && partial.error.contains("queries/notes.sql:2:8: error: "))
      #expect(partial.output.contains("\"name\":\"B\"") && !partial.output.contains("\"name\":\"A\""))
    }
  }
}

@Suite struct ParseCommandTests {
  @Test func linesAreAnsweredOneByOne() throws {
    let input = [
      #"{"sql": "SELECT 1"}"#, #"{"sql": "SELEC 1"}"#, #"{"sql": "SELECT 'ü', \"a\" FROM t -- c"}"#, "nonsense",
    ]
    let result = try run(["parse", "--lines"], input: input.joined(separator: "\n") + "\n")
    #expect(result.exit == 0 && result.error.isEmpty)
    let answers = result.output.split(separator: "\n")
    #expect(answers.count == 4)
    #expect(answers.map { $0.hasPrefix(#"{"ok":true}"#) } == [true, false, true, false])
    #expect(answers.filter { $0.hasPrefix(#"{"ok":false,"diagnostics":["#) }.count == 2)
  }

  @Test func aTreeWithRanges() throws {
    let result = try run(["parse"], input: "SELECT 1;")
    #expect(result.exit == 0 && result.error.isEmpty)
    #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
    #expect(try run(["parse"], input: "SELECT FROM;").exit == 2)
    #expect(try run(["parse", "/no/such/file.sql"]).exit == 2)
  }
}
