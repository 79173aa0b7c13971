// Migrating: what is applied, what is refused, and what is left behind when something fails.

import Foundation
import SQLCRuntime
import Testing

nonisolated private let first = Migration(
  version: "1", name: "001_parents",
  up: ["CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"], down: ["DROP TABLE parents"])
nonisolated private let second = Migration(
  version: "2", name: "002_children",
  up: [
    "CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE)",
    "CREATE INDEX idx_children_parent_id ON children (parent_id)",
  ], down: ["DROP TABLE children"])
/// The rebuild that SQLite's documentation describes (lang_altertable.html#otheralter).
nonisolated private let third = Migration(
  version: "10", name: "010_rebuild",
  up: [
    "CREATE TABLE new_parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) > 0), note TEXT)",
    "INSERT INTO new_parents (id, name) SELECT id, name FROM parents", "DROP TABLE parents",
    "ALTER TABLE new_parents RENAME TO parents",
  ])

nonisolated private enum Family: DatabaseSchema {
  static var migrations: [Migration] { [first, second, third] }
}

/// A file that is gone afterwards.
nonisolated private struct Scratch {
  let path = FileManager.default.temporaryDirectory.appending(path: "migrate-\(UUID().uuidString).db").path
  func remove() {
    for ending in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
  }
}

@Suite struct MigrationTests {
  @Test func appliesInOrderAndOnce() async throws {
    let database = try await Database.inMemory()
    let summary = try await database.migrate(Family.self)
    #expect(summary.applied == ["1", "2", "10"])
    #expect(try await database.migrate(Family.self).isEmpty)
    #expect(try await database.appliedVersions(of: Family.migrations) == ["1", "2", "10"])
    try await database.verifySchema(Family.self)
  }

  @Test func aRebuildKeepsTheChildren() async throws {
    let database = try await Database.inMemory(migratedTo: "2", Family.self)
    try await database.execute("INSERT INTO parents VALUES (1, 'a'); INSERT INTO children VALUES (5, 1)")
    try await database.migrate(Family.self)
    // Foreign keys are enforced again afterwards, and the child is still there.
    await #expect(throws: DatabaseError.self) { try await database.execute("INSERT INTO children VALUES (6, 99)") }
    await #expect(throws: DatabaseError.self) { try await database.execute("INSERT INTO children VALUES (5, 1)") }
  }

