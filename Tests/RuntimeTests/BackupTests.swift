// Copies of databases that are in use.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

@Suite struct BackupTests {
  /// A station with enough rows for many pages.
  private func withBigStation(_ body: (Database, String) async throws -> Void) async throws {
    try await withStationFile { database, path in
      try await database.executeBatch((0..<2000).map { CreateTag(name: "\($0)-" + String(repeating: "x", count: 200)) })
      try await body(database, path)
    }
  }

  private func tags(at path: String) async throws -> Int {
    let copy = try await Database.open(path)
    let report = try await copy.checkIntegrity()
    #expect(report.isClean)
    let count = try await copy.run(ListTags()).count
    await copy.close()
    return count
  }

  private func partialFiles(beside path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
      .filter { $0.contains(".partial") }
  }

  @Test func aFileIsCopiedAsItWasWhileWritingGoesOn() async throws {
    try await withBigStation { database, path in
      let steps = Mutex<[BackupProgress]>([])
      let isStarted = Mutex(false)
      let written = Mutex(0)
      let writer = Task {
        while !isStarted.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        for index in 0..<20 {
          try await database.run(CreateTag(name: "late-\(index)"))
          written.withLock { $0 += 1 }
        }
      }
      var options = BackupOptions()
      options.pagesPerStep = 10
      try await database.backup(to: path + ".copy", options: options) { progress in
        isStarted.withLock { $0 = true }
        let count = steps.withLock { steps in
          steps.append(progress)
          return steps.count
        }
        // The backup waits for a write, which therefore does not wait for the backup.
        let deadline = ContinuousClock.now + .seconds(20)
        while count == 3, written.withLock({ $0 }) < 5, ContinuousClock.now < deadline {
          Thread.sleep(forTimeInterval: 0.001)
        }
      }
      #expect(written.withLock { $0 } >= 5)
      try await writer.value
      #expect(try await tags(at: path + ".copy") == 2000)
      #expect(try await database.run(ListTags()).count == 2020)
      let seen = steps.withLock { $0 }
      #expect(seen.count > 10)
      #expect(seen.map(\.copiedPages) == seen.map(\.copiedPages).sorted(), "it never starts over")
      #expect(seen.last?.fraction == 1)
    }
  }

