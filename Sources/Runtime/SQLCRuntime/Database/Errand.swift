// Work that needs a connection. A task that waits for one is a job that has not begun, and when it begins it is where the
// connection is: it needs no turn on its own actor to take the connection, nor to give it back.

import Dispatch
import SQLCRuntimeKit
import Synchronization

/// One piece of work on a lent connection. Whoever calls `perform` waits in the line of `executor`; when its turn comes the
/// calling task goes on on the connection's queue, does its work, gives the connection back, and only then returns to where
/// it came from, however long that takes.
actor Errand {
  private let executor: ErrandExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private init(_ executor: ErrandExecutor) { self.executor = executor }

  private func perform<T: Sendable>(
    _ body: (PooledConnection) throws(DatabaseError) -> T
  ) throws(DatabaseError) -> T {
    let connection = try executor.begin()
    defer { executor.end(connection) }
    return try body(connection)
  }

  /// Does `body` with the connection that `source` gives.
  ///
  /// Waiting ends when the task is cancelled or its deadline passes; it holds no thread.
  ///
  /// - Parameter query: for errors.
  static nonisolated(nonsending) func run<T: Sendable>(
    _ source: ErrandExecutor.Source, _ query: String?,
    _ body: sending (PooledConnection) throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    let executor = ErrandExecutor(source)
    let errand = Errand(executor)
    let alarm = Alarm.set(at: Deadline.current) { executor.stop(.timedOut(query)) }
    defer { alarm?.cancel() }
    // Sent once: to the errand. The compiler cannot know that `operation` is called once.
    nonisolated(unsafe) let body = body
    let outcome = await withTaskCancellationHandler { () async -> Result<T, DatabaseError> in
      do throws(DatabaseError) { return .success(try await errand.perform(body)) } catch { return .failure(error) }
    } onCancel: {
      executor.stop(.cancelled(query))
    }
    return try outcome.get()
  }
}

/// Where the job of one errand waits, and then runs.
final class ErrandExecutor: SerialExecutor {
  enum Source: Sendable {
    /// Whichever connection of the pool is free first.
    case pool(ConnectionPool)
    /// A connection of the pool that who comes has already.
    case held(PooledConnection, ConnectionPool)
    /// A connection that belongs to nobody else.
    case own(PooledConnection)
  }

  private enum Answer: Sendable {
    case none
    case connection(PooledConnection)
    case refused(DatabaseError)
  }

  /// Its own for each errand of the process.
  let ticket: UInt64
  private let source: Source
  private let answer = Mutex(Answer.none)

  init(_ source: Source) {
    self.source = source
    ticket = lastTicket.wrappingAdd(1, ordering: .relaxed).newValue
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    switch source {
    case .pool(let pool): pool.stand(self, job)
    case .held(let connection, _), .own(let connection):
      accept(connection)
      resume(job, on: connection.queue)
    }
  }

  /// The errand's turn has come: `resume` must follow.
  func accept(_ connection: PooledConnection) { answer.withLock { $0 = .connection(connection) } }

  /// The errand gets no connection, unless it has one; then the answer is false, and its job is resumed otherwise.
  @discardableResult
  func refuse(_ error: DatabaseError) -> Bool {
    answer.withLock { answer in
      switch answer {
      case .connection: return false
      case .none, .refused:
        answer = .refused(error)
        return true
      }
    }
  }

  var isRefused: Bool {
    answer.withLock { answer in
      switch answer {
      case .refused: true
      case .none, .connection: false
      }
    }
  }

  /// The job goes on; it knows by the answer with what.
  func resume(_ job: UnownedJob, on queue: DispatchQueue) {
    // The job may be the last to hold the actor, and with it this executor, which must outlive it.
    queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  /// Somebody else wants the errand to end, now or never: in line it leaves, under way it is interrupted.
  func stop(_ error: DatabaseError) {
    if case .pool(let pool) = source, pool.giveUp(self, error) { return }
    let connection = answer.withLock { answer -> PooledConnection? in
      switch answer {
      case .connection(let connection): connection
      case .none, .refused: nil
      }
    }
    if let connection { interrupt(connection) }
  }

  /// Again and again until the run has ended: a statement that begins forgets an interrupt that came just before it.
  private func interrupt(_ connection: PooledConnection) {
    guard connection.watch.stop(ticket) else { return }
    _ = Alarm.set(at: Moment.now.advanced(by: .milliseconds(10))) { [self] in interrupt(connection) }
  }

  /// What the job begins with.
  fileprivate func begin() throws(DatabaseError) -> PooledConnection {
    switch answer.withLock({ $0 }) {
    case .connection(let connection):
      connection.beginWatch(ticket)
      return connection
    case .refused(let error): throw error
    // A job that nobody has answered does not run.
    case .none: throw .closed(nil)
    }
  }

  fileprivate func end(_ connection: PooledConnection) {
    connection.watch.end()
    switch source {
    case .pool(let pool), .held(_, let pool): pool.release(connection)
    case .own: break
    }
  }
}

// It tells errands apart, and nothing depends on which number one gets.
private let lastTicket = Atomic<UInt64>(0)
