// `verify --against` a folder: what old code meets on the new schema, and new code on the old.

import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct VerifyAgainstTests {
  private static let schema =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT, size INTEGER NOT NULL DEFAULT 0);\n"
  private static let queries = """
    -- name: Add :exec
    INSERT INTO t (name, note) VALUES (?, ?);
    -- name: Sizes :many
    SELECT size FROM t;
    -- name: Names :many
    SELECT id, name FROM t WHERE name = ?;

    """

  /// The older state in `old`, the newer one in the project's own folder.
  private func verify(
    _ schema: String, _ queries: String = queries, order: DeploymentOrder = .any
  ) throws -> CommandOutcome {
    let disk = project([
      "schema/001_agents.sql": schema, "queries/agents.sql": queries, "old/schema/001_agents.sql": Self.schema,
      "old/queries/agents.sql": Self.queries, "old/sqlc-swift.yaml": configuration,
    ])
    return try SQLCDriver.verify(context(disk), against: "old", order: order, seed: 1, seconds: 20)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var migration: String
    var queries: String?
    /// Lines of the report, and how it ends.
    var said: [String]
    var safe: String
  }

  @Test(arguments: [
    Case(
      testDescription: "nothing", migration: "", said: ["3 of 3 hold"], safe: "safe: migrate first, or deploy first"),
    Case(
      testDescription: "a column with a default",
      migration: "ALTER TABLE t ADD COLUMN level INTEGER NOT NULL DEFAULT 1;",
      said: ["3 of 3 hold"], safe: "safe: migrate first, or deploy first"),
    Case(
      testDescription: "a column that old code does not fill",
      migration: rebuilt("level INTEGER NOT NULL", "1", notes: "TEXT", sizes: "INTEGER NOT NULL DEFAULT 0"),
      said: ["fails     Add: NOT NULL constraint failed: t.level"], safe: "safe: deploy first"),
    Case(
      testDescription: "a column is gone", migration: "ALTER TABLE t DROP COLUMN note;",
      queries: queries.replacing("(name, note) VALUES (?, ?)", with: "(name) VALUES (?)"),
      said: ["fails     Add: table t has no column named note"], safe: "safe: deploy first"),
    Case(
      testDescription: "renamed", migration: "ALTER TABLE t RENAME COLUMN size TO volume;",
      queries: queries.replacing("SELECT size", with: "SELECT volume"),
      said: ["fails     Sizes: no such column: size", "fails     Sizes: no such column: volume"],
      safe: "no order is safe"),
    Case(
      testDescription: "a column that may be NULL now",
      migration: rebuilt("level INTEGER", "1", notes: "TEXT", sizes: "INTEGER DEFAULT 0"),
      said: ["fails     Sizes: 'size' can be NULL, and the code does not expect it"], safe: "safe: deploy first"),
    Case(
      testDescription: "a column that may not be NULL any more",
      migration: rebuilt("level INTEGER", "1", notes: "TEXT NOT NULL DEFAULT ''", sizes: "INTEGER NOT NULL DEFAULT 0"),
      said: ["fails     Add: NOT NULL constraint failed: t.note; 'note' cannot be NULL, and the code may give it"],
      safe: "safe: deploy first"),
    Case(
      testDescription: "another type",
      migration: rebuilt("level INTEGER", "1", notes: "TEXT", sizes: "TEXT NOT NULL DEFAULT ''"),
      said: ["fails     Sizes: 'size' is TEXT, and the code reads INTEGER"], safe: "no order is safe"),
    Case(
      testDescription: "a key", migration: "CREATE UNIQUE INDEX t_name ON t (name);",
      said: ["fails     Add: a new key of 't' (name) can refuse what it writes"], safe: "safe: deploy first"),
    Case(
      testDescription: "a check",
      migration: rebuilt(
        "level INTEGER CHECK (name IN ('a', 'b'))", "1", notes: "TEXT", sizes: "INTEGER NOT NULL DEFAULT 0"),
      said: [
        "fails     Add: CHECK constraint failed: name IN ('a', 'b')",
        // New code reads a list of values, and old rows have others.
        "fails     Names: 'name' is said to be",
      ], safe: "no order is safe"),
  ])
  func isReportedQueryByQuery(test: Case) throws {
    let outcome = try verify(Self.schema + test.migration + "\n", test.queries ?? Self.queries)
    for line in test.said { #expect(outcome.standardOutput.contains(line), "\(outcome.standardOutput)") }
    #expect(outcome.standardOutput.hasSuffix("\(test.safe)\n"), "\(outcome.standardOutput)\(outcome.standardError)")
    #expect(outcome.exit == (test.safe.hasPrefix("safe") ? .success : .drift))
  }

  private static func rebuilt(_ column: String, _ value: String, notes: String, sizes: String) -> String {
    """
    CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note \(notes), size \(sizes), \(column));
    INSERT INTO n SELECT id, name, coalesce(note, ''), size, \(value) FROM t;
    DROP TABLE t;
    ALTER TABLE n RENAME TO t;
    """
  }

  @Test func theOrderThatIsAskedForDecides() throws {
    let gone = Self.schema + "ALTER TABLE t DROP COLUMN note;\n"
    let queries = Self.queries.replacing("(name, note) VALUES (?, ?)", with: "(name) VALUES (?)")
    for (order, exit) in [
      (DeploymentOrder.any, CommandOutcome.Exit.success), (.deployFirst, .success), (.migrateFirst, .drift),
      (.both, .drift),
    ] {
      #expect(try verify(gone, queries, order: order).exit == exit)
    }
  }

  @Test func whatCannotBeReadIsSaid() throws {
    let wrong = try verify("CREATE TABL t (id);\n")
    #expect(wrong.exit == .failure)
    let disk = project(["old/notes.txt": "none"])
    let none = try SQLCDriver.verify(context(disk), against: "old", order: .any, seed: 1, seconds: 5)
    #expect(none.exit == .failure && !none.standardError.isEmpty)
  }
}
