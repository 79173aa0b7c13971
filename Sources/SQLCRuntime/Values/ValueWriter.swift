// One parameter of a statement, waiting for its value.

public import CSQLite
public import SQLCSQLiteHandle

/// Takes the value of one parameter; lent for one call.
public struct ValueWriter: ~Copyable {
  @usableFromInline let statement: StatementReference
  @usableFromInline let index: Int32

  @inlinable
  init(_ statement: StatementReference, _ index: Int32) {
    self.statement = statement
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
    try check(value.withUTF8 { statement.bindText(copying: $0, at: index) })
  }

  /// UTF-8 bytes.
  @inlinable
  public func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(ConversionError) {
    try check(statement.bindText(copying: bytes, at: index))
  }

  @inlinable
  public func blob(_ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
    try check(statement.bindBlob(copying: bytes, at: index))
  }

  @inlinable
  func check(_ code: Int32) throws(ConversionError) {
    if code != SQLITE_OK { throw .refused(code: code) }
  }
}
