// Kinds of queries, lists, embeds, statements that are kept.

import Foundation
import Testing

@testable import SQLCRuntime

@Suite struct QueryTests {
  private func station(agents: Int) async throws -> Database {
    let database = try await stationInMemory()
    try await database.executeBatch((0..<agents).map { CreateAgent(name: "a\($0)", prompt: "", environmentID: 1) })
    return database
  }

  @Test func kinds() async throws {
    let database = try await station(agents: 2)
    #expect(try await database.run(CreateEnvironment(name: "second")) == 2)
    #expect(try await database.run(LastSchedule()) == nil)
    #expect(try await database.run(GetAgentByID(id: 99)) == nil)
    #expect(try await database.run(DeleteAgent(id: 1)) == 1)
    #expect(try await database.run(DeleteAgent(id: 1)) == 0)
    let touched = try await database.run(TouchEnvironment(id: 2, at: Date(timeIntervalSince1970: 0)))
    #expect(touched == ExecResult(rowsAffected: 1, lastInsertID: 2))
  }

  @Test func embedsThatAreAbsent() async throws {
    let database = try await station(agents: 1)
    _ = try await database.run(CreateEnvironment(name: "empty"))
    let rows = try await database.run(EnvironmentsWithAgents())
    #expect(rows.map(\.name) == ["home", "empty"])
    #expect(rows.map { $0.agent?.name } == ["a0", nil])
  }

  @Test(arguments: [0, 1, 2, 3, 500, 5000])
  func lists(count: Int) async throws {
    let database = try await station(agents: 3)
    let ids = (1..<(1 + Int64(count))).map { $0 }
    let expected = ids.filter { $0 <= 3 }
    #expect(try await database.run(FindAgents(ids: ids, environmentID: 1)) == expected)
    #expect(try await database.run(FindAgents(ids: ids, environmentID: 2)) == [])
  }

