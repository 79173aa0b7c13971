// A query is a value: its SQL, its parameters, and how its rows become Swift.

/// One call of a generated query.
///
/// ```swift
/// let agent = try await database.run(GetAgentByID(id: 7))
/// ```
///
/// Conform to one of the kinds below, which say what running gives: ``ExactlyOneQuery``, ``AtMostOneQuery``,
/// ``ManyQuery``, ``ExecQuery``, ``ExecRowsQuery``, ``ExecLastIDQuery``, ``ExecOptionalLastIDQuery``,
/// ``ExecResultQuery``, ``ExecResultWithoutIDQuery``.
public protocol Query: Sendable, Hashable {
  /// What running gives.
  associatedtype Output: Sendable
  static var statement: StatementDefinition { get }
  /// The statement of this very call: `statement`, unless the arguments choose among several (``VariantQuery``).
  var chosenStatement: StatementDefinition { get }
  /// How many elements each list parameter has, by the parameters' numbers.
  var listCounts: [Int] { get }
  /// Gives every parameter its value.
  func bind(to statement: borrowing Statement) throws(DatabaseError)
  /// Steps through the bound statement; the kinds below implement it.
  func output(of statement: borrowing Statement) throws(DatabaseError) -> Output
}

extension Query {
  @inlinable public var chosenStatement: StatementDefinition { Self.statement }
  @inlinable public var listCounts: [Int] { [] }
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

/// The rowid of the last row inserted, by a statement that always inserts one.
public protocol ExecLastIDQuery: Query where Output == Int64 {}

/// The rowid of the last row inserted, or nil when the statement inserted none: OR IGNORE, ON CONFLICT DO NOTHING, SELECT.
public protocol ExecOptionalLastIDQuery: Query where Output == Int64? {}

/// Both, the rowid nil when the statement inserted no row.
public protocol ExecResultQuery: Query where Output == ExecResult {}

/// Both, of a statement that inserts no row with a rowid of its own, which is therefore nil: UPDATE, DELETE, a view, a table
/// WITHOUT ROWID, DO UPDATE.
public protocol ExecResultWithoutIDQuery: ExecResultQuery {}

/// What a statement that changes rows did.
@frozen
public struct ExecResult: Sendable, Hashable {
  /// Rows inserted, changed or deleted by the statement itself, not by triggers and foreign-key actions.
  public var rowsAffected: Int
  /// The rowid of the last row that the statement inserted; nil when it inserted none.
  public var lastInsertID: Int64?
  @inlinable
  public init(rowsAffected: Int, lastInsertID: Int64?) {
    self.rowsAffected = rowsAffected
    self.lastInsertID = lastInsertID
  }
}

extension ExactlyOneQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> Row {
    guard try statement.step() else { throw statement.missingRow() }
    let row = try Self.decode(statement.row)
    try statement.finishWriting()
    return row
  }
}

extension AtMostOneQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> Row? {
    guard try statement.step() else { return nil }
    let row = try Self.decode(statement.row)
    try statement.finishWriting()
    return row
  }
}

extension ManyQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> [Row] {
    var rows: [Row] = []
    let row = statement.row
    while try statement.step() { rows.append(try Self.decode(row)) }
    return rows
  }
}

extension ExecQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) { try statement.finish() }
}

extension ExecRowsQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> Int {
    try statement.finish()
    return statement.rowsAffected
  }
}

extension ExecLastIDQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> Int64 {
    try statement.finish()
    return statement.lastInsertID
  }
}

extension ExecOptionalLastIDQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> Int64? {
    try statement.finish()
    return statement.rowsAffected == 0 ? nil : statement.lastInsertID
  }
}

extension ExecResultQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> ExecResult {
    try statement.finish()
    let count = statement.rowsAffected
    return ExecResult(rowsAffected: count, lastInsertID: count == 0 ? nil : statement.lastInsertID)
  }
}

extension ExecResultWithoutIDQuery {
  @inlinable
  public func output(of statement: borrowing Statement) throws(DatabaseError) -> ExecResult {
    try statement.finish()
    return ExecResult(rowsAffected: statement.rowsAffected, lastInsertID: nil)
  }
}
