// Around the samples of Observability.md.

import SQLCRuntime

@main struct Program {
  static func main() async throws {
    try await instruments()
    try await errors()
  }

  private static func instruments() async throws {
    // sample: Observability/Instruments/1
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute("CREATE TABLE agents (name TEXT NOT NULL UNIQUE)")
    // On the connection's queue, not on the main actor.
    try await database.run(CreateAgent(name: "scout"))
    await database.close()
  }

  private static func errors() async throws {
    let queries = Queries(database: try await Database.inMemory())
    try await queries.database.execute("CREATE TABLE agents (name TEXT NOT NULL UNIQUE)")
    try await queries.createAgent(name: "scout")
    func again() async throws {
      // sample: Observability/Errors/1
    }
    try await again()
    await queries.database.close()
  }
}

nonisolated struct CreateAgent: ExecQuery {
  var name: String
  static let statement = StatementDefinition(
    name: "CreateAgent", sql: "INSERT INTO agents (name) VALUES (?1)", parameters: 1, isReadOnly: false,
    writes: ["agents"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

nonisolated struct Queries: Sendable {
  var database: Database
  func createAgent(name: String) async throws(DatabaseError) { try await database.run(CreateAgent(name: name)) }
}
