// Is a statement short enough to run on the caller's thread? Nobody can tell from its text, so it is measured.
//
// The first run is on the queue, where it was prepared. When it was short, later ones run inline, under the supervisor's
// budget of steps. One that exceeds the budget is stopped, runs again on the queue, and must be short there several times
// before it may come back, twice as often after each failure. What steps do not count (a `count(*)` is one step, whatever
// the table's size; so is a search in a full-text index; Swift code decodes the rows) the clock does, at each run.

@usableFromInline
struct InlineEligibility {
  /// Short runs on the queue that are still wanted; 0 when the statement runs inline.
  private var wanted: UInt8 = 1
  private var severity: UInt8 = 1
  private var inlineRuns: UInt32 = 0

  var isShort: Bool { wanted == 0 }

  // Nanoseconds.
  private static let short: UInt64 = 200_000
  /// A step is some 20 to 50 ns; one that takes this long does more than it counts for.
  private static let heavyStep: UInt64 = 1500

  /// A run on the queue took `duration` nanoseconds and `steps` of SQLite's machine.
  mutating func noteQueueRun(_ duration: UInt64, steps: Int32) {
    guard wanted > 0 else { return }
    let isHeavy = duration > 30_000 && duration > Self.heavyStep * UInt64(max(steps, 1))
    if duration < Self.short, !isHeavy { wanted -= 1 } else { wanted = max(wanted, severity) }
  }

  /// An inline run was short.
  mutating func noteInlineRun() {
    inlineRuns &+= 1
    // Long without failing: what was wrong is forgiven.
    if inlineRuns & 0xFFF == 0 { severity = 1 }
  }

  /// An inline run was stopped, perhaps not by its own fault: one short run on the queue clears it.
  mutating func doubt() { wanted = max(wanted, 1) }

  /// An inline run exceeded its budget, or took too long.
  mutating func failed() {
    severity = min(severity * 2, 64)
    wanted = severity
  }
}
