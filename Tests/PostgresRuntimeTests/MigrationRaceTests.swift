import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("Migrations of several processes, and of killed ones")
  struct MigrationRaceTests {
    private let users = Migration(
      version: "1", name: "1_users",
      up: [
        "CREATE TABLE users (id bigint PRIMARY KEY, email text)",
        "INSERT INTO users SELECT i, i % 7 FROM generate_series(1, 2000) i",
      ])

    private func index(_ sql: String) -> Migration {
      Migration(
        version: "2", name: "2_index", up: [sql, "INSERT INTO users VALUES (0, 'behind')"], isInTransaction: false)
    }

    /// Each step is taken once, and whoever waits keeps no CREATE INDEX CONCURRENTLY from ending.
    @Test func manyAtOnce() async throws {
      let (_, options) = try await freshDatabase()
      let migrations =
        [users, index("CREATE INDEX CONCURRENTLY users_email ON users (email)")]
        + (3...6).map {
          Migration(version: "\($0)", name: "t\($0)", up: ["CREATE TABLE t\($0) (id int)", "SELECT pg_sleep(0.02)"])
        }
      let applied = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<6 {
          group.addTask {
            let database = try await Database.open(options)
            let summary = try await database.migrate(migrations)
            await database.close()
            return summary.applied
          }
        }
        var applied: [String] = []
        for try await versions in group { applied += versions }
        return applied
      }
      #expect(applied.sorted() == ["1", "2", "3", "4", "5", "6"])
    }

    @Test func whoWaitsTooLongSaysSo() async throws {
      let (database, options) = try await freshDatabase()
      let other = try await Database.open(options)
      let slow = Migration(version: "1", name: "slow", up: ["SELECT pg_sleep(1.5)"])
      let (started, start) = AsyncStream<Void>.makeStream()
      var noting = MigrationOptions()
      noting.progress = { _ in start.finish() }
      async let first = other.migrate([slow], options: noting)
      for await _ in started {}
      var hasty = MigrationOptions()
      hasty.lockTimeout = .milliseconds(100)
      let error = await #expect(throws: MigrationError.self) { try await database.migrate([slow], options: hasty) }
      guard case .locked? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await first.applied == ["1"])
      await other.close()
      await database.close()
    }

    /// It is named, and taken away when it is tried again.
    @Test func anInvalidIndexIsBuiltAnew() async throws {
      let (database, _) = try await freshDatabase()
      let migrations = [users, index("CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email)")]
      let error = await #expect(throws: MigrationError.self) { try await database.migrate(migrations) }
      guard case .failed("2", _, statement: 1, _, let cause)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.sqlState == .uniqueViolation)
      #expect(cause.message.contains("the index public.users_email is left, invalid"))
      #expect(try await database.migrationStatus(of: migrations)[1].state == .halfApplied(done: 0))
      #expect(try await database.holds("SELECT FROM pg_index WHERE NOT indisvalid"))
      try await database.execute("UPDATE users SET email = id")
      #expect(try await database.migrate(migrations).applied == ["2"])
      #expect(
        try await database.holds("SELECT FROM pg_index WHERE indexrelid = 'users_email'::regclass AND indisvalid"))
      #expect(try await database.holds("SELECT FROM users WHERE id = 0"))
      await database.close()
    }

    /// Wherever a process is killed: what ran in a transaction ran once.
    @Test func killedInTheMiddle() async throws {
      let (database, options) = try await freshDatabase()
      let migrations = [
        users,
        Migration(
          version: "2", name: "2_steps",
          up: [
            "CREATE TABLE counted (n int)", "INSERT INTO counted VALUES (1)", "SELECT pg_sleep(0.1)",
            "INSERT INTO counted VALUES (2)", "CREATE INDEX CONCURRENTLY users_email ON users (email)",
            "INSERT INTO counted VALUES (3)", "VACUUM users", "SELECT pg_sleep(0.1)",
            "INSERT INTO counted VALUES (4)",
          ], isInTransaction: false),
      ]
      var kills = 0
      for round in 0..<40 {
        let migrating = Task {
          let other = try await Database.open(options)
          try await other.migrate(migrations)
          await other.close()
        }
        try await Task.sleep(for: .milliseconds(round * 8))
        // The session is ended under it, as if its process had been killed.
        var looks = 0
        while looks < 100,
          try await !database.holds(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        {
          looks += 1
          try await Task.sleep(for: .milliseconds(2))
        }
        if case .failure = await migrating.result { kills += 1 } else { break }
      }
      #expect(kills > 3)
      try await database.migrate(migrations)
      #expect(try await database.appliedVersions(of: migrations) == ["1", "2"])
      #expect(try await database.holds("SELECT FROM counted HAVING array_agg(n ORDER BY n) = '{1,2,3,4}'"))
      #expect(try await !database.holds("SELECT FROM pg_index WHERE NOT indisvalid"))
      await database.close()
    }

    /// What may not run twice, and was running, is for people.
    @Test func whatMayHaveBeenDoneIsNotDoneAgain() async throws {
      let (database, _) = try await freshDatabase()
      let migrations = [
        users,
        Migration(
          version: "2", name: "2_backfill",
          up: ["DO $$ BEGIN UPDATE users SET email = email || '!'; COMMIT; PERFORM 1 / 0; END $$"],
          isInTransaction: false),
      ]
      await #expect(throws: MigrationError.self) { try await database.migrate(migrations) }
      let error = await #expect(throws: MigrationError.self) { try await database.migrate(migrations) }
      guard case .interrupted("2", _, statement: 1, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try await database.execute(
        "UPDATE sqlc_schema_migrations SET is_running = false, progress = 1 WHERE version = '2'")
      #expect(try await database.migrate(migrations).applied == ["2"])
      #expect(try await !database.holds("SELECT FROM users WHERE email LIKE '%!!'"))
      await database.close()
    }
  }
}
