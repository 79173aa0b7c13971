// Many queries at once: in one flight, all or none (`:copyfrom`, `:batch…`).

import SQLCRuntimeKit

extension Database {
  /// Runs every query, all or none, in one flight, and gives what each gave, in order.
  ///
  /// They are one transaction, of the isolation that is the database's default. An error of decoding that comes after the last
  /// query was sent undoes nothing.
  public nonisolated(nonsending) func run<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> [Q.Output] {
    let queries = Array(queries)
    guard let first = queries.first else { return [] }
    return try await lend(first.chosenStatement) { connection throws(DatabaseError) in
      try await connection.run(each: queries)
    }
  }

  /// Runs different queries, all or none, in one flight.
  ///
  /// ```swift
  /// let (agent, count) = try await database.run(together: CreateAgent(name: "a"), CountAgents())
  /// ```
  public nonisolated(nonsending) func run<each Q: Query>(
    together queries: repeat each Q
  ) async throws(DatabaseError) -> (repeat (each Q).Output) {
    try TransactionMark.check(self, nil)
    let connection = try await pool.acquire(nil)
    do throws(DatabaseError) {
      let outputs = try await connection.run(together: repeat each queries)
      pool.release(connection)
      for query in repeat each queries { changes.publish(query.chosenStatement) }
      return outputs
    } catch {
      let seen = connection.seenOutside(error, isReadOnly: false)
      if seen.isStaleStatement { connection.forgetStatements() }
      pool.release(connection)
      for query in repeat each queries { changes.publish(query.chosenStatement, seen) }
      throw seen
    }
  }

  /// Runs every query of `queries` in one transaction, in one flight: all or none.
  public nonisolated(nonsending) func executeBatch<Q: Query>(_ queries: some Sequence<Q>) async throws(DatabaseError) {
    _ = try await run(each: Array(queries))
  }

  /// Inserts every row: all or none, by COPY where the insertion allows that.
  ///
  /// - Returns: How many rows were inserted, those that ON CONFLICT skipped not among them.
  public nonisolated(nonsending) func insert<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> Int {
    try TransactionMark.check(self, Q.insertion.name)
    let connection = try await pool.acquire(Q.insertion.name)
    do throws(DatabaseError) {
      let count = try await connection.insert(rows, .alone)
      pool.release(connection)
      changes.publish(Q.statement)
      return count
    } catch {
      let seen = connection.seenOutside(error, isReadOnly: false)
      if seen.isStaleStatement { connection.forgetStatements() }
      pool.release(connection)
      changes.publish(Q.statement, seen)
      throw seen
    }
  }
}

extension TransactionScope {
  /// Runs every query in one flight, and gives what each gave, in order. When one fails, so has the transaction.
  public nonisolated(nonsending) func run<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> [Q.Output] {
    let (core, scope) = (transaction.core, transaction.scope)
    switch core.place {
    case .stub(let recorder): return try await recorder.answer(each: queries)
    case .connection(let connection):
      let queries = Array(queries)
      return try await core.inTurn(scope, queries.first?.chosenStatement) { () throws(DatabaseError) in
        try await connection.run(each: queries)
      }
    }
  }

  /// Inserts every row, by COPY where the insertion allows that. When one fails, so has the transaction.
  ///
  /// - Returns: How many rows were inserted, those that ON CONFLICT skipped not among them.
  public nonisolated(nonsending) func insert<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> Int {
    let (core, scope) = (transaction.core, transaction.scope)
    switch core.place {
    case .stub(let recorder): return try await recorder.answer(contentsOf: rows)
    case .connection(let connection):
      return try await core.inTurn(scope, Q.statement) { () throws(DatabaseError) in
        try await connection.insert(rows, .inTransaction)
      }
    }
  }
}
