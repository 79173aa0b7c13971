import SQLCPostgres
import Testing

nonisolated private let history = [
  Migration(
    version: "1", name: "001_users", up: ["CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL)"],
    down: ["DROP TABLE users"]),
  Migration(
    version: "2", name: "002_posts",
    up: [
      "CREATE TABLE posts (id bigint PRIMARY KEY, author bigint REFERENCES users)", "INSERT INTO users VALUES (1, 'a')",
    ],
    down: ["DROP TABLE posts", "DELETE FROM users"]),
  Migration(
    version: "3", name: "003_index", up: ["CREATE INDEX CONCURRENTLY users_email ON users (email)"],
    down: ["DROP INDEX CONCURRENTLY users_email"], isInTransaction: false),
]

extension PostgresRuntimeTests {
  @Suite("Migrations")
  struct MigrationTests {
    @Test func upAndDown() async throws {
      let (database, _) = try await freshDatabase()
      var options = MigrationOptions()
      options.isDryRun = true
      #expect(try await database.migrate(history, options: options).applied == ["1", "2", "3"])
      #expect(try await database.migrationStatus(of: history).map(\.state) == [.pending, .pending, .pending])
      #expect(try await database.migrate(history).applied == ["1", "2", "3"])
      #expect(try await database.migrate(history).isEmpty)
      #expect(try await database.schemaDifferences(from: history) == [])
      #expect(
        try await database.holds("SELECT FROM pg_index WHERE indexrelid = 'users_email'::regclass AND indisvalid"))
      #expect(try await database.migrate(history, to: "1").reverted == ["3", "2"])
      #expect(try await database.appliedVersions(of: history) == ["1"])
      #expect(try await database.migrate(history, to: .empty).reverted == ["1"])
      #expect(try await !database.holds("SELECT FROM pg_class WHERE relname IN ('users', 'posts')"))
      await database.close()
    }

