// A database that is migrated by a process that is killed, while this one reads it.
//
// SQLC_SWIFT_KILLS says how many processes are killed (12 when it is not set), SQLC_SWIFT_SEED which run comes again.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Synchronization
import Testing

@Suite struct MigrationCrashTests {
  /// What readers saw in one run.
  private struct Sightings {
    var reads = 0
    var columns: Set<String> = []
    var problems: [String] = []
  }

  /// From version 1 to 2 (one transaction) and from 2 to 3 (in pieces), in turns. A reader sees the old rows or the new ones,
  /// whole; what is left is a version with its record, or a place from which the next start goes on; nothing is lost.
  @Test func killedWhileMigratingUnderAReader() async throws {
    let kills = setting("SQLC_SWIFT_KILLS", 12)
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      // Of each way, a database to begin with, and how long it takes undisturbed.
      var beginnings: [(path: String, duration: Duration)] = []
      for version in ["1", "2"] {
        let path = folder.appending(path: "version-\(version).db").path
        let database = try await Database.open(path)
        try await database.migrate(accountMigrations, to: .version(version))
        await database.close()
        let copy = folder.appending(path: "measured-\(version).db").path
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let migrator = try MigratorProcess(copy, to: version == "1" ? "2" : "3", in: folder)
        try await migrator.waitUntilItBegins()
        let start = ContinuousClock.now
        migrator.process.waitUntilExit()
        #expect(migrator.process.terminationStatus == 0, "\(migrator.errorText)")
        beginnings.append((path, ContinuousClock.now - start))
      }
      var (before, after, between, reads, sawBoth) = (0, 0, 0, 0, 0)
      for kill in 0..<kills {
        let (source, duration) = beginnings[kill % 2]
        let target = kill % 2 == 0 ? "2" : "3"
        let path = folder.appending(path: "killed-\(kill).db").path
        try FileManager.default.copyItem(atPath: source, toPath: path)
        let database = try await Database.open(path)
        let isOver = Flag()
        let reader = Task.detached {
          var seen = Sightings()
          while true {
            let isLast = isOver.isSet
            let (first, second) = try await database.seenAccounts()
            seen.reads += 1
            seen.columns.insert(first.column)
            if first != second { seen.problems.append("one transaction saw \(first) and then \(second)") }
            if !first.isWhole { seen.problems.append("a reader saw \(first)") }
            if isLast { return seen }
          }
        }
        let migrator = try MigratorProcess(path, to: target, in: folder)
        try await migrator.waitUntilItBegins()
        let microseconds = Int(duration / .microseconds(1))
        try await Task.sleep(for: .microseconds(Int.random(in: 0...(microseconds * 5 / 4), using: &generator)))
        migrator.kill()
        isOver.set()
        let seen = try await reader.value
        let sentence = "kill \(kill) of seed \(seed)"
        #expect(seen.problems == [], "\(sentence)")
        reads += seen.reads
        if seen.columns.count == 2 { sawBoth += 1 }

        // The record says what is there.
        let states = try await database.migrationStatus(of: accountMigrations).map(\.state)
        switch states[target == "2" ? 1 : 2] {
        case .pending: before += 1
        case .applied: after += 1
        case .halfApplied: between += 1
        default: Issue.record("\(sentence): \(states)")
        }
        if target == "2" {
          let applied = try await database.appliedVersions(of: accountMigrations)
          let differences = try await database.schemaDifferences(from: Array(accountMigrations.prefix(applied.count)))
          #expect(differences == [], "\(sentence)")
          #expect(try await database.seenAccounts().first.column == (applied.count == 1 ? "balance" : "cents"))
        }
        #expect(try await database.seenAccounts().first.isWhole, "\(sentence)")
        // And goes on from there.
        try await database.migrate(accountMigrations)
        #expect(try await database.schemaDifferences(from: accountMigrations) == [], "\(sentence)")
        #expect(try await database.seenAccounts().first.isWhole, "\(sentence)")
        #expect(try await database.accountNotes() == 20000, "\(sentence)")
        #expect(try await database.checkIntegrity().isClean, "\(sentence)")
        await database.close()
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
        migrator.remove()
      }
      print(
        "\(kills) kills of seed \(seed): \(before) before, \(between) between pieces, \(after) after; \(reads) reads, in \(sawBoth) runs of both versions"
      )
      #expect(before + between > 0, "no process was killed at work")
    }
  }
}

/// Set once, from anywhere.
private final class Flag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}

/// A process that migrates, and says so when it begins a migration.
private struct MigratorProcess {
  let process = Process()
  private let output: URL
  private let errors: URL

  init(_ database: String, to version: String, in folder: URL) throws {
    output = folder.appending(path: "steps-\(UUID().uuidString)")
    errors = folder.appending(path: "errors-\(UUID().uuidString)")
    process.executableURL = try builtProgram("durability-writer")
    process.arguments = [database, "migrate", version]
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  func waitUntilItBegins() async throws {
    while process.isRunning, try Data(contentsOf: output).isEmpty { try await Task.sleep(for: .milliseconds(1)) }
  }

  var errorText: String { (try? Data(contentsOf: errors)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func kill() {
    #if canImport(Glibc)
      Glibc.kill(process.processIdentifier, SIGKILL)
    #else
      Darwin.kill(process.processIdentifier, SIGKILL)
    #endif
    process.waitUntilExit()
  }

  func remove() {
    for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
  }
}
