import AgentStore
import Foundation
import SQLCRuntime
import Testing

@Suite struct AgentsTests {
  /// scout (environment 1), planner (1, scheduled), scout (2).
  private func threeAgents() async throws -> Queries {
    let queries = try await storeWithAgent()
    _ = try await queries.createEnvironment(userID: 1, name: "dev", description: nil)
    let planner = try await queries.createScheduledAgent(
      environmentID: 1, name: "planner", description: "makes plans", prompt: "plan the day", maxSteps: 9,
      spec: #"{"model":"m1","temperature":0.5}"#, createdBy: 1, cronSchedule: "0 * * * *")
    #expect(planner.scheduleEnabled && planner.maxSteps == 9 && planner.createdBy == 1)
    _ = try await queries.createAgent(name: "scout", prompt: "look again", environmentID: 2)
    return queries
  }

  @Test func lists() async throws {
    let queries = try await threeAgents()
    #expect(try await queries.listAgentsOfEnvironment(environmentID: 1).map(\.id) == [2, 1])
    #expect(try await queries.listAgentsByIDs(ids: [3, 1, 99]).map(\.id) == [1, 3])
    #expect(try await queries.listAgentsByIDs(ids: []).isEmpty)
    #expect(try await queries.listAgentsByIDs(ids: Array(1...5000)).map(\.id) == [1, 2, 3])
    let others = try await queries.listAgentsExcept(environmentIDs: [1, 2], names: ["planner"], minSteps: 5)
    #expect(others.map(\.id) == [1, 3])
    #expect(try await queries.listAgentsExcept(environmentIDs: [1], names: [], minSteps: 6).map(\.name) == ["planner"])
    #expect(try await queries.listVisibleAgents(userID: 1).map(\.id) == [1, 2, 3])
    #expect(try await queries.listVisibleAgents(userID: 99).isEmpty)
    #expect(try await queries.findVisibleAgent(id: 2, userID: 1)?.id == 2)
    #expect(try await queries.findVisibleAgent(id: 2, userID: 99) == nil)
    #expect(try await queries.listRunsOfVisibleAgents(userID: 1).isEmpty)
    #expect(try await queries.namesakeAgents().map { [$0.firstID, $0.secondID] } == [[1, 3]])
    let creators = try await queries.agentsAndCreators()
    #expect(creators.map(\.creatorEmail) == [nil, "ada@example.org", nil])
    let named = try await queries.agentNamesPerEnvironment()
    #expect(named.map(\.environment) == ["prod", "dev"])
    // In which order an aggregate meets its rows is SQLite's choice.
    #expect(["[1,2]", "[2,1]"].contains(named[0].agentIDs.text) && named[1].agentIDs.text == "[3]")
    #expect(named[1].agentNames == "scout")
    let model = try await queries.agentsByModel(model: .text("m1"))
    #expect(model.map(\.id) == [2] && model[0].temperature == .real(0.5))
    #expect(try await queries.listActiveAgents(userID: 1).map(\.environmentName) == ["prod", "prod", "dev"])
  }

  @Test func filtersAndPages() async throws {
    let queries = try await threeAgents()
    #expect(try await queries.filterAgents(environmentID: nil, name: nil).count == 3)
    #expect(try await queries.filterAgents(environmentID: 2, name: nil).map(\.id) == [3])
    #expect(try await queries.filterAgents(environmentID: 1, name: "s%").map(\.id) == [1])
    let first = try await queries.pageOfAgents(pageSize: 2)
    #expect(first.map(\.id) == [3, 2])
    let next = try await queries.pageOfAgents(pageSize: 2, after: .init(first[1], order: .createdAt()))
    #expect(next.map(\.id) == [1])
    for order in PageOfAgents.Order.allCases {
      var rows: [PageOfAgents.Row] = []
      while true {
        let cursor = rows.last.map { PageOfAgents.Cursor($0, order: order) }
        let page = try await queries.pageOfAgents(pageSize: 1, order: order, after: cursor)
        if page.isEmpty { break }
        rows += page
      }
      #expect(try await rows == queries.pageOfAgents(pageSize: 9, order: order) && rows.count == 3)
    }
  }

  @Test func embeds() async throws {
    let queries = try await threeAgents()
    let pairs = try await queries.listAgentsWithEnvironment()
    #expect(pairs.map(\.a.id) == [1, 2, 3] && pairs.map(\.e.name) == ["prod", "prod", "dev"])
    _ = try await queries.createEnvironment(userID: 1, name: "empty", description: nil)
    let all = try await queries.listEnvironmentsWithAgents()
    #expect(all.map(\.e.name) == ["prod", "prod", "dev", "empty"])
    #expect(all.map(\.a?.id) == [1, 2, 3, nil])
  }

  @Test func changes() async throws {
    let queries = try await threeAgents()
    let updated = try await queries.updateAgent(
      name: "scout 2", description: "sees", prompt: "look", maxSteps: 7, id: 1)
    #expect(updated?.name == "scout 2" && updated?.description == "sees" && updated?.maxSteps == 7)
    #expect(try await queries.updateAgent(name: "x", description: nil, prompt: "y", maxSteps: 1, id: 99) == nil)
    let patched = try await queries.patchAgent(id: 1, description: .set(nil), maxSteps: .set(9))
    #expect(patched?.name == "scout 2" && patched?.description == nil && patched?.maxSteps == 9)
    #expect(try await queries.patchAgent(id: 99, name: .set("x")) == nil)
    #expect(try await queries.setAgentSchedule(cronSchedule: nil, enabled: false, id: 2) == 1)
    #expect(try await queries.getAgentByID(id: 2)?.cronSchedule == nil)
    try await queries.setAgentStatus(status: #"{"ok":true}"#, id: 2)
    #expect(try await queries.getAgentByID(id: 2)?.status?.text == #"{"ok":true}"#)
    #expect(try await queries.softDeleteAgent(id: 3) == 1)
    #expect(try await queries.softDeleteAgent(id: 3) == 0)
    #expect(try await queries.copyAgents(targetID: 2, sourceID: 1) == 2)
    #expect(try await queries.listAgentsOfEnvironment(environmentID: 2).map(\.name).sorted() == ["planner", "scout 2"])
  }

  @Test func search() async throws {
    let queries = try await threeAgents()
    let hits = try await queries.searchAgents(words: "plan", count: 10)
    #expect(hits.map(\.name) == ["planner"])
    #expect(hits[0].excerpt?.contains("[plan]") == true && hits[0].score < 0)
    #expect(try await queries.searchAgents(words: "nothing", count: 10).isEmpty)
  }

  @Test func statistics() async throws {
    let queries = try await threeAgents()
    let empty = try await queries.agentStatistics()
    #expect(empty.map(\.runs) == [0, 0, 0] && empty[0].averageSeconds == nil && empty[0].latestRunAt == nil)
    for seconds in [1.0, 3.0] {
      let run = try await queries.startRun(agentID: 1, userID: 1, parentRunID: nil, task: "t")
      _ = try await queries.finishRun(
        status: .completed, finalResponse: "done", error: nil, inputTokens: 10, outputTokens: 5,
        durationSeconds: seconds, completedAt: Date(timeIntervalSinceNow: 5), id: run.id)
    }
    let failing = try await queries.startRun(agentID: 1, userID: 1, parentRunID: nil, task: "t")
    _ = try await queries.finishRun(
      status: .failed, finalResponse: nil, error: "boom", inputTokens: 0, outputTokens: 0, durationSeconds: nil,
      completedAt: nil, id: failing.id)
    let one = try #require(try await queries.agentStatistics().first)
    #expect((one.runs, one.completedRuns, one.failedRuns, one.tokens) == (3, 2, 1, 30))
    #expect(one.averageSeconds == 2.0 && one.latestRunAt != nil)
    let latest = try await queries.listLatestRuns()
    #expect(latest.map(\.runID) == [3, nil, nil] && latest.map(\.status) == [.failed, nil, nil])
  }
}
