// Where tasks wait for their turn, each priority for itself, for Swift has threads for each.

import CSQLite
import Dispatch
import Foundation
import Synchronization

final class TurnLine: Sendable {
  enum Outcome { case wasAlone, wasContended }

  private typealias Waiter = CheckedContinuation<Void, Never>

  private struct State {
    var queue = TurnQueue<Waiter>()
    var isWatched = false
  }

  private let state = Mutex(State())

  // MARK: Of the process

  // Threads are the process's, so their turns are. Nothing but the time of a query depends on it.
  private static let lines: [TurnLine] = (0..<4).map { _ in TurnLine() }
  private static let waitingCount = Atomic<Int>(0)
  private static let newcomers = Atomic<UInt64>(0)

  /// How many wait in all lines.
  static var waiting: Int { waitingCount.load(ordering: .relaxed) }

  private static func index(_ priority: TaskPriority) -> Int {
    switch priority.rawValue {
    case ..<17: 0
    case 17..<21: 1
    case 21..<25: 2
    default: 3
    }
  }

  /// The present task's.
  static var current: TurnLine { lines[index(Task.currentPriority)] }

  /// A task came to have a thread that another has left.
  static func noteNewcomer() {
    newcomers.wrappingAdd(1, ordering: .relaxed)
    current.state.withLock { $0.queue.newcomer() }
  }

  // MARK: Passing

  /// Lets others go, and returns when the task has a thread again.
  nonisolated(nonsending) func pass(_ lane: TurnLane) async -> Outcome {
    let way = state.withLock { $0.queue.pass(leaving: UInt64(sqlc_thread_id())) }
    switch way {
    case .yield:
      let before = Self.newcomers.load(ordering: .relaxed)
      await Task.yield()
      resumed()
      return Self.newcomers.load(ordering: .relaxed) == before && Self.waiting == 0 ? .wasAlone : .wasContended
    case .wait, .waitLettingOneGo:
      await withCheckedContinuation { (continuation: Waiter) in
        let (next, isToWatch) = state.withLock { state -> (Waiter?, Bool) in
          state.queue.wait(continuation, in: lane)
          let isToWatch = !state.isWatched
          state.isWatched = true
          return (way == .wait ? nil : state.queue.next(), isToWatch)
        }
        Self.waitingCount.wrappingAdd(next == nil ? 1 : 0, ordering: .relaxed)
        if isToWatch { watch() }
        next?.resume()
      }
      resumed()
      return .wasContended
    }
  }

  private func resumed() { state.withLock { $0.queue.resumed() } }

  // MARK: Watching

  private static let watchers = DispatchQueue(label: "sqlc.turns", qos: .userInitiated)
  private static let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// Half a millisecond from now, and again as long as anybody waits.
  private func watch() {
    Self.watchers.asyncAfter(deadline: .now() + .microseconds(500)) { [self] in
      let (going, isToWatch) = state.withLock { state -> ([Waiter], Bool) in
        let going = state.queue.look(cores: Self.cores)
        state.isWatched = !state.queue.isEmpty
        return (going, state.isWatched)
      }
      Self.waitingCount.wrappingSubtract(going.count, ordering: .relaxed)
      if isToWatch { watch() }
      for waiter in going { waiter.resume() }
    }
  }
}
