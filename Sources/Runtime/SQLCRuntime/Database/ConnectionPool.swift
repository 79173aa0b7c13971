// Connections, lent one at a time, first come first served.

import Dispatch
import SQLCRuntimeKit
import Synchronization

/// The connections that do the same: one that writes, or those that read.
@usableFromInline
final class ConnectionPool: Sendable {
  let connections: [PooledConnection]
  private let state: Mutex<State>

  /// An errand in line, and its job.
  private struct Waiting {
    let errand: ErrandExecutor
    let job: UnownedJob
  }

  private struct State {
    /// The last one that came back is lent next: its caches are warm. Not empty only when nobody waits.
    var idle: [PooledConnection]
    var line = WaitingLine<Waiting>()
    var isClosed = false
    /// Who closes the connections takes each as it comes back, when nobody is in line any more.
    var closer: Closer?
  }

  /// A class, for the layout of the continuation is known at run time only, and that of everything it is a part of.
  private final class Closer: Sendable {
    let continuation: CheckedContinuation<PooledConnection, Never>
    init(_ continuation: CheckedContinuation<PooledConnection, Never>) { self.continuation = continuation }
  }

  init(_ connections: [PooledConnection]) {
    self.connections = connections
    state = Mutex(State(idle: connections.reversed()))
  }

  // MARK: Lending

  /// A connection that is free now. Give it back with `release`.
  @usableFromInline
  func acquireIdle() -> PooledConnection? {
    state.withLock { $0.isClosed ? nil : $0.idle.popLast() }
  }

  /// Does `body` on the queue of a connection, when its turn comes.
  ///
  /// Waiting ends when the task is cancelled or its deadline passes; it holds no thread.
  ///
  /// - Parameter query: for errors.
  nonisolated(nonsending) func lend<T: Sendable>(
    _ query: String?, _ body: sending (PooledConnection) throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    try await Errand.run(.pool(self), query, body)
  }

  /// Does `body` on the queue of a connection that was acquired, and releases it.
  nonisolated(nonsending) func lend<T: Sendable>(
    _ connection: PooledConnection, _ query: String?,
    _ body: sending (PooledConnection) throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    try await Errand.run(.held(connection, self), query, body)
  }

  /// Runs a query on the queue: of a connection that was acquired, or else of the next that is free.
  @usableFromInline
  nonisolated(nonsending) func run<Q: Query>(
    _ query: Q, _ definition: StatementDefinition, on connection: PooledConnection?
  ) async throws(DatabaseError) -> Q.Output {
    guard let connection else {
      return try await lend(definition.name) { connection throws(DatabaseError) in try connection.run(query) }
    }
    return try await lend(connection, definition.name) { connection throws(DatabaseError) in
      try connection.run(query)
    }
  }

  /// How many wait for a connection.
  var waitingCount: Int { state.withLock { $0.line.count } }

  // MARK: The line

  /// An errand comes, and goes on when it has a connection or an answer that it gets none.
  func stand(_ errand: ErrandExecutor, _ job: UnownedJob) {
    let queue = state.withLock { state -> DispatchQueue? in
      if state.isClosed { errand.refuse(.closed(nil)) }
      if errand.isRefused { return Self.exit }
      if let free = state.idle.popLast() {
        errand.accept(free)
        return free.queue
      }
      state.line.append(Waiting(errand: errand, job: job), errand.ticket)
      return nil
    }
    if let queue { errand.resume(job, on: queue) }
  }

  /// The errand leaves the line, or does not come to stand in it.
  ///
  /// - Returns: False when it has a connection.
  func giveUp(_ errand: ErrandExecutor, _ error: DatabaseError) -> Bool {
    let (job, isRefused) = state.withLock { state in
      let waiting = state.line.remove(errand.ticket)
      return (waiting?.job, errand.refuse(error))
    }
    if let job { errand.resume(job, on: Self.exit) }
    return isRefused
  }

  /// Where those leave who get no connection.
  private static let exit = DispatchQueue.global(qos: .userInitiated)

  /// Takes a connection back, from any thread. What it needs before it is lent again happens first, on its own queue.
  @usableFromInline
  func release(_ connection: PooledConnection) {
    guard connection.needsCare else { return passOn(connection) }
    connection.queue.async { [self] in
      connection.care()
      passOn(connection)
    }
  }

  private func passOn(_ connection: PooledConnection) {
    let isWanted = state.withLock { state in
      if !state.line.isEmpty || state.closer != nil { return true }
      state.idle.append(connection)
      return false
    }
    if isWanted { handOver(connection) }
  }

  /// To the first in line, or to who closes.
  @inline(never)
  private func handOver(_ connection: PooledConnection) {
    let (next, closer) = state.withLock { state -> (Waiting?, Closer?) in
      if let next = state.line.popFirst() {
        next.errand.accept(connection)
        return (next, nil)
      }
      if let closer = state.closer {
        state.closer = nil
        return (nil, closer)
      }
      state.idle.append(connection)
      return (nil, nil)
    }
    if let next { next.errand.resume(next.job, on: connection.queue) }
    closer?.continuation.resume(returning: connection)
  }

  // MARK: Closing

  /// Refuses everybody who waits and who comes later, and closes each connection once it is back. Called once.
  func close() async {
    let refused = state.withLock { state in
      state.isClosed = true
      let waiting = state.line.removeAll()
      for waiting in waiting { waiting.errand.refuse(.closed(nil)) }
      return waiting
    }
    for waiting in refused { waiting.errand.resume(waiting.job, on: Self.exit) }
    for _ in connections {
      let connection = await withCheckedContinuation { continuation in
        let free = state.withLock { state -> PooledConnection? in
          if let free = state.idle.popLast() { return free }
          state.closer = Closer(continuation)
          return nil
        }
        if let free { continuation.resume(returning: free) }
      }
      await connection.onQueue { $0.close() }
    }
  }
}
