// Floats, and pgvector's types by their wire formats (vector.c, halfvec.c, sparsevec.c).

extension Float: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.float4() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.float4(self) }

  /// Of a `float4[]`, a `vector` or a `halfvec`.
  public static func elements(of value: borrowing ValueReader) throws(ConversionError) -> [Float] {
    let types = value.context.takeUnretainedValue().types
    if value.cell.type == 1021 { return try arrayElements(of: value) }
    if types.isNamed(value.cell.type, "vector") {
      var parts = ByteParts(try value.anyBytes(), value.context)
      return try vector(&parts, bytesEach: 4) { bits throws(ConversionError) in
        Float(bitPattern: try bits.integer(UInt32.self))
      }
    }
    if types.isNamed(value.cell.type, "halfvec") {
      var parts = ByteParts(try value.anyBytes(), value.context)
      return try vector(&parts, bytesEach: 2) { bits throws(ConversionError) in
        float(ofHalf: try bits.integer(UInt16.self))
      }
    }
    return try arrayElements(of: value)
  }

  private static func arrayElements(of value: borrowing ValueReader) throws(ConversionError) -> [Float] {
    var parts = try ArrayParts(value)
    var elements: [Float] = []
    elements.reserveCapacity(parts.count)
    for _ in 0..<parts.count { elements.append(try Float(from: try parts.next())) }
    return elements
  }

  private static func vector(
    _ parts: inout ByteParts, bytesEach: Int, _ next: (inout ByteParts) throws(ConversionError) -> Float
  ) throws(ConversionError) -> [Float] {
    let count = Int(try parts.integer(Int16.self))
    _ = try parts.integer(Int16.self)
    guard count >= 0, parts.rest == count * bytesEach else { throw parts.broken }
    var elements: [Float] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try next(&parts)) }
    return elements
  }

  /// As a `float4[]`, or as a `vector` or `halfvec` where the parameter is one.
  public static func write(_ elements: [Float], to parameter: borrowing ValueWriter) throws(ConversionError) {
    let buffer = parameter.buffer.takeUnretainedValue()
    let isVector = buffer.types.isNamed(parameter.type, "vector")
    guard isVector || buffer.types.isNamed(parameter.type, "halfvec") else {
      let place = try parameter.beginArray(count: elements.count)
      for element in elements {
        try parameter.nested(element, type: place.elementType)
        parameter.noteElement(place)
      }
      return try parameter.endArray(place, count: elements.count)
    }
    guard let count = Int16(exactly: elements.count) else { throw .invalid("a vector has at most 32,767 dimensions") }
    buffer.append(count)
    buffer.append(0 as Int16)
    for element in elements {
      if isVector { buffer.append(element.bitPattern) } else { buffer.append(half(of: element)) }
    }
  }
}

/// A `sparsevec`: a vector of which only the elements that are not zero are stored.
public struct PostgresSparseVector: Sendable, Hashable {
  public var dimensions: Int
  /// By index, from 0.
  public var elements: [Int: Float]

  public init(dimensions: Int, elements: [Int: Float]) {
    self.dimensions = dimensions
    self.elements = elements
  }
}

extension PostgresSparseVector: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard value.context.takeUnretainedValue().types.isNamed(value.cell.type, "sparsevec") else {
      throw value.mismatch("sparsevec")
    }
    var parts = ByteParts(try value.anyBytes(), value.context)
    dimensions = Int(try parts.integer(Int32.self))
    let count = Int(try parts.integer(Int32.self))
    _ = try parts.integer(Int32.self)
    guard count >= 0, parts.rest == count * 8 else { throw parts.broken }
    var indices: [Int] = []
    for _ in 0..<count { indices.append(Int(try parts.integer(Int32.self))) }
    elements = [:]
    for index in indices { elements[index] = Float(bitPattern: try parts.integer(UInt32.self)) }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.acceptType("sparsevec")
    guard let dimensions = Int32(exactly: dimensions), elements.keys.allSatisfy({ $0 >= 0 && $0 < dimensions }) else {
      throw .invalid("an index of the vector lies outside of its dimensions")
    }
    let stored = elements.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    parameter.append(dimensions)
    parameter.append(Int32(truncatingIfNeeded: stored.count))
    parameter.append(0 as Int32)
    for element in stored { parameter.append(Int32(truncatingIfNeeded: element.key)) }
    for element in stored { parameter.append(element.value.bitPattern) }
  }
}

/// The number that the 16 bits of an IEEE 754 half are. (`Float16` is not on every platform.)
func float(ofHalf bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let exponent = UInt32(bits >> 10 & 0x1F)
  let fraction = UInt32(bits & 0x3FF)
  switch exponent {
  case 0: return Float(sign: sign == 0 ? .plus : .minus, exponent: -24, significand: Float(fraction))
  case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}

/// The nearest half, ties to even; infinite beyond the largest.
func half(of number: Float) -> UInt16 {
  let bits = number.bitPattern
  let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
  let magnitude = bits & 0x7FFF_FFFF
  if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
  // 65520 rounds to 65536, which no half is.
  if magnitude >= 0x477F_F000 { return sign | 0x7C00 }
  if magnitude < 0x3880_0000 {
    // Smaller than the smallest normal half: a multiple of 2^-24.
    let scaled = (Float(bitPattern: magnitude) * 16_777_216).rounded(.toNearestOrEven)
    return sign | UInt16(scaled)
  }
  let rounded = magnitude &+ 0xFFF &+ (magnitude >> 13 & 1)
  return sign | UInt16(truncatingIfNeeded: (rounded &- 0x3800_0000) >> 13)
}
