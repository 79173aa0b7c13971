// One query for many values: in one transaction, all or none, by one prepared statement (`:copyfrom`, `:batch…`).

extension Database {
  /// Inserts every row in one transaction: all or none.
  ///
  /// - Returns: How many rows were inserted, those that ON CONFLICT skipped not among them.
  @inlinable
  public nonisolated(nonsending) func insert<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> Int {
    try await together(Q.statement) { connection throws(DatabaseError) in
      try connection.insertAll(rows)
    }
  }

  /// Runs every query in one transaction, all or none, and gives what each gave, in order. Queries that only read see one
  /// state of the database.
  @inlinable
  public nonisolated(nonsending) func run<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(DatabaseError) -> [Q.Output] {
    try await together(Q.statement) { connection throws(DatabaseError) in
      try connection.runAll(queries)
    }
  }

  /// Runs different queries in one transaction, all or none. Where all of them only read, they see one state of the database.
  ///
  /// ```swift
  /// let (agent, count) = try await database.run(together: CreateAgent(name: "a"), CountAgents())
  /// ```
  public nonisolated(nonsending) func run<each Q: Query>(
    together queries: repeat each Q
  ) async throws(DatabaseError) -> (repeat (each Q).Output) {
    let definitions = try definitions(of: repeat each queries)
    let isReadOnly = definitions.allSatisfy { $0.isReadOnly }
    return try await together(definitions[0].name, isReadOnly: isReadOnly) { connection throws(DatabaseError) in
      (repeat try connection.run(each queries))
    }
  }

  /// A transaction on a connection that is fit for the statement.
  @usableFromInline
  nonisolated(nonsending) func together<T: Sendable>(
    _ definition: StatementDefinition, _ body: @Sendable (Connection) throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    try await together(definition.name, isReadOnly: definition.isReadOnly, body)
  }

  private nonisolated(nonsending) func together<T: Sendable>(
    _ name: String, isReadOnly: Bool, _ body: @Sendable (Connection) throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    let pool = isReadOnly ? readers : writers
    let kind: ConnectionCore.TransactionKind = isReadOnly ? .deferred : .immediate
    return try await pool.lend(name) { connection throws(DatabaseError) in
      do {
        return try connection.use { core in try core.transaction(kind) { try body($0) } }
      } catch {
        // Nothing but the runtime throws in there.
        throw DatabaseError(anything: error)
      }
    }
  }
}

extension Connection {
  /// Inserts every row, all or none: what fails undoes the rows before it, and the transaction may go on.
  ///
  /// - Returns: How many rows were inserted, those that ON CONFLICT skipped not among them.
  @inlinable
  public func insert<Q: BulkQuery>(contentsOf rows: some Sequence<Q>) throws(DatabaseError) -> Int {
    try together { connection throws(DatabaseError) in try connection.insertAll(rows) }
  }

  /// Runs every query, all or none, and gives what each gave, in order.
  @inlinable
  public func run<Q: Query>(each queries: some Sequence<Q>) throws(DatabaseError) -> [Q.Output] {
    try together { connection throws(DatabaseError) in try connection.runAll(queries) }
  }

  /// Runs different queries, all or none.
  public func run<each Q: Query>(together queries: repeat each Q) throws(DatabaseError) -> (repeat (each Q).Output) {
    try together { connection throws(DatabaseError) in (repeat try connection.run(each queries)) }
  }

  @inlinable
  func insertAll<Q: BulkQuery>(_ rows: some Sequence<Q>) throws(DatabaseError) -> Int {
    try core.check(scope, Q.statement)
    if core.stub != nil {
      var count = 0
      for row in rows { count += try core.answer(row) }
      return count
    }
    return try core.insert(contentsOf: rows)
  }

  @inlinable
  func runAll<Q: Query>(_ queries: some Sequence<Q>) throws(DatabaseError) -> [Q.Output] {
    try core.check(scope, Q.statement)
    var outputs: [Q.Output] = []
    outputs.reserveCapacity(queries.underestimatedCount)
    for query in queries { outputs.append(try core.stub == nil ? core.run(query) : core.answer(query)) }
    return outputs
  }

  /// A savepoint around what fails with the runtime's errors only.
  @usableFromInline
  func together<T>(_ body: (Connection) throws(DatabaseError) -> T) throws(DatabaseError) -> T {
    do {
      return try savepoint { try body($0) }
    } catch let error as DatabaseError {
      throw error
    } catch {
      throw DatabaseError(kind: .misuse, message: "\(error)")
    }
  }
}

extension TransactionScope where Self: ~Copyable {
  /// Inserts every row, all or none: what fails undoes the rows before it, and the transaction may go on.
  ///
  /// - Returns: How many rows were inserted, those that ON CONFLICT skipped not among them.
  @inlinable
  public borrowing func insert<Q: BulkQuery>(contentsOf rows: some Sequence<Q>) throws(DatabaseError) -> Int {
    try connection.insert(contentsOf: rows)
  }

  /// Runs every query, all or none, and gives what each gave, in order.
  @inlinable
  public borrowing func run<Q: Query>(each queries: some Sequence<Q>) throws(DatabaseError) -> [Q.Output] {
    try connection.run(each: queries)
  }
}

extension TransactionScope where Self: ~Copyable {
  /// Runs different queries, all or none: what fails undoes those before it, and the transaction may go on.
  public borrowing func run<each Q: Query>(
    together queries: repeat each Q
  ) throws(DatabaseError) -> (repeat (each Q).Output) {
    try connection.run(together: repeat each queries)
  }
}

extension QueryRecorder {
  /// Notes and answers each query.
  public func answer<Q: Query>(each queries: some Sequence<Q>) async throws(DatabaseError) -> [Q.Output] {
    var outputs: [Q.Output] = []
    for query in queries { outputs.append(try await answer(query)) }
    return outputs
  }

  /// Notes and answers each row; the sum of the answers.
  public func answer<Q: ExecRowsQuery>(contentsOf rows: some Sequence<Q>) async throws(DatabaseError) -> Int {
    try await answer(each: rows).reduce(0, +)
  }
}

/// The statements of different queries, of which there must be one at least.
///
/// Apart from the asynchronous function that needs them: that one forms no other pack than the one that it is given, since Swift 6.3
/// frees what it allocates for packs in a task in a wrong order otherwise, and the process ends.
private func definitions<each Q: Query>(of queries: repeat each Q) throws(DatabaseError) -> [StatementDefinition] {
  var definitions: [StatementDefinition] = []
  for query in repeat each queries { definitions.append(query.chosenStatement) }
  if definitions.isEmpty { throw DatabaseError(kind: .misuse, code: .misuse, message: "there is no query to run") }
  return definitions
}
