// A statement without its ownership, for the calls that every run and every row make. Functions give SQLite's result code.

public import CSQLite

/// A `sqlite3_stmt *` that a ``StatementHandle`` owns: valid as long as that is referenced.
///
/// It is a pointer and nothing else, so that lending it costs no reference counting.
@frozen
public struct StatementReference {
  public let pointer: OpaquePointer

  @inlinable
  public init(_ pointer: OpaquePointer) { self.pointer = pointer }

  /// `SQLITE_ROW`, `SQLITE_DONE` or an error code.
  @inlinable public func step() -> Int32 { sqlite3_step(pointer) }

  /// A value of the current row. Valid until the next step or reset.
  @inlinable
  public func value(_ index: Int32) -> ValueReference { ValueReference(sqlite3_column_value(pointer, index)) }

  @inlinable public func bindNull(at index: Int32) -> Int32 { sqlite3_bind_null(pointer, index) }
  @inlinable public func bind(_ value: Int64, at index: Int32) -> Int32 { sqlite3_bind_int64(pointer, index, value) }
  /// SQLite stores NULL for a NaN (c3ref/bind_blob.html); callers refuse it first.
  @inlinable public func bind(_ value: Double, at index: Int32) -> Int32 { sqlite3_bind_double(pointer, index, value) }

  /// SQLite copies the text.
  @inlinable
  public func bindText(copying bytes: UnsafeBufferPointer<UInt8>, at index: Int32) -> Int32 {
    bindText(bytes, at: index, sqlc_transient())
  }

  /// The text must stay where it is until the statement is reset and the parameter bound anew.
  @inlinable
  public func bindText(keeping bytes: UnsafeBufferPointer<UInt8>, at index: Int32) -> Int32 {
    bindText(bytes, at: index, sqlc_static())
  }

  /// SQLite copies the bytes.
  @inlinable
  public func bindBlob(copying bytes: UnsafeRawBufferPointer, at index: Int32) -> Int32 {
    // A nil address would bind NULL (c3ref/bind_blob.html), and an empty blob is not NULL.
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, index, 0) }
    return sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), sqlc_transient())
  }

  /// The bytes must stay where they are until the parameter is bound anew.
  @inlinable
  public func bindBlob(keeping bytes: UnsafeRawBufferPointer, at index: Int32) -> Int32 {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, index, 0) }
    return sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), sqlc_static())
  }

  @inlinable
  public func bindText(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int32, _ destructor: sqlite3_destructor_type?
  ) -> Int32 {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return sqlite3_bind_text64(pointer, index, "", 0, sqlc_transient(), UInt8(SQLITE_UTF8))
    }
    return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      sqlite3_bind_text64(pointer, index, $0, UInt64(bytes.count), destructor, UInt8(SQLITE_UTF8))
    }
  }
}
