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

  /// A query with an error is said, the others are vetted, and nothing is said of what it may do.
  @Test func whatHasNoErrorIsVetted() throws {
    try inFolder { folder, context in
      let schema = """
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
        CREATE TABLE results (id INTEGER PRIMARY KEY, job_id INTEGER NOT NULL);
        CREATE INDEX idx_jobs_state ON jobs (state);

        """
      try write(schema, "schema.sql", in: folder)
      let sound = "-- name: Clear :exec\n-- sqlc:ignore safety/offset-pagination: long ago\nDELETE FROM jobs;\n"
      try write(sound + "-- name: Results :many\nSELECT jobid FROM results;\n", "query.sql", in: folder)
      try write(
        """
        version: "2"
        sql:
          - {engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Out}}}
        vet:
          packs: [safety, schema, plans]
          except:
            - {rule: safety/unbounded-rows, query: Results, reason: "few"}

        """, "sqlc-swift.yaml", in: folder)
      let broken = try vet(context, VetRequest())
      #expect(broken.exit == .failure && broken.standardError.isEmpty)
      #expect(broken.standardOutput.contains("= help: binder/unknown-column"), "\(broken.standardOutput)")
      #expect(broken.standardOutput.contains("= help: safety/unconditional-write"))
      #expect(broken.standardOutput.contains("1 of 2 queries"))
      for silent in ["design/unused-table", "plans/unused-index", "vet/unused-exception", "rules/unused-suppression"] {
        #expect(!broken.standardOutput.contains(silent), "\(broken.standardOutput)")
      }
      // The plans of some queries are not written down.
      var writing = VetRequest()
      writing.plans = .written
      #expect(try vet(context, writing).standardError.contains("binder/unknown-column"))

      try write(sound + "-- name: Job :one\nSELECT state FROM jobs WHERE id = @id;\n", "query.sql", in: folder)
      let whole = try vet(context, VetRequest())
      for said in ["design/unused-table", "plans/unused-index", "vet/unused-exception", "rules/unused-suppression"] {
        #expect(whole.standardOutput.contains(said), "\(whole.standardOutput)")
      }
      // A schema with an error says nothing of anything.
      try write(schema + "CREATE TABLE t (id INTEGER PRIMARY KEY, id TEXT);\n", "schema.sql", in: folder)
      let none = try vet(context, VetRequest())
      #expect(none.exit == .failure && none.standardOutput.isEmpty)
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
