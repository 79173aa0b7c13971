// The dashboard without a database: the stub answers what a test wants answered.

import AgentStore
import Dashboard
import SQLCRuntime
import Testing

@Suite struct DashboardTests {
  @Test func countsWhatNeverRan() async throws {
    let queries = QueriesStub()
    queries.on(CountAgents.self) { _ in 2 }
    queries.on(AgentStatistics.self) { _ in
      [
        AgentStatistics.Row(id: 1, name: "scout", runs: 3, completed: 2, averageDuration: 1.5, latestRun: nil),
        AgentStatistics.Row(id: 2, name: "writer", runs: 0, completed: 0, averageDuration: nil, latestRun: nil),
      ]
    }
    #expect(try await Dashboard(queries: queries).headline() == "2 agents, 1 of them never ran")
    #expect(queries.calls(of: CountAgents.self) == [CountAgents()])
  }

  @Test func passesOnWhatFails() async throws {
    let queries = QueriesStub()
    queries.on(CountAgents.self) { _ throws(DatabaseError) in
      throw DatabaseError(kind: .closed, message: "the database was closed")
    }
    let error = await #expect(throws: DatabaseError.self) { try await Dashboard(queries: queries).headline() }
    #expect(error?.kind == .closed)
  }

  /// What no test prepared is an error that names the query, not an empty answer.
  @Test func saysWhatIsNotPrepared() async throws {
    let queries = QueriesStub()
    let error = await #expect(throws: DatabaseError.self) { try await Dashboard(queries: queries).headline() }
    #expect(error?.query == "CountAgents")
  }

  /// The same code on a database, to see that the stub does not lie about it.
  @Test func readsARealOne() async throws {
    let database = try await Database.inMemory(Schema.self)
    #expect(try await Dashboard(queries: Queries(database)).headline() == "0 agents")
  }
}
