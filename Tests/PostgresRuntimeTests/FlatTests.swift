import Foundation
import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("Nothing grows")
  struct FlatTests {
    /// Resident bytes and open descriptors of this process.
    nonisolated static func usage() -> (bytes: Int, descriptors: Int)? {
      guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
        let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
        let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      else { return nil }
      return (pages * 4_096, descriptors)
    }

    @Test(
      "Memory and descriptors, over queries, errors, cancellations and connections",
      .enabled("only Linux tells how much memory a process has") { usage() != nil }, .timeLimit(.minutes(60)))
    func flat() async throws {
      let database = try await Server.open { $0.maxLifetime = .milliseconds(500) }
      let (tasks, rounds) = (8, isLong ? 125_000 : 2_000)
      func work(_ rounds: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<tasks {
            group.addTask {
              for round in 0..<rounds {
                switch round % 250 {
                case 0: _ = try? await database.run(Value<Int64>("SELECT 1 / 0"))
                case 1: _ = try await database.run(Series(count: 500)).count
                case 2:
                  let task = Task { try await database.run(Number(number: 1)) }
                  task.cancel()
                  _ = await task.result
                case 3: try await database.transaction { tx in _ = try await tx.run(Number(number: 2)) }
                default: _ = try await database.run(Number(number: Int64(round)))
                }
              }
            }
          }
          try await group.waitForAll()
        }
      }
      // What every process allocates once is allocated then.
      try await work(max(500, rounds / 20))
      let before = try #require(Self.usage())
      try await work(rounds)
      let after = try #require(Self.usage())
      let growth = Double(after.bytes - before.bytes) / 1_048_576
      print("\(tasks * rounds) queries: \(growth) MB more, descriptors \(before.descriptors) and \(after.descriptors)")
      #expect(growth < 16)
      #expect(after.descriptors <= before.descriptors + 8)
      await database.close()
    }
  }
}
