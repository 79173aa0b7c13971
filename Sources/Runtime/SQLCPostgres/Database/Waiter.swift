// Who waits for a connection, and what is sent for them as soon as there is one.

import SQLCRuntimeKit
import Synchronization

/// What a task that waits for a connection is going to send.
///
/// Who gives a connection back sends it, and the task wakes when the answer is there: waking it before, only so that it sends,
/// would cost a change of threads, and the connection would do nothing meanwhile.
struct Errand: Sendable {
  let definition: StatementDefinition
  let send: @Sendable (Connection) throws(DatabaseError) -> Void
}

/// A task that waits for a connection.
final class Waiter: Sendable {
  let query: String?
  let errand: Errand?
  /// The task's. Until when it waits for a connection is another moment: the pool's limit.
  let deadline: Moment
  let limit: Moment
  let start: Moment
  /// Its place in the line, 0 before it has one; under the pool's lock.
  let ticket = Atomic<UInt64>(0)

  private struct State {
    var phase = Phase.arriving
    var outcome: Result<Connection, DatabaseError>?
    /// Its end was asked for while its errand was being sent.
    var reason: Ending.Reason?
  }

  private enum Phase {
    case arriving
    case standing(UnsafeContinuation<Void, Never>)
    /// There is a connection for it; whose it was has it still.
    case taken
    /// Its errand is on its way, in that run of the connection.
    case sent(Connection, UInt64)
    case ended
  }

  private let state = Mutex(State())

  init(_ query: String?, _ errand: Errand?, deadline: Moment, start: Moment, limit: Moment) {
    self.query = query
    self.errand = errand
    self.deadline = deadline
    self.start = start
    self.limit = limit
  }

  /// What became of the waiting; not before it ends.
  func result() throws(DatabaseError) -> Connection {
    guard let outcome = state.withLock({ $0.outcome }) else { throw .closed(query) }
    return try outcome.get()
  }

  /// It stands in the line from now on. False when it has left already: then it waits for nothing.
  func stand(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
    state.withLock { state in
      guard case .arriving = state.phase else { return false }
      state.phase = .standing(continuation)
      return true
    }
  }

  /// A connection that was free, so that it never stood.
  func receive(_ connection: Connection) {
    state.withLock { state in
      state.phase = .ended
      state.outcome = .success(connection)
    }
  }

  /// For who has a connection for it. Nothing when it has left.
  func take() -> UnsafeContinuation<Void, Never>? {
    state.withLock { state in
      guard case .standing(let continuation) = state.phase else { return nil }
      state.phase = .taken
      return continuation
    }
  }

  /// Its errand is on its way. Gives why it is to end, where that was asked for meanwhile.
  func noteSent(_ connection: Connection, _ run: UInt64) -> Ending.Reason? {
    state.withLock { state in
      state.phase = .sent(connection, run)
      state.outcome = .success(connection)
      return state.reason
    }
  }

  /// It leaves, unless it has got a connection. True when it did.
  @discardableResult
  func refuse(_ error: DatabaseError) -> Bool {
    let (hasLeft, continuation) = state.withLock { state -> (Bool, UnsafeContinuation<Void, Never>?) in
      var continuation: UnsafeContinuation<Void, Never>?
      switch state.phase {
      case .arriving: break
      case .standing(let standing): continuation = standing
      case .taken, .sent, .ended: return (false, nil)
      }
      state.phase = .ended
      state.outcome = .failure(error)
      return (true, continuation)
    }
    continuation?.resume()
    return hasLeft
  }

  /// It leaves, or what runs for it ends.
  func end(_ reason: Ending.Reason) -> Bool {
    if refuse(reason == .cancelled ? .cancelled(query) : .timedOut(query)) { return true }
    let sent = state.withLock { state -> (Connection, UInt64)? in
      switch state.phase {
      case .taken: state.reason = state.reason ?? reason
      case .sent(let connection, let run): return (connection, run)
      case .arriving, .standing, .ended: break
      }
      return nil
    }
    if let (connection, run) = sent { connection.requestEnd(reason, run) }
    return false
  }
}

extension Connection {
  /// May an errand be sent without looking anything up or telling anybody?
  func canStart(_ errand: Errand, until deadline: Moment) -> Bool {
    trace == nil && !errand.definition.namesTypes && isClean && (deadline == .never || Moment.now < deadline)
  }

  /// Begins a run for the task that gets the connection: it goes on where this ends.
  ///
  /// - Returns: whether the answer is to be waited for; else the task has something to do before.
  func start(_ errand: Errand, until deadline: Moment) -> Bool {
    beginRun(errand.definition.name, sql: errand.definition.sql, .byCancelling, until: deadline)
    do throws(DatabaseError) {
      try errand.send(self)
      started = .success(())
    } catch {
      started = .failure(error)
      return false
    }
    isReported = library.flush(handle) == 0
    return isReported
  }
}
