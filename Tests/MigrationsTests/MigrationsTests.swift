// What of a set of files is the schema, and in which order.

import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import Testing

private func up(_ text: String, path: String = "m/001_a.sql") -> (sql: [String], ids: [String]) {
  let result = schemaSections(of: [SourceFile(path: path, text: text)], rules: .sqlite)
  let sql = result.value.flatMap { section in
    section.ranges.map {
      section.source.slice($0).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }
  return (sql, result.diagnostics.map(\.id.description))
}

@Suite struct FormatTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var up: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "plain", text: "CREATE TABLE a (b);", up: ["CREATE TABLE a (b);"]),
    Case(name: "goose", text: "-- +goose Up\nA;\n-- +goose Down\nB;", up: ["A;"]),
    Case(name: "goose, other spelling", text: "--+goose up\r\nA;\r\n--+goose down\r\nB;", up: ["A;"]),
    Case(
      name: "goose, statements",
      text: "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nA;\n-- +goose StatementEnd\nB;\n",
      up: ["-- +goose StatementBegin A; -- +goose StatementEnd B;"]),
    Case(
      name: "goose, in a string", text: "-- +goose Up\nSELECT '\n-- +goose Down\n';\n",
      up: ["SELECT ' -- +goose Down ';"]),
    Case(name: "dbmate", text: "-- migrate:up transaction:false\nA;\n\n-- migrate:down\nB;", up: ["A;"]),
    Case(name: "sql-migrate", text: "-- +migrate Up notransaction\nA;\n-- +migrate Down\nB;", up: ["A;"]),
    Case(name: "tern", text: "A;\n---- create above / drop below ----\nB;", up: ["A;"]),
    Case(
      name: "query file", text: "CREATE TABLE a (b);\n-- Doc.\n-- name: A :one\nSELECT 1;", up: ["CREATE TABLE a (b);"]),
    Case(
      name: "annotated definition", text: "-- name: Make :exec\nCREATE TABLE a (b);\n-- name: A :one\nSELECT 1;",
      up: ["", "CREATE TABLE a (b);"]),
  ])
  func onlyWhatGoesUp(_ test: Case) {
    let found = up(test.text)
    #expect(found.sql == test.up)
    #expect(found.ids.isEmpty)
  }

  @Test func golangMigrateGoesByName() {
    let files = ["1_a.up.sql", "1_a.down.sql", "2_b.up.sql"].map { SourceFile(path: "m/\($0)", text: "SELECT 1;") }
    let result = schemaSections(of: files, rules: .sqlite)
    #expect(result.value.map(\.source.path) == ["m/1_a.up.sql", "m/2_b.up.sql"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("-- +goose Up\n-- +goose ENVSUB ON\nA;", "migrations/environment-substitution"),
    ("-- +goose Pu\nA;\n-- +goose Up\n", "migrations/unknown-marker"),
    ("-- +goose Down\nA;", "migrations/missing-up"),
    ("-- migrate:down\nA;", "migrations/missing-up"),
    ("A;\n-- +goose Up\nB;", "migrations/ignored-text"),
    ("-- +goose Up\n-- +goose StatementBegin\nB;", "migrations/unbalanced-statement"),
    ("-- +goose Up\nB;\n-- +goose StatementEnd", "migrations/unbalanced-statement"),
    ("-- +goose Up\nB;\n-- migrate:down\n", "migrations/mixed-formats"),
  ])
  func saysWhatIsWrong(text: String, id: String) {
    #expect(up(text).ids == [id])
  }
}

@Suite struct OrderTests {
  @Test(arguments: [
    (["10_a.sql", "2_b.sql", "001_c.sql"], ["001_c.sql", "2_b.sql", "10_a.sql"]),
    (["V1.10__a.sql", "V1.9__b.sql", "V1__c.sql"], ["V1__c.sql", "V1.9__b.sql", "V1.10__a.sql"]),
    (
      ["20250515105448_b.sql", "20250424200609_a.sql", "3_c.sql"],
      ["3_c.sql", "20250424200609_a.sql", "20250515105448_b.sql"]
    ),
    (["2024_01_10_b.sql", "2024_01_02_a.sql"], ["2024_01_02_a.sql", "2024_01_10_b.sql"]),
    (
      ["users.sql", "accounts.sql", "part10.sql", "part9.sql"],
      ["accounts.sql", "part9.sql", "part10.sql", "users.sql"]
    ),
    (["schema.sql", "001_a.sql"], ["001_a.sql", "schema.sql"]),
    (["1_a.down.sql", "1_a.up.sql"], ["1_a.up.sql"]),
    (["10_a/up.sql", "10_a/down.sql", "9_b/up.sql"], ["9_b/up.sql", "10_a/up.sql"]),
    (
      ["R__views.sql", "V2__b.sql", "V1_10__a.sql", "V1_9__a.sql", "U2__b.sql"],
      ["V1_9__a.sql", "V1_10__a.sql", "V2__b.sql", "R__views.sql"]
    ),
    (
      ["2024-01-10-000000_a/up.sql", "2024-01-02-120000_b/up.sql"],
      ["2024-01-02-120000_b/up.sql", "2024-01-10-000000_a/up.sql"]
    ),
    (
      ["99999999999999999999999_b.sql", "99999999999999999999998_a.sql"],
      ["99999999999999999999998_a.sql", "99999999999999999999999_b.sql"]
    ),
  ])
  func byVersionThenByName(names: [String], expected: [String]) {
    #expect(inMigrationOrder(names) == expected)
    #expect(inMigrationOrder(names.reversed()) == expected)
  }

