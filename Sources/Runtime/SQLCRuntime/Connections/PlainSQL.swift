// SQL that is no generated query: schemas, pragmas.

import SQLCRuntimeKit
import SQLCSQLiteHandle

/// What SQL may do that is given as text.
enum ScriptRules {
  /// Of the application: neither to transactions that it has not begun itself, nor to what the pool's connections rely on.
  case script
  /// A statement of a migration, whose author knows what else is in it: anything but ending the transaction around it.
  case migration
}

extension ConnectionCore {
  /// Runs every statement of `sql`; rows are discarded.
  func execute(_ sql: String, _ rules: ScriptRules = .script) throws(DatabaseError) {
    try checkTime(nil)
    trace?.beginScript(sql, totalChanges: database.totalChanges)
    let wasInAutocommit = database.isInAutocommit
    var savepoints: [String] = []
    var outcome: DatabaseError?
    do {
      try database.execute(sql) { start in
        try check(start, rules, &savepoints, wasInAutocommit)
      } willRun: { isReadOnly in
        // A statement that has committed by itself does not protect the next one from being stopped.
        if database.isInAutocommit { supervisor.allowStopping() }
        // Which tables it changes was proven by nobody.
        if !isReadOnly { hasWrittenAnything = true }
      } isToRunAgain: {
        supervisor.isToRunAgain($0, $1)
      }
      outcome = nil
    } catch let error as DatabaseError {
      outcome = error
    } catch let failure as SQLiteFailure {
      // Whoever runs a script knows what stands in it; those who write errors down shall not.
      outcome = DatabaseError(failure, query: nil, text: sql).redactedForInstruments(database)
    } catch {
      // Nothing else is thrown in there.
      outcome = DatabaseError(kind: .misuse, message: "\(error)")
    }
    if !database.isInAutocommit {
      if wasInAutocommit {
        rollBack()
        outcome = outcome ?? .leftOpen("the transaction")
      } else if let first = savepoints.first {
        undo(savepoint: first)
        outcome = outcome ?? .leftOpen("the savepoint '\(first)'")
      }
    }
    trace?.endScript(outcome, totalChanges: database.totalChanges)
    if let outcome { throw outcome }
  }

  private func check(
    _ start: StatementStart, _ rules: ScriptRules, _ savepoints: inout [String], _ wasInAutocommit: Bool
  ) throws {
    switch start.transactionCommand {
    case nil: break
    case .begin: if !wasInAutocommit { throw DatabaseError.notInTransaction("BEGIN") }
    case .commit(let word):
      if !wasInAutocommit { throw DatabaseError.notInTransaction(word) }
      savepoints = []
    case .rollback:
      if !wasInAutocommit { throw DatabaseError.notInTransaction("ROLLBACK") }
      savepoints = []
    case .savepoint(let name): if case .script = rules { savepoints.append(name) }
    case .release(let name):
      guard case .script = rules else { break }
      guard let index = savepoints.lastIndex(of: name) else { throw DatabaseError.noOwnSavepoint("RELEASE", name) }
      savepoints.removeSubrange(index...)
    case .rollbackTo(let name):
      guard case .script = rules else { break }
      guard let index = savepoints.lastIndex(of: name) else { throw DatabaseError.noOwnSavepoint("ROLLBACK TO", name) }
      savepoints.removeSubrange((index + 1)...)
    }
    guard case .script = rules else { return }
    if let pragma = start.changedPragma, let setting = settings[pragma] {
      throw DatabaseError(
        kind: .misuse, code: .misuse,
        message: "PRAGMA \(pragma) cannot be changed on a connection of the pool, which relies on it: \(setting)")
    }
    if let word = start.attachment, isOneOfSeveral {
      throw DatabaseError(
        kind: .misuse, code: .misuse,
        message: "\(word) would reach one connection of several: Configuration.connectionSetup is run by each")
    }
  }

  /// As if the script had not run from there on.
  private func undo(savepoint name: String) {
    let quoted = "\"\(name.replacingScalars("\"", with: "\"\""))\""
    undisturbed {
      try? database.execute("ROLLBACK TO \(quoted)")
      try? database.execute("RELEASE \(quoted)")
    }
  }
}

/// Pragmas that would take from a connection what the runtime has set up on it, and what to use instead.
private let settings = [
  "busy_timeout": "use Configuration.busyTimeout", "journal_mode": "use Configuration.journal",
  "locking_mode": "others could not read any more", "query_only": "use Configuration.access",
  "wal_autocheckpoint": "use Configuration.walCheckpointPages",
]

extension DatabaseError {
  fileprivate static func notInTransaction(_ word: String) -> DatabaseError {
    // The transaction is the closure's: half of it must not be committed.
    DatabaseError(kind: .misuse, code: .misuse, message: "\(word) cannot be used inside a transaction")
  }

  fileprivate static func noOwnSavepoint(_ word: String, _ name: String) -> DatabaseError {
    DatabaseError(
      kind: .misuse, code: .misuse,
      message: "\(word): the SQL has begun no savepoint '\(name)', and others end with their closures")
  }

  fileprivate static func leftOpen(_ what: String) -> DatabaseError {
    DatabaseError(
      kind: .misuse, code: .misuse,
      message: "the SQL leaves \(what) open that it has begun, which was rolled back; use a closure, or end it")
  }

  /// Transactions are closures: a query that ends or begins one would do so behind the runtime's back.
  static func isNoQuery(_ command: StatementStart.TransactionCommand, _ query: String) -> DatabaseError {
    let word =
      switch command {
      case .begin: "BEGIN"
      case .commit(let word): word
      case .rollback, .rollbackTo: "ROLLBACK"
      case .savepoint: "SAVEPOINT"
      case .release: "RELEASE"
      }
    return DatabaseError(
      kind: .misuse, code: .misuse, message: "\(word) is no query: use transaction { } or savepoint { }", query: query)
  }
}
