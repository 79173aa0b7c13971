// How long loops of queries have a thread, and who goes next: the rules, without clocks and threads; and that a loop comes to
// an end of its turn at all.

import CSQLite
import Synchronization
import Testing

@testable import SQLCRuntime

nonisolated private final class Flag: Sendable {
  private let state = Mutex(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
}

@Suite struct TurnTests {
  private let second = Ticks.from(microseconds: 1_000_000)

  /// Looks, where the thread has computed all the time or none of it.
  private func isOver(_ turn: inout sqlc_turn, _ now: UInt64, waiting: Int = 0, computed: UInt64 = 0) -> Bool {
    Turn.look(&turn, at: now, waiting: waiting) { computed }
  }

  private func turn(_ stage: Turn.Stage, microseconds: UInt64, isMain: Bool = false) -> sqlc_turn {
    var turn = sqlc_turn()
    turn.isMain = isMain ? 1 : 0
    Turn.begin(&turn, stage, for: microseconds, at: second, 0)
    return turn
  }

  @Test func aThreadThatComputesLetsOthersHaveIt() {
    var busy = turn(.seated, microseconds: 50)
    #expect(isOver(&busy, second + Ticks.from(microseconds: 60), computed: 60_000))
  }

  /// Who reads once in a while pays no turn, however long the while.
  @Test func aThreadThatWasIdleBeginsAnew() {
    var idle = turn(.newcomer, microseconds: 50)
    let now = second + Ticks.from(microseconds: 900)
    #expect(!isOver(&idle, now, computed: 4000))
    #expect(idle.start == now)
    #expect(idle.computed == 4000)
  }

  @Test func whereOthersWaitAThreadThatComputesIsLeft() {
    var busy = turn(.seated, microseconds: 50)
    #expect(isOver(&busy, second + Ticks.from(microseconds: 60), waiting: 60, computed: 60_000))
    var main = turn(.seated, microseconds: 1000, isMain: true)
    #expect(!isOver(&main, second + Ticks.from(microseconds: 2000), waiting: 1, computed: 10))
  }

  /// A writer with a thread of its own, which sleeps between two writes: it has kept nobody from anything, though each of
  /// its writes takes longer than the first turn of one who comes while many wait.
  @Test func whoSleepsInBetweenNeedNotStandInLine() {
    var some = turn(.newcomer, microseconds: Turn.first(60))
    var (now, computed) = (second, UInt64(0))
    for _ in 0..<10 {
      now += Ticks.from(microseconds: 240)
      computed += 40_000
      #expect(!isOver(&some, now, waiting: 60, computed: computed))
    }
  }

  @Test func aLongQueryIsAWholeTurn() {
    var spent = turn(.spent, microseconds: 0)
    #expect(isOver(&spent, second, computed: 0))
    #expect(isOver(&spent, second + Ticks.from(microseconds: 5000), waiting: 1, computed: 0))
  }

  @Test func whoseFaultALongRunIs() {
    let turn = turn(.seated, microseconds: 50)
    let start = second + Ticks.from(microseconds: 1000)
    let end = start + Ticks.from(microseconds: 10_000)
    func cause(computed: UInt64, preempted: UInt64) -> Turn.Cause {
      Turn.cause(turn, start, end, computed: computed, preempted: turn.preempted + preempted)
    }
    #expect(cause(computed: 10_000_000, preempted: 0) == .statement)
    #expect(cause(computed: 10_000_000, preempted: 2) == .statement)
    // What was computed before the run is not the run's.
    #expect(cause(computed: 1_100_000, preempted: 0) == .disk)
    #expect(cause(computed: 1_100_000, preempted: 1) == .machine)
    // A thread that had nothing to do for long has computed nothing but the run.
    let idle = start + Ticks.from(microseconds: 1_000_000)
    #expect(
      Turn.cause(turn, idle, idle + Ticks.from(microseconds: 10_000), computed: 10_000_000, preempted: turn.preempted)
        == .statement)
  }

  @Test func whoComesToAThreadThatWasLeftIsNew() {
    var left = turn(.left, microseconds: 1000)
    #expect(!isOver(&left, second + Ticks.from(microseconds: 5000), computed: 5_000_000))
    #expect(left.stage == Turn.Stage.newcomer.rawValue)
    #expect(left.length == Ticks.from(microseconds: Turn.short))
    // A thousand newcomers are no gap of more than some milliseconds.
    #expect(Turn.first(0) == 50)
    #expect(Turn.first(1000) * 1000 <= 10_000)
  }

  /// One alone in its task: it never waits for anything, and yet others come in between.
  @Test func aLoopLetsOthersIn() async throws {
    let database = try await stationInMemory()
    _ = try await database.run(CountAgents())
    // On the main actor, whose only thread the loop has. Were it to keep it, the other would never begin.
    let hasBegun = Flag()
    Task { hasBegun.raise() }
    while !hasBegun.isRaised { _ = try await database.run(CountAgents()) }
  }

  /// More loops than threads, none of which ends before another task has begun.
  @Test func manyLoopsLetOthersIn() async throws {
    let database = try await stationInMemory()
    _ = try await database.run(CountAgents())
    let isToEnd = Flag()
    let loops = (0..<64).map { _ in
      Task.detached { while !isToEnd.isRaised { _ = try await database.run(CountAgents()) } }
    }
    await Task.detached { isToEnd.raise() }.value
    for loop in loops { try await loop.value }
  }
}

