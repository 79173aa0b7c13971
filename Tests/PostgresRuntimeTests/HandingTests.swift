import Foundation
import SQLCPostgres
import Testing

/// One whose parameter cannot be sent.
nonisolated private struct Unsendable: ExactlyOneQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "Unsendable", sql: "SELECT $1", parameterTypes: [25], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind("a\0b", at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

extension PostgresRuntimeTests {
  /// What waits for a connection is sent by whoever gives one back.
  @Suite("Connections handed on")
  struct HandingTests {
    /// The only connection is kept until `body` lets it go.
    private func whileItIsKept(
      _ timeout: Duration = .seconds(60), _ body: (Database, _ letGo: @Sendable () -> Void) async throws -> Void
    ) async throws {
      let database = try await Server.open {
        $0.connections = 1...1
        $0.acquireTimeout = timeout
      }
      let (signals, gate) = AsyncStream<Void>.makeStream()
      let holder = Task { try await database.transaction { _ in for await _ in signals { break } } }
      for _ in 0..<2_000 where database.statistics().idle > 0 { try await Task.sleep(for: .milliseconds(2)) }
      try await body(database) { gate.yield() }
      gate.yield()
      try await holder.value
      #expect(try await database.run(Number(number: 7)) == 7)
      await database.close()
    }

    /// So many tasks wait, or a long time has passed.
    private func waitUntil(_ count: Int, waitIn database: Database) async throws {
      for _ in 0..<2_000 where database.statistics().waiting != count { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test("A value that cannot be sent is its own task's error, and no one else's")
    func unsendable() async throws {
      try await whileItIsKept { database, letGo in
        let failing = Task { try await database.run(Unsendable()) }
        try await waitUntil(1, waitIn: database)
        let following = Task { try await database.run(Number(number: 3)) }
        try await waitUntil(2, waitIn: database)
        letGo()
        let error = await #expect(throws: DatabaseError.self) { try await failing.value }
        #expect(error?.kind == .encoding)
        #expect(error?.query == "Unsendable")
        #expect(try await following.value == 3)
      }
    }

    @Test("What was sent for a task ends with it: by cancellation, by its deadline")
    func ends() async throws {
      try await whileItIsKept { database, letGo in
        let start = ContinuousClock.now
        let cancelled = Task { try await database.run(Sleep(seconds: 30)) }
        try await waitUntil(1, waitIn: database)
        let late = Task {
          try await Database.withTimeout(.milliseconds(900)) { try await database.run(Sleep(seconds: 30)) }
        }
        try await waitUntil(2, waitIn: database)
        // The first one's statement is at the server by then.
        letGo()
        try await waitUntil(1, waitIn: database)
        try await Task.sleep(for: .milliseconds(50))
        cancelled.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await cancelled.value }
        #expect(error?.kind == .cancelled)
        let timedOut = await #expect(throws: DatabaseError.self) { try await late.value }
        #expect(timedOut?.kind == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(10))
      }
    }

    @Test(
      "After a change of the schema, and of a restart, no idle connection's stale state is an error of a query that reads"
    )
    func stale() async throws {
      let database = try await Server.open()
      let table = unique("stale")
      try await database.execute("CREATE TABLE \(table) (number int8); INSERT INTO \(table) VALUES (1)")
      let query = Value<Int64>("SELECT * FROM \(table)")
      func together(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<4 { group.addTask(operation: body) }
          try await group.waitForAll()
        }
      }
      for column in ["a", "b"] {
        // Each connection has its statement.
        try await together {
          try await database.transaction { tx in
            _ = try await tx.run(query)
            try await tx.run(Sleep(seconds: 0.05))
          }
        }
        try await database.execute("ALTER TABLE \(table) ADD COLUMN \(column) int")
        #expect(try await database.run(query) == 1)
      }
      try await together { try await database.run(Sleep(seconds: 0.05)) }
      let other = try await Server.open(user: "sqlc_superuser") { $0.connections = 1...1 }
      _ = try await other.run(
        Value<Int64>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'sqlc'"))
      try await Task.sleep(for: .milliseconds(50))
      for _ in 0..<4 { #expect(try await database.run(query) == 1) }
      await other.close()
      await database.close()
    }

    @Test("Tasks that wait are served in the order in which they came, and each is told when it waited too long")
    func order() async throws {
      let sequence = unique("served")
      let direct = try await Server.open()
      try await direct.execute("CREATE SEQUENCE \(sequence)")
      await direct.close()
      try await whileItIsKept { database, letGo in
        var tasks: [Task<Int64, any Error>] = []
        for task in 0..<20 {
          tasks.append(Task { try await database.run(Value<Int64>("SELECT nextval('\(sequence)')")) })
          try await waitUntil(task + 1, waitIn: database)
        }
        letGo()
        for (number, task) in tasks.enumerated() { #expect(try await task.value == Int64(number + 1)) }
        #expect((database.statistics().waits, database.statistics().waitsInVain) == (20, 0))
      }
      try await whileItIsKept(.milliseconds(300)) { database, _ in
        for round in 1...2 {
          let late = (0..<3).map { number in Task { try await database.run(Number(number: Int64(number))) } }
          for task in late {
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.message.contains("no connection was free") == true)
          }
          let statistics = database.statistics()
          #expect((statistics.waits, statistics.waitsInVain, statistics.waiting) == (3 * round, 3 * round, 0))
        }
      }
    }
  }
}
