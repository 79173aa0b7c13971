// The queue of a connection, and what runs there.

import Dispatch

/// An actor executor on a serial queue of its own: never on Swift's cooperative threads, which a slow statement would
/// block.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// - Parameter lane: a queue that several share, so that together they never use more than its one thread.
  init(label: String, lane: DispatchQueue? = nil) {
    queue = DispatchQueue(label: label, qos: .userInitiated, target: lane)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // The job may be the last to hold the actor, and with it this executor, which must outlive it.
    queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// Runs what may take long, on the queue; only who holds the lease of a connection may ask for it.
@usableFromInline
actor ConnectionWorker {
  private let executor: QueueExecutor
  @usableFromInline
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(label: String, lane: DispatchQueue? = nil) { executor = QueueExecutor(label: label, lane: lane) }

  func open(_ connection: PooledConnection) throws(DatabaseError) { _ = try connection.begin() }

  @usableFromInline
  func run<Q: Query>(_ query: Q, on connection: PooledConnection) throws(DatabaseError) -> Q.Output {
    try connection.run(query)
  }

  func execute(_ sql: String, on connection: PooledConnection) throws(DatabaseError) {
    try connection.perform { core throws(DatabaseError) in
      defer { core.supervisor.expectNewLog() }
      try core.execute(sql)
    }
  }

  func transaction<S: TransactionScope & ~Copyable, T: Sendable>(
    _ kind: ConnectionCore.TransactionKind, _ scope: S.Type, on connection: PooledConnection,
    _ body: sending (borrowing S) throws -> T
  ) throws -> T {
    try connection.use { core in try core.transaction(kind) { try body(S(connection: $0)) } }
  }

  /// Lends the connection to what takes several steps that nothing may come between.
  func use<T: Sendable>(
    _ connection: PooledConnection, _ body: @Sendable (ConnectionCore) throws -> T
  ) throws -> T {
    try connection.use { core in
      defer { core.supervisor.expectNewLog() }
      return try body(core)
    }
  }

  func care(for connection: PooledConnection) { connection.care() }

  func close(_ connection: PooledConnection) { connection.close() }

  // MARK: Cursors

  func beginCursor<Q: RowsQuery>(_ query: Q, on connection: PooledConnection) throws(DatabaseError) -> UInt64 {
    try connection.beginCursor(query)
  }

  func fetch<Q: RowsQuery>(
    _ count: Int, of query: Q.Type, from cursor: UInt64, on connection: PooledConnection
  ) throws(DatabaseError) -> RowPortion<Q.Row> {
    try connection.fetch(count, of: query, from: cursor)
  }

  @discardableResult
  func endCursor(_ cursor: UInt64, on connection: PooledConnection) -> PooledConnection.Condition {
    connection.endCursor(cursor)
  }
}
