// Time as cheaply as it is to be had: every inline run looks at it twice.

import CSQLite

enum Ticks {
  /// The processor's count, or nanoseconds.
  static var now: UInt64 { sqlc_ticks() }

  /// How many make a microsecond: measured once, against the system's clock, which takes some fifty microseconds.
  static let perMicrosecond: UInt64 = {
    var last: UInt64 = 0
    // Two that agree: being preempted between the looks at the two clocks makes one wrong.
    for _ in 0..<8 {
      let next = measured()
      if last > 0, next > last - last / 20, next < last + last / 20 { return next }
      last = next
    }
    return max(1, last)
  }()

  private static func measured() -> UInt64 {
    let (ticks, start) = (now, sqlc_nanoseconds())
    while true {
      let (end, time) = (now, sqlc_nanoseconds())
      if time &- start >= 20_000 { return max(1, (end &- ticks) &* 1000 / (time &- start)) }
    }
  }

  static func from(microseconds: UInt64) -> UInt64 { microseconds &* perMicrosecond }
  static func nanoseconds(_ ticks: UInt64) -> UInt64 { ticks / perMicrosecond &* 1000 }
}
