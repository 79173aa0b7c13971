// `seed`: a file that an application can open, with rows that the schema admits.

import Foundation
import SQLCRuntime
import Testing

@Suite struct SeedTests {
  private func withProject(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-seed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "schema"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      "sqlc-swift.yaml": """
      version: "2"
      sql: [{ engine: sqlite, schema: schema, queries: q.sql, gen: { swift: { out: A } } }]
      """,
      "q.sql": "-- name: Find :many\nSELECT id FROM teams WHERE name = 'the one';\n",
      "schema/001_teams.sql": """
      -- +goose Up
      CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 9));
      -- +goose Down
      DROP TABLE teams;
      """,
      "schema/002_members.sql": """
      -- +goose Up
      CREATE TABLE members (
        team_id INTEGER NOT NULL REFERENCES teams (id), email TEXT NOT NULL UNIQUE, PRIMARY KEY (team_id, email)
      ) WITHOUT ROWID;
      CREATE TABLE single (id INTEGER PRIMARY KEY CHECK (id = 1));
      -- +goose Down
      DROP TABLE single;
      DROP TABLE members;
      """,
    ]
    for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
    try await body(folder)
  }

  /// Counts by a CHECK, since plain SQL gives no rows.
  private func expect(_ condition: String, in file: URL) async throws {
    let database = try await Database.open(file.path)
    try await database.execute("CREATE TEMP TABLE truth (is_so INTEGER NOT NULL CHECK (is_so))")
    try await database.execute("INSERT INTO temp.truth SELECT \(condition)")
    await database.close()
  }

  @Test func theSchemaItsRecordsAndRows() async throws {
    try await withProject { folder in
      let made = try run(["seed", "a.db", "--rows", "40"], in: folder)
      #expect(made.exit == 0, "\(made.error)")
      #expect(made.output == "wrote a.db: 81 rows in 3 tables, seed 1\n")
      #expect(made.error.hasPrefix("sqlc-swift: warning: 'single' got 1 row"))
      let file = folder.appending(path: "a.db")
      try await expect("(SELECT count(*) FROM teams) = 40 AND (SELECT count(*) FROM members) = 40", in: file)
      try await expect("NOT EXISTS (SELECT 1 FROM pragma_foreign_key_check)", in: file)
      try await expect("EXISTS (SELECT 1 FROM teams WHERE name = 'the one')", in: file)
      let status = try run(["migrate", "up", "--database", "a.db"], in: folder)
      #expect(status.exit == 0 && status.output.contains("nothing to do"), "\(status.output)\(status.error)")
      let verified = try run(["schema", "verify", "--database", "a.db"], in: folder)
      #expect(verified.exit == 0, "\(verified.output)\(verified.error)")
    }
  }

  @Test func theSameSeedGivesTheSameRows() async throws {
    try await withProject { folder in
      for arguments in [["a.db"], ["b.db"], ["c.db", "--seed", "2"]] {
        #expect(try run(["seed"] + arguments, in: folder).exit == 0)
      }
      let rows = try ["a.db", "b.db", "c.db"].map { name in
        try run(["schema", "dump", "--database", name], in: folder).output + Self.rows(folder.appending(path: name))
      }
      #expect(rows[0] == rows[1])
      #expect(rows[0] != rows[2])
    }
  }

  /// The pages that hold texts: the bytes of a file differ by the moments at which migrations were recorded.
  private static func rows(_ file: URL) throws -> String {
    let bytes = try Data(contentsOf: file)
    return String(decoding: bytes.filter { (0x61...0x7A).contains($0) || (0x40...0x5A).contains($0) }, as: UTF8.self)
  }

  @Test func whatIsThereStays() async throws {
    try await withProject { folder in
      let file = folder.appending(path: "a.db")
      try Data("mine".utf8).write(to: file)
      let refused = try run(["seed", "a.db"], in: folder)
      #expect(refused.exit == 2)
      #expect(refused.error == "sqlc-swift: error: 'a.db' exists, and is left as it is\n")
      #expect(try Data(contentsOf: file) == Data("mine".utf8))
      #expect(try run(["seed", "nowhere/a.db"], in: folder).exit == 2)
      #expect(try run(["seed", "b.db", "--rows", "-1"], in: folder).exit == 64)
      #expect(try run(["seed", "b.db", "--block", "2"], in: folder).error.contains("no block 2"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "b.db").path))
    }
  }
}
