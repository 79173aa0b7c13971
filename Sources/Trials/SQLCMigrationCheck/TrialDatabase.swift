// A database in memory on which migrations run as they do in applications.

import CSQLite
import SQLCExercise
import SQLCOracleSQLite
import SQLCSQLiteHandle

final class TrialDatabase {
  let connection: Connection
  var database: DatabaseHandle { connection.database }

  init(_ extensions: ScratchExtensions) throws(SQLiteFailure) {
    connection = try Connection(extensions: extensions)
    try connection.execute("PRAGMA foreign_keys = OFF")
  }

  /// Has from now on what `other` has.
  func become(_ other: TrialDatabase) throws(SQLiteFailure) {
    if !database.isInAutocommit { try database.execute("ROLLBACK") }
    let backup = try BackupHandle(from: other.database, to: database)
    let code = backup.step(pages: -1)
    if code != SQLITE_DONE { throw backup.failure(code) }
  }

  struct Outcome {
    var failure: (index: Int, reason: String)?
    var brokenReferences: [String] = []
  }

  /// Runs the statements by the rules of `database.migrate`.
  func run(_ statements: [ParsedStatement], _ transactions: MigrationTransactions) throws -> Outcome {
    let journal = TrialJournal(connection)
    let plan = MigrationPlan(statements.map(\.sql), transactions)
    let run = MigrationRun(plan, on: database, journal)
    do {
      try database.withMigrationSettings {
        if plan.isAtomic { try journal.inTransaction { try run.runAtomically() } } else { try run.run() }
      }
      return Outcome(brokenReferences: journal.broken)
    } catch let failure as MigrationStatementFailure {
      let reason = (failure.cause as? SQLiteFailure)?.message ?? "\(failure.cause)"
      return Outcome(failure: (failure.index, reason))
    } catch let failure as SQLiteFailure {
      return Outcome(failure: (max(0, statements.count - 1), failure.message))
    }
  }

  /// Runs what can be run, each statement by itself.
  func runLoosely(_ statements: [ParsedStatement]) {
    for statement in statements { try? connection.execute(statement.sql) }
    if !database.isInAutocommit { try? database.execute("ROLLBACK") }
  }

  // MARK: Rows

  func fill(_ tables: Set<String>, rows: ClosedRange<Int> = 3...8, seed: UInt64) throws(SQLiteFailure) {
    if tables.isEmpty { return }
    try database.execute("PRAGMA foreign_keys = ON")
    var plan = FillPlan(rows: rows)
    if rows.upperBound == 1 { plan.nullPercentage = 0 }
    try connection.fill(tables, plan, seed: seed)
    try database.execute("PRAGMA foreign_keys = OFF")
  }

  func count(_ table: String) -> Int? {
    (try? database.texts("SELECT count(*) FROM \(quoted(table))"))?.first?[0].flatMap { Int($0) }
  }

  /// Every row as literals, by the names of the columns that are stored.
  func rows(of table: String, _ columns: [String]) -> Set<[String]> {
    if columns.isEmpty { return [] }
    let list = columns.map { "quote(\(quoted($0)))" }.joined(separator: ", ")
    let rows = try? database.texts("SELECT \(list) FROM \(quoted(table))")
    return Set((rows ?? []).map { $0.map { $0 ?? "NULL" } })
  }

  /// Runs `body` without triggers.
  func withoutTriggers(_ body: () -> Void) {
    try? database.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: 0)
    body()
    try? database.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: 1)
  }

  func clear(_ table: String) {
    withoutTriggers { try? database.execute("DELETE FROM \(quoted(table))") }
  }

  /// Removes the rows that would be in the way of this one, by whatever key.
  func makeRoom(in table: String, _ columns: [String], for row: [String], key: [String]) {
    let condition = zip(columns, row).filter { key.isEmpty || key.contains($0.0) }
      .map { "\(quoted($0.0)) IS \($0.1)" }.joined(separator: " AND ")
    let names = columns.map(quoted).joined(separator: ", ")
    withoutTriggers {
      // REPLACE knows every key that there is.
      try? database.execute(
        """
        SAVEPOINT room;
        INSERT OR REPLACE INTO \(quoted(table)) (\(names)) VALUES (\(row.joined(separator: ", ")));
        DELETE FROM \(quoted(table)) WHERE \(condition);
        RELEASE room
        """)
      if !database.isInAutocommit { try? database.execute("ROLLBACK") }
    }
  }
}

/// No books: only how far the run has come.
private final class TrialJournal: MigrationBookkeeper {
  private let connection: Connection
  private var database: DatabaseHandle { connection.database }
  private var position = 0
  private(set) var broken: [String] = []

  init(_ connection: Connection) { self.connection = connection }

  func inTransaction<T>(_ body: () throws -> T) throws -> T {
    try database.execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try database.execute("COMMIT")
      return result
    } catch {
      if !database.isInAutocommit { try? database.execute("ROLLBACK") }
      throw error
    }
  }

  func done() throws -> Int? { position }
  func note(done: Int, of count: Int) throws { position = done }
  func found(brokenReferences tables: [String]) throws { broken += tables }

  func execute(_ sql: String) throws { try connection.execute(sql) }
}

func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
