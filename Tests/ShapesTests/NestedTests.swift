// The reference project `nested`, run: parents with their lists out of one statement.

import Foundation
import NestedReference
import SQLCAnalysis
import SQLCDriver
import SQLCRuntime
import Testing

@Suite struct NestedTests {
  private func database() async throws -> Queries {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("nested/schema.sql"), encoding: .utf8))
    return Queries(database)
  }

  /// Teams 1 and 2, team 3 without agents; agent 3 without tools.
  private func example() async throws -> Queries {
    let queries = try await database()
    for name in ["red", "blue", "empty"] { _ = try await queries.createTeam(name: name) }
    for (name, team) in [("a", 1), ("b", 1), ("c", 2)] {
      _ = try await queries.createAgent(name: name, teamID: Int64(team))
    }
    for (name, price) in [("saw", 3.0), ("axe", nil), ("pen", 1.0)] {
      _ = try await queries.createTool(name: name, price: price)
    }
    for (agent, tool) in [(1, 1), (2, 1), (1, 2), (1, 3)] {
      try await queries.giveTool(agentID: Int64(agent), toolID: Int64(tool))
    }
    return queries
  }

  /// Ordered by the children, so that the rows of one parent do not follow one another.
  @Test func parentsWithChildrenWhateverTheOrder() async throws {
    let agents = try await example().listAgentsWithTools()
    #expect(agents.map(\.agent.name) == ["c", "a", "b"])
    #expect(agents.map { $0.tools.map(\.name) } == [[], ["axe", "pen", "saw"], ["saw"]])
  }

  @Test func oneParentWithChildrenWithoutAKey() async throws {
    let queries = try await example()
    #expect(try await queries.getAgentWithNotes(id: 9) == nil)
    #expect(try await queries.getAgentWithNotes(id: 1)?.notes == [])
    // Rows that are equal are two all the same; a NULL is a value of a row that is there.
    for body in ["x", "x", nil] { try await queries.createNote(agentID: 1, body: body) }
    let found = try #require(try await queries.getAgentWithNotes(id: 1))
    #expect(found.team == "red")
    #expect(found.notes.map(\.body) == [nil, "x", "x"])
  }

  @Test func twoListsDoNotMultiplyEachOther() async throws {
    let teams = try await example().listTeams(price: 5)
    #expect(teams.map(\.name) == ["empty", "blue", "red"])
    #expect(teams.map { $0.agents.map(\.name) } == [[], ["c"], ["a", "b"]])
    #expect(teams.map { $0.affordable.map(\.name) } == Array(repeating: ["saw", "pen"], count: 3))
  }

  @Test func aListInAList() async throws {
    let teams = try await example().listTeamsInFull()
    #expect(teams.map(\.team.name) == ["red", "blue", "empty"])
    #expect(teams.map { $0.agents.map(\.name) } == [["a", "b"], ["c"], []])
    #expect(teams[0].agents.map { $0.tools.map(\.name) } == [["saw", "axe", "pen"], ["saw"]])
    #expect(teams[1].agents[0].tools == [])
  }

  @Test func aParentThatIsAbsentIsOneToo() async throws {
    let queries = try await example()
    _ = try await queries.createTool(name: "spare", price: nil)
    try await queries.database.execute(
      "PRAGMA foreign_keys = OFF; INSERT INTO agent_tools VALUES (98, 2), (99, 2); PRAGMA foreign_keys = ON")
    let rows = try await queries.toolsByAgent()
    #expect(rows.map(\.agent?.name) == ["a", "b", nil])
    #expect(rows.map { $0.tools.map(\.name) } == [["saw", "axe", "pen"], ["saw"], ["axe", "spare"]])
  }

  @Test func aRowOfNullsIsARow() async throws {
    let queries = try await example()
    try await queries.createRemark(topic: nil, body: nil)
    try await queries.createRemark(topic: "tools", body: nil)
    let nothing = Remark(topic: nil, body: nil)
    let single = try await queries.agentsWithRemark(without: "b")
    #expect(single.map(\.id) == [1, 2, 2, 3, 3])
    #expect(single.map(\.remark) == [nothing, nil, nil, nothing, nothing])
    #expect(single.map(\.shownRemarks?.topic) == [nil, nil, "tools", nil, "tools"])
    #expect(single.map { $0.shownRemarks == nil } == [true, false, false, false, false])
    let lists = try await queries.agentsWithRemarks(without: "b")
    #expect(lists.map { $0.remarks.map(\.topic) } == [[nil, "tools"], [], [nil, "tools"]])
    let chosen = try await queries.agentsWithRemarks(without: "b", topic: "tools")
    #expect(chosen.map { $0.remarks.map(\.topic) } == [["tools"], ["tools"]])
  }

  @Test func limitsInASubqueryAndChoices() async throws {
    let queries = try await example()
    let first = try await queries.firstTeams(count: 2)
    #expect(first.map(\.t.name) == ["blue"])
    #expect(first[0].members.map(\.shout) == ["C"])
    #expect(try await queries.firstTeams(count: 9, name: "red").map { $0.members.map(\.shout) } == [["A", "B"]])
    #expect(try await queries.firstTeams(count: 9, order: .id(.descending)).map(\.t.id) == [2, 1])
  }

  @Test func transactionsAndObservation() async throws {
    let queries = try await example()
    let count = try await queries.read { tx in try tx.listTeamsInFull().count }
    #expect(count == 3)
    var seen: [Int] = []
    for try await agents in queries.database.observe(ListAgentsWithTools()) {
      seen.append(agents.flatMap(\.tools).count)
      if seen.count == 2 { break }
      try await queries.giveTool(agentID: 3, toolID: 3)
    }
    #expect(seen == [4, 5])
    let stub = QueriesStub()
    stub.on(GetAgentWithNotes.self) { .init(id: $0.id, name: "stub", team: "none", notes: []) }
    #expect(try await stub.getAgentWithNotes(id: 4)?.id == 4)
  }

  /// The same as asking for each parent's children by a statement of its own.
  @Test(arguments: 0..<12)
  func agreesWithOneQueryForEachParent(seed: Int) async throws {
    var random = SplitMix(state: UInt64(seed) &* 77 &+ 5)
    let queries = try await database()
    for team in 0..<Int.random(in: 0...5, using: &random) { _ = try await queries.createTeam(name: "t\(team)") }
    let teams = try await queries.listTeamIDs()
    for tool in 0..<Int.random(in: 0...6, using: &random) {
      _ = try await queries.createTool(name: "x\(tool)", price: Bool.random(using: &random) ? nil : Double(tool))
    }
    let tools = try await queries.listTeams(price: 100).first?.affordable.count ?? 0
    if let team = teams.first {
      for agent in 0..<Int.random(in: 0...9, using: &random) {
        let id = try await queries.createAgent(
          name: "a\(agent)", teamID: teams.randomElement(using: &random) ?? team)
        for tool in 1...7 where tool <= tools && Bool.random(using: &random) {
          try await queries.giveTool(agentID: id, toolID: Int64(tool))
        }
      }
    }
    let nested = try await queries.listTeamsInFull()
    #expect(nested.map(\.team.id) == teams)
    for team in nested {
      let expected = try await queries.agentsOfTeam(teamID: team.team.id)
      #expect(Set(team.agents.map(\.id)) == Set(expected.map(\.id)))
      #expect(team.agents.count == expected.count)
      for agent in team.agents {
        #expect(agent.tools == (try await queries.toolsOfAgent(agentID: agent.id)))
      }
    }
  }

  @Test func isExercised() throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(workingDirectory: reference("nested").path)),
      effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success)
    #expect(outcome.standardOutput.contains("0 wrong claims, 0 queries never ran"))
  }
}
