// The handle of a transaction, as generated code has it: queries as methods.

/// A transaction (or a savepoint of one) while its closure runs. Generated handles conform.
public protocol TransactionScope: Sendable, SendableMetatype {
  var transaction: Transaction { get }
  init(_ transaction: Transaction)
}

extension TransactionScope {
  /// Runs a query in the transaction.
  public nonisolated(nonsending) func run<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    try await transaction.run(query)
  }

  /// Runs any SQL, all of its statements; it must not end the transaction.
  public nonisolated(nonsending) func execute(_ sql: String) async throws(DatabaseError) {
    try await transaction.execute(sql)
  }

  /// Runs `body` in a savepoint: kept when it returns, undone when it throws, and the transaction may go on.
  ///
  /// What other tasks do in the transaction meanwhile is in the savepoint too.
  public nonisolated(nonsending) func savepoint<T>(
    _ body: nonisolated(nonsending) (Self) async throws -> T
  ) async throws -> T {
    let outer = transaction
    let core = outer.core
    let name = "sqlc_\(core.nextSavepoint())"
    let scope = TransactionCore.Scope(depth: outer.scope.depth + 1)
    guard case .connection(let connection) = core.place else {
      defer { scope.end() }
      return try await body(Self(Transaction(core, scope)))
    }
    try await core.control("SAVEPOINT \(name)", outer.scope, connection)
    let output: T
    do {
      output = try await body(Self(Transaction(core, scope)))
    } catch {
      scope.end()
      // A cancelled task's whole transaction is rolled back; a connection that broke has rolled back already.
      if !Task.isCancelled, !connection.isLost {
        try? await core.control("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)", outer.scope, connection)
      }
      throw error
    }
    scope.end()
    try await core.control("RELEASE SAVEPOINT \(name)", outer.scope, connection)
    return output
  }
}

extension TransactionCore {
  /// A statement of the runtime's own in the transaction.
  nonisolated(nonsending) func control(
    _ sql: String, _ scope: Scope, _ connection: Connection
  ) async throws(DatabaseError) {
    try await inTurn(scope, nil) { () throws(DatabaseError) in
      _ = try await connection.texts(sql, name: sql)
    }
  }
}
