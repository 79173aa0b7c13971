// Queries of shared faces, run on PostgreSQL.

public import SQLCPortable

extension Database {
  /// Runs a query, as ``run(_:)`` does, with errors in words of no engine.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(PortableError) -> Q.Output {
    do throws(DatabaseError) { return try await run(query) } catch { throw PortableError(error) }
  }

  /// Runs every query, all or none, as ``run(each:)`` does.
  public nonisolated(nonsending) func answer<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> [Q.Output] {
    do throws(DatabaseError) { return try await run(each: queries) } catch { throw PortableError(error) }
  }

  /// Inserts every row, all or none, as ``insert(contentsOf:)`` does.
  public nonisolated(nonsending) func answer<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> Int {
    do throws(DatabaseError) { return try await insert(contentsOf: rows) } catch { throw PortableError(error) }
  }

  /// Runs `body` in a transaction that is as if no other ran beside it (serializable), as all of SQLite's are: committed when it
  /// returns, rolled back when it throws or when the task is cancelled.
  ///
  /// - Parameter attempts: How often `body` runs at most when the server aborts the transaction because of others. Whatever else
  ///   `body` does, it does each time.
  public nonisolated(nonsending) func portableTransaction<T>(
    attempts: Int = 1, _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    var attempt = 1
    while true {
      do {
        return try await portable(isolation: .serializable, .readWrite, body)
      } catch let error as PortableError where error.isRetryable && attempt < attempts {
        // Full jitter, so that those who met do not meet again.
        let most = min(1_000, 10 * Double(1 << min(attempt, 10)))
        try await Task.sleep(for: .milliseconds(Double.random(in: 0...most)))
        attempt += 1
      }
    }
  }

  /// Runs `body` on one state of the database; what may write is refused.
  public nonisolated(nonsending) func portableRead<T>(
    _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    try await portable(isolation: .repeatableRead, .readOnly, body)
  }

  private nonisolated(nonsending) func portable<T>(
    isolation: IsolationLevel, _ access: TransactionAccess,
    _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    do {
      return try await transaction(isolation: isolation, access: access) { transaction in
        try await body(PortableTransaction(transaction: transaction, access: access))
      }
    } catch let error as DatabaseError {
      throw PortableError(error)
    }
  }
}

/// A transaction, or a savepoint of one, while its closure runs.
///
/// Statements stand in line where several tasks use it at once. Used after its closure has ended it throws an error of kind
/// ``PortableError/Kind/stale``.
public struct PortableTransaction: Sendable {
  /// With everything that the engine has.
  public let transaction: Transaction
  let access: TransactionAccess

  /// Runs a query in the transaction.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(PortableError) -> Q.Output {
    try check(query.chosenStatement)
    do throws(DatabaseError) { return try await transaction.run(query) } catch { throw PortableError(error) }
  }

  /// Runs every query, all or none, and gives what each gave, in order.
  public nonisolated(nonsending) func answer<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> [Q.Output] {
    try check(Q.statement)
    do throws(DatabaseError) { return try await transaction.run(each: queries) } catch { throw PortableError(error) }
  }

  /// Inserts every row, all or none.
  public nonisolated(nonsending) func answer<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> Int {
    try check(Q.statement)
    do throws(DatabaseError) { return try await transaction.insert(contentsOf: rows) } catch {
      throw PortableError(error)
    }
  }

  /// Runs `body` in a savepoint: kept when it returns, undone when it throws, and the transaction may go on.
  ///
  /// What other tasks do in the transaction meanwhile is in the savepoint too.
  public nonisolated(nonsending) func savepoint<T>(
    _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    do {
      return try await transaction.savepoint { inner in
        try await body(PortableTransaction(transaction: inner, access: access))
      }
    } catch let error as DatabaseError {
      throw PortableError(error)
    }
  }

  private func check(_ definition: StatementDefinition) throws(PortableError) {
    guard access != .readWrite, !definition.isReadOnly else { return }
    throw PortableError(kind: .misuse, message: "a read cannot write", query: definition.name)
  }
}
