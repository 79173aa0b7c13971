// What is kept off the caller's thread: big values, slow disks; and what a caller is told of it: nothing.

import CSQLite
import Testing

@testable import SQLCRuntime

@Suite struct SlownessTests {
  @Test func oneLongWaitIsEnough() {
    var disk = SlownessJudgement()
    disk.noteQueueRun(nanoseconds: 50_000_000, missed: true)
    #expect(!disk.isSuspected)
    disk.noteWaitInline()
    #expect(disk.isSuspected)
  }

  @Test func quickLooksAtTheDiskAcquitIt() {
    var disk = SlownessJudgement()
    disk.noteWaitInline()
    disk.noteQueueRun(nanoseconds: 20_000, missed: true)
    #expect(disk.isSuspected)
    // What was in memory says nothing.
    for _ in 0..<100 { disk.noteQueueRun(nanoseconds: 5000, missed: false) }
    #expect(disk.isSuspected)
    disk.noteQueueRun(nanoseconds: 20_000, missed: true)
    #expect(!disk.isSuspected)
  }

  @Test func slowLooksAskForMore() {
    var disk = SlownessJudgement()
    disk.noteWaitInline()
    for _ in 0..<3 { disk.noteQueueRun(nanoseconds: 20_000_000, missed: true) }
    var quick = 0
    while disk.isSuspected {
      disk.noteQueueRun(nanoseconds: 20_000, missed: true)
      quick += 1
    }
    #expect(quick == 16)
  }

  @Test func whoNeedsNoDiskIsFreeAfterAWhile() {
    var disk = SlownessJudgement()
    disk.noteWaitInline()
    var quiet = 0
    while disk.isSuspected {
      disk.noteQueueRun(nanoseconds: 5000, missed: false)
      quiet += 1
    }
    #expect(quiet == 2000)
  }

  /// All connections of a database look at one disk.
  @Test func nothingRunsInlineOnASlowDisk() async throws {
    try await withStationFile { database, _ in
      let reader = try #require(database.readers.acquireIdle())
      reader.slowness.noteWaitInline()
      database.readers.release(reader)
      let writer = try #require(database.writers.acquireIdle())
      #expect(writer.slowness.isSuspected)
      #expect(try writer.beginInline(CreateTag.statement, listCounts: []) == nil)
      database.writers.release(writer)
    }
  }
}

/// A value of as many bytes, or what a table holds.
nonisolated private struct Weigh: ExactlyOneQuery {
  typealias Row = String
  var bytes: Int64
  static let statement = StatementDefinition(
    name: "Weigh", sql: "SELECT replace(hex(zeroblob(?1 / 2)), '0', 'x')", parameters: 1, isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(bytes, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

@Suite struct BigValueTests {
  /// Until the statement is inline.
  private func warmUp(_ database: Database) async throws {
    for _ in 0..<200 {
      _ = try await database.run(Weigh(bytes: 10))
      _ = try await database.run(CreateTag(name: "warm \(UInt64.random(in: 0 ... .max))"))
    }
  }

  /// A value that is too big for the caller's thread comes all the same, from the queue.
  @Test func bigValuesComeFromTheQueue() async throws {
    try await withStationFile { database, _ in
      try await warmUp(database)
      for bytes in [64_000, 66_000, 3_000_000] {
        #expect(try await database.run(Weigh(bytes: Int64(bytes))).utf8.count == bytes)
        #expect(try await database.run(Weigh(bytes: 10)) == "xxxxxxxxxx")
      }
      let name = String(repeating: "n", count: 100_000)
      try await database.run(CreateTag(name: name))
      #expect(try await database.run(ListTags()).filter { $0 == name }.count == 1)
    }
  }

  /// The connection's own limit is an error wherever it is met, and stays what it was.
  @Test(arguments: [1000, 200_000]) func theOwnLimitStays(_ limit: Int) async throws {
    var configuration = Configuration()
    configuration.prepare = { connection in sqlite3_limit(connection.pointer, SQLITE_LIMIT_LENGTH, Int32(limit)) }
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute(stationSchema)
    try await warmUp(database)
    for bytes in [limit + 2, 10, limit + 2] where bytes > limit {
      let error = await #expect(throws: DatabaseError.self) { try await database.run(Weigh(bytes: Int64(bytes))) }
      #expect(error?.code == .tooBig)
      #expect(error?.query == "Weigh")
    }
    #expect(try await database.run(Weigh(bytes: Int64(limit) - 500)).utf8.count == limit - 500)
  }
}
