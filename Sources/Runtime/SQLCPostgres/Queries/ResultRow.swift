// The current row of a running statement.

/// A value of the current row, where libpq has it.
@usableFromInline
@frozen
struct Cell {
  /// nil for NULL.
  @usableFromInline var base: UnsafeRawPointer?
  @usableFromInline var count: Int32
  /// The object identifier of its type.
  @usableFromInline var type: UInt32

  @usableFromInline
  init(base: UnsafeRawPointer?, count: Int32, type: UInt32) {
    self.base = base
    self.count = count
    self.type = type
  }
}

/// Gives the columns of the current row by index, strictly: a value that does not fit its Swift type is an error that names
/// query, column and both types.
///
/// Borrowed while the row is current; like ``Statement`` it holds no reference.
@frozen
public struct ResultRow: ~Copyable {
  @usableFromInline let cells: UnsafePointer<Cell>
  @usableFromInline let context: Unmanaged<RowContext>

  @inlinable
  init(_ cells: UnsafePointer<Cell>, _ context: Unmanaged<RowContext>) {
    self.cells = cells
    self.context = context
  }

  @inlinable
  func reader(_ index: Int32) throws(DatabaseError) -> ValueReader {
    // A query that reads more columns than its statement has would read memory that is not its own.
    guard context._withUnsafeGuaranteedRef({ index >= 0 && index < $0.count }) else {
      throw context.takeUnretainedValue().missingColumn(index)
    }
    return ValueReader(cells[Int(index)], context)
  }

  /// The column's value; `T` may be an optional.
  @inlinable
  public func decode<T: PostgresDecodable>(_ index: Int32, as type: T.Type = T.self) throws(DatabaseError) -> T {
    let value = try reader(index)
    do throws(ConversionError) {
      return try T(from: value)
    } catch {
      throw context.takeUnretainedValue().decodingError(error, column: index)
    }
  }

  /// The column's value as the codec reads it.
  @inlinable
  public func decode<C: ColumnCodec>(_ index: Int32, with codec: C.Type) throws(DatabaseError) -> C.Value {
    let value = try reader(index)
    do throws(ConversionError) {
      return try C.decode(value)
    } catch {
      throw context.takeUnretainedValue().decodingError(error, column: index)
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
  public func isNull(_ index: Int32) -> Bool {
    context._withUnsafeGuaranteedRef { index >= 0 && index < $0.count } && cells[Int(index)].base == nil
  }

  /// Are all of `count` columns from `first` on NULL? So an absent row of an outer join is recognised when none of its
  /// columns is declared NOT NULL.
  @inlinable
  public func areAllNull(from first: Int32, count: Int32) -> Bool {
    for index in first..<(first + count) where !isNull(index) { return false }
    return true
  }

  /// Number of columns.
  public var count: Int { Int(context.takeUnretainedValue().count) }
  /// The column's name.
  public func name(_ index: Int32) -> String { context.takeUnretainedValue().name(index) }
}

/// What the rows of one run have in common: who asks is a conversion, mostly to say what is wrong.
///
/// Belongs to a connection and changes with each of its statements.
@usableFromInline
final class RowContext {
  /// Asked for each value; set between rows, so that the two cannot overlap.
  @exclusivity(unchecked) @usableFromInline var count: Int32 = 0
  let types: TypeCatalog
  var query: String?
  /// The present statement's names of columns.
  var columnName: (Int32) -> String? = { _ in nil }

  init(types: TypeCatalog) { self.types = types }

  func name(_ index: Int32) -> String { columnName(index) ?? "" }

  @usableFromInline
  func missingColumn(_ index: Int32) -> DatabaseError {
    DatabaseError(
      kind: .decoding, message: "column \(index + 1) of a result with \(count) was asked for", query: query)
  }

  @usableFromInline
  func decodingError(_ error: ConversionError, column index: Int32) -> DatabaseError {
    DatabaseError(conversion: error, kind: .decoding, query: query, column: name(index))
  }
}
