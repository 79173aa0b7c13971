// Folders of migrations, and what trying them must show.

import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCMigrationCheck
import SQLCMigrations
import Testing

private func check(_ files: [String]) throws -> [String] {
  let sources = files.enumerated().map { SourceFile(path: "m/\($0.offset + 1)_step.sql", text: $0.element) }
  let scripts = migrationScripts(of: migrationFiles(of: sources))
  let diagnostics = try checkMigrations(
    scripts.value, sources: Dictionary(uniqueKeysWithValues: sources.map { ($0.path, $0.text) }))
  return diagnostics.map { "\($0.primary.source.path.dropFirst(2).prefix(1)) \($0.id.name)" }
}

private let table =
  "-- +goose Up\nCREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);\n-- +goose Down\nDROP TABLE t;\n"

@Suite struct MigrationCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String]
    var found: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "sound", files: [table], found: []),
    Case(name: "no way back", files: ["-- +goose Up\nCREATE TABLE t (a);\n"], found: ["1 missing-down"]),
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
        "-- sqlc:ignore dropped-column\n-- +goose Up\nALTER TABLE t DROP a;\n-- +goose Down\nALTER TABLE t ADD a TEXT NOT NULL DEFAULT '';\n",
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
      ], found: ["3 lost-rows", "3 broken-references"]),
  ])
  func shows(_ test: Case) throws { #expect(try check(test.files) == test.found) }

  /// golang-migrate keeps the way back in a file of its own.
  @Test func golangMigrate() throws {
    let up = SourceFile(path: "m/000001_t.up.sql", text: "CREATE TABLE t (a);")
    let down = SourceFile(path: "m/000001_t.down.sql", text: "DROP TABLE t;")
    let files = migrationFiles(of: [up], downs: [down])
    #expect(files.map(\.version) == ["1"] && files.map(\.name) == ["000001_t"])
    #expect(try checkMigrations(migrationScripts(of: files).value, sources: [:]).isEmpty)
    let alone = try checkMigrations(migrationScripts(of: migrationFiles(of: [up])).value, sources: [:])
    #expect(alone.map(\.id.name) == ["missing-down"])
  }

  /// A statement is cut where the parser ends it.
  @Test func statementsAreTheParsers() {
    let text =
      "-- migrate:up transaction:false\nCREATE TABLE t (a DEFAULT ';');\nCREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;\n"
      + "-- migrate:down\nDROP TABLE t;"
    let scripts = migrationScripts(of: migrationFiles(of: [SourceFile(path: "m/20240101_t.sql", text: text)]))
    #expect(scripts.value.first?.up.count == 2)
    #expect(scripts.value.first?.down?.map(\.sql) == ["DROP TABLE t"])
    #expect(scripts.value.first?.isInTransaction == false)
  }
}
