// A query is a value: its SQL, its parameters, and how its rows become Swift.

/// One call of a generated query.
///
/// ```swift
/// let agent = try await database.run(GetAgentByID(id: 7))
/// ```
///
/// Conform to one of the kinds below, which say what running gives: ``ExactlyOneQuery``, ``AtMostOneQuery``,
/// ``ManyQuery``, ``ExecQuery``, ``ExecRowsQuery``, ``ExecResultQuery``.
public protocol Query: Sendable, Hashable {
  /// What running gives.
  associatedtype Output: Sendable
  static var statement: StatementDefinition { get }
  /// The statement of this very call: `statement`, unless the arguments choose among several (``VariantQuery``).
  var chosenStatement: StatementDefinition { get }
  /// Gives every parameter its value.
  func bind(to statement: borrowing Statement) throws(DatabaseError)
  /// Reads the rows of the running statement; the kinds below implement it.
  nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> Output
}

extension Query {
  @inlinable public var chosenStatement: StatementDefinition { Self.statement }
  @inlinable public func bind(to statement: borrowing Statement) throws(DatabaseError) {}
}

/// A query whose rows mean something.
public protocol RowsQuery: Query {
  associatedtype Row: Sendable
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Row
}

/// A type made of consecutive columns: a table's row, or a query's own.
public protocol RowDecodable: Sendable {
  /// `first` is the index of its first column.
  init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError)
}

extension RowsQuery where Row: RowDecodable {
  @inlinable
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Row { try Row(from: row, at: 0) }
}

/// Always one row: an aggregate without GROUP BY, `INSERT … VALUES … RETURNING`.
public protocol ExactlyOneQuery: RowsQuery where Output == Row {}

/// One row or none.
public protocol AtMostOneQuery: RowsQuery where Output == Row? {}

/// Any number of rows.
public protocol ManyQuery: RowsQuery where Output == [Row] {}

/// No result.
public protocol ExecQuery: Query where Output == Void {}

/// The number of rows inserted, changed or deleted.
public protocol ExecRowsQuery: Query where Output == Int {}

/// The same, with room for more.
public protocol ExecResultQuery: Query where Output == ExecResult {}

/// What a statement that changes rows did.
@frozen
public struct ExecResult: Sendable, Hashable {
  /// Rows inserted, changed or deleted by the statement itself, not by triggers and foreign-key actions.
  public var rowsAffected: Int
  @inlinable
  public init(rowsAffected: Int) { self.rowsAffected = rowsAffected }
}

extension ExactlyOneQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> Row {
    guard try await rows.step() else { throw rows.missingRow() }
    let row = try Self.decode(rows.row)
    try await rows.finish()
    return row
  }
}

extension AtMostOneQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> Row? {
    guard try await rows.step() else { return nil }
    let row = try Self.decode(rows.row)
    try await rows.finish()
    return row
  }
}

extension ManyQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> [Row] {
    var decoded: [Row] = []
    repeat {
      while rows.stepBuffered() { decoded.append(try Self.decode(rows.row)) }
    } while try await rows.fetch()
    return decoded
  }
}

extension ExecQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) {
    try await rows.finish()
  }
}

extension ExecRowsQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> Int {
    try await rows.finish()
    return rows.rowsAffected
  }
}

extension ExecResultQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> ExecResult {
    try await rows.finish()
    return ExecResult(rowsAffected: rows.rowsAffected)
  }
}
