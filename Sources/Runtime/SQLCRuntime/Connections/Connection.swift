// What a closure is lent: the connection, until the closure ends.

/// A connection during a transaction or a read. Using it after the closure has ended throws an error of kind
/// ``DatabaseError/Kind/stale``.
public struct Connection {
  @usableFromInline let core: ConnectionCore
  @usableFromInline let scope: UInt64

  init(_ core: ConnectionCore, scope: UInt64) {
    self.core = core
    self.scope = scope
  }

  /// Runs a query.
  @inlinable
  public func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    try core.check(scope, Q.statement)
    if core.stub != nil { return try core.answer(query) }
    return try core.run(query)
  }

  /// Gives `body` each row of a query as it comes; only one row is in memory.
  @inlinable
  public func forEach<Q: RowsQuery>(_ query: Q, _ body: (Q.Row) throws -> Void) throws {
    try core.check(scope, Q.statement)
    if core.stub != nil { return try core.answer(query, body) }
    let prepared = try core.prepare(query)
    defer { core.finish(prepared) }
    let statement = Statement(prepared)
    try query.bind(to: statement)
    let row = statement.row
    while try statement.step() { try body(try Q.decode(row)) }
  }

  /// Runs any SQL, all of its statements; it must not end the transaction.
  public func execute(_ sql: String) throws(DatabaseError) {
    try core.check(scope, nil)
    if core.stub != nil { throw .withoutDatabase }
    try core.execute(sql)
  }

  /// Runs `body` in a savepoint: kept when it returns, undone when it throws.
  public func savepoint<T>(_ body: (Connection) throws -> T) throws -> T {
    try core.check(scope, nil)
    return try core.savepoint(body)
  }
}
