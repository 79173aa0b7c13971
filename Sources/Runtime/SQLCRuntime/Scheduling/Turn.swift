// How long one task after another may have a thread of Swift's for queries that run inline. A loop of them never suspends by
// itself, so that with as many loops as threads nothing else would run.
//
// | the thread | its turn lasts | then the task |
// |---|---|---|
// | is the main thread | 1 ms | yields |
// | has been computing, others wait in line | 50 µs; a newcomer's first less, the longer the line | lets another go before it, see `TurnLine` |
// | has been computing, nobody waits | 50 µs, twice as long each time that nobody came meanwhile, at most 1 ms | yields |
// | was idle, or preempted, for half of it | begins anew | goes on, whoever waits: who has been sleeping has kept nobody from anything |
// | had a query that took long | is over | as above |
//
// A turn is a thread's, not a task's: short tasks that follow each other are a loop too. It ends after a query that has given
// its connection back, so who waits holds nothing.

import CSQLite
import Synchronization

@usableFromInline
enum Turn {
  enum Stage: Int32 {
    /// No query has run on the thread yet.
    case unused
    /// A task has left it to others.
    case left
    /// A task has it that has come while others were waiting, or first.
    case newcomer
    /// A task has it that has been waiting for it.
    case seated
    /// A query took longer than any turn.
    case spent
  }

  /// Microseconds.
  static let short: UInt64 = 50
  static let long: UInt64 = 1000
  private static let shortest: UInt64 = 10

  /// The first turn of one who comes while `waiting` others are in line: all of them, one after another, are a gap for
  /// everybody else.
  static func first(_ waiting: Int) -> UInt64 { max(shortest, short / UInt64(1 + waiting / 4)) }

  /// In ticks.
  @usableFromInline static var now: UInt64 { Ticks.now }

  /// A query has ended. Is it time to let others have the thread? Then `pass` must follow.
  ///
  /// - Parameter now: in ticks.
  @usableFromInline @inline(never)
  static func isOver(at now: UInt64) -> Bool {
    let turn = sqlc_thread_turn()
    guard let turn else { return false }
    if now &- turn.pointee.start < turn.pointee.length { return false }
    return look(&turn.pointee, at: now, waiting: TurnLine.waiting, computed: sqlc_thread_nanoseconds)
  }

  /// The rules of the table.
  ///
  /// - Parameters:
  ///   - waiting: how many are in line.
  ///   - computed: nanoseconds that the thread has computed so far.
  static func look(
    _ turn: inout sqlc_turn, at now: UInt64, waiting: Int, computed: () -> UInt64
  ) -> Bool {
    switch Stage(rawValue: turn.stage) ?? .unused {
    case .spent: return true
    case .unused:
      turn.isMain = sqlc_is_main_thread()
      begin(&turn, .newcomer, for: turn.isMain != 0 ? long : first(waiting), at: now, computed())
      return false
    case .left:
      // Who left has not come back to it: this one came meanwhile.
      TurnLine.noteNewcomer()
      begin(&turn, .newcomer, for: turn.isMain != 0 ? long : first(waiting), at: now, computed())
      return false
    case .newcomer, .seated:
      let computed = computed()
      // Less than half of the time: the thread has had nothing to do for a while, or was preempted.
      if computed &- turn.computed >= Ticks.nanoseconds(now &- turn.start) / 2 { return true }
      turn.start = now
      turn.computed = computed
      return false
    }
  }

  static func begin(
    _ turn: inout sqlc_turn, _ stage: Stage, for microseconds: UInt64, at now: UInt64, _ computed: UInt64
  ) {
    turn.start = now
    turn.length = Ticks.from(microseconds: microseconds)
    turn.computed = computed
    turn.preempted = sqlc_thread_preemptions()
    turn.stage = stage.rawValue
  }

  /// Whatever ends next on the thread is looked at.
  private static func end(_ turn: inout sqlc_turn, _ stage: Stage) {
    turn.length = 0
    turn.stage = stage.rawValue
  }

  /// Lets others have the thread, and returns when it is the task's turn again. Cancelling the task changes nothing: what it
  /// comes from is done.
  @usableFromInline
  nonisolated(nonsending) static func pass(_ lane: TurnLane) async {
    let (length, isMain) = leave()
    if isMain {
      await Task.yield()
      return resume(for: long)
    }
    switch await TurnLine.current.pass(lane) {
    case .wasContended: resume(for: short)
    case .wasAlone: resume(for: min(long, 2 * length))
    }
  }

  /// - Returns: How many microseconds the turn was to last, and whether the thread is the main one.
  @inline(never)
  private static func leave() -> (UInt64, Bool) {
    guard let turn = sqlc_thread_turn() else { return (short, false) }
    let length = max(short, turn.pointee.length / Ticks.perMicrosecond)
    end(&turn.pointee, .left)
    return (length, turn.pointee.isMain != 0)
  }

  /// On the thread that the task has now, which may be another.
  @inline(never)
  private static func resume(for microseconds: UInt64) {
    guard let turn = sqlc_thread_turn() else { return }
    if turn.pointee.stage == Stage.unused.rawValue { turn.pointee.isMain = sqlc_is_main_thread() }
    begin(
      &turn.pointee, .seated, for: turn.pointee.isMain != 0 ? long : microseconds, at: Ticks.now,
      sqlc_thread_nanoseconds())
  }

  /// Why a run took long.
  enum Cause {
    /// The thread computed.
    case statement
    /// It waited, and nobody took the processor from it.
    case disk
    /// Others had the processor, as far as the system counts that.
    case machine
  }

  /// Why did a run take long that began at `start` and ended at `now`, in ticks? It was more than a turn: the next question
  /// whether it is over is answered with yes.
  @inline(never)
  static func cause(ofRunSince start: UInt64, until now: UInt64) -> Cause {
    guard let turn = sqlc_thread_turn(), turn.pointee.stage != Stage.unused.rawValue else { return .statement }
    let (computed, preempted) = (sqlc_thread_nanoseconds(), sqlc_thread_preemptions())
    let cause = cause(turn.pointee, start, now, computed: computed, preempted: preempted)
    turn.pointee.start = now
    turn.pointee.computed = computed
    turn.pointee.preempted = preempted
    end(&turn.pointee, .spent)
    return cause
  }

  /// - Parameters:
  ///   - computed: nanoseconds that the thread has computed so far.
  ///   - preempted: how often others had the processor so far.
  static func cause(_ turn: sqlc_turn, _ start: UInt64, _ now: UInt64, computed: UInt64, preempted: UInt64) -> Cause {
    var before = start > turn.start ? start &- turn.start : 0
    // A turn ends with the query by which it has lasted long enough; the rest of the time there was nothing to do.
    if turn.stage != Stage.left.rawValue { before = min(before, turn.length) }
    let (earlier, during) = (Ticks.nanoseconds(before), computed &- turn.computed)
    if (during > earlier ? during &- earlier : 0) >= Ticks.nanoseconds(now &- start) / 2 { return .statement }
    return preempted == turn.preempted ? .disk : .machine
  }
}
