// Addresses of networks and of their cards (network.c, mac.c, mac8.c).

/// What `inet` and `cidr` are made of.
private struct AddressParts {
  var bytes: [UInt8]
  var prefixLength: Int

  init(_ value: borrowing ValueReader, _ type: UInt32) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: type), value.context)
    let family = try parts.integer(UInt8.self)
    prefixLength = Int(try parts.integer(UInt8.self))
    _ = try parts.integer(UInt8.self)
    let count = Int(try parts.integer(UInt8.self))
    // PGSQL_AF_INET is 2, PGSQL_AF_INET6 is 3 (inet.h).
    guard (family == 2 && count == 4) || (family == 3 && count == 16), prefixLength <= count * 8 else {
      throw parts.broken
    }
    bytes = [UInt8](try parts.take(count))
  }

  static func write(
    _ bytes: [UInt8], _ prefixLength: Int, isNetwork: UInt8, _ type: UInt32, to parameter: borrowing ValueWriter
  ) throws(ConversionError) {
    try parameter.accept(type)
    parameter.append(bytes.count == 4 ? 2 : 3 as UInt8)
    parameter.append(UInt8(prefixLength))
    parameter.append(isNetwork)
    parameter.append(UInt8(bytes.count))
    for byte in bytes { parameter.append(byte) }
  }

  /// RFC 5952 for IPv6.
  static func text(_ bytes: [UInt8]) -> String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
    // The first of the longest runs of two or more zeros is left out.
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, longest.count) { longest = start..<end }
      start = max(end, start + 1)
    }
    func words(_ range: Range<Int>) -> String {
      range.map { String(groups[$0], radix: 16) }.joined(separator: ":")
    }
    return longest.isEmpty ? words(0..<8) : words(0..<longest.lowerBound) + "::" + words(longest.upperBound..<8)
  }
}

/// An `inet`: a host's address, with the length of its network's prefix.
public struct PostgresInet: Sendable, Hashable, CustomStringConvertible {
  /// Four or sixteen.
  public let bytes: [UInt8]
  /// In bits.
  public let prefixLength: Int

  /// Nothing unless there are four or sixteen bytes and the prefix is no longer; without a prefix it is the address alone.
  public init?(bytes: [UInt8], prefixLength: Int? = nil) {
    let length = prefixLength ?? bytes.count * 8
    guard bytes.count == 4 || bytes.count == 16, (0...(bytes.count * 8)).contains(length) else { return nil }
    self.bytes = bytes
    self.prefixLength = length
  }

  /// `192.168.0.7/24`, `2001:db8::1`
  public var description: String {
    AddressParts.text(bytes) + (prefixLength == bytes.count * 8 ? "" : "/\(prefixLength)")
  }
}

extension PostgresInet: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let parts = try AddressParts(value, 869)
    bytes = parts.bytes
    prefixLength = parts.prefixLength
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try AddressParts.write(bytes, prefixLength, isNetwork: 0, 869, to: parameter)
  }
}

/// A `cidr`: a network.
public struct PostgresCIDR: Sendable, Hashable, CustomStringConvertible {
  /// Four or sixteen.
  public let bytes: [UInt8]
  /// In bits.
  public let prefixLength: Int

  /// Nothing unless there are four or sixteen bytes, of which none has a bit beyond the prefix.
  public init?(bytes: [UInt8], prefixLength: Int) {
    guard bytes.count == 4 || bytes.count == 16, (0...(bytes.count * 8)).contains(prefixLength) else { return nil }
    for bit in prefixLength..<(bytes.count * 8) where bytes[bit / 8] & (0x80 >> (bit % 8)) != 0 { return nil }
    self.bytes = bytes
    self.prefixLength = prefixLength
  }

  /// `192.168.0.0/24`
  public var description: String { AddressParts.text(bytes) + "/\(prefixLength)" }
}

extension PostgresCIDR: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let parts = try AddressParts(value, 650)
    bytes = parts.bytes
    prefixLength = parts.prefixLength
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try AddressParts.write(bytes, prefixLength, isNetwork: 1, 650, to: parameter)
  }
}

/// A `macaddr` of six bytes, or a `macaddr8` of eight.
public struct PostgresMACAddress: Sendable, Hashable, CustomStringConvertible {
  public let bytes: [UInt8]

  /// Nothing unless there are six or eight bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 6 || bytes.count == 8 else { return nil }
    self.bytes = bytes
  }

  /// `08:00:2b:01:02:03`
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}

extension PostgresMACAddress: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard let address = PostgresMACAddress(bytes: [UInt8](try value.bytes(of: 829, 774))) else {
      throw value.mismatch(value.cell.type)
    }
    self = address
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(bytes.count == 6 ? 829 : 774)
    for byte in bytes { parameter.append(byte) }
  }
}
