// What a process leaves that is killed while it writes.
//
// SQLC_SWIFT_KILLS says how many processes are killed (25 when it is not set), SQLC_SWIFT_SEED which run comes again.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

@Suite struct CrashTests {
  /// Killed at random moments: afterwards the database is sound, every acknowledged entry is there, and none half.
  @Test func killedWhileWriting() async throws {
    let kills = setting("SQLC_SWIFT_KILLS", 25)
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      var acknowledged: Set<Int64> = []
      var path = ""
      var next: Int64 = 1
      var killedAtWork = 0
      for kill in 0..<kills {
        if kill % 20 == 0 {
          path = folder.appending(path: "ledger-\(kill).db").path
          acknowledged = []
          next = 1
        }
        // In one round of two this process has the file open too, and goes on when the other is gone.
        let neighbour = kill % 2 == 1 ? try await Database.open(path) : nil
        let writer = try WriterProcess(path, first: next, seed: seed &+ UInt64(kill), in: folder)
        let wanted = Int.random(in: 0...30, using: &generator)
        while try writer.acknowledged().count < wanted, writer.process.isRunning {
          try await Task.sleep(for: .milliseconds(1))
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...8000, using: &generator)))
        #expect(writer.process.isRunning, "the writer failed: \(writer.errorText)")
        writer.kill()
        let lines = try writer.acknowledged()
        if !lines.isEmpty { killedAtWork += 1 }
        acknowledged.formUnion(lines)
        // The writer may have written more than it could say; three tasks write at once.
        next = (acknowledged.max() ?? 0) + 100
        if let neighbour {
          try await neighbour.execute(ledgerSchema)
          try await neighbour.append(Entry(next))
          acknowledged.insert(next)
          next += 1
          let problems = try await neighbour.ledgerProblems(acknowledged: acknowledged)
          #expect(problems == [], "kill \(kill) of seed \(seed), seen by a neighbour")
          await neighbour.close()
        }
        if FileManager.default.fileExists(atPath: path), !acknowledged.isEmpty {
          let problems = try await ledgerProblems(at: path, acknowledged: acknowledged)
          #expect(problems == [], "kill \(kill) of seed \(seed)")
          if !problems.isEmpty { return }
        }
        writer.remove()
      }
      #expect(killedAtWork > kills / 2, "few writers were killed at work: \(killedAtWork) of \(kills)")
    }
  }

  /// Two processes and this one on one file: nothing is lost, nobody gives up.
  @Test func twoProcessesOnOneFile() async throws {
    let seed = runSeed()
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      var configuration = Configuration()
      configuration.busyTimeout = .seconds(30)
      let database = try await Database.open(path, configuration: configuration)
      try await database.execute(ledgerSchema)
      let writers = try (0..<2).map { number in
        try WriterProcess(path, first: Int64(number + 1), step: 3, seed: seed &+ UInt64(number), count: 60, in: folder)
      }
      var acknowledged: Set<Int64> = []
      for number in 0..<60 {
        let entry = Entry(Int64(number * 3 + 3))
        try await database.append(entry)
        acknowledged.insert(entry.id)
        _ = try await database.checkSnapshot()
      }
      for writer in writers {
        while writer.process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        #expect(writer.process.terminationStatus == 0, "\(writer.errorText)")
        let lines = try writer.acknowledged()
        #expect(lines.count == 60)
        acknowledged.formUnion(lines)
      }
      #expect(acknowledged.count == 180)
      #expect(try await database.ledgerProblems(acknowledged: acknowledged) == [], "seed \(seed)")
      await database.close()
    }
  }
}
