// Queries of shared faces, run on SQLite.

public import SQLCPortable

extension Database {
  /// Runs a query, as ``run(_:)`` does, with errors in words of no engine.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(PortableError) -> Q.Output {
    try HeldTransaction.checkUnused(self, Q.statement.name)
    do throws(DatabaseError) { return try await run(query) } catch { throw PortableError(error) }
  }

  /// Runs every query, all or none, as ``run(each:)`` does.
  public nonisolated(nonsending) func answer<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> [Q.Output] {
    try HeldTransaction.checkUnused(self, Q.statement.name)
    do throws(DatabaseError) { return try await run(each: queries) } catch { throw PortableError(error) }
  }

  /// Inserts every row, all or none, as ``insert(contentsOf:)`` does.
  public nonisolated(nonsending) func answer<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> Int {
    try HeldTransaction.checkUnused(self, Q.statement.name)
    do throws(DatabaseError) { return try await insert(contentsOf: rows) } catch { throw PortableError(error) }
  }

  /// Runs `body` in a transaction that may write, whose closure awaits each statement, as on other engines: committed when it
  /// returns, rolled back when it throws or when the task is cancelled.
  ///
  /// The connection that writes is held from the first line of `body` to the last, and with it a thread that is none of Swift's.
  /// What `body` awaits beside its statements keeps everybody else from writing, so that between two statements it may await
  /// nothing for longer than ``Configuration/longestPauseInTransaction``: then the transaction is rolled back, and the error is
  /// of kind ``PortableError/Kind/timedOut``. ``transaction(_:)`` awaits nothing, and is faster.
  ///
  /// - Parameter attempts: How often `body` runs at most when another process keeps the database locked.
  public nonisolated(nonsending) func portableTransaction<T>(
    attempts: Int = 1, _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    var attempt = 1
    while true {
      do {
        return try await HeldTransaction.run(self, .writing, body)
      } catch let error as PortableError where error.isRetryable && attempt < attempts {
        attempt += 1
      }
    }
  }

  /// Runs `body` on one state of the database; what may write is refused.
  public nonisolated(nonsending) func portableRead<T>(
    _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    try await HeldTransaction.run(self, .reading, body)
  }
}

/// A transaction, or a savepoint of one, whose closure awaits each statement.
///
/// Statements stand in line where several tasks use it at once. Used after its closure has ended it throws an error of kind
/// ``PortableError/Kind/stale``.
public struct PortableTransaction: Sendable {
  let held: HeldTransaction
  let scope: HeldTransaction.Scope

  /// Runs a query in the transaction.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(PortableError) -> Q.Output {
    try await held.perform(scope, Q.statement) { connection throws(DatabaseError) in try connection.run(query) }
  }

  /// Runs every query, all or none, and gives what each gave, in order.
  public nonisolated(nonsending) func answer<Q: Query>(
    each queries: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> [Q.Output] {
    try await held.perform(scope, Q.statement) { connection throws(DatabaseError) in try connection.run(each: queries) }
  }

  /// Inserts every row, all or none.
  public nonisolated(nonsending) func answer<Q: BulkQuery>(
    contentsOf rows: some Sequence<Q> & Sendable
  ) async throws(PortableError) -> Int {
    try await held.perform(scope, Q.statement) { connection throws(DatabaseError) in
      try connection.insert(contentsOf: rows)
    }
  }

  /// Runs `body` in a savepoint: kept when it returns, undone when it throws, and the transaction may go on.
  ///
  /// What other tasks do in the transaction meanwhile is in the savepoint too.
  public nonisolated(nonsending) func savepoint<T>(
    _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    let inner = HeldTransaction.Scope()
    try await held.begin(inner, in: scope)
    let output: T
    do {
      output = try await body(PortableTransaction(held: held, scope: inner))
    } catch {
      try? await held.end(inner, .undone)
      throw error
    }
    try await held.end(inner, .kept)
    return output
  }
}