  @Test func listsThatAreTooLong() async throws {
    let database = try await station(agents: 1)
    let ids = [Int64](repeating: 1, count: 300_000)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.run(FindAgents(ids: ids, environmentID: 1))
    }
    #expect(error?.query == "FindAgents")
    #expect(error?.message == "too many SQL variables" || error?.message.contains("variable number") == true)
    #expect(try await database.run(FindAgents(ids: [1], environmentID: 1)) == [1])
  }

  @Test func aListsTextIsRenderedFromItsSegments() {
    let definition = StatementDefinition(
      name: "q", sql: ["a IN (", .list(2), ") AND b = ?1 AND c IN (", .list(3), ") AND d IN (", .list(2), ")"],
      parameters: 3, isReadOnly: true)
    #expect(definition.lists == [2, 3])
    #expect(
      definition.text(for: definition.places(for: [3, 2]))
        == "a IN (?2,?4,?5) AND b = ?1 AND c IN (?3,?6) AND d IN (?2,?4,?5)")
    #expect(definition.text(for: definition.places(for: [0, 1])) == "a IN () AND b = ?1 AND c IN (?3) AND d IN ()")
    #expect(definition.sql == "a IN (?2) AND b = ?1 AND c IN (?3) AND d IN (?2)")
  }

  @Test func statementsAreKeptAndThoseThatRunAreNotShared() throws {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    let definition = StatementDefinition(name: "One", sql: "SELECT 1", isReadOnly: true)
    let first = try core.prepare(definition)
    let second = try core.prepare(definition)
    #expect(first !== second)
    core.finish(second)
    core.finish(first)
    #expect(try core.prepare(definition) === first)
  }

  @Test func aRunInsideARunOfTheSameQuery() async throws {
    let database = try await station(agents: 3)
    let pairs = try await database.transaction { tx in
      var pairs = 0
      try tx.forEach(ListAgents()) { _ in
        try tx.forEach(ListAgents()) { _ in pairs += 1 }
      }
      return pairs
    }
    #expect(pairs == 9)
  }

  @Test func aSchemaThatChangesUnderAKeptStatement() async throws {
    let database = try await station(agents: 1)
    #expect(try await database.run(ListAgents()).count == 1)
    try await database.execute("ALTER TABLE agents ADD COLUMN extra TEXT; CREATE INDEX by_name ON agents (name)")
    #expect(try await database.run(ListAgents()).count == 1)
    try await database.execute("DROP TABLE agent_tools; DROP TABLE agents")
    let error = await #expect(throws: DatabaseError.self) { try await database.run(ListAgents()) }
    #expect(error?.message == "no such table: agents")
    #expect(error?.query == "ListAgents")
    try await database.execute(stationSchema.replacing("CREATE TABLE", with: "CREATE TABLE IF NOT EXISTS"))
    #expect(try await database.run(ListAgents()) == [])
  }

  @Test func aValueThatDoesNotFitEndsTheRunCleanly() async throws {
    let database = try await station(agents: 1)
    try await database.execute("UPDATE agents SET created_at = 'never'")
    let error = await #expect(throws: DatabaseError.self) { try await database.run(ListAgents()) }
    #expect(error?.column == "created_at")
    try await database.execute("UPDATE agents SET created_at = '2024-01-01'")
    #expect(try await database.run(ListAgents()).count == 1)
  }

  @Test func errorsHoldNoParameters() async throws {
    let database = try await station(agents: 0)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.run(CreateAgent(name: "", prompt: "secret-prompt", environmentID: 1))
    }
    #expect(error?.description.contains("secret") == false)
    #expect(error?.constraint?.kind == .check)
  }

  @Test func constraintsAreNamed() async throws {
    let database = try await station(agents: 0)
    try await database.executeBatch([CreateTag(name: "x")])
    let unique = await #expect(throws: DatabaseError.self) { try await database.run(CreateEnvironment(name: "home")) }
    #expect(unique?.constraint?.kind == .unique)
    #expect(unique?.constraint?.columns == ["environments.name"])
    #expect(unique.map { ResultCode.constraint ~= $0.code } == true)
    let key = await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "x")) }
    #expect(key?.constraint?.kind == .primaryKey)
    let foreign = await #expect(throws: DatabaseError.self) {
      try await database.run(CreateAgent(name: "a", prompt: "", environmentID: 99))
    }
    #expect(foreign?.constraint?.kind == .foreignKey)
    // Deferred: it fails when the statement's own transaction ends, and nothing is left behind.
    let deferred = await #expect(throws: DatabaseError.self) {
      try await database.run(CreateAgentTool(agentID: 99, toolID: 1))
    }
    #expect(deferred?.constraint?.kind == .foreignKey)
  }
}

@Suite struct BindingTests {
  /// Short values share a buffer of the statement, long ones are copied; neither may leak into the next run.
  @Test func valuesOfEveryLengthInOneStatement() async throws {
    let database = try await stationInMemory()
    for length in [0, 1, 127, 128, 129, 255, 256, 383, 384, 385, 5000] {
      let name = "n" + String(repeating: "x", count: length)
      let prompt = String(repeating: "p", count: 400 - min(length, 400))
      let agent = try await database.run(CreateAgent(name: name, prompt: prompt, environmentID: 1))
      #expect(agent.name == name)
      #expect(agent.prompt == prompt)
    }
  }

  /// A query that does not bind what it should gets NULL, never the value of the run before.
  nonisolated struct Sometimes: ExactlyOneQuery {
    typealias Row = String?
    var value: String?
    static let statement = StatementDefinition(name: "Sometimes", sql: "SELECT ?1", parameters: 1, isReadOnly: true)
    func bind(to statement: borrowing Statement) throws(DatabaseError) {
      if let value { try statement.bind(value, at: 1) }
    }
    static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String? { try row.decode(0) }
  }

  @Test func nothingIsLeftOfTheRunBefore() async throws {
    let database = try await Database.inMemory()
    #expect(try await database.run(Sometimes(value: "a")) == "a")
    #expect(try await database.run(Sometimes(value: nil)) == nil)
    let long = String(repeating: "l", count: 10_000)
    #expect(try await database.run(Sometimes(value: long)) == long)
    #expect(try await database.run(Sometimes(value: nil)) == nil)
  }
}
