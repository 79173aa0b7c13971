// `transfer`: there and back, killed and run again, and rows that cannot go over.

import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCRuntime
import Testing

@Suite(.serialized) struct TransferTests {
  private static let isInstalled = PostgreSQLProcessTests.isInstalled

  private let tables = ["tags", "people", "notes", "links", "\"odd.measures\"", "left_one", "right_one"]

  private func withProject(
    rows: Int, _ body: (URL, ScratchServer, _ address: () throws -> String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-transfer-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
    let server = try ScratchServer(
      ServerSettings(
        machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)))
    defer { server.stop() }
    try await makeFile(folder.appending(path: "from.db"), rows: rows)
    try await makeFile(folder.appending(path: "back.db"), rows: 0)
    try await body(folder, server) {
      let name = try server.makeDatabase()
      let address = try #require(try server.creatingDatabases()).replacing("dbname=scratch", with: "dbname=\(name)")
      try server.connect(to: name).execute(files["postgresql.sql"] ?? "", deadline: .now + .seconds(30))
      return address
    }
  }

  private let files = [
    "sqlc-swift.yaml": """
    version: "2"
    sql:
      - { engine: sqlite, schema: sqlite.sql, queries: q.sql, gen: { swift: { out: A } } }
      - { engine: postgresql, schema: postgresql.sql, queries: q.sql, gen: { swift: { out: B } } }
    """,
    "q.sql": "-- name: One :many\nSELECT id FROM tags ORDER BY id;\n",
    "sqlite.sql": """
    CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
    CREATE TABLE people (
      id UUID NOT NULL PRIMARY KEY, name TEXT NOT NULL, boss_id UUID REFERENCES people (id), active BOOLEAN NOT NULL,
      born DATE, seen TIMESTAMP, spent DECIMAL NOT NULL, doc JSON NOT NULL, labels JSON NOT NULL, photo BLOB
    );
    CREATE TABLE notes (
      person_id UUID NOT NULL REFERENCES people (id), number INTEGER NOT NULL, text TEXT,
      size INTEGER GENERATED ALWAYS AS (length(text)), PRIMARY KEY (person_id, number)
    ) WITHOUT ROWID;
    CREATE TABLE links (tag_id INTEGER NOT NULL REFERENCES tags (id), person_id UUID NOT NULL REFERENCES people (id));
    CREATE TABLE "odd.measures" (id INTEGER PRIMARY KEY, value DOUBLE PRECISION NOT NULL, big INTEGER NOT NULL);
    CREATE TABLE left_one (id INTEGER PRIMARY KEY, other INTEGER REFERENCES right_one (id));
    CREATE TABLE right_one (id INTEGER PRIMARY KEY, other INTEGER NOT NULL REFERENCES left_one (id));
    CREATE TABLE "alone\u{1B}[2J" (id INTEGER PRIMARY KEY);
    """,
    "postgresql.sql": """
    CREATE TABLE tags (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE people (
      id uuid PRIMARY KEY, name text NOT NULL, boss_id uuid REFERENCES people (id), active boolean NOT NULL, born date,
      seen timestamptz, spent numeric NOT NULL, doc jsonb NOT NULL, labels text[] NOT NULL, photo bytea
    );
    CREATE TABLE notes (
      person_id uuid NOT NULL REFERENCES people (id), number bigint NOT NULL, text text,
      size integer GENERATED ALWAYS AS (length(text)) STORED, PRIMARY KEY (person_id, number)
    );
    CREATE TABLE links (tag_id bigint NOT NULL REFERENCES tags (id), person_id uuid NOT NULL REFERENCES people (id));
    CREATE TABLE "odd.measures" (id bigint PRIMARY KEY, value double precision NOT NULL, big bigint NOT NULL);
    CREATE TABLE left_one (id bigint PRIMARY KEY, other bigint);
    CREATE TABLE right_one (id bigint PRIMARY KEY, other bigint NOT NULL REFERENCES left_one (id));
    ALTER TABLE left_one ADD FOREIGN KEY (other) REFERENCES right_one (id);
    """,
  ]

