// The one place where an engine is chosen.

public import AgentStore
import AgentStorePostgres
import AgentStoreSQLite
import SQLCPostgres
import SQLCRuntime

/// Where the agents are.
public enum DatabaseAddress: Sendable, Hashable {
  /// A file of SQLite; none is a database in memory.
  case sqlite(file: String?)
  /// A connection string of PostgreSQL: `postgres://…`, or `dbname=…`.
  case postgresql(String)

  /// `postgres://…` is a server, anything else a file.
  public init(_ text: String) {
    let isServer = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    self = isServer ? .postgresql(text) : .sqlite(file: text)
  }
}

/// An open database, whatever its engine.
public struct AgentDatabase: Sendable {
  public let queries: any QueriesProtocol
  /// Closes every connection.
  public let close: @Sendable () async -> Void
}

/// Opens the database and applies the migrations that it has not had yet, under a lock: of several processes that start at once
/// one migrates, and the others wait.
public func openDatabase(at address: DatabaseAddress) async throws -> AgentDatabase {
  switch address {
  case .sqlite(let file):
    let database =
      if let file { try await SQLCRuntime.Database.open(file) } else { try await SQLCRuntime.Database.inMemory() }
    try await database.migrate(AgentStoreSQLite.Schema.self)
    return AgentDatabase(queries: AgentStoreSQLite.Queries(database)) { await database.close() }
  case .postgresql(let options):
    let database = try await SQLCPostgres.Database.open(try ConnectionOptions(options))
    try await database.migrate(AgentStorePostgres.Schema.self)
    return AgentDatabase(queries: AgentStorePostgres.Queries(database)) { await database.close() }
  }
}
