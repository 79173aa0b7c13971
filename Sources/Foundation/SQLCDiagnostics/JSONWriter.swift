// JSON with keys in the order they are written: the same value always gives the same bytes.

/// Writes one JSON document, compactly. The caller says what begins and ends; commas are put where they belong.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.member("name", "agents")
///   json.array("columns") { json in json.element("id") }
/// }
/// json.text   // {"name":"agents","columns":["id"]}
/// ```
public struct JSONWriter: Sendable {
  public private(set) var text = ""
  private var needsComma = false

  public init() {}

  // MARK: Containers

  public mutating func object(_ body: (inout JSONWriter) -> Void) { container("{", "}", body) }
  public mutating func array(_ body: (inout JSONWriter) -> Void) { container("[", "]", body) }

  public mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  private mutating func container(_ open: Character, _ close: Character, _ body: (inout JSONWriter) -> Void) {
    separate()
    text.append(open)
    needsComma = false
    body(&self)
    text.append(close)
    needsComma = true
  }

  // MARK: Values

  public mutating func element(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  public mutating func element(_ value: Int) {
    separate()
    text += String(value)
    needsComma = true
  }

  public mutating func element(_ value: Bool) {
    separate()
    text += value ? "true" : "false"
    needsComma = true
  }

  public mutating func member(_ key: String, _ value: String) {
    self.key(key)
    element(value)
  }

  public mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    element(value)
  }

  public mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    element(value)
  }

  public mutating func member(_ key: String, _ values: [String]) {
    array(key) { json in for value in values { json.element(value) } }
  }

  /// A key whose value is written next.
  public mutating func key(_ key: String) {
    separate()
    quote(key)
    text.append(":")
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { text.append(",") }
  }

  // RFC 8259 §7: quotation mark, reverse solidus and U+0000 to U+001F must be escaped. What would steer a terminal or
  // hide in a text is escaped too.
  private mutating func quote(_ value: String) {
    text.append("\"")
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{061C}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.append("\"")
  }
}

extension JSONWriter {
  /// The same document for people: a member or an element a line, two spaces a level.
  public var indentedText: String {
    // By scalars: a quote that a combining mark follows ends a string, too.
    var result = String.UnicodeScalarView()
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    var previous: Unicode.Scalar?
    func lineBreak() -> String.UnicodeScalarView { ("\n" + String(repeating: "  ", count: depth)).unicodeScalars }
    for character in text.unicodeScalars {
      if isQuoted {
        result.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
      } else {
        switch character {
        case "{", "[":
          if previous == "{" || previous == "[" { result += lineBreak() }
          depth += 1
          result.append(character)
        case "}", "]":
          depth -= 1
          if previous != "{", previous != "[" { result += lineBreak() }
          result.append(character)
        case ",": result += ",".unicodeScalars + lineBreak()
        case ":": result += ": ".unicodeScalars
        default:
          if previous == "{" || previous == "[" { result += lineBreak() }
          result.append(character)
          isQuoted = character == "\""
        }
      }
      previous = character
    }
    return String(result)
  }
}
