// Waiting for a connection: in order, until cancelled or late, never for ever.

import Foundation
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

@Suite struct PoolTests {
  /// Runs `body` while the connection of `database` that writes is lent.
  private func whileTheWriterIsLent(_ database: Database, _ body: () async throws -> Void) async throws {
    let connection = try await database.writers.acquire(nil)
    defer { database.writers.release(connection) }
    try await body()
  }

  @Test func whoComesFirstIsServedFirst() async throws {
    let database = try await stationInMemory()
    let connection = try await database.writers.acquire(nil)
    var tasks: [Task<Void, any Error>] = []
    for index in 0..<20 {
      let standing = Mutex(false)
      tasks.append(
        Task.detached {
          standing.withLock { $0 = true }
          try await database.run(CreateTag(name: String(UnicodeScalar(UInt8(97 + index)))))
        })
      while !standing.withLock({ $0 }) { await Task.yield() }
      try await Task.sleep(for: .milliseconds(3))
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
      try await Task.sleep(for: .milliseconds(10))
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
    let connection = try await database.writers.acquire(nil)
    let waiting = Task.detached { try await database.run(CreateTag(name: "never")) }
    try await Task.sleep(for: .milliseconds(10))
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

  @Test func aLineIsLeftInAnyOrder() {
    var line = WaitingLine<Int>()
    let tickets = (0..<500).map { index in
      let ticket = line.nextTicket()
      line.append(index, ticket)
      return ticket
    }
    for index in stride(from: 1, to: 500, by: 2) { #expect(line.remove(tickets[index]) == index) }
    #expect(line.remove(tickets[1]) == nil)
    for index in stride(from: 0, to: 400, by: 2) { #expect(line.popFirst() == index) }
    #expect(line.removeAll() == Array(stride(from: 400, to: 500, by: 2)))
    #expect(line.popFirst() == nil)
  }
}
