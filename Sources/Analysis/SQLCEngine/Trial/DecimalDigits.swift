// Decimal numbers by their digits: equal when they are the same number, however they are written.

/// A decimal number: digits times a power of ten.
public struct DecimalDigits: Sendable, Hashable {
  public var isNegative: Bool
  /// Neither the first nor the last is zero; of zero there are none.
  public private(set) var digits: [UInt8]
  /// Of the last digit.
  public private(set) var exponent: Int

  /// `-12.50`, `1.5e3`; nothing for what is no number, `NaN` and `Infinity` among it.
  public init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    isNegative = rest.first == 0x2D
    if rest.first == 0x2D || rest.first == 0x2B { rest.removeFirst() }
    digits = []
    exponent = 0
    var count = 0
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    while let digit = rest.first, isDigit(digit) {
      digits.append(digit - 0x30)
      count += 1
      rest.removeFirst()
    }
    if rest.first == 0x2E {
      rest.removeFirst()
      while let digit = rest.first, isDigit(digit) {
        digits.append(digit - 0x30)
        exponent -= 1
        count += 1
        rest.removeFirst()
      }
    }
    guard count > 0 else { return nil }
    if let letter = rest.first, letter == 0x65 || letter == 0x45 {
      rest.removeFirst()
      guard let power = Int(String(decoding: rest, as: UTF8.self)), power.magnitude < 1_000_000 else { return nil }
      exponent += power
      rest = []
    }
    guard rest.isEmpty else { return nil }
    normalize()
  }

  public init(_ number: Int64) {
    isNegative = number < 0
    digits = "\(number.magnitude)".utf8.map { $0 - 0x30 }
    exponent = 0
    normalize()
  }

  private mutating func normalize() {
    let first = digits.firstIndex { $0 != 0 } ?? digits.endIndex
    digits.removeFirst(first)
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      exponent = 0
      isNegative = false
    }
  }

  /// The whole number that it is, where it is one of 64 bits.
  public var whole: Int64? {
    guard exponent >= 0, exponent <= 19 else { return nil }
    return Int64(description)
  }

  public var double: Double { Double(description) ?? .nan }
}

extension DecimalDigits: CustomStringConvertible {
  /// Without a power of ten where there are fewer than a hundred places.
  public var description: String {
    let sign = isNegative ? "-" : ""
    if digits.isEmpty { return "0" }
    let text = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    if exponent >= 0, exponent < 100 { return sign + text + String(repeating: "0", count: exponent) }
    if exponent < 0, exponent > -100 {
      let places = -exponent
      if places < text.count { return sign + text.dropLast(places) + "." + text.suffix(places) }
      return sign + "0." + String(repeating: "0", count: places - text.count) + text
    }
    return sign + text + "e\(exponent)"
  }
}
