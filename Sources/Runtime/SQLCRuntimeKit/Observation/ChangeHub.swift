// Who wants to know that tables changed.

import Synchronization

/// The observations of a database, and what its commits tell them.
package final class ChangeHub: Sendable {
  package enum Change: Sendable {
    case tables(Set<String>)
    case anything
  }

  private struct Listener {
    var tables: Set<String>
    var signal: AsyncStream<Void>.Continuation
  }

  private struct State {
    var listeners: [UInt64: Listener] = [:]
    var last: UInt64 = 0
    var isFinished = false
  }

  private let state = Mutex(State())

  package init() {}

  /// One element for each time, or several times that come close together, that one of `tables` changed.
  package func changes(of tables: [String]) -> AsyncStream<Void> {
    let (stream, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state -> UInt64? in
      if state.isFinished { return nil }
      state.last += 1
      state.listeners[state.last] = Listener(tables: Set(tables), signal: signal)
      return state.last
    }
    guard let id else {
      signal.finish()
      return stream
    }
    signal.onTermination = { [weak self] _ in
      self?.state.withLock { state in _ = state.listeners.removeValue(forKey: id) }
    }
    return stream
  }

  /// How many listen.
  package var count: Int { state.withLock { $0.listeners.count } }

  package func publish(_ change: Change) {
    let signals = state.withLock { state in
      state.listeners.values.filter { listener in
        switch change {
        case .anything: true
        case .tables(let tables): !listener.tables.isDisjoint(with: tables)
        }
      }.map(\.signal)
    }
    for signal in signals { signal.yield() }
  }

  /// Is the database closed?
  package var isFinished: Bool { state.withLock { $0.isFinished } }

  package func finish() {
    let signals = state.withLock { state in
      state.isFinished = true
      return state.listeners.values.map(\.signal)
    }
    for signal in signals { signal.finish() }
  }
}
