// One value of a row, on its way into Swift.

public import CSQLite
public import SQLCSQLiteHandle

/// Gives the value of one column, strictly: each function reads its own storage class and throws for any other.
///
/// It lives as long as the row is current; it can be borrowed, not kept.
@frozen
public struct ValueReader: ~Copyable {
  @usableFromInline let value: ValueReference

  @inlinable
  init(_ value: ValueReference) { self.value = value }

  /// How the value is stored.
  public var storageClass: StorageClass { StorageClass(rawValue: value.type) ?? .null }
  @inlinable public var isNull: Bool { value.isNull }

  /// An INTEGER.
  @inlinable
  public func integer() throws(ConversionError) -> Int64 {
    guard value.type == SQLITE_INTEGER else { throw mismatch("INTEGER") }
    return value.integer
  }

  /// A REAL, or an INTEGER that a Double can hold: SQLite stores 2.0 in a REAL column as the integer 2 where it saves
  /// space, and
  /// columns without REAL affinity keep what they are given.
  @inlinable
  public func real() throws(ConversionError) -> Double {
    let type = value.type
    if type == SQLITE_FLOAT { return value.real }
    guard type == SQLITE_INTEGER else { throw mismatch("REAL or INTEGER") }
    return Double(value.integer)
  }

  /// A TEXT, embedded NULs included; bytes that are not UTF-8 are an error.
  @inlinable
  public func text() throws(ConversionError) -> String {
    guard value.type == SQLITE_TEXT else { throw mismatch("TEXT") }
    let bytes = value.text
    if isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return try validated(bytes)
  }

  /// The bytes of a TEXT, without a copy, for the time of the call.
  @inlinable
  public func withText<T>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(ConversionError) -> T
  ) throws(ConversionError) -> T {
    guard value.type == SQLITE_TEXT else { throw mismatch("TEXT") }
    return try body(value.text)
  }

  /// The bytes of a BLOB, without a copy, for the time of the call.
  @inlinable
  public func withBlob<T>(
    _ body: (UnsafeRawBufferPointer) throws(ConversionError) -> T
  ) throws(ConversionError) -> T {
    guard value.type == SQLITE_BLOB else { throw mismatch("BLOB") }
    return try body(value.blob)
  }

  /// The error for a value of another storage class.
  public func mismatch(_ expected: String) -> ConversionError {
    .mismatch(expected: expected, found: storageClass)
  }

  @usableFromInline
  func validated(_ bytes: UnsafeBufferPointer<UInt8>) throws(ConversionError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid("the text is not valid UTF-8")
    }
    return text
  }
}

/// Most text is ASCII, and asking costs less than `String(validating:)`: eight bytes at a time, the last eight with those
/// before them a second time rather than one by one.
@inlinable
func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = bytes.baseAddress else { return true }
  let raw = UnsafeRawPointer(start)
  let count = bytes.count
  if count >= 8 {
    var bits = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    var index = 0
    while index < count - 8 {
      bits |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }
  if count >= 4 {
    let bits =
      raw.loadUnaligned(as: UInt32.self) | raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    return bits & 0x8080_8080 == 0
  }
  var bits: UInt8 = 0
  for byte in bytes { bits |= byte }
  return bits & 0x80 == 0
}
