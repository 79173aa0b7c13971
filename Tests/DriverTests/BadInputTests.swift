// Every way a project can be wrong: file, line, column, what to do; nothing written.

import SQLCDriver
import Testing

@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String: String?]
    /// How the lines of errors begin, in order.
    var errors: [String]
    var id: String
    var testDescription: String { name }
  }

  private static func settings(_ line: String, schema: String = "schema", queries: String = "queries") -> String {
    "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: \(schema)\n    queries: \(queries)\n"
      + "    gen: { swift: { out: Generated } }\n\(line)"
  }

  static let cases = [
    Case(
      name: "unknown table", files: ["queries/agents.sql": "-- name: A :many\nSELECT * FROM agent;"],
      errors: ["queries/agents.sql:2:15: error: "], id: "binder/unknown-table"),
    Case(
      name: "unknown column", files: ["queries/agents.sql": "-- name: A :many\nSELECT nmae FROM agents;"],
      errors: ["queries/agents.sql:2:8: error: "], id: "binder/unknown-column"),
    Case(
      name: "unknown function", files: ["queries/agents.sql": "-- name: A :many\nSELECT uper(name) FROM agents;"],
      errors: ["queries/agents.sql:2:8: error: "], id: "binder/unknown-function"),
    Case(
      name: "syntax error", files: ["queries/agents.sql": "-- name: A :exec\nDELETE FROM agents WEHRE id = ?;"],
      errors: ["queries/agents.sql:2:20: error: "], id: "syntax/misspelled-keyword"),
    Case(
      name: "two errors in two queries",
      files: ["queries/agents.sql": "-- name: A :many\nSELECT x FROM agents;\n-- name: B :many\nSELECT y FROM agents;"],
      errors: ["queries/agents.sql:2:8: error: ", "queries/agents.sql:4:8: error: "], id: "binder/unknown-column"),
    Case(
      name: "duplicate names", files: ["queries/b.sql": queries],
      errors: ["queries/b.sql:1:10: error: two queries are named 'GetAgent'"], id: "queryfile/duplicate-name"),
    Case(
      name: "missing annotation", files: ["queries/agents.sql": "\nSELECT 1;"],
      errors: ["queries/agents.sql:2:1: error: "], id: "queryfile/missing-annotation"),
    Case(
      name: "two statements", files: ["queries/agents.sql": "-- name: A :many\nSELECT 1;\nSELECT 2;"],
      errors: ["queries/agents.sql:3:1: error: "], id: "query/second-statement"),
    Case(
      name: "unknown command", files: ["queries/agents.sql": "-- name: A :mayn\nSELECT 1;"],
      errors: ["queries/agents.sql:1:12: error: unknown command ':mayn'"], id: "queryfile/unknown-command"),
    Case(
      name: "macro misused", files: ["queries/agents.sql": "-- name: A :many\nSELECT sqlc.ebmed(agents) FROM agents;"],
      errors: ["queries/agents.sql:2:"], id: "syntax/unknown-macro"),
    Case(
      name: "empty schema folder", files: ["schema/001_agents.sql": nil, "schema/readme.txt": ""],
      errors: ["sqlc-swift.yaml:4:13: error: the folder 'schema' holds no .sql file"], id: "input/empty-folder"),
    Case(
      name: "missing queries folder", files: ["sqlc-swift.yaml": settings("", queries: "querys")],
      errors: ["sqlc-swift.yaml:5:14: error: no queries at 'querys'"], id: "input/missing-path"),
    Case(
      name: "pattern without files", files: ["sqlc-swift.yaml": settings("", queries: "\"queries/*.pgsql\"")],
      errors: ["sqlc-swift.yaml:5:14: error: "], id: "input/unmatched-pattern"),
    Case(
      name: "no configuration", files: ["sqlc-swift.yaml": nil], errors: ["sqlc-swift.yaml: error: no configuration"],
      id: "configuration/missing-file"),
    Case(
      name: "sqlc's configuration only", files: ["sqlc-swift.yaml": nil, "sqlc.yaml": "version: 2"],
      errors: ["sqlc-swift.yaml: error: no configuration"], id: "'sqlc-swift init --from sqlc.yaml' converts"),
    Case(
      name: "unknown key", files: ["sqlc-swift.yaml": settings("rulse: []\n")],
      errors: ["sqlc-swift.yaml:7:1: error: unknown key 'rulse'"], id: "configuration/unknown-key"),
    Case(
      name: "wrong type", files: ["sqlc-swift.yaml": settings("", schema: "{ a: b }")],
      errors: ["sqlc-swift.yaml:4:13: error: expected a text, found a mapping"], id: "configuration/wrong-type"),
    Case(
      name: "columns of a module", files: ["sqlc-swift.yaml": settings(badModule)],
      errors: ["sqlc-swift.yaml:7:37: error: "], id: "configuration/invalid-columns"),
    Case(
      name: "AUTO_INCREMENT",
      files: ["schema/001_agents.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY AUTO_INCREMENT, name TEXT);"],
      errors: ["schema/001_agents.sql:1:"], id: "syntax/misspelled-keyword"),
    Case(
      name: "missing semicolon",
      files: ["schema/002_b.sql": "CREATE TABLE b (id INTEGER)\nCREATE TABLE c (id INTEGER);"],
      errors: ["schema/002_b.sql:"], id: "syntax/missing-semicolon"),
    Case(
      name: "shared output folder",
      files: [
        "sqlc-swift.yaml": configuration
          + "  - { engine: sqlite, schema: schema, queries: queries, gen: { swift: { out: ./Generated } } }\n"
      ],
      errors: ["sqlc-swift.yaml:9:"], id: "output/shared-folder"),
    Case(
      name: "output is a file", files: ["Generated": "text"], errors: ["sqlc-swift.yaml:8:14: error: "],
      id: "output/not-a-folder"),
  ]

  @Test(arguments: cases) func isSaidAndNothingIsWritten(_ test: Case) throws {
    let disk = project(test.files)
    let before = disk.contents(of: "/p")
    for run in [SQLCDriver.generate, { try SQLCDriver.check($0) }, SQLCDriver.diff]
      as [(CommandContext) throws -> CommandOutcome]
    {
      let outcome = try run(context(disk))
      #expect(outcome.exit == .failure)
      #expect(outcome.standardOutput.isEmpty)
      let lines = outcome.standardError.split(separator: "\n").filter { $0.contains(": error: ") }
      #expect(lines.count == test.errors.count, "\(outcome.standardError)")
      for (line, start) in zip(lines, test.errors) { #expect(line.hasPrefix(start)) }
      #expect(outcome.standardError.contains(test.id))
    }
    #expect(disk.contents(of: "/p") == before)
  }

  private static let badModule = "    modules: [{ name: csv, columns: \"id INTEGER, (\" }]\n"

  /// What is wrong with a block's settings is said by whatever command needs its engine.
  @Test func settingsOfTheEngineAreCheckedByEveryCommand() throws {
    let disk = project(["sqlc-swift.yaml": Self.settings(Self.badModule)])
    let commands: [(CommandContext) throws -> CommandOutcome] = [
      { try SQLCDriver.analyze($0) }, { try checkMigrations($0, block: 1) }, { try dumpSchema($0, block: 1) },
      { try verifySchema($0, block: 1, database: "x.db") }, { try exercise($0, effort: ExerciseEffort(seconds: 1)) },
    ]
    for run in commands {
      let outcome = try run(context(disk))
      #expect(outcome.exit == .failure)
      #expect(outcome.standardError.contains("sqlc-swift.yaml:7:37: error: "), "\(outcome.standardError)")
      #expect(outcome.standardError.contains("configuration/invalid-columns"))
    }
  }

  @Test func aFileThatIsNotUTF8IsShownWhereItGoesWrong() throws {
    let disk = project()
    disk.put("/p/queries/agents.sql", Array("-- name: A :one\nSELECT '".utf8) + [0xE4, 0x27, 0x3B])
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.hasPrefix("queries/agents.sql:2:9: error: the file is not valid UTF-8"))
  }

  @Test func anUnreadableFileAndFolder() throws {
    let disk = project()
    disk.fail { $0.unreadable = ["/p/queries/agents.sql", "/p/schema"] }
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("queries/agents.sql:1:1: error: the file cannot be read: Permission denied"))
    #expect(
      outcome.standardError.contains(
        "sqlc-swift.yaml:4:13: error: the folder 'schema' cannot be read: Permission denied"))
  }

  @Test func pathsAreShownFromWhereTheUserStands() throws {
    let disk = project(["queries/agents.sql": "-- name: A :many\nSELECT x FROM agents;"])
    let outcome = try generate(context(disk, workingDirectory: "/p/schema", directory: ".."))
    #expect(outcome.standardError.hasPrefix("../queries/agents.sql:2:8: error: "))
  }
}
