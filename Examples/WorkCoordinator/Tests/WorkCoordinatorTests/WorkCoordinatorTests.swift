// The rule book, on a real server.

import Foundation
import SQLCPostgres
import Testing
import WorkCoordinator
import WorkStore

private struct Broken: Error {}

@Suite(.enabled("a server is named by PGHOST") { hasServer }) struct WorkCoordinatorTests {
  @Test func tasksComeAfterThoseTheyDependOn() async throws {
    try await withDatabase { queries, _ in
      let agent = try await WorkCoordinator(queries, agentNamed: "ada")
      let plan = try await agent.plan(
        "Ship it",
        [PlannedTask("build"), PlannedTask("test", priority: 9, after: [0]), PlannedTask("note", priority: -1)])
      var order: [String] = []
      while let task = try await agent.workOnce({ _ in #"{"ok":true}"# }) { order.append(task.title) }
      #expect(order == ["build", "test", "note"])
      let done = try await queries.getTask(id: plan[1].id)
      #expect(done?.status == .completed && done?.attempts == 1 && done?.assignedAgentID == agent.agent.id)
      #expect(try done?.result?.decode([String: Bool].self) == ["ok": true])
      #expect(try await queries.countTasksByStatus().map(\.taskCount) == [3])
    }
  }

  /// FOR UPDATE SKIP LOCKED: 8 agents, 120 tasks, each worked on once.
  @Test func eachTaskGoesToOneAgent() async throws {
    try await withDatabase { queries, _ in
      let planner = try await WorkCoordinator(queries, agentNamed: "planner")
      _ = try await planner.plan("Many", (0..<120).map { PlannedTask("task \($0)") })
      let titles = try await withThrowingTaskGroup(of: [String].self) { group in
        for number in 0..<8 {
          group.addTask {
            let agent = try await WorkCoordinator(queries, agentNamed: "agent \(number)")
            var taken: [String] = []
            while let task = try await agent.workOnce({ _ in "null" }) { taken.append(task.title) }
            return taken
          }
        }
        return try await group.reduce(into: [String]()) { $0 += $1 }
      }
      #expect(titles.count == 120 && Set(titles).count == 120)
    }
  }

  @Test func failedAttemptsAreCounted() async throws {
    try await withDatabase { queries, _ in
      let agent = try await WorkCoordinator(queries, agentNamed: "ada")
      _ = try await agent.plan("Fragile", [PlannedTask("break")])
      for attempt in 1...3 {
        let task = try await agent.workOnce { _ in throw Broken() }
        #expect(task?.attempts == Int32(attempt))
        #expect(task?.status == (attempt < 3 ? .pending : .failed) && task?.assignedAgentID == nil)
      }
      #expect(try await agent.workOnce { _ in "null" } == nil)
    }
  }

  @Test func aResourceHasOneOwner() async throws {
    try await withDatabase { queries, database in
      let ada = try await WorkCoordinator(queries, agentNamed: "ada")
      let ben = try await WorkCoordinator(queries, agentNamed: "ben")
      let tasks = try await ada.plan("Two", [PlannedTask("one"), PlannedTask("two")])
      let inner = try await ada.whileLocked("repository", for: tasks[0]) {
        #expect(try await queries.listLocks().map(\.agent) == ["ada"])
        return try await ben.whileLocked("repository", for: tasks[1]) { true }
      }
      #expect(inner == .some(nil))
      #expect(try await ben.whileLocked("repository", for: tasks[1]) { 7 } == 7)
      #expect(try await queries.listLocks().isEmpty)
      // What has expired is taken over.
      let past = PostgresInterval(microseconds: -1)
      _ = try await queries.acquireLock(resourceName: "r", taskID: tasks[0].id, agentID: ada.agent.id, lifetime: past)
      let taken = try await queries.acquireLock(
        resourceName: "r", taskID: tasks[1].id, agentID: ben.agent.id, lifetime: PostgresInterval(days: 1))
      #expect(taken?.lockedByTaskID == tasks[1].id)
      #expect(try await queries.releaseLock(resourceName: "r", taskID: tasks[0].id) == 0)
      // A lock goes with its task.
      try await database.execute("DELETE FROM tasks")
      #expect(try await queries.listLocks().isEmpty)
    }
  }

  @Test func tasksOfLostAgentsWaitAgain() async throws {
    try await withDatabase { queries, _ in
      let ada = try await WorkCoordinator(queries, agentNamed: "ada")
      _ = try await ada.plan("Left", [PlannedTask("half done")])
      _ = try await queries.claimTask(agentID: ada.agent.id)
      try await Task.sleep(for: .milliseconds(20))
      let guardian = try await WorkCoordinator(queries, agentNamed: "guardian")
      let heard = try #require(guardian.agent.heartbeatAt)
      #expect(try await guardian.mourn(heardBefore: heard) == ["half done"])
      #expect(
        try await queries.listGuardianActions(targetEntityID: ada.agent.id.rawValue).map(\.actionName) == ["lose"])
      #expect(try await guardian.workOnce { _ in "null" }?.title == "half done")
    }
  }

  @Test func messagesAreReadOnce() async throws {
    try await withDatabase { queries, _ in
      let ada = try await queries.registerAgent(name: "ada", capabilities: ["swift", "a,\"b"])
      let ben = try await queries.registerAgent(name: "ben", capabilities: [])
      #expect(ada.capabilities == ["swift", "a,\"b"])
      for body in ["first", "second"] {
        _ = try await queries.sendMessage(fromAgentID: ada.id, toAgentID: ben.id, body: body, messageMetadata: nil)
      }
      let read = try await queries.readMessages(agentID: ben.id)
      #expect(read.map(\.body) == ["first", "second"] && read.allSatisfy { $0.sender == "ada" })
      #expect(try await queries.readMessages(agentID: ben.id).isEmpty)
    }
  }

  /// Keyset by three columns, two of which tie.
  @Test func ticketsArePaged() async throws {
    try await withDatabase { queries, _ in
      for number in 0..<23 { _ = try await queries.createTicket(title: "t\(number)", priority: Int32(number % 3)) }
      var seen: [Ticket.ID] = []
      var cursor: ListOpenTickets.Cursor?
      while true {
        let page = try await queries.listOpenTickets(pageSize: 5, after: cursor)
        guard let last = page.last else { break }
        seen += page.map(\.id)
        cursor = .init(last)
      }
      #expect(seen.count == 23 && Set(seen).count == 23)
      let closed = try await queries.moveTicket(phaseID: .done, id: seen[0])
      #expect(closed?.status == .closed)
      #expect(try await queries.listOpenTickets(pageSize: 50).count == 22)
    }
  }

  @Test func costsAreExact() async throws {
    try await withDatabase { queries, _ in
      let ada = try await WorkCoordinator(queries, agentNamed: "ada")
      let task = try await ada.plan("Pay", [PlannedTask("think")])[0]
      let tenth = try #require(PostgresDecimal("0.1"))
      for _ in 0..<10 {
        _ = try await queries.recordCost(
          taskID: task.id, agentID: ada.agent.id, provider: "anthropic", tokens: 1000, cost: tenth)
      }
      let summary = try await queries.summariseTickets()
      #expect(summary.map(\.cost.description) == ["1.000000"] && summary.map(\.taskCount) == [1])
      let days = try await queries.costsByDay(since: .now - 86_400)
      #expect(days.map(\.tokens) == [10_000])
      await #expect {
        try await queries.recordCost(taskID: task.id, agentID: nil, provider: "x", tokens: -1, cost: tenth)
      } throws: { error in
        (error as? DatabaseError)?.constraint?.kind == .check
      }
    }
  }

  @Test func eventsComeInOneGo() async throws {
    try await withDatabase { queries, _ in
      let rows = (0..<500).map { RecordEvents(entityID: "e\($0 % 2)", eventType: "tick", payload: #"{"n":1}"#) }
      let written = try await queries.recordEvents(rows)
      #expect(written == 500)
      #expect(try await queries.listEvents(entityID: "e1", count: 1000).count == 250)
    }
  }

  @Test func anomaliesAndThreads() async throws {
    try await withDatabase { queries, _ in
      let ada = try await WorkCoordinator(queries, agentNamed: "ada")
      let task = try await ada.plan("Watch", [PlannedTask("look")])[0]
      for severity in MonitorAnomalySeverity.allCases {
        _ = try await queries.reportAnomaly(agentID: ada.agent.id, severity: severity, details: "{}")
      }
      #expect(try await queries.listAnomalies(count: 9).count == 3)
      #expect(try await queries.listAnomalies(count: 9, severity: .critical).map(\.agent) == ["ada"])
      let thread = try await queries.openThread(
        ticketID: task.ticketID, taskID: task.id, participants: [ada.agent.id.rawValue], threadMetadata: nil)
      #expect(try await queries.listThreads(ticketID: task.ticketID) == [thread])
    }
  }
}
