// `vet` on projects that are on the disk.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct CommandTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  private func inFolder(_ body: (URL, CommandContext) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-vet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder, CommandContext(location: ProjectLocation(directory: ".", workingDirectory: folder.path)))
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  /// PostgreSQL's queries have no relations yet: that they keep to one tenant is not said, and it is said that it is not.
  @Test func whatIsNotProvenIsSaid() throws {
    try inFolder { folder, context in
      let reference = Self.root.appending(path: "TargetSwiftTests/ReferencesPostgreSQL/commands")
      for name in ["schema.sql", "query.sql", "sqlc-snapshots"] {
        try FileManager.default.copyItem(at: reference.appending(path: name), to: folder.appending(path: name))
      }
      let settings = try String(contentsOf: reference.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
      // Answered by what is kept: nobody listens there.
      let offline = settings.replacing(
        "engine: postgresql", with: "engine: postgresql\n    database: {uri: 'postgres://u@127.0.0.1:1/x'}")
      try write(offline + "vet:\n  packs: [isolation]\n  tenant: user_id\n", "sqlc-swift.yaml", in: folder)
      let outcome = try vet(context, VetRequest())
      #expect(outcome.exit == .success, "\(outcome.standardError)")
      #expect(
        outcome.standardOutput.contains("queries is not proven: 'postgresql' gives no relations of them"),
        "\(outcome.standardOutput)")
    }
  }

  /// The dump takes the place of a file of its name, and nothing else is left beside it.
  @Test func dumpIsWrittenWhole() throws {
    try inFolder { folder, context in
      try write("CREATE TABLE t (id INTEGER PRIMARY KEY);\n", "schema.sql", in: folder)
      try write("-- name: T :many\nSELECT id FROM t;\n", "query.sql", in: folder)
      try write(
        "version: \"2\"\nsql:\n  - {engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Out}}}\n",
        "sqlc-swift.yaml", in: folder)
      try write("another file", "facts.db", in: folder)
      var request = VetRequest()
      request.dump = "facts.db"
      _ = try vet(context, request)
      let bytes = try Data(contentsOf: folder.appending(path: "facts.db"))
      #expect(bytes.starts(with: Data("SQLite format 3\0".utf8)))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == ["facts.db", "query.sql", "schema.sql", "sqlc-swift.yaml"])

      // Where it cannot be written, what was there stays.
      request.dump = "missing/facts.db"
      #expect(throws: (any Error).self) { try vet(context, request) }
      #expect(try Data(contentsOf: folder.appending(path: "facts.db")) == bytes)
    }
  }
}