@Suite struct TurnQueueTests {
  @Test func oneAloneYields() {
    var queue = TurnQueue<Int>()
    for _ in 0..<10 {
      #expect(queue.pass(leaving: 1) == .yield)
      queue.resumed()
    }
    #expect(queue.pending == 0 && queue.left == 0)
  }

  /// Two loops on two threads yield at once: each has a thread to come back to.
  @Test func asManyAsThreadsYield() {
    var queue = TurnQueue<Int>()
    #expect(queue.pass(leaving: 1) == .yield)
    #expect(queue.pass(leaving: 2) == .yield)
    queue.resumed()
    queue.resumed()
    #expect(queue.isEmpty)
  }

  /// A third has taken the thread that the first had left: when it passes, that thread is the first one's.
  @Test func oneTooManyWaits() {
    var queue = TurnQueue<Int>()
    #expect(queue.pass(leaving: 1) == .yield)
    queue.newcomer()
    #expect(queue.pass(leaving: 1) == .wait)
    queue.wait(3, in: .reading)
    // The first is back, and lets the third go.
    queue.resumed()
    #expect(queue.pass(leaving: 1) == .waitLettingOneGo)
    queue.wait(1, in: .reading)
    #expect(queue.next() == 3)
    #expect(queue.count == 1)
  }

  @Test func whoComesFirstGoesFirst() {
    var queue = TurnQueue<Int>()
    for index in 0..<500 { queue.wait(index, in: .reading) }
    for index in 0..<500 { #expect(queue.next() == index) }
    #expect(queue.next() == nil)
  }

  /// One of each in turn, as long as both wait.
  @Test func whoWritesDoesNotWaitForAllWhoRead() {
    var queue = TurnQueue<Int>()
    for index in 0..<5 { queue.wait(index, in: .reading) }
    #expect(queue.next() == 0)
    for index in 10..<13 { queue.wait(index, in: .writing) }
    #expect((0..<5).map { _ in queue.next() } == [10, 1, 11, 2, 12])
    #expect(queue.next() == 3)
    queue.wait(13, in: .writing)
    #expect(queue.count == 2)
    #expect((0..<3).map { _ in queue.next() } == [13, 4, nil])
    // Nor those who read for all who write.
    for index in 20..<25 { queue.wait(index, in: .writing) }
    #expect(queue.next() == 20)
    queue.wait(5, in: .reading)
    #expect((0..<3).map { _ in queue.next() } == [5, 21, 22])
  }

  /// Whoever was let go and never passes again takes nobody's place for longer than a look.
  @Test func nobodyWaitsForThoseWhoDoNotComeBack() {
    var queue = TurnQueue<Int>()
    for index in 0..<5 { queue.wait(index, in: .reading) }
    // Nobody passes.
    #expect(queue.look(cores: 2) == [0, 1])
    // Those have still to get a thread; when they do not for long, others go.
    for _ in 2..<TurnQueue<Int>.patience { #expect(queue.look(cores: 2) == []) }
    #expect(queue.look(cores: 2) == [2, 3])
    // One thread is in use, one of those let go stands in Swift's queue: there is room for nobody.
    queue.resumed()
    queue.resumed()
    queue.resumed()
    #expect(queue.pass(leaving: 1) == .waitLettingOneGo)
    queue.wait(9, in: .reading)
    #expect(queue.next() == 4)
    queue.resumed()
    #expect(queue.look(cores: 2) == [])
    // It has a thread now, and passes; the other thread is free.
    queue.resumed()
    #expect(queue.pass(leaving: 1) == .waitLettingOneGo)
    queue.wait(4, in: .reading)
    #expect(queue.next() == 9)
    queue.resumed()
    #expect(queue.look(cores: 2) == [4])
  }

  /// Threads at random, tasks that end at random: in the end nobody waits.
  @Test(arguments: UInt64(0)..<20) func nobodyIsForgotten(_ seed: UInt64) {
    var queue = TurnQueue<Int>()
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    // Tasks in Swift's queue, first come first served, and how many turns each still wants.
    var ready = Array(0..<40)
    var isBack = Set<Int>()
    var wanted = (0..<40).map { _ in 1 + random(30) }
    var steps = 0
    while !ready.isEmpty || !queue.isEmpty {
      steps += 1
      #expect(steps < 20_000)
      if steps >= 20_000 { return }
      if ready.isEmpty || random(10) == 0 {
        let going = queue.look(cores: 2)
        isBack.formUnion(going)
        ready += going
        continue
      }
      let task = ready.removeFirst()
      if isBack.remove(task) != nil { queue.resumed() } else { queue.newcomer() }
      wanted[task] -= 1
      if wanted[task] == 0 { continue }
      switch queue.pass(leaving: UInt64(random(2))) {
      case .yield:
        isBack.insert(task)
        ready.append(task)
      case .wait: queue.wait(task, in: task % 3 == 0 ? .writing : .reading)
      case .waitLettingOneGo:
        queue.wait(task, in: task % 3 == 0 ? .writing : .reading)
        if let next = queue.next() {
          isBack.insert(next)
          ready.append(next)
        }
      }
    }
    #expect(wanted.allSatisfy { $0 == 0 })
  }
}
