// The application without a database.

import AgentController
import AgentStore
import Foundation
import SQLCPortable
import Testing

@Suite struct StubTests {
  @Test func transactionsAreAnsweredToo() async throws {
    let queries = QueriesStub()
    queries.on(GetAgent.self) { _ in nil }
    let controller = AgentController(queries: queries, userID: "ada")
    let id = UUID()
    await #expect(throws: Refusal.noSuchAgent) { _ = try await controller.submit(["x"], to: id) }
    #expect(queries.calls(of: GetAgent.self) == [GetAgent(id: id, userID: "ada")])
  }

  @Test func whatIsNotPreparedIsSaid() async throws {
    let error = await #expect(throws: PortableError.self) { _ = try await QueriesStub().countAgents(userID: "ada") }
    #expect(error?.kind == .misuse && error?.query == "CountAgents")
  }
}
