import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("Databases that others have migrated")
  struct MigrationAdoptionTests {
    private let migrations = (1...3).map {
      Migration(version: "\($0)", name: "0\($0)_t", up: ["CREATE TABLE t\($0) (id int)"], down: ["DROP TABLE t\($0)"])
    }

    nonisolated struct Tool: Sendable, CustomTestStringConvertible {
      var name: String
      /// As the tool makes it, with the first two applied.
      var table: String
      /// What it says then, and once the third is applied.
      var found: String
      var after: String
      /// What it says once the third is taken back.
      var back: String
      var testDescription: String { name }
    }

    nonisolated private static let tools = [
      // Each row is an event: 3 was taken back.
      Tool(
        name: "goose",
        table: """
          CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp DEFAULT now());
          INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true), (2, true), (3, true), (3, false)
          """, found: "goose's table has 1, 2; 3 taken back", after: "goose's table has 1, 2, 3",
        back: "goose's table has 1, 2"),
      Tool(
        name: "golang-migrate",
        table: """
          CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
          INSERT INTO schema_migrations VALUES (2, false)
          """, found: "golang-migrate's table is at version 2", after: "golang-migrate's table is at version 3",
        back: "golang-migrate's table is at version 2"),
      Tool(
        name: "dbmate",
        table: """
          CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('01'), ('02')
          """, found: "dbmate's table has 01, 02", after: "dbmate's table has 01, 02, 03",
        back: "dbmate's table has 01, 02"),
      Tool(
        name: "tern",
        table: "CREATE TABLE schema_version (version int4 NOT NULL); INSERT INTO schema_version VALUES (2)",
        found: "tern's table is at version 2", after: "tern's table is at version 3",
        back: "tern's table is at version 2"),
      Tool(
        name: "sql-migrate",
        table: """
          CREATE TABLE gorp_migrations (id text PRIMARY KEY, applied_at timestamptz);
          INSERT INTO gorp_migrations VALUES ('01_t.sql', now()), ('02_t.sql', now())
          """, found: "sql-migrate's table has 01_t.sql, 02_t.sql",
        after: "sql-migrate's table has 01_t.sql, 02_t.sql, 03_t.sql",
        back: "sql-migrate's table has 01_t.sql, 02_t.sql"),
    ]

    private func database(_ tables: Int, _ tool: String) async throws -> Database {
      let (database, _) = try await freshDatabase()
      for number in 1...tables { try await database.execute("CREATE TABLE t\(number) (id int)") }
      if !tool.isEmpty { try await database.execute(tool) }
      return database
    }

    @Test(arguments: tools) func aToolsTableIsTakenOver(tool: Tool) async throws {
      let database = try await database(2, tool.table)
      #expect(try await database.migrationStatus(of: migrations).map(\.state) == [.applied, .applied, .pending])
      let summary = try await database.migrate(migrations)
      #expect(summary.applied == ["3"])
      #expect(summary.adoptedFrom == tool.name)
      #expect(try await database.toolHistory().map { "\($0)" } == tool.after)
      #expect(try await database.schemaDifferences(from: migrations) == [])
      #expect(try await database.migrate(migrations, to: "2").reverted == ["3"])
      #expect(try await database.toolHistory().map { "\($0)" } == tool.back)
      await database.close()
    }

    /// What the table says is held against the schema, and against the version where one is given.
    @Test(arguments: tools) func aBaselineSaysWhatTheToolHasNoted(tool: Tool) async throws {
      let other = try await database(3, tool.table)
      for version in [nil, "2"] as [String?] {
        let error = await #expect(throws: MigrationError.self) {
          _ = try await other.baseline(migrations, at: version)
        }
        guard case .mismatch(differences: ["unexpected: table t3"])? = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
      let error = await #expect(throws: MigrationError.self) { _ = try await other.baseline(migrations, at: "3") }
      guard case .otherHistory(let history)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect("\(history)" == tool.found)
      #expect(try await !other.holds("SELECT FROM pg_class WHERE relname = 'sqlc_schema_migrations'"))
      await other.close()

      let database = try await database(2, tool.table)
      let summary = try await database.baseline(migrations)
      #expect(summary.recorded == ["1", "2"] && summary.found.map { "\($0)" } == tool.found)
      #expect(try await database.migrate(migrations).applied == ["3"])
      #expect(try await database.toolHistory().map { "\($0)" } == tool.after)
      await database.close()
    }

    /// Tables of numbers have no place for them.
    @Test(arguments: tools) func aRepeatableMigrationIsNotWrittenAsANumber(tool: Tool) async throws {
      let database = try await database(2, tool.table)
      func view(_ text: String) -> Migration {
        Migration(
          version: "4", name: "R__view", up: ["CREATE OR REPLACE VIEW v AS SELECT \(text) AS c"], isRepeatable: true)
      }
      #expect(try await database.migrate(migrations + [view("1")]).applied == ["3", "4"])
      #expect(try await database.migrate(migrations + [view("2")]).applied == ["4"])
      if ["goose", "golang-migrate", "tern"].contains(tool.name) {
        #expect(try await database.toolHistory().map { "\($0)" } == tool.after)
      }
      await database.close()
    }

    /// golang-migrate marks what stopped inside. The mark goes when the schema is that of a version.
    @Test(arguments: [2, 3]) func aDirtyVersionIsComparedAndCleared(count: Int) async throws {
      let database = try await database(
        count,
        "CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO schema_migrations VALUES (3, true)"
      )
      let error = await #expect(throws: MigrationError.self) { _ = try await database.baseline(migrations) }
      guard case .dirty(tool: "golang-migrate", version: "3")? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      await #expect(throws: MigrationError.self) {
        _ = try await database.baseline(migrations, at: count == 2 ? "3" : "2")
      }
      #expect(try await database.toolHistory()?.dirty == "3")
      #expect(try await database.baseline(migrations, at: "\(count)").recorded.count == count)
      #expect(try await database.toolHistory()?.applied == ["\(count)"])
      #expect(try await database.migrate(migrations).applied.count == 3 - count)
      await database.close()
    }

    @Test func withoutATableTheVersionHasToBeSaid() async throws {
      let database = try await database(1, "")
      let error = await #expect(throws: MigrationError.self) { _ = try await database.baseline(migrations) }
      guard case .noToolHistory? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.baseline(migrations, at: "1").found == nil)
      await database.close()
    }

    @Test func aDirtyTableIsNotTakenOver() async throws {
      let (database, _) = try await freshDatabase()
      try await database.execute(
        "CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO schema_migrations VALUES (2, true)"
      )
      let error = await #expect(throws: MigrationError.self) { try await database.migrate(migrations) }
      guard case .dirty(tool: "golang-migrate", version: "2")? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await !database.holds("SELECT FROM pg_class WHERE relname = 'sqlc_schema_migrations'"))
      await database.close()
    }

    @Test func baselineOfTheSameSchemaOnly() async throws {
      let (database, _) = try await freshDatabase()
      try await database.execute("CREATE TABLE t1 (id int)")
      let existing = await #expect(throws: MigrationError.self) { try await database.migrate(migrations) }
      guard case .existingTables("1", _, _, _)? = existing else {
        Issue.record("\(String(describing: existing))")
        return
      }
      let error = await #expect(throws: MigrationError.self) { try await database.baseline(migrations, at: "2") }
      guard case .mismatch(differences: ["missing: table t2"])? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try await database.baseline(migrations, at: "1")
      await #expect(throws: MigrationError.self) { try await database.baseline(migrations, at: "1") }
      #expect(try await database.migrate(migrations).applied == ["2", "3"])
      await database.close()
    }
  }

  @Suite("Snapshots in place of the migrations that they hold")
  struct MigrationSnapshotTests {
    private static let steps = (1...4).map {
      Migration(version: "\($0)", name: "0\($0)_t", up: ["CREATE TABLE t\($0) (id int)"], down: ["DROP TABLE t\($0)"])
    }
    private static let short = [
      Migration(
        version: "3", name: "03_snapshot", up: (1...3).map { "CREATE TABLE t\($0) (id int)" },
        down: (1...3).map { "DROP TABLE t\($0)" },
        squashed: steps[..<3].map { SquashedMigration(version: $0.version, name: $0.name, checksum: $0.checksum) }),
      steps[3],
    ]

    /// Beside the table of dbmate, which says no more than versions, too.
    @Test(arguments: [0, 3, 4], ["", "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)"])
    func whoHasAllOfThemOrNoneGoesOn(count: Int, table: String) async throws {
      let (database, _) = try await freshDatabase()
      if !table.isEmpty { try await database.execute(table) }
      _ = try await database.migrate(Array(Self.steps[..<count]))
      let pending = count == 0 ? ["3", "4"] : count == 3 ? ["4"] : []
      #expect(
        try await database.migrationStatus(of: Self.short).filter { $0.state == .pending }.map(\.version) == pending)
      #expect(try await database.migrate(Self.short).applied == pending)
      #expect(try await database.schemaDifferences(from: Self.steps) == [])
      #expect(try await database.migrate(Self.short, to: .empty).reverted == ["4", "3"])
      #expect(try await database.schemaDifferences(from: []) == [])
      if !table.isEmpty { #expect(try await database.toolHistory()?.applied == []) }
      await database.close()
    }

    @Test(arguments: [1, 2]) func whoHasSomeOfThemIsRefused(count: Int) async throws {
      let (database, _) = try await freshDatabase()
      _ = try await database.migrate(Array(Self.steps[..<count]))
      let error = await #expect(throws: MigrationError.self) { _ = try await database.migrate(Self.short) }
      guard case .beforeSnapshot("3", _, let applied, let missing)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(applied + missing == ["1", "2", "3"] && applied.count == count)
      #expect(
        try await database.migrationStatus(of: Self.short).map(\.state)
          == [.beforeSnapshot(missing: missing), .pending])
      let target = await #expect(throws: MigrationError.self) { try await database.migrate(Self.short, to: "2") }
      guard case .squashedVersion("2", into: "3")? = target else {
        Issue.record("\(String(describing: target))")
        return
      }
      // As the advice says.
      _ = try await database.migrate(Self.steps, to: "3")
      #expect(try await database.migrate(Self.short).applied == ["4"])
      await database.close()
    }
  }

  @Suite("Schemas compared")
  struct SchemaDifferenceTests {
    private static let schema = [
      "CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
      "CREATE TYPE address AS (street text, number int)", "CREATE SEQUENCE numbers",
      "CREATE TABLE users (id bigint PRIMARY KEY, mail email NOT NULL, mood mood DEFAULT 'ok', name varchar(20))",
      "CREATE TABLE posts (id bigint PRIMARY KEY, author bigint CONSTRAINT author REFERENCES users DEFERRABLE, home address)",
      "CREATE INDEX posts_author ON posts (author)", "CREATE VIEW names AS SELECT id, name FROM users",
      "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
      "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
      "CREATE TABLE events (at timestamptz, n int) PARTITION BY RANGE (at)",
    ]
    private static let migrations = [Migration(version: "1", name: "1", up: schema)]

    /// Each change is named, and nothing else is.
    @Test(
      arguments: [
        (
          "ALTER TABLE users DROP COLUMN name CASCADE",
          ["missing: table users: column name character varying(20)", "missing: view names"]
        ),
        (
          "DROP VIEW names; ALTER TABLE users ALTER name TYPE text; CREATE VIEW names AS SELECT id, name FROM users",
          ["missing: table users: column name character varying(20)", "unexpected: table users: column name text"]
        ),
        (
          "ALTER TABLE users ALTER mail DROP NOT NULL",
          [
            "missing: table users: column mail public.email NOT NULL",
            "unexpected: table users: column mail public.email",
          ]
        ),
        (
          "ALTER TABLE users ALTER mood DROP DEFAULT",
          [
            "missing: table users: column mood public.mood DEFAULT 'ok'::public.mood",
            "unexpected: table users: column mood public.mood",
          ]
        ),
        (
          "ALTER TABLE posts ALTER CONSTRAINT author DEFERRABLE INITIALLY DEFERRED",
          [
            "missing: table posts: constraint author FOREIGN KEY (author) REFERENCES public.users(id) DEFERRABLE",
            "unexpected: table posts: constraint author FOREIGN KEY (author) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED",
          ]
        ),
        ("DROP INDEX posts_author", ["missing: index posts_author"]),
        ("CREATE TABLE more (id int)", ["unexpected: table more"]),
        (
          "ALTER TYPE mood ADD VALUE 'good'",
          ["missing: enum mood: 'sad', 'ok'", "unexpected: enum mood: 'sad', 'ok', 'good'"]
        ),
        (
          "ALTER DOMAIN email SET NOT NULL", ["missing: domain email: text", "unexpected: domain email: text NOT NULL"]
        ),
        (
          "ALTER TYPE address ADD ATTRIBUTE city text",
          ["unexpected: composite type address: attribute city text in place 3"]
        ),
        ("DROP TRIGGER touched ON users", ["missing: trigger users.touched"]),
        ("ALTER TABLE users DISABLE TRIGGER touched", nil),
        ("CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2'", nil),
        ("ALTER SEQUENCE numbers INCREMENT 5", nil),
        ("ALTER TABLE users ENABLE ROW LEVEL SECURITY", ["unexpected: table users: ROW LEVEL SECURITY"]),
        ("CREATE SCHEMA other", ["unexpected: schema other"]),
        ("CREATE TABLE events_1 PARTITION OF events DEFAULT", ["unexpected: table events_1"]),
        ("COMMENT ON TABLE users IS 'ours'; GRANT SELECT ON users TO public", []),
      ] as [(String, [String]?)]) func eachDifferenceIsNamed(change: String, expected: [String]?) async throws
    {
      let (database, _) = try await freshDatabase()
      try await database.migrate(Self.migrations)
      try await database.execute(change)
      let found = try await database.schemaDifferences(from: Self.migrations)
      if let expected {
        #expect(found == expected)
      } else {
        // The old definition and the new one.
        #expect(found.count == 2 && found[0].hasPrefix("missing: ") && found[1].hasPrefix("unexpected: "), "\(found)")
      }
      await database.close()
    }

    @Test func whatIsThereBesides() async throws {
      let (database, _) = try await freshDatabase()
      try await database.migrate(Self.migrations)
      try await database.execute(
        "CREATE TABLE more (id int); CREATE INDEX more_id ON more (id); ALTER TABLE users ADD extra int")
      #expect(
        try await database.schemaDifferences(from: Self.migrations, additions: .objects)
          == ["unexpected: table users: column extra integer"])
      await database.close()
    }

    /// No scratch database is left, whatever comes of it.
    @Test func nothingIsLeft() async throws {
      let (database, _) = try await freshDatabase()
      let bad = [Migration(version: "1", name: "1", up: ["SELECT nothing"])]
      await #expect(throws: MigrationError.self) { try await database.schemaDifferences(from: bad) }
      _ = try await database.schemaDifferences(from: Self.migrations)
      #expect(try await !database.holds("SELECT FROM pg_database WHERE datname LIKE 'sqlc\\_scratch%'"))
      await database.close()
    }

    /// A role without the right says what to do.
    @Test func withoutTheRightToCreateDatabases() async throws {
      let (database, options) = try await freshDatabase()
      let role = unique("plain")
      let administrator = try await Server.open(user: "sqlc_superuser")
      try await administrator.execute("CREATE ROLE \(role) LOGIN")
      var plain = options
      plain["user"] = role
      let other = try await Database.open(plain)
      let error = await #expect(throws: MigrationError.self) {
        try await other.schemaDifferences(from: Self.migrations)
      }
      #expect("\(String(describing: error))".contains("CREATEDB"))
      #expect(try await other.schemaDifferences(from: [], scratch: options) == [])
      await other.close()
      try await administrator.execute("DROP ROLE \(role)")
      await administrator.close()
      await database.close()
    }
  }
}
