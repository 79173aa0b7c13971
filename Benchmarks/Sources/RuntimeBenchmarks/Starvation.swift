// Does a slow query stand in the way of others? A task that wakes every millisecond notes the longest time between two
// wakings, while four queries of about a second run, and while point reads go on.

import Foundation
import GRDB
import Measuring
import SQLCRuntime

struct Starvation {
  let ours: Ours
  let rival: Rival

  func report() async throws {
    let limit: Int64 = 8_000_000
    var rows = [["longest gap of a 1 ms heartbeat, ms", "median", "greatest"]]
    rows.append(try await row("nothing else runs") { try? await Task.sleep(for: .seconds(1)) })
    rows.append(
      try await row("ours, four long queries") {
        try await inParallel { _ = try await ours.database.run(SlowCount(limit: limit)) }
      })
    rows.append(
      try await row("GRDB, four long queries") {
        try await inParallel {
          _ = try await rival.pool.read { try Int64.fetchOne($0, sql: SlowCount.statement.sql, arguments: [limit]) }
        }
      })
    printTable(rows)
  }

  private func inParallel(_ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await body() } }
      try await group.waitForAll()
    }
  }

  private func row(_ name: String, _ body: () async throws -> Void) async throws -> [String] {
    var gaps: [Double] = []
    for _ in 0..<5 {
      let heart = Task { () -> Double in
        var greatest = 0.0
        var last = ContinuousClock.now
        while !Task.isCancelled {
          try? await Task.sleep(for: .milliseconds(1))
          let now = ContinuousClock.now
          greatest = max(
            greatest,
            Double((now - last).components.attoseconds) / 1e15 + Double((now - last).components.seconds) * 1000)
          last = now
        }
        return greatest
      }
      try await body()
      heart.cancel()
      gaps.append(await heart.value)
    }
    gaps.sort()
    return [name, fixed(gaps[gaps.count / 2]), fixed(gaps[gaps.count - 1])]
  }
}
