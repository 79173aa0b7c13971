// Until when the work of a task is wanted.

import Dispatch

/// A moment of the system's monotonic clock, in nanoseconds.
///
/// A number, not an instant of Swift's clocks: those are opaque to other modules, and a query would pay for each look at
/// one what a row costs.
package struct Moment: Sendable, Comparable {
  package var nanoseconds: UInt64

  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  package static var now: Moment { Moment(nanoseconds: DispatchTime.now().uptimeNanoseconds) }
  package static var never: Moment { Moment(nanoseconds: .max) }

  package static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Nanoseconds since an earlier moment.
  package func since(_ start: Moment) -> UInt64 { nanoseconds &- start.nanoseconds }

  package func advanced(by duration: Duration) -> Moment {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isFar) = nanoseconds.addingReportingOverflow(whole)
    if overflow || isFar { return .never }
    let (end, isFarther) = sum.addingReportingOverflow(UInt64(clamping: attoseconds / 1_000_000_000))
    return isFarther ? .never : Moment(nanoseconds: end)
  }
}

package enum Deadline {
  /// Of the present task.
  @TaskLocal package static var current = Moment.never

  /// Until the deadline; none when it is past, infinity when there is none.
  package static var millisecondsLeft: Double {
    let (deadline, now) = (current, Moment.now)
    if deadline == .never { return .infinity }
    return deadline > now ? Double(deadline.since(now)) / 1_000_000 : 0
  }

  package static var isPast: Bool {
    let deadline = current
    return deadline != .never && Moment.now >= deadline
  }
}
