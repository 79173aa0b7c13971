// What an application does with generated queries, against a real database file, told as it happens.

import AgentStore
import Dashboard
import Foundation
import SQLCRuntime

@main
struct AgentPlatform {
  static func main() async throws {
    let path = CommandLine.arguments.dropFirst().first ?? "agent-platform.db"
    let database = try await openStore(at: path)
    let queries = Queries(database)

    let (user, scout) = try await setUp(queries)
    try await runAgents(queries, scout: scout)
    try await report(queries, user: user)
    print(try await Dashboard(queries: queries).headline())
    try await failOnPurpose(queries, scout: scout)
    await database.close()
  }
}

/// A user, an environment, two agents and their tools: everything in one transaction, all of it or nothing.
func setUp(_ queries: Queries) async throws -> (user: User, scout: Agent) {
  try await queries.transaction { tx in
    let email = "ada@example.com"
    let user = try tx.getUserByEmail(email: email) ?? tx.createUser(email: email)
    let environment = try tx.createEnvironment(userID: user.id, name: "production")
    let search = try tx.createTool(name: "web_search", description: "Searches the web.")
    let notes = try tx.createTool(name: "take_notes", description: nil)

    // Names are unique among the agents of an environment, so a second run of this program makes new ones.
    let number = try tx.countAgents() / 2 + 1
    let scout = try tx.createAgent(
      environmentID: environment.id, name: "scout-\(number)", prompt: "Find what changed.", maxSteps: 8,
      cronSchedule: "0 7 * * *")
    let writer = try tx.createAgent(
      environmentID: environment.id, name: "writer-\(number)", prompt: "Write it down.", maxSteps: 3, cronSchedule: nil)
    for tool in [search, notes] { try tx.addToolToAgent(agentID: scout.id, toolID: tool.id) }
    try tx.addToolToAgent(agentID: writer.id, toolID: notes.id)

    print("created '\(scout.name)' and '\(writer.name)' in '\(environment.name)' of \(user.email)")
    return (user, scout)
  }
}

/// A run that starts another, and one that fails.
func runAgents(_ queries: Queries, scout: Agent) async throws {
  let survey = try await queries.startRun(agentID: scout.id, parentRunID: nil, task: "survey")
  let detail = try await queries.startRun(agentID: scout.id, parentRunID: survey.id, task: "read the details")
  let lost = try await queries.startRun(agentID: scout.id, parentRunID: detail.id, task: "follow a dead link")
  var finished = 0
  finished += try await queries.finishRun(status: .failed, durationSeconds: 0.5, id: lost.id)
  finished += try await queries.finishRun(status: .completed, durationSeconds: 2.25, id: detail.id)
  finished += try await queries.finishRun(status: .completed, durationSeconds: 4, id: survey.id)
  print("finished \(finished) runs:")
  for step in try await queries.listRunTree(root: survey.id) {
    print(String(repeating: "  ", count: Int(step.depth) + 1) + "\(step.task): \(step.status)")
  }
}

/// Lists, joins and aggregates.
func report(_ queries: Queries, user: User) async throws {
  print("agents of \(user.email):")
  for row in try await queries.listAgents(userID: user.id) {
    let tools = try await queries.listToolsOfAgent(agentID: row.agent.id).map(\.name)
    let schedule = row.agent.cronSchedule ?? "on demand"
    print("  \(row.agent.name) (\(row.environment), \(schedule)): \(tools.joined(separator: ", "))")
  }
  print("statistics:")
  for row in try await queries.agentStatistics() {
    // Optional because an agent may not have run yet: the compiler of the SQL proved it, that of Swift reminds us.
    let average = row.averageDuration.map { "\($0) s on average" } ?? "no finished run"
    let latest = row.latestRun.map { ", latest \($0.formatted(.iso8601))" } ?? ""
    print("  \(row.name): \(row.completed) of \(row.runs) runs completed, \(average)\(latest)")
  }
}

/// A transaction that breaks a rule of the schema leaves no trace.
func failOnPurpose(_ queries: Queries, scout: Agent) async throws {
  let before = try await queries.countAgents()
  do {
    try await queries.transaction { tx in
      _ = try tx.deleteAgent(id: scout.id)
      _ = try tx.createAgent(
        environmentID: scout.environmentID, name: "  ", prompt: "", maxSteps: 1, cronSchedule: nil)
    }
  } catch let error as DatabaseError {
    print("rolled back: \(error)")
  }
  let after = try await queries.countAgents()
  print("agents before and after: \(before), \(after)")
  guard before == after else { throw Surprise() }
}

/// The rollback did not roll back.
struct Surprise: Error {}
