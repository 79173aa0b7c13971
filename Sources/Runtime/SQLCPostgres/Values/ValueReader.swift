// One value of a row, on its way into Swift.

/// Gives the value of one column, strictly: each function reads its own type and throws for any other.
///
/// It lives as long as the row is current; it can be borrowed, not kept. Values are in the server's binary format, numbers in
/// network byte order.
@frozen
public struct ValueReader: ~Copyable {
  @usableFromInline let cell: Cell
  @usableFromInline let context: Unmanaged<RowContext>

  @inlinable
  init(_ cell: Cell, _ context: Unmanaged<RowContext>) {
    self.cell = cell
    self.context = context
  }

  @inlinable public var isNull: Bool { cell.base == nil }
  /// The type that the value has.
  public var type: PostgresType { context.takeUnretainedValue().types.type(of: cell.type) }

  @inlinable
  func number<T: FixedWidthInteger>(_ type: UInt32, as number: T.Type) throws(ConversionError) -> T {
    guard cell.type == type, let base = cell.base, cell.count == MemoryLayout<T>.size else { throw mismatch(type) }
    return T(bigEndian: base.loadUnaligned(as: T.self))
  }

  /// An int2.
  @inlinable public func int2() throws(ConversionError) -> Int16 { try number(21, as: Int16.self) }
  /// An int4.
  @inlinable public func int4() throws(ConversionError) -> Int32 { try number(23, as: Int32.self) }
  /// An int8.
  @inlinable public func int8() throws(ConversionError) -> Int64 { try number(20, as: Int64.self) }

  /// A float4.
  @inlinable
  public func float4() throws(ConversionError) -> Float { Float(bitPattern: try number(700, as: UInt32.self)) }
  /// A float8.
  @inlinable
  public func float8() throws(ConversionError) -> Double { Double(bitPattern: try number(701, as: UInt64.self)) }

  /// A bool.
  @inlinable
  public func bool() throws(ConversionError) -> Bool { try number(16, as: UInt8.self) != 0 }

  /// A text, varchar, char(n) with its padding, name, citext, xml, or the label of an enum type.
  @inlinable
  public func text() throws(ConversionError) -> String {
    guard cell.type == 25 || cell.type == 1043, let base = cell.base else { return try otherText() }
    let bytes = UnsafeBufferPointer(
      start: base.assumingMemoryBound(to: UInt8.self), count: Int(cell.count))
    if isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return try validated(bytes)
  }

  /// The bytes of a value of that type, without a copy, for the time of the call.
  @inlinable
  public func withBytes<T>(
    of type: PostgresType, _ body: (UnsafeRawBufferPointer) throws(ConversionError) -> T
  ) throws(ConversionError) -> T {
    guard has(type) else { throw mismatch("\(type)") }
    return try body(try anyBytes())
  }

  /// Has the value that type?
  public func has(_ type: PostgresType) -> Bool { context.takeUnretainedValue().types.isType(cell.type, type) }

  /// The bytes of the value, whatever its type.
  @usableFromInline
  func anyBytes() throws(ConversionError) -> UnsafeRawBufferPointer {
    guard let base = cell.base else { throw .null }
    return UnsafeRawBufferPointer(start: base, count: Int(cell.count))
  }

  /// The bytes of a value of one of the built-in types.
  @usableFromInline
  func bytes(of types: UInt32...) throws(ConversionError) -> UnsafeRawBufferPointer {
    guard types.contains(cell.type) else { throw mismatch(types[0]) }
    return try anyBytes()
  }

  /// The label of an enum type.
  @usableFromInline
  func label(of type: PostgresType) throws(ConversionError) -> String {
    guard has(type) else { throw mismatch("\(type)") }
    return try validated(try anyBytes().bindMemory(to: UInt8.self))
  }

  /// The error for a value of another type, or NULL.
  public func mismatch(_ expected: String) -> ConversionError {
    isNull ? .null : .mismatch(expected: expected, found: type)
  }

  @usableFromInline
  func mismatch(_ expected: UInt32) -> ConversionError {
    guard !isNull else { return .null }
    guard cell.type == expected else {
      return .mismatch(expected: BuiltInType.name(of: expected) ?? "type \(expected)", found: type)
    }
    return .invalid("the value has \(cell.count) bytes, which its type never has")
  }

  /// Text of the types that are seldom.
  @usableFromInline
  func otherText() throws(ConversionError) -> String {
    let bytes: UnsafeBufferPointer<UInt8>
    switch context.takeUnretainedValue().types.textForm(of: cell.type) {
    case .plain: bytes = try anyBytes().bindMemory(to: UInt8.self)
    case .versioned:
      let all = try anyBytes().bindMemory(to: UInt8.self)
      guard all.first == 1 else { throw .invalid("the value's version is another than 1") }
      bytes = UnsafeBufferPointer(rebasing: all.dropFirst())
    case nil: throw mismatch("text")
    }
    return try validated(bytes)
  }

  @usableFromInline
  func validated(_ bytes: UnsafeBufferPointer<UInt8>) throws(ConversionError) -> String {
    // Only a database whose encoding is SQL_ASCII can hold such a text.
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalid("the text is not valid UTF-8") }
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
  var bits: UInt8 = 0
  for byte in bytes { bits |= byte }
  return bits & 0x80 == 0
}
