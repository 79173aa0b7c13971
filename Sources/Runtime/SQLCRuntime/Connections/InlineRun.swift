// Running on the caller's thread what was measured to be short, and measuring it.

import CSQLite
import SQLCRuntimeKit

extension ConnectionCore {
  /// The statement, when it is kept, short, and allowed on the caller's thread. Then `endInline` must follow.
  func beginInline(_ definition: StatementDefinition, _ listCounts: [Int]) throws(DatabaseError) -> PreparedStatement? {
    let kept =
      definition.lists.isEmpty
      ? cache.statement(definition)
      : listCounts.count == definition.lists.count
        ? cache.statement(definition, definition.places(for: listCounts)) : nil
    guard let kept, kept.eligibility.isShort, !kept.isRunning else { return nil }
    // Whoever waits for the disk keeps a thread of the queue's, not the caller's.
    if slowness.isSuspected { return nil }
    if !kept.isReadOnly, !mayWriteInline || supervisor.isLogToStartAnew { return nil }
    supervisor.begin(.inline, until: Deadline.current)
    try checkTime(definition.name)
    lend(kept)
    return kept
  }

  /// Ends an inline run, at `now` in ticks. False when something stood in its way, and it has to run again on the queue: a read that was
  /// stopped has done nothing, and of a write in a transaction of its own that was stopped, or that found the database
  /// locked, nothing is left (SQLite, c3ref/interrupt.html, lang_transaction.html §2).
  func endInline(_ statement: PreparedStatement, at now: UInt64) -> Bool {
    finish(statement)
    switch supervisor.inlineStop {
    case nil:
      if now &- supervisor.started > supervisor.longest {
        noteLongRun(of: statement, until: now)
      } else {
        statement.eligibility.noteInlineRun()
      }
    case .time?:
      noteLongRun(of: statement, until: now)
      // How long it takes is seen when it runs again.
      statement.eligibility.doubt()
    case .steps?, .size?: statement.eligibility.failed()
    case .lock?: break
    }
    return supervisor.inlineStop == nil
  }

  /// Whose fault was it that a run took long?
  private func noteLongRun(of statement: PreparedStatement, until now: UInt64) {
    switch Turn.cause(ofRunSince: supervisor.started, until: now) {
    case .statement: statement.eligibility.failed()
    case .disk: if isOnDisk { slowness.noteWaitInline() }
    case .machine: break
    }
  }

  /// Runs a query by itself on the queue, and notes how long that took.
  func runMeasured<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let prepared = try prepare(query)
    defer { finish(prepared) }
    let isSuspected = slowness.isSuspected
    guard isSuspected || !prepared.eligibility.isShort else { return try run(query, on: prepared) }
    let (misses, preemptions) = isSuspected ? (cacheMisses, sqlc_thread_preemptions()) : (0, 0)
    let steps = self.steps(of: prepared)
    let start = Moment.now
    let output = try run(query, on: prepared)
    let duration = Moment.now.since(start)
    // Who had to make room for others says nothing of the disk.
    if isSuspected, sqlc_thread_preemptions() == preemptions {
      slowness.noteQueueRun(nanoseconds: duration, missed: cacheMisses != misses)
    }
    prepared.eligibility.noteQueueRun(duration, steps: self.steps(of: prepared) &- steps)
    return output
  }

  private func run<Q: Query>(_ query: Q, on prepared: PreparedStatement) throws(DatabaseError) -> Q.Output {
    let statement = Statement(prepared)
    try query.bind(to: statement)
    return try query.output(of: statement)
  }

  /// Pages that were not in memory, so far.
  private var cacheMisses: Int32 {
    var count: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(database.pointer, SQLITE_DBSTATUS_CACHE_MISS, &count, &highest, 0)
    return count
  }

  /// Of SQLite's machine, over all runs.
  private func steps(of statement: PreparedStatement) -> Int32 {
    sqlite3_stmt_status(statement.handle.pointer, SQLITE_STMTSTATUS_VM_STEP, 0)
  }
}
