// The code that users were promised, as written, from the main actor.

import Foundation
import SQLCRuntime
import Testing

@Suite struct UserCodeTests {
  @Test func theContract() async throws {
    let database = try await stationInMemory()
    let queries = Queries(database)
    let tools: [Int64] = [4, 5, 6]

    let agent = try await queries.createAgent(name: "scout", prompt: "…", environmentID: 1)
    let found = try await queries.getAgentByID(id: agent.id)
    let agents = try await queries.listAgents()
    let count = try await queries.countAgents()
    #expect(found == agent)
    #expect(agents == [agent])
    #expect(count == 1)
    #expect(agent.status == .idle)
    #expect(abs(agent.createdAt.timeIntervalSinceNow) < 600)
    let gone = try await queries.deleteAgent(id: 7)
    #expect(gone == 0)

    try await queries.transaction { tx in
      let agent = try tx.createAgent(name: "scout", prompt: "…", environmentID: 1)
      for tool in tools { try tx.createAgentTool(agentID: agent.id, toolID: tool) }
      try tx.savepoint { sp in _ = try sp.touchEnvironment(id: 1, at: nil) }
    }
    #expect(try await queries.countAgents() == 2)

    let names = ["a", "b", "c"]
    try await database.executeBatch(names.map { CreateTag(name: $0) })

    var streamed: [Agent] = []
    for try await agent in database.stream(ListAgents()) { streamed.append(agent) }
    #expect(streamed.count == 2)

    var seen = 0
    for try await agents in database.observe(ListAgents()) {
      seen += 1
      if agents.count == 3 { break }
      _ = try await queries.createAgent(name: "late", prompt: "…", environmentID: 1)
    }
    #expect(seen == 2)
  }

  @Test func stubsRecord() async throws {
    let stub = QueriesStub()
    let error = await #expect(throws: DatabaseError.self) { try await stub.deleteAgent(id: 1) }
    #expect(error?.query == "DeleteAgent")
    stub.on(DeleteAgent.self) { _ in 3 }
    #expect(try await stub.deleteAgent(id: 2) == 3)
    #expect(stub.recorder.calls(of: DeleteAgent.self) == [DeleteAgent(id: 1), DeleteAgent(id: 2)])
  }
}
