// How a run ends before its time: by cancellation of its task, or when its time is up.

import Dispatch
import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Synchronization

/// What is known of the end of a connection's present run. Under a lock, for others ask for it.
struct Ending: Sendable {
  enum Reason: Sendable { case cancelled, timedOut }

  /// What may be done to a run.
  enum Manner: Sendable {
    /// The server is asked to cancel it.
    case byCancelling
    /// It is left to itself: COMMIT, ROLLBACK. How long it may take, who sends it says.
    case byWaiting
  }

  /// The present run; 0 between runs.
  var run: UInt64 = 0
  var manner = Manner.byCancelling
  var reason: Reason?
  /// A request to cancel is on its way.
  var isCancelling = false
  /// Nothing came within the grace time: the connection is not waited for any more.
  var hasGivenUp = false
  /// Who waits until the request has ended.
  var settling: Settling?

  final class Settling: Sendable {
    let continuation: UnsafeContinuation<Void, Never>
    init(_ continuation: UnsafeContinuation<Void, Never>) { self.continuation = continuation }
  }
}

/// What cancels a connection's statement, on a connection of its own.
final class Canceller: Sendable {
  private let library: LibPQ
  /// `@unchecked`: libpq's own documentation says that the cancel object can be used from any thread (libpq-cancel.html); it is
  /// freed when nobody holds this any more.
  private struct Handle: @unchecked Sendable { let pointer: OpaquePointer }
  private let old: Handle?
  private let new: Handle?
  /// One request at a time, as the newer interface wants it.
  private let turn = Mutex(())

  init(_ connection: LibPQ.Connection, _ library: LibPQ) {
    self.library = library
    if let create = library.cancelCreate {
      new = create(connection).map { Handle(pointer: $0) }
      old = nil
    } else {
      new = nil
      old = library.getCancel(connection).map { Handle(pointer: $0) }
    }
  }

  deinit {
    if let old { library.freeCancel(old.pointer) }
    if let new { library.cancelFinish?(new.pointer) }
  }

  /// Waits until the server has taken the request: on a thread that may wait.
  private func request() {
    turn.withLock { _ in
      if let new {
        _ = library.cancelBlocking?(new.pointer)
        library.cancelReset?(new.pointer)
      } else if let old {
        var message = [CChar](repeating: 0, count: 256)
        _ = library.cancel(old.pointer, &message, CInt(message.count))
      }
    }
  }

  private static let queue = DispatchQueue(
    label: "sqlc.postgres.cancelling", qos: .userInitiated, attributes: .concurrent)

  func request(_ ended: @escaping @Sendable () -> Void) {
    Self.queue.async { [self] in
      request()
      ended()
    }
  }
}

extension Connection {
  /// How long a cancelled statement may take to end, and a request to cancel.
  static var grace: Duration { .seconds(2) }

  /// A run begins.
  ///
  /// - Throws: when the task is cancelled, or its time up, already: nothing is sent then.
  nonisolated(nonsending) func begin(
    _ query: String?, sql: String?, _ manner: Ending.Manner = .byCancelling, kind: StatementRun.Kind = .query,
    types: [PostgresType] = []
  ) async throws(DatabaseError) {
    queryName = query
    let deadline: Moment
    switch manner {
    case .byCancelling:
      deadline = Deadline.current
      if Task.isCancelled { throw .cancelled(query) }
      if deadline != .never, Moment.now >= deadline { throw .timedOut(query) }
    case .byWaiting: deadline = .never
    }
    if isLost { throw lost("the connection is closed") }
    guard await settle() else { throw lost("a request to cancel did not end") }
    beginRun(query, sql: sql, manner, until: deadline)
    trace?.begin(kind, query, sql, types)
  }

  func beginRun(_ query: String?, sql: String?, _ manner: Ending.Manner, until deadline: Moment) {
    queryName = query
    self.sql = sql
    self.deadline = deadline
    isReported = false
    runID += 1
    failure = nil
    wasSent = false
    rowsAffected = 0
    rowsGiven = 0
    commandTag = ""
    isDescribed = false
    context.count = 0
    row = -1
    rowCount = 0
    ending.withLock { ending in
      ending.run = runID
      ending.manner = manner
      ending.reason = nil
    }
  }

  /// The run has ended; what was thrown, if anything, as the caller is to see it.
  func end(_ error: DatabaseError?) -> DatabaseError? {
    let seen = endUntold(error)
    trace?.end(seen, rows: rowsGiven, rowsAffected: rowsAffected)
    return seen
  }

  private func endUntold(_ error: DatabaseError?) -> DatabaseError? {
    stage = .idle
    if let result {
      library.clear(result)
      self.result = nil
    }
    let (reason, hasGivenUp) = ending.withLock { ending in
      ending.run = 0
      return (ending.reason, ending.hasGivenUp)
    }
    if library.status(handle) == ConnectionStatus.bad { isLost = true }
    guard let reason else { return error }
    let wasCancelled = error?.sqlState == .queryCanceled
    // The request may come late and hit what runs next: nothing else is run here.
    if !wasCancelled { isDoomed = true }
    guard let error, wasCancelled || hasGivenUp || error.kind == .connection else { return error }
    switch reason {
    case .cancelled: return error.with(kind: .cancelled, message: "the task was cancelled")
    case .timedOut: return error.with(kind: .timedOut, message: "the time was up")
    }
  }

  /// The present run is to end; asked for by whoever knows first, from any thread.
  func requestEnd(_ reason: Ending.Reason, _ run: UInt64) {
    let isFirst = ending.withLock { ending in
      guard ending.run == run, ending.reason == nil, ending.manner == .byCancelling else { return false }
      ending.reason = reason
      ending.isCancelling = true
      return true
    }
    guard isFirst else { return }
    canceller.request { [self] in
      let settling = ending.withLock { ending in
        ending.isCancelling = false
        defer { ending.settling = nil }
        return ending.settling
      }
      settling?.continuation.resume()
    }
    _ = Alarm.set(at: Moment.now.advanced(by: Self.grace)) { [weak self] in self?.giveUp(run) }
  }

  /// Nobody waits for the run any longer.
  func giveUp(_ run: UInt64) {
    let isPresent = ending.withLock { ending in
      if ending.run == run { ending.hasGivenUp = true }
      return ending.run == run
    }
    if isPresent { socket.wake() }
  }

  /// Waits until a request to cancel that was made in an earlier run has ended; false when it does not.
  nonisolated(nonsending) func settle() async -> Bool {
    guard ending.withLock({ $0.isCancelling }) else { return true }
    let alarm = Alarm.set(at: Moment.now.advanced(by: Self.grace)) { [self] in
      let settling = ending.withLock { ending in
        defer { ending.settling = nil }
        return ending.settling
      }
      settling?.continuation.resume()
    }
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      let isSettled = ending.withLock { ending in
        if ending.isCancelling { ending.settling = Ending.Settling(continuation) }
        return !ending.isCancelling
      }
      if isSettled { continuation.resume() }
    }
    alarm?.cancel()
    return ending.withLock { !$0.isCancelling }
  }
}
