// Folders of migrations, and what trying them on PostgreSQL must show.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCEnginePostgreSQL
import SQLCMigrationCheck
import SQLCMigrations
import SQLCModel
import SQLCTrialPostgreSQL
import Testing

private func check(_ files: [String], queries: [QueryModel] = []) throws -> [String] {
  let sources = files.enumerated().map { index, text in
    SourceFile(path: "m/\(index + 1)_step.sql", text: text.contains("+goose") ? text : "-- +goose Up\n" + text)
  }
  let place = SourceRange(path: "m", range: ByteRange(at: 0))
  let engine = PostgreSQLEngine(settings: Installed.settings, extensions: [], place: place)
  let scripts = migrationScripts(of: migrationFiles(of: sources, rules: .postgresql).value, engine: engine)
  return try checkMigrations(scripts.value, queries: queries, on: Installed.engine).map {
    "\($0.primary.source.path.dropFirst(2).prefix(1)) \($0.id.name)"
  }.filter { !$0.hasSuffix("missing-down") }
}

private let table = """
  CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a varchar(40), n int, other int);
  CREATE TABLE u (id int PRIMARY KEY);
  """

@Suite("Migrations", .needsPostgreSQL, .serialized) struct MigrationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var up: String
    var found: [String]
    var testDescription: String { name }
  }

  @Test(
    "What the second migration is told",
    arguments: [
      Case(
        name: "a column, a longer text, a table of its own",
        up: """
          ALTER TABLE t ADD COLUMN b int NOT NULL DEFAULT 0;
          ALTER TABLE t ALTER COLUMN a TYPE varchar(80);
          CREATE TABLE v (x int); CREATE INDEX ON v (x); ALTER TABLE v ADD CHECK (x > 0);
          """, found: []),
      Case(name: "an index", up: "CREATE INDEX i ON t (a);", found: ["2 blocking-index"]),
      Case(
        name: "a default for each row", up: "ALTER TABLE t ADD COLUMN x uuid DEFAULT gen_random_uuid();",
        found: ["2 rewritten-table"]),
      Case(
        name: "another type", up: "ALTER TABLE t ALTER COLUMN n TYPE bigint;",
        found: ["2 changed-type", "2 rewritten-table"]),
      Case(
        name: "a stored column", up: "ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (n + 1) STORED;",
        found: ["2 rewritten-table"]),
      Case(name: "a check", up: "ALTER TABLE t ADD CHECK (n IS NULL OR n <> 77);", found: ["2 blocking-constraint"]),
      Case(name: "a check that looks forward", up: "ALTER TABLE t ADD CHECK (n <> 77) NOT VALID;", found: []),
      Case(
        name: "validated in one transaction",
        up: "ALTER TABLE t ADD CONSTRAINT c CHECK (n <> 77) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;",
        found: ["2 held-lock"]),
      Case(
        name: "a foreign key", up: "UPDATE t SET other = NULL; ALTER TABLE t ADD FOREIGN KEY (other) REFERENCES u;",
        found: ["2 refused-rows", "2 blocking-constraint"]),
      Case(
        name: "a key", up: "ALTER TABLE t ADD CONSTRAINT k UNIQUE (n);", found: ["2 unique-on-data", "2 blocking-key"]),
      Case(
        name: "NOT NULL after filling", up: "UPDATE t SET n = 1; ALTER TABLE t ALTER COLUMN n SET NOT NULL;",
        found: ["2 blocking-not-null"]),
      Case(
        name: "filling after changing", up: "ALTER TABLE t ADD COLUMN x int; UPDATE t SET x = n;",
        found: ["2 held-lock"]),
      Case(name: "NOT NULL without a value", up: "ALTER TABLE t ADD COLUMN x int NOT NULL;", found: ["2 failing-up"]),
      Case(
        name: "concurrently within", up: "CREATE INDEX CONCURRENTLY i ON t (a);",
        found: ["2 concurrently-in-transaction"]),
      Case(
        name: "concurrently without",
        up: "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);", found: []),
      Case(
        name: "a key that uses its index",
        up: """
          -- +goose NO TRANSACTION
          -- +goose Up
          DELETE FROM t; CREATE UNIQUE INDEX CONCURRENTLY i ON t (n); ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i;
          """, found: ["2 several-transactions", "2 lost-rows"]),
      Case(
        name: "gone and renamed",
        up: "ALTER TABLE t DROP COLUMN a, DROP COLUMN n; ALTER TABLE t RENAME COLUMN other TO o; DROP TABLE u;",
        found: ["2 dropped-column", "2 dropped-column", "2 renamed", "2 dropped-table"]),
      Case(
        name: "roles are nobody's concern",
        up: "GRANT SELECT ON t TO somebody; CREATE POLICY p ON t TO app_user USING (true);", found: []),
    ]) func lints(_ one: Case) throws
  {
    let found = try check([table, one.up])
    #expect(found == one.found)
  }

  @Test(
    "Indexes that queries find their rows by",
    arguments: [
      ("SELECT n FROM t WHERE a = $1", "DROP INDEX i;", true), ("SELECT n FROM t WHERE n = $1", "DROP INDEX i;", false),
      ("SELECT n FROM t WHERE a = $1", "DROP INDEX i; CREATE INDEX j ON t (a, n);", false),
    ]) func indexes(sql: String, up: String, isMissed: Bool) throws
  {
    let place = SourceRange(path: "q.sql", range: ByteRange(at: 0))
    let text = sql.replacing("$1", with: "")
    let query = QueryModel(
      name: "Q", command: .many, rowCount: .many, rowCountReason: "", documentation: [],
      sql: [.text(text), .parameter(1)], isReadOnly: true, reads: [], writes: [], parameters: [], results: [],
      source: place, statement: place)
    let found = try check([table + "\nCREATE INDEX i ON t (a);", up], queries: [query])
    #expect(found.contains("2 dropped-index") == isMissed, "\(found)")
  }

  @Test("Foreign keys and NOT NULL") func columns() throws {
    let first = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int CONSTRAINT k REFERENCES p, x int);"
    #expect(try check([first, "ALTER TABLE c DROP CONSTRAINT k;"]) == ["2 dropped-foreign-key"])
    #expect(
      try check([first, "ALTER TABLE c ALTER COLUMN x SET NOT NULL;"]).sorted() == [
        "2 blocking-not-null", "2 not-null-on-data",
      ])
  }

  @Test("Ways back are tried") func goesBack() throws {
    let found = try check([
      table,
      "-- +goose Up\nCREATE TYPE mood AS ENUM ('a');\nALTER TABLE t ADD COLUMN m mood;\n-- +goose Down\nALTER TABLE t DROP COLUMN m;\n",
    ])
    #expect(found == ["2 incomplete-down", "2 failing-again"])
    let whole = try check([
      table,
      "-- +goose Up\nCREATE TYPE mood AS ENUM ('a');\nALTER TABLE t ADD COLUMN m mood;\n-- +goose Down\nALTER TABLE t DROP COLUMN m;\nDROP TYPE mood;\n",
    ])
    #expect(whole.isEmpty)
  }
}
