// Taking over what other tools have noted.

import SQLCRuntime
import Testing

@Suite struct BaselineTests {
  private static let migrations = [1, 2, 3].map { number in
    Migration(
      version: "\(number)", name: "00\(number)_t", up: ["CREATE TABLE t\(number) (id INTEGER)"],
      down: ["DROP TABLE t\(number)"])
  }

  nonisolated struct Tool: Sendable, CustomTestStringConvertible {
    var name: String
    /// Versions 1 and 2 are applied.
    var table: [String]
    var found: String
    /// What the table says once version 3 is applied, and once it is taken back.
    var after: String
    var back: String
    var testDescription: String { name }
  }

  nonisolated static let tools: [Tool] = {
    let goose =
      "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')))"
    let row = "INSERT INTO goose_db_version (version_id, is_applied) VALUES "
    return [
      // Each row is an event: 2 was taken back and applied again, 3 was taken back.
      Tool(
        name: "goose", table: [goose, row + "(0, 1), (1, 1), (2, 1), (3, 1), (3, 0), (2, 0), (2, 1)"],
        found: "goose's table has 1, 2; 3 taken back",
        after: "goose's table has 1, 2, 3", back: "goose's table has 1, 2"),
      Tool(
        name: "golang-migrate",
        table: [
          "CREATE TABLE schema_migrations (version uint64, dirty bool)", "INSERT INTO schema_migrations VALUES (2, 0)",
        ], found: "golang-migrate's table is at version 2",
        after: "golang-migrate's table is at version 3", back: "golang-migrate's table is at version 2"),
      Tool(
        name: "dbmate",
        table: [
          "CREATE TABLE schema_migrations (version varchar(128) primary key)",
          "INSERT INTO schema_migrations VALUES ('001'), ('002')",
        ], found: "dbmate's table has 001, 002",
        after: "dbmate's table has 001, 002, 003", back: "dbmate's table has 001, 002"),
      Tool(
        name: "sql-migrate",
        table: [
          "CREATE TABLE gorp_migrations (id varchar(255) not null primary key, applied_at datetime)",
          "INSERT INTO gorp_migrations VALUES ('001_t.sql', '2024-01-01'), ('002_t.sql', '2024-01-01')",
        ], found: "sql-migrate's table has 001_t.sql, 002_t.sql",
        after: "sql-migrate's table has 001_t.sql, 002_t.sql, 003_t.sql",
        back: "sql-migrate's table has 001_t.sql, 002_t.sql"),
      Tool(
        name: "tern",
        table: ["CREATE TABLE schema_version (version int4 not null)", "INSERT INTO schema_version VALUES (2)"],
        found: "tern's table is at version 2", after: "tern's table is at version 3",
        back: "tern's table is at version 2"),
    ]
  }()

  private func database(_ tool: Tool, tables: ClosedRange<Int> = 1...2) async throws -> Database {
    let database = try await Database.inMemory()
    for number in tables { try await database.execute("CREATE TABLE t\(number) (id INTEGER)") }
    for statement in tool.table { try await database.execute(statement) }
    return database
  }

  @Test(arguments: tools) func itsTableIsAdoptedAndKept(tool: Tool) async throws {
    for version in [nil, "2"] as [String?] {
      let database = try await database(tool)
      #expect(try await database.toolHistory().map { "\($0)" } == tool.found)
      let summary = try await database.baseline(Self.migrations, at: version)
      #expect(summary.recorded == ["1", "2"] && summary.found?.tool == tool.name)
      #expect(try await database.migrate(Self.migrations).applied == ["3"])
      #expect(try await database.toolHistory().map { "\($0)" } == tool.after)
      // And taken back again, there as here.
      #expect(try await database.migrate(Self.migrations, to: "2").reverted == ["3"])
      #expect(try await database.toolHistory().map { "\($0)" } == tool.back)
    }
  }

  /// Without a baseline, as the first thing that migrating does.
  @Test(arguments: tools) func migratingAdoptsItToo(tool: Tool) async throws {
    let database = try await database(tool)
    let summary = try await database.migrate(Self.migrations)
    #expect(summary.adoptedFrom == tool.name && summary.applied == ["3"])
  }

  @Test(arguments: tools) func whatItSaysIsHeldAgainstTheSchema(tool: Tool) async throws {
    let other = try await database(tool, tables: 1...3)
    for version in [nil, "2"] as [String?] {
      let failure1 = await #expect(throws: MigrationError.self) {
        _ = try await other.baseline(Self.migrations, at: version)
      }
      guard case .mismatch(let differences)? = failure1 else {
        Issue.record("the schema is another one: \(String(describing: failure1))")
        return
      }
      #expect(differences.contains("unexpected: table t3"))
    }
    // The schema is the one, and the table says another.
    let failure2 = await #expect(throws: MigrationError.self) { _ = try await other.baseline(Self.migrations, at: "3") }
    guard case .otherHistory(let history)? = failure2 else {
      Issue.record("the table says another version: \(String(describing: failure2))")
      return
    }
    #expect("\(history)" == tool.found)
    #expect(try await other.migrationStatus(of: Self.migrations).filter { $0.state == .applied }.count == 2)
  }

  @Test func withoutATableTheVersionHasToBeSaid() async throws {
    let database = try await Database.inMemory()
    try await database.execute("CREATE TABLE t1 (id INTEGER)")
    let failure3 = await #expect(throws: MigrationError.self) { _ = try await database.baseline(Self.migrations) }
    guard case .noToolHistory? = failure3 else {
      Issue.record("nothing says which version it is: \(String(describing: failure3))")
      return
    }
    #expect(try await database.baseline(Self.migrations, at: "1").found == nil)
    let failure4 = await #expect(throws: MigrationError.self) {
      _ = try await database.baseline(Self.migrations, at: "1")
    }
    guard case .hasHistory(let version)? = failure4 else {
      Issue.record("it is recorded already: \(String(describing: failure4))")
      return
    }
    #expect(version == "1")
  }

  /// golang-migrate marks what stopped inside. The mark goes when the schema is that of a version.
  @Test(arguments: [2, 3]) func aDirtyVersionIsComparedAndCleared(count: Int) async throws {
    let dirty = Tool(
      name: "golang-migrate",
      table: [
        "CREATE TABLE schema_migrations (version uint64, dirty bool)", "INSERT INTO schema_migrations VALUES (3, 1)",
      ], found: "golang-migrate's table has no version; 3 is marked as dirty", after: "", back: "")
    let database = try await database(dirty, tables: 1...count)
    #expect(try await database.toolHistory().map { "\($0)" } == dirty.found)
    await #expect(throws: MigrationError.self) { try await database.migrate(Self.migrations) }
    let failure5 = await #expect(throws: MigrationError.self) { _ = try await database.baseline(Self.migrations) }
    guard case .dirty(_, let version)? = failure5 else {
      Issue.record("nothing says which version it is: \(String(describing: failure5))")
      return
    }
    #expect(version == "3")
    let failure6 = await #expect(throws: MigrationError.self) {
      _ = try await database.baseline(Self.migrations, at: count == 2 ? "3" : "2")
    }
    guard case .mismatch? = failure6 else {
      Issue.record("the schema is another one: \(String(describing: failure6))")
      return
    }
    #expect(try await database.toolHistory()?.dirty == "3")
    #expect(try await database.baseline(Self.migrations, at: "\(count)").recorded.count == count)
    #expect(try await database.toolHistory()?.applied == ["\(count)"])
    #expect(try await database.migrate(Self.migrations).applied.count == 3 - count)
  }
}
