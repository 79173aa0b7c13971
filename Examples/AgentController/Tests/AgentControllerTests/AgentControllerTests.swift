// The same tests, unchanged, on both engines.

import AgentController
import AgentStore
import Foundation
import SQLCPortable
import Testing

private let spec = AgentSpec(prompt: "Find what changed.", maxSteps: 8)
private let moment = Date(timeIntervalSince1970: 1_750_000_000.25)

@Suite struct AgentControllerTests {
  /// A continuous integration without a server would test half of it.
  @Test func aServerIsThere() {
    if ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil { #expect(Engine.here.count == 2) }
  }

  @Test(arguments: Engine.here) func keepsAgents(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada") { moment }
      let agent = try await controller.createAgent(named: "scout", in: "research", spec: spec, tags: ["web", "a\"b"])
      #expect(agent.tags == ["web", "a\"b"])
      #expect(try agent.spec.decode(AgentSpec.self) == spec)
      #expect(agent.createdAt == moment && agent.updatedAt == moment && agent.deletedAt == nil && agent.status == nil)
      #expect(try await queries.getAgent(id: agent.id, userID: "ada") == agent)
      #expect(try await queries.findAgent(userID: "ada", namespace: "research", name: "scout") == agent)
      let changed = try await queries.setAgentStatus(
        status: #"{"phase":"ready"}"#, now: moment + 1, id: agent.id, userID: "ada")
      #expect(try changed?.status?.decode([String: String].self) == ["phase": "ready"])
      #expect(changed?.updatedAt == moment + 1)
    }
  }

  @Test(arguments: Engine.here) func namesAreUniqueAmongLivingAgents(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      let first = try await controller.createAgent(named: "scout", in: "research", spec: spec)
      await #expect(throws: Refusal.nameTaken(namespace: "research", name: "scout")) {
        try await controller.createAgent(named: "scout", in: "research", spec: spec)
      }
      _ = try await controller.createAgent(named: "scout", in: "elsewhere", spec: spec)
      _ = try await AgentController(queries: queries, userID: "bob").createAgent(
        named: "scout", in: "research", spec: spec)
      try await controller.deleteAgent(first.id)
      #expect(try await queries.getAgent(id: first.id, userID: "ada") == nil)
      let second = try await controller.createAgent(named: "scout", in: "research", spec: spec)
      #expect(second.id != first.id)
      await #expect(throws: Refusal.noSuchAgent) { try await controller.deleteAgent(first.id) }
    }
  }

  /// The application refuses before, the database after: both by the same rule.
  @Test(arguments: Engine.here) func namesFollowTheirRule(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      for name in ["", "Scout", "-a", "a-", "a_b", "é", String(repeating: "a", count: 64), "a b"] {
        await #expect(throws: Refusal.invalidName(name)) {
          try await controller.createAgent(named: name, in: "research", spec: spec)
        }
        let error = await #expect(throws: PortableError.self) {
          try await queries.createAgent(
            id: UUID(), userID: "ada", namespace: "research", name: name, modelConfigID: nil, spec: "{}", tags: [],
            now: moment)
        }
        #expect(error?.kind == .refused && error?.constraint?.kind == .check, "\(name)")
      }
      for name in ["a", "0", "a-b", "a--b", String(repeating: "a", count: 63)] {
        _ = try await controller.createAgent(named: name, in: "research", spec: spec)
      }
      let names = try await queries.listAgents(userID: "ada").map(\.name)
      #expect(names == ["0", "a", "a--b", "a-b", String(repeating: "a", count: 63)])
    }
  }

  /// Nobody reads or changes what is another's.
  @Test(arguments: Engine.here) func usersAreApart(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let ada = AgentController(queries: queries, userID: "ada")
      let bob = AgentController(queries: queries, userID: "bob")
      let agent = try await ada.createAgent(named: "scout", in: "research", spec: spec)
      _ = try await ada.submit(["read"], to: agent.id)
      #expect(try await queries.getAgent(id: agent.id, userID: "bob") == nil)
      #expect(try await queries.listAgents(userID: "bob").isEmpty)
      #expect(try await queries.listAgentsByIDs(userID: "bob", ids: [agent.id]).isEmpty)
      await #expect(throws: Refusal.noSuchAgent) { try await bob.deleteAgent(agent.id) }
      await #expect(throws: Refusal.noSuchAgent) { _ = try await bob.submit(["write"], to: agent.id) }
      #expect(try await bob.workOnce { _ in "" } == nil)
      #expect(try await queries.taskStatistics(userID: "bob").total == 0)
      #expect(try await queries.taskStatistics(userID: "ada").total == 1)
    }
  }

  @Test(arguments: Engine.here) func searchesAsTheCallerChooses(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      for (index, name) in ["beta", "alpha", "gamma"].enumerated() {
        _ = try await queries.createAgent(
          id: UUID(), userID: "ada", namespace: index == 2 ? "other" : "research", name: name, modelConfigID: nil,
          spec: "{}", tags: [], now: moment + Double(index))
      }
      func names(_ rows: [SearchAgents.Row]) -> [String] { rows.map(\.name) }
      #expect(names(try await queries.searchAgents(userID: "ada", count: 9)) == ["alpha", "beta", "gamma"])
      #expect(
        names(try await queries.searchAgents(userID: "ada", count: 2, order: .updatedAt())) == ["gamma", "alpha"])
      #expect(names(try await queries.searchAgents(userID: "ada", count: 9, namespace: "other")) == ["gamma"])
      #expect(names(try await queries.searchAgents(userID: "ada", count: 9, since: moment + 1)) == ["alpha", "gamma"])
      #expect(
        names(try await queries.searchAgents(userID: "ada", count: 9, order: .name(.descending)))
          == ["gamma", "beta", "alpha"])
    }
  }

  @Test(arguments: Engine.here) func transactionsAreWhole(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      let agent = try await controller.createAgent(named: "scout", in: "research", spec: spec, tags: ["kept"])
      let next = try await controller.replaceAgent(agent.id, with: AgentSpec(prompt: "Better.", maxSteps: 1))
      #expect(next.name == "scout" && next.tags == ["kept"] && next.id != agent.id)
      await #expect(throws: Refusal.noSuchAgent) { _ = try await controller.replaceAgent(agent.id, with: spec) }

      struct Stop: Error {}
      await #expect(throws: Stop.self) {
        try await queries.transaction { tx in
          _ = try await tx.deleteAgent(now: moment, id: next.id, userID: "ada")
          let count = try await tx.countAgents(userID: "ada")
          #expect(count == 0)
          throw Stop()
        }
      }
      #expect(try await queries.countAgents(userID: "ada") == 1)

      try await queries.transaction { tx in
        try? await tx.savepoint { tx in
          _ = try await tx.deleteAgent(now: moment, id: next.id, userID: "ada")
          throw Stop()
        }
        // A statement that fails in a savepoint costs the savepoint alone.
        try? await tx.savepoint { tx in
          _ = try await tx.createAgent(
            id: next.id, userID: "ada", namespace: "n", name: "n", modelConfigID: nil, spec: "{}", tags: [], now: moment
          )
        }
        let count = try await tx.countAgents(userID: "ada")
        #expect(count == 1)
      }
    }
  }

  @Test(arguments: Engine.here) func misuseIsSaid(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let error = await #expect(throws: PortableError.self) {
        try await queries.transaction { tx in
          _ = try await tx.countAgents(userID: "ada")
          _ = try await queries.countAgents(userID: "ada")
        }
      }
      #expect(error?.kind == .misuse)
      let written = await #expect(throws: PortableError.self) {
        try await queries.read { tx in
          _ = try await tx.countAgents(userID: "ada")
          _ = try await tx.deleteAgent(now: moment, id: UUID(), userID: "ada")
        }
      }
      #expect(written?.kind == .misuse)
    }
  }

  /// Eight workers, forty tasks: each is worked on once.
  @Test(arguments: Engine.here) func eachTaskIsOneWorkers(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      let agent = try await controller.createAgent(named: "scout", in: "research", spec: spec)
      let session = try await controller.submit((1...40).map { "task \($0)" }, to: agent.id, title: "many")
      let worked = try await withThrowingTaskGroup(of: [UUID].self) { group in
        for _ in 0..<8 {
          group.addTask {
            var mine: [UUID] = []
            while let task = try await controller.workOnce({ "did \($0.message)" }) { mine.append(task.id) }
            return mine
          }
        }
        return try await group.reduce(into: [UUID]()) { $0 += $1 }
      }
      #expect(worked.count == 40 && Set(worked).count == 40)
      let statistics = try await queries.taskStatistics(userID: "ada")
      #expect(statistics.completed == 40 && statistics.failed == 0 && statistics.latest != nil)
      let rows = try await queries.sessionsWithTasks(userID: "ada", agentID: agent.id)
      #expect(rows.map(\.session.id) == [session.id] && rows.first?.session.title == "many")
      #expect(rows.first?.items.map(\.message) == (1...40).map { "task \($0)" })
    }
  }

  @Test(arguments: Engine.here) func failuresAreWrittenDown(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      let agent = try await controller.createAgent(named: "scout", in: "research", spec: spec)
      _ = try await controller.submit(["fails"], to: agent.id)
      struct Broken: Error {}
      #expect(try await controller.workOnce { _ in throw Broken() }?.state == .failed)
      #expect(try await queries.taskStatistics(userID: "ada").failed == 1)
      #expect(try await queries.taskStatistics(userID: "nobody").latest == nil)
    }
  }

  @Test(arguments: Engine.here) func valuesComeBack(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let price = try #require(PortableDecimal("0.000125"))
      let model = try await queries.createModelConfig(
        id: UUID(), userID: "ada", namespace: "research", name: "big", provider: .anthropic, temperature: 0.1,
        pricePerCall: price, isDefault: true, releasedOn: PortableDay("2026-02-28"), now: moment)
      #expect(model.pricePerCall == price && model.temperature == 0.1 && model.isDefault)
      #expect(model.releasedOn?.description == "2026-02-28" && model.provider == .anthropic)
      #expect(try await queries.listModelConfigs(userID: "ada", provider: .anthropic) == [model])
      #expect(try await queries.listModelConfigs(userID: "ada", provider: .ollama).isEmpty)

      let controller = AgentController(queries: queries, userID: "ada")
      let with = try await controller.createAgent(named: "a", in: "research", spec: spec, model: model.id)
      let without = try await controller.createAgent(named: "b", in: "research", spec: spec)
      let rows = try await queries.listAgentsWithModel(userID: "ada")
      #expect(rows.map(\.agent.id) == [with.id, without.id] && rows.map(\.modelConfig?.id) == [model.id, nil])
      #expect(try await queries.deleteModelConfig(now: moment, id: model.id, userID: "ada") == 1)
      #expect(try await queries.listAgentsWithModel(userID: "ada").allSatisfy { $0.modelConfig == nil })
      let unknown = await #expect(throws: PortableError.self) {
        _ = try await controller.createAgent(named: "c", in: "research", spec: spec, model: UUID())
      }
      #expect(unknown?.constraint?.kind == .foreignKey)

      let server = try await queries.createRemoteMCPServer(
        id: UUID(), userID: "ada", namespace: "research", name: "tools", url: "https://example.com/mcp",
        metadata: #"{"a":[1,2.5,null,"é"]}"#, now: moment)
      #expect(try await queries.listRemoteMCPServers(userID: "ada") == [server])
    }
  }

  @Test(arguments: Engine.here) func manyRowsGoAtOnce(on engine: Engine) async throws {
    try await engine.withDatabase { queries in
      let controller = AgentController(queries: queries, userID: "ada")
      let agent = try await controller.createAgent(named: "scout", in: "research", spec: spec)
      _ = try await controller.submit(["read"], to: agent.id)
      let task = try #require(try await queries.claimTask(now: moment, userID: "ada"))
      func checkpoints(_ steps: some Sequence<Int64>) -> [AddCheckpoints] {
        steps.map { step in
          AddCheckpoints(
            id: UUID(), userID: "ada", taskID: task.id, step: step, state: Data([0, 255, UInt8(step % 256)]),
            createdAt: moment, updatedAt: moment)
        }
      }
      #expect(try await queries.addCheckpoints(checkpoints(0..<1_000)) == 1_000)
      // All or none: the last of them is there already.
      let error = await #expect(throws: PortableError.self) {
        try await queries.addCheckpoints(checkpoints([2_000, 5]))
      }
      #expect(error?.constraint?.kind == .unique)
      let latest = try await queries.latestCheckpoint(taskID: task.id, userID: "ada")
      #expect(latest?.step == 999 && latest?.state == Data([0, 255, 231]))
    }
  }
}
