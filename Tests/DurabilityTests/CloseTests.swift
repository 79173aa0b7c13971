// Closing in the middle of everything.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Synchronization
import Testing

@Suite struct CloseTests {
  /// What has begun ends, the rest is refused with an error that says so, nothing hangs, and what was acknowledged is in
  /// the file.
  @Test func whileEverythingGoesOn() async throws {
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    for round in 0..<12 {
      try await withFolder { folder in
        let path = folder.appending(path: "ledger.db").path
        try await makeLedger(at: path, count: 30)
        let database = try await Database.open(path)
        let tasks = (0..<24).map { number in
          Task { () -> (Set<Int64>, [String]) in
            var acknowledged: Set<Int64> = []
            for step in 0..<1000 {
              let entry = Entry(Int64(1000 + step * 24 + number))
              do {
                switch number % 5 {
                case 0, 1:
                  try await database.append(entry)
                  acknowledged.insert(entry.id)
                case 2: for try await _ in database.stream(ListParts()) {}
                case 3: for try await _ in database.observe(GetTotals()) { if step % 3 == 0 { break } }
                default: _ = try await database.checkSnapshot()
                }
              } catch let error as DatabaseError where error.kind == .closed {
                return (acknowledged, [])
              } catch {
                return (acknowledged, ["\(error)"])
              }
            }
            return (acknowledged, [])
          }
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...40_000, using: &generator)))
        // Twice at once: both return when it is closed.
        let closers = (0..<2).map { _ in Task { await database.close() } }
        var acknowledged: Set<Int64> = Set(1...30)
        var problems: [String] = []
        for closer in closers { try await within(.seconds(60)) { await closer.value } }
        for task in tasks {
          let (done, wrong) = try await within(.seconds(60)) { await task.value }
          acknowledged.formUnion(done)
          problems += wrong
        }
        #expect(problems == [], "round \(round), seed \(seed)")
        // The last to close has emptied the log.
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"), "round \(round), seed \(seed)")
        #expect(try await ledgerProblems(at: path, acknowledged: acknowledged) == [], "round \(round), seed \(seed)")
      }
    }
  }

  /// Waiting for the connection that writes, cancelled in all orders: nobody is forgotten and nobody served twice.
  @Test func waitingAndBeingCancelled() async throws {
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      let database = try await Database.open(folder.appending(path: "ledger.db").path)
      try await database.execute(ledgerSchema)
      var acknowledged: Set<Int64> = []
      var refused: Set<Int64> = []
      for round in 0..<10 {
        let entries = (0..<60).map { Entry(Int64(round * 60 + $0 + 1)) }
        let tasks = entries.map { entry in Task { try await database.append(entry) } }
        for task in tasks.shuffled(using: &generator).prefix(30) {
          if Int.random(in: 0..<4, using: &generator) == 0 { try await Task.sleep(for: .microseconds(200)) }
          task.cancel()
        }
        for (entry, task) in zip(entries, tasks) {
          let result = try await within(.seconds(60)) { await task.result }
          switch result {
          case .success: acknowledged.insert(entry.id)
          case .failure(let error as DatabaseError) where error.kind == .cancelled: refused.insert(entry.id)
          case .failure(let error): Issue.record("\(error), seed \(seed)")
          }
        }
      }
      #expect(
        try await database.ledgerProblems(acknowledged: acknowledged, refused: refused) == [], "seed \(seed)")
      await database.close()
    }
  }

  /// A time that is up, at random moments: refused whole.
  @Test func timeouts() async throws {
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      let database = try await Database.open(folder.appending(path: "ledger.db").path)
      try await database.execute(ledgerSchema)
      var acknowledged: Set<Int64> = []
      var refused: Set<Int64> = []
      for id in 1...Int64(300) {
        do {
          try await Database.withTimeout(.microseconds(Int.random(in: 0...800, using: &generator))) {
            try await database.append(Entry(id))
          }
          acknowledged.insert(id)
        } catch let error as DatabaseError where error.kind == .timedOut {
          refused.insert(id)
        }
      }
      #expect(!refused.isEmpty && !acknowledged.isEmpty, "\(acknowledged.count) of 300")
      #expect(
        try await database.ledgerProblems(acknowledged: acknowledged, refused: refused) == [], "seed \(seed)")
      await database.close()
    }
  }
}
