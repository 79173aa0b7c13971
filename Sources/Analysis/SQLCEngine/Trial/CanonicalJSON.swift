// JSON texts that say the same: members in an order of their own, of equal names the last, numbers by their value.

public import SQLCModel

/// A JSON text (RFC 8259) in one spelling for all that say the same.
public struct CanonicalJSON: Sendable, Hashable {
  public private(set) var text = ""

  /// Nothing for what is no JSON.
  public init?(_ text: String) {
    var reader = JSONReader(rest: Array(text.utf8)[...])
    reader.skipBlanks()
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    guard reader.rest.isEmpty else { return nil }
    self.text = value
  }
}

extension PortableValue {
  /// The elements of a JSON array; nothing for what is none, or has elements of another type.
  public static func list(ofJSON text: String, _ element: ValueType) -> PortableValue? {
    var reader = JSONReader(rest: Array(text.utf8)[...])
    guard let elements = reader.elements() else { return nil }
    var values: [PortableValue] = []
    for found in elements {
      guard let value = found.value(as: element) else { return nil }
      values.append(value)
    }
    return .list(values)
  }
}

/// An element of a JSON array.
private enum JSONElement {
  case string(String)
  /// Anything else, as it is written.
  case other(String)

  func value(as type: ValueType) -> PortableValue? {
    switch self {
    case .string(let text):
      switch type.withoutDomains {
      case .integer, .real, .boolean: nil
      case .json: .json(quotedJSON(text))
      default: PortableValue(text: text, as: type)
      }
    case .other("null"): .null
    case .other(let text):
      switch type.withoutDomains {
      case .text, .enumeration: nil
      case .integer: DecimalDigits(text)?.whole.map { .integer($0) }
      default: PortableValue(text: text, as: type)
      }
    }
  }
}

/// `"a\nb"`
func quotedJSON(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private struct JSONReader {
  var rest: ArraySlice<UInt8>

  mutating func skipBlanks() {
    while let byte = rest.first, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { rest.removeFirst() }
  }

  mutating func take(_ text: StaticString) -> Bool {
    let wanted = Array("\(text)".utf8)
    guard rest.starts(with: wanted) else { return false }
    rest.removeFirst(wanted.count)
    return true
  }

  mutating func value(depth: Int) -> String? {
    guard depth < 500, let first = rest.first else { return nil }
    switch first {
    case 0x7B: return object(depth)
    case 0x5B: return array(depth)
    case 0x22: return string().map(quotedJSON)
    case 0x74: return take("true") ? "true" : nil
    case 0x66: return take("false") ? "false" : nil
    case 0x6E: return take("null") ? "null" : nil
    default: return number()
    }
  }

  private mutating func object(_ depth: Int) -> String? {
    rest.removeFirst()
    var members: [String: String] = [:]
    skipBlanks()
    if take("}") { return "{}" }
    while true {
      skipBlanks()
      guard rest.first == 0x22, let name = string() else { return nil }
      skipBlanks()
      guard take(":") else { return nil }
      skipBlanks()
      guard let member = value(depth: depth + 1) else { return nil }
      members[quotedJSON(name)] = member
      skipBlanks()
      if take("}") { break }
      guard take(",") else { return nil }
    }
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return "{" + sorted.map { "\($0.key):\($0.value)" }.joined(separator: ",") + "}"
  }

  /// Of an array that is all there is.
  mutating func elements() -> [JSONElement]? {
    skipBlanks()
    guard take("[") else { return nil }
    var elements: [JSONElement] = []
    skipBlanks()
    var isOpen = !take("]")
    while isOpen {
      skipBlanks()
      if rest.first == 0x22 {
        guard let text = string() else { return nil }
        elements.append(.string(text))
      } else {
        guard let text = value(depth: 1) else { return nil }
        elements.append(.other(text))
      }
      skipBlanks()
      if take("]") { isOpen = false } else if !take(",") { return nil }
    }
    skipBlanks()
    return rest.isEmpty ? elements : nil
  }

  private mutating func array(_ depth: Int) -> String? {
    rest.removeFirst()
    var elements: [String] = []
    skipBlanks()
    if take("]") { return "[]" }
    while true {
      skipBlanks()
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
      skipBlanks()
      if take("]") { break }
      guard take(",") else { return nil }
    }
    return "[" + elements.joined(separator: ",") + "]"
  }

  private mutating func number() -> String? {
    let digits = rest.prefix { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x65, 0x45].contains($0) }
    guard let first = digits.first, first == 0x2D || (0x30...0x39).contains(first),
      let number = DecimalDigits(String(decoding: digits, as: UTF8.self))
    else { return nil }
    rest.removeFirst(digits.count)
    return number.description
  }

  private mutating func string() -> String? {
    rest.removeFirst()
    var units: [UInt8] = []
    var surrogate: UInt32?
    func append(_ scalar: UInt32) -> Bool {
      guard let scalar = Unicode.Scalar(scalar) else { return false }
      units += Array(String(Character(scalar)).utf8)
      return true
    }
    while let byte = rest.popFirst() {
      if byte == 0x22 { return surrogate == nil ? String(validating: units, as: UTF8.self) : nil }
      guard byte == 0x5C else {
        guard byte >= 0x20, surrogate == nil else { return nil }
        units.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      if escaped != 0x75, surrogate != nil { return nil }
      switch escaped {
      case 0x22, 0x5C, 0x2F: units.append(escaped)
      case 0x62: units.append(0x08)
      case 0x66: units.append(0x0C)
      case 0x6E: units.append(0x0A)
      case 0x72: units.append(0x0D)
      case 0x74: units.append(0x09)
      case 0x75:
        guard rest.count >= 4, let code = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) else {
          return nil
        }
        rest.removeFirst(4)
        if let high = surrogate {
          guard (0xDC00...0xDFFF).contains(code), append(0x10000 + (high - 0xD800) << 10 + (code - 0xDC00)) else {
            return nil
          }
          surrogate = nil
        } else if (0xD800...0xDBFF).contains(code) {
          surrogate = code
        } else if !append(code) {
          return nil
        }
      default: return nil
      }
    }
    return nil
  }
}
