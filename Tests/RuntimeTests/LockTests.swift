// Two databases on one file: waiting for a lock, giving up, being cancelled.

import CSQLite
import Foundation
import SQLCSQLiteHandle
import Synchronization
import Testing

@testable import SQLCRuntime

@Suite struct LockTests {
  /// Holds the write lock of `database` while `body` runs.
  private func whileLocked(_ database: Database, _ body: () async throws -> Void) async throws {
    let isHeld = Mutex(false)
    let isToEnd = Mutex(false)
    let holder = Task {
      try await database.transaction { _ in
        isHeld.withLock { $0 = true }
        while !isToEnd.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
      }
    }
    while !isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    do {
      try await body()
    } catch {
      isToEnd.withLock { $0 = true }
      throw error
    }
    isToEnd.withLock { $0 = true }
    try await holder.value
  }

  @Test func aLockThatIsKeptTooLongIsAnError() async throws {
    try await withStationFile { database, path in
      var configuration = Configuration()
      configuration.busyTimeout = .milliseconds(50)
      let other = try await Database.open(path, configuration: configuration)
      try await whileLocked(database) {
        let error = await #expect(throws: DatabaseError.self) { try await other.run(CreateTag(name: "a")) }
        #expect(error?.code == .busy)
        let tags = try await other.run(ListTags())
        #expect(tags == [])
      }
      try await other.run(CreateTag(name: "a"))
      #expect(try await database.run(ListTags()) == ["a"])
      await other.close()
    }
  }

  @Test func aLockThatIsReleasedInTimeIsWaitedFor() async throws {
    try await withStationFile { database, path in
      let other = try await Database.open(path)
      let waiting = Mutex<Task<Void, any Error>?>(nil)
      try await whileLocked(database) {
        let task = Task { try await other.run(CreateTag(name: "waited")) }
        waiting.withLock { $0 = task }
        try await Task.sleep(for: .milliseconds(30))
      }
      try await waiting.withLock { $0 }?.value
      #expect(try await database.run(ListTags()) == ["waited"])
      await other.close()
    }
  }

  @Test func cancellationEndsTheWait() async throws {
    try await withStationFile { database, path in
      var configuration = Configuration()
      configuration.busyTimeout = .seconds(60)
      let other = try await Database.open(path, configuration: configuration)
      try await whileLocked(database) {
        let task = Task { try await other.run(CreateTag(name: "never")) }
        try await Task.sleep(for: .milliseconds(20))
        let start = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(ContinuousClock.now - start < .seconds(10))
      }
      #expect(try await other.run(ListTags()) == [])
      await other.close()
    }
  }

  // MARK: Opening

  /// A database without a write-ahead log, whose write lock is held until `release` is called; of this module's own making.
  private func lockedFile(
    _ body: @MainActor (_ path: String, _ release: @MainActor () throws -> Void) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("new.db").path
    let holder = try DatabaseHandle(filename: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try holder.execute("CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
    try await body(path) { try holder.execute("COMMIT") }
  }

  /// Longer than a machine with much else to do keeps a test from letting its lock go.
  private static let patient: Configuration = {
    var configuration = Configuration()
    configuration.busyTimeout = .seconds(300)
    return configuration
  }()

  /// SQLite refuses the change of the journal mode at once when somebody writes, without asking whether to wait.
  @Test func openingWaitsForWhoWrites() async throws {
    try await lockedFile { path, release in
      async let opening = Database.open(path, configuration: Self.patient)
      try await Task.sleep(for: .milliseconds(60))
      try release()
      let database = try await opening
      let mode = try await database.onWriter { try $0.database.texts("PRAGMA journal_mode").first?[0] }
      #expect(mode == "wal")
      await database.close()
    }
  }

  @Test func openingWaitsNoLongerThanTheTimeout() async throws {
    try await lockedFile { path, _ in
      var configuration = Configuration()
      configuration.busyTimeout = .milliseconds(80)
      let start = ContinuousClock.now
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.open(path, configuration: configuration)
      }
      #expect(error?.code.primary == .busy)
      #expect(ContinuousClock.now - start >= .milliseconds(50))
      configuration.busyTimeout = .seconds(60)
      let unending = configuration
      let task = Task { try await Database.open(path, configuration: unending) }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      let cancelled = await #expect(throws: DatabaseError.self) { _ = try await task.value }
      #expect(cancelled?.kind == .cancelled)
    }
  }

  /// A journal mode that a migration or the user's own setup changes is waited for as well.
  @Test func scriptsWaitForWhoWrites() async throws {
    try await lockedFile { path, release in
      var configuration = Self.patient
      configuration.journal = .unchanged
      configuration.connectionSetup = "SELECT 1; PRAGMA journal_mode = WAL"
      let setUp = configuration
      async let opening = Database.open(path, configuration: setUp)
      try await Task.sleep(for: .milliseconds(60))
      try release()
      await (try opening).close()
    }
    try await lockedFile { path, release in
      var configuration = Self.patient
      configuration.journal = .unchanged
      let database = try await Database.open(path, configuration: configuration)
      let migration = Migration(
        version: "1", name: "1_a", up: ["PRAGMA journal_mode = WAL"], isInTransaction: false)
      async let migrating = database.migrate([migration])
      try await Task.sleep(for: .milliseconds(60))
      try release()
      #expect(try await migrating.applied == ["1"])
      await database.close()
    }
  }

  /// One file that nobody has created yet, opened and migrated by many at once.
  @Test func manyCreateOneFile() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let migration = Migration(version: "1", name: "1_a", up: ["CREATE TABLE t (a)"])
    for round in 0..<20 {
      let path = folder.appendingPathComponent("\(round).db").path
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<6 {
          group.addTask {
            let database = try await Database.open(path)
            let summary = try await database.migrate([migration])
            await database.close()
            return summary.applied.count
          }
        }
        var sum = 0
        for try await count in group { sum += count }
        return sum
      }
      #expect(applied == 1)
    }
  }
}
