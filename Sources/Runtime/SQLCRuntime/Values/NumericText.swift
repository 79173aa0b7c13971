// Text in columns of NUMERIC affinity, such as one declared TIME.
//
// SQLite, datatype3.html §3: such a column stores text that looks like a number as that number: '0700' as the integer 700. What
// has been stored so is read as the text of the number; text that would not come back as it is is refused when it is written.

/// The text of a column that SQLite gives NUMERIC affinity.
public enum NumericTextCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> String {
    switch value.storageClass {
    case .integer: String(try value.integer())
    case .real: String(try value.real())
    case .text: try value.text()
    case .null, .blob: throw value.mismatch("TEXT")
    }
  }

  /// - Throws: for text that SQLite would turn into a number of another spelling: `0700`, `1e3`, ` 7`.
  public static func encode(_ value: String, to parameter: borrowing ValueWriter) throws(ConversionError) {
    switch numberStored(for: value) {
    case nil, .exactly(value): break
    case .exactly(let number):
      throw .invalid("a column of NUMERIC affinity would keep it as the number \(number); declare the column TEXT")
    case .nearly:
      throw .invalid("a column of NUMERIC affinity would keep it as a number near it; declare the column TEXT")
    }
    try parameter.text(value)
  }
}

/// What NUMERIC affinity makes of a text that looks like a number.
enum StoredNumber: Equatable {
  /// The number with this text.
  case exactly(String)
  /// A number whose last digits are SQLite's affair: releases before 3.43 read `2e126` as 2.0000000000000002e+126.
  case nearly
}

/// The number that NUMERIC affinity makes of a text; nothing for what does not look like a number: white space, a sign, digits
/// with a point, an exponent, white space.
func numberStored(for text: String) -> StoredNumber? {
  func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
  func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  var bytes = Array(text.utf8)[...]
  bytes = bytes.drop(while: isSpace)
  while let last = bytes.last, isSpace(last) { bytes.removeLast() }
  let number = String(decoding: bytes, as: UTF8.self)
  func takeDigits() -> Int {
    let count = bytes.prefix(while: isDigit).count
    bytes = bytes.dropFirst(count)
    return count
  }
  if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() }
  var digits = takeDigits()
  if bytes.first == 0x2E {
    bytes.removeFirst()
    digits += takeDigits()
  }
  guard digits > 0 else { return nil }
  if bytes.first == 0x65 || bytes.first == 0x45 {
    bytes.removeFirst()
    if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() }
    guard takeDigits() > 0 else { return nil }
  }
  guard bytes.isEmpty else { return nil }
  if let integer = Int64(number) { return .exactly(String(integer)) }
  // Swift wants a digit on either side of the point and none of SQLite's texts has fewer than one.
  var spelled = number.hasPrefix("+") ? String(number.dropFirst()) : number
  if spelled.hasPrefix(".") { spelled = "0" + spelled }
  if spelled.hasPrefix("-.") { spelled = "-0" + spelled.dropFirst() }
  if let point = spelled.firstIndex(of: ".") {
    let after = spelled.index(after: point)
    if after == spelled.endIndex || !spelled[after].isNumber { spelled.insert("0", at: after) }
  }
  guard let double = Double(spelled) else { return .nearly }
  // Up to fifteen digits and 10²² whatever reads a number has exact factors to make it of.
  let significant = number.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }
  guard significant.count <= 15, double == 0 || (1e-7...1e22).contains(abs(double)) else { return .nearly }
  return .exactly(Int64(exactly: double).map { String($0) } ?? String(double))
}
