// Durations as logs and metrics have them.

extension Duration {
  /// Whole nanoseconds; what does not fit is the most that does.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    return whole + attoseconds / 1_000_000_000
  }

  /// Milliseconds with three digits after the point.
  package var roundedMilliseconds: Double { (self / .microseconds(1)).rounded() / 1000 }
}
