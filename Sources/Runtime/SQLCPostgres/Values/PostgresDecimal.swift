// numeric, without loss: the server's own digits, of base 10,000.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A `numeric`: up to 131,072 digits before the decimal point and 16,383 after it, NaN, or infinite. 1.50 and 1.5 are equal,
/// and each is written as it is stored.
public struct PostgresDecimal: Sendable, CustomStringConvertible, LosslessStringConvertible {
  enum Sign: UInt16, Sendable {
    // numeric.c: NUMERIC_POS, NUMERIC_NEG, NUMERIC_NAN, NUMERIC_PINF, NUMERIC_NINF.
    case plus = 0x0000
    case minus = 0x4000
    case notANumber = 0xC000
    case infinity = 0xD000
    case minusInfinity = 0xF000
  }

  let sign: Sign
  /// Groups of four digits, the most significant first; neither the first nor the last is zero.
  let groups: [Int16]
  /// The first group counts 10,000^weight.
  let weight: Int
  /// How many digits after the point are shown.
  public let scale: Int

  init(sign: Sign, groups: [Int16], weight: Int, scale: Int) {
    var groups = groups[...]
    var weight = weight
    while groups.first == 0 {
      groups.removeFirst()
      weight -= 1
    }
    while groups.last == 0 { groups.removeLast() }
    self.groups = Array(groups)
    self.weight = groups.isEmpty ? 0 : weight
    self.sign = groups.isEmpty && sign == .minus ? .plus : sign
    self.scale = scale
  }

  public static var nan: PostgresDecimal { PostgresDecimal(sign: .notANumber, groups: [], weight: 0, scale: 0) }
  public static var infinity: PostgresDecimal { PostgresDecimal(sign: .infinity, groups: [], weight: 0, scale: 0) }

  public var isNaN: Bool { sign == .notANumber }
  public var isFinite: Bool { sign == .plus || sign == .minus }

  public init(_ value: Int64) {
    var magnitude = value.magnitude
    var groups: [Int16] = []
    while magnitude > 0 {
      groups.insert(Int16(magnitude % 10_000), at: 0)
      magnitude /= 10_000
    }
    self.init(sign: value < 0 ? .minus : .plus, groups: groups, weight: groups.count - 1, scale: 0)
  }

  /// From `-12.50`, `1e3`, `.5`, `NaN`, `Infinity`, `-Infinity`: exactly the number that stands there. Nothing for other texts,
  /// and for numbers that the server cannot store.
  public init?(_ description: String) {
    switch description {
    case "NaN": self = .nan
    case "Infinity": self = .infinity
    case "-Infinity": self.init(sign: .minusInfinity, groups: [], weight: 0, scale: 0)
    default:
      guard let scanned = Digits(description) else { return nil }
      self.init(
        sign: scanned.isNegative ? .minus : .plus, groups: scanned.groups, weight: scanned.weight, scale: scanned.scale)
    }
  }

  /// Plain digits, as many after the point as the number's scale says.
  public var description: String {
    switch sign {
    case .notANumber: return "NaN"
    case .infinity: return "Infinity"
    case .minusInfinity: return "-Infinity"
    case .plus, .minus: break
    }
    var text = sign == .minus ? "-" : ""
    if weight < 0 || groups.isEmpty {
      text += "0"
    } else {
      for position in 0...weight {
        let group = position < groups.count ? Int(groups[position]) : 0
        text += position == 0 ? String(group) : String(String(10_000 + group).dropFirst())
      }
    }
    guard scale > 0 else { return text }
    var fraction = ""
    var position = groups.isEmpty ? 0 : weight + 1
    while fraction.utf8.count < scale {
      let group = position >= 0 && position < groups.count ? Int(groups[position]) : 0
      fraction += String(10_000 + group).dropFirst()
      position += 1
    }
    return text + "." + fraction.prefix(scale)
  }

  /// The nearest Double.
  public var doubleValue: Double {
    switch sign {
    case .notANumber: .nan
    case .infinity: .infinity
    case .minusInfinity: -.infinity
    case .plus, .minus: Double(description) ?? .nan
    }
  }

