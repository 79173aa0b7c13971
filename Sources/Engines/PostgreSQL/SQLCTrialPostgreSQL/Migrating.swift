// Migrations, run as applications run them, and watched.

public import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle

extension PostgreSQLTrialDatabase {
  public func migrate(_ statements: [String], _ mode: MigrationMode) throws(TrialFailure) -> MigrationOutcome {
    var roles = 0
    while true {
      switch try attempt(statements, mode) {
      case .ended(let outcome):
        if isInTransaction { try run("ROLLBACK") }
        try settle()
        return outcome
      // A role that it names is there now: once more from the start, which nothing has changed.
      case .madeRole where roles < 20: roles += 1
      case .madeRole: return MigrationOutcome(failure: .init(index: 0, reason: "it names too many roles"))
      }
    }
  }

  private enum Course {
    case ended(MigrationOutcome)
    case madeRole
  }

  private func attempt(_ statements: [String], _ mode: MigrationMode) throws(TrialFailure) -> Course {
    let runner = ScriptRunner(
      server: shared.server, connection: try connection(), database: name, limit: shared.limit)
    var watch = try MigrationWatch(self)
    if mode == .oneTransaction {
      try run("BEGIN")
      try watch.beginTransaction()
    }
    for (index, statement) in statements.enumerated() {
      switch try step(statement, mode, runner) {
      case .done:
        // What is counted of one statement is known at once within a transaction only, and goes into no other's figures.
        if isInTransaction { try watch.note(statement, at: index) } else { try watch.beginTransaction() }
        // Outside of one, a statement is a transaction of its own.
        if mode == .whereAllowed, isOwnTransaction {
          try run("COMMIT")
          isOwnTransaction = false
          try watch.beginTransaction()
        }
      case .leftOut: continue
      case .madeRole:
        if mode == .oneTransaction, isInTransaction {
          try run("ROLLBACK")
          return .madeRole
        }
        // Nothing around it: the statement alone is run again.
        guard case .done = try step(statement, mode, runner) else { continue }
        if isOwnTransaction { try run("COMMIT") }
        isOwnTransaction = false
      case .failed(let reason, let state):
        if mode == .loose { continue }
        var outcome = MigrationOutcome(failure: .init(index: index, reason: reason), remarks: watch.remarks)
        if state == "25001" { outcome.remarks.append(insideTransaction(reason, index)) }
        if isInTransaction { try run("ROLLBACK") }
        isOwnTransaction = false
        return .ended(outcome)
      }
    }
    if mode == .oneTransaction {
      // What was deferred is checked now.
      do throws(TrialFailure) {
        try run("COMMIT")
      } catch {
        if isInTransaction { try run("ROLLBACK") }
        return .ended(
          MigrationOutcome(failure: .init(index: max(0, statements.count - 1), reason: error.message)))
      }
    }
    return .ended(MigrationOutcome(remarks: watch.remarks))
  }

  private enum Step {
    case done, leftOut, madeRole
    case failed(String, state: String?)
  }

  /// One statement; a refused one leaves the transaction as it was.
  private func step(_ statement: String, _ mode: MigrationMode, _ runner: ScriptRunner) throws(TrialFailure) -> Step {
    let words = StatementWords(statement)
    let isControl = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"]
      .contains(words.capitals.first ?? "")
    if mode == .whereAllowed, !isInTransaction, !isControl, !words.runsOutsideTransactions {
      try run("BEGIN")
      isOwnTransaction = true
    }
    let isGuarded = isInTransaction && !isControl && !words.runsOutsideTransactions
    if isGuarded { try run("SAVEPOINT statement") }
    let outcome: ScriptRunner.Outcome
    do {
      outcome = try runner.run(statement, deadline: .now + shared.limit)
    } catch {
      throw TrialFailure(error)
    }
    func undo() throws(TrialFailure) {
      if isOwnTransaction {
        try run("ROLLBACK")
        isOwnTransaction = false
      } else if isGuarded {
        try run("ROLLBACK TO statement")
      }
    }
    switch outcome {
    case .done:
      if isGuarded, isInTransaction { try run("RELEASE statement") }
      return .done
    case .leftOut:
      try undo()
      return .leftOut
    case .madeRole:
      try undo()
      return .madeRole
    case .refused(let error):
      try undo()
      return .failed(words.has("CONCURRENTLY") ? error.message : reason(error), state: error.sqlState)
    case .notRun(let reason):
      try undo()
      return .failed(reason, state: nil)
    case .outOfTime:
      try undo()
      return .failed("it took longer than 'limits: {seconds: …}' allows", state: nil)
    }
  }

  private func reason(_ error: ServerError) -> String {
    error.detail.map { "\(error.message) (\($0))" } ?? error.message
  }

  private func insideTransaction(_ reason: String, _ index: Int) -> MigrationOutcome.Remark {
    .init(
      index: index, rule: LockRule.concurrentlyInTransaction.rule,
      message: "this migration runs in a transaction, and \(reason)",
      notes: [
        "say so in the file: '-- +goose NO TRANSACTION', 'transaction:false' (dbmate), '-- no-transaction' (sqlx)",
        "and give it a file of its own: what stands beside it is not undone when it fails",
      ])
  }
}
