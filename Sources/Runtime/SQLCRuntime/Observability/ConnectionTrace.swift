// What one connection tells its instruments. Without instruments there is none, and every hook is one comparison with nil.

import CSQLite
import SQLCSQLiteHandle

/// Belongs to one connection and to the thread that has it.
final class ConnectionTrace {
  private let instruments: [any DatabaseInstrument]
  private let options: InstrumentOptions
  private let use: ConnectionUse
  private let database: DatabaseHandle
  private var lastID: UInt64 = 0
  private var open: [Run] = []
  private var transaction: TransactionRun?
  private var statements = 0
  /// When the preparation of the next statement began.
  private var preparing: ContinuousClock.Instant?

  private struct Run {
    var statement: OpaquePointer?
    var run: StatementRun
    var start: ContinuousClock.Instant
    var rows = 0
    var changesBefore: Int64
    var stepsBefore: Int32
  }

  /// What is known when a statement ends, before it is reset.
  struct Ended {
    fileprivate var run: StatementRun
    fileprivate var end: StatementEnd
    fileprivate var isSlow: Bool
  }

  init?(_ configuration: Configuration, _ role: ConnectionRole, _ database: DatabaseHandle) {
    if configuration.instruments.isEmpty { return nil }
    instruments = configuration.instruments
    options = configuration.instrumentOptions
    use =
      switch role {
      case .only: .only
      case .writer, .copy: .writer
      case .reader, .inspector: .reader
      }
    self.database = database
    // Rows are counted where SQLite makes them, so that nobody who does not ask pays for it (c3ref/trace_v2.html).
    sqlite3_trace_v2(
      database.pointer, UInt32(SQLITE_TRACE_ROW),
      { _, context, statement, _ in
        guard let context, let statement else { return 0 }
        Unmanaged<ConnectionTrace>.fromOpaque(context).takeUnretainedValue().countRow(OpaquePointer(statement))
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    sqlite3_trace_v2(database.pointer, 0, nil, nil)
    // Streams whose connection was closed under them.
    while let run = open.popLast() {
      report(ended(run, .failed(.closed(run.run.name)), run.changesBefore, StatementWork(), nil))
    }
  }

  private func countRow(_ statement: OpaquePointer) {
    // Nearly always the last: the others wait while a row of theirs is looked at.
    guard let index = open.lastIndex(where: { $0.statement == statement }) else { return }
    open[index].rows += 1
  }

  // MARK: Statements

  func willPrepare() { preparing = .now }

  func begin(_ statement: PreparedStatement, totalChanges: Int64) {
    begin(
      statement.definition.kind, statement.definition.name, .statement(statement.definition, statement.places),
      isReadOnly: statement.isReadOnly, statement.handle.pointer, totalChanges)
  }

  func beginScript(_ sql: String, totalChanges: Int64) {
    let text =
      switch options.parameters {
      case .redacted: ""
      case .included: sql
      }
    begin(.script, "SQL", .text(text), isReadOnly: false, nil, totalChanges)
  }

  private func begin(
    _ kind: StatementRun.Kind, _ name: String, _ source: StatementRun.Source, isReadOnly: Bool,
    _ statement: OpaquePointer?, _ totalChanges: Int64
  ) {
    lastID += 1
    let run = StatementRun(
      id: lastID, kind: kind, name: name, source: source, isReadOnly: isReadOnly, connection: use,
      transaction: transaction?.id)
    open.append(
      Run(
        statement: statement, run: run, start: preparing ?? .now, changesBefore: totalChanges,
        stepsBefore: statement.map(steps) ?? 0))
    preparing = nil
    for instrument in instruments { instrument.statementBegan(run) }
  }

  /// Before the statement is reset.
  func end(_ statement: PreparedStatement, totalChanges: Int64, wasMoved: Bool) -> Ended? {
    let pointer = statement.handle.pointer
    guard let index = open.lastIndex(where: { $0.statement == pointer }) else { return nil }
    let failure = statement.failure
    statement.failure = nil
    let outcome: StatementEnd.Outcome = wasMoved ? .movedToQueue : failure.map { .failed(told($0)) } ?? .finished
    var expanded: String?
    if case .included = options.parameters, let text = sqlite3_expanded_sql(pointer) {
      expanded = String(cString: text)
      sqlite3_free(text)
    }
    let run = open.remove(at: index)
    return ended(run, outcome, totalChanges, work(of: pointer, since: run.stepsBefore), expanded)
  }

  func endScript(_ error: DatabaseError?, totalChanges: Int64) {
    guard let index = open.lastIndex(where: { $0.statement == nil }) else { return }
    report(
      ended(open.remove(at: index), error.map { .failed(told($0)) } ?? .finished, totalChanges, StatementWork(), nil))
  }

  /// Values are in no error that instruments get, unless they are told them anyway.
  private func told(_ error: DatabaseError) -> DatabaseError {
    switch options.parameters {
    case .redacted: error.forInstruments
    case .included: error
    }
  }

  /// A statement that could not be prepared.
  func failed(_ definition: StatementDefinition, _ sql: String, _ error: DatabaseError, totalChanges: Int64) {
    begin(definition.kind, definition.name, .text(sql), isReadOnly: definition.isReadOnly, nil, totalChanges)
    endScript(error, totalChanges: totalChanges)
  }

  private func ended(
    _ run: Run, _ outcome: StatementEnd.Outcome, _ totalChanges: Int64, _ work: StatementWork, _ expanded: String?
  ) -> Ended {
    let duration = ContinuousClock.now - run.start
    if case .query = run.run.kind { statements += 1 }
    let isSlow = options.slowStatement.map { duration >= $0 } ?? false
    return Ended(
      run: run.run,
      end: StatementEnd(
        outcome: outcome, duration: duration, rows: run.rows, changes: totalChanges - run.changesBefore, work: work,
        expandedSQL: expanded, plan: []),
      isSlow: isSlow)
  }

  /// After the statement was reset: the connection is free to explain it.
  func report(_ ended: Ended) {
    var ended = ended
    if ended.isSlow, case .query = ended.run.kind, ended.end.error?.kind != .closed {
      ended.end.plan = queryPlan(of: ended.run.sql, database)
    }
    for instrument in instruments { instrument.statementEnded(ended.run, ended.end) }
  }

  /// The counters of the run that ends: all but the first start over with each, for they are asked for with each.
  private func work(of statement: OpaquePointer, since before: Int32) -> StatementWork {
    func count(_ counter: Int32) -> Int { Int(sqlite3_stmt_status(statement, counter, 1)) }
    return StatementWork(
      steps: Int(steps(of: statement) &- before), scannedRows: count(SQLITE_STMTSTATUS_FULLSCAN_STEP),
      sorts: count(SQLITE_STMTSTATUS_SORT), indexedRows: count(SQLITE_STMTSTATUS_AUTOINDEX))
  }

  /// Not reset, for what may run inline is measured by the same counter; it has 32 bits, and starts over.
  private func steps(of statement: OpaquePointer) -> Int32 {
    sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0)
  }

  // MARK: Transactions

  func beginTransaction(writes: Bool) -> ContinuousClock.Instant {
    let start = ContinuousClock.now
    lastID += 1
    let run = TransactionRun(id: lastID, writes: writes, connection: use)
    transaction = run
    statements = 0
    for instrument in instruments { instrument.transactionBegan(run) }
    return start
  }

  func endTransaction(_ outcome: TransactionEnd.Outcome, since start: ContinuousClock.Instant, changes: Int64) {
    guard let run = transaction else { return }
    transaction = nil
    var outcome = outcome
    if case .rolledBack(let error as DatabaseError) = outcome { outcome = .rolledBack(told(error)) }
    let end = TransactionEnd(
      outcome: outcome, duration: ContinuousClock.now - start, statements: statements, changes: changes)
    for instrument in instruments { instrument.transactionEnded(run, end) }
  }
}

/// SQLite's plan for a statement; empty when it has none to give now.
private func queryPlan(of sql: String, _ database: DatabaseHandle) -> [String] {
  guard let rows = try? database.texts("EXPLAIN QUERY PLAN \(sql)") else { return [] }
  var depths: [String: Int] = ["0": -1]
  return rows.map { row in
    let depth = (depths[row[1] ?? "0"] ?? -1) + 1
    if let id = row[0] { depths[id] = depth }
    return String(repeating: "  ", count: depth) + (row[3] ?? "")
  }
}

extension StatementDefinition {
  fileprivate var kind: StatementRun.Kind { Control.isControl(self) ? .control : .query }
}
