// What the generator writes, written by hand: the contract between generated code and the runtime, compiled in a
// module whose
// default isolation is MainActor.

public import Foundation
public import SQLCRuntime

nonisolated let stationSchema = """
  CREATE TABLE environments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, touched_at DATETIME);
  CREATE TABLE agents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) > 0),
    prompt TEXT NOT NULL,
    cron_schedule TEXT,
    status TEXT NOT NULL DEFAULT 'idle' CHECK (status IN ('idle', 'busy')),
    environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE agent_tools (
    agent_id INTEGER NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
    tool_id INTEGER NOT NULL, PRIMARY KEY (agent_id, tool_id)) WITHOUT ROWID;
  CREATE TABLE tags (name TEXT NOT NULL PRIMARY KEY);
  """

public nonisolated enum AgentStatus: String, Sendable, Hashable, CaseIterable, SQLiteRawRepresentable {
  case idle
  case busy
}

public nonisolated struct Agent: Sendable, Hashable, Identifiable {
  public var id: Int64
  public var name: String
  public var prompt: String
  public var cronSchedule: String?
  public var status: AgentStatus
  public var environmentID: Int64
  public var createdAt: Date
}

nonisolated extension Agent: RowDecodable {
  public init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
    id = try row.decode(first)
    name = try row.decode(first + 1)
    prompt = try row.decode(first + 2)
    cronSchedule = try row.decode(first + 3)
    status = try row.decode(first + 4)
    environmentID = try row.decode(first + 5)
    createdAt = try row.decode(first + 6)
  }
}

