// What comes from outside, until somebody takes it.

import Synchronization

/// Elements for one reader who may be slower than those who send.
///
/// No more than `limit` are kept. When one more comes, all that wait are replaced by `overflow`, which says that some are
/// missing; so memory has a bound, and no gap goes unsaid.
package final class Inbox<Element: Sendable>: Sendable {
  fileprivate struct State {
    var waiting: [Element] = []
    /// Where the next one is that has not been taken.
    var first = 0
    var reader: UnsafeContinuation<Element?, Never>?
    var isFinished = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let overflow: Element

  /// - Parameter overflow: stands for those that were dropped.
  package init(limit: Int, overflow: Element) {
    self.limit = max(1, limit)
    self.overflow = overflow
  }

  /// How many wait to be taken.
  package var count: Int { state.withLock { $0.waiting.count - $0.first } }

  package func put(_ element: Element) {
    let reader = state.withLock { state -> UnsafeContinuation<Element?, Never>? in
      if state.isFinished { return nil }
      if let reader = state.reader {
        state.reader = nil
        return reader
      }
      if state.waiting.count - state.first >= limit {
        state.waiting = [overflow]
        state.first = 0
      }
      state.waiting.append(element)
      return nil
    }
    reader?.resume(returning: element)
  }

  /// Nothing comes any more; what waits can still be taken.
  package func finish() {
    let reader = state.withLock { state in
      state.isFinished = true
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: nil)
  }

  /// The next element; nil at the end, and when the task is cancelled, after which there is nothing more.
  package nonisolated(nonsending) func next() async -> Element? {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (continuation: UnsafeContinuation<Element?, Never>) in
        let now = state.withLock { state -> Element?? in
          if let element = state.takeFirst() { return .some(element) }
          if state.isFinished { return .some(nil) }
          state.reader = continuation
          return nil
        }
        if let now { continuation.resume(returning: now) }
      }
    } onCancel: {
      finish()
    }
  }
}

extension Inbox.State {
  fileprivate mutating func takeFirst() -> Element? {
    guard first < waiting.count else { return nil }
    let element = waiting[first]
    first += 1
    // Taking one after the other costs a constant time, over many.
    if first == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      first = 0
    } else if first > 64, first > waiting.count / 2 {
      waiting.removeFirst(first)
      first = 0
    }
    return element
  }
}
