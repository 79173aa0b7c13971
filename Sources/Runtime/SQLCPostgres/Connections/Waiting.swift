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

/// How quickly a server has answered lately: a mean in which the last answer counts one half.
struct Quickness {
  private var mean: UInt64 = 0
  /// An answer that comes sooner is not worth a change of threads, which costs about 10 µs there and back.
  private static let quick: UInt64 = 100_000

  var isQuick: Bool { mean < Self.quick }
  mutating func note(_ nanoseconds: UInt64) { mean = (mean + min(nanoseconds, 10 * Self.quick)) / 2 }
}

extension Connection {
  /// Waits for the socket, at most until the run has been given up.
  ///
  /// Where nobody else uses the database, and its server has answered within 100 µs lately, the thread itself waits that long:
  /// in most cases the answer is there, and the task need not go to the poller and back.
  nonisolated(nonsending) func wait(for interest: Interest) async throws(DatabaseError) {
    if ending.withLock({ $0.hasGivenUp }) { throw lost("the server did not answer") }
    guard traffic.isAlone else { return try await suspend(for: interest) }
    if interest == .reading, quickness.isQuick, isReadableSoon() { return }
    let start = Moment.now
    try await suspend(for: interest)
    quickness.note(Moment.now.since(start))
  }

  private func isReadableSoon() -> Bool {
    #if os(Linux)
      var descriptor = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      var limit = timespec(tv_sec: 0, tv_nsec: 150_000)
      return ppoll(&descriptor, 1, &limit, nil) > 0
    #else
      return false
    #endif
  }

  private nonisolated(nonsending) func suspend(for interest: Interest) async throws(DatabaseError) {
    let run = runID
    let alarm = Alarm.set(at: deadline) { [weak self] in self?.requestEnd(.timedOut, run) }
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