    @Test func aFailingMigrationLeavesNothing() async throws {
      let (database, _) = try await freshDatabase()
      let failing = Migration(
        version: "2", name: "002_bad",
        up: ["CREATE TABLE half (id int)", "INSERT INTO half VALUES (1)", "SELECT 1/0"])
      let error = await #expect(throws: MigrationError.self) { try await database.migrate([history[0], failing]) }
      guard case .failed("2", "002_bad", statement: 3, "SELECT 1/0", let cause)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.sqlState == "22012")
      #expect(try await database.appliedVersions(of: [history[0], failing]) == ["1"])
      #expect(try await !database.holds("SELECT FROM pg_class WHERE relname = 'half'"))
      await database.close()
    }

    /// What is deferred fails when it is committed.
    @Test func aCommitThatFailsIsTheMigrationsFailure() async throws {
      let (database, _) = try await freshDatabase()
      let failing = Migration(
        version: "1", name: "1_deferred",
        up: [
          "CREATE TABLE a (id int PRIMARY KEY)",
          "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO b VALUES (7)",
        ])
      let error = await #expect(throws: MigrationError.self) { try await database.migrate([failing]) }
      guard case .failed(_, _, statement: 4, "COMMIT", let cause)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.sqlState == .foreignKeyViolation)
      #expect(try await !database.holds("SELECT FROM pg_class WHERE relname = 'a'"))
      await database.close()
    }

    @Test func whatIsRecordedIsHeldAgainstTheCode() async throws {
      let (database, _) = try await freshDatabase()
      try await database.migrate(history)
      var edited = history
      edited[0] = Migration(version: "1", name: "001_users", up: ["SELECT 1"])
      await refuses(database, edited) { if case .changed("1", _) = $0 { true } else { false } }
      #expect(try await database.migrationStatus(of: edited)[0].state == .edited)
      await refuses(database, [history[0]]) { if case .unknownVersion("2") = $0 { true } else { false } }
      let late = Migration(version: "1.5", name: "late", up: ["CREATE TABLE late (id int)"])
      let withLate = [history[0], late, history[1], history[2]]
      await refuses(database, withLate) { if case .outOfOrder("1.5", _, newest: "3") = $0 { true } else { false } }
      var options = MigrationOptions()
      options.order = .any
      #expect(try await database.migrate(withLate, options: options).applied == ["1.5"])
      await refuses(database, withLate, to: .empty) { if case .irreversible("1.5", _) = $0 { true } else { false } }
      // A file that was renamed is the same migration.
      var renamed = withLate
      renamed[1] = Migration(version: "1.6", name: "later", up: late.up)
      #expect(try await database.migrate(renamed).applied == ["2", "3"])
      await database.close()
    }

    private func refuses(
      _ database: Database, _ migrations: [Migration], to target: MigrationTarget = .latest,
      _ matches: (MigrationError) -> Bool
    ) async {
      let error = await #expect(throws: MigrationError.self) { try await database.migrate(migrations, to: target) }
      #expect(error.map(matches) == true, "\(String(describing: error))")
    }

    @Test func repeatableOnesComeAgainWhenTheyHaveChanged() async throws {
      let (database, _) = try await freshDatabase()
      func view(_ sql: String) -> [Migration] {
        [
          history[0],
          Migration(
            version: "views", name: "R__views", up: ["CREATE OR REPLACE VIEW v AS \(sql)"], isRepeatable: true),
        ]
      }
      #expect(try await database.migrate(view("SELECT 1 AS a")).applied == ["1", "views"])
      #expect(try await database.migrate(view("SELECT 1 AS a")).isEmpty)
      #expect(try await database.migrate(view("SELECT 2 AS a")).applied == ["views"])
      await database.close()
    }

    /// Its BEGIN and COMMIT are part of our transaction; its settings end with it.
    @Test func aMigrationsOwnTransactionAndSettings() async throws {
      let (database, _) = try await freshDatabase()
      let migrations = [
        Migration(
          version: "1", name: "1",
          up: [
            "SET search_path = ''", "BEGIN", "CREATE TABLE public.a (id int)", "COMMIT", "SAVEPOINT x",
            "CREATE TABLE public.b (id int)", "ROLLBACK TO x", "RELEASE x",
          ]),
        Migration(version: "2", name: "2", up: ["CREATE TABLE c (id int)"]),
      ]
      #expect(try await database.migrate(migrations).applied == ["1", "2"])
      #expect(try await database.holds("SELECT FROM pg_class WHERE oid = 'public.c'::regclass"))
      #expect(try await !database.holds("SELECT FROM pg_class WHERE relname = 'b'"))
      let open = Migration(version: "3", name: "3", up: ["BEGIN", "CREATE TABLE d (id int)"])
      await refuses(database, migrations + [open]) { if case .failed("3", _, _, _, _) = $0 { true } else { false } }
      let twice = Migration(version: "3", name: "3", up: ["CREATE INDEX CONCURRENTLY i ON a (id)"])
      await refuses(database, migrations + [twice]) { "\($0)".contains("NO TRANSACTION") }
      await database.close()
    }

    @Test func nobodyWaitsBehindAMigrationForLong() async throws {
      let (database, options) = try await freshDatabase()
      try await database.migrate([history[0]])
      let alter = Migration(version: "2", name: "2", up: ["ALTER TABLE users ADD COLUMN x int"])
      let other = try await Database.open(options)
      let (held, release) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
      async let reading: Void = other.transaction { tx in
        try await tx.execute("LOCK users IN ACCESS SHARE MODE")
        held.continuation.finish()
        for await _ in release.stream {}
      }
      for await _ in held.stream {}
      var hasty = MigrationOptions()
      hasty.tableLockTimeout = .milliseconds(50)
      hasty.tableLockAttempts = 1
      let error = await #expect(throws: MigrationError.self) {
        try await database.migrate([history[0], alter], options: hasty)
      }
      guard case .failed("2", _, _, _, let cause)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.sqlState == .lockNotAvailable)
      // Tried again it gets its turn.
      hasty.tableLockAttempts = 10
      async let migrated = database.migrate([history[0], alter], options: hasty)
      try await Task.sleep(for: .milliseconds(300))
      release.continuation.finish()
      #expect(try await migrated.applied == ["2"])
      try await reading
      await other.close()
      await database.close()
    }
  }
}
