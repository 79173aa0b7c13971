import Foundation
import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("Transactions")
  struct TransactionTests {
    private func table(_ database: Database, _ columns: String = "number int8 PRIMARY KEY") async throws -> String {
      let name = unique("tx")
      try await database.execute("CREATE TABLE \(name) (\(columns))")
      return name
    }

    private func count(_ database: Database, _ table: String) async throws -> Int64 {
      try await database.run(Value<Int64>("SELECT count(*) FROM \(table)"))
    }

    private struct Own: Error {}

    @Test("Committed when the closure returns, rolled back when it throws")
    func ends() async throws {
      let database = try await Server.open()
      let name = try await table(database)
      try await database.transaction { tx in try await tx.execute("INSERT INTO \(name) VALUES (1)") }
      await #expect(throws: Own.self) {
        try await database.transaction { tx in
          try await tx.execute("INSERT INTO \(name) VALUES (2)")
          throw Own()
        }
      }
      #expect(try await count(database, name) == 1)
      await database.close()
    }

    @Test("A COMMIT that rolls back is an error")
    func rolledBack() async throws {
      let database = try await Server.open()
      let name = try await table(database)
      let error = await #expect(throws: DatabaseError.self) {
        try await database.transaction { tx in
          try await tx.execute("INSERT INTO \(name) VALUES (1)")
          try? await tx.execute("INSERT INTO \(name) VALUES (1)")
        }
      }
      #expect(error?.kind == .rolledBack)
      let later = await #expect(throws: DatabaseError.self) {
        try await database.transaction { tx in
          try? await tx.execute("nonsense")
          _ = try await tx.run(Number(number: 1))
        }
      }
      #expect(later?.kind == .rolledBack)
      #expect(try await count(database, name) == 0)
      await database.close()
    }

    @Test("Savepoints are undone alone, also within one another")
    func savepoints() async throws {
      let database = try await Server.open()
      let name = try await table(database)
      try await database.transaction { tx in
        try await tx.execute("INSERT INTO \(name) VALUES (1)")
        await #expect(throws: Own.self) {
          try await tx.savepoint { tx in
            try await tx.execute("INSERT INTO \(name) VALUES (2)")
            try await tx.savepoint { tx in try await tx.execute("INSERT INTO \(name) VALUES (3)") }
            throw Own()
          }
        }
        await #expect(throws: DatabaseError.self) {
          try await tx.savepoint { tx in try await tx.execute("INSERT INTO \(name) VALUES (1)") }
        }
        try await tx.savepoint { tx in try await tx.execute("INSERT INTO \(name) VALUES (4)") }
      }
      #expect(
        try await database.run(Value<[Int64]>("SELECT array_agg(number ORDER BY number) FROM \(name)")) == [1, 4])
      await database.close()
    }

    @Test("A handle that outlives its closure is stale, and the database is not used beside its transaction")
    func misuse() async throws {
      let database = try await Server.open()
      var kept: Transaction?
      try await database.transaction { tx in
        kept = tx
        let error = await #expect(throws: DatabaseError.self) { try await database.run(Number(number: 1)) }
        #expect(error?.kind == .misuse)
        await #expect(throws: DatabaseError.self) { try await database.transaction { _ in } }
        await #expect(throws: DatabaseError.self) { try await database.execute("SELECT 1") }
      }
      let stale = await #expect(throws: DatabaseError.self) { try await kept?.run(Number(number: 1)) }
      #expect(stale?.kind == .stale)
      // Another database may be used.
      let other = try await Server.open()
      try await database.transaction { _ in _ = try await other.run(Number(number: 1)) }
      await other.close()
      await database.close()
    }

    @Test("Tasks that use one transaction at once stand in line")
    func line() async throws {
      let database = try await Server.open()
      let sum = try await database.transaction { tx in
        let tasks = (1...50).map { number in Task { try await tx.run(Number(number: Int64(number))) } }
        async let alone = tx.run(Number(number: 1000))
        var sum = try await alone
        for task in tasks { sum += try await task.value }
        return sum
      }
      #expect(sum == 2275)
      await database.close()
    }

    @Test("Serialization failures are tried again when asked")
    func retry() async throws {
      let database = try await Server.open()
      let name = try await table(database, "count int8")
      try await database.execute("INSERT INTO \(name) VALUES (0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            for _ in 0..<25 {
              try await database.transaction(isolation: .serializable, attempts: 100) { tx in
                let count = try await tx.run(Value<Int64>("SELECT count FROM \(name)"))
                try await tx.execute("UPDATE \(name) SET count = \(count + 1)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.run(Value<Int64>("SELECT count FROM \(name)")) == 100)
      await database.close()
    }

    @Test("Isolation and access are what was asked for")
    func modes() async throws {
      let database = try await Server.open()
      for level in [IsolationLevel.readCommitted, .repeatableRead, .serializable] {
        let found = try await database.transaction(isolation: level) { tx in
          try await tx.run(Value<String>("SELECT current_setting('transaction_isolation')"))
        }
        #expect(found == level.rawValue.lowercased())
      }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try await tx.execute("CREATE TABLE never_made (a int4)") }
      }
      #expect(error?.sqlState == .readOnlyTransaction)
      let deferrable = try await database.transaction(isolation: .serializable, access: .readOnlyDeferrable) { tx in
        try await tx.run(Value<String>("SELECT current_setting('transaction_deferrable')"))
      }
      #expect(deferrable == "on")
      await database.close()
    }

    @Test("A cancelled task's transaction is rolled back, and its connection works on")
    func cancelled() async throws {
      let database = try await Server.open { $0.connections = 1...1 }
      let name = try await table(database)
      let task = Task {
        try await database.transaction { tx in
          try await tx.execute("INSERT INTO \(name) VALUES (1)")
          try await tx.run(Sleep(seconds: 30))
        }
      }
      try await Task.sleep(for: .milliseconds(200))
      task.cancel()
      let error = await #expect(throws: DatabaseError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      #expect(try await count(database, name) == 0)
      let late = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(100)) {
          try await database.transaction { tx in
            try await tx.execute("INSERT INTO \(name) VALUES (1)")
            try await Task.sleep(for: .milliseconds(150))
          }
        }
      }
      #expect(late?.kind == .timedOut)
      #expect(try await count(database, name) == 0)
      await database.close()
    }
  }
}
