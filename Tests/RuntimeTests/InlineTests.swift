// Where a query runs: on the caller's thread once it is known to be short, on its connection's queue otherwise.

import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

/// The thread that asks.
nonisolated private func currentThread() -> UInt {
  #if canImport(Darwin)
    UInt(bitPattern: pthread_self())
  #else
    UInt(pthread_self())
  #endif
}

/// Counts up to `limit`, and says which thread decoded the result.
nonisolated private struct CountUp: ExactlyOneQuery {
  struct Row: Sendable {
    var count: Int64
    var thread: UInt
  }
  var limit: Int64
  static let statement = StatementDefinition(
    name: "CountUp",
    sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT sum(1) FROM n",
    parameters: 1, isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(limit, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Row {
    Row(count: try row.decode(0), thread: currentThread())
  }
}

/// Inserts as many tags, each with its own name.
nonisolated private struct CreateTags: ManyQuery {
  typealias Row = UInt
  var prefix: String
  var count: Int64
  static let statement = StatementDefinition(
    name: "CreateTags",
    sql: """
      INSERT INTO tags (name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
      SELECT ?1 || i FROM n RETURNING name
      """, parameters: 2, isReadOnly: false, writes: ["tags"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(prefix, at: 1)
    try statement.bind(count, at: 2)
  }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> UInt { currentThread() }
}

@Suite struct InlineTests {
  /// Machines that are busy, and sanitizers, make short runs long for a while; tries enough settle it.
  private func isSoon(_ condition: () async throws -> Bool) async rethrows -> Bool {
    for _ in 0..<5000 where try await condition() { return true }
    return false
  }

  /// A run that does not suspend its caller stays on its thread; a connection's queue has another one.
  private func isInline(_ limit: Int64, _ database: Database) async throws -> Bool {
    let thread = currentThread()
    let row = try await database.run(CountUp(limit: limit))
    #expect(row.count == limit)
    return row.thread == thread
  }

  @Test(arguments: [true, false]) func aShortQueryComesToItsCaller(isFile: Bool) async throws {
    try await withStationFile { file, _ in
      let database = isFile ? file : try await stationInMemory()
      #expect(try await !isInline(3, database))
      #expect(try await isSoon { try await isInline(3, database) })
      let detached = try await Task.detached { try await database.run(CountUp(limit: 3)) }.value
      #expect(detached.count == 3)
    }
  }

  @Test func aLongRunIsStoppedAndGoesToTheQueue() async throws {
    let database = try await Database.inMemory()
    #expect(try await isSoon { try await isInline(3, database) })
    #expect(try await !isInline(200_000, database))
    // It has to prove itself on the queue again, and then comes back.
    #expect(try await !isInline(3, database))
    #expect(try await isSoon { try await isInline(3, database) })
  }

  @Test(arguments: [true, false]) func aWriteThatIsStoppedIsDoneOnce(isFile: Bool) async throws {
    try await withStationFile { file, _ in
      let database = isFile ? file : try await stationInMemory()
      var tries = 0
      let isInline = try await isSoon {
        tries += 1
        let thread = currentThread()
        return try await database.run(CreateTags(prefix: "short\(tries)-", count: 2)) == [thread, thread]
      }
      #expect(isInline)
      let thread = currentThread()
      let long = try await database.run(CreateTags(prefix: "long", count: 3000))
      #expect(long.count == 3000 && !long.contains(thread))
      #expect(try await database.run(ListTags()).count == tries * 2 + 3000)
      // One that fails keeps nothing, wherever it runs.
      await #expect(throws: DatabaseError.self) { try await database.run(CreateTags(prefix: "long", count: 5000)) }
      #expect(try await database.run(ListTags()).count == tries * 2 + 3000)
    }
  }

  /// The caller's thread does not wait for another's lock: were it to, the main actor could not have it released.
  @Test func aLockIsWaitedForOnTheQueue() async throws {
    try await withStationFile { database, path in
      // The main actor, which releases the lock, may have much else to do.
      var configuration = Configuration()
      configuration.busyTimeout = .seconds(120)
      let patient = try await Database.open(path, configuration: configuration)
      for index in 0..<20 { try await patient.run(CreateTag(name: "warm\(index)")) }
      let other = try await Database.open(path)
      let isReleased = Mutex(false)
      let (held, isHeld) = AsyncStream.makeStream(of: Void.self)
      let holder = Task.detached {
        try await other.transaction { tx in
          try tx.run(CreateTag(name: "other"))
          isHeld.yield()
          while !isReleased.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
        }
      }
      for await _ in held { break }
      let first = Task { try await patient.run(CreateTag(name: "waited")) }
      let second = Task { try await patient.run(CreateTag(name: "waited too")) }
      for _ in 0..<20 { try await Task.sleep(for: .milliseconds(1)) }
      isReleased.withLock { $0 = true }
      try await first.value
      try await second.value
      try await holder.value
      let tags = try await database.run(ListTags())
      #expect(tags.count == 23)
      await patient.close()
      await other.close()
    }
  }
}

@Suite struct InlineEligibilityTests {
  @Test func onlyShortRunsLeadInline() {
    var eligibility = InlineEligibility()
    #expect(!eligibility.isShort)
    eligibility.noteQueueRun(5_000_000, steps: 100_000)
    #expect(!eligibility.isShort)
    eligibility.noteQueueRun(20_000, steps: 40)
    #expect(eligibility.isShort)
  }

  /// `count(*)` over many rows is a handful of steps, and none of them can be interrupted.
  @Test func stepsThatDoTooMuchStayOnTheQueue() {
    var eligibility = InlineEligibility()
    for _ in 0..<5 { eligibility.noteQueueRun(120_000, steps: 9) }
    #expect(!eligibility.isShort)
  }

  @Test func whoIsDoubtedProvesItselfOnce() {
    var eligibility = InlineEligibility()
    eligibility.noteQueueRun(20_000, steps: 40)
    eligibility.doubt()
    #expect(!eligibility.isShort)
    eligibility.noteQueueRun(5_000_000, steps: 100_000)
    #expect(!eligibility.isShort)
    eligibility.noteQueueRun(20_000, steps: 40)
    #expect(eligibility.isShort)
  }

  @Test func whoFailsMustProveItselfLonger() {
    var eligibility = InlineEligibility()
    eligibility.noteQueueRun(20_000, steps: 40)
    var queued = [0, 0, 0]
    for round in 0..<3 {
      eligibility.failed()
      while !eligibility.isShort {
        eligibility.noteQueueRun(20_000, steps: 40)
        queued[round] += 1
      }
    }
    #expect(queued == [2, 4, 8])
  }
}
