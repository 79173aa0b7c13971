// The code that the documentation promises, as written there.

import AgentStore
import Foundation
import SQLCRuntime
import Testing

struct Dashboard {
  var queries: any QueriesProtocol

  func title() async throws -> String { "\(try await queries.countAgents()) agents" }
}

@Suite struct UserCodeTests {
  @Test func promisedCodeRuns() async throws {
    let queries = try await storeWithAgent()
    let database = queries.database
    let environment = try await queries.createEnvironment(userID: 1, name: "dev", description: "for trials")
    for id in 2...3 as ClosedRange<Int64> {
      try await queries.touchEnvironment(id: id)
    }
    _ = try await queries.createMCPServer(
      environmentID: environment.id, fileConfigID: nil, name: "files", transport: .stdio, command: "files", url: nil,
      arguments: "[]")
    let tools = [
      try await queries.upsertMCPTool(mcpServerID: 1, name: "read", description: nil, inputSchema: nil),
      try await queries.upsertMCPTool(mcpServerID: 1, name: "write", description: nil, inputSchema: nil),
    ]

    let agent = try await queries.createAgent(name: "helper", prompt: "…", environmentID: environment.id)
    let found = try await queries.getAgentByID(id: agent.id)
    let missing = try await queries.getAgentByID(id: 77)
    let agents = try await queries.listAgents()
    let count = try await queries.countAgents()
    #expect(agent.name == "helper" && agent.maxSteps == 5 && agent.cronSchedule == nil)
    #expect(found == agent && missing == nil)
    #expect(agents.map(\.name) == ["scout", "helper"] && count == 2)

    try await queries.transaction { tx in
      let agent = try tx.createAgent(name: "builder", prompt: "…", environmentID: 2)
      for tool in tools { try tx.createAgentTool(agentID: agent.id, toolID: tool) }
      try tx.savepoint { sp in try sp.touchEnvironment(id: 2) }
    }
    #expect(try await queries.listToolsOfAgent(agentID: 3).map(\.name) == ["read", "write"])

    let gone = try await queries.deleteAgent(id: 3)
    #expect(gone == 1)
    #expect(try await queries.listToolsOfAgent(agentID: 3).isEmpty)

    let names = ["red", "green"]
    try await database.executeBatch(names.map { CreateTag(name: $0) })
    #expect(try await queries.listTags().map(\.name) == ["green", "red"])

    var streamed: [String] = []
    _ = try await queries.startRun(agentID: 1, userID: 1, parentRunID: nil, task: "first")
    for try await run in database.stream(ListAgentRuns(agentID: 1)) { streamed.append(run.task) }
    #expect(streamed == ["first"])

    for try await seen in database.observe(ListAgents()) {
      #expect(seen.count == 2)
      break
    }
    #expect(try await Dashboard(queries: queries).title() == "2 agents")
  }

  @Test func failedTransactionLeavesNothing() async throws {
    struct Stop: Error {}
    let queries = try await storeWithAgent()
    await #expect(throws: Stop.self) {
      try await queries.transaction { tx in
        _ = try tx.createAgent(name: "ghost", prompt: "…", environmentID: 1)
        throw Stop()
      }
    }
    #expect(try await queries.countAgents() == 1)
  }

  @Test func failedSavepointKeepsTheRest() async throws {
    struct Stop: Error {}
    let queries = try await storeWithAgent()
    try await queries.transaction { tx in
      _ = try tx.createAgent(name: "kept", prompt: "…", environmentID: 1)
      do {
        try tx.savepoint { sp in
          _ = try sp.createAgent(name: "dropped", prompt: "…", environmentID: 1)
          throw Stop()
        }
      } catch is Stop {}
    }
    #expect(try await queries.listAgents().map(\.name) == ["scout", "kept"])
  }

  @Test func constraintViolationIsTyped() async throws {
    let queries = try await storeWithAgent()
    await #expect(throws: DatabaseError.self) {
      _ = try await queries.createUser(email: "ADA@example.org", displayName: "Another Ada")
    }
    do {
      _ = try await queries.createAgent(name: "lost", prompt: "…", environmentID: 99)
      Issue.record("a foreign key was not checked")
    } catch {
      #expect(error.query == "CreateAgent")
      #expect(error.constraint != nil)
    }
  }

  @Test func stubStandsIn() async throws {
    let stub = QueriesStub()
    stub.on(CountAgents.self) { _ in 42 }
    #expect(try await Dashboard(queries: stub).title() == "42 agents")
    #expect(stub.recorder.calls.count == 1)
    await #expect(throws: DatabaseError.self) { _ = try await stub.listAgents() }
  }
}