  private func makeFile(_ file: URL, rows: Int) async throws {
    let database = try await Database.open(file.path)
    for statement in (files["sqlite.sql"] ?? "").components(separatedBy: ";\n") {
      try await database.execute(statement)
    }
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))"
    let identifier = "printf('00000000-0000-4000-8000-%012x', %@)"
    func uuid(_ number: String) -> String { identifier.replacingOccurrences(of: "%@", with: number) }
    if rows > 0 {
      for statement in [
        "\(numbers) INSERT INTO tags SELECT i * 3, 'tag ' || i FROM n",
        "DELETE FROM tags WHERE id = \(rows * 3)",
        """
        \(numbers) INSERT INTO people SELECT \(uuid("i")), CASE i % 5 WHEN 0 THEN 'tab' || char(9) || 'line' || char(10) || '\\' ELSE 'Zoë ' || i END,
          CASE WHEN i % 3 = 0 THEN \(uuid("\(rows) + 1 - i")) END, i % 2, CASE WHEN i % 4 THEN date('2000-01-01', i || ' days') END,
          datetime('2024-01-01', i || ' minutes') || CASE i % 2 WHEN 0 THEN '.250' ELSE '' END, i / 4.0,
          json_object('n', i, 'x', json_array(1, 2.5, NULL, 'ü')), json_array('a"b', 'c,d', '' || i),
          CASE WHEN i % 7 THEN zeroblob(i % 5) END FROM n
        """,
        "\(numbers) INSERT INTO notes SELECT \(uuid("i")), i % 3, CASE WHEN i % 6 THEN 'note ' || i END FROM n",
        "\(numbers) INSERT INTO links SELECT i * 3, \(uuid("i")) FROM n WHERE i < \(rows)",
        "\(numbers) INSERT INTO \"odd.measures\" SELECT i, 1.0 / i, i * 4611686018427 FROM n",
        "\(numbers) INSERT INTO left_one SELECT i, NULL FROM n",
        "\(numbers) INSERT INTO right_one SELECT i, \(rows) + 1 - i FROM n",
        "UPDATE left_one SET other = id",
      ] { try await database.execute(statement) }
    }
    await database.close()
  }

  /// Every row of both files is in the other.
  private func expectEqual(_ one: URL, _ two: URL) async throws {
    var configuration = Configuration()
    configuration.connectionSetup = "ATTACH '\(two.path)' AS other"
    let database = try await Database.open(one.path, configuration: configuration)
    for table in tables {
      for (first, second) in [("main", "other"), ("other", "main")] {
        // The one thing that is written in another way is JSON.
        let columns = table == "people" ? "id, name, boss_id, active, born, seen, spent, json(labels), photo" : "*"
        let query =
          "INSERT INTO temp.found SELECT count(*) FROM (SELECT \(columns) FROM \(first).\(table) EXCEPT SELECT \(columns) FROM \(second).\(table))"
        try await database.execute("CREATE TEMP TABLE IF NOT EXISTS found (n INTEGER NOT NULL CHECK (n = 0))")
        // A row too many is refused by the CHECK.
        try await database.execute(query)
      }
    }
    await database.close()
  }

  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func thereAndBack() async throws {
    try await withProject(rows: 400) { folder, server, makeAddress in
      let address = try makeAddress()
      let there = try run(["transfer", "--from", "from.db", "--to", address, "--batch", "90"], in: folder)
      #expect(there.exit == 0, "\(there.output)\(there.error)")
      #expect(
        there.output == """
          transferred 7 tables, 2798 rows: counts and checksums are equal
          in one schema alone, and left out: table 'alone\u{241B}[2J'

          """)
      // Numbers go on behind the highest that was ever given, which is gone.
      let name = try #require(address.split(separator: "dbname=").last)
      let next = try server.connect(to: String(name)).execute(
        "INSERT INTO tags (name) VALUES ('new') RETURNING id", deadline: .now + .seconds(30))
      #expect(next.rows.first?.first == "1201")
      try server.connect(to: String(name)).execute("DELETE FROM tags WHERE name = 'new'", deadline: .now + .seconds(30))
      // Tables with rows take none.
      let again = try run(["transfer", "--from", "from.db", "--to", address], in: folder)
      #expect(again.exit == 2 && again.error.contains("has rows; a transfer goes into empty tables"))
      let back = try run(["transfer", "--from", address, "--to", "back.db", "--batch", "70"], in: folder)
      #expect(back.exit == 0, "\(back.output)\(back.error)")
      try await expectEqual(folder.appending(path: "from.db"), folder.appending(path: "back.db"))
    }
  }

  /// `SQLC_SWIFT_TRANSFER_KILLS=100` for more.
  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func killedAndGoneOn() async throws {
    let kills = ProcessInfo.processInfo.environment["SQLC_SWIFT_TRANSFER_KILLS"].flatMap { Int($0) } ?? 4
    try await withProject(rows: 400) { folder, _, makeAddress in
      let address = try makeAddress()
      var killed = 0
      for (from, to) in [("from.db", address), (address, "back.db")] {
        var isDone = false
        while !isDone {
          let process = Process()
          process.executableURL = try executable()
          process.arguments = ["transfer", "--from", from, "--to", to, "--batch", "20"]
          process.currentDirectoryURL = folder
          process.standardOutput = FileHandle.nullDevice
          process.standardError = FileHandle.nullDevice
          try process.run()
          if killed < kills {
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...1500)))
            if process.isRunning {
              kill(process.processIdentifier, SIGKILL)
              killed += 1
            }
          }
          process.waitUntilExit()
          isDone = process.terminationReason == .exit
          if isDone { #expect(process.terminationStatus == 0) }
          // The server notices that nobody is there any more.
          try await Task.sleep(for: .milliseconds(100))
        }
      }
      try await expectEqual(folder.appending(path: "from.db"), folder.appending(path: "back.db"))
    }
  }

  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func badRowsKeepAllBack() async throws {
    try await withProject(rows: 40) { folder, server, makeAddress in
      let file = folder.appending(path: "from.db")
      let database = try await Database.open(file.path)
      try await database.execute("UPDATE people SET active = 7 WHERE rowid = 5")
      try await database.execute("UPDATE tags SET name = 'a' || char(0) || 'b' WHERE id = 9")
      await database.close()
      let address = try makeAddress()
      let result = try run(["transfer", "--from", "from.db", "--to", address], in: folder)
      #expect(result.exit == 1)
      #expect(result.output.contains("'active' is 7, which is no BOOLEAN"), "\(result.output)\(result.error)")
      #expect(result.output.contains("tags: id = 9: invalid byte sequence"), "\(result.output)")
      #expect(result.output.contains("nothing was transferred"))
      let name = try #require(address.split(separator: "dbname=").last)
      let left = try server.connect(to: String(name)).execute(
        "SELECT (SELECT count(*) FROM tags) + (SELECT count(*) FROM people), to_regclass('sqlc_transfer')",
        deadline: .now + .seconds(30))
      #expect(left.rows == [["0", nil]])
    }
  }
}
