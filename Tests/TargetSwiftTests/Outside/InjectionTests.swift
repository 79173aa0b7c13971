// Project files that try to get code of theirs into the generated one, through the whole tool.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

@testable import SQLCTargetSwift

@Suite struct InjectionTests {
  struct Attempt: Sendable, CustomTestStringConvertible {
    var name: String
    var schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);"
    var query = "-- name: GetT :one\nSELECT * FROM t WHERE id = ?;"
    var settings = ""
    var engine = "sqlite"
    var testDescription: String { name }
  }

  static let attempts = [
    Attempt(
      name: "a carriage return in a comment",
      query: "-- key\rpublic static func == (a: Self, b: Self) -> Bool { print(\"PWNED\"); return true }\n"
        + "-- name: GetT :one\nSELECT * FROM t WHERE id = ?;"),
    Attempt(
      name: "a line feed in the name of a table",
      schema: "CREATE TABLE \"t\npublic func pwned() {}\n//\" (id INTEGER PRIMARY KEY);",
      query: "-- name: GetT :many\nSELECT * FROM \"t\npublic func pwned() {}\n//\";"),
    Attempt(
      name: "a line feed in the name of a column",
      schema: "CREATE TABLE t (id INTEGER PRIMARY KEY, \"a\npublic func pwned() {}\n//\" TEXT);",
      query: "-- name: GetT :many\nSELECT *, id + 1 AS more FROM t;"),
    Attempt(
      name: "a carriage return in the SQL",
      query: "-- name: GetT :one\nSELECT * FROM t WHERE id = ? AND a <> 'x\rfunc pwned() {}';"),
    Attempt(name: "a tab in one line of SQL", query: "-- name: GetT :one\nSELECT\t* FROM\tt WHERE id = ?;"),
    Attempt(
      name: "an enumeration's value",
      schema:
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL CHECK (a IN ('x\ncase y }', 'q\"\"\"', '\t\\(1)')));"),
    Attempt(
      name: "a line feed in an optional predicate",
      query: "-- name: GetT :many\nSELECT * FROM t WHERE sqlc.optional(a = 'x\r} func pwned() {' || @a);"),
    Attempt(
      name: "a bulk insert",
      query: "-- name: AddT :copyfrom\nINSERT INTO t (a) VALUES (@a || 'x\r\"\"\"\nfunc pwned() {}\\(1)');"),
    Attempt(
      name: "a comment of the schema",
      schema:
        "CREATE TABLE t ( -- x\rfunc pwned() {}\n id INTEGER PRIMARY KEY, -- y\rfunc pwned() {}\n a TEXT NOT NULL);"),
    Attempt(
      name: "a comment at the end",
      query: "-- name: GetT :one\nSELECT * FROM t WHERE id = ? /* */ -- \u{2028}func pwned() {}\n;"
    ),
    Attempt(
      name: "a type of the configuration",
      settings: "overrides: [{ column: t.a, swift_type: { name: \"String\\nfunc pwned() {}\" } }]"),
    Attempt(
      name: "a module of the configuration",
      settings: "overrides: [{ column: t.a, swift_type: { name: String, import: \"Foundation\\nfunc pwned() {}\" } }]"),
    Attempt(
      name: "a codec of the configuration",
      settings: "overrides: [{ column: t.a, swift_type: String, codec: \"X.self); func pwned() {\" }]"),
    Attempt(name: "a path as the name of the type", settings: "queries_type: \"../../x\""),
    Attempt(name: "code as the name of the type", settings: "queries_type: \"X { }\""),
    Attempt(
      name: "labels of an enum type",
      schema: "CREATE TYPE \"s\n} func pwned() {\" AS ENUM ('x\ncase y }', 'q\"\"\"', E'\\t\\\\(1)', '');\n"
        + "CREATE TABLE t (id bigint PRIMARY KEY, a \"s\n} func pwned() {\" NOT NULL);",
      query: "-- name: GetT :many\nSELECT * FROM t WHERE a = @a;", engine: "postgresql"),
    Attempt(
      name: "a composite type and its fields",
      schema: "CREATE TYPE \"pair\rfunc pwned() {}\" AS (\"left\n} func pwned() {\" text, \"\"\"\" int);\n"
        + "CREATE TABLE t (id bigint PRIMARY KEY, a \"pair\rfunc pwned() {}\");\n"
        + "COMMENT ON TABLE t IS E'x\\rfunc pwned() {}';",
      query: "-- name: GetT :one\nSELECT * FROM t WHERE id = @id;", engine: "postgresql"),
    Attempt(
      name: "dollar quotes, Unicode names and a comment in a comment",
      schema: "CREATE TABLE \"t\u{2028}\" (id bigint PRIMARY KEY, \"a\u{202E}\" text);",
      query:
        "-- name: GetT :many\nSELECT *, $q$x\r} func pwned() {\"\"\"$q$ AS b FROM \"t\u{2028}\" /* a /* b */ c */\n"
        + "WHERE sqlc.optional(\"a\u{202E}\" = E'\\\\(1)' || @a);", engine: "postgresql"),
    Attempt(
      name: "columns that are loaded",
      schema: "CREATE TABLE \"s\"\"t\nfunc pwned() {}\" (\"a\nfunc pwned() {}\" text, b text);",
      query: "-- name: AddT :copyfrom\nINSERT INTO \"s\"\"t\nfunc pwned() {}\" VALUES (@a, @b);", engine: "postgresql"),
    Attempt(name: "a renamed column", settings: "rename: { a: \"b: Int = 1; func pwned() {}; var c\" }"),
  ]

  @Test(arguments: attempts)
  func staysInItsPlace(_ attempt: Attempt) throws {
    try withTemporaryFolder { folder in
      try write(attempt, to: folder)
      let outcome = try generate(CommandContext(location: ProjectLocation(workingDirectory: folder.path)))
      // A machine without PostgreSQL tries the others.
      if outcome.standardError.contains("postgresql/no-server") { return }
      if outcome.exit == .success {
        #expect(attempt.settings.isEmpty)
        try checkFiles(in: folder.appending(path: "Generated"), for: attempt.engine)
      } else {
        try checkRefusal(outcome, of: attempt, in: folder)
      }
    }
  }

  private func write(_ attempt: Attempt, to folder: URL) throws {
    let configuration = """
      version: "2"
      sql:
        - engine: \(attempt.engine)
          schema: schema.sql
          queries: query.sql
          gen:
            swift:
              out: Generated
              emit_protocol: true
              emit_schema: true
              \(attempt.settings)
      """
    let files = ["sqlc-swift.yaml": configuration, "schema.sql": attempt.schema, "query.sql": attempt.query]
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
  }

  /// A configuration is refused where it stands, and nothing is written.
  private func checkRefusal(_ outcome: CommandOutcome, of attempt: Attempt, in folder: URL) throws {
    let said = outcome.standardError
    #expect(!attempt.settings.isEmpty, "\(said)")
    #expect(said.hasPrefix("sqlc-swift.yaml:"), "\(said)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["query.sql", "schema.sql", "sqlc-swift.yaml"])
  }

  private func checkFiles(in folder: URL, for engine: String) throws {
    let files = try ReferenceCase.files(in: folder)
    for (name, text) in files {
      let code = tokens(of: text)
      let unfit = code.filter { $0.hasPrefix("<") && $0.count > 1 }
      #expect(unfit.isEmpty, "\(name): \(unfit)")
      #expect(!declaresWhatNobodyWants(code), "\(name): \(text)")
    }
    guard SwiftCompiler.isWanted, engine == "sqlite" else { return }
    let paths = files.keys.sorted().map { folder.appending(path: $0).path }
    let (status, output) = try SwiftCompiler.run(
      ["-typecheck", "-module-name", "Reference"] + paths, isolation: "nonisolated")
    #expect(status == 0, "\(output)")
  }

  private func declaresWhatNobodyWants(_ code: [String]) -> Bool {
    code.indices.dropLast().contains { index in
      code[index] == "func" && ["pwned", "="].contains(code[index + 1])
    } || code.contains("print")
  }
}
