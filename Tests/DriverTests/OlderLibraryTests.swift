// This machine's SQLite is older than what the project uses. (Where it is not, there is nothing to say.)

import SQLCDriver
import SQLCOracleSQLite
import Testing

@Suite(.enabled(if: ScratchDatabase.version.hasPrefix("3.40"))) struct OlderLibraryTests {
  private let settings = configuration.replacing(
    "    queries: queries\n", with: "    queries: queries\n    min_sqlite: \"3.45\"\n")

  @Test func whatIsNotUsedIsChecked() throws {
    let outcome = try check(context(project(["sqlc-swift.yaml": settings])))
    #expect(outcome.exit == .success)
    #expect(outcome.standardError.contains("this machine's SQLite 3.40") && outcome.standardError.contains("warning"))
  }

  @Test(arguments: [
    ("SELECT jsonb(name) AS j FROM agents", "'jsonb' needs SQLite 3.45"),
    ("SELECT group_concat(name ORDER BY id) AS j FROM agents", "ORDER BY"),
    ("SELECT concat(name, 'x') AS j FROM agents", "'concat' needs SQLite 3.44"),
  ])
  func whatIsUsedIsNotProven(query: String, says: String) throws {
    for yaml in [settings, configuration] {
      let disk = project(["sqlc-swift.yaml": yaml, "queries/agents.sql": "-- name: Q :many\n\(query);\n"])
      let outcome = try generate(context(disk))
      #expect(outcome.exit == .failure && outcome.standardError.contains("sqlite/older-library"))
      #expect(outcome.standardError.contains(says), "\(outcome.standardError)")
      #expect(!outcome.standardError.contains("SQLite rejects"))
      #expect(disk.kind(of: "/p/Generated") == nil)
    }
  }

  @Test func schemas() throws {
    let schema = "CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (concat(name, 'x') <> 'x'));\n"
    let outcome = try check(context(project(["sqlc-swift.yaml": settings, "schema/001_agents.sql": schema])))
    #expect(outcome.exit == .failure && outcome.standardError.contains("'concat' needs SQLite 3.44"))
  }
}
