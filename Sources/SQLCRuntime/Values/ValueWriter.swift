// One parameter of a statement, waiting for its value.

public import CSQLite
public import SQLCSQLiteHandle

/// Takes the value of one parameter; lent for one call.
///
/// Short texts and blobs go to a buffer of the statement, which SQLite reads in place; longer ones SQLite copies.
public struct ValueWriter: ~Copyable {
  @usableFromInline let statement: StatementReference
  @usableFromInline let owner: Unmanaged<PreparedStatement>
  @usableFromInline let index: Int32

  @inlinable
  init(_ statement: StatementReference, _ owner: Unmanaged<PreparedStatement>, _ index: Int32) {
    self.statement = statement
    self.owner = owner
    self.index = index
  }

  @inlinable
  public func null() throws(ConversionError) { try check(statement.bindNull(at: index)) }

  @inlinable
  public func integer(_ value: Int64) throws(ConversionError) { try check(statement.bind(value, at: index)) }

  /// Refuses NaN, which SQLite would store as NULL (c3ref/bind_blob.html).
  @inlinable
  public func real(_ value: Double) throws(ConversionError) {
    guard !value.isNaN else { throw .invalid("SQLite cannot store NaN") }
    try check(statement.bind(value, at: index))
  }

  @inlinable
  public func text(_ value: String) throws(ConversionError) {
    var value = value
    try check(value.withUTF8 { put($0) })
  }

  /// UTF-8 bytes.
  @inlinable
  public func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(ConversionError) { try check(put(bytes)) }

  @inlinable
  public func blob(_ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
    if let kept = owner._withUnsafeGuaranteedRef({ $0.keep(bytes) }) {
      try check(statement.bindBlob(keeping: kept, at: index))
    } else {
      try check(statement.bindBlob(copying: bytes, at: index))
    }
  }

  @inlinable
  func put(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if let kept = owner._withUnsafeGuaranteedRef({ $0.keep(UnsafeRawBufferPointer(bytes)) }) {
      return statement.bindText(keeping: kept.assumingMemoryBound(to: UInt8.self), at: index)
    }
    return statement.bindText(copying: bytes, at: index)
  }

  @inlinable
  func check(_ code: Int32) throws(ConversionError) {
    if code != SQLITE_OK { throw .refused(code: code) }
  }
}
