// What killed backups leave is removed by a later one; what lives, or is somebody else's, is not.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PartialFileTests {
  /// A backup in a process of its own that has begun.
  private func backup(of database: String, to copy: String, in folder: URL) async throws -> Process {
    let output = folder.appending(path: "progress-\(UUID().uuidString)")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = try builtProgram("durability-writer")
    process.arguments = [database, "backup", copy]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while try Data(contentsOf: output).isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
    }
    try #require(try !Data(contentsOf: output).isEmpty)
    return process
  }

  private func names(in folder: URL) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".partial") })
  }

  private func age(_ names: Set<String>, in folder: URL) throws {
    for name in names {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: folder.appending(path: name).path)
    }
  }

  @Test func killedBackupsAreCleanedUp() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 50)
      let copies = folder.appending(path: "copies")
      try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
      let dead = try await backup(of: path, to: copies.appending(path: "monday.db").path, in: folder)
      kill(dead.processIdentifier, SIGKILL)
      dead.waitUntilExit()
      let left = try names(in: copies)
      #expect(left.count >= 2 && left.allSatisfy { $0.hasPrefix("monday.db.\(dead.processIdentifier)-") }, "\(left)")
      let living = try await backup(of: path, to: copies.appending(path: "tuesday.db").path, in: folder)
      defer {
        kill(living.processIdentifier, SIGKILL)
        living.waitUntilExit()
      }
      let alive = try names(in: copies).subtracting(left)
      #expect(alive.count >= 2)
      // Of others, however much it looks like ours.
      let foreign: [String: String] = [
        "monday.db.partial": "", "monday.db.12-0123456789abcdef.partial": "mine",
        "monday.db.13-0123456789abcdef.partial-lock": "", "monday.db.14-0123456789abcdef.partial-lock": "mine",
        "monday.db.x-0123456789abcdef.partial-lock": "sqlc-swift: a copy is being written\n",
        "monday.db.15-0123.partial-lock": "sqlc-swift: a copy is being written\n",
      ]
      for (name, text) in foreign { try Data(text.utf8).write(to: copies.appending(path: name)) }

      let database = try await Database.open(path)
      // Too young: whoever made it may not have locked it yet.
      try await database.backup(to: copies.appending(path: "wednesday.db").path)
      #expect(try names(in: copies).isSuperset(of: left))
      try age(left.union(alive).union(foreign.keys), in: copies)
      try await database.backup(to: copies.appending(path: "thursday.db").path)
      #expect(try names(in: copies) == alive.union(foreign.keys))
      await database.close()
      #expect(try await ledgerProblems(at: copies.appending(path: "thursday.db").path, acknowledged: Set(1...50)) == [])
    }
  }

  @Test func aBackupInTheSameProcessIsLeftAlone() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 50)
      let database = try await Database.open(path)
      var slow = BackupOptions()
      slow.pagesPerStep = 1
      slow.pause = .milliseconds(50)
      let options = slow
      let task = Task { try await database.backup(to: path + ".slow", options: options) }
      while try names(in: folder).count < 2 { try await Task.sleep(for: .milliseconds(1)) }
      try age(names(in: folder), in: folder)
      try await database.backup(to: path + ".quick")
      try await task.value
      #expect(try names(in: folder) == [])
      #expect(FileManager.default.fileExists(atPath: path + ".slow"))
      await database.close()
    }
  }
}
