// Rows as they come, in constant memory.

import SQLCRuntimeKit

/// The rows of a query, fetched as they are asked for.
///
/// A stream has a connection of the pool until it ends, its iterator goes or its task is cancelled. What nobody asks for stays
/// with the server. The rows are one snapshot; when an error comes, those before it were not the whole result.
public struct RowStream<Q: RowsQuery>: AsyncSequence, Sendable {
  public typealias Element = Q.Row
  public typealias Failure = DatabaseError

  let database: Database
  let query: Q

  public func makeAsyncIterator() -> Iterator { Iterator(cursor: Cursor(database, query)) }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = Q.Row
    public typealias Failure = DatabaseError

    let cursor: Cursor<Q>

    public mutating func next() async throws(DatabaseError) -> Q.Row? { try await cursor.next() }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> Q.Row? {
      try await cursor.next()
    }
  }
}

/// A statement whose rows are being asked for, one by one.
final class Cursor<Q: RowsQuery> {
  private enum State {
    case unbegun
    case running(Connection)
    case ended
  }

  private let database: Database
  private let query: Q
  private var state = State.unbegun

  init(_ database: Database, _ query: Q) {
    self.database = database
    self.query = query
  }

  deinit {
    guard case .running(let connection) = state else { return }
    let (pool, changes, definition) = (database.pool, database.changes, query.chosenStatement)
    // What is on its way is not wanted any more.
    Task.detached {
      connection.requestEnd(.cancelled, connection.runID)
      _ = await connection.finish(after: .cancelled(nil))
      pool.release(connection)
      // It may have ended before it was cancelled.
      changes.publish(definition)
    }
  }

  nonisolated(nonsending) func next() async throws(DatabaseError) -> Q.Row? {
    switch state {
    case .ended: return nil
    case .unbegun: return try await begin()
    case .running(let connection): return try await next(connection)
    }
  }

  /// Sends the query and gives its first row. A connection that turns out to have been dead before is replaced once.
  private nonisolated(nonsending) func begin() async throws(DatabaseError) -> Q.Row? {
    let definition = query.chosenStatement
    state = .ended
    try TransactionMark.check(database, definition.name)
    var attempts = 0
    while true {
      let connection = try await database.pool.acquire(definition.name)
      do throws(DatabaseError) {
        try await connection.start(query, definition)
      } catch {
        database.pool.release(connection)
        throw error
      }
      state = .running(connection)
      do throws(DatabaseError) {
        return try await next(connection)
      } catch {
        guard attempts == 0, definition.isReadOnly, error.kind == .connection, connection.isLost else { throw error }
        attempts += 1
      }
    }
  }

  private nonisolated(nonsending) func next(_ connection: Connection) async throws(DatabaseError) -> Q.Row? {
    let rows = ResultRows(connection)
    do throws(DatabaseError) {
      if try await rows.step() { return try Q.decode(rows.row) }
      state = .ended
      if let error = connection.end(nil) { throw error }
      database.pool.release(connection)
      database.changes.publish(query.chosenStatement)
      return nil
    } catch {
      state = .ended
      let seen = await connection.finish(after: error)
      if seen.isStaleStatement { connection.forgetStatements() }
      database.pool.release(connection)
      let outside = connection.seenOutside(seen, isReadOnly: query.chosenStatement.isReadOnly)
      database.changes.publish(query.chosenStatement, outside)
      throw outside
    }
  }
}

extension Connection {
  /// Sends a query whose rows are to be asked for.
  nonisolated(nonsending) func start<Q: Query>(
    _ query: Q, _ definition: StatementDefinition
  ) async throws(DatabaseError) {
    try await prepareTypes(of: definition)
    try await begin(definition.name, sql: definition.sql, types: definition.parameterTypes)
    do throws(DatabaseError) {
      try send(query, definition)
      try await flush()
    } catch {
      throw await finish(after: error)
    }
  }
}

extension Database {
  /// The rows of a query as they come, in constant memory.
  ///
  /// ```swift
  /// for try await run in database.stream(ListAgentRuns(agentID: 7)) { … }
  /// ```
  public func stream<Q: RowsQuery>(_ query: Q) -> RowStream<Q> { RowStream(database: self, query: query) }
}

extension TransactionScope {
  /// Gives `body` each row of a query as it comes. When it throws, the rest is not wanted, and the transaction has failed.
  public nonisolated(nonsending) func forEach<Q: RowsQuery>(_ query: Q, _ body: (Q.Row) throws -> Void) async throws {
    let (core, scope) = (transaction.core, transaction.scope)
    let definition = query.chosenStatement
    guard case .connection(let connection) = core.place else {
      let output: any Sendable = try await transaction.run(query)
      if let rows = output as? [Q.Row] {
        for row in rows { try body(row) }
      } else if let row = output as? Q.Row {
        try body(row)
      }
      return
    }
    // What `body` throws is of any type.
    let thrown = try await core.inTurn(scope, definition) { () async throws(DatabaseError) -> (any Error)? in
      try await connection.start(query, definition)
      do throws(DatabaseError) {
        let rows = ResultRows(connection)
        while try await rows.step() {
          let row = try Q.decode(rows.row)
          do { try body(row) } catch {
            connection.requestEnd(.cancelled, connection.runID)
            _ = await connection.finish(after: .cancelled(definition.name))
            return error
          }
        }
        if let error = connection.end(nil) { throw error }
        return nil
      } catch {
        throw await connection.finish(after: error)
      }
    }
    if let thrown { throw thrown }
  }
}
