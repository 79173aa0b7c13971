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
  ///
  /// Where all of them only read, they are run once more when their connection turns out to have been dead before.
  public nonisolated(nonsending) func run<each Q: Query>(
    together queries: repeat each Q
  ) async throws(DatabaseError) -> (repeat (each Q).Output) {
    let definitions = try definitions(of: repeat each queries)
    let isReadOnly = definitions.allSatisfy { $0.isReadOnly }
    try TransactionMark.check(self, definitions[0].name)
    var attempts = 0
    while true {
      let connection = try await pool.acquire(definitions[0].name)
      do throws(DatabaseError) {
        let outputs = try await connection.run(together: repeat each queries)
        pool.release(connection)
        for definition in definitions { changes.publish(definition) }
        return outputs
      } catch {
        let seen = connection.seenOutside(error, isReadOnly: isReadOnly)
        let isWorthAnother = isWorthAnother(seen, of: connection, isReadOnly, attempts)
        if seen.isStaleStatement { connection.forgetStatements() }
        pool.release(connection)
        guard isWorthAnother else {
          for definition in definitions { changes.publish(definition, seen) }
          throw seen
        }
        attempts += 1
      }
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

  /// Runs different queries in one flight. When one fails, so has the transaction.
  ///
  /// ```swift
  /// let (agent, count) = try await tx.run(together: CreateAgent(name: "a"), CountAgents())
  /// ```
  public nonisolated(nonsending) func run<each Q: Query>(
    together queries: repeat each Q
  ) async throws(DatabaseError) -> (repeat (each Q).Output) {
    let (core, scope) = (transaction.core, transaction.scope)
    let definitions = try definitions(of: repeat each queries)
    switch core.place {
    case .stub(let recorder): return (repeat try await recorder.answer(each queries))
    case .connection(let connection):
      return try await core.inTurn(scope, definitions[0]) { () throws(DatabaseError) in
        for definition in definitions { core.note(definition) }
        return try await connection.run(together: repeat each queries)
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

/// The statements of different queries, of which there must be one at least.
///
/// Apart from the asynchronous functions that need them: those form no other pack than the one that they are given, since Swift 6.3
/// frees what it allocates for packs in a task in a wrong order otherwise, and the process ends.
private func definitions<each Q: Query>(of queries: repeat each Q) throws(DatabaseError) -> [StatementDefinition] {
  var definitions: [StatementDefinition] = []
  for query in repeat each queries { definitions.append(query.chosenStatement) }
  if definitions.isEmpty { throw DatabaseError(kind: .misuse, message: "there is no query to run") }
  return definitions
}
