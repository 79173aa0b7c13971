// Types that are seldom: bits, money, hstore.

/// A `bit(n)` or `varbit`.
public struct PostgresBits: Sendable, Hashable, CustomStringConvertible {
  public var bits: [Bool]
  public init(_ bits: [Bool]) { self.bits = bits }

  /// From zeros and ones.
  public init?(_ description: String) {
    bits = []
    for character in description {
      guard character == "0" || character == "1" else { return nil }
      bits.append(character == "1")
    }
  }

  public var description: String { String(bits.map { $0 ? "1" : "0" }) }
}

extension PostgresBits: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 1560, 1562), value.context)
    let count = Int(try parts.integer(Int32.self))
    guard count >= 0, parts.rest == (count + 7) / 8 else { throw parts.broken }
    let bytes = try parts.take(parts.rest)
    bits = (0..<count).map { bytes[$0 / 8] & (0x80 >> ($0 % 8)) != 0 }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    if parameter.type != 1560 { try parameter.accept(1562) }
    parameter.append(Int32(truncatingIfNeeded: bits.count))
    var byte: UInt8 = 0
    for (index, bit) in bits.enumerated() {
      if bit { byte |= 0x80 >> (index % 8) }
      if index % 8 == 7 || index == bits.count - 1 {
        parameter.append(byte)
        byte = 0
      }
    }
  }
}

/// A `money`, in the smallest unit of the database's currency: cents, where `lc_monetary` has two fractional digits.
public struct PostgresMoney: Sendable, Hashable, Comparable, Codable {
  public var units: Int64
  public init(units: Int64) { self.units = units }
  public static func < (a: PostgresMoney, b: PostgresMoney) -> Bool { a.units < b.units }
}

extension PostgresMoney: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    units = try value.number(790, as: Int64.self)
  }
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.number(units, 790) }
}

/// An `hstore` of the extension of that name.
public struct PostgresHStore: Sendable, Hashable {
  public var values: [String: String?]
  public init(_ values: [String: String?]) { self.values = values }
}

extension PostgresHStore: PostgresDecodable, PostgresEncodable {
  /// hstore_io.c, `hstore_send`.
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard value.context.takeUnretainedValue().types.isNamed(value.cell.type, "hstore") else {
      throw value.mismatch("hstore")
    }
    var parts = ByteParts(try value.anyBytes(), value.context)
    let count = try parts.integer(Int32.self)
    guard count >= 0, Int(count) <= parts.rest / 8 else { throw parts.broken }
    values = [:]
    for _ in 0..<count {
      let key = try String(from: try parts.value(of: 25))
      values[key] = .some(try String?(from: try parts.value(of: 25)))
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.acceptType("hstore")
    parameter.append(Int32(truncatingIfNeeded: values.count))
    for (key, value) in values {
      try parameter.nested(key, type: 25)
      try parameter.nested(value, type: 25)
    }
  }
}
