// What a schema or a query can do to the tool by its shape: everything is answered soon, and never with a crash.

import SQLCDriver
import Testing

@Suite struct ScaleTests {
  /// Generous for a busy machine and a debug build; what grows too fast takes minutes.
  private static let patience = Duration.seconds(20)

  private func check(_ schema: String, _ query: String, says: String?, _ name: String = #function) throws {
    let disk = project(["schema/001_agents.sql": schema, "queries/agents.sql": query])
    var outcome: CommandOutcome?
    let time = try ContinuousClock().measure { outcome = try SQLCDriver.check(context(disk)) }
    let found = try #require(outcome)
    if let says {
      #expect(found.exit == .failure && found.standardError.contains(says), "\(found.standardError.prefix(400))")
    } else {
      #expect(found.exit == .success, "\(found.standardError.prefix(400))")
    }
    #expect(time < Self.patience, "\(name) took \(time)")
  }

  private let table = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, w INTEGER);\n"

  private func chain(_ levels: Int, _ outputs: String, _ join: String, _ tail: String) -> String {
    let tables = (1...levels).map {
      "c\($0) AS (SELECT \(outputs) FROM c\($0 - 1) x \(join))".replacing("$", with: "c\($0 - 1)")
    }
    return "-- name: Q :many\nWITH c0 AS (SELECT id AS a FROM t), " + tables.joined(separator: ", ")
      + " SELECT \(tail) FROM c\(levels);\n"
  }

  @Test(arguments: [(10, nil), (18, "binder/oversized-query"), (60, "binder/oversized-query")] as [(Int, String?)])
  func commonTablesThatDouble(levels: Int, says: String?) throws {
    try check(table, chain(levels, "x.a", ", $ y", "a"), says: says)
    try check(table, chain(levels, "x.a", "LEFT JOIN $ y ON y.a = x.a WHERE x.a > 1", "a"), says: says)
  }

  @Test(arguments: [(9, nil), (18, "binder/too-many-columns"), (60, "binder/too-many-columns")] as [(Int, String?)])
  func columnsThatDouble(levels: Int, says: String?) throws {
    try check(table, chain(levels, "x.*, y.*", ", $ y", "count(*) AS n"), says: says)
  }

  @Test(arguments: [(10, nil), (18, "binder/oversized-query"), (60, "binder/oversized-query")] as [(Int, String?)])
  func viewsThatDouble(levels: Int, says: String?) throws {
    let views = (1...levels).map { "CREATE VIEW c\($0) AS SELECT x.a FROM c\($0 - 1) x, c\($0 - 1) y;\n" }
    try check(
      table + "CREATE VIEW c0 AS SELECT id AS a FROM t;\n" + views.joined(),
      "-- name: Q :many\nSELECT a FROM c5;\n", says: says)
  }

  @Test func longChainsOfViews() throws {
    let views = (1..<150).map { "CREATE VIEW v\($0) AS SELECT id FROM v\($0 - 1);\n" }
    try check(
      table + "CREATE VIEW v0 AS SELECT id FROM t;\n" + views.joined(), "-- name: Q :many\nSELECT id FROM v99;\n",
      says: nil)
  }

  /// SQLite takes 1,000 levels (limits.html#max_expr_depth).
  @Test(arguments: ["OR", "AND"]) func longConditions(op: String) throws {
    for test in ["id <>", "w ="] {
      let condition = (0..<900).map { "\(test) \($0)" }.joined(separator: " \(op) ")
      try check(table, "-- name: Q :many\nSELECT id FROM t WHERE \(condition);\n", says: nil)
    }
  }

  @Test func longExpressions() throws {
    let text = Array(repeating: "v", count: 900).joined(separator: " || ")
    try check(table, "-- name: Q :many\nSELECT \(text) AS a FROM t;\n", says: nil)
    let list = (0..<20_000).map(String.init).joined(separator: ", ")
    try check(table, "-- name: Q :many\nSELECT id FROM t WHERE id IN (\(list));\n", says: nil)
  }

  @Test func manyArms() throws {
    let arms = (0..<500).map { "SELECT \($0) AS a" }.joined(separator: " UNION ALL ")
    try check(table, "-- name: Q :many\n\(arms);\n", says: nil)
  }

  @Test func deepSubqueries() throws {
    for levels in [10, 16] {
      var query = "SELECT id AS a FROM t"
      for level in 0..<levels { query = "SELECT s\(level).a FROM (\(query)) AS s\(level)" }
      try check(table, "-- name: Q :many\n\(query);\n", says: levels == 10 ? nil : "sqlite/rejected-query")
    }
  }
}
