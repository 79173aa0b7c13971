import Foundation
import SQLCPostgres
import Synchronization
import Testing

nonisolated private func statement(
  _ sql: String, _ name: String, reads: [String] = [], writes: [String] = []
) -> StatementDefinition {
  StatementDefinition(name: name, sql: sql, isReadOnly: writes.isEmpty, reads: reads, writes: writes)
}

nonisolated private struct ListWatched: ManyQuery {
  typealias Row = Int64
  static let statement = PostgresRuntimeTests.ObservationTests.list
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated private struct AddWatched: ExecRowsQuery {
  var number: Int64
  static let statement = StatementDefinition(
    name: "AddWatched", sql: "INSERT INTO watched VALUES ($1)", parameterTypes: [20], isReadOnly: false,
    writes: ["watched"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

nonisolated private struct AddReturning: ManyQuery {
  typealias Row = Int64
  static let statement = PostgresRuntimeTests.ObservationTests.returning
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated private struct PutWatched: BulkQuery {
  var number: Int64
  static let insertion = BulkInsertion(
    name: "PutWatched", table: ["watched"], columns: ["number"], parameterTypes: [20], writes: ["watched"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

/// Collects what a sequence gives.
nonisolated final class Collector<Element: Sendable>: Sendable {
  private let seen = Mutex<[Element]>([])
  private let task = Mutex<Task<Void, any Error>?>(nil)

  init<S: AsyncSequence & Sendable>(_ sequence: S) where S.Element == Element {
    let task = Task.detached { [weak self] in
      for try await element in sequence { self?.seen.withLock { $0.append(element) } }
    }
    self.task.withLock { $0 = task }
  }

  var elements: [Element] { seen.withLock { $0 } }

  func waitFor(_ condition: @Sendable ([Element]) -> Bool) async throws {
    let start = ContinuousClock.now
    while !condition(elements) {
      if ContinuousClock.now - start > .seconds(60) {
        Issue.record("\(elements.suffix(20))")
        return
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  func end() async throws {
    let task = task.withLock { $0 }
    task?.cancel()
    try await task?.value
  }
}

extension PostgresRuntimeTests {
  @Suite("Observation")
  struct ObservationTests {
    nonisolated static let list = statement("SELECT number FROM watched ORDER BY 1", "ListWatched", reads: ["watched"])
    nonisolated static let returning = statement(
      "INSERT INTO watched SELECT 100 + i FROM generate_series(1, 3) i RETURNING number", "AddReturning",
      writes: ["watched"])
    struct Stop: Error {}

    private func opened(_ change: @Sendable (inout Configuration) -> Void = { _ in }) async throws -> Database {
      let database = try await Server.open(change)
      try await database.execute("DROP TABLE IF EXISTS watched; CREATE TABLE watched (number int8)")
      return database
    }

    @Test("Each way to change a table is seen, once it is committed", .timeLimit(.minutes(5)))
    func own() async throws {
      let database = try await opened()
      let observer = Collector(database.observe(ListWatched()))
      try await observer.waitFor { $0.last == [] }
      _ = try await database.run(AddWatched(number: 1))
      try await observer.waitFor { $0.last == [1] }
      _ = try await database.run(each: [AddWatched(number: 2), AddWatched(number: 3)])
      try await observer.waitFor { $0.last == [1, 2, 3] }
      _ = try await database.run(together: AddWatched(number: 4), Number(number: 1))
      try await observer.waitFor { $0.last == [1, 2, 3, 4] }
      _ = try await database.insert(contentsOf: [PutWatched(number: 5)])
      try await observer.waitFor { $0.last == [1, 2, 3, 4, 5] }
      try await database.execute("DELETE FROM watched WHERE number > 1")
      try await observer.waitFor { $0.last == [1] }
      for try await _ in database.stream(AddReturning()) {}
      try await observer.waitFor { $0.last == [1, 101, 102, 103] }
      try await database.transaction { tx in
        _ = try await tx.run(AddWatched(number: 6))
        // Not before it is committed.
        try await Task.sleep(for: .milliseconds(50))
        #expect(observer.elements.last == [1, 101, 102, 103])
      }
      try await observer.waitFor { $0.last == [1, 6, 101, 102, 103] }
      try await observer.end()
      await database.close()
    }

    @Test("What is rolled back, and what concerns other tables, is no news")
    func noNews() async throws {
      let database = try await opened()
      let observer = Collector(database.observe(ListWatched()))
      try await observer.waitFor { $0 == [[]] }
      await #expect(throws: Stop.self) {
        try await database.transaction { tx in
          _ = try await tx.run(AddWatched(number: 1))
          throw Stop()
        }
      }
      _ = try await database.run(Number(number: 1))
      try await Task.sleep(for: .milliseconds(100))
      #expect(observer.elements == [[]])
      #expect(database.statistics().observations == 1)
      try await observer.end()
      await database.close()
    }

    @Test("A closure's observation is one snapshot, and ends when the database is closed")
    func snapshots() async throws {
      let database = try await opened()
      let observer = Collector(
        database.observe(ListWatched.self) { tx in
          let count = try await tx.run(ListWatched()).count
          return [count, try await tx.run(ListWatched()).count]
        })
      try await observer.waitFor { $0 == [[0, 0]] }
      _ = try await database.run(AddWatched(number: 1))
      try await observer.waitFor { $0.last == [1, 1] }
      await database.close()
      try await observer.end()
    }

    @Test(
      "Commits of others are seen through triggers; after a connection broke everything is read again",
      .timeLimit(.minutes(5)))
    func others() async throws {
      let channel = unique("Changes of \"all\"")
      let database = try await opened { $0.observesOthers = .notifications(channel: channel) }
      let other = try await Server.open(user: "sqlc_superuser") { $0.connections = 1...1 }
      let quoted = channel.replacing("'", with: "''")
      try await database.execute(
        """
        CREATE OR REPLACE FUNCTION watched_changed() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN PERFORM pg_notify('\(quoted)', TG_ARGV[0]); RETURN NULL; END $$;
        CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON watched
          FOR EACH STATEMENT EXECUTE FUNCTION watched_changed('watched')
        """)
      let observer = Collector(database.observe(ListWatched()))
      let start = ContinuousClock.now
      while true {
        if case .listening = database.statistics().listener { break }
        try #require(ContinuousClock.now - start < .seconds(60))
        try await Task.sleep(for: .milliseconds(2))
      }
      try await other.execute("INSERT INTO watched VALUES (7)")
      try await observer.waitFor { $0.last == [7] }
      // Whoever listens is cut off, and a change is made that it cannot have heard of.
      try await other.execute("ALTER TABLE watched DISABLE TRIGGER changed; INSERT INTO watched VALUES (8)")
      try await other.execute(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
      )
      try await observer.waitFor { $0.last == [7, 8] }
      try await observer.end()
      await other.close()
      await database.close()
    }
  }

  @Suite("Notifications")
  struct NotificationTests {
    private func send(_ database: Database, _ channel: String, _ payload: String) async throws {
      try await database.execute("SELECT pg_notify('\(channel.replacing("'", with: "''"))', '\(payload)')")
    }

    nonisolated private func payloads(_ events: [ChannelEvent]) -> [String] {
      events.compactMap { if case .notification(let message) = $0 { message.payload } else { nil } }
    }

    @Test("A thousand messages of one channel, in order, whatever its name", .timeLimit(.minutes(5)))
    func inOrder() async throws {
      let database = try await Server.open()
      for channel in [unique("plain"), unique("With \"quotes\" and; 'more'"), "ü" + unique("名")] {
        let listener = Collector(database.notifications(channel: channel))
        try await listener.waitFor { $0 == [.resumed] }
        try await send(database, channel + "x", "not this")
        try await database.execute(
          "SELECT pg_notify('\(channel.replacing("'", with: "''"))', i::text) FROM generate_series(1, 1000) i")
        try await listener.waitFor { payloads($0).count == 1000 }
        #expect(payloads(listener.elements) == (1...1000).map(String.init))
        try await listener.end()
      }
      await database.close()
    }

    @Test("After the connection broke it goes on, and says so", .timeLimit(.minutes(5)))
    func resumes() async throws {
      let database = try await Server.open(user: "sqlc_superuser")
      let channel = unique("resumed")
      let listener = Collector(database.notifications(channel: channel))
      try await listener.waitFor { $0 == [.resumed] }
      for round in 1...3 {
        try await database.execute(
          "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%resumed%' AND pid <> pg_backend_pid()"
        )
        try await listener.waitFor { $0.filter { $0 == .resumed }.count == round + 1 }
        try await send(database, channel, "after \(round)")
        try await listener.waitFor { payloads($0).last == "after \(round)" }
      }
      try await listener.end()
      await database.close()
    }

    @Test("Who comes later hears from then on, and the last to go ends the connection")
    func comings() async throws {
      let database = try await Server.open()
      let channel = unique("shared")
      let first = Collector(database.notifications(channel: channel))
      try await first.waitFor { $0 == [.resumed] }
      let second = Collector(database.notifications(channel: channel))
      try await second.waitFor { $0 == [.resumed] }
      #expect(first.elements == [.resumed])
      try await send(database, channel, "both")
      try await first.waitFor { payloads($0) == ["both"] }
      try await second.waitFor { payloads($0) == ["both"] }
      try await first.end()
      try await send(database, channel, "one")
      try await second.waitFor { payloads($0) == ["both", "one"] }
      try await second.end()
      let start = ContinuousClock.now
      while true {
        if case .idle = database.statistics().listener { break }
        try #require(ContinuousClock.now - start < .seconds(60))
        try await Task.sleep(for: .milliseconds(2))
      }
      await database.close()
    }

    @Test("A slow reader holds up nobody, and is told of the gap", .timeLimit(.minutes(5)))
    func slow() async throws {
      let database = try await Server.open()
      let channel = unique("slow")
      var reader = database.notifications(channel: channel).makeAsyncIterator()
      #expect(try await reader.next() == .resumed)
      let fast = Collector(database.notifications(channel: channel))
      try await fast.waitFor { $0 == [.resumed] }
      try await database.execute("SELECT pg_notify('\(channel)', i::text) FROM generate_series(1, 3000) i")
      try await fast.waitFor { payloads($0).last == "3000" }
      var events: [ChannelEvent] = []
      while payloads(events).last != "3000", let event = try await reader.next() { events.append(event) }
      #expect(events.count <= 1_025)
      // What comes after the gap is without one.
      let gap = try #require(events.lastIndex(of: .resumed))
      let rest = payloads(Array(events[gap...])).compactMap { Int($0) }
      #expect(rest == Array((3001 - rest.count)...3000))
      try await fast.end()
      await database.close()
    }

    @Test("Names that no channel can have are refused")
    func names() async throws {
      let database = try await Server.open()
      for name in ["", String(repeating: "a", count: 64), "a\0b"] {
        let names = database.notifications(channel: name)
        let error = await #expect(throws: DatabaseError.self) { for try await _ in names {} }
        #expect(error?.kind == .misuse)
      }
      await database.close()
    }
  }
}
