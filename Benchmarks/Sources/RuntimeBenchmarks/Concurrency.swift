// Asynchronous point reads: several tasks at once, with and without a writer.

import Foundation
import Measuring
import SQLCRuntime

struct Concurrency {
  let ours: Ours
  let rival: Rival
  let items: Int

  func report() async throws {
    var rows = [
      ["async point reads, µs an operation", "ours", "GRDB", "GRDB : ours  q1", "median", "q3", "writes/s beside ours"]
    ]
    for (tasks, isWriting) in [(1, false), (4, false), (64, false), (1, true), (4, true), (64, true)] {
      rows.append(try await measure(tasks: tasks, isWriting: isWriting))
    }
    printTable(rows)
  }

  private func measure(tasks: Int, isWriting: Bool) async throws -> [String] {
    let each = 8000 / tasks
    var mine = Samples()
    var theirs = Samples()
    var writes: [Double] = []
    for round in 0...7 {
      let first = try await time(isWriting) {
        try await run(tasks) { [ours, items] in _ = try await ours.singleReads(each, items) }
      }
      let second = try await time(isWriting) {
        try await run(tasks) { [rival, items] in _ = try await rival.singleReads(each, items) }
      }
      if round == 0 { continue }
      mine.append(first.seconds)
      theirs.append(second.seconds)
      writes.append(Double(first.writes) / first.seconds)
    }
    let ratios = Outcome.ratios(theirs, mine)
    return [
      "\(tasks) task\(tasks == 1 ? "" : "s")" + (isWriting ? ", and a writer" : ""),
      fixed(mine.median * 1e6 / Double(each * tasks)), fixed(theirs.median * 1e6 / Double(each * tasks)),
      fixed(Outcome.quartile(1, ratios)), fixed(Outcome.quartile(2, ratios)), fixed(Outcome.quartile(3, ratios)),
      isWriting ? "\(Int(writes.sorted()[writes.count / 2]))" : "",
    ]
  }

  private func run(_ tasks: Int, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<tasks { group.addTask { try await body() } }
      try await group.waitForAll()
    }
  }

  /// The writer is the same for both: transactions of one row by our runtime, one after another.
  private func time(_ isWriting: Bool, _ body: () async throws -> Void) async throws -> (seconds: Double, writes: Int) {
    let writer = Task { [ours] () -> Int in
      var count = 0
      while isWriting, !Task.isCancelled {
        do { try await ours.database.run(CreateNote(Int64(count))) } catch { break }
        count += 1
        try? await Task.sleep(for: .microseconds(200))
      }
      return count
    }
    let start = ContinuousClock.now
    try await body()
    let duration = ContinuousClock.now - start
    writer.cancel()
    let writes = await writer.value
    return (Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18, writes)
  }
}
