import Foundation
import SQLCPostgres
import Synchronization
import Testing

/// How many were in a closure at once.
nonisolated private final class Inside: Sendable {
  private let state = Mutex((now: 0, most: 0, runs: 0))
  func enter() {
    state.withLock { state in
      state.now += 1
      state.most = max(state.most, state.now)
      state.runs += 1
    }
  }
  func leave() { state.withLock { $0.now -= 1 } }
  var most: Int { state.withLock { $0.most } }
  var runs: Int { state.withLock { $0.runs } }
}

extension PostgresRuntimeTests {
  @Suite("Advisory locks")
  struct LockTests {
    struct Stop: Error {}

    @Test("One at a time, whatever the pool's size", .timeLimit(.minutes(5)))
    func exclusive() async throws {
      let database = try await Server.open { $0.connections = 1...2 }
      let key = AdvisoryLockKey(named: unique("exclusive"))
      let inside = Inside()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          group.addTask {
            try await database.withAdvisoryLock(key) { lock in
              inside.enter()
              #expect(try await database.run(Number(number: Int64(number))) == Int64(number))
              try await lock.check()
              inside.leave()
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(inside.most == 1)
      #expect(inside.runs == 8)
      await database.close()
    }

    @Test("Shared by those who share, refused to others, given back after an error")
    func modes() async throws {
      let database = try await Server.open()
      let key = AdvisoryLockKey(7, Int32.random(in: .min ... .max))
      let outcome = try await database.withAdvisoryLock(key, .shared) { _ in
        let shared = try await database.withAdvisoryLock(ifFree: key, .shared) { _ in 1 }
        let exclusive = try await database.withAdvisoryLock(ifFree: key) { _ in 2 }
        return [shared, exclusive]
      }
      #expect(outcome == [1, nil])
      await #expect(throws: Stop.self) { try await database.withAdvisoryLock(key) { _ in throw Stop() } }
      #expect(try await database.withAdvisoryLock(key) { _ in 3 } == 3)
      await database.close()
    }

    @Test("Waiting ends with the time and with the task", .timeLimit(.minutes(5)))
    func ends() async throws {
      let database = try await Server.open()
      let key = AdvisoryLockKey(named: unique("ends"))
      try await database.withAdvisoryLock(key) { _ in
        let late = await #expect(throws: DatabaseError.self) {
          try await Database.withTimeout(.milliseconds(100)) { try await database.withAdvisoryLock(key) { _ in } }
        }
        #expect(late?.kind == .timedOut)
        let task = Task { try await database.withAdvisoryLock(key) { _ in } }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let cancelled = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(cancelled?.kind == .cancelled)
      }
      await database.close()
    }

    @Test("A lock that is lost is an error at the end, and at each check")
    func lost() async throws {
      let database = try await Server.open(user: "sqlc_superuser")
      let error = await #expect(throws: DatabaseError.self) {
        try await database.withAdvisoryLock(AdvisoryLockKey(named: unique("lost"))) { lock in
          try await lock.check()
          try await database.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
          )
          do throws(DatabaseError) {
            try await lock.check()
            Issue.record("a lock that is gone")
          } catch { #expect(error.kind == .connection) }
        }
      }
      #expect(error?.kind == .connection)
      await database.close()
    }

    @Test("A transaction's lock ends with it, and the session's is misuse in its closure")
    func transactions() async throws {
      let database = try await Server.open()
      let key = AdvisoryLockKey(Int64.random(in: .min ... .max))
      try await database.transaction { tx in
        try await tx.advisoryLock(key)
        // The transaction has it already: once more is once more.
        #expect(try await tx.tryAdvisoryLock(key))
        let other = try await Task.detached { try await database.transaction { try await $0.tryAdvisoryLock(key) } }
          .value
        #expect(!other)
        let error = await #expect(throws: DatabaseError.self) { try await database.withAdvisoryLock(key) { _ in } }
        #expect(error?.kind == .misuse)
      }
      #expect(try await database.transaction { try await $0.tryAdvisoryLock(key) })
      await database.close()
    }

    @Test("Names have the same number everywhere")
    func names() {
      // FNV-1a's own test values.
      #expect(AdvisoryLockKey(named: "a") == AdvisoryLockKey(Int64(bitPattern: 0xaf63_dc4c_8601_ec8c)))
      #expect(AdvisoryLockKey(named: "foobar") == AdvisoryLockKey(Int64(bitPattern: 0x8594_4171_f739_67e8)))
      #expect(AdvisoryLockKey(1, 2) != AdvisoryLockKey(1 << 32 | 2))
    }
  }
}