  @Test func duplicatesAndReversals() {
    func ids(_ files: [(String, String)]) -> [String] {
      schemaSections(of: files.map { SourceFile(path: $0.0, text: $0.1) }, rules: .sqlite).diagnostics.map(
        \.id.description)
    }
    let goose = "-- +goose Up\nSELECT 1;"
    #expect(ids([("m/1_a.sql", goose), ("m/01_b.sql", goose)]) == ["migrations/duplicate-version"])
    #expect(ids([("m/1_a.sql", goose), ("n/1_b.sql", goose)]).isEmpty)
    #expect(ids([("m/2_a.sql", goose), ("m/1_b.sql", goose)]) == ["migrations/unordered-version"])
    #expect(ids([("m/1_a.sql", "SELECT 1;"), ("m/1_b.sql", "SELECT 1;")]).isEmpty)
    #expect(ids([("m/1_a.up.sql", ""), ("m/1_b.up.sql", "")]) == ["migrations/duplicate-version"])
  }
}

@Suite struct MigrationFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var paths: [String]
    /// Version, name, and the file with the way back.
    var found: [[String]]
    var testDescription: String { paths.joined(separator: " ") }
  }

  @Test(arguments: [
    Case(paths: ["schema.sql"], found: [["schema", "schema", ""]]),
    Case(
      paths: ["auth/schema.sql", "billing/schema.sql"],
      found: [["auth/schema", "schema", ""], ["billing/schema", "schema", ""]]),
    Case(
      paths: ["a/1_x.sql", "b/1_x.sql", "b/2_y.sql"],
      found: [["a/1_x", "1_x", ""], ["b/1_x", "1_x", ""], ["2", "2_y", ""]]),
    Case(
      paths: ["m/20240101120000_init/migration.sql", "m/20240202120000_more/migration.sql"],
      found: [
        ["20240101120000", "20240101120000_init", ""], ["20240202120000", "20240202120000_more", ""],
      ]),
    Case(
      paths: ["m/2024-01-01-000000_a/up.sql", "m/2024-01-01-000000_a/down.sql", "m/2024-02-02-000000_b/up.sql"],
      found: [
        ["20240101000000", "2024-01-01-000000_a", "m/2024-01-01-000000_a/down.sql"],
        ["20240202000000", "2024-02-02-000000_b", ""],
      ]),
    Case(paths: ["auth/up.sql", "billing/up.sql"], found: [["auth/up", "up", ""], ["billing/up", "up", ""]]),
    Case(
      paths: ["V1__a.sql", "U1__a.sql", "V1.1__b.sql", "R__v.sql"],
      found: [["1", "V1__a", "U1__a.sql"], ["1.1", "V1.1__b", ""], ["R__v", "R__v", ""]]),
    Case(paths: ["V1__a.sql", "B2__all.sql", "V3__b.sql"], found: [["1", "V1__a", ""], ["3", "V3__b", ""]]),
    Case(paths: ["B2__all.sql", "V3__b.sql"], found: [["2", "B2__all", ""], ["3", "V3__b", ""]]),
    Case(
      paths: ["m/1_a.up.sql", "m/1_a.down.sql", "users.up.sql", "users.down.sql"],
      found: [["1", "1_a", "m/1_a.down.sql"], ["users", "users", "users.down.sql"]]),
  ])
  func identity(_ test: Case) {
    let downs = downFiles(of: test.paths, among: test.paths).map { SourceFile(path: $0, text: "SELECT 1;") }
    let files = migrationFiles(
      of: test.paths.map { SourceFile(path: $0, text: "SELECT 1;") }, downs: downs, rules: .sqlite)
    #expect(files.value.map { [$0.version, $0.name, $0.down?.source.path ?? ""] } == test.found)
    #expect(Set(files.value.map(\.version)).count == files.value.count)
    #expect(files.diagnostics.isEmpty)
  }

  /// A checkpoint is what the files before it make, and stands for them where they are gone.
  @Test func atlasCheckpoints() {
    let checkpoint = SourceFile(path: "m/2_all.sql", text: "-- atlas:checkpoint\n\nCREATE TABLE a (b);")
    let first = SourceFile(path: "m/1_a.sql", text: "CREATE TABLE a (b);")
    let last = SourceFile(path: "m/3_c.sql", text: "-- atlas:txmode none\n\nVACUUM;")
    #expect(migrationFiles(of: [first, checkpoint, last], rules: .sqlite).value.map(\.version) == ["1", "3"])
    let files = migrationFiles(of: [checkpoint, last], rules: .sqlite).value
    #expect(files.map(\.version) == ["2", "3"])
    #expect(files.map(\.isInTransaction) == [nil, false])
  }
}
