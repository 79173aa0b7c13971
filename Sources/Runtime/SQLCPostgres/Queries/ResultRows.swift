// The rows of a running statement, as they come.

/// Steps through the rows of a statement that runs. Lent to a query while it does; it cannot be kept.
///
/// Like ``Statement`` it holds no reference: whoever lends it holds the connection until the loan ends.
@frozen
public struct ResultRows: ~Copyable {
  @usableFromInline let owner: Unmanaged<Connection>

  @usableFromInline
  init(_ connection: Connection) { owner = Unmanaged.passUnretained(connection) }

  @usableFromInline var connection: Connection { owner.takeUnretainedValue() }

  /// The current row.
  @inlinable
  public var row: ResultRow { ResultRow(connection.cells, connection.rowContext) }

  /// Is there a next row among those that have come?
  @inlinable
  public func stepBuffered() -> Bool { owner._withUnsafeGuaranteedRef { $0.stepBuffered() } }

  /// Waits for more rows. False when there are none.
  @usableFromInline
  nonisolated(nonsending) func fetch() async throws(DatabaseError) -> Bool { try await connection.fetch() }

  /// Is there a next row? Waits for it.
  @inlinable
  public nonisolated(nonsending) func step() async throws(DatabaseError) -> Bool {
    while true {
      if stepBuffered() { return true }
      guard try await fetch() else { return false }
    }
  }

  /// Reads to the end; rows are discarded.
  @inlinable
  public nonisolated(nonsending) func finish() async throws(DatabaseError) {
    repeat {
      while stepBuffered() {}
    } while try await fetch()
  }

  /// Rows that the statement changed: known when it has ended.
  public var rowsAffected: Int { connection.rowsAffected }

  @usableFromInline
  func missingRow() -> DatabaseError {
    DatabaseError(kind: .missingRow, message: "the query gave no row", query: connection.queryName)
  }
}
