// Arrays of one dimension, as `array_send` writes them.

extension Array: PostgresDecodable where Element: PostgresDecodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try Element.elements(of: value) }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try Element.write(self, to: parameter)
  }
}

extension PostgresDecodable {
  /// The elements of an array. NULL is one only for optionals; of an array with other dimensions than one there is no `[T]`.
  @inlinable
  public static func elements(of value: borrowing ValueReader) throws(ConversionError) -> [Self] {
    try arrayElements(of: value)
  }

  @inlinable
  static func arrayElements(of value: borrowing ValueReader) throws(ConversionError) -> [Self] {
    var parts = try ArrayParts(value)
    var elements: [Self] = []
    elements.reserveCapacity(parts.count)
    for _ in 0..<parts.count { elements.append(try Self(from: try parts.next())) }
    return elements
  }
}

extension PostgresEncodable {
  @inlinable
  public static func write(_ elements: [Self], to parameter: borrowing ValueWriter) throws(ConversionError) {
    try writeArray(elements, to: parameter)
  }

  @inlinable
  static func writeArray(_ elements: [Self], to parameter: borrowing ValueWriter) throws(ConversionError) {
    let place = try parameter.beginArray(count: elements.count)
    for element in elements {
      try parameter.nested(element, type: place.elementType)
      parameter.noteElement(place)
    }
    try parameter.endArray(place, count: elements.count)
  }
}

/// An array's header, and then its elements one after another.
@usableFromInline
@frozen
struct ArrayParts {
  @usableFromInline let count: Int
  @usableFromInline var parts: ByteParts
  @usableFromInline let elementType: UInt32

  @usableFromInline
  init(_ value: borrowing ValueReader) throws(ConversionError) {
    let types = value.context.takeUnretainedValue().types
    guard types.element(of: value.cell.type) != nil else { throw value.mismatch("an array") }
    parts = ByteParts(try value.anyBytes(), value.context)
    let dimensions = try parts.integer(Int32.self)
    _ = try parts.integer(Int32.self)
    elementType = types.valueType(of: try parts.integer(UInt32.self))
    switch dimensions {
    case 0: count = 0
    case 1:
      count = Int(try parts.integer(Int32.self))
      _ = try parts.integer(Int32.self)
    default: throw .invalid("the array has \(dimensions) dimensions, and the Swift type is one for one")
    }
    guard count >= 0, count <= parts.rest / 4 else { throw parts.broken }
  }

  @usableFromInline
  mutating func next() throws(ConversionError) -> ValueReader { try parts.value(of: elementType) }
}

/// The bytes of a value that is made of others.
@usableFromInline
struct ByteParts {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  @usableFromInline let context: Unmanaged<RowContext>

  init(_ bytes: UnsafeRawBufferPointer, _ context: Unmanaged<RowContext>) {
    self.bytes = bytes
    self.context = context
  }

  var rest: Int { bytes.count - offset }
  var broken: ConversionError { .invalid("the value is not what its type's binary format says") }

  mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(ConversionError) -> T {
    guard rest >= MemoryLayout<T>.size else { throw broken }
    defer { offset += MemoryLayout<T>.size }
    return T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  mutating func take(_ count: Int) throws(ConversionError) -> UnsafeRawBufferPointer {
    guard count >= 0, rest >= count else { throw broken }
    defer { offset += count }
    // One without bytes has a place too: it is no NULL.
    return UnsafeRawBufferPointer(start: bytes.baseAddress.map { $0 + offset }, count: count)
  }

  /// A value with its length before it, −1 for NULL.
  @usableFromInline
  mutating func value(of type: UInt32) throws(ConversionError) -> ValueReader {
    let length = try integer(Int32.self)
    if length == -1 { return ValueReader(Cell(base: nil, count: 0, type: type), context) }
    let value = try take(Int(length))
    return ValueReader(Cell(base: value.baseAddress, count: length, type: type), context)
  }
}

/// Where an array is being written.
@usableFromInline
@frozen
struct ArrayPlace {
  @usableFromInline let elementType: UInt32
  /// Of the element's type in the array's header.
  @usableFromInline let typeOffset: Int

  @usableFromInline
  init(elementType: UInt32, typeOffset: Int) {
    self.elementType = elementType
    self.typeOffset = typeOffset
  }
}

extension ValueReader {
  /// Does the database say that it is an array?
  var isOfArray: Bool { context.takeUnretainedValue().types.element(of: cell.type) != nil }
}

extension ValueWriter {
  /// Does the database say that it is an array? Not where the value may choose.
  var isOfArray: Bool { type != 0 && buffer.takeUnretainedValue().types.element(of: type) != nil }

  @usableFromInline
  func beginArray(count: Int) throws(ConversionError) -> ArrayPlace {
    let parts = buffer.takeUnretainedValue()
    var element: UInt32 = 0
    if type != 0 {
      guard let known = parts.types.element(of: type) else {
        throw .mismatch(expected: parts.types.type(of: type).description, found: "an array")
      }
      element = known
    }
    parts.append(Int32(count == 0 ? 0 : 1))
    // The server looks for NULLs itself (arrayfuncs.c, `array_recv`).
    parts.append(0 as Int32)
    let offset = parts.count
    parts.append(element)
    if count > 0 {
      parts.append(Int32(truncatingIfNeeded: count))
      parts.append(1 as Int32)
    }
    return ArrayPlace(elementType: parts.types.valueType(of: element), typeOffset: offset)
  }

  /// The first element says what the array is one of, where that is not known.
  @usableFromInline
  func noteElement(_ place: ArrayPlace) {
    let parts = buffer.takeUnretainedValue()
    if type == 0, parts.declaredType != 0 { parts.set(parts.declaredType, at: place.typeOffset) }
  }

  @usableFromInline
  func endArray(_ place: ArrayPlace, count: Int) throws(ConversionError) {
    guard type == 0 else { return }
    let parts = buffer.takeUnretainedValue()
    guard let array = parts.types.array(of: parts.declaredType) else {
      throw .invalid("the parameter's type is not given, and the array does not tell it")
    }
    parts.declaredType = array
  }
}
