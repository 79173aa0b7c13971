// `migrate` and `schema` from outside, and what a process leaves that is killed while it migrates.
//
// SQLC_SWIFT_KILLS says how many processes are killed (12 when it is not set).

import Foundation
import SQLCRuntime
import Testing

/// A project of migrations that take a while, and its migrations as the runtime knows them.
private struct MigrationFolder {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-migrate-\(UUID().uuidString)")
  var database: URL { folder.appending(path: "app.db") }
  private(set) var migrations: [Migration] = []

  init(count: Int) throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "schema"), withIntermediateDirectories: true)
    try """
    version: "2"
    sql:
      - engine: sqlite
        schema: schema
        queries: queries.sql
        gen: { swift: { out: Generated } }
    """.write(to: folder.appending(path: "sqlc-swift.yaml"), atomically: true, encoding: .utf8)
    try "-- name: One :one\nSELECT 1 AS one;\n".write(
      to: folder.appending(path: "queries.sql"), atomically: true, encoding: .utf8)
    for number in 1...count {
      let up = [
        "CREATE TABLE t\(number) (id INTEGER PRIMARY KEY, a TEXT NOT NULL)",
        """
        INSERT INTO t\(number) (a) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
        SELECT 'row ' || i FROM n
        """, "CREATE INDEX i\(number) ON t\(number) (a)",
      ]
      let down = ["DROP TABLE t\(number)"]
      migrations.append(Migration(version: "\(number)", name: name(number), up: up, down: down))
      let text = "-- +goose Up\n" + up.joined(separator: ";\n") + ";\n-- +goose Down\n" + down[0] + ";\n"
      try text.write(to: folder.appending(path: "schema/\(name(number)).sql"), atomically: true, encoding: .utf8)
    }
  }

  private func name(_ number: Int) -> String { "\(number < 10 ? "0" : "")\(number)_step" }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Suite struct MigrateCommandTests {
  @Test func fromNothingAndBack() throws {
    let project = try MigrationFolder(count: 3)
    defer { project.remove() }
    func tool(_ arguments: String...) throws -> Result { try run(arguments, in: project.folder) }
    #expect(try tool("migrate", "check").output == "checked 3 migrations: 0 errors, 0 warnings\n")
    #expect(
      try tool("migrate", "up", "--database", "app.db", "--dry-run").output
        == "3 would be applied, 0 would be reverted: 1, 2, 3\n")
    #expect(try tool("migrate", "up", "--database", "app.db").output == "3 applied, 0 reverted\n")
    #expect(try tool("schema", "verify", "--database", "app.db").exit == 0)
    #expect(try tool("migrate", "down", "--database", "app.db").output == "0 applied, 1 reverted\n")
    // A name that is mistyped makes no file.
    #expect(try tool("migrate", "down", "--database", "typo.db").exit == 2)
    #expect(try tool("migrate", "to", "0", "--database", "typo.db").exit == 2)
    #expect(!FileManager.default.fileExists(atPath: project.folder.appending(path: "typo.db").path))
    let different = try tool("schema", "verify", "--database", "app.db")
    #expect(different.exit == 1)
    #expect(different.output.contains("missing: table t3\n"))
    #expect(
      try tool("migrate", "status", "--database", "app.db").output.hasSuffix(
        "pending  3  03_step\n2 applied, 1 pending\n"))
    #expect(try tool("migrate", "to", "0", "--database", "app.db").output == "0 applied, 2 reverted\n")
    #expect(try tool("migrate", "to", "9", "--database", "app.db").exit == 2)
    #expect(try tool("schema", "dump").output.hasPrefix("CREATE TABLE t1 (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n"))
    #expect(try tool("migrate", "new", "Add a column!").output == "wrote schema/04_add_a_column.sql\n")
    #expect(try tool("migrate", "check").exit == 0)
  }

  @Test func badInput() throws {
    let project = try MigrationFolder(count: 2)
    defer { project.remove() }
    let file = project.folder.appending(path: "schema/02_step.sql")
    func tool(_ arguments: String...) throws -> Result { try run(arguments, in: project.folder) }
    _ = try tool("migrate", "up", "--database", "app.db")
    // An edited migration, one that is newer than the code, a syntax error in the middle, a file that is no database.
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("'row '", with: "'line '").write(to: file, atomically: true, encoding: .utf8)
    #expect(try tool("migrate", "up", "--database", "app.db").error.contains("was edited after it had been applied"))
    try FileManager.default.removeItem(at: file)
    #expect(try tool("migrate", "up", "--database", "app.db").error.contains("which this code does not know"))
    try text.replacing("CREATE INDEX", with: "CREATE INDXE").write(to: file, atomically: true, encoding: .utf8)
    let wrong = try tool("migrate", "up", "--database", "app.db")
    #expect(wrong.exit == 2 && wrong.error.contains("schema/02_step.sql:5:8: error"))
    try text.write(to: file, atomically: true, encoding: .utf8)
    #expect(try tool("migrate", "up", "--database", "sqlc-swift.yaml").error.contains("file is not a database"))
    #expect(try tool("migrate", "up", "--database", "app.db").output == "nothing to do\n")
  }

  /// A folder with the files, and a configuration that reads them as the schema.
  private func project(schema: String, _ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-migrate-\(UUID().uuidString)")
    let fixed = [
      "sqlc-swift.yaml":
        "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: \(schema)\n    queries: q.sql\n    gen: { swift: { out: Generated } }\n",
      "q.sql": "-- name: One :one\nSELECT 1 AS one;\n",
    ]
    for (path, text) in files.merging(fixed, uniquingKeysWith: { file, _ in file }) {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return folder
  }

  /// Files are told apart by their paths: none is taken for another of the same name.
  @Test(arguments: ["[auth/schema.sql, billing/schema.sql]", "\"*/schema.sql\"", "\"**/schema.sql\""])
  func filesOfOneName(schema: String) throws {
    let folder = try project(
      schema: schema,
      [
        "auth/schema.sql": "CREATE TABLE users (id INTEGER PRIMARY KEY);",
        "billing/schema.sql": "CREATE TABLE bills (user REFERENCES users);",
      ])
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try run(["migrate", "up", "--database", "app.db"], in: folder).output == "2 applied, 0 reverted\n")
    #expect(try run(["schema", "verify", "--database", "app.db"], in: folder).exit == 0)
    #expect(try run(["migrate", "status", "--database", "app.db"], in: folder).output.contains("billing/schema"))
    let dump = try run(["schema", "dump"], in: folder).output
    #expect(dump.contains("users (id") && dump.contains("bills"))
  }

  /// `check` tries what only goes forward too, and ends as `migrate check` does.
  @Test func checkEndsAsMigrateCheck() throws {
    let folder = try project(
      schema: "m",
      ["m/1_a.sql": "CREATE TABLE t (a INT);", "m/2_b.sql": "ALTER TABLE t ADD COLUMN data BLOB NOT NULL;"])
    defer { try? FileManager.default.removeItem(at: folder) }
    let all = try run(["check"], in: folder)
    let migrations = try run(["migrate", "check"], in: folder)
    #expect(all.exit == 1 && migrations.exit == 1)
    #expect(all.error == migrations.error && all.error.contains("migrate/failing-up"))
    // SQLite takes it on an empty table.
    #expect(try run(["generate"], in: folder).exit == 0)
  }

  @Test func statusAndBaseline() throws {
    let folder = try project(
      schema: "m", ["m/1_a.sql": "CREATE TABLE t (a INT);", "m/2_b.sql": "ALTER TABLE t ADD b;"])
    defer { try? FileManager.default.removeItem(at: folder) }
    func tool(_ arguments: String...) throws -> Result { try run(arguments + ["--database", "app.db"], in: folder) }
    let database = folder.appending(path: "app.db")
    #expect(try tool("migrate", "up", "--dry-run").output == "2 would be applied, 0 would be reverted: 1, 2\n")
    #expect(try tool("migrate", "status").output.hasSuffix("0 applied, 2 pending\n"))
    #expect(!FileManager.default.fileExists(atPath: database.path))
    #expect(try tool("schema", "verify").exit == 2)
    #expect(try tool("migrate", "baseline", "1").exit == 2)
    #expect(!FileManager.default.fileExists(atPath: database.path))
    _ = try tool("migrate", "to", "1")
    try "CREATE TABLE t (a INT, c);".write(to: folder.appending(path: "m/1_a.sql"), atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(at: folder.appending(path: "m/2_b.sql"))
    let json = try tool("migrate", "status", "--format", "json").output
    #expect(json.contains("\"state\":\"edited\"") && json.contains("\"applied_at\":\"20"))
    #expect(try tool("migrate", "status").output.contains("1 edited"))
  }

  /// What `migrate new` writes is read again, and says what goes where.
  @Test(arguments: [
    ("m/1_a.sql", "-- +goose Up\nSELECT 1;\n", "m/2_more.sql", "-- +goose Down\n--"),
    ("m/1_a.up.sql", "SELECT 1;\n", "m/2_more.down.sql", "-- What takes it back"),
    ("m/V1__a.sql", "SELECT 1;\n", "m/V2__more.sql", "-- What changes the schema"),
    ("m/1_a.sql", "SELECT 1;\n", "m/2_more.sql", "-- What changes the schema"),
  ])
  func templates(first: String, text: String, written: String, part: String) throws {
    let folder = try project(schema: "m", [first: text])
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try run(["migrate", "new", "more"], in: folder)
    #expect(made.output.contains("wrote \(written)\n"))
    #expect(made.output.contains("no down migration") == (text == "SELECT 1;\n" && first == "m/1_a.sql"))
    #expect(try String(contentsOf: folder.appending(path: written), encoding: .utf8).contains(part))
    #expect(try run(["check"], in: folder).exit == 0)
  }

  /// A query that says an old name is told which migration took it away.
  @Test func namesThatAreGone() throws {
    let folder = try project(
      schema: "m",
      [
        "m/1_a.sql": "CREATE TABLE t (a INT, b INT);", "m/2_b.sql": "ALTER TABLE t RENAME COLUMN a TO c;",
        "m/3_c.sql": "ALTER TABLE t RENAME TO u;\nALTER TABLE u DROP COLUMN b;",
        "q.sql":
          "-- name: A :many\nSELECT a FROM u;\n-- name: B :many\nSELECT b FROM u;\n-- name: T :many\nSELECT 1 FROM t;\n",
      ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let said = try run(["check"], in: folder).error
    #expect(said.contains("m/2_b.sql:1") && said.contains("'a' was renamed to 'c' here"))
    #expect(said.contains("m/3_c.sql:2") && said.contains("'b' was dropped here"))
    #expect(said.contains("'t' was renamed to 'u' here"))
  }

  /// Two processes that start at once, several times: one migrates what the other does not, and both succeed.
  @Test func startingTogether() throws {
    let project = try MigrationFolder(count: 6)
    defer { project.remove() }
    for _ in 0..<5 {
      for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: project.database.path + ending) }
      let starts = try (0..<2).map { _ in
        let process = Process()
        process.executableURL = try executable()
        process.arguments = ["migrate", "up", "--database", "app.db"]
        process.currentDirectoryURL = project.folder
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        // Shorter than what a pipe holds: read after the output has ended.
        process.standardError = errors
        try process.run()
        return (process, output, errors)
      }
      var applied = 0
      for (process, output, errors) in starts {
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)\(said)")
        applied += text == "nothing to do\n" ? 0 : Int(text.prefix { $0.isNumber }) ?? 0
      }
      #expect(applied == 6)
    }
  }

  /// Killed at random moments, the database is at a whole version each time, and the next start goes on from there.
  @Test func killedWhileMigrating() async throws {
    let project = try MigrationFolder(count: 12)
    defer { project.remove() }
    let tool = try executable()
    let kills = ProcessInfo.processInfo.environment["SQLC_SWIFT_KILLS"].flatMap { Int($0) } ?? 12
    var seen: Set<Int> = []
    for kill in 0..<kills {
      if kill % 4 == 0 {
        for ending in ["", "-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: project.database.path + ending)
        }
      }
      let process = Process()
      process.executableURL = tool
      process.arguments = ["migrate", "up", "--database", "app.db"]
      process.currentDirectoryURL = project.folder
      process.standardOutput = FileHandle.nullDevice
      let progress = Pipe()
      process.standardError = progress
      try process.run()
      // Killed inside some migration: a while after it said that it began one.
      let wanted = Int.random(in: 1...4)
      var said = ""
      while said.split(separator: "\n").count < wanted {
        let data = progress.fileHandleForReading.availableData
        if data.isEmpty { break }
        said += String(decoding: data, as: UTF8.self)
      }
      usleep(UInt32.random(in: 0...12_000))
      #if canImport(Glibc)
        Glibc.kill(process.processIdentifier, SIGKILL)
      #else
        Darwin.kill(process.processIdentifier, SIGKILL)
      #endif
      process.waitUntilExit()
      let database = try await Database.open(project.database.path)
      let applied = try await database.appliedVersions(of: project.migrations)
      #expect(applied == project.migrations.prefix(applied.count).map(\.version))
      let differences = try await database.schemaDifferences(from: Array(project.migrations.prefix(applied.count)))
      #expect(differences == [])
      seen.insert(applied.count)
      await database.close()
    }
    let database = try await Database.open(project.database.path)
    try await database.migrate(project.migrations)
    #expect(try await database.schemaDifferences(from: project.migrations) == [])
    await database.close()
    #expect(seen.count > 1, "every process was killed at the same version: \(seen)")
  }
}
