// Transactions: begun, committed, and run again when they may.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Database {
  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws or when the task is cancelled.
  ///
  /// - Parameters:
  ///   - isolation: The database's default when there is none.
  ///   - attempts: How often `body` is run at most when the server aborts the transaction because of others (40001, 40P01).
  ///     Whatever else `body` does, it does each time.
  public nonisolated(nonsending) func transaction<Scope: TransactionScope, T>(
    _ scope: Scope.Type, isolation: IsolationLevel? = nil, access: TransactionAccess? = nil, attempts: Int = 1,
    _ body: nonisolated(nonsending) (Scope) async throws -> T
  ) async throws -> T {
    var attempt = 1
    while true {
      do {
        return try await once(isolation, access, body)
      } catch let error as DatabaseError where error.isRetryable && attempt < attempts {
        // Full jitter, so that those who met do not meet again.
        let most = min(1_000, 10 * Double(1 << min(attempt, 10)))
        try await Task.sleep(for: .milliseconds(Double.random(in: 0...most)))
        attempt += 1
      }
    }
  }

  /// The same without generated methods.
  public nonisolated(nonsending) func transaction<T>(
    isolation: IsolationLevel? = nil, access: TransactionAccess? = nil, attempts: Int = 1,
    _ body: nonisolated(nonsending) (Transaction) async throws -> T
  ) async throws -> T {
    try await transaction(Transaction.self, isolation: isolation, access: access, attempts: attempts, body)
  }

  /// Runs `body` on one state of the database; writing fails.
  public nonisolated(nonsending) func read<Scope: TransactionScope, T>(
    _ scope: Scope.Type, _ body: nonisolated(nonsending) (Scope) async throws -> T
  ) async throws -> T {
    try await transaction(scope, isolation: .repeatableRead, access: .readOnly, body)
  }

  /// The same without generated methods.
  public nonisolated(nonsending) func read<T>(
    _ body: nonisolated(nonsending) (Transaction) async throws -> T
  ) async throws -> T {
    try await read(Transaction.self, body)
  }

  private nonisolated(nonsending) func once<Scope: TransactionScope, T>(
    _ isolation: IsolationLevel?, _ access: TransactionAccess?,
    _ body: nonisolated(nonsending) (Scope) async throws -> T
  ) async throws -> T {
    try TransactionMark.check(self, nil)
    let connection = try await begun(isolation, access)
    connection.trace?.beginTransaction()
    let core = TransactionCore(.connection(connection))
    let scope = TransactionCore.Scope(depth: 0)
    let marks = TransactionMark.current + [TransactionMark.Open(pool: ObjectIdentifier(pool), scope: scope)]
    let output: T
    do {
      output = try await TransactionMark.$current.withValue(marks) {
        try await body(Scope(Transaction(core, scope)))
      }
    } catch {
      await core.close(scope)
      await connection.rollbackOrLose()
      connection.trace?.endTransaction(error)
      pool.release(connection)
      throw error
    }
    // A task that is still using the handle ends its statement first; what comes later is stale.
    await core.close(scope)
    do throws(DatabaseError) {
      try await connection.commit()
    } catch {
      await connection.rollbackOrLose()
      connection.trace?.endTransaction(error)
      pool.release(connection)
      if error.kind == .outcomeUnknown { core.changes.publish(to: changes) }
      throw error
    }
    connection.trace?.endTransaction(nil)
    pool.release(connection)
    core.changes.publish(to: changes)
    return output
  }

  /// A connection on which a transaction has begun. One that turns out to have been dead before is replaced once.
  private nonisolated(nonsending) func begun(
    _ isolation: IsolationLevel?, _ access: TransactionAccess?
  ) async throws(DatabaseError) -> Connection {
    var sql = "BEGIN"
    if let isolation { sql += " ISOLATION LEVEL \(isolation.rawValue)" }
    if let access { sql += "\(isolation == nil ? "" : ",") \(access.rawValue)" }
    var attempts = 0
    while true {
      let connection = try await pool.acquire("BEGIN")
      do throws(DatabaseError) {
        try await connection.texts(sql, name: "BEGIN")
        return connection
      } catch {
        pool.release(connection)
        guard attempts == 0, error.kind == .connection else { throw error }
        attempts += 1
      }
    }
  }
}

extension TransactionCore {
  /// The closure has ended: who is in the line is served, and finds the scope closed.
  nonisolated(nonsending) func close(_ scope: Scope) async {
    scope.end()
    try? await inTurn(Scope(depth: 0), nil) { () throws(DatabaseError) in }
  }
}

extension Connection {
  /// Commits. Whether the task is cancelled is looked at before, not during: a commit that was cancelled would leave nobody
  /// knowing.
  nonisolated(nonsending) func commit() async throws(DatabaseError) {
    if Task.isCancelled { throw .cancelled("COMMIT") }
    if Deadline.isPast { throw .timedOut("COMMIT") }
    // A connection that has been closed meanwhile is known to have rolled back.
    if isLost || library.consumeInput(handle) != 1 || library.status(handle) == ConnectionStatus.bad { throw lost() }
    let run = runID + 1
    let limit = Deadline.current
    let alarm =
      limit == .never
      ? nil : Alarm.set(at: limit.advanced(by: Self.grace)) { [self] in giveUp(run) }
    defer { alarm?.cancel() }
    let wasBroken = library.transactionStatus(handle) == TransactionStatus.inError
    do throws(DatabaseError) {
      try await texts("COMMIT", name: "COMMIT", .byWaiting)
    } catch {
      guard error.kind == .connection, error.sqlState == nil, !wasBroken else { throw error }
      throw error.with(
        kind: .outcomeUnknown,
        message: "the connection broke before the server said whether it committed: \(error.message)")
    }
    // The COMMIT of a transaction that has failed succeeds, and rolls back (sql-commit.html).
    if commandTag == "ROLLBACK" {
      throw DatabaseError(
        kind: .rolledBack, message: "the transaction was rolled back: an earlier statement of it failed",
        query: "COMMIT")
    }
  }

  /// Rolls back what is open; a connection that cannot is not used again.
  nonisolated(nonsending) func rollbackOrLose() async {
    if !isLost, !isDoomed, library.transactionStatus(handle) != TransactionStatus.idle {
      do throws(DatabaseError) { try await rollback() } catch { isLost = true }
    }
  }
}
