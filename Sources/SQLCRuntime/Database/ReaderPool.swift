// The connections that read: lent one at a time, first come first served.

import Synchronization

final class ReaderPool: Sendable {
  private let connections: [ConnectionActor]
  /// Makes one more, for a stream.
  private let another: @Sendable () -> ConnectionActor
  private let state: Mutex<State>

  private struct Waiting {
    var id: UInt64
    var continuation: CheckedContinuation<ConnectionActor?, Never>
  }

  private struct State {
    var idle: [ConnectionActor]
    var waiting: [Waiting] = []
    var firstWaiting = 0
    var lastID: UInt64 = 0
    /// Of the connections, how many streams have.
    var lentToStreams = 0
    /// Connections that were made for streams.
    var further: [ConnectionActor] = []
  }

  init(_ connections: [ConnectionActor], another: @escaping @Sendable () -> ConnectionActor) {
    self.connections = connections
    self.another = another
    // The last one lent is the one whose caches are warm.
    state = Mutex(State(idle: connections.reversed()))
  }

  /// Every connection that there is now.
  var all: [ConnectionActor] { connections + state.withLock { $0.further } }

  // MARK: For a moment

  /// A free connection, now or when one comes back. Give it back with `release`.
  ///
  /// - Throws: an error of kind `cancelled` when the task is cancelled while it waits.
  func acquire() async throws(DatabaseError) -> ConnectionActor {
    if let free = state.withLock({ $0.idle.popLast() }) { return free }
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let connection = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> ConnectionActor?? in
          // Asked with the lock held: who cancels later finds the task waiting.
          if Task.isCancelled { return .some(nil) }
          if let free = state.idle.popLast() { return free }
          state.waiting.append(Waiting(id: id, continuation: continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiting = state.withLock { state -> Waiting? in
        guard let index = state.waiting[state.firstWaiting...].firstIndex(where: { $0.id == id }) else { return nil }
        return state.waiting.remove(at: index)
      }
      waiting?.continuation.resume(returning: nil)
    }
    guard let connection else { throw .cancelled(nil) }
    return connection
  }

  func release(_ connection: ConnectionActor) {
    let next = state.withLock { state -> CheckedContinuation<ConnectionActor?, Never>? in
      guard state.firstWaiting < state.waiting.count else {
        state.waiting.removeAll(keepingCapacity: true)
        state.firstWaiting = 0
        state.idle.append(connection)
        return nil
      }
      let next = state.waiting[state.firstWaiting]
      state.firstWaiting += 1
      if state.firstWaiting > 64, state.firstWaiting * 2 > state.waiting.count {
        state.waiting.removeFirst(state.firstWaiting)
        state.firstWaiting = 0
      }
      return next.continuation
    }
    next?.resume(returning: connection)
  }

  // MARK: For a stream

  /// A connection for as long as a stream wants; give it back with `releaseFromStream`.
  ///
  /// One of the pool while another is left for those who need it for a moment, else a new one: what is done with the
  /// stream's rows may read as well, and must not wait for the stream itself.
  func acquireForStream() async throws(DatabaseError) -> ConnectionActor {
    let isFromPool = state.withLock { state in
      guard state.lentToStreams + 1 < connections.count else { return false }
      state.lentToStreams += 1
      return true
    }
    guard isFromPool else {
      let connection = another()
      state.withLock { $0.further.append(connection) }
      return connection
    }
    do throws(DatabaseError) {
      return try await acquire()
    } catch {
      state.withLock { $0.lentToStreams -= 1 }
      throw error
    }
  }

  func releaseFromStream(_ connection: ConnectionActor) async {
    let isFurther = state.withLock { state in
      guard let index = state.further.firstIndex(where: { $0 === connection }) else {
        state.lentToStreams -= 1
        return false
      }
      state.further.remove(at: index)
      return true
    }
    if isFurther { await connection.close() } else { release(connection) }
  }
}
