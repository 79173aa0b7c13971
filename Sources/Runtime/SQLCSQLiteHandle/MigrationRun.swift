// Runs the statements of one migration in one direction. `database.migrate`, `migrate up` and `migrate check` all do.

import SQLCRuntimeKit

/// Keeps the transactions of a run, and records how far it came.
public protocol MigrationRecorder {
  /// Runs the body between BEGIN and COMMIT, or ROLLBACK when it throws, with the write lock.
  func inTransaction<T>(_ body: () throws -> T) throws -> T
  /// Inside a transaction: how many statements are done. Nothing when the migration is no longer to be run.
  func done() throws -> Int?
  /// Inside a transaction: so many statements are done; all of them ends the migration.
  func note(done: Int, of count: Int) throws
  /// Runs one statement that is no transaction's beginning or end.
  func execute(_ sql: String) throws
  /// Inside a transaction: rows of these tables refer to rows that are not there any more. Throws to undo it.
  func found(brokenReferences tables: [String]) throws
}

/// A statement failed; its number counts from 0.
public struct MigrationStatementFailure: Error {
  public var index: Int
  public var cause: any Error
}

/// One transaction for everything and the note of it, or one for each piece where SQLite wants some statement outside.
///
/// A migration's own BEGIN and COMMIT are savepoints in it. A run that was killed goes on behind the last piece that was
/// noted: what ran together is noted with it, and what ran alone changes nothing when it runs twice.
public struct MigrationRun<Recorder: MigrationRecorder> {
  let database: DatabaseHandle
  public let plan: MigrationPlan
  let recorder: Recorder

  public init(_ plan: MigrationPlan, on database: DatabaseHandle, _ recorder: Recorder) {
    self.plan = plan
    self.database = database
    self.recorder = recorder
  }

  /// Inside the caller's transaction: an atomic migration and its note.
  public func runAtomically() throws {
    try runTogether(plan.statements.indices)
    try recorder.note(done: plan.statements.count, of: plan.statements.count)
  }

  /// Outside any transaction. Another process may be at the same migration: whatever is next is asked each time, with the
  /// lock held.
  public func run() throws {
    let start = try recorder.inTransaction { try recorder.done() } ?? plan.statements.count
    for index in plan.settings where index < start { try execute(index) }
    while let piece = try next() {
      guard case .alone(let index) = piece else { continue }
      try execute(index)
      try recorder.inTransaction {
        if try recorder.done() == index { try recorder.note(done: index + 1, of: plan.statements.count) }
      }
    }
  }

  /// Does the next piece if it can be done together; gives nothing when all are done.
  private func next() throws -> MigrationPlan.Piece? {
    try recorder.inTransaction {
      guard let done = try recorder.done(),
        let piece = plan.pieces.first(where: { $0.range.lowerBound == done && !$0.range.isEmpty })
      else { return nil }
      if case .together(let range) = piece {
        try runTogether(range)
        try recorder.note(done: range.upperBound, of: plan.statements.count)
      }
      return piece
    }
  }

  private func execute(_ index: Int) throws {
    do {
      try recorder.execute(plan.statements[index])
    } catch {
      throw MigrationStatementFailure(index: index, cause: error)
    }
  }

  private func runTogether(_ range: Range<Int>) throws {
    let before = brokenReferences()
    var open = OpenTransactions()
    for index in range {
      do {
        if let control = plan.kinds[index].control {
          try database.execute(try replacement(for: control, &open) ?? plan.statements[index])
        } else {
          try recorder.execute(plan.statements[index])
        }
        if index == range.upperBound - 1, !open.isEmpty {
          throw SQLiteFailure(extendedCode: 1, message: "the migration ends inside a transaction that it began")
        }
      } catch {
        throw MigrationStatementFailure(index: index, cause: error)
      }
    }
    let broken = brokenReferences().filter { $0.value > before[$0.key] ?? 0 }.keys.sorted()
    if !broken.isEmpty { try recorder.found(brokenReferences: broken) }
  }

  /// Where SQLite would refuse the statement, in its words.
  private func replacement(
    for control: TransactionControl, _ open: inout OpenTransactions
  ) throws(SQLiteFailure) -> String? {
    do throws(TransactionControlFailure) {
      return try open.replacement(for: control)
    } catch {
      throw SQLiteFailure(extendedCode: 1, message: error.message)
    }
  }

  /// Rows without the row they refer to, by table. A schema that SQLite cannot check has none that could be counted.
  private func brokenReferences() -> [String: Int] {
    let rows = try? database.texts("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1")
    return Dictionary(
      (rows ?? []).map { ($0[0] ?? "", Int($0[1] ?? "") ?? 0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension DatabaseHandle {
  /// Runs `body` without enforcing foreign keys, since a table is rebuilt by dropping it, which must not delete the rows that
  /// refer to it (SQLite, lang_altertable.html#otheralter). What migrations set on the connection is afterwards as it was.
  public func withMigrationSettings<T>(_ body: () throws -> T) throws -> T {
    let names = [
      "foreign_keys", "legacy_alter_table", "recursive_triggers", "ignore_check_constraints", "writable_schema",
      "synchronous", "temp_store", "reverse_unordered_selects",
    ]
    // Where a connection refuses to tell, a migration cannot change it either.
    func value(_ name: String) -> String? { (try? texts("PRAGMA \(name)"))?.first?[0] }
    let before = names.map { (name: $0, value: value($0)) }
    defer {
      for (name, old) in before {
        guard let old, value(name) != old else { continue }
        try? execute("PRAGMA \(name) = \(old)")
      }
    }
    // It does nothing inside a transaction.
    try execute("PRAGMA foreign_keys = OFF")
    return try body()
  }
}
