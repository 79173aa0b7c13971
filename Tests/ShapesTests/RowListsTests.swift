// The reference project `row_lists`, run: lists of rows in every position, empty, of thousands, with every kind of value.

import Foundation
import RowListsReference
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import SQLCRuntime
import Testing

@Suite struct RowListsTests {
  private func queries() async throws -> Queries {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("row_lists/schema.sql"), encoding: .utf8))
    return Queries(database)
  }

  @Test func rowsAreInsertedAndFound() async throws {
    let queries = try await queries()
    let agents = try await queries.addAgents(agents: ["a", "b", "c"].map { .init(name: $0) }, tenant: 7)
    #expect(agents.map(\.name) == ["a", "b", "c"] && Set(agents.map(\.id)).count == 3)
    let pairs: [AddPairs.Pair] = [
      .init(agentID: agents[0].id, tool: "bash", note: nil), .init(agentID: agents[0].id, tool: "edit", note: "n"),
      .init(agentID: agents[1].id, tool: "bash", note: "it's"),
    ]
    #expect(try await queries.addPairs(pairs: pairs) == 3)
    #expect(try await queries.addPairs(pairs: pairs) == 0)
    let found = try await queries.listPairs(pairs: [
      .init(agentID: agents[1].id, tool: "bash"), .init(agentID: agents[0].id, tool: "edit"),
      // Each is there, and not with the other.
      .init(agentID: agents[1].id, tool: "edit"),
    ])
    #expect(found.map(\.note) == ["n", "it's"])
    #expect(try await queries.countOthers(pairs: [.init(agentID: agents[0].id, tool: "bash")]) == 2)
    #expect(try await queries.removePairs(pairs: [.init(agentID: agents[0].id, tool: "bash")]) == 1)
    let renamed = try await queries.renameTools(names: [.init(old: "bash", new: "zsh"), .init(old: "edit", new: "vi")])
    #expect(Set(renamed.map(\.tool)) == ["zsh", "vi"])
    await queries.database.close()
  }

  @Test func anEmptyListIsNoRow() async throws {
    let queries = try await queries()
    #expect(try await queries.addAgents(agents: [], tenant: 7).isEmpty)
    #expect(try await queries.addPairs(pairs: []) == 0)
    #expect(try await queries.addTools(tenant: 1, tools: []) == 0)
    let agents = try await queries.addAgents(agents: [.init(name: "a")], tenant: 7)
    #expect(try await queries.addPairs(pairs: [.init(agentID: agents[0].id, tool: "bash", note: nil)]) == 1)
    #expect(try await queries.listPairs(pairs: []).isEmpty)
    #expect(try await queries.countOthers(pairs: []) == 1)
    #expect(try await queries.removePairs(pairs: []) == 0)
    #expect(try await queries.renameTools(names: []).isEmpty)
    #expect(try await queries.searchPairs(after: 0, names: ["bash"], most: 9, pairs: []).isEmpty)
    #expect(try await queries.searchPairs(after: 0, names: ["bash"], most: 9).count == 1)
    await queries.database.close()
  }

  @Test func everyPositionHasItsOwnValues() async throws {
    let queries = try await queries()
    _ = try await queries.addAgents(agents: (1...4).map { .init(name: "\($0)") }, tenant: 7)
    let all = (1...4).flatMap { agent in ["x", "y", "z"].map { AddPairs.Pair(agentID: agent, tool: $0, note: nil) } }
    #expect(try await queries.addPairs(pairs: all) == 12)
    let found = try await queries.searchPairs(
      after: 1, names: ["x", "y"], most: 3,
      pairs: all.map { .init(agentID: $0.agentID, tool: $0.tool) },
      span: .init(others: [.init(agentID: 2, tool: "y"), .init(agentID: 9, tool: "x")], below: 4),
      order: .agentID(.descending))
    #expect(found.map { "\($0.agentID)\($0.tool)" } == ["3x", "3y", "2x"])
    await queries.database.close()
  }

  @Test func everyKindOfValueGoesThere() async throws {
    let queries = try await queries()
    let key = UUID()
    let day = try #require(SQLiteDay("2024-02-29"))
    #expect(
      try await queries.addTools(
        tenant: 1,
        tools: [
          .init(name: "A", kind: .web, cost: 0.1 + 0.2, icon: Data([0, 255]), key: key, madeOn: day),
          .init(name: "B", kind: .shell, cost: nil, icon: nil, key: nil, madeOn: nil),
        ]) == 2)
    let found = try await queries.findByValues(found: [
      .init(key: key, madeOn: day, active: true), .init(key: UUID(), madeOn: day, active: true),
    ])
    #expect(found.map(\.name) == ["a"])
    let tool = try #require(try await queries.findTool(tenant: 1, name: "a"))
    #expect(tool.cost == 0.1 + 0.2 && tool.icon == Data([0, 255]) && tool.key == key && tool.madeOn == day)
    #expect(tool.kind == .web && tool.active)
    let bare = try #require(try await queries.findTool(tenant: 1, name: "b"))
    #expect(bare.cost == nil && bare.icon == nil && bare.key == nil && bare.madeOn == nil)
    await queries.database.close()
  }

  /// SQLite has 32,766 parameters for a statement, or what it was built with.
  @Test func thousandsOfRowsFit() async throws {
    let queries = try await queries()
    _ = try await queries.addAgents(agents: (1...10).map { .init(name: "\($0)") }, tenant: 7)
    let rows = (0..<9_000).map { AddPairs.Pair(agentID: Int64($0 % 10 + 1), tool: "t\($0)", note: nil) }
    #expect(try await queries.addPairs(pairs: rows) == 9_000)
    #expect(try await queries.listPairs(pairs: rows.map { .init(agentID: $0.agentID, tool: $0.tool) }).count == 9_000)
    await queries.database.close()
  }

  /// Queries, and each message with the text that it points at.
  static let misuses: [(String, [String])] = [
    ("SELECT id FROM t WHERE (a, n) IN (sqlc.slice(pairs))", []),
    ("SELECT id FROM t WHERE NOT (a, t.n) IN (sqlc.slice('pairs')) OR (a, n) NOT IN (SQLC.SLICE(pairs))", []),
    ("SELECT id FROM t WHERE (lower(a), n + 1) IN (VALUES (sqlc.slice(p, low), sqlc.slice(p, next)))", []),
    ("SELECT id FROM t WHERE (n) IN (sqlc.slice(ids))", []),
    ("SELECT id FROM t WHERE coalesce(a, b) IN (sqlc.slice(ids))", []),
    ("SELECT id FROM t WHERE (lower(a), n) IN (sqlc.slice(pairs))", ["unnamed-field: lower(a)"]),
    ("SELECT id FROM t WHERE (a, 1) IN (sqlc.slice(pairs))", ["unnamed-field: 1"]),
    ("SELECT t.id FROM t, t AS u WHERE (t.n, u.n) IN (sqlc.slice(pairs))", ["repeated-field: u.n"]),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows))", []),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows)) ON CONFLICT DO NOTHING", []),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows, a), coalesce(sqlc.slice(rows, n), 1))", []),
    ("INSERT INTO t VALUES (sqlc.slice(rows))", ["missing-columns: sqlc.slice(rows)"]),
    ("SELECT * FROM (VALUES (sqlc.slice(rows)))", ["missing-columns: sqlc.slice(rows)"]),
    ("INSERT INTO t (a, n) VALUES sqlc.slice(rows)", ["bare-list: sqlc.slice(rows)"]),
    ("SELECT id FROM t WHERE (a, n) IN sqlc.slice(rows)", ["bare-list: sqlc.slice(rows)"]),
    ("INSERT INTO t (a, n) VALUES ('x', 1), (sqlc.slice(rows))", ["several-rows: sqlc.slice(rows)"]),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows)), ('x', 1)", ["several-rows: sqlc.slice(rows)"]),
    (
      "INSERT INTO t (a, n) VALUES (sqlc.slice(rows, a), sqlc.slice(others, n))",
      ["mixed-lists: sqlc.slice(others, n)"]
    ),
    ("SELECT sqlc.slice(rows, a) FROM t", ["misplaced-field: sqlc.slice(rows, a)"]),
    ("SELECT id FROM t WHERE n IN (sqlc.slice(rows, a))", ["misplaced-field: sqlc.slice(rows, a)"]),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows, 1), 2)", ["malformed-field: sqlc.slice(rows, 1)"]),
    ("INSERT INTO t (a, n) VALUES (sqlc.slice(rows, a, b), 2)", ["malformed-field: sqlc.slice(rows, a, b)"]),
    (
      "SELECT id FROM t WHERE (a, n) IN (sqlc.slice(p)) OR (a, id) IN (sqlc.slice(p))",
      ["unequal-lists: sqlc.slice(p)"]
    ),
    ("SELECT id FROM t WHERE (a, n) IN (sqlc.slice(p)) AND id = @p", ["shared-name: p"]),
    ("SELECT id FROM t WHERE (a, n) IN (sqlc.slice(p)) AND id = sqlc.arg(p)", ["shared-name: p"]),
    ("SELECT id FROM t WHERE (a, n) IN (sqlc.slice(p)) AND id IN (sqlc.slice(p))", ["shared-name: p"]),
    (
      "INSERT INTO t (a, n) VALUES (sqlc.slice(rows, a), (SELECT 1 WHERE sqlc.optional(1 = @x)))",
      ["unfit-expression: sqlc.optional"]
    ),
    (
      "INSERT INTO t (a, n) VALUES (sqlc.slice(rows, a), (1 IN (sqlc.slice(ids))))",
      ["unfit-expression: sqlc.slice(ids)"]
    ),
    ("SELECT id FROM t WHERE (a, n) IN (sqlc.slice(pairs)) AND missing = 1", ["unknown-column: missing"]),
    ("SELECT id FROM t WHERE (a, none) IN (sqlc.slice(pairs))", ["unknown-column: none"]),
  ]

  @Test(arguments: misuses) func misuseIsSaidInItsPlace(_ sql: String, _ expected: [String]) throws {
    let command = sql.hasPrefix("SELECT") ? ":many" : ":exec"
    #expect(try findings("-- name: Q \(command)\n\(sql);\n") == expected)
  }

  @Test func aListIsNoRowOfACopy() throws {
    #expect(
      try findings("-- name: Q :copyfrom\nINSERT INTO t (a, n) VALUES (sqlc.slice(rows));\n")
        == ["unfit-command: sqlc.slice(rows)"])
  }

  private func findings(_ queries: String) throws -> [String] {
    let schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, n INTEGER NOT NULL);"
    return try fragmentSnapshot(schema: schema, queries: queries).diagnostics.sortedAndUnique().map { diagnostic in
      let text = SourceFile(path: "", text: queries).slice(diagnostic.primary.source.range)
      return "\(diagnostic.id.name): \(diagnostic.primary.source.path == "queries.sql" ? String(text) : "?")"
    }
  }
}
