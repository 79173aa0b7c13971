// Keys with types of their own over PostgreSQL's trees.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCFacts
import SQLCKeys
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile
import Testing

@Suite(.needsPostgreSQL) struct TypedKeyTests {
  private static let schema = """
    CREATE SCHEMA billing;
    CREATE DOMAIN team_id AS bigint CHECK (VALUE > 0);
    CREATE TABLE teams (id team_id PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE agents (id uuid PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams, lead uuid REFERENCES agents (id), n bigint);
    CREATE TABLE billing.invoices (id bigint PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id));
    CREATE TABLE notes (agent uuid REFERENCES agents, short_team integer REFERENCES teams);
    CREATE VIEW leads AS SELECT l.id, l.team_id FROM agents a JOIN agents l ON l.id = a.lead;
    CREATE VIEW lead_teams AS SELECT team_id, array_agg(id) AS leads FROM leads GROUP BY team_id;
    """

  /// What is said, the keys of parameters, and those of results.
  private static let cases: [(String, said: [String], parameters: [String?], results: [String?])] = [
    ("SELECT * FROM agents WHERE id = $1", [], ["agents.id"], ["agents.id", "teams.id", "agents.id", nil]),
    (
      "SELECT i.id, t.id FROM billing.invoices i JOIN teams t ON t.id = i.team_id", [], [],
      ["billing.invoices.id", "teams.id"]
    ),
    ("SELECT 1 FROM billing.invoices i JOIN teams t ON t.id = i.id", ["ids/mixed-keys"], [], []),
    ("SELECT 1 FROM billing.invoices JOIN teams USING (id)", ["ids/mixed-keys"], [], []),
    ("SELECT id FROM agents WHERE team_id IN (sqlc.slice(teams))", [], ["teams.id"], ["agents.id"]),
    ("SELECT id FROM agents WHERE id = ANY(@ids::uuid[])", [], ["agents.id"], ["agents.id"]),
    ("SELECT a.id FROM unnest(@ids::uuid[]) AS x(id) JOIN agents a ON a.id = x.id", [], ["agents.id"], ["agents.id"]),
    ("SELECT 1 FROM agents WHERE team_id = ANY(SELECT id FROM billing.invoices)", ["ids/mixed-keys"], [], []),
    ("SELECT * FROM lead_teams", [], [], ["teams.id", "agents.id"]),
    (
      "SELECT coalesce(lead, id), max(team_id), count(*) FROM agents GROUP BY 1", [], [],
      ["agents.id", "teams.id", nil]
    ),
    (
      "SELECT min(t.id), team_id + 0 FROM agents LEFT JOIN teams t ON t.id = team_id AND t.id > @t GROUP BY 2", [],
      ["teams.id"], ["teams.id", nil]
    ),
    (
      "INSERT INTO agents (id, team_id, lead) VALUES (@id, @team, sqlc.narg(lead)) RETURNING id, team_id", [],
      ["agents.id", "teams.id", "agents.id"], ["agents.id", "teams.id"]
    ),
    (
      "INSERT INTO billing.invoices (id, team_id) SELECT id, id FROM billing.invoices RETURNING id",
      ["ids/misplaced-key"], [], []
    ),
    ("UPDATE agents SET team_id = i.id FROM billing.invoices i RETURNING agents.id", ["ids/misplaced-key"], [], []),
    (
      "UPDATE agents SET (team_id, n) = (SELECT id, id FROM teams LIMIT 1) WHERE id = @x RETURNING id",
      ["ids/unchecked-query"],
      ["agents.id"], []
    ),
    ("SELECT 1 FROM billing.invoices WHERE id = @x OR team_id = @x", ["ids/ambiguous-parameter"], [], []),
    (
      "WITH RECURSIVE up AS (SELECT id, lead FROM agents WHERE id = @x UNION SELECT a.id, a.lead FROM up JOIN agents a ON a.id = up.lead) "
        + "SELECT id FROM up", [], ["agents.id"], ["agents.id"]
    ),
    (
      "WITH gone AS (DELETE FROM agents WHERE id = @x RETURNING team_id) SELECT team_id FROM gone",
      ["ids/unchecked-query"], ["agents.id"], ["teams.id"]
    ),
    ("SELECT agent, short_team FROM notes WHERE sqlc.optional(agent = @agent)", [], ["agents.id"], ["agents.id", nil]),
  ]

  @Test func keysAreFollowed() throws {
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    let engine = PostgreSQLEngine(
      settings: ServerSettings(machine: machine), extensions: [],
      place: SourceRange(path: "sqlc-swift.yaml", range: ByteRange(at: 0)))
    let loaded = try engine.load([SourceFile(path: "schema.sql", text: Self.schema)])
    #expect(loaded.diagnostics.map(\.message) == [])
    let keys = TypedKeys(of: loaded.value.model, try #require(loaded.value.inspector as? any FactInspector))
    // `integer` is no `bigint`.
    #expect(keys.diagnostics.map(\.id.description) == ["ids/other-type"])
    let text = Self.cases.enumerated().map { "-- name: Q\($0) :many\n\($1.0);\n" }.joined()
    let queries = splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .postgresql).value
    for ((query, plain), expected) in zip(zip(queries, try loaded.value.analyze(queries) { _ in }), Self.cases) {
      let found = keys.applying(to: plain, of: query)
      let said = found.diagnostics.map(\.id.description).filter { $0.hasPrefix("ids/") }
      #expect(said == expected.said, "\(expected.0): \(found.diagnostics.map(\.message))")
      guard let model = found.value else { continue }
      #expect(model.parameters.map { $0.key?.description } == expected.parameters, "\(expected.0)")
      let results = model.results.map {
        if case .column(let column) = $0 { column.key?.description } else { String?.none }
      }
      if !expected.results.isEmpty { #expect(results == expected.results, "\(expected.0)") }
    }
  }
}
