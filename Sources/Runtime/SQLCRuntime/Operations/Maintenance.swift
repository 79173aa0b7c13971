// Where operations run: on the connection that writes, or on one of their own.

import SQLCSQLiteHandle

extension Database {
  /// Lends the connection that writes to `body`.
  func lendWriter<T: Sendable>(_ body: @Sendable (ConnectionCore) throws -> T) async throws(DatabaseError) -> T {
    do {
      return try await onWriter(body)
    } catch {
      throw DatabaseError(anything: error)
    }
  }

  /// Lends `body` a connection that only reads and belongs to nobody else, so that what takes long takes no reader away.
  /// A database in memory has but one connection, which is lent then.
  func lendOwnConnection<T: Sendable>(
    _ role: ConnectionRole = .reader, _ body: @Sendable (ConnectionCore) throws -> T
  ) async throws(DatabaseError) -> T {
    guard var recipe = readerRecipe else { return try await lendWriter(body) }
    if Task.isCancelled { throw .cancelled(nil) }
    recipe.role = role
    let connection = PooledConnection(recipe, changes, queue: PooledConnection.queue("sqlc.operation"))
    let outcome: Result<T, DatabaseError>
    do throws(DatabaseError) {
      outcome = .success(
        try await Errand.run(.own(connection), nil) { connection throws(DatabaseError) in
          do { return try connection.useAnyhow(body) } catch { throw DatabaseError(anything: error) }
        })
    } catch {
      outcome = .failure(error)
    }
    await connection.onQueue { $0.close() }
    return try outcome.get()
  }
}

extension DatabaseError {
  /// What the runtime and the C library throw, as the one error that users see.
  init(anything error: any Error) {
    if let error = error as? DatabaseError {
      self = error
    } else if let failure = error as? SQLiteFailure {
      self.init(failure, query: nil)
    } else {
      self.init(kind: .misuse, message: "\(error)")
    }
  }
}
