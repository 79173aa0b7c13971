// Until when the work of a task is wanted.

import Dispatch

/// A moment of the system's monotonic clock, in nanoseconds.
///
/// A number, not an instant of Swift's clocks: those are opaque to other modules, and a query would pay for each look at
/// one what a row costs.
struct Moment: Sendable, Comparable {
  var nanoseconds: UInt64

  static var now: Moment { Moment(nanoseconds: DispatchTime.now().uptimeNanoseconds) }
  static var never: Moment { Moment(nanoseconds: .max) }

  static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Nanoseconds since an earlier moment.
  func since(_ start: Moment) -> UInt64 { nanoseconds &- start.nanoseconds }

  func advanced(by duration: Duration) -> Moment {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isFar) = nanoseconds.addingReportingOverflow(whole)
    if overflow || isFar { return .never }
    let (end, isFarther) = sum.addingReportingOverflow(UInt64(clamping: attoseconds / 1_000_000_000))
    return isFarther ? .never : Moment(nanoseconds: end)
  }
}

enum Deadline {
  /// Of the present task.
  @TaskLocal static var current = Moment.never

  static var isPast: Bool {
    let deadline = current
    return deadline != .never && Moment.now >= deadline
  }
}

extension Database {
  /// Runs `operation`, in which no query, transaction or stream goes on for longer than `duration` in all: what is running
  /// then is stopped, what waits for a connection or a lock stops waiting, and a transaction is rolled back. The error is
  /// of kind ``DatabaseError/Kind/timedOut``.
  ///
  /// ```swift
  /// let agents = try await Database.withTimeout(.seconds(2)) { try await queries.listAgents() }
  /// ```
  ///
  /// Of two that are nested the earlier end counts. Tasks that `operation` starts inherit it, detached ones do not.
  public static nonisolated(nonsending) func withTimeout<T, Failure: Error>(
    _ duration: Duration, _ operation: nonisolated(nonsending) () async throws(Failure) -> T
  ) async throws(Failure) -> T {
    let earlier = min(Deadline.current, Moment.now.advanced(by: duration))
    // `withValue` does not pass a typed error on.
    let outcome = await Deadline.$current.withValue(earlier) { () async -> Result<T, Failure> in
      do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