public nonisolated struct CreateEnvironment: ExecLastIDQuery {
  public var name: String
  public static let statement = StatementDefinition(
    name: "CreateEnvironment", sql: "INSERT INTO environments (name) VALUES (?1)", parameters: 1, isReadOnly: false,
    writes: ["environments"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

public nonisolated struct CreateAgent: ExactlyOneQuery {
  public typealias Row = Agent
  public var name: String
  public var prompt: String
  public var environmentID: Int64
  public static let statement = StatementDefinition(
    name: "CreateAgent",
    sql: """
      INSERT INTO agents (name, prompt, environment_id) VALUES (?1, ?2, ?3)
      RETURNING id, name, prompt, cron_schedule, status, environment_id, created_at
      """, parameters: 3, isReadOnly: false, writes: ["agents"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(name, at: 1)
    try statement.bind(prompt, at: 2)
    try statement.bind(environmentID, at: 3)
  }
}

public nonisolated struct GetAgentByID: AtMostOneQuery {
  public typealias Row = Agent
  public var id: Int64
  public static let statement = StatementDefinition(
    name: "GetAgentByID",
    sql: "SELECT id, name, prompt, cron_schedule, status, environment_id, created_at FROM agents WHERE id = ?1",
    parameters: 1, isReadOnly: true, reads: ["agents"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

public nonisolated struct ListAgents: ManyQuery {
  public typealias Row = Agent
  public static let statement = StatementDefinition(
    name: "ListAgents",
    sql: "SELECT id, name, prompt, cron_schedule, status, environment_id, created_at FROM agents ORDER BY id",
    isReadOnly: true, reads: ["agents"])
}

public nonisolated struct CountAgents: ExactlyOneQuery {
  public typealias Row = Int64
  public static let statement = StatementDefinition(
    name: "CountAgents", sql: "SELECT count(*) FROM agents", isReadOnly: true, reads: ["agents"])
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

public nonisolated struct LastSchedule: ExactlyOneQuery {
  public typealias Row = String?
  public static let statement = StatementDefinition(
    name: "LastSchedule", sql: "SELECT max(cron_schedule) FROM agents", isReadOnly: true, reads: ["agents"])
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String? { try row.decode(0) }
}

public nonisolated struct DeleteAgent: ExecRowsQuery {
  public var id: Int64
  public static let statement = StatementDefinition(
    name: "DeleteAgent", sql: "DELETE FROM agents WHERE id = ?1", parameters: 1, isReadOnly: false, reads: ["agents"],
    writes: ["agents"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

public nonisolated struct CreateAgentTool: ExecQuery {
  public var agentID: Int64
  public var toolID: Int64
  public static let statement = StatementDefinition(
    name: "CreateAgentTool", sql: "INSERT INTO agent_tools (agent_id, tool_id) VALUES (?1, ?2)", parameters: 2,
    isReadOnly: false, writes: ["agent_tools"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(agentID, at: 1)
    try statement.bind(toolID, at: 2)
  }
}

public nonisolated struct TouchEnvironment: ExecResultQuery {
  public var id: Int64
  public var at: Date?
  public static let statement = StatementDefinition(
    name: "TouchEnvironment", sql: "UPDATE environments SET touched_at = ?2 WHERE id = ?1", parameters: 2,
    isReadOnly: false, reads: ["environments"], writes: ["environments"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(id, at: 1)
    try statement.bind(at, at: 2)
  }
}

public nonisolated struct CreateTag: ExecQuery {
  public var name: String
  public static let statement = StatementDefinition(
    name: "CreateTag", sql: "INSERT INTO tags (name) VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["tags"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

/// A list used twice, with a scalar after it.
public nonisolated struct FindAgents: ManyQuery {
  public typealias Row = Int64
  public var ids: [Int64]
  public var environmentID: Int64
  public static let statement = StatementDefinition(
    name: "FindAgents",
    sql: [
      .text("SELECT id FROM agents WHERE id IN ("), .list(1), .text(") AND environment_id = ?2 AND -id NOT IN ("),
      .list(1), .text(") ORDER BY id"),
    ], parameters: 2, isReadOnly: true, reads: ["agents"])
  public var listCounts: [Int] { [ids.count] }
  public func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(list: ids, at: 1)
    try statement.bind(environmentID, at: 2)
  }
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

/// An embed that can be absent.
public nonisolated struct EnvironmentsWithAgents: ManyQuery {
  public struct Row: Sendable, Hashable, RowDecodable {
    public var name: String
    public var agent: Agent?
    public init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      name = try row.decode(first)
      agent = row.isNull(first + 1) ? nil : try Agent(from: row, at: first + 1)
    }
  }
  public static let statement = StatementDefinition(
    name: "EnvironmentsWithAgents",
    sql: """
      SELECT e.name, a.id, a.name, a.prompt, a.cron_schedule, a.status, a.environment_id, a.created_at
      FROM environments e LEFT JOIN agents a ON a.environment_id = e.id ORDER BY e.id, a.id
      """, isReadOnly: true, reads: ["agents", "environments"])
}

public nonisolated struct Queries: Sendable {
  public let database: Database
  public init(_ database: Database) { self.database = database }

  public func transaction<Result: Sendable>(
    _ body: sending @escaping (borrowing QueriesTransaction) throws -> Result
  ) async throws -> Result {
    try await database.transaction(QueriesTransaction.self, body)
  }
}

public nonisolated struct QueriesTransaction: TransactionScope, ~Copyable {
  public let connection: Connection
  public init(connection: Connection) { self.connection = connection }
}

nonisolated extension Queries {
  public func createAgent(name: String, prompt: String, environmentID: Int64) async throws(DatabaseError) -> Agent {
    try await database.run(CreateAgent(name: name, prompt: prompt, environmentID: environmentID))
  }
  public func getAgentByID(id: Int64) async throws(DatabaseError) -> Agent? {
    try await database.run(GetAgentByID(id: id))
  }
  public func listAgents() async throws(DatabaseError) -> [Agent] { try await database.run(ListAgents()) }
  public func countAgents() async throws(DatabaseError) -> Int64 { try await database.run(CountAgents()) }
  public func deleteAgent(id: Int64) async throws(DatabaseError) -> Int { try await database.run(DeleteAgent(id: id)) }
}

nonisolated extension QueriesTransaction {
  public borrowing func createAgent(name: String, prompt: String, environmentID: Int64) throws(DatabaseError) -> Agent {
    try run(CreateAgent(name: name, prompt: prompt, environmentID: environmentID))
  }
  public borrowing func createAgentTool(agentID: Int64, toolID: Int64) throws(DatabaseError) {
    try run(CreateAgentTool(agentID: agentID, toolID: toolID))
  }
  public borrowing func touchEnvironment(id: Int64, at: Date?) throws(DatabaseError) -> ExecResult {
    try run(TouchEnvironment(id: id, at: at))
  }
}

public nonisolated struct QueriesStub: QueryStub {
  public let recorder = QueryRecorder()
  public init() {}
  public func deleteAgent(id: Int64) async throws(DatabaseError) -> Int {
    try await recorder.answer(DeleteAgent(id: id))
  }
}
