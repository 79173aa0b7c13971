// Who waits for a turn, and who goes when one passes: the rules, without a thread.
//
// Swift's own queue of tasks is first come first served. With a thousand loops in it whoever comes waits for a thousand
// turns; so of the loops no more stand in it than there are threads for, and the rest wait here: those who write and those
// who read each in a lane of their own, which go in turn. Only one can write at a time, so that in one line with all the
// readers the connection that writes would be idle for as long as all of them take.

/// | one passes, and | it |
/// |---|---|
/// | another of those who passed stands in Swift's queue, whose thread somebody new has taken | waits here, lets nobody go: the thread that it leaves is that one's |
/// | somebody waits here | waits here, and lets the next go |
/// | nobody does | yields, and stands in Swift's queue itself |
struct TurnQueue<Waiter> {
  enum Way { case yield, wait, waitLettingOneGo }

  private var reading = Lane()
  private var writing = Lane()
  /// Which lane the one who went last was in.
  private var last = TurnLane.reading
  /// Those who stand in Swift's queue, having yielded or been let go.
  private(set) var pending = 0
  /// Threads that were left to them, as far as nobody else has come to take one.
  private(set) var left = 0
  /// Passes since the last look.
  private var threads: Set<UInt64> = []
  /// Looks in a row before which nobody had passed.
  private var idleLooks = 0
  static var patience: Int { 20 }

  var count: Int { reading.count + writing.count }
  var isEmpty: Bool { count == 0 }

  /// One passes; `wait` must follow where the way is to wait.
  ///
  /// - Parameter thread: which one it leaves.
  mutating func pass(leaving thread: UInt64) -> Way {
    threads.insert(thread)
    if pending > left {
      left += 1
      return .wait
    }
    pending += 1
    left += 1
    return isEmpty ? .yield : .waitLettingOneGo
  }

  mutating func wait(_ waiter: Waiter, in lane: TurnLane) {
    switch lane {
    case .reading: reading.append(waiter)
    case .writing: writing.append(waiter)
    }
  }

  /// The one who goes: the first of the lane whose turn it is, or of the other when nobody is in that.
  mutating func next() -> Waiter? {
    let isWritersTurn = last == .reading || reading.count == 0
    last = isWritersTurn && writing.count > 0 ? .writing : .reading
    return switch last {
    case .reading: reading.popFirst()
    case .writing: writing.popFirst()
    }
  }

  /// One of those in Swift's queue has a thread.
  mutating func resumed() {
    pending = max(0, pending - 1)
    left = max(0, left - 1)
  }

  /// Somebody new has a thread that was left to one of those in Swift's queue.
  mutating func newcomer() { left = max(0, left - 1) }

  /// From time to time, for tasks end, or go on with something else, and never pass again.
  ///
  /// - Parameter cores: how many threads there are.
  /// - Returns: Who goes because there are threads that nobody passes on.
  mutating func look(cores: Int) -> [Waiter] {
    let active = threads.count
    threads = []
    idleLooks = active == 0 ? idleLooks + 1 : 0
    // Nobody passes for long, whoever is said to stand in Swift's queue: they may wait for a busy actor. Not at once, for
    // on a busy machine threads are stopped for a while, and all who wait would come to stand in that queue.
    let areLost = idleLooks > 0 && idleLooks.isMultiple(of: Self.patience)
    let free = areLost ? cores : cores - active - pending
    var going: [Waiter] = []
    while going.count < free, let waiter = next() {
      pending += 1
      left += 1
      going.append(waiter)
    }
    return going
  }

  /// First come first served.
  private struct Lane {
    private var waiting: [Waiter] = []
    private var first = 0

    var count: Int { waiting.count - first }

    mutating func append(_ waiter: Waiter) { waiting.append(waiter) }

    mutating func popFirst() -> Waiter? {
      guard first < waiting.count else { return nil }
      let waiter = waiting[first]
      first += 1
      if first > 64, first * 2 > waiting.count {
        waiting.removeFirst(first)
        first = 0
      }
      return waiter
    }
  }
}

/// What one who waits for a turn has been doing.
@usableFromInline
enum TurnLane: Sendable { case reading, writing }