  @Test func aCancelledBackupLeavesNothingAndCanBeStartedAgain() async throws {
    try await withBigStation { database, path in
      let isStarted = Mutex(false)
      var slow = BackupOptions()
      slow.pagesPerStep = 1
      // Minutes in all: it is not over before a busy machine cancels it.
      slow.pause = .milliseconds(500)
      let options = slow
      let task = Task {
        try await database.backup(to: path + ".copy", options: options) { _ in isStarted.withLock { $0 = true } }
      }
      while !isStarted.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
      task.cancel()
      let error = await #expect(throws: DatabaseError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      let late = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(50)) {
          try await database.backup(to: path + ".copy", options: options)
        }
      }
      #expect(late?.kind == .timedOut)
      #expect(!FileManager.default.fileExists(atPath: path + ".copy"))
      #expect(try partialFiles(beside: path) == [])
      try await database.backup(to: path + ".copy")
      #expect(try await tags(at: path + ".copy") == 2000)
    }
  }

  @Test func anExistingFileIsKeptUnlessToldOtherwise() async throws {
    try await withBigStation { database, path in
      try Data("mine".utf8).write(to: URL(fileURLWithPath: path + ".copy"))
      let refused = await #expect(throws: DatabaseError.self) { try await database.backup(to: path + ".copy") }
      #expect(refused?.kind == .misuse)
      #expect(try String(contentsOfFile: path + ".copy", encoding: .utf8) == "mine")
      var options = BackupOptions()
      options.existing = .replace
      try await database.backup(to: path + ".copy", options: options)
      #expect(try await tags(at: path + ".copy") == 2000)
      // The database itself is open, and so not to be replaced.
      let own = await #expect(throws: DatabaseError.self) { try await database.backup(to: path, options: options) }
      #expect(own?.kind == .misuse)
      #expect(try partialFiles(beside: path) == [])
    }
  }

  @Test func whatCannotBeWrittenIsAnError() async throws {
    try await withStationFile { database, path in
      let error = await #expect(throws: DatabaseError.self) { try await database.backup(to: path + ".none/x.db") }
      #expect(error?.code == .cannotOpen)
    }
  }

  @Test func everyKindOfDatabaseIntoEveryKind() async throws {
    try await withBigStation { file, path in
      let memory = try await stationInMemory()
      try await memory.run(CreateTag(name: "only"))
      // File into memory, memory into memory, memory into file, file into file.
      let empty = try await Database.inMemory()
      try await file.backup(into: empty)
      #expect(try await empty.run(ListTags()).count == 2000)
      try await memory.backup(into: empty)
      #expect(try await empty.run(ListTags()) == ["only"])
      let other = try await Database.open(path + ".other")
      try await file.backup(into: other)
      #expect(try await other.run(ListTags()).count == 2000)
      try await memory.backup(into: other)
      #expect(try await other.run(ListTags()) == ["only"])
      #expect(try await other.checkIntegrity().isClean)
      await other.close()
      try await memory.backup(to: path + ".memory")
      #expect(try await tags(at: path + ".memory") == 1)
      let itself = await #expect(throws: DatabaseError.self) { try await file.backup(into: file) }
      #expect(itself?.kind == .misuse)
    }
  }

  @Test func restoringIsSeenByLiveQueriesAndByOpenReaders() async throws {
    try await withStationFile { database, path in
      try await database.run(CreateTag(name: "old"))
      try await database.backup(to: path + ".copy")
      try await database.run(CreateTag(name: "new"))
      var results = database.observe(ListTags()).makeAsyncIterator()
      #expect(try await results.next()?.count == 2)
      try await database.restore(from: path + ".copy")
      #expect(try await results.next() == ["old"])
      // Statements that were prepared before work on.
      #expect(try await database.run(ListTags()) == ["old"])
      try await database.run(CreateTag(name: "newer"))
      #expect(try await database.run(ListTags()).count == 2)
      let missing = await #expect(throws: DatabaseError.self) { try await database.restore(from: path + ".none") }
      #expect(missing?.code == .cannotOpen)
      #expect(try await database.run(ListTags()).count == 2)
    }
  }

  @Test func pagesOfAnotherSizeAreRefusedInWords() async throws {
    try await withStationFile { database, _ in
      var configuration = Configuration()
      configuration.connectionSetup = "PRAGMA page_size = 8192"
      let other = try await Database.inMemory(configuration: configuration)
      try await other.execute(stationSchema)
      let error = await #expect(throws: DatabaseError.self) { try await database.backup(into: other) }
      #expect(error?.message.contains("pages have another size") == true)
    }
  }

  @Test func vacuumIntoAFileIsSmaller() async throws {
    try await withBigStation { database, path in
      try await database.execute("DELETE FROM tags WHERE rowid > 10")
      try await database.backup(to: path + ".copy")
      try await database.vacuum(into: path + ".it's compact")
      #expect(try await tags(at: path + ".it's compact") == 10)
      let sizes = try [path + ".copy", path + ".it's compact"].map {
        try #require(try FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int)
      }
      #expect(sizes[1] * 4 < sizes[0])
      let again = await #expect(throws: DatabaseError.self) { try await database.vacuum(into: path + ".it's compact") }
      #expect(again?.kind == .misuse)
      let before = try await database.statistics()
      #expect(before.freePages > 0)
      try await database.vacuum()
      #expect(try await database.statistics().freePages == 0)
      #expect(try partialFiles(beside: path) == [])
      let memory = try await stationInMemory()
      try await memory.vacuum(into: path + ".memory")
      #expect(try await tags(at: path + ".memory") == 0)
    }
  }
}
