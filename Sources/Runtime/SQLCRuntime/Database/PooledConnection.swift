// A connection of a pool: opened with its first use, used by one at a time.

import Dispatch
import SQLCRuntimeKit
import SQLCSQLiteHandle

/// A connection with the queue it has for long work.
// @unchecked Sendable: its state is touched by who holds its lease alone. A pool lends each connection to one at a time, and
// lending, taking back and handing over pass through the pool's mutex or through the connection's serial queue, either of
// which puts everything that one holder did before everything that the next one does. (Streams touch theirs on its queue
// only.) The queue and the watch are Sendable themselves.
@usableFromInline
final class PooledConnection: @unchecked Sendable {
  /// Serial. What may take long runs there: never on Swift's cooperative threads, which it would block.
  let queue: DispatchQueue
  let watch = RunWatch()
  private let recipe: ConnectionRecipe
  private let changes: ChangeHub
  private var state = State.unopened
  private var cursors: [UInt64: PreparedStatement] = [:]
  /// Errors that came after rows, for when the next are asked for.
  private var failures: [UInt64: DatabaseError] = [:]
  private var lastCursor: UInt64 = 0

  private enum State {
    case unopened
    case open(ConnectionCore)
    case closed
  }

  init(_ recipe: ConnectionRecipe, _ changes: ChangeHub, queue: DispatchQueue) {
    self.recipe = recipe
    self.changes = changes
    self.queue = queue
  }

  var slowness: Slowness { recipe.slowness }

  // MARK: On the queue

  /// A queue for one connection.
  ///
  /// - Parameter lane: a queue that several share, so that together they never use more than its one thread.
  static func queue(_ label: String, lane: DispatchQueue? = nil) -> DispatchQueue {
    DispatchQueue(label: label, qos: .userInitiated, target: lane)
  }

  /// Runs `body` on the queue, also when the task is cancelled or late, which `body` does not see.
  func onQueue<T: Sendable>(_ body: @escaping @Sendable (PooledConnection) -> T) async -> T {
    await withCheckedContinuation { continuation in
      queue.async { [self] in continuation.resume(returning: body(self)) }
    }
  }

  /// From now on to the end of the run `watch` may interrupt it. Not where a cursor is open, whose statement is under way
  /// and would be hit as well, if not by this interrupt then by what is left of it.
  func beginWatch(_ run: UInt64) {
    guard case .open(let core) = state, cursors.isEmpty else { return }
    watch.begin(run, on: core.database)
  }

  /// The open connection, ready for a run on the queue.
  func begin() throws(DatabaseError) -> ConnectionCore {
    let core: ConnectionCore
    switch state {
    case .open(let open): core = open
    case .closed: throw .closed(nil)
    case .unopened:
      if Task.isCancelled { throw .cancelled(nil) }
      if Deadline.isPast { throw .timedOut(nil) }
      core = try recipe.open()
      state = .open(core)
    }
    core.supervisor.begin(.queue, until: Deadline.current)
    return core
  }

