// Three agents and one ticket: `work-coordinator postgres://…`, or libpq's variables.

import SQLCPostgres
import WorkCoordinator
import WorkStore

@main
struct Main {
  static func main() async throws {
    let database = try await Database.open(try ConnectionOptions(CommandLine.arguments.dropFirst().first ?? ""))
    try await database.migrate(Schema.self)
    let queries = Queries(database)
    let planner = try await WorkCoordinator(queries, agentNamed: "planner")
    _ = try await planner.plan(
      "Tell what changed", priority: 1,
      [PlannedTask("read"), PlannedTask("write", after: [0]), PlannedTask("review", after: [1])])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in ["ada", "ben", "cem"] {
        group.addTask {
          let agent = try await WorkCoordinator(queries, agentNamed: name)
          while let task = try await agent.workOnce({ _ in "{}" }) {
            print("\(name): \(task.title): \(task.status.rawValue)")
          }
        }
      }
      try await group.waitForAll()
    }
    for row in try await queries.countTasksByStatus() { print("\(row.status.rawValue): \(row.taskCount)") }
    await database.close()
  }
}
