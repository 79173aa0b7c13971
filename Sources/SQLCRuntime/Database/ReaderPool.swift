// The connections that read: lent one at a time, first come first served.

import Synchronization

final class ReaderPool: Sendable {
  let connections: [ConnectionActor]
  private let state: Mutex<State>

  private struct State {
    var idle: [ConnectionActor]
    var waiting: [CheckedContinuation<ConnectionActor, Never>] = []
    var firstWaiting = 0
  }

  init(_ connections: [ConnectionActor]) {
    self.connections = connections
    // The last one lent is the one whose caches are warm.
    state = Mutex(State(idle: connections.reversed()))
  }

  /// A free connection, now or when one comes back. Give it back with `release`.
  func acquire() async -> ConnectionActor {
    if let free = state.withLock({ $0.idle.popLast() }) { return free }
    return await withCheckedContinuation { continuation in
      let free = state.withLock { state -> ConnectionActor? in
        if let free = state.idle.popLast() { return free }
        state.waiting.append(continuation)
        return nil
      }
      if let free { continuation.resume(returning: free) }
    }
  }

  func release(_ connection: ConnectionActor) {
    let next = state.withLock { state -> CheckedContinuation<ConnectionActor, Never>? in
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
      return next
    }
    next?.resume(returning: connection)
  }
}
