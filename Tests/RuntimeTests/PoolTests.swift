// Waiting for a connection: in order, until cancelled or late, never for ever.

import Foundation
import SQLCRuntimeKit
import Synchronization
import Testing

@testable import SQLCRuntime

/// Never ends by itself.
nonisolated private struct Endless: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "Endless", sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n",
    isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated private final class ThreadExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "busy")
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }
}

/// Asks, and has something else to do before it can hear the answer. It has a thread of its own, so that it keeps nobody else.
private actor BusyActor {
  private let executor = ThreadExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  nonisolated let isOccupied = Mutex(false)
  nonisolated let isToEnd = Mutex(false)

  func work(_ kind: String, on database: Database) async throws {
    // It comes when this function suspends for the first time, before the answer.
    let other = Task { occupy() }
    switch kind {
    case "closure": try await database.transaction { tx in try tx.run(CreateTag(name: "busy")) }
    case "read": _ = try await database.read { tx in try tx.run(ListTags()) }
    default: try await database.run(CreateTag(name: "busy"))
    }
    await other.value
  }

  private func occupy() {
    isOccupied.withLock { $0 = true }
    while !isToEnd.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
  }
}

@Suite struct PoolTests {
  /// Runs `body` while the connection of `database` that writes is lent.
  private func whileTheWriterIsLent(_ database: Database, _ body: () async throws -> Void) async throws {
    let connection = try #require(database.writers.acquireIdle())
    defer { database.writers.release(connection) }
    try await body()
  }

  private func untilWaiting(_ count: Int, for pool: ConnectionPool) async {
    while pool.waitingCount != count { await Task.yield() }
  }

  @Test func whoComesFirstIsServedFirst() async throws {
    let database = try await stationInMemory()
    let connection = try #require(database.writers.acquireIdle())
    var tasks: [Task<Void, any Error>] = []
    for index in 0..<20 {
      tasks.append(
        Task.detached { try await database.run(CreateTag(name: String(UnicodeScalar(UInt8(97 + index))))) })
      await untilWaiting(index + 1, for: database.writers)
    }
    database.writers.release(connection)
    for task in tasks { try await task.value }
    let rowids = try await database.onWriter { core in
      try core.database.texts("SELECT name FROM tags ORDER BY rowid").compactMap { $0[0] }
    }
    #expect(rowids == rowids.sorted())
    #expect(rowids.count == 20)
  }

  @Test func waitingCanBeCancelled() async throws {
    let database = try await stationInMemory()
    try await whileTheWriterIsLent(database) {
      let waiting = (0..<10).map { _ in Task.detached { try await database.run(CreateTag(name: "never")) } }
      await untilWaiting(10, for: database.writers)
      for task in waiting { task.cancel() }
      for task in waiting {
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
      }
      // Cancelled before it comes.
      let late = Task.detached {
        while !Task.isCancelled { await Task.yield() }
        try await database.run(CreateTag(name: "never"))
      }
      late.cancel()
      await #expect(throws: DatabaseError.self) { try await late.value }
    }
    try await database.run(CreateTag(name: "a"))
    #expect(try await database.run(ListTags()) == ["a"])
  }