  /// Foundation's type; nothing where that cannot hold the number exactly.
  public var decimal: Decimal? {
    guard isFinite, let decimal = Decimal(string: description) else { return nil }
    return PostgresDecimal(decimal.description) == self ? decimal : nil
  }

  /// From Foundation's type.
  public init(_ decimal: Decimal) { self = PostgresDecimal(decimal.description) ?? .nan }
}

/// A decimal number in words of SQL, cut into groups.
private struct Digits {
  var isNegative = false
  var groups: [Int16] = []
  var weight = 0
  var scale = 0

  init?(_ text: String) {
    var digits: [UInt8] = []
    // Digits before the point.
    var whole = 0
    var exponent = 0
    var bytes = Array(text.utf8)[...]
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    var hasPoint = false
    while let byte = bytes.first {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        digits.append(byte - UInt8(ascii: "0"))
        if !hasPoint { whole += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      bytes.removeFirst()
    }
    guard !digits.isEmpty else { return nil }
    if let byte = bytes.first {
      guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"),
        let number = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), (-200_000...200_000).contains(number)
      else { return nil }
      exponent = number
    }
    scale = max(0, digits.count - whole - exponent)
    let point = whole + exponent
    // Zeros in front, so that the point falls between two groups.
    let padding = ((4 - point % 4) % 4 + 4) % 4
    var padded = [UInt8](repeating: 0, count: padding) + digits
    weight = (point + padding) / 4 - 1
    while padded.count % 4 != 0 { padded.append(0) }
    for start in stride(from: 0, to: padded.count, by: 4) {
      let group = padded[start..<(start + 4)].reduce(0) { $0 * 10 + Int16($1) }
      groups.append(group)
    }
    // numeric.c: NUMERIC_DSCALE_MASK, NUMERIC_WEIGHT_MAX.
    guard scale <= 0x3FFF, weight < 32_768, weight > -32_768 else { return nil }
  }
}

extension PostgresDecimal: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 1700), value.context)
    let count = Int(try parts.integer(Int16.self))
    let weight = Int(try parts.integer(Int16.self))
    let bits = try parts.integer(UInt16.self)
    let scale = Int(try parts.integer(UInt16.self))
    guard let sign = Sign(rawValue: bits), count >= 0, parts.rest == count * 2 else { throw parts.broken }
    var groups: [Int16] = []
    groups.reserveCapacity(count)
    for _ in 0..<count {
      let group = try parts.integer(Int16.self)
      guard (0..<10_000).contains(group) else { throw parts.broken }
      groups.append(group)
    }
    self.init(sign: sign, groups: groups, weight: weight, scale: scale)
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(1700)
    guard let count = Int16(exactly: groups.count) else { throw .invalid("the number has too many digits") }
    parameter.append(count)
    parameter.append(Int16(truncatingIfNeeded: weight))
    parameter.append(sign.rawValue)
    parameter.append(UInt16(truncatingIfNeeded: scale))
    for group in groups { parameter.append(group) }
  }
}

extension PostgresDecimal: Hashable, Comparable, Codable, ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int64) { self.init(value) }

  public static func == (a: PostgresDecimal, b: PostgresDecimal) -> Bool {
    a.sign == b.sign && a.weight == b.weight && a.groups == b.groups
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(sign)
    hasher.combine(weight)
    hasher.combine(groups)
  }

  /// The server's order: NaN equals itself and is larger than any number.
  public static func < (a: PostgresDecimal, b: PostgresDecimal) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    switch a.sign {
    case .plus: return a.isSmallerInMagnitude(than: b)
    case .minus: return b.isSmallerInMagnitude(than: a)
    case .notANumber, .infinity, .minusInfinity: return false
    }
  }

  private var rank: Int {
    switch sign {
    case .minusInfinity: 0
    case .minus: 1
    case .plus: 2
    case .infinity: 3
    case .notANumber: 4
    }
  }

  private func isSmallerInMagnitude(than other: PostgresDecimal) -> Bool {
    if groups.isEmpty || other.groups.isEmpty { return groups.isEmpty && !other.groups.isEmpty }
    if weight != other.weight { return weight < other.weight }
    return groups.lexicographicallyPrecedes(other.groups)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let decimal = PostgresDecimal(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no decimal number")
    }
    self = decimal
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
