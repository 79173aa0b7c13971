// One parameter of a statement, or the result of a function, waiting for its value.

public import CSQLite
public import SQLCSQLiteHandle

/// Takes the value of one parameter, or the result of a function written in Swift; lent for one call.
///
/// Short texts and blobs go to a buffer of the statement, which SQLite reads in place; longer ones SQLite copies.
@frozen
public struct ValueWriter: ~Copyable {
  @usableFromInline let statement: StatementReference
  @usableFromInline let owner: Unmanaged<PreparedStatement>?
  /// The parameter's number; 0 for the result of a function, whose context then stands in the statement's place.
  @usableFromInline let index: Int32

  @inlinable
  init(_ statement: StatementReference, _ owner: Unmanaged<PreparedStatement>, _ index: Int32) {
    self.statement = statement
    self.owner = owner
    self.index = index
  }

  /// For the result of a function: `context` is a `sqlite3_context *`.
  init(resultOf context: OpaquePointer) {
    statement = StatementReference(context)
    owner = nil
    index = 0
  }

  @inlinable
  public func null() throws(ConversionError) {
    if index == 0 { return sqlite3_result_null(statement.pointer) }
    try check(statement.bindNull(at: index))
  }

  @inlinable
  public func integer(_ value: Int64) throws(ConversionError) {
    if index == 0 { return sqlite3_result_int64(statement.pointer, value) }
    try check(statement.bind(value, at: index))
  }

  /// Refuses NaN, which SQLite would store as NULL (c3ref/bind_blob.html).
  @inlinable
  public func real(_ value: Double) throws(ConversionError) {
    guard !value.isNaN else { throw .invalid("SQLite cannot store NaN") }
    if index == 0 { return sqlite3_result_double(statement.pointer, value) }
    try check(statement.bind(value, at: index))
  }

  @inlinable
  public func text(_ value: String) throws(ConversionError) {
    // In place, without a copy that has to be counted; only strings bridged from elsewhere have no such storage.
    if let code = value.utf8.withContiguousStorageIfAvailable({ put($0) }) { return try check(code) }
    var value = value
    try check(value.withUTF8 { put($0) })
  }

  /// UTF-8 bytes.
  @inlinable
  public func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(ConversionError) { try check(put(bytes)) }

  @inlinable
  public func blob(_ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
    if index == 0 { return resultBlob(bytes) }
    if let kept = owner?._withUnsafeGuaranteedRef({ $0.keep(bytes) }) {
      try check(statement.bindBlob(keeping: kept, at: index))
    } else {
      try check(statement.bindBlob(copying: bytes, at: index))
    }
  }

  @inlinable @inline(__always)
  func put(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if index == 0 { return resultText(bytes) }
    if let kept = owner?._withUnsafeGuaranteedRef({ $0.keep(UnsafeRawBufferPointer(bytes)) }) {
      return statement.bindText(keeping: kept.assumingMemoryBound(to: UInt8.self), at: index)
    }
    return statement.bindText(copying: bytes, at: index)
  }

  @inlinable
  func check(_ code: Int32) throws(ConversionError) {
    if code != SQLITE_OK { throw .refused(code: code) }
  }

  // MARK: Results of functions, which SQLite copies; it reports by itself what is too long.

  @usableFromInline
  func resultText(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    bytes.withMemoryRebound(to: CChar.self) { bytes in
      // An empty text has no address, and that would be NULL.
      guard let start = bytes.baseAddress, !bytes.isEmpty else {
        return sqlite3_result_text(statement.pointer, "", 0, sqlc_transient())
      }
      sqlite3_result_text64(statement.pointer, start, UInt64(bytes.count), sqlc_transient(), UInt8(SQLITE_UTF8))
    }
    return SQLITE_OK
  }

  @usableFromInline
  func resultBlob(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      sqlite3_result_zeroblob64(statement.pointer, 0)
      return
    }
    sqlite3_result_blob64(statement.pointer, start, UInt64(bytes.count), sqlc_transient())
  }
}