  @Test func waitingEndsInTime() async throws {
    let database = try await stationInMemory()
    try await whileTheWriterIsLent(database) {
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(20)) { try await database.run(CreateTag(name: "never")) }
      }
      #expect(error?.kind == .timedOut)
      #expect(error?.query == "CreateTag")
    }
    try await Database.withTimeout(.seconds(5)) { try await database.run(CreateTag(name: "a")) }
    #expect(try await database.run(ListTags()) == ["a"])
  }

  @Test func aQueryEndsInTime() async throws {
    try await withStationFile { database, _ in
      for _ in 0..<8 {
        let error = await #expect(throws: DatabaseError.self) {
          try await Database.withTimeout(.milliseconds(20)) { try await database.run(Endless()) }
        }
        #expect(error?.kind == .timedOut)
      }
      let tags = try await database.run(ListTags())
      #expect(tags == [])
    }
  }

  @Test func aTransactionEndsInTimeAndIsUndone() async throws {
    let database = try await stationInMemory()
    let error = await #expect(throws: DatabaseError.self) {
      try await Database.withTimeout(.milliseconds(20)) {
        try await database.transaction { tx in
          try tx.run(CreateTag(name: "a"))
          // Neither what runs nor what comes later in a closure that is late.
          _ = try? tx.run(Endless())
          try tx.run(CreateTag(name: "b"))
        }
      }
    }
    #expect(error?.kind == .timedOut || error?.kind == .rolledBack)
    #expect(try await database.run(ListTags()) == [])
  }

  @Test func theEarlierOfTwoEndsCounts() async throws {
    let database = try await stationInMemory()
    let start = ContinuousClock.now
    _ = await #expect(throws: DatabaseError.self) {
      try await Database.withTimeout(.milliseconds(30)) {
        try await Database.withTimeout(.seconds(60)) { try await database.run(Endless()) }
      }
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// Cancelling what nobody waits for any more must not hit who has the connection next.
  @Test func cancellingHitsNobodyElse() async throws {
    try await withStationFile { database, _ in
      for round in 0..<200 {
        let task = Task.detached { try? await database.run(ListTags()) }
        if round.isMultiple(of: 3) { await Task.yield() }
        task.cancel()
        let tags = try await database.run(ListTags())
        #expect(tags == [])
        _ = await task.value
      }
    }
  }

  @Test func closingRefusesWhoWaits() async throws {
    let database = try await stationInMemory()
    let connection = try #require(database.writers.acquireIdle())
    let waiting = Task.detached { try await database.run(CreateTag(name: "never")) }
    await untilWaiting(1, for: database.writers)
    let closing = Task.detached { await database.close() }
    let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
    #expect(error?.kind == .closed)
    database.writers.release(connection)
    await closing.value
    await database.close()
    let later = await #expect(throws: DatabaseError.self) { try await database.run(ListTags()) }
    #expect(later?.kind == .closed)
  }

  @Test func streamsWhoseBodiesReadNeverStarve() async throws {
    try await withStationFile { database, _ in
      try await database.executeBatch((0..<600).map { CreateTag(name: "\($0)") })
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<12 {
          group.addTask {
            var rows = 0
            for try await _ in database.stream(ListTags()) {
              if rows.isMultiple(of: 100) { _ = try await database.run(CountAgents()) }
              rows += 1
            }
            return rows
          }
        }
        for try await rows in group { #expect(rows == 600) }
      }
    }
  }

  @Test func closingEndsStreams() async throws {
    try await withStationFile { database, _ in
      try await database.executeBatch((0..<2000).map { CreateTag(name: "\($0)") })
      var iterator = database.stream(ListTags()).makeAsyncIterator()
      _ = try await iterator.next()
      await database.close()
      var kind: DatabaseError.Kind?
      do throws(DatabaseError) { while try await iterator.next() != nil {} } catch { kind = error.kind }
      #expect(kind == .closed)
    }
  }

  /// Whoever has the connection gives it back where its work ends: an actor that has much to do keeps nobody waiting.
  @Test(arguments: ["query", "closure", "in line", "read"]) func aBusyActorHoldsNoConnection(_ kind: String)
    async throws
  {
    try await withStationFile { _, path in
      var configuration = Configuration()
      configuration.readers = 1
      let database = try await Database.open(path, configuration: configuration)
      let busy = BusyActor()
      let lent = kind == "in line" ? database.writers.acquireIdle() : nil
      let task = Task.detached { try await busy.work(kind, on: database) }
      while !busy.isOccupied.withLock({ $0 }) { await Task.yield() }
      if let lent {
        await untilWaiting(1, for: database.writers)
        database.writers.release(lent)
      }
      // The actor is busy until others have had the connections: forever, were it to keep one.
      try await database.run(CreateTag(name: "other"))
      try await database.transaction { tx in try tx.run(CreateTag(name: "another")) }
      _ = try await database.read { tx in try tx.run(ListTags()) }
      busy.isToEnd.withLock { $0 = true }
      try await task.value
      await database.close()
    }
  }

  @Test func aLineIsLeftInAnyOrder() {
    var line = WaitingLine<Int>()
    for index in 0..<500 { line.append(index, UInt64(index)) }
    for index in stride(from: 1, to: 500, by: 2) { #expect(line.remove(UInt64(index)) == index) }
    #expect(line.remove(1) == nil)
    for index in stride(from: 0, to: 400, by: 2) { #expect(line.popFirst() == index) }
    #expect(line.removeAll() == Array(stride(from: 400, to: 500, by: 2)))
    #expect(line.popFirst() == nil)
    #expect(line.isEmpty)
  }

  /// Who comes late to the line, with an earlier ticket, stands where the ticket says.
  @Test func aLineIsInTheOrderOfItsTickets() {
    var line = WaitingLine<Int>()
    for ticket in [3, 1, 2, 6, 5, 4] { line.append(ticket, UInt64(ticket)) }
    #expect(line.first == 1)
    #expect(line.popFirst() == 1)
    line.append(0, 0)
    #expect(line.remove(4) == 4)
    #expect(line.count == 5)
    #expect((0..<6).map { _ in line.popFirst() } == [0, 2, 3, 5, 6, nil])
    #expect(line.first == nil)
  }

  /// Whoever leaves, first or last, costs the line no more steps than it has had comers, twice.
  @Test(arguments: ["first", "last", "middle", "by turns"]) func leavingCostsNoMoreThanComing(_ order: String) {
    var line = WaitingLine<Int>()
    let count = 20_000
    for index in 0..<count { line.append(index, UInt64(index)) }
    for step in 0..<count {
      switch order {
      case "first": #expect(line.remove(UInt64(step)) != nil)
      case "last": #expect(line.remove(UInt64(count - 1 - step)) != nil)
      case "middle": #expect(line.remove(UInt64((step + count / 2) % count)) != nil)
      default:
        if step.isMultiple(of: 2) {
          #expect(line.remove(UInt64(count - 1 - step / 2)) != nil)
        } else {
          #expect(line.popFirst() == step / 2)
        }
      }
    }
    #expect(line.isEmpty)
    #expect(line.steps <= 2 * count)
  }
}
