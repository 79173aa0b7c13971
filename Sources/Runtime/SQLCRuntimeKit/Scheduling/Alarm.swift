// Something to be done at a moment, unless it is called off, as it nearly always is: deadlines are seldom missed.

import Dispatch
import Synchronization

/// An alarm that is set. It needs no task and no thread of Swift's, which may all be busy when it is to ring.
package struct Alarm: Sendable {
  private let id: UInt64

  /// - Parameter ring: called on a thread of the alarms', which it must not keep.
  /// - Returns: Nothing when the moment is never.
  package static func set(at moment: Moment, _ ring: @escaping @Sendable () -> Void) -> Alarm? {
    moment == .never ? nil : Alarm(id: AlarmClock.shared.set(at: moment, ring))
  }

  /// It does not ring any more, unless it has begun to.
  package func cancel() { AlarmClock.shared.cancel(id) }
}

/// All alarms of the process, behind one timer: setting one costs a heap's place, not a timer's, and calling it off a
/// dictionary's.
final class AlarmClock: Sendable {
  static let shared = AlarmClock()

  private struct State {
    var alarms = AlarmList<@Sendable () -> Void>()
    /// When the timer rings.
    var next = Moment.never
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "sqlc.alarms", qos: .userInitiated)

  func set(at moment: Moment, _ ring: @escaping @Sendable () -> Void) -> UInt64 {
    let (id, isFirst) = state.withLock { state in
      let id = state.alarms.add(ring, at: moment)
      let isFirst = moment < state.next
      if isFirst { state.next = moment }
      return (id, isFirst)
    }
    if isFirst { wake(at: moment) }
    return id
  }

  func cancel(_ id: UInt64) { state.withLock { $0.alarms.remove(id) } }

  private func wake(at moment: Moment) {
    queue.asyncAfter(deadline: DispatchTime(uptimeNanoseconds: moment.nanoseconds)) { [self] in ring() }
  }

  private func ring() {
    let (due, next) = state.withLock { state in
      let due = state.alarms.takeDue(at: .now)
      let next = state.alarms.first
      state.next = next ?? .never
      return (due, next)
    }
    for ring in due { ring() }
    if let next { wake(at: next) }
  }
}

/// Alarms by their moment: a binary heap. What is called off leaves it when its moment comes, or when half of it is empty.
package struct AlarmList<Ring> {
  private var rings: [UInt64: Ring] = [:]
  private var heap: [(moment: Moment, id: UInt64)] = []
  private var lastID: UInt64 = 0

  package init() {}

  package var count: Int { rings.count }
  /// Places in use, called off or not.
  package var places: Int { heap.count }

  /// The earliest moment, perhaps of one that was called off.
  package var first: Moment? { heap.first?.moment }

  package mutating func add(_ ring: Ring, at moment: Moment) -> UInt64 {
    lastID += 1
    rings[lastID] = ring
    heap.append((moment, lastID))
    rise(heap.count - 1)
    return lastID
  }

  package mutating func remove(_ id: UInt64) {
    rings[id] = nil
    guard heap.count > 64, heap.count > 2 * rings.count else { return }
    heap = heap.filter { rings[$0.id] != nil }
    // A sorted array is a heap.
    heap.sort { $0.moment < $1.moment }
  }

  /// Those whose moment has come, the earliest first; they are set no longer.
  package mutating func takeDue(at now: Moment) -> [Ring] {
    var due: [Ring] = []
    while let (moment, id) = heap.first, moment <= now {
      if let ring = rings.removeValue(forKey: id) { due.append(ring) }
      heap[0] = heap[heap.count - 1]
      heap.removeLast()
      sink()
    }
    return due
  }

  private mutating func rise(_ start: Int) {
    var index = start
    while index > 0, heap[index].moment < heap[(index - 1) / 2].moment {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func sink() {
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < heap.count && heap[child].moment < heap[least].moment { least = child }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
