// A value of the current row, read without copying.

public import CSQLite

/// An unprotected `sqlite3_value *` (c3ref/value.html): only for the thread that owns the connection, and only until the
/// statement's next step or reset.
@frozen
public struct ValueReference {
  public let pointer: OpaquePointer?

  @inlinable
  public init(_ pointer: OpaquePointer?) { self.pointer = pointer }

  /// As stored: ask before a conversion.
  @inlinable public var type: Int32 { sqlite3_value_type(pointer) }
  @inlinable public var isNull: Bool { sqlite3_value_type(pointer) == SQLITE_NULL }
  @inlinable public var integer: Int64 { sqlite3_value_int64(pointer) }
  @inlinable public var real: Double { sqlite3_value_double(pointer) }

  /// The bytes of a text as UTF-8, embedded NULs included.
  @inlinable public var text: UnsafeBufferPointer<UInt8> {
    // The order matters: SQLite, c3ref/column_blob.html, "the safest policy is to invoke … sqlite3_column_text() followed by
    // sqlite3_column_bytes()".
    let start = sqlite3_value_text(pointer)
    return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(pointer)))
  }

  /// The bytes of a blob; a zero-length one has no address.
  @inlinable public var blob: UnsafeRawBufferPointer {
    let start = sqlite3_value_blob(pointer)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(pointer)))
  }
}
