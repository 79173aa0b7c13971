// Migrations, run as `database.migrate` runs them.

import CSQLite
public import SQLCEngine
import SQLCSQLiteHandle

extension SQLiteTrialEngine {
  public func transactions(of statements: [String]) -> TransactionPlan {
    let pieces = MigrationPlan(statements, .whereSQLiteAllows).pieces
    let alone = pieces.first { if case .alone = $0 { true } else { false } }
    return TransactionPlan(count: pieces.count, firstAlone: alone?.range.lowerBound)
  }
}

extension SQLiteTrialDatabase {
  public func migrate(_ statements: [String], _ mode: MigrationMode) throws(TrialFailure) -> MigrationOutcome {
    do {
      switch mode {
      case .oneTransaction: return try run(MigrationPlan(statements, .one))
      case .whereAllowed: return try run(MigrationPlan(statements, .whereSQLiteAllows))
      case .loose:
        try handle.withMigrationSettings {
          for statement in statements { try? run(statement) }
          if isInTransaction { try? handle.execute("ROLLBACK") }
        }
        return MigrationOutcome()
      }
    } catch let error as MigrationStatementFailure {
      let reason = (error.cause as? SQLiteFailure)?.message ?? "\(error.cause)"
      return MigrationOutcome(failure: .init(index: error.index, reason: reason))
    } catch let error as SQLiteFailure {
      return MigrationOutcome(failure: .init(index: max(0, statements.count - 1), reason: error.message))
    } catch {
      throw TrialFailure(.statement, "\(error)")
    }
  }

  private func run(_ plan: MigrationPlan) throws -> MigrationOutcome {
    let journal = TrialJournal(self)
    let run = MigrationRun(plan, on: handle, journal)
    try handle.withMigrationSettings {
      if plan.isAtomic { try journal.inTransaction { try run.runAtomically() } } else { try run.run() }
    }
    return MigrationOutcome(brokenReferences: journal.broken)
  }

  public func become(_ other: SQLiteTrialDatabase) throws(TrialFailure) {
    do throws(SQLiteFailure) {
      if isInTransaction { try handle.execute("ROLLBACK") }
      let backup = try BackupHandle(from: other.handle, to: handle)
      let code = backup.step(pages: -1)
      if code != SQLITE_DONE { throw backup.failure(code) }
    } catch {
      throw failure(error)
    }
  }

  public func schema() throws(TrialFailure) -> SQLiteTrialSchema {
    do throws(SQLiteFailure) {
      return SQLiteTrialSchema(try reader.read(handle, since: &schemaState))
    } catch {
      throw failure(error)
    }
  }
}

/// What has been read of a schema once is known to all databases of a trial.
final class SharedSchemaReader {
  private var reader = SchemaReader()

  func read(_ handle: DatabaseHandle, since state: inout SchemaReader.State) throws(SQLiteFailure) -> SchemaSnapshot {
    try reader.read(handle, since: &state)
  }
}

/// Keeps no version table, only how far the run has come.
private final class TrialJournal: MigrationRecorder {
  private let database: SQLiteTrialDatabase
  private var position = 0
  private(set) var broken: [String] = []

  init(_ database: SQLiteTrialDatabase) { self.database = database }

  func inTransaction<T>(_ body: () throws -> T) throws -> T {
    try database.handle.execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try database.handle.execute("COMMIT")
      return result
    } catch {
      if database.isInTransaction { try? database.handle.execute("ROLLBACK") }
      throw error
    }
  }

  func done() throws -> Int? { position }
  func note(done: Int, of count: Int) throws { position = done }
  func found(brokenReferences tables: [String]) throws { broken += tables }
  /// Names in double quotes are no strings: applications turn that off, and so does `migrate up`.
  func execute(_ sql: String) throws { try database.connection.execute(sql) }
}
