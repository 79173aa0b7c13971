import AgentStore
import Foundation
import SQLCRuntime
import Testing

@Suite struct WorkTests {
  private let ticket = UUID()

  private func storeWithTicket() async throws -> Queries {
    let queries = try await storeWithAgent()
    let created = try await queries.createTicket(
      id: ticket, userID: 1, title: "Ship it", body: "", priority: .high,
      dueOn: SQLiteDay(year: 2026, month: 2, day: 28),
      context: #"{"team":"a"}"#)
    #expect(created.id == ticket && created.priority == .high)
    #expect(created.dueOn == SQLiteDay(year: 2026, month: 2, day: 28))
    return queries
  }

  @Test func tickets() async throws {
    let queries = try await storeWithTicket()
    let urgent = UUID()
    _ = try await queries.createTicket(
      id: urgent, userID: 1, title: "Now", body: "", priority: .urgent, dueOn: nil, context: "{}")
    #expect(try await queries.getTicket(id: ticket, userID: 1)?.context.text == #"{"team":"a"}"#)
    #expect(try await queries.getTicket(id: ticket, userID: 2) == nil)
    #expect(try await queries.listTickets(userID: 1).map(\.id) == [urgent, ticket])
    let day = try #require(SQLiteDay(year: 2026, month: 3, day: 1))
    #expect(try await queries.dueTickets(day: day).map(\.id) == [ticket])
    #expect(try await queries.softDeleteTicket(id: ticket, userID: 1) == 1)
    #expect(try await queries.listTickets(userID: 1).map(\.id) == [urgent])
  }

  @Test func tasks() async throws {
    let queries = try await storeWithTicket()
    let id = UUID()
    let task = try await queries.createTask(id: id, ticketID: ticket, title: "Pack", estimate: SQLiteDecimal("2.5"))
    #expect(task.status == .pending && task.agentID == nil && task.estimate?.description == "2.5")
    #expect(try await queries.totalEstimate(ticketID: ticket) == .real(2.5))
    #expect(try await queries.totalEstimate(ticketID: UUID()) == nil)
    let claimed = try await queries.claimTask(agentID: 1)
    #expect(claimed?.id == id && claimed?.status == .assigned && claimed?.agentID == 1)
    #expect(try await queries.claimTask(agentID: 1) == nil)
    #expect(try await queries.listTasksOfTicket(ticketID: ticket).map(\.agentName) == ["scout"])
    #expect(try await queries.setTaskStatus(status: .done, result: "{}", id: id) == 1)
    let done = try await queries.listTasksOfTicket(ticketID: ticket)
    #expect(done[0].workTask.status == .done && done[0].workTask.completedAt != nil)
    let counts = try await queries.taskCounts()
    #expect(counts.map(\.status) == [.done] && counts.map(\.taskCount) == [1])
  }

  @Test func locks() async throws {
    let queries = try await storeWithTicket()
    let task = UUID()
    _ = try await queries.createTask(id: task, ticketID: ticket, title: "Pack", estimate: nil)
    let lock = UUID()
    let later = moment("2099-01-01 00:00:00")
    #expect(try await queries.acquireLock(id: lock, resource: "r", taskID: task, agentID: nil, expiresAt: later) == 1)
    #expect(try await queries.acquireLock(id: UUID(), resource: "r", taskID: task, agentID: 1, expiresAt: later) == 0)
    let holder = try #require(try await queries.holderOf(resource: "r"))
    #expect(holder.lockedByTaskID == task && holder.title == "Pack" && holder.expiresAt == later)
    #expect(try await queries.releaseLock(id: lock) == 1)
    #expect(try await queries.holderOf(resource: "r") == nil)
    _ = try await queries.acquireLock(id: UUID(), resource: "s", taskID: task, agentID: 1, expiresAt: .distantPast)
    let now = Date()
    #expect(try await queries.expireLocks(now: now).map(\.resource) == ["s"])
  }
}

@Suite struct WebhooksTests {
  @Test func everyQuery() async throws {
    let queries = try await storeWithAgent()
    let hook = try await queries.createWebhook(
      userID: 1, url: "https://example.org/hook", secret: Data("s".utf8), events: #"["run.done"]"#)
    #expect(hook.isEnabled && hook.secret == Data("s".utf8))
    #expect(try await queries.webhooksForEvent(event: .text("run.done")).map(\.id) == [hook.id])
    #expect(try await queries.webhooksForEvent(event: .text("other")).isEmpty)
    let now = Date()
    let delivery = try await queries.enqueueDelivery(
      webhookID: hook.id, event: "run.done", payload: "{}", nextAttemptAt: now.addingTimeInterval(-60))
    let next = try await queries.nextDeliveries(now: now, count: 5)
    #expect(next.map(\.d.id) == [delivery] && next[0].url == hook.url && next[0].d.status == .pending)
    let failed = try await queries.recordAttempt(
      status: .failed, httpStatus: 500, nextAttemptAt: now.addingTimeInterval(60), id: delivery)
    #expect(failed?.attempts == 1 && failed?.deliveredAt == nil)
    let success = try await queries.recordAttempt(status: .success, httpStatus: 200, nextAttemptAt: nil, id: delivery)
    #expect(success?.attempts == 2 && success?.deliveredAt != nil)
    let statistics = try await queries.deliveryStatistics(userID: 1)
    #expect(statistics.map(\.deliveries) == [1] && statistics.map(\.successes) == [1])
    #expect(try await queries.deleteOldDeliveries(age: "-1 day") == 0)
    #expect(try await queries.deleteOldDeliveries(age: "+1 day") == 1)
  }
}

@Suite struct MemoriesTests {
  @Test func everyQuery() async throws {
    let queries = try await storeWithAgent()
    let first = try await queries.remember(agentID: 1, content: "a", embedding: [1, 0, -0.5, 2], importance: 0.9)
    _ = try await queries.remember(agentID: 1, content: "b", embedding: [0, 0, 0, 0], importance: 0.1)
    #expect(first.id == 1)
    let memories = try await queries.listMemories(agentID: 1)
    #expect(memories.map(\.content) == ["a", "b"] && memories[0].embedding == [1, 0, -0.5, 2])
    await #expect(throws: DatabaseError.self) {
      _ = try await queries.remember(agentID: 1, content: "short", embedding: [1], importance: 0.5)
    }
    #expect(try await queries.forgetUnimportant(agentID: 1, threshold: 0.5) == 1)

    let values: [(String, SQLiteValue)] = [
      ("a.flag", .integer(1)), ("a.ratio", .real(0.5)), ("a.text", .text("x")), ("a.bytes", .blob([0, 255])),
      ("b", .null),
    ]
    for (key, value) in values { try await queries.putSetting(key: key, value: value) }
    try await queries.putSetting(key: "a.flag", value: .integer(2))
    #expect(try await queries.getSetting(key: "a.flag")?.value == .integer(2))
    #expect(try await queries.getSetting(key: "a.bytes")?.value == .blob([0, 255]))
    #expect(try await queries.getSetting(key: "none") == nil)
    #expect(try await queries.listSettings(pattern: "a.*").count == 4)
    try await queries.optimize()
  }
}
