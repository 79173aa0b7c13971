// `fmt` on projects: which files, what is written, and what is left alone.

import SQLCDriver
import Testing

@Suite struct FormatCommandTests {
  private static let untidy = "-- name: GetAgent :one\nselect * from agents where id=?;\n"
  private static let tidy = "-- name: GetAgent :one\nSELECT * FROM agents WHERE id = ?;\n"
  private static let goose =
    "-- +goose Up\ncreate table tools (id integer primary key);\n-- +goose Down\ndrop table tools;\n"

  private func contents(_ disk: MemoryFileSystem, _ path: String) -> String {
    (try? disk.read("/p/" + path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test func projectIsWritten() throws {
    let disk = project(["schema/001_agents.sql": nil, "schema/agents.sql": schema, "queries/agents.sql": Self.untidy])
    let written = try format(context(disk), FormatRequest(input: .project))
    #expect(written == CommandOutcome(standardOutput: "formatted 2 of 2 files\n"))
    #expect(contents(disk, "queries/agents.sql") == Self.tidy)
    #expect(
      contents(disk, "schema/agents.sql")
        == "CREATE TABLE agents (\n  id   INTEGER PRIMARY KEY,\n  name TEXT NOT NULL\n);\n")
    let again = try format(context(disk), FormatRequest(input: .project))
    #expect(again == CommandOutcome(standardOutput: "nothing to format\n"))
  }

  @Test func checkAndDiffWriteNothing() throws {
    let disk = project(["schema/001_agents.sql": nil, "schema/agents.sql": schema, "queries/agents.sql": Self.untidy])
    let check = try format(context(disk), FormatRequest(input: .project, action: .check))
    #expect(check == CommandOutcome(standardOutput: "queries/agents.sql\nschema/agents.sql\n", exit: .drift))
    let diff = try format(context(disk), FormatRequest(input: .files(["queries/agents.sql"]), action: .diff))
    #expect(diff.exit == .drift)
    #expect(
      diff.standardOutput == """
        --- a/queries/agents.sql
        +++ b/queries/agents.sql
        @@ -1,2 +1,2 @@
         -- name: GetAgent :one
        -select * from agents where id=?;
        +SELECT * FROM agents WHERE id = ?;

        """)
    #expect(contents(disk, "queries/agents.sql") == Self.untidy)
  }

  @Test func textsAndFilesNeedNoProject() throws {
    let disk = MemoryFileSystem(["/p/a.sql": "select  1;\nselect  2;\n"])
    let text = try format(context(disk), FormatRequest(input: .text("select 1", path: nil)))
    #expect(text == CommandOutcome(standardOutput: "SELECT 1\n"))
    let lines = try format(context(disk), FormatRequest(input: .files(["a.sql"]), lines: 2...2))
    #expect(lines.exit == .success && contents(disk, "a.sql") == "select  1;\nSELECT 2;\n")
    let missing = try format(context(disk), FormatRequest(input: .files(["b.sql"])))
    #expect(missing.exit == .failure && missing.standardError.hasPrefix("b.sql: error: "))
  }

  @Test func aFileWithErrorsIsLeftAndTheOthersAreNot() throws {
    let broken = "-- name: A :one\nSELECT 1 +;\n"
    let disk = project(["queries/agents.sql": Self.untidy, "queries/broken.sql": broken])
    let check = try format(context(disk), FormatRequest(input: .project, action: .check))
    #expect(check.exit == .failure && check.standardOutput == "queries/agents.sql\n")
    let outcome = try format(context(disk), FormatRequest(input: .project))
    #expect(outcome.exit == .failure && outcome.standardError.contains("queries/broken.sql:2:10"))
    #expect(contents(disk, "queries/agents.sql") == Self.tidy && contents(disk, "queries/broken.sql") == broken)
    let named = try format(context(disk), FormatRequest(input: .files(["queries/missing.sql", "queries/broken.sql"])))
    #expect(named.exit == .failure && named.standardOutput.isEmpty)
    #expect(named.standardError.contains("queries/missing.sql: error: "))
    #expect(named.standardError.contains("queries/broken.sql:2:10"))
  }

  @Test func optionsOfTheConfiguration() throws {
    let disk = project([
      "sqlc-swift.yaml": configuration + "fmt: {width: 40, keywords: lower}\n", "queries/agents.sql": Self.tidy,
    ])
    _ = try format(context(disk), FormatRequest(input: .files(["queries/agents.sql"])))
    #expect(
      contents(disk, "queries/agents.sql")
        == Self.tidy.replacing("SELECT", with: "select")
        .replacing("FROM", with: "from").replacing("WHERE", with: "where"))
    for wrong in ["{width: 4}", "{keywords: title}", "{indent: 4}"] {
      let disk = project(["sqlc-swift.yaml": configuration + "fmt: \(wrong)\n"])
      #expect(try format(context(disk), FormatRequest(input: .project)).exit == .failure)
    }
  }

  // MARK: Migrations

  @Test func migrationsWithoutLockFileAreLeftAlone() throws {
    let disk = project(["schema/001_agents.sql": nil, "schema/001_tools.sql": Self.goose])
    let outcome = try format(context(disk), FormatRequest(input: .project))
    #expect(outcome.exit == .success)
    #expect(outcome.standardError.contains("1 migration without a lock file is left as it is"))
    #expect(contents(disk, "schema/001_tools.sql") == Self.goose)
    // Unless they are named.
    let named = try format(context(disk), FormatRequest(input: .files(["schema/001_tools.sql"])))
    #expect(named.standardOutput == "formatted 1 of 1 file\n")
    #expect(
      contents(disk, "schema/001_tools.sql")
        == "-- +goose Up\nCREATE TABLE tools (\n  id integer PRIMARY KEY\n);\n-- +goose Down\nDROP TABLE tools;\n")
  }

  @Test func lockedMigrationsAreNotChanged() throws {
    let second = Self.goose.replacing("tools", with: "words")
    let disk = project([
      "schema/001_agents.sql": nil, "schema/001_tools.sql": Self.goose,
      "queries/agents.sql": "-- name: A :one\nSELECT 1;\n",
    ])
    #expect(try lockMigrations(context(disk), block: 1).exit == .success)
    disk.put("/p/schema/002_words.sql", second)
    for input in [FormatRequest.Input.files(["schema/001_tools.sql"]), .project] {
      let outcome = try format(context(disk), FormatRequest(input: input))
      #expect(outcome.exit == .success)
      #expect(
        outcome.standardError
          == "schema/001_tools.sql: note: left as it is: it is in the lock file of its migrations\n")
      #expect(contents(disk, "schema/001_tools.sql") == Self.goose)
    }
    #expect(contents(disk, "schema/002_words.sql").contains("CREATE TABLE words (\n"))
    #expect(try format(context(disk), FormatRequest(input: .project, action: .check)).exit == .success)
  }

  @Test func otherDialectsAreRefused() throws {
    let disk = project([
      "sqlc-swift.yaml": configuration.replacing("sqlite", with: "postgresql"), "queries/agents.sql": Self.untidy,
    ])
    let outcome = try format(context(disk), FormatRequest(input: .project))
    #expect(
      outcome.exit == .success && outcome.standardError.contains("a block with 'engine: postgresql' is left as it is"))
    let named = try format(context(disk), FormatRequest(input: .files(["queries/agents.sql"])))
    #expect(named.exit == .failure && named.standardError.contains("not parsed by this tool"))
    #expect(contents(disk, "queries/agents.sql") == Self.untidy)
  }
}
