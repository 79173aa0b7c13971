// The current row of a running statement.

public import SQLCSQLiteHandle

/// Gives the columns of the current row by index, strictly: a value that does not fit its Swift type is an error that
/// names
/// query, column and both types.
///
/// Borrowed while the row is current; like ``Statement`` it holds no reference.
@frozen
public struct ResultRow: ~Copyable {
  @usableFromInline let reference: StatementReference
  @usableFromInline let owner: Unmanaged<PreparedStatement>

  @inlinable
  init(_ reference: StatementReference, _ owner: Unmanaged<PreparedStatement>) {
    self.reference = reference
    self.owner = owner
  }

  @usableFromInline var prepared: PreparedStatement { owner.takeUnretainedValue() }

  /// The column's value; `T` may be an optional.
  @inlinable
  public func decode<T: SQLiteDecodable>(_ index: Int32, as type: T.Type = T.self) throws(DatabaseError) -> T {
    do throws(ConversionError) {
      return try T(from: ValueReader(reference.value(index)))
    } catch {
      throw prepared.decodingError(error, column: index)
    }
  }

  /// The column's value as the codec reads it.
  @inlinable
  public func decode<C: ColumnCodec>(_ index: Int32, with codec: C.Type) throws(DatabaseError) -> C.Value {
    do throws(ConversionError) {
      return try C.decode(ValueReader(reference.value(index)))
    } catch {
      throw prepared.decodingError(error, column: index)
    }
  }

  /// The column's value as the codec reads it; nil for NULL.
  @inlinable
  public func decode<C: ColumnCodec>(_ index: Int32, with codec: C.Type) throws(DatabaseError) -> C.Value? {
    if isNull(index) { return nil }
    let value: C.Value = try decode(index, with: codec)
    return value
  }

  @inlinable
  public func isNull(_ index: Int32) -> Bool { reference.value(index).isNull }

  /// Are all of `count` columns from `first` on NULL? So an absent row of an outer join is recognised when none of its
  /// columns
  /// is declared NOT NULL.
  @inlinable
  public func areAllNull(from first: Int32, count: Int32) -> Bool {
    for index in first..<(first + count) where !isNull(index) { return false }
    return true
  }

  /// Number of columns.
  public var count: Int { Int(prepared.handle.columnCount) }
  /// The column's name.
  public func name(_ index: Int32) -> String { prepared.handle.columnName(index) ?? "" }
}
