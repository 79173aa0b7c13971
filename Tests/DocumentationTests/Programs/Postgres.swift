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

struct SoldOut: Error {}

/// As the generator makes them.
nonisolated struct Queries: Sendable {
  let database: Database
  func listAgents() async throws(DatabaseError) -> [Agent] { try await database.run(ListAgents()) }
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

  static func instruments() {
    // sample: Operations/Instruments/1
    _ = configuration
  }

  static func statistics(database: Database) {
    // sample: Operations/Statistics/1
  }
}
