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

/// Who does the work.
enum Side: CaseIterable {
  /// C, each text in memory of its own.
  case floor
  /// C, the texts of a row in one block.
  case lean
  case ours
  case rival
  /// GRDB by the call that keeps its thread, where the others await.
  case synchronous
}

/// One workload: how many operations a run of it is, and each side's way to do it.
struct Comparison {
  var name: String
  var operations: Int
  var rounds = 15
  var floor: () -> Run
  var lean: (() -> Run)?
  var ours: () async throws -> Run
  var rival: () async throws -> Run
  var synchronous: (() throws -> Run)?

  /// Nothing where a side has no way of its own.
  func run(_ side: Side) async throws -> Run? {
    switch side {
    case .floor: floor()
    case .lean: lean?()
    case .ours: try await ours()
    case .rival: try await rival()
    case .synchronous: try synchronous?()
    }
  }
}

struct Outcome {
  var name: String
  var operations: Int
  var samples: [Side: Samples] = [:]
  var isSound = true

  /// Of one side to another, round by round: what slows the machine for a while slows both.
  static func ratios(_ a: Samples, _ b: Samples) -> [Double] { zip(a.seconds, b.seconds).map { $0 / $1 }.sorted() }

  static func quartile(_ number: Int, _ sorted: [Double]) -> Double {
    sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, sorted.count * number / 4)]
  }

  private func microseconds(_ side: Side) -> String {
    samples[side].map { fixed($0.median * 1e6 / Double(operations)) } ?? "-"
  }

  private func ratio(_ a: Side, _ b: Side) -> [Double] {
    guard let a = samples[a], let b = samples[b] else { return [] }
    return Self.ratios(a, b)
  }

  var row: [String] {
    let (toFloor, toLean) = (ratio(.ours, .floor), ratio(.ours, .lean))
    let (rivalToOurs, synchronousToOurs) = (ratio(.rival, .ours), ratio(.synchronous, .ours))
    return [name + (isSound ? "" : " (WRONG)")] + Side.allCases.map(microseconds) + [
      fixed(Self.quartile(1, toFloor)), fixed(Self.quartile(2, toFloor)), fixed(Self.quartile(3, toFloor)),
      fixed(Self.quartile(2, toLean)), fixed(Self.quartile(2, rivalToOurs)),
      fixed(Self.quartile(2, synchronousToOurs)),
    ]
  }

  static let header = [
    "µs an operation", "C", "C, lean", "ours", "GRDB", "GRDB, sync", "ours : C  q1", "median", "q3", "ours : lean",
    "GRDB : ours", "sync : ours",
  ]
}

func measure(_ comparison: Comparison) async throws -> Outcome {
  var outcome = Outcome(name: comparison.name, operations: comparison.operations)
  let sides = Side.allCases
  for round in 0...comparison.rounds {
    var sums: Set<Int64> = []
    for index in sides.indices {
      // Who begins changes, so that nobody always runs on the other's warm caches.
      let side = sides[(index + round) % sides.count]
      let start = ContinuousClock.now
      guard let run = try await comparison.run(side) else { continue }
      let duration = ContinuousClock.now - start
      sums.insert(run.sum)
      // The first round warms up.
      if round == 0 { continue }
      outcome.samples[side, default: Samples()].append(run.seconds ?? milliseconds(duration) / 1000)
    }
    if sums.count != 1 || sums.contains(0) { outcome.isSound = false }
  }
  return outcome
}
