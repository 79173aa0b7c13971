// A prepared statement, lent to a query while it runs.

public import CSQLite
public import SQLCSQLiteHandle

/// Takes a query's parameters. Borrowed for one run; it cannot be kept.
///
/// It holds no reference: whoever lends it (`ConnectionCore.run`, a cursor) holds the prepared statement until the
/// loan ends, and
/// a borrowed value that cannot be copied cannot outlive the loan. (Swift 6.3.1 also fails on inlinable functions that
/// build a noncopyable structure of references.)
@frozen
public struct Statement: ~Copyable {
  @usableFromInline let reference: StatementReference
  @usableFromInline let owner: Unmanaged<PreparedStatement>
  /// Parameters of the rows before, in a statement of several rows.
  @usableFromInline let offset: Int32

  @inlinable
  init(_ prepared: PreparedStatement, offset: Int32 = 0) {
    reference = prepared.handle.reference
    owner = Unmanaged.passUnretained(prepared)
    self.offset = offset
  }

  @inlinable var prepared: PreparedStatement { owner.takeUnretainedValue() }

  /// Binds a value, or nil, to the parameter `?index`.
  @inlinable
  public func bind<T: SQLiteEncodable>(_ value: T, at index: Int32) throws(DatabaseError) {
    do throws(ConversionError) {
      try value.write(to: ValueWriter(reference, owner, index + offset))
    } catch {
      throw prepared.bindingError(error, at: index)
    }
  }

  /// Binds a value as the codec stores it.
  @inlinable
  public func bind<C: ColumnCodec>(_ value: C.Value, at index: Int32, with codec: C.Type) throws(DatabaseError) {
    do throws(ConversionError) {
      try C.encode(value, to: ValueWriter(reference, owner, index + offset))
    } catch {
      throw prepared.bindingError(error, at: index)
    }
  }

  /// Binds a value as the codec stores it, or NULL.
  @inlinable
  public func bind<C: ColumnCodec>(_ value: C.Value?, at index: Int32, with codec: C.Type) throws(DatabaseError) {
    do throws(ConversionError) {
      let writer = ValueWriter(reference, owner, index + offset)
      if let value { try C.encode(value, to: writer) } else { try writer.null() }
    } catch {
      throw prepared.bindingError(error, at: index)
    }
  }

  /// Binds the elements of the list parameter `?index`, wherever they went.
  @inlinable
  public func bind<T: SQLiteEncodable>(list values: [T], at index: Int32) throws(DatabaseError) {
    try prepared.checkCount(values.count, ofListAt: index)
    for (offset, value) in values.enumerated() {
      try bind(value, at: prepared.index(ofElement: offset, inListAt: index))
    }
  }

  /// Binds the elements of the list parameter `?index` as the codec stores them.
  @inlinable
  public func bind<C: ColumnCodec>(list values: [C.Value], at index: Int32, with codec: C.Type) throws(DatabaseError) {
    try prepared.checkCount(values.count, ofListAt: index)
    for (offset, value) in values.enumerated() {
      try bind(value, at: prepared.index(ofElement: offset, inListAt: index), with: codec)
    }
  }

  /// Binds the elements of the list parameter `?index` as the codec stores them, or NULL.
  @inlinable
  public func bind<C: ColumnCodec>(list values: [C.Value?], at index: Int32, with codec: C.Type) throws(DatabaseError) {
    try prepared.checkCount(values.count, ofListAt: index)
    for (offset, value) in values.enumerated() {
      try bind(value, at: prepared.index(ofElement: offset, inListAt: index), with: codec)
    }
  }

  /// Is there a next row?
  @inlinable
  func step() throws(DatabaseError) -> Bool {
    let code = reference.step()
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw prepared.stepError(code)
  }

  /// The current row after each step.
  @inlinable
  var row: ResultRow { ResultRow(reference, owner) }

  /// Steps to the end; rows are discarded.
  @inlinable
  func finish() throws(DatabaseError) {
    while try step() {}
  }

  /// A statement that writes commits when it ends, and what can still fail then (a deferred foreign key) must be heard
  /// of.
  @inlinable
  func finishWriting() throws(DatabaseError) {
    if !prepared.definition.isReadOnly { try finish() }
  }

  /// Rows that the statement changed.
  @inlinable
  var rowsAffected: Int {
    // `sqlite3_changes` keeps the count of the last statement that changed rows (c3ref/changes.html).
    prepared.isReadOnly ? 0 : Int(prepared.handle.database.changes)
  }

  @inlinable
  var lastInsertID: Int64 { prepared.handle.database.lastInsertRowID }

  @usableFromInline
  func missingRow() -> DatabaseError { prepared.missingRow() }
}
