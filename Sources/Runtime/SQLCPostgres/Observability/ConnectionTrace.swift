// What one connection tells its instruments. Without instruments there is none, and every hook is one comparison with nil.

import SQLCRuntimeKit

/// Belongs to one connection and to the task that has it.
final class ConnectionTrace {
  private let instruments: [any DatabaseInstrument]
  private let slow: Duration?
  /// Where slow queries are explained; none for connections that are no pool's.
  private let explain: (@Sendable (StatementRun, [PostgresType]) -> Void)?
  private var lastID: UInt64 = 0
  private var open: (run: StatementRun, start: ContinuousClock.Instant, types: [PostgresType])?
  private var transaction: (run: TransactionRun, start: ContinuousClock.Instant)?
  private var statements = 0

  init?(_ configuration: Configuration, explain: (@Sendable (StatementRun, [PostgresType]) -> Void)?) {
    if configuration.instruments.isEmpty { return nil }
    instruments = configuration.instruments
    slow = configuration.instrumentOptions.slowStatement
    self.explain = explain
  }

  deinit {
    end(.closed(open?.run.name), rows: 0, rowsAffected: 0)
  }

  // MARK: Statements

  func begin(_ kind: StatementRun.Kind, _ name: String?, _ sql: String?, _ types: [PostgresType]) {
    lastID += 1
    let run = StatementRun(
      id: lastID, kind: kind, name: name ?? "SQL", sql: kind == .script ? "" : sql ?? "",
      transaction: transaction?.run.id)
    open = (run, .now, types)
    for instrument in instruments { instrument.statementBegan(run) }
  }

  func end(_ error: DatabaseError?, rows: Int, rowsAffected: Int) {
    guard let (run, start, types) = open else { return }
    open = nil
    if run.kind == .query { statements += 1 }
    let duration = ContinuousClock.now - start
    let end = StatementEnd(
      outcome: error.map { .failed($0.forInstruments) } ?? .finished, duration: duration, rows: rows,
      rowsAffected: rowsAffected)
    for instrument in instruments { instrument.statementEnded(run, end) }
    if let slow, duration >= slow, run.kind == .query, !run.sql.isEmpty { explain?(run, types) }
  }

  // MARK: Transactions

  func beginTransaction() {
    lastID += 1
    let run = TransactionRun(id: lastID)
    transaction = (run, .now)
    statements = 0
    for instrument in instruments { instrument.transactionBegan(run) }
  }

  func endTransaction(_ error: (any Error)?) {
    guard let (run, start) = transaction else { return }
    transaction = nil
    let told = (error as? DatabaseError)?.forInstruments ?? error
    let end = TransactionEnd(
      outcome: told.map { .rolledBack($0) } ?? .committed, duration: ContinuousClock.now - start,
      statements: statements)
    for instrument in instruments { instrument.transactionEnded(run, end) }
  }
}
