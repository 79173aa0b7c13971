// The reference project `typed_ids`, run, and each way in which keys can be mixed up.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCRuntime
import Testing
import TypedIDsReference

@Suite struct TypedIDsTests {
  @Test func keysAreOfTheirTables() async throws {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("typed_ids/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    let team: Team.ID = try await queries.createTeam(id: 3, name: "one")
    #expect(team == 3 && "\(team)" == "3" && team.rawValue == 3)
    let lead = try await queries.createAgent(teamID: team, leadID: nil, country: nil, name: "lead")
    let agent = try await queries.createAgent(teamID: team, leadID: lead.id, country: nil, name: "scout")
    #expect(lead.id < agent.id && agent.leadID == lead.id && agent.teamID == team)
    #expect(try await queries.getAgent(id: agent.id) == agent)
    let found: [Agent.ID] = try await queries.agentsOfTeams(teams: [team, 9])
    #expect(found == [lead.id, agent.id])
    #expect(try await queries.agentsOfTeams(teams: []).isEmpty)
    let rows = try await queries.listAgentsAfter(after: 0, count: 10, teamID: team)
    #expect(rows.map(\.lead) == [lead.id, lead.id] && rows.map(\.team) == [team, team])
    #expect(try await queries.subordinates(lead: lead.id).map(\.id) == [agent.id])
    #expect(try await queries.lastAgent() == agent.id)
    #expect(try await queries.listLeads(teamID: team) == [ListLeads.Row(id: lead.id, name: "lead", teamID: team)])
    try await queries.saveProfile(agent: agent.id, about: "who scouts")
    let both = try #require(try await queries.agentWithTeam(id: agent.id))
    #expect(both.agent == agent && both.team.id == team)
    #expect(try await queries.teamsWithAgents().map { $0.a.map(\.id) } == [[lead.id, agent.id]])
    let token = Session.Token(rawValue: UUID())
    let session = try await queries.openSession(token: token, agentID: agent.id)
    #expect(session == Session(token: token, agentID: agent.id, parent: nil))
    #expect(
      try await queries.addVisits([AddVisits(agentID: agent.id, session: token, visited: 1)]) == 1)
    #expect(try await queries.moveAgent(id: agent.id, leadID: .set(nil)) == 1)
    #expect(try await queries.agentsFrom(country: "XX").map(\.id) == [lead.id, agent.id])
    #expect(
      try await queries.sumOfKeys(number: agent.id.rawValue) == SumOfKeys.Row(total: agent.id.rawValue, visits: 1))
    await database.close()
  }

  @Test func aKeyIsItsRawValueInJSON() throws {
    let token = UUID()
    func json(_ key: some Encodable) throws -> String {
      String(decoding: try JSONEncoder().encode([key]), as: UTF8.self)
    }
    let texts = [
      try json(Agent.ID(rawValue: 7)), try json(Country.Code(rawValue: "AT")), try json(Session.Token(rawValue: token)),
    ]
    #expect(texts == ["[7]", "[\"AT\"]", "[\"\(token)\"]"])
    #expect(
      try JSONDecoder().decode([Session.Token].self, from: Data(texts[2].utf8)) == [Session.Token(rawValue: token)])
    #expect(try JSONDecoder().decode([Agent.ID].self, from: Data(texts[0].utf8)) == [7])
  }

  static let schema = """
    CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE agents (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams, lead INT REFERENCES agents (id), n INT);
    CREATE TABLE profiles (agent_id INTEGER PRIMARY KEY REFERENCES agents (id), about TEXT);
    CREATE TABLE members (team_id INT, agent_id INT, since TEXT, PRIMARY KEY (team_id, agent_id),
      FOREIGN KEY (team_id) REFERENCES teams (id), FOREIGN KEY (agent_id) REFERENCES profiles (agent_id));
    CREATE TABLE marks (team_id INT, agent_id INT, FOREIGN KEY (team_id, agent_id) REFERENCES members (team_id, agent_id));
    CREATE TABLE old_agents (id INTEGER PRIMARY KEY, team_id INT REFERENCES teams (id));
    CREATE VIEW team_agents AS SELECT t.id AS team, a.id AS agent, a.n FROM teams AS t LEFT JOIN agents AS a ON a.team_id = t.id;
    """

  /// The statement, and what is said of it.
  static let misuses: [(String, [String])] = [
    // Joins, WHERE, either way round, with USING.
    ("SELECT 1 FROM agents AS a JOIN teams AS t ON t.id = a.id", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents AS a JOIN teams AS t ON a.team_id = t.id", []),
    ("SELECT 1 FROM agents JOIN teams USING (id)", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents NATURAL JOIN old_agents", ["ids/mixed-keys"]),
    ("SELECT 1 FROM members JOIN marks USING (team_id, agent_id)", []),
    ("SELECT 1 FROM agents WHERE id = team_id", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE lead IS id AND n = id", []),
    ("SELECT 1 FROM agents WHERE rowid = team_id", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE id + 0 = team_id", []),
    ("SELECT 1 FROM agents WHERE id > team_id", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE n BETWEEN 1 AND 2 AND id BETWEEN 1 AND team_id", ["ids/mixed-keys"]),
    // Keys that are other tables' keys, through several tables and through keys of several columns.
    ("SELECT 1 FROM members AS m, agents AS a WHERE m.agent_id = a.id", []),
    ("SELECT 1 FROM marks AS m, agents AS a WHERE m.agent_id = a.lead AND m.team_id = a.team_id", []),
    ("SELECT 1 FROM marks AS m, agents AS a WHERE m.team_id = a.lead", ["ids/mixed-keys"]),
    ("SELECT 1 FROM profiles AS p, agents AS a WHERE p.agent_id = a.id", []),
    ("SELECT 1 FROM old_agents AS o, agents AS a WHERE o.id = a.id", ["ids/mixed-keys"]),
    // Rows, lists and queries.
    (
      "SELECT 1 FROM agents WHERE (id, team_id) IN (SELECT team, agent FROM team_agents)",
      ["ids/mixed-keys", "ids/mixed-keys"]
    ),
    ("SELECT 1 FROM agents WHERE (team_id, id) IN (SELECT team, agent FROM team_agents)", []),
    ("SELECT 1 FROM agents WHERE (team_id, id) = (n, team_id)", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE id IN (SELECT id FROM teams)", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE id IN (1, team_id)", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents WHERE CASE team_id WHEN id THEN 1 END", ["ids/mixed-keys"]),
    ("SELECT nullif(id, team_id) FROM agents", ["ids/mixed-keys"]),
    ("SELECT id FROM agents EXCEPT SELECT id FROM teams", ["ids/mixed-keys"]),
    ("SELECT id FROM agents UNION SELECT id FROM teams", []),
    // Through subqueries, common tables, views, aggregates.
    ("SELECT 1 FROM (SELECT max(id) AS x FROM agents) AS s, teams AS t WHERE s.x = t.id", ["ids/mixed-keys"]),
    (
      "WITH c AS (SELECT coalesce(lead, id) AS x FROM agents) SELECT 1 FROM c, teams AS t WHERE c.x = t.id",
      ["ids/mixed-keys"]
    ),
    (
      "WITH RECURSIVE up(x) AS (SELECT id FROM agents WHERE n = 1 UNION ALL SELECT a.lead FROM up JOIN agents AS a ON a.id = up.x) "
        + "SELECT 1 FROM up JOIN teams ON teams.id = up.x", ["ids/mixed-keys"]
    ),
    ("SELECT 1 FROM team_agents WHERE team = agent", ["ids/mixed-keys"]),
    ("SELECT 1 FROM teams WHERE id = (SELECT id FROM agents LIMIT 1)", ["ids/mixed-keys"]),
    ("SELECT 1 FROM teams WHERE EXISTS (SELECT 1 FROM agents WHERE agents.id = teams.id)", ["ids/mixed-keys"]),
    ("SELECT count(*) FILTER (WHERE id = team_id) FROM agents", ["ids/mixed-keys"]),
    ("SELECT 1 FROM agents GROUP BY team_id HAVING max(id) = team_id", ["ids/mixed-keys"]),
    ("SELECT lag(id) OVER (ORDER BY id) = team_id FROM agents", ["ids/mixed-keys"]),
    // Writes.
    ("UPDATE agents SET team_id = id", ["ids/misplaced-key"]),
    ("UPDATE agents SET lead = id, (team_id, n) = (SELECT id, id FROM teams)", []),
    ("UPDATE agents SET (team_id, n) = (SELECT agent_id, 1 FROM profiles)", ["ids/misplaced-key"]),
    ("INSERT INTO agents (team_id, n) SELECT id, id FROM agents", ["ids/misplaced-key"]),
    ("INSERT INTO old_agents (id, team_id) SELECT id, team_id FROM agents", []),
    (
      "INSERT INTO old_agents (id, team_id) SELECT id, team_id FROM agents WHERE true ON CONFLICT DO UPDATE SET team_id = excluded.id",
      ["ids/misplaced-key"]
    ),
    ("DELETE FROM agents WHERE id IN (SELECT team_id FROM members)", ["ids/mixed-keys"]),
    // Parameters.
    ("SELECT 1 FROM agents WHERE id = @x OR team_id = @x", ["ids/ambiguous-parameter"]),
    ("SELECT 1 FROM agents WHERE id = @x OR lead = @x OR n = @x", []),
    ("SELECT 1 FROM agents WHERE id IN (sqlc.slice(x)) OR team_id IN (sqlc.slice(x))", ["ids/ambiguous-parameter"]),
    ("INSERT INTO old_agents (id, team_id) VALUES (@x, @x)", []),
    ("INSERT INTO agents (lead, team_id) VALUES (@x, @x)", ["ids/ambiguous-parameter"]),
    (
      "SELECT 1 FROM agents WHERE sqlc.optional(id = @x) AND sqlc.optional(a_of, team_id = @y AND lead = @y)",
      ["ids/ambiguous-parameter"]
    ),
    ("UPDATE agents SET sqlc.patch(lead = @x, team_id = id) WHERE id = @y", ["ids/misplaced-key"]),
  ]

  @Test(arguments: misuses) func mixedKeysAreSaid(statement: String, expected: [String]) throws {
    #expect(try rules(Self.schema, "-- name: Q :exec\n\(statement);\n") == expected, "\(statement)")
    // Nothing is said where keys are values like others.
    #expect(try rules(Self.schema, "-- name: Q :exec\n\(statement);\n", typed: false).isEmpty)
  }

  @Test(arguments: [
    (
      "CREATE VIEW v AS SELECT 1 AS x FROM teams JOIN agents ON agents.id = teams.id;", ["ids/mixed-keys"]
    ),
    ("CREATE TABLE b (x INT REFERENCES teams (id) REFERENCES agents (id));", ["ids/ambiguous-column"]),
    ("CREATE TABLE b (x TEXT REFERENCES teams (id));", ["ids/other-type"]),
    // One key by two ways; each other's key; its own.
    ("CREATE TABLE b (x INT REFERENCES profiles (agent_id) REFERENCES agents (id));", []),
    (
      "CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES c (id)); CREATE TABLE c (id INTEGER PRIMARY KEY REFERENCES b (id));",
      []
    ),
    ("CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES b (id));", []),
  ])
  func schemasAreLookedAt(addition: String, expected: [String]) throws {
    #expect(try rules(Self.schema + "\n" + addition, "-- name: Q :many\nSELECT name FROM teams;\n") == expected)
  }

  @Test func thePlacesAreThoseOfTheSides() throws {
    let text = "-- name: Q :many\nSELECT t.name FROM agents AS a JOIN teams AS t ON t.id = a.id;\n"
    let said = try said(Self.schema, text)
    #expect(said.contains("query.sql:2:58: error: a key of 'teams' is compared with a key of 'agents'"), "\(said)")
    #expect(said.contains("a key of 'agents'") && said.contains("`+ 0`"))
  }
}

private func rules(_ schema: String, _ queries: String, typed: Bool = true) throws -> [String] {
  try said(schema, queries, typed: typed).split(separator: "\n").compactMap { line in
    line.firstRange(of: "= help: ").map { String(line[$0.upperBound...]) }
  }.filter { $0.hasPrefix("ids/") }
}

private func said(_ schema: String, _ queries: String, typed: Bool = true) throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-keys-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in [
    ("schema.sql", schema), ("query.sql", queries),
    (
      "sqlc-swift.yaml",
      "version: '2'\nsql: [{engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Generated, typed_ids: \(typed)}}}]\n"
    ),
  ] {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }
  return try check(CommandContext(location: ProjectLocation(workingDirectory: folder.path))).standardError
}
