// The handle of a transaction, as generated code has it: queries as methods, no way out of its closure.

/// A transaction (or a savepoint of one) while its closure runs. Generated handles conform, not copyable, and are lent.
public protocol TransactionScope: ~Copyable, SendableMetatype {
  var connection: Connection { get }
  init(connection: Connection)
}

extension TransactionScope where Self: ~Copyable {
  /// Runs a query in the transaction.
  @inlinable
  public borrowing func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output { try connection.run(query) }

  /// Gives `body` each row of a query as it comes.
  @inlinable
  public borrowing func forEach<Q: RowsQuery>(_ query: Q, _ body: (Q.Row) throws -> Void) throws {
    try connection.forEach(query, body)
  }

  /// Runs any SQL, all of its statements; it must not end the transaction.
  public borrowing func execute(_ sql: String) throws(DatabaseError) { try connection.execute(sql) }

  /// Runs `body` in a savepoint: kept when it returns, undone when it throws.
  public borrowing func savepoint<T>(_ body: (borrowing Self) throws -> T) throws -> T {
    try connection.savepoint { try body(Self(connection: $0)) }
  }
}

/// A transaction without generated methods.
public struct Transaction: TransactionScope, ~Copyable {
  public let connection: Connection
  public init(connection: Connection) { self.connection = connection }
}
