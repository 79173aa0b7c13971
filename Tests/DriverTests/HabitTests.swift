// What people write from habit, and the answer that helps.

import SQLCDriver
import Testing

@Suite struct HabitTests {
  @Test(arguments: [
    ("SELECT now() AS n", "datetime('now')"), ("SELECT getdate() AS n", "datetime('now')"),
    ("SELECT nvl(name, 'x') AS n FROM agents", "ifnull()"),
    ("SELECT id FROM agents WHERE id = ANY($1::int[])", "IN (sqlc.slice('name'))"),
    ("SELECT id FROM agents WHERE id = ANY(ARRAY[1, 2])", "IN (sqlc.slice('name'))"),
    ("SELECT id FROM agents WHERE id = ANY(?)", "IN (sqlc.slice('name'))"),
    ("SELECT id FROM agents WHERE name = ‘x’", "write 'x'"),
    ("SELECT id FROM agents WHERE name = “x”", "write 'x'"),
    ("SELECT id FROM agents WHERE id = sqlc.slice(ids)", "write IN (sqlc.slice('ids'))"),
    ("SELECT id FROM agents WHERE id <> sqlc.slice('ids')", "write NOT IN (sqlc.slice('ids'))"),
    ("SELECT concat(name, 'x') AS n FROM agents", "3.37 is assumed where 'min_sqlite' is not set"),
  ])
  func habit(query: String, says: String) throws {
    let outcome = try check(context(project(["queries/agents.sql": "-- name: Q :many\n\(query);\n"])))
    #expect(outcome.standardError.contains(says), "\(outcome.standardError)")
    #expect(!outcome.standardError.contains("'pow'"))
  }
}
