// Around the samples of SQLCPostgres's articles. Beside `scripts/with-postgresql` it runs them: the name db.internal leads to that
// server then (PGHOSTADDR). What names a certificate or a pooler that is not there has to be refused.

import Foundation
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

nonisolated struct DeleteAgent: ExecRowsQuery {
  var id: Int64
  static let statement = StatementDefinition(
    name: "DeleteAgent", sql: "DELETE FROM agents WHERE id = $1", parameterTypes: [20], isReadOnly: false,
    writes: ["agents"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

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
  static func main() async throws {
    guard let port = ProcessInfo.processInfo.environment["SQLC_SWIFT_POSTGRES_PORT"] else { return }
    let setup = try await Database.open()
    try await setup.execute("DROP DATABASE IF EXISTS agents")
    try await setup.execute("CREATE DATABASE agents")
    await setup.close()
    for (name, value) in [
      ("PGHOSTADDR", "127.0.0.1"), ("PGPORT", port), ("PGSSLMODE", "prefer"), ("PGDATABASE", "agents"),
    ] { setenv(name, value, 1) }
    let options: ConnectionOptions = "host=db.internal dbname=agents user=app"
    let database = try await Database.open(options)
    try await database.execute(
      """
      CREATE TABLE agents (id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, name text NOT NULL);
      INSERT INTO agents (id, name) VALUES (7, 'a')
      """)
    let queries = Queries(database: database)
    try await overview()
    try await migrations()
    try outside(text: "host=db.internal dbname=agents user=app password=secret", secret: "other")
    // libpq before 16 knows no authorities of the system's; and there is no such file.
    for refused in [strings, tls, poolers] {
      do {
        try await refused()
        fatalError("a server of which nothing is known was taken")
      } catch let error as DatabaseError where error.kind == .connection {}
    }
    try await pooling(options: options)
    try await transactions(database: database)
    try await together(database: database)
    try await time(queries: queries)
    guard case .done = try await errors(queries: queries, email: "a@b.c") else {
      fatalError("an email that is free was taken")
    }
    try await forAWhile { try await observation(database: database) }
    try await forAWhile { try await snapshots(database: database) }
    try await forAWhile { try await messages(database: database) }
    try await others(options: options)
    try await locks(database: database)
    try await transactionLocks(database: database)
    if (try? await database.execute("CREATE EXTENSION vector")) != nil {
      try await database.execute(
        "CREATE TABLE memories (agent_id bigint NOT NULL, content text NOT NULL, embedding vector(1536) NOT NULL)")
      let embedding = [Float](repeating: 0.5, count: 1_536)
      try await vectors(queries: queries, embeddings: [embedding, embedding], question: embedding)
    }
    instruments()
    statistics(database: database)
    await database.close()
    print("every sample has run")
  }

  /// Until its task is cancelled, which is no error.
  static func forAWhile(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await body() }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    do { try await task.value } catch let error as DatabaseError where error.kind == .cancelled {}
  }

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

  static func together(database: Database) async throws {
    // sample: TransactionsAndRetries/In one flight/1
    _ = (deleted, agents, count)
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
