// The face of the runtime.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Synchronization

/// A PostgreSQL database: a pool of connections that are opened as they are needed.
///
/// ```swift
/// let database = try await Database.open("host=db.internal dbname=agents user=app")
/// let agent = try await database.run(GetAgentByID(id: 7))
/// ```
///
/// Calls may come from any actor and any task. Nothing waits on one of Swift's threads: one thread of the runtime's waits for
/// all sockets, and what comes is decoded where the caller is.
public final class Database: Sendable {
  let pool: Pool
  let changes = ChangeHub()
  let listener: Listener
  /// How connections are made that are no pool's.
  let sessions: ConnectionRecipe
  private let tending: Task<Void, Never>

  private init(_ pool: Pool, _ sessions: ConnectionRecipe) {
    self.pool = pool
    self.sessions = sessions
    listener = Listener(sessions)
    tending = Task.detached(priority: .utility) { [weak pool] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(5))
        guard let pool, !pool.isClosed else { return }
        pool.tend()
      }
    }
  }

  deinit {
    tending.cancel()
    changes.finish()
    listener.close()
    pool.forget()
  }

  // MARK: Opening

  /// Connects, once, so that a server that is not there is known now. More connections are opened as they are needed.
  public static func open(
    _ options: ConnectionOptions = .environment, configuration: Configuration = .init()
  ) async throws(DatabaseError) -> Database {
    let library = try LibraryOfClient.shared.get()
    let recipe = ConnectionRecipe(
      library: library, parameters: try options.forConnecting(library), types: TypeCatalog(),
      configuration: configuration)
    var sessions = recipe
    if let options = configuration.sessionOptions { sessions.parameters = try options.forConnecting(library) }
    let pool = Pool(recipe)
    try await pool.openFirst()
    let database = Database(pool, sessions)
    switch configuration.observesOthers {
    case .no: break
    case .notifications(let channel): database.listener.publish(channel, to: database.changes)
    }
    return database
  }

  /// Closes every connection; queries and transactions that have begun end first, and later use is an error.
  public func close() async {
    tending.cancel()
    changes.finish()
    listener.close()
    await pool.close()
  }

  // MARK: Queries

  /// Runs a query. One that only reads is run once more when its connection turns out to have been dead before.
  public nonisolated(nonsending) func run<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    let definition = query.chosenStatement
    return try await lend(definition) {
      Errand(definition: definition) { connection throws(DatabaseError) in try connection.send(query, definition) }
    } body: { connection throws(DatabaseError) in
      try await connection.run(query, definition)
    }
  }

  /// Runs any SQL, all of its statements, without a transaction of its own around them: the server makes one of those that stand
  /// together. Never make it of values: that is what queries have parameters for.
  public nonisolated(nonsending) func execute(_ sql: String) async throws(DatabaseError) {
    try TransactionMark.check(self, nil)
    let connection = try await pool.acquire(nil)
    defer {
      // It may have made types.
      pool.types.markStale()
      pool.release(connection)
      changes.publish(.anything)
    }
    do throws(DatabaseError) {
      try await connection.texts(sql, kind: .script)
    } catch {
      throw connection.seenOutside(error, isReadOnly: false)
    }
  }

  /// Is a statement that was a transaction of its own to be run once more?
  ///
  /// After a change of the schema every connection may have its stale statement. Each try is another connection's, and closes it.
  func isWorthAnother(_ seen: DatabaseError, of connection: Connection, _ isReadOnly: Bool, _ attempts: Int) -> Bool {
    if seen.isStaleStatement { return attempts <= pool.configuration.connections.upperBound }
    return attempts == 0 && isReadOnly && seen.kind == .connection && connection.isLost
  }

  /// Lends a connection to a statement that is a transaction of its own.
  ///
  /// - Parameter errand: what is sent for the task while it waits for a connection: the first thing that `body` does.
  nonisolated(nonsending) func lend<T>(
    _ definition: StatementDefinition, _ errand: () -> Errand? = { nil },
    body: nonisolated(nonsending) (Connection) async throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    try TransactionMark.check(self, definition.name)
    var attempts = 0
    while true {
      let connection: Connection
      if let idle = pool.acquireIdle() {
        connection = idle
      } else {
        connection = try await pool.stand(definition.name, errand())
      }
      do throws(DatabaseError) {
        let output = try await body(connection)
        pool.release(connection)
        changes.publish(definition)
        return output
      } catch {
        let seen = connection.seenOutside(error, isReadOnly: definition.isReadOnly)
        let isWorthAnother = isWorthAnother(seen, of: connection, definition.isReadOnly, attempts)
        if seen.isStaleStatement { connection.forgetStatements() }
        pool.release(connection)
        guard isWorthAnother else {
          changes.publish(definition, seen)
          throw seen
        }
        attempts += 1
      }
    }
  }
}

extension Connection {
  /// An error of a statement that was a transaction of its own. Where the connection broke after a change had been sent, nobody
  /// knows whether it was committed; where the server said that it ends the connection, it was not.
  func seenOutside(_ error: DatabaseError, isReadOnly: Bool) -> DatabaseError {
    guard error.kind == .connection, error.sqlState == nil, !isReadOnly, wasSent else { return error }
    return error.with(
      kind: .outcomeUnknown,
      message: "the connection broke before the server said whether the change was made: \(error.message)")
  }
}
