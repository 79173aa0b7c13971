// A decimal number's text, byte by byte: `[+-] digits [. digits] [e [+-] digits]`, with a digit before or after the point.

struct DecimalScanner {
  private var rest: Substring.UTF8View

  static func scan(_ text: String) -> SQLiteDecimal? {
    var scanner = DecimalScanner(rest: Substring(text).utf8)
    return scanner.number()
  }

  private mutating func number() -> SQLiteDecimal? {
    let isNegative = sign()
    var coefficient: Int128 = 0
    // Zeros that count only when another digit follows them: 1.50 has two digits, as 1.5 has.
    var zeros = 0
    var places = 0
    var digits = 0
    var isFraction = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if let digit = Self.digit(byte) {
        digits += 1
        if isFraction { places += 1 }
        if digit == 0 {
          if coefficient != 0 { zeros += 1 }
        } else {
          for _ in 0...zeros where !multiply(&coefficient, by: 10) { return nil }
          zeros = 0
          guard add(digit, to: &coefficient, isNegative) else { return nil }
        }
      } else {
        break
      }
      rest.removeFirst()
    }
    guard digits > 0, let power = power(), rest.isEmpty else { return nil }
    if coefficient == 0 { return SQLiteDecimal(coefficient: 0) }
    guard let power else { return nil }
    var exponent = Int128(power) - Int128(places) + Int128(zeros)
    // Zeros may stand for what the exponent cannot say.
    while exponent > Int128(Int.max), zeros > 0, multiply(&coefficient, by: 10) {
      exponent -= 1
      zeros -= 1
    }
    return Int(exactly: exponent).map { SQLiteDecimal(coefficient: coefficient, exponent: $0) }
  }

  private mutating func sign() -> Bool {
    guard let byte = rest.first, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
    rest.removeFirst()
    return byte == UInt8(ascii: "-")
  }

  /// The number after `e`, 0 without one; nothing where the text is wrong, nothing within something where it is too large.
  private mutating func power() -> Int?? {
    guard let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") else { return .some(0) }
    rest.removeFirst()
    let isNegative = sign()
    var power: Int? = 0
    var digits = 0
    while let byte = rest.first, let digit = Self.digit(byte) {
      rest.removeFirst()
      digits += 1
      guard let before = power else { continue }
      let (scaled, isTooLarge) = before.multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge2) = scaled.addingReportingOverflow(isNegative ? -Int(digit) : Int(digit))
      power = isTooLarge || isTooLarge2 ? nil : sum
    }
    return digits > 0 ? .some(power) : nil
  }

  private static func digit(_ byte: UInt8) -> Int128? { (0x30...0x39).contains(byte) ? Int128(byte - 0x30) : nil }
}

/// Both say whether the result fits.
private func multiply(_ number: inout Int128, by factor: Int128) -> Bool {
  let (product, overflow) = number.multipliedReportingOverflow(by: factor)
  number = product
  return !overflow
}

private func add(_ digit: Int128, to number: inout Int128, _ isNegative: Bool) -> Bool {
  let (sum, overflow) = isNegative ? number.subtractingReportingOverflow(digit) : number.addingReportingOverflow(digit)
  number = sum
  return !overflow
}
