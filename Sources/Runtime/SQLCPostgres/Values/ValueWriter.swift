// One parameter, on its way to the server.

/// Takes the value of one parameter: exactly one of its functions is to be called, that of the type that the parameter has. It
/// can be borrowed, not kept.
@frozen
public struct ValueWriter: ~Copyable {
  @usableFromInline let buffer: Unmanaged<ParameterBuffer>
  /// Of the parameter, or of the element that this is; 0 where it is not known.
  @usableFromInline let type: UInt32

  @inlinable
  init(_ buffer: Unmanaged<ParameterBuffer>, _ type: UInt32) {
    self.buffer = buffer
    self.type = type
  }

  /// The type of the parameter; nil where the value may choose.
  public var parameterType: PostgresType? { type == 0 ? nil : buffer.takeUnretainedValue().types.type(of: type) }

  /// NULL.
  @inlinable public func null() { buffer._withUnsafeGuaranteedRef { $0.isNull = true } }

  @inlinable
  func number<T: FixedWidthInteger>(_ value: T, _ wanted: UInt32) throws(ConversionError) {
    if type != wanted { try accept(wanted) }
    buffer._withUnsafeGuaranteedRef { $0.append(value) }
  }

  /// An int2.
  @inlinable public func int2(_ value: Int16) throws(ConversionError) { try number(value, 21) }
  /// An int4.
  @inlinable public func int4(_ value: Int32) throws(ConversionError) { try number(value, 23) }
  /// An int8.
  @inlinable public func int8(_ value: Int64) throws(ConversionError) { try number(value, 20) }
  /// A float4.
  @inlinable public func float4(_ value: Float) throws(ConversionError) { try number(value.bitPattern, 700) }
  /// A float8.
  @inlinable public func float8(_ value: Double) throws(ConversionError) { try number(value.bitPattern, 701) }
  /// A bool.
  @inlinable public func bool(_ value: Bool) throws(ConversionError) { try number(value ? 1 : 0 as UInt8, 16) }

  /// A text, varchar, char(n), name, citext, xml, or the label of an enum type.
  @inlinable
  public func text(_ value: String) throws(ConversionError) {
    if type != 25 && type != 1043 { try acceptText() }
    var value = value
    let hasNUL = value.withUTF8 { bytes in
      buffer._withUnsafeGuaranteedRef { $0.append(UnsafeRawBufferPointer(bytes)) }
      return bytes.contains(0)
    }
    // PostgreSQL has no texts with U+0000 (datatype-character.html).
    if hasNUL { throw .invalid("the text has a NUL character, which PostgreSQL's texts cannot have") }
  }

  /// The bytes of a value of that type, as the server's binary format has them.
  @inlinable
  public func bytes(_ value: UnsafeRawBufferPointer, of wanted: PostgresType) throws(ConversionError) {
    try acceptType(wanted)
    buffer._withUnsafeGuaranteedRef { $0.append(value) }
  }

  /// The label of an enum type.
  @usableFromInline
  func label(_ value: String, of wanted: PostgresType) throws(ConversionError) {
    try acceptType(wanted)
    try append(text: value)
  }

  func append(text value: String) throws(ConversionError) {
    var value = value
    let hasNUL = value.withUTF8 { bytes in
      buffer.takeUnretainedValue().append(UnsafeRawBufferPointer(bytes))
      return bytes.contains(0)
    }
    if hasNUL { throw .invalid("the text has a NUL character, which PostgreSQL's texts cannot have") }
  }

  /// The value as text, for types whose binary form is the server's own business.
  func textual(_ value: String, as wanted: UInt32) throws(ConversionError) {
    if type != wanted { try accept(wanted) }
    try buffer.takeUnretainedValue().sendAsText(wanted)
    try append(text: value)
  }

  func append<T: FixedWidthInteger>(_ value: T) { buffer.takeUnretainedValue().append(value) }

  /// Throws unless a value of that type can be the parameter.
  @usableFromInline
  func accept(_ wanted: UInt32) throws(ConversionError) {
    if type == wanted { return }
    let buffer = buffer.takeUnretainedValue()
    guard type == 0 else {
      throw .mismatch(
        expected: buffer.types.type(of: type).description, found: PostgresType(oid: wanted))
    }
    buffer.declaredType = wanted
  }

  @usableFromInline
  func acceptType(_ wanted: PostgresType) throws(ConversionError) {
    let types = buffer.takeUnretainedValue().types
    guard let oid = types.oid(of: wanted) else {
      types.markStale()
      throw .invalid("the database has no type '\(wanted)'")
    }
    try accept(oid)
  }

  @usableFromInline
  func acceptText() throws(ConversionError) {
    let buffer = buffer.takeUnretainedValue()
    guard type != 0 else {
      buffer.declaredType = 25
      return
    }
    switch buffer.types.textForm(of: type) {
    case .plain: return
    case .versioned: buffer.append(1 as UInt8)
    case nil: throw .mismatch(expected: buffer.types.type(of: type).description, found: 25)
    }
  }

  /// A value within this one: an element, a field, a bound; with its length before it.
  @usableFromInline
  func nested<T: PostgresEncodable>(_ value: borrowing T, type: UInt32) throws(ConversionError) {
    let parts = buffer.takeUnretainedValue()
    let start = parts.beginValue()
    try value.write(to: ValueWriter(buffer, type))
    parts.endValue(start)
  }

  /// An element of an array, as the codec stores it, or NULL.
  @inlinable
  func nested<C: ColumnCodec>(_ value: C.Value?, with codec: C.Type, type: UInt32) throws(ConversionError) {
    let parts = buffer.takeUnretainedValue()
    let start = parts.beginValue()
    let writer = ValueWriter(buffer, type)
    if let value { try C.encode(value, to: writer) } else { writer.null() }
    parts.endValue(start)
  }
}
