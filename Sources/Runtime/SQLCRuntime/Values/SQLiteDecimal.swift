// Decimal numbers without silent loss.
//
// SQLite, datatype3.html §3: a DECIMAL column has NUMERIC affinity: text that looks like a number becomes INTEGER or REAL
// "if the conversion is lossless and reversible. … the conversion … is considered lossless and reversible if the first 15
// significant decimal digits of the number are preserved." So what has more than 15 digits and is no 64-bit integer would
// lose digits in silence; writing it is refused here. A number of up to 15 digits comes back exactly as it went in, since
// the shortest decimal that gives a Double's value has those digits, but for the smallest, which have fewer bits: what does
// not come back is refused too. For more digits store TEXT.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// `coefficient` × 10^`exponent`, exact. 1.50 and 1.5 are equal.
public struct SQLiteDecimal: Sendable, Hashable, CustomStringConvertible, LosslessStringConvertible {
  /// Not divisible by ten unless it is zero.
  public let coefficient: Int128
  public let exponent: Int

  public init(coefficient: Int128, exponent: Int = 0) {
    var coefficient = coefficient
    var exponent = coefficient == 0 ? 0 : exponent
    // At the largest exponent a factor of ten stays: there is no other way to write such a number.
    while coefficient != 0, exponent < .max, coefficient.isMultiple(of: 10) {
      coefficient /= 10
      exponent += 1
    }
    self.coefficient = coefficient
    self.exponent = exponent
  }

  public init(_ value: Int64) { self.init(coefficient: Int128(value)) }

  /// From `-12.50`, `1e3`, `.5`: exactly the number that stands there. Nothing for other texts, and for numbers of more
  /// significant digits than `Int128` holds (38) or another exponent than `Int` does.
  public init?(_ description: String) {
    guard let decimal = DecimalScanner.scan(description) else { return nil }
    self = decimal
  }

  /// Plain digits, with an exponent only where they would be more than forty.
  public var description: String {
    let digits = String(coefficient.magnitude)
    let sign = coefficient < 0 ? "-" : ""
    let isLong = exponent > 40 || exponent < -40
    if isLong { return "\(sign)\(digits)e\(exponent)" }
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return "\(sign)\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
  }

  /// The nearest Double.
  public var doubleValue: Double { Double("\(coefficient)e\(exponent)") ?? .nan }
  /// Foundation's type; nothing where that cannot hold the number exactly.
  public var decimal: Decimal? {
    Decimal(string: description).flatMap { SQLiteDecimal($0) == self ? $0 : nil }
  }
  /// From Foundation's type; nothing for NaN.
  public init?(_ decimal: Decimal) { self.init(decimal.description) }
}

extension SQLiteDecimal: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let text: String
    switch value.storageClass {
    case .integer:
      self.init(try value.integer())
      return
    case .real: text = String(try value.real())
    case .text: text = try value.text()
    case .null, .blob: throw value.mismatch("INTEGER, REAL or TEXT with a decimal number")
    }
    guard let decimal = SQLiteDecimal(text) else { throw .invalid("the value is no decimal number") }
    self = decimal
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    if exponent >= 0, exponent <= 18, let integer = Int64(description) {
      try parameter.integer(integer)
      return
    }
    let double = doubleValue
    guard coefficient.magnitude < 1_000_000_000_000_000, SQLiteDecimal(String(double)) == self else {
      throw .invalid("SQLite keeps 15 significant digits of a decimal number; store TEXT for more")
    }
    try parameter.real(double)
  }
}

extension SQLiteDecimal: Codable, Comparable, ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int64) { self.init(value) }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let decimal = SQLiteDecimal(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no decimal number")
    }
    self = decimal
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public static func < (a: SQLiteDecimal, b: SQLiteDecimal) -> Bool {
    if (a.coefficient < 0) != (b.coefficient < 0) { return a.coefficient < 0 }
    if a.coefficient == 0 || b.coefficient == 0 { return a.coefficient < b.coefficient }
    let order = a.magnitudeOrder(b)
    return a.coefficient < 0 ? order > 0 : order < 0
  }

  /// Negative when the magnitude is smaller: first by the place of the first digit, then digit by digit.
  private func magnitudeOrder(_ other: SQLiteDecimal) -> Int128 {
    let mine = String(coefficient.magnitude)
    let others = String(other.coefficient.magnitude)
    // Of 128 bits, for the exponents may be the outermost ones.
    let places = Int128(mine.count - others.count) + Int128(exponent) - Int128(other.exponent)
    if places != 0 { return places.signum() }
    let width = max(mine.count, others.count)
    let a = mine + String(repeating: "0", count: width - mine.count)
    let b = others + String(repeating: "0", count: width - others.count)
    return a == b ? 0 : (a < b ? -1 : 1)
  }
}
