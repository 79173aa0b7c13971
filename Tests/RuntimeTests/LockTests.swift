// Two databases on one file: waiting for a lock, giving up, being cancelled.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

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
}
