// Rounds in which every side does the same work in turn, and the ratios of each round. Rounds are short and many, so that what
// else the machine does falls into few of them.

import Measuring

/// What a run gave: a checksum, and how long its statements took where that is known from inside a transaction. (Around it
/// one measures how long a busy machine takes to wake a thread.)
struct Run: Sendable {
  var sum: Int64
  var seconds: Double?
}

func timed(_ body: () throws -> Int64) rethrows -> Run {
  let start = ContinuousClock.now
  let sum = try body()
  let duration = ContinuousClock.now - start
  return Run(
    sum: sum, seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
}

/// One workload: how many operations a run of it is, and each side's way to do it.
struct Comparison {
  var name: String
  var operations: Int
  var rounds = 15
  var floor: () -> Run
  var ours: () async throws -> Run
  var rival: () async throws -> Run
}

struct Outcome {
  var name: String
  var operations: Int
  var floor = Samples()
  var ours = Samples()
  var rival = Samples()
  var isSound = true

  /// Of one side to another, round by round: what slows the machine for a while slows both.
  static func ratios(_ a: Samples, _ b: Samples) -> [Double] { zip(a.seconds, b.seconds).map { $0 / $1 }.sorted() }

  static func quartile(_ number: Int, _ sorted: [Double]) -> Double {
    sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, sorted.count * number / 4)]
  }

  var row: [String] {
    func microseconds(_ samples: Samples) -> String { fixed(samples.median * 1e6 / Double(operations)) }
    let toFloor = Self.ratios(ours, floor)
    let rivalToOurs = Self.ratios(rival, ours)
    return [
      name + (isSound ? "" : " (WRONG)"), microseconds(floor), microseconds(ours), microseconds(rival),
      fixed(Self.quartile(1, toFloor)), fixed(Self.quartile(2, toFloor)), fixed(Self.quartile(3, toFloor)),
      fixed(Self.quartile(1, rivalToOurs)), fixed(Self.quartile(2, rivalToOurs)), fixed(Self.quartile(3, rivalToOurs)),
    ]
  }

  static let header = [
    "µs an operation", "C", "ours", "GRDB", "ours : C  q1", "median", "q3", "GRDB : ours  q1", "median", "q3",
  ]
}

func measure(_ comparison: Comparison) async throws -> Outcome {
  var outcome = Outcome(name: comparison.name, operations: comparison.operations)
  for round in 0...comparison.rounds {
    var sums: [Int64] = []
    var seconds: [Double] = []
    for side in 0..<3 {
      // Who begins changes, so that nobody always runs on the other's warm caches.
      let start = ContinuousClock.now
      let run: Run
      switch (side + round) % 3 {
      case 0: run = comparison.floor()
      case 1: run = try await comparison.ours()
      default: run = try await comparison.rival()
      }
      let duration = ContinuousClock.now - start
      sums.append(run.sum)
      seconds.append(
        run.seconds ?? Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
    }
    if Set(sums).count != 1 || sums.contains(0) { outcome.isSound = false }
    // The first round warms up.
    if round == 0 { continue }
    for side in 0..<3 {
      switch (side + round) % 3 {
      case 0: outcome.floor.append(seconds[side])
      case 1: outcome.ours.append(seconds[side])
      default: outcome.rival.append(seconds[side])
      }
    }
  }
  return outcome
}
