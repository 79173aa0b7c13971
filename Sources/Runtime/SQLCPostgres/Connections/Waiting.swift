// Waiting for an answer.

import CSQLCPolling
import SQLCRuntimeKit
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many connections of a database are in somebody's hands.
final class Traffic: Sendable {
  private let lent = Atomic<Int>(0)
  func begin() { lent.wrappingAdd(1, ordering: .relaxed) }
  func end() { lent.wrappingSubtract(1, ordering: .relaxed) }
  var isAlone: Bool { lent.load(ordering: .relaxed) <= 1 }
}

/// How quickly a server has answered lately, and so whether the thread itself may wait for it.
///
/// A server that has been quick may be slow once, and then keeps the thread for up to ``patience``: after each such time more
/// answers are waited for elsewhere before the thread waits again, four times as many each time.
struct Quickness {
  /// A mean in which the last answer counts one half. Nothing is known at first.
  private var mean = 2 * Self.quick
  /// So many answers are waited for elsewhere, whatever the mean.
  private var pause = 0
  private var nextPause = 4
  /// Since a wait of the thread's was too long.
  private var shortWaits = 0
  /// Waits of the thread's since it was last given to others, and how long they were together.
  private var waitsInARow = 0
  private var nanosecondsInARow: UInt64 = 0

  /// An answer that comes sooner is not worth a change of threads, which costs about 10 µs there and back.
  private static let quick: UInt64 = 100_000
  private static let long: UInt64 = 1_000_000
  /// In nanoseconds. More than a tick of the system's clock on purpose: a shorter limit has to be told to the clock's
  /// hardware and called off again, each time, which takes longer than the query (10 of 20 µs in a virtual machine).
  static let patience = 5_000_000

  /// A task that waits here is never suspended: in a loop of quick queries, or of a long result, it would keep its actor for
  /// itself. So after so many waits, or so long ones together, others come first.
  private static let mostInARow = 64
  private static let longestInARow: UInt64 = 2_000_000

  var mayWaitHere: Bool { pause == 0 && mean < Self.quick }

  /// Are others to come first?
  var isDueToGiveWay: Bool { waitsInARow >= Self.mostInARow || nanosecondsInARow >= Self.longestInARow }

  mutating func noteGaveWay() {
    waitsInARow = 0
    nanosecondsInARow = 0
  }

  /// The time of a wait elsewhere.
  mutating func noteElsewhere(_ nanoseconds: UInt64) {
    noteGaveWay()
    mean = (mean + min(nanoseconds, 10 * Self.quick)) / 2
    pause = max(0, pause - 1)
  }

  /// The time of a wait of the thread's.
  mutating func noteHere(_ nanoseconds: UInt64) {
    waitsInARow += 1
    nanosecondsInARow += nanoseconds
    if nanoseconds >= Self.long {
      pause = nextPause
      nextPause = min(4 * nextPause, 4096)
      shortWaits = 0
    } else {
      shortWaits += 1
      if shortWaits >= 1000 { nextPause = 4 }
    }
  }
}

extension Connection {
  /// Waits for the socket, at most until the run has been given up.
  ///
  /// Where nobody else uses the database, and its server has answered within 100 µs lately, the thread itself waits, some
  /// milliseconds at most: in most cases the answer is there at once, and the task need not go to the poller and back. Now and
  /// then it lets others of its actor in all the same.
  nonisolated(nonsending) func wait(for interest: Interest) async throws(DatabaseError) {
    if ending.withLock({ $0.hasGivenUp }) { throw lost("the server did not answer") }
    if isReported {
      isReported = false
      return
    }
    guard traffic.isAlone else { return try await suspend(for: interest) }
    if quickness.isDueToGiveWay {
      await Task.yield()
      quickness.noteGaveWay()
    }
    let start = Moment.now
    if interest == .reading, quickness.mayWaitHere, start.advanced(by: .nanoseconds(Quickness.patience)) < deadline {
      let isReadable = isReadableSoon()
      quickness.noteHere(Moment.now.since(start))
      if isReadable { return }
    }
    try await suspend(for: interest)
    quickness.noteElsewhere(Moment.now.since(start))
  }

  private func isReadableSoon() -> Bool {
    #if os(Linux)
      var descriptor = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&descriptor, 1, CInt(Quickness.patience / 1_000_000)) > 0
    #else
      return false
    #endif
  }

  private nonisolated(nonsending) func suspend(for interest: Interest) async throws(DatabaseError) {
    let run = runID
    // Called off below, so that it keeps the connection no longer than this does. (A weak reference, even one, makes every
    // counting of references to the object several times as slow from then on.)
    let alarm = Alarm.set(at: deadline) { [self] in requestEnd(.timedOut, run) }
    await withTaskCancellationHandler {
      await socket.wait(for: interest)
    } onCancel: {
      requestEnd(.cancelled, run)
    }
    alarm?.cancel()
    guard ending.withLock({ $0.hasGivenUp }) else { return }
    throw lost("the server did not answer")
  }
}
