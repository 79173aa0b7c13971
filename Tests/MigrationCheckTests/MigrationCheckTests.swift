// Folders of migrations, and what trying them must show.

import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCMigrationCheck
import SQLCMigrations
import SQLCModel
import SQLCQueryFile
import SQLCTrialSQLite
import Testing

private func check(_ files: [String]) throws -> [String] {
  let sources = files.enumerated().map { SourceFile(path: "m/\($0.offset + 1)_step.sql", text: $0.element) }
  let scripts = migrationScripts(of: migrationFiles(of: sources, rules: .sqlite).value, engine: SQLiteEngine())
  let diagnostics = judged(try checkMigrations(scripts.value, on: SQLiteTrialEngine()), in: sources)
  return diagnostics.map { "\($0.primary.source.path.dropFirst(2).prefix(1)) \($0.id.name)" }
}

/// As a command has them, by the comments in the files.
private func judged(_ diagnostics: [Diagnostic], in sources: [SourceFile]) -> [Diagnostic] {
  RuleJudge(RuleRegistry([MigrateRule.self]), settings: []).judge(
    diagnostics, in: sources.map { ($0, .sqlite) }
  ) { _ in true }
}

private let table =
  "-- +goose Up\nCREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n-- +goose Down\nDROP TABLE t;\n"

/// The table again, as the last step of a rebuild, and then `more`.
private func rebuild(_ more: String) -> String {
  "-- +goose Up\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\n"
    + "ALTER TABLE n RENAME TO t;\n\(more)\n"
}

