// Keys as an application uses them: each of its own type, literals where it is plain which is meant, and one value in JSON.

import Foundation
import SQLCRuntime

/// Of a queue: keys stand in it as they are in the database.
nonisolated struct Assignment: Codable, Hashable {
  var agent: Agent.ID
  var team: Team.ID
  var session: Session.Token?
}

nonisolated func assign(_ assignment: Assignment, in queries: any QueriesProtocol) async throws -> Agent? {
  guard try await queries.moveAgent(id: assignment.agent, teamID: .set(assignment.team)) == 1 else { return nil }
  return try await queries.getAgent(id: assignment.agent)
}

/// Rows are found by their keys, of whatever table.
nonisolated func byKey<Row: Identifiable>(_ rows: [Row]) -> [Row.ID: Row] {
  Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

nonisolated func assignWithoutDatabase() async throws -> [Agent.ID: Agent] {
  let stub = QueriesStub()
  stub.on(MoveAgent.self) { call in call.id == 7 && call.teamID == .set(3) ? 1 : 0 }
  stub.on(GetAgent.self) { call in Agent(id: call.id, teamID: 3, leadID: nil, country: "AT", name: "scout") }
  let agent = try await assign(Assignment(agent: 7, team: 3, session: nil), in: stub)
  return byKey([agent].compactMap { $0 })
}
