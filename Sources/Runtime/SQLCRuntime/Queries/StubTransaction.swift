// The transaction of a stub: the handle that the closure expects, on a connection whose queries are answered.

import CSQLite
import SQLCSQLiteHandle

extension QueryRecorder {
  /// Runs `body` with a handle whose queries are noted and answered here. Savepoints work; SQL that is no query fails
  /// with an error of kind ``DatabaseError/Kind/misuse``.
  public nonisolated(nonsending) func transaction<Scope: TransactionScope & ~Copyable, T>(
    _ scope: Scope.Type, _ body: (borrowing Scope) throws -> T
  ) async throws -> T {
    let core = try stub()
    return try core.transaction(.deferred) { try body(Scope(connection: $0)) }
  }

  /// The same as ``transaction(_:_:)``: a stub does not tell reading from writing.
  public nonisolated(nonsending) func read<Scope: TransactionScope & ~Copyable, T>(
    _ scope: Scope.Type, _ body: (borrowing Scope) throws -> T
  ) async throws -> T {
    try await transaction(scope, body)
  }

  /// Scopes and savepoints are a connection's, so there is one: to a database in memory, with nothing in it.
  private func stub() throws(DatabaseError) -> ConnectionCore {
    do throws(SQLiteFailure) {
      let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
      let core = ConnectionCore(
        try DatabaseHandle(filename: ":memory:", flags: flags), RunSupervisor(patience: .zero), Slowness())
      core.stub = self
      return core
    } catch {
      throw DatabaseError(
        kind: .sqlite, code: ResultCode(rawValue: error.extendedCode), message: "cannot open: \(error.message)")
    }
  }
}

extension ConnectionCore {
  /// What the stub says; only where there is one.
  @usableFromInline
  func answer<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    guard let stub else { throw .withoutDatabase }
    return try stub.answerAtOnce(query)
  }

  /// The rows of the answer, one by one.
  @usableFromInline
  func answer<Q: RowsQuery>(_ query: Q, _ body: (Q.Row) throws -> Void) throws {
    let output: any Sendable = try answer(query)
    if let rows = output as? [Q.Row] {
      for row in rows { try body(row) }
    } else if let row = output as? Q.Row {
      try body(row)
    }
  }
}

extension DatabaseError {
  /// Something other than a query was asked of a stub.
  @usableFromInline static var withoutDatabase: DatabaseError {
    DatabaseError(kind: .misuse, code: .misuse, message: "a stub has no database to run SQL on")
  }
}
