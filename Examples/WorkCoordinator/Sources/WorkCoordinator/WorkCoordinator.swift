// What agents do with tickets: take tasks, lock what they touch, and say what it cost.

public import Foundation
public import SQLCPostgres
public import WorkStore

/// A task of a plan, with the tasks of the same plan that come first.
public struct PlannedTask: Sendable, Hashable {
  public var title: String
  public var priority: Int32
  /// Places in the plan.
  public var after: [Int]

  public init(_ title: String, priority: Int32 = 0, after: [Int] = []) {
    self.title = title
    self.priority = priority
    self.after = after
  }
}

/// What one agent may do. Everybody has an own one; what they share is the database.
public struct WorkCoordinator: Sendable {
  public let queries: any QueriesProtocol
  public let agent: Agent

  /// Comes to work under a name, again or for the first time.
  public init(_ queries: any QueriesProtocol, agentNamed name: String, capabilities: [String] = []) async throws {
    self.queries = queries
    agent = try await queries.registerAgent(name: name, capabilities: capabilities)
  }

  /// A ticket with its tasks, all or none.
  ///
  /// - Precondition: each task comes after tasks before it.
  public func plan(_ title: String, priority: Int32 = 0, _ tasks: [PlannedTask]) async throws -> [WorkTask] {
    try await queries.transaction { tx in
      let ticket = try await tx.createTicket(title: title, priority: priority)
      var planned: [WorkTask] = []
      for task in tasks {
        planned.append(
          try await tx.createTask(
            ticketID: ticket.id, title: task.title, priority: task.priority,
            dependencies: try PostgresJSON(encoding: task.after.map { planned[$0].id })))
      }
      return planned
    }
  }

  /// Takes the next task, works and says what came of it; nothing when no task is ready.
  ///
  /// What `work` throws is a failed attempt: the task goes back, and after three attempts it has failed. No transaction is open
  /// while it works.
  public func workOnce(
    _ work: @Sendable (WorkTask) async throws -> PostgresJSON
  ) async throws -> WorkTask? {
    guard let task = try await queries.claimTask(agentID: agent.id) else { return nil }
    do {
      let result = try await work(task)
      // Nothing is changed where somebody took the task away meanwhile.
      _ = try await queries.completeTask(result: result, id: task.id, agentID: agent.id)
    } catch let error as DatabaseError {
      throw error
    } catch {
      _ = try await queries.failTask(id: task.id, agentID: agent.id)
    }
    return try await queries.getTask(id: task.id)
  }

  /// Runs `body` while the task has the resource; nothing, and `body` does not run, while another has it.
  public func whileLocked<Result: Sendable>(
    _ resource: String, for task: WorkTask, lifetime: Duration = .seconds(60),
    _ body: @Sendable () async throws -> Result
  ) async throws -> Result? {
    guard let lifetime = PostgresInterval(lifetime),
      try await queries.acquireLock(resourceName: resource, taskID: task.id, agentID: agent.id, lifetime: lifetime)
        != nil
    else { return nil }
    do {
      let result = try await body()
      _ = try await queries.releaseLock(resourceName: resource, taskID: task.id)
      return result
    } catch {
      _ = try await queries.releaseLock(resourceName: resource, taskID: task.id)
      throw error
    }
  }

  /// Agents that were not heard of since that moment are lost, and their tasks wait for others. Who does that is written down.
  ///
  /// - Returns: the titles of the tasks.
  public func mourn(heardBefore: Date) async throws -> [String] {
    try await queries.transaction { tx in
      for lost in try await tx.loseAgents(heardBefore: heardBefore) {
        _ = try await tx.recordGuardianAction(
          targetEntityID: lost.id.rawValue, actionName: "lose", reason: "'\(lost.name)' was not heard of",
          executedByAgentID: agent.id, auditLog: "{}")
      }
      return try await tx.returnTasksOfLostAgents().map(\.title)
    }
  }
}
