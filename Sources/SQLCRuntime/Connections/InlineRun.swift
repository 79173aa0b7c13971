// Running on the caller's thread what was measured to be short, and measuring it.

import CSQLite

extension ConnectionCore {
  /// The statement, when it is kept, short, and allowed on the caller's thread. Then `endInline` must follow.
  func beginInline(_ definition: StatementDefinition, _ listCounts: [Int]) throws(DatabaseError) -> PreparedStatement? {
    let kept =
      definition.lists.isEmpty
      ? cache.statement(definition)
      : listCounts.count == definition.lists.count
        ? cache.statement(definition, definition.places(for: listCounts)) : nil
    guard let kept, kept.pace.isShort, !kept.isRunning else { return nil }
    if !kept.isReadOnly, !mayWriteInline || supervisor.isLogToStartAnew { return nil }
    supervisor.begin(.inline, until: Deadline.current)
    try checkTime(definition.name)
    lend(kept)
    inlineStart = kept.pace.countsInlineRun() ? .now : .never
    return kept
  }

  /// Ends an inline run. False when something stood in its way, and it has to run again on the queue: a read that was
  /// stopped has done nothing, and of a write in a transaction of its own that was stopped, or that found the database
  /// locked, nothing is left (SQLite, c3ref/interrupt.html, lang_transaction.html §2).
  func endInline(_ statement: PreparedStatement) -> Bool {
    finish(statement)
    if let obstacle = supervisor.obstacle {
      if obstacle == .budget { statement.pace.failed() }
      return false
    }
    if inlineStart != .never { statement.pace.noteInlineRun(Moment.now.since(inlineStart)) }
    return true
  }

  /// Runs a query by itself on the queue, and notes how long that took.
  func runMeasured<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let prepared = try prepare(query)
    defer { finish(prepared) }
    guard !prepared.pace.isShort else { return try run(query, on: prepared) }
    let steps = self.steps(of: prepared)
    let start = Moment.now
    let output = try run(query, on: prepared)
    prepared.pace.noteQueueRun(Moment.now.since(start), steps: self.steps(of: prepared) &- steps)
    return output
  }

  private func run<Q: Query>(_ query: Q, on prepared: PreparedStatement) throws(DatabaseError) -> Q.Output {
    let statement = Statement(prepared)
    try query.bind(to: statement)
    return try query.output(of: statement)
  }

  /// Of SQLite's machine, over all runs.
  private func steps(of statement: PreparedStatement) -> Int32 {
    sqlite3_stmt_status(statement.handle.pointer, SQLITE_STMTSTATUS_VM_STEP, 0)
  }
}
