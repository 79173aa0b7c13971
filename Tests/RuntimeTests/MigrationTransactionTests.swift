// What is one transaction, what is not, and what a process leaves that is stopped in the middle.

import Foundation
import SQLCRuntime
import Testing

nonisolated private let tables = Migration(
  version: "1", name: "1_tables",
  up: [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", "INSERT INTO t VALUES (1, 'a')",
    "CREATE TABLE c (t REFERENCES t)", "INSERT INTO c VALUES (1)",
  ])

nonisolated private func step(_ up: String..., down: [String]? = nil, isInTransaction: Bool = true) -> Migration {
  Migration(version: "2", name: "2_step", up: up, down: down, isInTransaction: isInTransaction)
}

@Suite struct MigrationTransactionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var migration: Migration
    /// Of the statement that fails; absent when none does.
    var failure: String?
    var testDescription: String { name }
  }

  /// One transaction with the note of it: a failure leaves nothing, and the next start meets the same.
  @Test(arguments: [
    Case(name: "own transaction", migration: step("BEGIN", "ALTER TABLE t ADD b", "COMMIT", isInTransaction: false)),
    Case(
      name: "two transactions",
      migration: step(
        "BEGIN IMMEDIATE", "ALTER TABLE t ADD b", "END", "BEGIN", "ALTER TABLE t ADD c", "COMMIT TRANSACTION")),
    Case(
      name: "the documented rebuild",
      migration: step(
        "PRAGMA foreign_keys = OFF", "BEGIN", "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL)",
        "INSERT INTO n SELECT * FROM t", "DROP TABLE t", "ALTER TABLE n RENAME TO t", "PRAGMA foreign_key_check",
        "COMMIT",
        "PRAGMA foreign_keys = ON", isInTransaction: false)),
    Case(name: "what is rolled back", migration: step("BEGIN", "DROP TABLE t", "ROLLBACK", "ALTER TABLE t ADD b")),
    Case(
      name: "savepoints",
      migration: step(
        "SAVEPOINT \"a b\"", "ALTER TABLE t ADD b", "SAVEPOINT x", "DROP TABLE t", "ROLLBACK TO x",
        "RELEASE SAVEPOINT \"A B\"")),
    Case(
      name: "trigger with CASE",
      migration: step(
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT CASE WHEN new.a IS NULL THEN 1 ELSE 2 END; SELECT 3; END")),
    Case(
      name: "COMMIT alone", migration: step("ALTER TABLE t ADD b", "COMMIT"),
      failure: "cannot commit - no transaction is active"),
    Case(
      name: "BEGIN twice", migration: step("BEGIN", "BEGIN", "COMMIT"),
      failure: "cannot start a transaction within a transaction"),
    Case(
      name: "BEGIN without an end", migration: step("BEGIN", "ALTER TABLE t ADD b"),
      failure: "the migration ends inside a transaction that it began"),
    Case(
      name: "fails behind its COMMIT",
      migration: step("BEGIN", "ALTER TABLE t ADD b", "COMMIT", "SELECT * FROM nowhere"),
      failure: "no such table: nowhere"),
    Case(
      name: "VACUUM inside", migration: step("ALTER TABLE t ADD b", "VACUUM"),
      failure: "cannot VACUUM from within a transaction"),
  ])
  func atomic(_ test: Case) async throws {
    let database = try await Database.inMemory()
    try await database.migrate([tables])
    for _ in 0..<2 {
      do throws(MigrationError) {
        try await database.migrate([tables, test.migration])
        #expect(test.failure == nil)
        #expect(try await database.appliedVersions(of: [tables, test.migration]) == ["1", "2"])
        #expect(try await database.schemaDifferences(from: [tables, test.migration]) == [])
      } catch {
        guard case .failed("2", _, _, _, let cause) = error else { throw error }
        #expect(cause.message == test.failure)
        #expect(try await database.appliedVersions(of: [tables, test.migration]) == ["1"])
        #expect(try await database.schemaDifferences(from: [tables]) == [])
      }
    }
    // Foreign keys are enforced as before.
    await #expect(throws: DatabaseError.self) { try await database.execute("INSERT INTO c VALUES (99)") }
  }

  /// The files as a killed process leaves them between any two statements: the next start finishes, and nothing is there twice.
  @Test func stoppedBetweenAnyTwoStatements() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "stopped-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "app.db").path
    // Copies the files as they are; only the process that is "killed" has the function copy.
    let copy = SQLFunction.scalar("stop") { (number: Int) -> Int in
      for ending in ["", "-wal"] {
        try? FileManager.default.copyItem(atPath: path + ending, toPath: path + ".\(number)" + ending)
      }
      return number
    }
    let nothing = SQLFunction.scalar("stop") { (number: Int) -> Int in number }
    var up: [String] = []
    for (number, statement) in [
      "INSERT INTO t VALUES (2, 'b')", "VACUUM", "INSERT INTO t VALUES (3, 'c')", "BEGIN",
      "INSERT INTO t VALUES (4, 'd')",
      "COMMIT", "PRAGMA synchronous = NORMAL", "VACUUM", "ALTER TABLE t ADD b", "PRAGMA wal_checkpoint",
      "INSERT INTO t VALUES (5, 'e', 1)",
    ].enumerated() {
      up += ["SELECT stop(\(number))", statement]
    }
    up.append("SELECT stop(11)")
    let down = [
      "SELECT stop(20)", "DELETE FROM t WHERE id > 1", "SELECT stop(21)", "VACUUM", "SELECT stop(22)",
      "ALTER TABLE t DROP b", "SELECT stop(23)",
    ]
    let migrations = [tables, Migration(version: "2", name: "2_step", up: up, down: down, isInTransaction: false)]

    var configuration = Configuration()
    configuration.functions = [copy]
    let database = try await Database.open(path, configuration: configuration)
    try await database.migrate(migrations)
    try await database.migrate(migrations, to: "1")
    await database.close()

    configuration.functions = [nothing]
    var states: Set<String> = []
    for number in Array(0...11) + Array(20...23) {
      let stopped = try await Database.open(path + ".\(number)", configuration: configuration)
      let state = try #require(try await stopped.migrationStatus(of: migrations).last?.state)
      states.insert("\(state)")
      try await stopped.migrate(migrations)
      #expect(
        try await stopped.schemaDifferences(from: [tables, step("ALTER TABLE t ADD b")]) == [], "stopped at \(number)")
      let count = try await stopped.run(Count())
      #expect(count == [5], "stopped at \(number)")
      #expect(try await stopped.migrationStatus(of: migrations).map(\.state) == [.applied, .applied])
      await stopped.close()
    }
    // It was stopped in many places, forwards and back.
    #expect(states.count > 6 && states.contains { $0.contains("halfReverted") }, "\(states)")
  }

  private struct Count: ManyQuery {
    typealias Row = Int
    static let statement = StatementDefinition(
      name: "Count", sql: "SELECT count(*) FROM t", isReadOnly: true, reads: ["t"])
    static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int { try row.decode(0) }
  }

  /// What was edited while it was half done is not gone on with, and the error says how far it came.
  @Test func editedWhileHalfDone() async throws {
    let database = try await Database.inMemory()
    let broken = step("ALTER TABLE t ADD b", "VACUUM", "SELECT * FROM nowhere", isInTransaction: false)
    await #expect(throws: MigrationError.self) { try await database.migrate([tables, broken]) }
    #expect(try await database.migrationStatus(of: [tables, broken]).last?.state == .halfApplied(done: 2))
    let mended = step("ALTER TABLE t ADD b", "VACUUM", "SELECT 1", isInTransaction: false)
    let error = await #expect(throws: MigrationError.self) { try await database.migrate([tables, mended]) }
    guard case .halfDone("2", _, 2)? = error else { throw error ?? .hasHistory(version: "") }
    #expect(try await database.migrationStatus(of: [tables, mended]).last?.state == .halfDoneAndEdited(done: 2))
  }

  // MARK: Records

  @Test func baseline() async throws {
    let database = try await Database.inMemory()
    for statement in tables.up { try await database.execute(statement) }
    let next = step("ALTER TABLE t ADD b")
    // A rehearsal says the same.
    var rehearsal = MigrationOptions()
    rehearsal.isDryRun = true
    let foreseen = await #expect(throws: MigrationError.self) {
      try await database.migrate([tables, next], options: rehearsal)
    }
    guard case .existingTables("1", _, _, _)? = foreseen else { throw foreseen ?? .hasHistory(version: "") }
    let other = Migration(version: "1", name: "1_other", up: ["CREATE TABLE other (a)"])
    #expect(try await database.migrate([other], options: rehearsal).applied == ["1"])
    let error = await #expect(throws: MigrationError.self) { try await database.migrate([tables, next]) }
    guard case .existingTables("1", _, _, _)? = error else { throw error ?? .hasHistory(version: "") }
    #expect("\(error.map { "\($0)" } ?? "")".contains("migrate baseline"))
    // Another version's schema is not this one.
    await #expect(throws: MigrationError.self) { try await database.baseline([tables, next], at: "2") }
    try await database.baseline([tables, next], at: "1")
    #expect(try await database.migrate([tables, next]).applied == ["2"])
    await #expect(throws: MigrationError.self) { try await database.baseline([tables, next], at: "2") }
  }

  @Test func statusNamesWhatIsUnknownAndEdited() async throws {
    let database = try await Database.inMemory()
    try await database.migrate([tables, step("ALTER TABLE t ADD b")])
    let third = Migration(version: "3", name: "3_more", up: ["SELECT 1"])
    let edited = [tables, step("ALTER TABLE t ADD c"), third]
    #expect(try await database.migrationStatus(of: edited).map(\.state) == [.applied, .edited, .pending])
    #expect(try await database.migrationStatus(of: [tables]).map(\.state) == [.applied, .unknown])
  }

  /// A file that was moved is the same migration.
  @Test func renamedFiles() async throws {
    let database = try await Database.inMemory()
    let one = Migration(version: "schema", name: "schema", up: ["CREATE TABLE a (b)"])
    try await database.migrate([one])
    let moved = Migration(version: "auth/schema", name: "schema", up: ["CREATE TABLE a (b)"])
    let other = Migration(version: "billing/schema", name: "schema", up: ["CREATE TABLE c (d)"])
    #expect(try await database.migrate([moved, other]).applied == ["billing/schema"])
    #expect(try await database.appliedVersions(of: [moved, other]) == ["auth/schema", "billing/schema"])
    try await database.migrate([moved, other])
  }

  @Test func repeatables() async throws {
    let database = try await Database.inMemory()
    func views(_ sql: String) -> Migration {
      Migration(
        version: "R__v", name: "R__v", up: ["DROP VIEW IF EXISTS v", "CREATE VIEW v AS \(sql)"], isRepeatable: true)
    }
    #expect(try await database.migrate([tables, views("SELECT a FROM t")]).applied == ["1", "R__v"])
    #expect(try await database.migrate([tables, views("SELECT a FROM t")]).applied == [])
    #expect(try await database.migrate([tables, views("SELECT id FROM t")]).applied == ["R__v"])
    #expect(try await database.schemaDifferences(from: [tables, views("SELECT id FROM t")]) == [])
  }

  /// A way back without a statement is none.
  @Test func anEmptyWayBack() async throws {
    let database = try await Database.inMemory()
    try await database.migrate([tables, step("ALTER TABLE t ADD b", down: [])])
    let error = await #expect(throws: MigrationError.self) {
      try await database.migrate([tables, step("ALTER TABLE t ADD b", down: [])], to: "1")
    }
    guard case .irreversible("2", _)? = error else { throw error ?? .hasHistory(version: "") }
  }
}