  @Test func aFailureLeavesEverythingAsItWas() async throws {
    let broken = Migration(
      version: "3", name: "003_broken", up: ["CREATE TABLE extra (a)", "INSERT INTO missing VALUES (1)"])
    let database = try await Database.inMemory(migratedTo: "2", Family.self)
    let error = await #expect(throws: MigrationError.self) {
      try await database.migrate([first, second, broken])
    }
    guard case .failed(let version, _, let statement, let sql, let cause)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(version == "3" && statement == 2 && sql == "INSERT INTO missing VALUES (1)")
    #expect(cause.message == "no such table: missing")
    #expect(try await database.schemaDifferences(from: [first, second]) == [])
    #expect(try await database.appliedVersions(of: [first, second, broken]) == ["1", "2"])
  }

  @Test func refusesWhatDoesNotFit() async throws {
    let database = try await Database.inMemory(migratedTo: .latest, Family.self)
    let edited = Migration(version: "2", name: "002_children", up: ["CREATE TABLE children (id)"])
    for (migrations, target) in [
      ([first, edited, third], MigrationTarget.latest), ([first, second], .latest), (Family.migrations, "7"),
      (Family.migrations, "2"),
    ] {
      await #expect(throws: MigrationError.self) { try await database.migrate(migrations, to: target) }
    }
    #expect(try await database.appliedVersions(of: Family.migrations) == ["1", "2", "10"])
  }

  @Test func rowsMustFindTheirParents() async throws {
    let careless = Migration(version: "3", name: "003_careless", up: ["DELETE FROM parents"])
    let database = try await Database.inMemory(migratedTo: "2", Family.self)
    try await database.execute("INSERT INTO parents VALUES (1, 'a'); INSERT INTO children VALUES (5, 1)")
    let error = await #expect(throws: MigrationError.self) { try await database.migrate([first, second, careless]) }
    guard case .brokenReferences(_, _, let tables)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(tables == ["children"])
  }

  @Test func aDryRunSaysAndDoesNothing() async throws {
    let database = try await Database.inMemory()
    var options = MigrationOptions()
    options.isDryRun = true
    #expect(try await database.migrate(Family.self, options: options).applied == ["1", "2", "10"])
    #expect(try await database.schemaDifferences(from: []) == [])
  }

  @Test func withoutATransaction() async throws {
    let vacuum = Migration(version: "3", name: "003_vacuum", up: ["VACUUM"], isInTransaction: false)
    let broken = Migration(
      version: "4", name: "004_broken", up: ["CREATE TABLE a (b)", "NOT SQL"], isInTransaction: false)
    let database = try await Database.inMemory()
    try await database.migrate([first, vacuum])
    // What can be one transaction is one, whatever the file asks for.
    for _ in 0..<2 {
      let error = await #expect(throws: MigrationError.self) { try await database.migrate([first, vacuum, broken]) }
      guard case .failed("4", _, 2, _, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.schemaDifferences(from: [first]) == [])
    }
  }

  struct Books: Sendable, CustomTestStringConvertible {
    var tool: String
    var sql: String
    var testDescription: String { tool }
  }

  /// Another tool's table is taken over, and kept so that the tool still works.
  @Test(arguments: [
    Books(
      tool: "goose",
      sql: """
        CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
          is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
        INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (2, 0), (2, 1)
        """),
    Books(
      tool: "golang-migrate",
      sql: "CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (2, 0)"),
    Books(
      tool: "dbmate",
      sql: """
        CREATE TABLE schema_migrations (version varchar(128) primary key);
        INSERT INTO schema_migrations VALUES ('001'), ('002')
        """),
    Books(
      tool: "sql-migrate",
      sql: """
        CREATE TABLE gorp_migrations (id varchar(255) primary key, applied_at datetime);
        INSERT INTO gorp_migrations VALUES ('001_parents.sql', 'now'), ('002_children.sql', 'now')
        """),
    Books(
      tool: "tern", sql: "CREATE TABLE schema_version (version integer); INSERT INTO schema_version VALUES (2)"),
  ])
  func takesOver(_ books: Books) async throws {
    let database = try await Database.inMemory()
    for statement in first.up + second.up { try await database.execute(statement) }
    try await database.execute(books.sql)
    let summary = try await database.migrate(Family.self)
    #expect(summary.adoptedFrom == books.tool)
    #expect(summary.applied == ["10"])
    try await database.verifySchema(Family.self)
    #expect(try await database.migrate(Family.self).isEmpty)
  }

  @Test func aDirtyDatabaseIsRefused() async throws {
    let database = try await Database.inMemory()
    try await database.execute(
      "CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (2, 1)")
    await #expect(throws: MigrationError.self) { try await database.migrate(Family.self) }
  }

  /// Several that start at once: one migrates, the others wait, all succeed.
  @Test func startTogether() async throws {
    let scratch = Scratch()
    defer { scratch.remove() }
    let path = scratch.path
    let starts = (0..<6).map { _ in
      Task.detached {
        let database = try await Database.open(path)
        let summary = try await database.migrate(Family.self)
        try await database.verifySchema(Family.self)
        await database.close()
        return summary.applied
      }
    }
    var applied: [String] = []
    for start in starts { applied += try await start.value }
    #expect(applied.sorted() == ["1", "10", "2"])
  }

  @Test func aReadOnlyFileIsAClearError() async throws {
    let scratch = Scratch()
    defer { scratch.remove() }
    let writable = try await Database.open(scratch.path)
    try await writable.migrate([first])
    await writable.close()
    var configuration = Configuration()
    configuration.access = .readOnly
    let database = try await Database.open(scratch.path, configuration: configuration)
    let error = await #expect(throws: MigrationError.self) { try await database.migrate(Family.self) }
    guard case .database(let cause)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.code.primary == .readOnly)
    try await database.verifySchema(OnlyFirst.self)
  }

  /// A disk that is full, as far as SQLite can tell (pragma.html, `max_page_count`).
  @Test func aFullDiskLosesNothing() async throws {
    let scratch = Scratch()
    defer { scratch.remove() }
    let large = Migration(
      version: "3", name: "003_large",
      up: ["CREATE TABLE large (a)", "INSERT INTO large SELECT zeroblob(500000)"])
    var configuration = Configuration()
    configuration.connectionSetup = "PRAGMA max_page_count = 40"
    let database = try await Database.open(scratch.path, configuration: configuration)
    try await database.migrate([first, second])
    let error = await #expect(throws: MigrationError.self) { try await database.migrate([first, second, large]) }
    guard case .failed(_, _, let statement, _, let cause)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(statement == 2 && cause.code.primary == .full)
    #expect(try await database.schemaDifferences(from: [first, second]) == [])
    #expect(try await database.appliedVersions(of: [first, second, large]) == ["1", "2"])
    await database.close()
  }

  @Test func differencesAreNamed() async throws {
    let database = try await Database.inMemory(migratedTo: "2", Family.self)
    try await database.execute("ALTER TABLE parents ADD COLUMN age INT; DROP INDEX idx_children_parent_id")
    let differences = try await database.schemaDifferences(from: [first, second])
    #expect(
      differences == [
        "missing: index idx_children_parent_id on children (parent_id)", "unexpected: column parents.age INT",
      ])
  }

  /// A column that came by ALTER, quotes, comments and case make no difference.
  @Test func whatMeansTheSameIsTheSame() async throws {
    let one = Migration(
      version: "1", name: "a", up: ["CREATE TABLE t (a INT NOT NULL CHECK (a > 0), b TEXT DEFAULT 'x')"])
    let other = [
      "create table IF NOT EXISTS \"T\" ( -- a comment\n [a] int not null check(\"a\">0))",
      "ALTER TABLE t ADD b text DEFAULT 'x'",
    ]
    let database = try await Database.inMemory()
    for statement in other { try await database.execute(statement) }
    #expect(try await database.schemaDifferences(from: [one]) == [])
  }
}

nonisolated private enum OnlyFirst: DatabaseSchema {
  static var migrations: [Migration] { [first] }
}
