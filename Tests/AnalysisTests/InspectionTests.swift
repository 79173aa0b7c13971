// What is known of a query with a mistake, and where names stand.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import Testing

private let configuration = """
  version: "2"
  sql: [{ engine: sqlite, schema: schema.sql, queries: queries.sql, gen: { swift: { out: Out } } }]
  """
private let schema = """
  CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), title TEXT NOT NULL, due TEXT);
  CREATE VIEW open AS SELECT id, title AS what FROM tasks WHERE due IS NULL;
  """

private func snapshot(_ queries: String) throws -> Snapshot {
  try Workspace(
    at: ProjectLocation(workingDirectory: "/p"),
    files: MemoryFiles([
      "/p/sqlc-swift.yaml": configuration, "/p/schema.sql": schema, "/p/queries.sql": queries,
    ]), engines: .standard
  ).snapshot()
}

private func words(_ value: InspectedValue) -> String {
  guard let facts = value.facts else { return "\(value.name) ?" }
  return "\(value.name) \(facts.type)\(facts.nullability.isOptional ? "?" : "")"
}

@Suite struct InspectionTests {
  @Test func oneUnknownColumnLeavesTheOthersTheirTypes() throws {
    let found = try snapshot(
      """
      -- name: Find :one
      SELECT t.id, titel, due, upper(absent) AS loud, u.name FROM tasks t LEFT JOIN teams u ON u.id = t.team_id
      WHERE t.id = @id AND nowhere = @other
      """)
    let query = try #require(found.blocks[0].query(named: "Find"))
    #expect(query.model == nil)
    #expect(query.diagnostics.map(\.id.description) == Array(repeating: "binder/unknown-column", count: 3))
    let inspection = query.inspection
    #expect(
      inspection.columns.map(words)
        == ["id integer(SQLCModel.IntegerWidth.bits64)", "titel ?", "due text?", "loud ?", "name text?"])
    #expect(inspection.columns.last?.facts?.nullability.reason?.contains("LEFT JOIN") == true)
    #expect(inspection.parameters.map(words) == ["id integer(SQLCModel.IntegerWidth.bits64)", "other ?"])
    #expect(inspection.rowCount == nil && inspection.reads == nil)
  }

  @Test func aMistakeInWhatIsReadFromHidesWhatComesOfIt() throws {
    let found = try snapshot(
      """
      -- name: Read :many
      WITH x AS (SELECT upper(absent) AS loud, id FROM tasks) SELECT x.loud, x.id, teams.name FROM x, teams;
      -- name: Both :many
      SELECT id, title FROM tasks UNION SELECT id, upper(absent) FROM teams;
      -- name: Gone :many
      SELECT t.title, g.x FROM tasks t JOIN gone g ON g.id = t.id;
      -- name: Written :one
      UPDATE tasks SET title = absent WHERE id = 1 RETURNING id, due, wrong
      """)
    let columns = found.blocks[0].queries.map { $0.inspection.columns.map { $0.facts == nil ? "?" : $0.name } }
    #expect(
      columns == [["?", "?", "name"], ["?", "?"], ["title", "?"], ["id", "due", "?"]])
  }

  @Test(arguments: [
    ("SELECT id, FROM tasks", "id", [","]),
    ("SELECT id, t. FROM tasks t", "id ?", ["."]),
    ("SELECT id, due FROM tasks WHERE", "id due", ["WHERE"]),
    ("SELECT id, due FROM tasks WHERE title = AND id = @id", "id due", ["="]),
    ("SELECT id, FROM tasks WHERE (title =", "id", [",", "WHERE (title ="]),
    ("SELECT id, ( FROM tasks", "id", [", ("]),
    ("UPDATE tasks SET title = 'x', WHERE id = 1 RETURNING id, due", "id due", [","]),
    ("INSERT INTO tasks (title) VALUES (@title) RETURNING id title due", "title", ["due"]),
    ("SELECT id, 'due FROM tasks", "?", ["'due FROM tasks", ","]),
  ])
  func whatCannotBeReadIsLeftOut(_ sql: String, _ columns: String, _ unread: [String]) throws {
    let text = "-- name: Half :many\n" + sql
    let query = try #require(try snapshot(text).blocks[0].queries.first)
    #expect(query.model == nil)
    let inspection = query.inspection
    #expect(inspection.columns.map { $0.facts == nil ? "?" : $0.name }.joined(separator: " ") == columns)
    let bytes = Array(text.utf8)
    #expect(
      inspection.unread.map { String(decoding: bytes[$0.range.lower..<$0.range.upper], as: UTF8.self) } == unread)
    #expect(inspection.rowCount == nil)
  }

  @Test func withoutAMistakeItSaysWhatTheModelSays() throws {
    let found = try snapshot(
      """
      -- name: Find :one
      SELECT id, what, upper(what) AS loud FROM open WHERE id = @id;
      -- name: Search :many
      SELECT title, due FROM tasks WHERE TRUE AND sqlc.optional(due = @due) ORDER BY id
      """)
    #expect(found.diagnostics.isEmpty)
    for query in found.blocks[0].queries {
      let model = try #require(query.model)
      let results = model.results.compactMap { result -> ResultColumnModel? in
        if case .column(let column) = result { column } else { nil }
      }
      #expect(query.inspection.columns.map(\.facts?.type) == results.map(\.type))
      #expect(query.inspection.columns.map(\.facts?.nullability) == results.map(\.nullability))
      #expect(query.inspection.parameters.map(\.facts?.type) == model.parameters.map(\.type))
      #expect(query.inspection.rowCount?.count == model.rowCount)
      #expect(query.inspection.reads == model.reads)
    }
  }

  @Test func definitionAndReferences() throws {
    let queries = """
      -- name: Titles :many
      SELECT t.title FROM tasks AS t;

      -- name: What :many
      SELECT what FROM open;

      -- name: Rename :exec
      UPDATE tasks SET title = @title WHERE id = @id
      """
    let block = try #require(try snapshot(queries).blocks.first)
    let offset = try #require(queries.range(of: "title FROM")).lowerBound.utf16Offset(in: queries)
    let title = try #require(block.occurrences(at: offset, in: "queries.sql").first?.symbol)
    #expect(title == .column(ColumnReference(table: "tasks", column: "title")))
    let places = block.occurrences(of: title)
    #expect(places.filter { $0.role == .definition }.map(\.source.path) == ["schema.sql"])
    #expect(places.map(\.source.path) == ["schema.sql", "schema.sql", "queries.sql", "queries.sql"])

    let alias = try #require(block.occurrences(at: offset - 2, in: "queries.sql").first?.symbol)
    #expect(block.occurrences(of: alias).map(\.role) == [.reference, .definition])
    let view = SQLSymbol.column(ColumnReference(table: "open", column: "what"))
    #expect(block.occurrences(of: view).map(\.role) == [.definition, .reference])
    #expect(
      block.symbols(in: "queries.sql").compactMap { if case .query(let name) = $0.symbol { name } else { nil } }
        == ["Titles", "What", "Rename"])
    #expect(block.query(at: offset, in: "queries.sql")?.name == "Titles")
  }

  /// Places are those of the text as it is now, not as it was when the query was analysed.
  @Test func placesMoveWithTheQuery() throws {
    let queries = "-- name: Titles :many\nSELECT title, wrong FROM tasks WHERE id = @id"
    let workspace = Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles([
        "/p/sqlc-swift.yaml": configuration, "/p/schema.sql": schema, "/p/queries.sql": queries,
      ]), engines: .standard)
    let before = try #require(try workspace.snapshot().blocks[0].queries.first)
    let places = before.occurrences.map(\.source.range.lower)
    let above = "-- ü\n\n"
    workspace.setText(above + queries, of: FileID("/p/queries.sql"))
    let snapshot = try workspace.snapshot()
    #expect(snapshot.work.queriesAnalyzed == 1)
    let after = try #require(snapshot.blocks[0].queries.first)
    #expect(after.occurrences.map(\.source.range.lower) == places.map { $0 + above.utf8.count })
    #expect(
      after.diagnostics.map(\.primary.source.range.lower)
        == before.diagnostics.map { $0.primary.source.range.lower + above.utf8.count })
  }
}

extension ModelNullability {
  fileprivate var reason: String? {
    if case .optional(let reason, _) = self { reason } else { nil }
  }
}
