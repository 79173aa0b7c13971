// The application, against whatever database it is given: `agent-controller agents.db`, `agent-controller postgres://…`.

import AgentController
import AgentDatabases
import AgentStore
import Foundation

@main
struct Main {
  static func main() async throws {
    let address = DatabaseAddress(CommandLine.arguments.dropFirst().first ?? "agents.db")
    let database = try await openDatabase(at: address)
    let controller = AgentController(queries: database.queries, userID: "ada")
    let name = "scout-\(try await database.queries.countAgents(userID: "ada") + 1)"
    let agent = try await controller.createAgent(
      named: name, in: "research", spec: AgentSpec(prompt: "Find what changed.", maxSteps: 8), tags: ["web"])
    _ = try await controller.submit(["read the news", "write them down"], to: agent.id)
    while let task = try await controller.workOnce({ "done: \($0.message)" }) {
      print("\(task.message): \(task.state.rawValue)")
    }
    for row in try await database.queries.countAgentsByNamespace(userID: "ada") {
      print("\(row.namespace): \(row.agents) agents")
    }
    await database.close()
  }
}
