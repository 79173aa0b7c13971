// A value in words of no engine: what two databases are filled with, what of their answers is compared, and what goes from one to
// the other.

public import SQLCModel

/// A value as a caller of either engine sees it.
public enum PortableValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case decimal(DecimalDigits)
  case boolean(Bool)
  case text(String)
  case bytes([UInt8])
  /// In lower case, with hyphens.
  case uuid(String)
  case day(CalendarDay)
  /// Microseconds since 1970, in UTC.
  case instant(Int64)
  /// As it is written.
  case json(String)
  case list([PortableValue])
  case vector([Float])
  /// Of a type that one engine alone has, or of a time of day, in its text form.
  case other(type: String, text: String)

  public var isNull: Bool { self == .null }
}

extension PortableValue {
  /// What a text says that is to be of a type; nothing where it is none. A text is a text whatever it says.
  public init?(text: String, as type: ValueType) {
    switch type.withoutDomains {
    case .text, .enumeration, .any: self = .text(text)
    case .integer:
      guard let number = Int64(text) else { return nil }
      self = .integer(number)
    case .real:
      guard let number = Double(text) else { return nil }
      self = .real(number)
    case .numeric, .decimal:
      guard let digits = DecimalDigits(text) else { return nil }
      self = .decimal(digits)
    case .boolean:
      switch text.lowercased() {
      case "t", "true", "1": self = .boolean(true)
      case "f", "false", "0": self = .boolean(false)
      default: return nil
      }
    case .uuid:
      guard let uuid = Self.uuid(text) else { return nil }
      self = .uuid(uuid)
    case .date:
      guard let day = CalendarDay(text) else { return nil }
      self = .day(day)
    case .timestamp:
      guard let instant = microseconds(ofInstant: text) else { return nil }
      self = .instant(instant)
    case .json:
      guard CanonicalJSON(text) != nil else { return nil }
      self = .json(text)
    case .time: self = .other(type: "time", text: text)
    case .interval: self = .other(type: "interval", text: text)
    case .other(let name): self = .other(type: name.description, text: text)
    case .blob, .vector, .array, .range, .multirange, .composite: return nil
    case .domain: return nil
    }
  }

  private static func uuid(_ text: String) -> String? {
    let digits = text.lowercased().utf8.filter { $0 != 0x2D && $0 != 0x7B && $0 != 0x7D }
    guard digits.count == 32, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      return nil
    }
    return Self.uuid(digits: digits)
  }

  /// - Parameter digits: 32 of them, in lower case.
  private static func uuid(digits: [UInt8]) -> String {
    [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
      .joined(separator: "-")
  }

  /// Of its 16 bytes.
  public static func uuid(bytes: [UInt8]) -> PortableValue? {
    guard bytes.count == 16 else { return nil }
    return .uuid(uuid(digits: Array(hexadecimal(bytes).utf8)))
  }

  /// The text form in which both engines read it; nothing where it is no text by itself.
  public var text: String? {
    switch self {
    case .null, .bytes: nil
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .decimal(let digits): digits.description
    case .boolean(let truth): truth ? "true" : "false"
    case .text(let text), .uuid(let text), .json(let text), .other(_, let text): text
    case .day(let day): day.description
    case .instant(let instant): instantText(instant)
    case .list, .vector: json
    }
  }

  /// As a value in a JSON text; nothing where there is no such.
  public var json: String? {
    switch self {
    case .null: "null"
    case .integer, .decimal, .boolean: text
    case .real(let number): number.isFinite ? "\(number)" : nil
    case .json(let text): text
    case .list(let values):
      values.map(\.json).reduce("" as String?) { all, one in
        guard let all, let one else { return nil }
        return all.isEmpty ? one : all + "," + one
      }.map { "[\($0)]" }
    case .vector(let values): "[" + values.map { "\($0)" }.joined(separator: ",") + "]"
    case .text, .uuid, .day, .instant, .other: text.map(quotedJSON)
    case .bytes: nil
    }
  }
}

extension PortableValue: CustomStringConvertible {
  /// As messages show it. Long values are cut.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .integer, .real, .decimal, .boolean: text ?? ""
    case .bytes(let bytes): "x'" + hexadecimal(Array(bytes.prefix(24))) + (bytes.count > 24 ? "…'" : "'")
    case .text, .uuid, .day, .instant, .json, .list, .vector, .other:
      "'" + (text ?? "").prefix(60).replacing("'", with: "''") + ((text ?? "").count > 60 ? "…'" : "'")
    }
  }
}

/// `0aff`
public func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// The bytes of hexadecimal digits; nothing where there are others, or an odd number of them.
public func bytes(ofHexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count % 2 == 0 else { return nil }
  func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
  }
  var result: [UInt8] = []
  result.reserveCapacity(digits.count / 2)
  for index in stride(from: 0, to: digits.count, by: 2) {
    guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
    result.append(high << 4 | low)
  }
  return result
}