@Suite struct MigrationCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String]
    var found: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "sound", files: [table], found: []),
    Case(name: "no down migration", files: ["-- +goose Up\nCREATE TABLE t (a);\n"], found: ["1 missing-down"]),
    Case(
      name: "way back forgets an index",
      files: [
        table,
        "-- +goose Up\nALTER TABLE t ADD b INT;\nCREATE INDEX i ON t (a);\n-- +goose Down\nDROP INDEX i;\n",
      ], found: ["2 incomplete-down", "2 failing-again"]),
    Case(
      name: "way back that fails", files: ["-- +goose Up\nCREATE TABLE t (a);\n-- +goose Down\nDROP TABLE u;\n"],
      found: ["1 failing-down"]),
    Case(
      name: "NOT NULL without a default on a filled table",
      files: [table, "-- +goose Up\nALTER TABLE t ADD b INT NOT NULL;\n-- +goose Down\nALTER TABLE t DROP b;\n"],
      found: ["2 failing-up"]),
    Case(
      name: "default that is computed",
      files: [
        table,
        "-- +goose Up\nALTER TABLE t ADD b DATETIME DEFAULT CURRENT_TIMESTAMP;\n-- +goose Down\nALTER TABLE t DROP b;\n",
      ], found: ["2 failing-up"]),
    Case(
      name: "a rebuild that loses an index and a trigger",
      files: [
        "-- +goose Up\nCREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\nCREATE INDEX i ON t (a);\n"
          + "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;\n-- +goose Down\nDROP TABLE t;\n",
        "-- +goose Up\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\n"
          + "ALTER TABLE n RENAME TO t;\n",
      ], found: ["2 lost-object", "2 lost-object", "2 missing-down"]),
    Case(
      name: "a rebuild that keeps everything",
      files: [
        table,
        "-- +goose Up\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\n"
          + "ALTER TABLE n RENAME TO t;\n-- +goose Down\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: []),
    Case(
      name: "what destroys",
      files: [
        table,
        "-- +goose Up\nDROP TABLE t;\n-- +goose Down\nCREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n",
      ],
      found: ["2 dropped-table"]),
    Case(
      name: "what destroys on purpose",
      files: [
        table,
        "-- sqlc:ignore dropped-column: meant\n-- +goose Up\nALTER TABLE t DROP a;\n-- +goose Down\nALTER TABLE t ADD a TEXT NOT NULL DEFAULT '';\n",
      ], found: ["2 incomplete-down"]),
    Case(
      name: "what breaks callers",
      files: [table, "-- +goose Up\nALTER TABLE t RENAME a TO b;\n-- +goose Down\nALTER TABLE t RENAME b TO a;\n"],
      found: ["2 renamed"]),
    Case(
      name: "unique on data",
      files: [table, "-- +goose Up\nCREATE UNIQUE INDEX i ON t (a);\n-- +goose Down\nDROP INDEX i;\n"],
      found: ["2 unique-on-data"]),
    Case(
      name: "pragma in a transaction",
      files: [table, "-- +goose Up\nPRAGMA foreign_keys = OFF;\n-- +goose Down\nSELECT 1;\n"],
      found: ["2 ineffective-pragma"]),
    Case(
      name: "rows that are deleted",
      files: [table, "-- +goose Up\nDELETE FROM t;\n-- +goose Down\nSELECT 1;\n"], found: ["2 lost-rows"]),
    Case(
      name: "rows without their parents",
      files: [
        table + "",
        "-- +goose Up\nCREATE TABLE c (t_id INT NOT NULL REFERENCES t (id));\n-- +goose Down\nDROP TABLE c;\n",
        "-- +goose Up\nDELETE FROM t;\n-- +goose Down\nSELECT 1;\n",
      ], found: ["3 broken-references", "3 lost-rows"]),
    // A way back without a statement is none.
    Case(
      name: "empty way back", files: ["-- +goose Up\nCREATE TABLE t (a);\n-- +goose Down\n-- nothing\n"],
      found: ["1 missing-down"]),
    Case(
      name: "empty way back on purpose",
      files: ["-- sqlc:ignore missing-down: meant\n-- +goose Up\nCREATE TABLE t (a);\n-- +goose Down\n"], found: []),
    // A parent's key is the same named or not.
    Case(
      name: "REFERENCES with and without columns",
      files: [
        "-- +goose Up\nCREATE TABLE files (id INTEGER PRIMARY KEY);\nCREATE TABLE c (f REFERENCES files);\n-- +goose Down\nDROP TABLE c;\nDROP TABLE files;\n",
        "-- +goose Up\nCREATE TABLE n (f REFERENCES files (id), g);\nINSERT INTO n (f) SELECT f FROM c;\nDROP TABLE c;\nALTER TABLE n RENAME TO c;\n"
          + "-- +goose Down\nCREATE TABLE n (f REFERENCES \"Files\" (\"ID\"));\nINSERT INTO n SELECT f FROM c;\nDROP TABLE c;\nALTER TABLE n RENAME TO c;\n",
      ], found: []),
    Case(
      name: "an index that comes back under another name",
      files: [
        table.replacing("TEXT NOT NULL);", with: "TEXT NOT NULL);\nCREATE INDEX \"by a\" ON t (a);"),
        rebuild("CREATE INDEX t_a ON t (a);") + "-- +goose Down\nDROP INDEX t_a;\nCREATE INDEX \"by a\" ON t (a);\n",
      ], found: []),
    Case(
      name: "a unique index that becomes a constraint",
      files: [
        table.replacing("TEXT NOT NULL);", with: "TEXT NOT NULL);\nCREATE UNIQUE INDEX u ON t (a);"),
        "-- sqlc:ignore missing-down: meant\n-- +goose Up\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE);\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: []),
    Case(
      name: "names with blanks and quotes",
      files: [
        "-- +goose Up\nCREATE TABLE \"my \"\"table\" (id INTEGER PRIMARY KEY, \"the name\" TEXT);\n"
          + "CREATE INDEX \"by b\" ON \"my \"\"table\" (\"the name\");\n-- +goose Down\nDROP TABLE \"my \"\"table\";\n",
        "-- +goose Up\nDROP INDEX \"by b\";\n-- +goose Down\nCREATE INDEX [by b] ON [my \"table] (`the name`);\n",
      ], found: []),
    // Generated rows make room for what migrations write.
    Case(
      name: "keys that migrations write",
      files: [
        "-- +goose Up\nCREATE TABLE applied (version INTEGER PRIMARY KEY);\nINSERT INTO applied VALUES (1);\n-- +goose Down\nDROP TABLE applied;\n",
        "-- +goose Up\nCREATE TABLE kind (k TEXT PRIMARY KEY CHECK (k IN ('a', 'b'))) WITHOUT ROWID;\nINSERT INTO applied (version) VALUES (2);\n"
          + "-- +goose Down\nDROP TABLE kind;\nDELETE FROM applied WHERE version = 2;\n",
        "-- +goose Up\nINSERT INTO kind VALUES ('a'), ('b');\nINSERT INTO applied (version) VALUES (3);\n"
          + "-- +goose Down\nDELETE FROM kind;\nDELETE FROM applied WHERE version = 3;\nINSERT INTO applied (version) VALUES (7);\n",
      ], found: []),
    Case(
      name: "unique by a rebuild",
      files: [
        table,
        "-- sqlc:ignore missing-down: meant\n-- +goose Up\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE);\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 unique-on-data"]),
    Case(
      name: "unique on a column of two values, ignored",
      files: [
        table.replacing("a TEXT NOT NULL", with: "a TEXT NOT NULL CHECK (a IN ('x', 'y'))"),
        "-- sqlc:ignore unique-on-data because it is meant\n-- +goose Up\nCREATE UNIQUE INDEX i ON t (a);\n-- +goose Down\nDROP INDEX i;\n",
      ], found: []),
    Case(
      name: "unique where something stricter was",
      files: [
        table.replacing("a TEXT NOT NULL", with: "a TEXT NOT NULL UNIQUE, b"),
        "-- +goose Up\nCREATE UNIQUE INDEX i ON t (a, b);\n-- +goose Down\nDROP INDEX i;\n",
      ], found: []),
    Case(
      name: "sqlc:ignore in prose and in a string",
      files: [
        table,
        "-- about sqlc:ignore renamed\n-- sqlc:ignore renamed-things: no rule\n-- +goose Up\nALTER TABLE t RENAME a TO b;\n"
          + "INSERT INTO t VALUES (100, '-- sqlc:ignore renamed');\n-- +goose Down\nDELETE FROM t WHERE id = 100;\nALTER TABLE t RENAME b TO a;\n",
      ], found: ["2 renamed", "2 unknown-rule"]),
    // SQLite's own recipe (lang_altertable.html#otheralter).
    Case(
      name: "the documented rebuild",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\nCREATE TABLE c (t INT REFERENCES t);\n",
        "PRAGMA foreign_keys = OFF;\nBEGIN;\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);\nINSERT INTO n SELECT * FROM t;\n"
          + "DROP TABLE t;\nALTER TABLE n RENAME TO t;\nPRAGMA foreign_key_check;\nCOMMIT;\nPRAGMA foreign_keys = ON;\n",
      ], found: []),
    Case(
      name: "a transaction that does not end",
      files: ["CREATE TABLE t (a);\n", "BEGIN;\nALTER TABLE t ADD b;\n"], found: ["2 failing-up"]),
    Case(
      name: "a COMMIT without a BEGIN", files: ["CREATE TABLE t (a);\nCOMMIT;\n"], found: ["1 failing-up"]),
    Case(
      name: "VACUUM where the tool has a transaction",
      files: [table, "-- +goose Up\nVACUUM;\n-- +goose Down\nSELECT 1;\n"], found: ["2 failing-up"]),
    Case(
      name: "VACUUM among others",
      files: ["CREATE TABLE t (a);\n", "ALTER TABLE t ADD b;\nVACUUM;\nALTER TABLE t ADD c;\n"],
      found: ["2 several-transactions"]),
    Case(
      name: "another type, by a rebuild",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 changed-type"]),
    Case(
      name: "another type of a table and a column that were renamed",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);\n",
        "ALTER TABLE t RENAME COLUMN a TO b;\nALTER TABLE t RENAME TO u;\nCREATE TABLE n (id INTEGER PRIMARY KEY, b TEXT);\n"
          + "INSERT INTO n SELECT * FROM u;\nDROP TABLE u;\nALTER TABLE n RENAME TO u;\n",
      ], found: ["2 renamed", "2 changed-type"]),
    Case(
      name: "NOT NULL, and nothing for NULL",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 not-null-on-data"]),
    Case(
      name: "NOT NULL, and something for NULL",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);\n",
        "UPDATE t SET b = '' WHERE b IS NULL;\nCREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL);\n"
          + "INSERT INTO n SELECT id, coalesce(a, ''), b FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: []),
    Case(
      name: "a foreign key is gone",
      files: [
        "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a INTEGER REFERENCES p, b INTEGER REFERENCES p);\n",
        "CREATE TABLE n (a INTEGER, b INTEGER REFERENCES p);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 dropped-foreign-key"]),
    Case(
      name: "a foreign key whose names are others now",
      files: [
        "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a INTEGER REFERENCES p);\n",
        "-- sqlc:ignore renamed: meant\nALTER TABLE p RENAME TO q;\nALTER TABLE t RENAME COLUMN a TO c;\n",
      ], found: []),
    Case(
      name: "a string in double quotes",
      files: [table, "-- +goose Up\nUPDATE t SET a = \"zz\";\n-- +goose Down\nSELECT 1;\n"], found: ["2 failing-up"]),
    Case(
      name: "a name in double quotes",
      files: [table, "-- +goose Up\nUPDATE t SET \"a\" = \"id\";\n-- +goose Down\nSELECT 1;\n"], found: []),
    Case(
      name: "a rule that some rows break",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER CHECK (a IN (1, 2)));\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a INTEGER CHECK (a IN (1, 2)), CHECK (a <> 1));\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 refused-rows"]),
    Case(
      name: "a rule that all rows break",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL CHECK (a IN (1, 2)));\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a INTEGER, CHECK (a > 2));\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 failing-up"]),
    Case(
      name: "a rule that all generated rows break, and NULL does not",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT CHECK (a IS NULL OR json_valid(a) AND a > '{'));\n"
          + "INSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 refused-rows"]),
    Case(
      name: "a view that becomes a table",
      files: [
        "CREATE TABLE b (x);\nCREATE VIEW a AS SELECT x FROM b;\nCREATE TRIGGER r INSTEAD OF INSERT ON a BEGIN SELECT 1; END;\n",
        "DROP VIEW a;\nCREATE TABLE a (x);\n",
      ], found: []),
    Case(
      name: "a foreign key over a column that is there",
      files: [
        "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a INTEGER);\n",
        "CREATE TABLE n (a INTEGER REFERENCES p);\nINSERT INTO n SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 refused-rows"]),
    Case(
      name: "a rebuild that passes over rows",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE);\nINSERT OR IGNORE INTO n SELECT * FROM t;\n"
          + "DROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 lost-rows", "2 lost-rows", "2 lost-rows"]),
    Case(
      name: "rows that are passed over elsewhere",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\nCREATE TABLE u (a TEXT UNIQUE);\n",
        "INSERT OR IGNORE INTO u SELECT a FROM t;\nINSERT OR IGNORE INTO u VALUES ('x');\n",
      ], found: []),
    Case(
      name: "a definition that deletes equal rows",
      files: [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT UNIQUE ON CONFLICT REPLACE);\nINSERT INTO n SELECT * FROM t;\n"
          + "DROP TABLE t;\nALTER TABLE n RENAME TO t;\n",
      ], found: ["2 lost-rows"]),
    Case(
      name: "forward only, on rows", files: ["CREATE TABLE t (a INT);\n", "ALTER TABLE t ADD b BLOB NOT NULL;\n"],
      found: ["2 failing-up"]),
  ])
  func shows(_ test: Case) throws { #expect(try check(test.files) == test.found) }

  /// golang-migrate keeps the way back in a file of its own.
  @Test func golangMigrate() throws {
    let up = SourceFile(path: "m/000001_t.up.sql", text: "CREATE TABLE t (a);")
    let down = SourceFile(path: "m/000001_t.down.sql", text: "DROP TABLE t;")
    let files = migrationFiles(of: [up], downs: [down], rules: .sqlite).value
    #expect(files.map(\.version) == ["1"] && files.map(\.name) == ["000001_t"])
    #expect(
      try checkMigrations(migrationScripts(of: files, engine: SQLiteEngine()).value, on: SQLiteTrialEngine()).isEmpty)
    let alone = try checkMigrations(
      migrationScripts(of: migrationFiles(of: [up], rules: .sqlite).value, engine: SQLiteEngine()).value,
      on: SQLiteTrialEngine())
    #expect(alone.map(\.id.name) == ["missing-down"])
  }

  /// What is lost is said where it is lost.
  @Test func lostObjectsAreAtTheDrop() throws {
    let sources = [
      SourceFile(path: "m/1_a.sql", text: "CREATE TABLE t (a);\nCREATE INDEX i ON t (a);\n"),
      SourceFile(
        path: "m/2_b.sql", text: "CREATE TABLE n (a, b);\nDROP TABLE t;\nALTER TABLE n RENAME TO t;\n"),
    ]
    let found = try checkMigrations(
      migrationScripts(of: migrationFiles(of: sources, rules: .sqlite).value, engine: SQLiteEngine()).value,
      on: SQLiteTrialEngine())
    let lost = try #require(found.first { $0.id.name == "lost-object" })
    #expect(sources[1].slice(lost.primary.source.range) == "DROP TABLE t")
  }

  /// An index is missed by the queries that find their rows by it.
  @Test(arguments: [
    ("SELECT b FROM t WHERE a = ?", "DROP INDEX i", true),
    ("SELECT b FROM t WHERE a > ? ORDER BY a", "DROP INDEX i", true),
    ("DELETE FROM t WHERE a = ?", "DROP INDEX i", true),
    // Ordered by it, in a join, in a subquery.
    ("SELECT b FROM t ORDER BY a LIMIT 1", "DROP INDEX i", true),
    ("SELECT b FROM t WHERE id IN (SELECT id FROM t WHERE a = 'x')", "DROP INDEX i", true),
    // Not used; all rows are counted by whichever is smallest; something takes its place; of another schema.
    ("SELECT b FROM t WHERE b = ?", "DROP INDEX i", false), ("SELECT count(*) FROM t", "DROP INDEX i", false),
    ("SELECT b FROM t WHERE a = ?", "DROP INDEX i;\nCREATE INDEX j ON t (a, b)", false),
    ("SELECT c FROM t WHERE a = ?", "DROP INDEX i", false),
  ])
  func indexesThatQueriesNeed(sql: String, migration: String, isMissed: Bool) throws {
    let sources = [
      SourceFile(
        path: "m/1_a.sql", text: "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);\nCREATE INDEX i ON t (a);\n"),
      SourceFile(path: "m/2_b.sql", text: "\(migration);\n"),
    ]
    let place = SourceRange(path: "q.sql", range: ByteRange(at: 0))
    let pieces = sql.split(separator: "?", omittingEmptySubsequences: false).map { SQLSegment.text(String($0)) }
    let query = QueryModel(
      name: "Q", command: .many, rowCount: .many, rowCountReason: "", documentation: [],
      sql: Array(pieces.map { [$0] }.joined(separator: [.parameter(1)])), isReadOnly: true, reads: [], writes: [],
      parameters: [], results: [], source: place, statement: place)
    let found = try checkMigrations(
      migrationScripts(of: migrationFiles(of: sources, rules: .sqlite).value, engine: SQLiteEngine()).value,
      queries: [query], on: SQLiteTrialEngine())
    #expect(found.map(\.id.name) == (isMissed ? ["dropped-index"] : []))
    if isMissed {
      #expect(found.first?.message == "without 'i' all rows of 't' are read by 'Q'")
      #expect(found.first.map { sources[1].slice($0.primary.source.range) } == "DROP INDEX i")
    }
  }

  /// A statement is cut where the parser ends it.
  @Test func statementsAreTheParsers() {
    let text =
      "-- migrate:up transaction:false\nCREATE TABLE t (a DEFAULT ';');\nCREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;\n"
      + "-- migrate:down\nDROP TABLE t;"
    let scripts = migrationScripts(
      of: migrationFiles(of: [SourceFile(path: "m/20240101_t.sql", text: text)], rules: .sqlite).value,
      engine: SQLiteEngine())
    #expect(scripts.value.first?.up.count == 2)
    #expect(scripts.value.first?.down?.map(\.sql) == ["DROP TABLE t"])
    #expect(scripts.value.first?.isInTransaction == false)
  }
}
