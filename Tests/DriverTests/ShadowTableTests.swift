// Tables that virtual tables keep for themselves: derived from the module's options, or not claimed; never a defect.

import SQLCDriver
import SQLCOracleSQLite
import Testing

@Suite struct ShadowTableTests {
  @Test(
    arguments: [
      ("rtree(id, a, b)", ["rowid"]), ("rtree(id, a, b, +label TEXT, +n INT)", ["rowid", "node", "parent"]),
      ("rtree_i32(id, a, b, +x)", ["rowid"]), ("fts5(t)", ["docsize", "content", "config"]),
      ("fts5(t, columnsize=0)", ["content", "idx"]), ("fts5(t, content='')", ["docsize"]),
      ("fts5(t, content='', columnsize=0)", ["data"]), ("fts5(t, content='base', content_rowid='id')", ["docsize"]),
      ("fts4(title)", ["content", "docsize", "stat"]), ("fts4(content=\"base\", title)", ["segdir", "stat"]),
      ("fts4(content=\"base\")", ["segments"]), ("fts4(title, content='')", ["docsize"]),
      ("fts4(title, matchinfo=fts3)", ["content", "stat"]), ("fts4(title, languageid=lid)", ["content"]),
      ("fts3(title)", ["content", "segdir"]), ("fts3", ["content"]), ("fts3(title, matchinfo=fts3)", ["content"]),
      ("fts3(tokenize=porter, a)", ["content"]),
    ] as [(String, [String])])
  func module(_ module: String, parts: [String]) throws {
    let schema =
      "CREATE TABLE base (id INTEGER PRIMARY KEY, title TEXT, t TEXT);\nCREATE VIRTUAL TABLE f USING \(module);\n"
    for (rename, name) in [("", "f"), ("ALTER TABLE f RENAME TO g;\n", "g")] {
      let queries = (parts.map { "\(name)_\($0)" } + [name]).enumerated()
        .map { "-- name: Q\($0.offset) :many\nSELECT * FROM \($0.element);\n" }
      let disk = project(["schema/001_agents.sql": schema + rename, "queries/agents.sql": queries.joined()])
      let outcome = try check(context(disk))
      #expect(outcome.exit == .success && outcome.standardError.isEmpty, "\(module): \(outcome.standardError)")
    }
  }

  /// What `.schema` of the shell prints.
  @Test(arguments: ["rtree(id, a, b)", "fts5(t)", "fts4(t)", "fts3(t)"]) func dump(module: String) throws {
    let scratch = try ScratchDatabase()
    try scratch.execute("CREATE VIRTUAL TABLE f USING \(module)")
    let parts = try scratch.describeTables().filter(\.isShadow).compactMap { try scratch.definition(ofTable: $0.name) }
    #expect(parts.count > 2)
    let schema =
      "CREATE VIRTUAL TABLE f USING \(module);\n"
      + parts.map { $0.replacing("CREATE TABLE", with: "CREATE TABLE IF NOT EXISTS") + ";\n" }.joined()
    let disk = project(["schema/001_agents.sql": schema, "queries/agents.sql": "-- name: Q :many\nSELECT * FROM f;\n"])
    let outcome = try check(context(disk))
    #expect(outcome.exit == .success && outcome.standardError.isEmpty, "\(outcome.standardError)")
  }
}
