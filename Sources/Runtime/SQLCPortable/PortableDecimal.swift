// Decimal numbers of either engine, exact.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A decimal number of any number of digits. 1.50 and 1.5 are equal.
///
/// What an engine cannot keep exactly is an error when it is stored: SQLite's DECIMAL columns have 15 significant digits.
public struct PortableDecimal: Sendable, Hashable, CustomStringConvertible, LosslessStringConvertible {
  private let isNegative: Bool
  /// ASCII, neither the first nor the last is zero; none for zero.
  private let digits: [UInt8]
  /// The number is `0.digits` × 10^`point`; 0 for zero.
  private let point: Int

  private init(isNegative: Bool, digits: some Sequence<UInt8>, point: Int) {
    var digits = Array(digits)
    while digits.last == 0x30 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(zeros)
    self.digits = digits
    self.isNegative = isNegative && !digits.isEmpty
    self.point = digits.isEmpty ? 0 : point - zeros
  }

  public init(_ value: Int64) {
    let digits = Array(String(value.magnitude).utf8)
    self.init(isNegative: value < 0, digits: digits, point: digits.count)
  }

  /// From `-12.50`, `1e3`, `.5`: exactly the number that stands there. Nothing for other texts, `NaN` and `Infinity` among them,
  /// and for exponents beyond six digits.
  public init?(_ description: String) {
    var rest = Substring(description).utf8
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    let isNegative = rest.first == 0x2D
    if isNegative || rest.first == 0x2B { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction: Substring.UTF8View = rest.prefix(0)
    if rest.first == 0x2E {
      rest.removeFirst()
      fraction = rest.prefix(while: isDigit)
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    var exponent = 0
    if let mark = rest.first, mark | 0x20 == 0x65 {
      rest.removeFirst()
      guard rest.count <= 7, let value = Int(Substring(rest)), abs(value) <= 999_999 else { return nil }
      exponent = value
      rest = rest.dropFirst(rest.count)
    }
    guard rest.isEmpty else { return nil }
    self.init(isNegative: isNegative, digits: Array(whole) + Array(fraction), point: whole.count + exponent)
  }

  /// Plain digits, with an exponent only where they would be more than forty zeros.
  public var description: String {
    guard !digits.isEmpty else { return "0" }
    let text = String(decoding: digits, as: UTF8.self)
    let sign = isNegative ? "-" : ""
    if point - digits.count > 40 || point < -40 { return "\(sign)\(text)e\(point - digits.count)" }
    if point >= digits.count { return sign + text + String(repeating: "0", count: point - digits.count) }
    if point <= 0 { return "\(sign)0.\(String(repeating: "0", count: -point))\(text)" }
    return "\(sign)\(text.prefix(point)).\(text.dropFirst(point))"
  }

  /// The nearest Double.
  public var doubleValue: Double { Double(description) ?? .nan }
  /// Foundation's type; nothing where that cannot hold the number exactly.
  public var decimal: Decimal? {
    Decimal(string: description).flatMap { PortableDecimal($0.description) == self ? $0 : nil }
  }
  /// From Foundation's type; nothing for NaN.
  public init?(_ decimal: Decimal) { self.init(decimal.description) }
}

extension PortableDecimal: Comparable, ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int64) { self.init(value) }

  public static func < (a: PortableDecimal, b: PortableDecimal) -> Bool {
    if a.sign != b.sign { return a.sign < b.sign }
    let isSmaller = a.point != b.point ? a.point < b.point : a.digits.lexicographicallyPrecedes(b.digits)
    return a.isNegative ? a != b && !isSmaller : isSmaller
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }
}

/// Its text.
extension PortableDecimal: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let decimal = PortableDecimal(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no decimal number")
    }
    self = decimal
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