  @usableFromInline
  func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let core = try begin()
    defer { settle(core) }
    return try core.runMeasured(query)
  }

  /// Several steps that nothing may come between.
  func use<T>(_ body: (ConnectionCore) throws -> T) throws -> T {
    let core = try begin()
    defer { settle(core) }
    return try body(core)
  }

  /// The same for what may change the database in any way.
  func useAnyhow<T>(_ body: (ConnectionCore) throws -> T) throws -> T {
    try use { core in
      defer { core.supervisor.expectNewLog() }
      return try body(core)
    }
  }

  /// The same as `use` for what throws nothing but the runtime's own error.
  func perform<T>(_ body: (ConnectionCore) throws(DatabaseError) -> T) throws(DatabaseError) -> T {
    let core = try begin()
    defer { settle(core) }
    return try body(core)
  }

  /// What was committed is made known while nobody else can commit.
  private func settle(_ core: ConnectionCore) {
    // What comes now is not the run's any more: nobody may interrupt it.
    watch.end()
    // Whatever came in between: nobody inherits a transaction.
    if !core.database.isInAutocommit { core.rollBack() }
    switch core.takeWritten() {
    case .nothing: break
    case .tables(let tables): changes.publish(.tables(tables))
    case .anything: changes.publish(.anything)
    }
  }

  // MARK: On the caller's thread

  /// Runs a query here and now, if it may run here.
  ///
  /// A function of its own, so that nothing holds the statement when the connection is given back: were its last reference to
  /// go later, it would be finalized while somebody else has the connection, or keep a closed one open.
  @inlinable
  func runInline<Q: Query>(_ query: Q, _ definition: StatementDefinition) -> InlineOutcome<Q.Output> {
    let prepared: PreparedStatement
    do throws(DatabaseError) {
      guard let begun = try beginInline(definition, listCounts: query.listCounts) else { return .toQueue }
      prepared = begun
    } catch {
      return .ended(.failure(error), at: Turn.now)
    }
    do throws(DatabaseError) {
      let statement = Statement(prepared)
      try query.bind(to: statement)
      let output = try query.output(of: statement)
      let now = Turn.now
      _ = endInline(prepared, nil, at: now)
      return .ended(.success(output), at: now)
    } catch {
      let now = Turn.now
      return endInline(prepared, error, at: now) ? .ended(.failure(error), at: now) : .toQueue
    }
  }

  /// The statement, when it may run here and now; then `endInline` must follow.
  @usableFromInline
  func beginInline(_ definition: StatementDefinition, listCounts: [Int]) throws(DatabaseError) -> PreparedStatement? {
    guard case .open(let core) = state else { return nil }
    return try core.beginInline(definition, listCounts)
  }

  /// Ends an inline run, at `now` in ticks. False when it came to nothing and must run again, on the queue.
  @usableFromInline
  func endInline(_ statement: PreparedStatement, _ error: DatabaseError?, at now: UInt64) -> Bool {
    guard case .open(let core) = state else { return true }
    if let error, error.code.primary == .tooBig { core.supervisor.meetTooBig() }
    let isDone = core.endInline(statement, at: now)
    if !statement.isReadOnly { settle(core) }
    return isDone || error == nil
  }

  // MARK: Between two leases

  /// Is there something to do on the queue before somebody else gets the connection?
  var needsCare: Bool {
    guard case .open(let core) = state else { return false }
    return core.isBroken || core.supervisor.isCheckpointDue
  }

  func care() {
    guard case .open(let core) = state else { return }
    if core.supervisor.isCheckpointDue { core.supervisor.checkpoint(core.database) }
    // Whatever the file has become, the next user gets a connection that looks at it anew.
    if core.isBroken, recipe.isReopenable {
      cursors = [:]
      state = .unopened
    }
  }

  /// Gives the connection back to the system; what comes later fails.
  func close() {
    // SQLite, pragma.html, `optimize`: "applications with short-lived database connections should run it once, just
    // prior to closing each database connection". Failing to is no failure of closing.
    if case .open(let core) = state, recipe.role.writes, recipe.configuration.access == .readWrite {
      core.supervisor.begin(.queue, until: .never)
      try? core.database.execute("PRAGMA optimize")
    }
    cursors = [:]
    state = .closed
  }

  // MARK: Cursors

  /// Starts a query whose rows are fetched in portions. End it with `endCursor`.
  func beginCursor<Q: RowsQuery>(_ query: Q) throws(DatabaseError) -> UInt64 {
    let core = try begin()
    let prepared = try core.prepare(query)
    do throws(DatabaseError) {
      try query.bind(to: Statement(prepared))
    } catch {
      core.finish(prepared)
      throw error
    }
    lastCursor += 1
    cursors[lastCursor] = prepared
    return lastCursor
  }

  /// The next rows, at most `count`. Those before an error come without it.
  func fetch<Q: RowsQuery>(
    _ count: Int, of query: Q.Type, from cursor: UInt64
  ) throws(DatabaseError) -> RowPortion<Q.Row> {
    if let failure = failures.removeValue(forKey: cursor) { throw failure }
    let core = try begin()
    try core.checkTime(Q.statement.name)
    guard let prepared = cursors[cursor] else { throw .closed(Q.statement.name) }
    defer { settle(core) }
    let statement = Statement(prepared)
    let row = statement.row
    var rows: [Q.Row] = []
    rows.reserveCapacity(count)
    do throws(DatabaseError) {
      while rows.count < count, try statement.step() { rows.append(try Q.decode(row)) }
    } catch {
      if rows.isEmpty { throw error }
      failures[cursor] = error
      return RowPortion(rows: rows, isLast: false)
    }
    return RowPortion(rows: rows, isLast: rows.count < count)
  }

  func endCursor(_ cursor: UInt64) -> Condition {
    failures[cursor] = nil
    guard let prepared = cursors.removeValue(forKey: cursor), case .open(let core) = state else { return .unusable }
    core.finish(prepared)
    settle(core)
    return core.isBroken ? .unusable : .sound
  }

  /// What a connection is like after a stream.
  enum Condition: Sendable { case sound, unusable }
}

/// What came of running a query on the caller's thread.
@usableFromInline @frozen
enum InlineOutcome<Output> {
  /// At a moment in ticks.
  case ended(Result<Output, DatabaseError>, at: UInt64)
  /// Nothing: it must run on the queue.
  case toQueue
}

/// Some rows of a stream.
struct RowPortion<Row: Sendable>: Sendable {
  var rows: [Row]
  var isLast: Bool
}
