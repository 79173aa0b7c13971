// Around the samples of SQLCPostgres's articles. It is compiled, not run: the samples name servers that are nowhere.

import SQLCPostgres

nonisolated struct Agent: RowDecodable, Hashable {
  var id: Int64
  init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) { id = try row.decode(first) }
}

nonisolated struct GetAgentByID: AtMostOneQuery {
  typealias Row = Agent
  var id: Int64
  static let statement = StatementDefinition(
    name: "GetAgentByID", sql: "SELECT id FROM agents WHERE id = $1", parameterTypes: [20], isReadOnly: true,
    reads: ["agents"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

nonisolated struct ListAgents: ManyQuery {
  typealias Row = Agent
  static let statement = StatementDefinition(
    name: "ListAgents", sql: "SELECT id FROM agents", isReadOnly: true, reads: ["agents"])
}

nonisolated struct CountAgents: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "CountAgents", sql: "SELECT count(*) FROM agents", isReadOnly: true, reads: ["agents"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated struct CreateAgent: ExecQuery {
  var name: String
  static let statement = StatementDefinition(
    name: "CreateAgent", sql: "INSERT INTO agents (name) VALUES ($1)", parameterTypes: [25], isReadOnly: false,
    writes: ["agents"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

typealias CreateTag = CreateAgent

nonisolated struct GetStock: ExactlyOneQuery {
  struct Row: RowDecodable {
    var count: Int64
    init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) { count = try row.decode(first) }
  }
  var id: Int64
  static let statement = StatementDefinition(
    name: "GetStock", sql: "SELECT $1", parameterTypes: [20], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

nonisolated struct CreateOrder: ExactlyOneQuery {
  typealias Row = Int64
  var item: Int64
  static let statement = StatementDefinition(
    name: "CreateOrder", sql: "SELECT $1", parameterTypes: [20], isReadOnly: false)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(item, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated struct AddMemories: BulkQuery {
  var agentID: Int64
  var content: String
  var embedding: [Float]
  static let insertion = BulkInsertion(
    name: "AddMemories", table: ["memories"], columns: ["agent_id", "content", "embedding"],
    parameterTypes: [20, 25, "vector"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(agentID, at: 1)
    try statement.bind(content, at: 2)
    try statement.bind(embedding, at: 3)
  }
}

nonisolated struct NearestMemories: ManyQuery {
  struct Row: RowDecodable, Hashable {
    var content: String
    var distance: Double
    init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      content = try row.decode(first)
      distance = try row.decode(first + 1)
    }
  }
  var query: [Float]
  var agentID: Int64
  static let statement = StatementDefinition(
    name: "NearestMemories", sql: "SELECT content, embedding <=> $1 FROM memories WHERE agent_id = $2",
    parameterTypes: ["vector", 20], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(query, at: 1)
    try statement.bind(agentID, at: 2)
  }
}

struct SoldOut: Error {}

/// As the generator makes them.
nonisolated struct Queries: Sendable {
  let database: Database
  func listAgents() async throws(DatabaseError) -> [Agent] { try await database.run(ListAgents()) }
  func addMemories(_ rows: some Sequence<AddMemories> & Sendable) async throws(DatabaseError) -> Int {
    try await database.insert(contentsOf: rows)
  }
  func nearestMemories(query: [Float], agentID: Int64) async throws(DatabaseError) -> [NearestMemories.Row] {
    try await database.run(NearestMemories(query: query, agentID: agentID))
  }
  func createUser(email: String) async throws(DatabaseError) { try await database.run(CreateAgent(name: email)) }
}

/// As `emit_schema` makes it.
nonisolated enum Schema: DatabaseSchema {
  static let migrations: [Migration] = []
}

enum Registration {
  case done, lookAgain, later
  case taken([String])
}

@main struct Program {
  static func main() {}

  static func overview() async throws {
    // sample: SQLCPostgres/Overview/1
    _ = agent
  }

  static func strings() async throws {
    // sample: Connecting/Connection strings/1
    _ = (database, same, fromEnvironment)
  }

  static func migrations() async throws {
    // sample: Migrations/At start-up/1
    await database.close()
  }

  static func outside(text: String, secret: String) throws {
    // sample: Connecting/Connection strings/2
  }

  static func tls() async throws {
    // sample: TLS/Overview/1
    await database.close()
  }

  static func pooling(options: ConnectionOptions) async throws {
    // sample: Pooling/Overview/1
    await database.close()
  }

  static func poolers() async throws {
    // sample: Poolers/Overview/1
    await database.close()
  }

  static func transactions(database: Database) async throws {
    // sample: TransactionsAndRetries/Overview/1
    _ = order
  }

  static func time(queries: Queries) async throws {
    // sample: TransactionsAndRetries/Time/1
    _ = agents
  }

  static func errors(queries: Queries, email: String) async throws -> Registration {
    // sample: Errors/Overview/1
    return .done
  }

  static func observation(database: Database) async throws {
    // sample: Observation/Overview/1
  }

  static func snapshots(database: Database) async throws {
    // sample: Observation/Overview/2
  }

  static func others(options: ConnectionOptions) async throws {
    // sample: Observation/Other processes/1
    await database.close()
  }

  static func messages(database: Database) async throws {
    // sample: Observation/Messages of your own/1
  }

  static func locks(database: Database) async throws {
    // sample: AdvisoryLocks/Overview/1
  }

  static func transactionLocks(database: Database) async throws {
    // sample: AdvisoryLocks/Overview/2
  }

  static func vectors(queries: Queries, embeddings: [[Float]], question: [Float]) async throws {
    // sample: Vectors/Nearest neighbours/1
  }

  static func instruments() {
    // sample: Operations/Instruments/1
    _ = configuration
  }

  static func statistics(database: Database) {
    // sample: Operations/Statistics/1
  }
}
