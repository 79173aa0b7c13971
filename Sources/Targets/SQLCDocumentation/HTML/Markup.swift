// HTML and SVG that only our own source can make: what comes from outside is text in it.

/// Markup. A literal is written as it stands; whatever is interpolated is escaped, unless it is markup itself. There is no way from a
/// `String` to markup but as text.
///
/// Interpolated text may stand between tags and in attributes in double quotes. It never stands in a script, a style, a comment, the
/// name of a tag or an attribute, or an address: those hold literals, and ``Anchor``s.
struct Markup: Sendable, ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral literal: StaticString) { text = "\(literal)" }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// A file of this module: a style sheet, a script.
  init(resource bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  init(text outside: String) { text = escaped(outside) }

  init(joining parts: some Sequence<Markup>, with separator: Markup = "") {
    text = parts.map(\.text).joined(separator: separator.text)
  }

  static func + (a: Markup, b: Markup) -> Markup { "\(a)\(b)" }

  static func += (a: inout Markup, b: Markup) { a.text += b.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }
    mutating func appendInterpolation(_ outside: String) { text += escaped(outside) }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ anchor: Anchor) { text += anchor.text }
    mutating func appendInterpolation(list parts: [Markup]) { for part in parts { text += part.text } }
  }
}

/// The id of a part of a page, of letters, digits, `-`, `_` and `.`: safe in an attribute and behind the `#` of an address.
struct Anchor: Sendable, Hashable {
  enum Part: String, Sendable { case table, query, column }

  fileprivate let text: String

  /// - Parameter block: the block's place, where a page has several.
  init(_ part: Part, _ names: String..., block: Int?) {
    text = ([part.rawValue + (block.map { "\($0 + 1)" } ?? "")] + names.map(Self.encoded)).joined(separator: "-")
  }

  /// Two names never give one text: what is not a letter or digit of ASCII, or `_`, is its bytes in hexadecimal between dots.
  private static func encoded(_ name: String) -> String {
    name.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "." + String(byte, radix: 16) + "."
      }
    }
  }
}

/// Text between tags and in quoted attributes. Characters that steer a reader's eye or a terminal are shown as pictures.
private func escaped(_ outside: String) -> String {
  var text = ""
  text.reserveCapacity(outside.utf8.count)
  for scalar in outside.unicodeScalars {
    switch scalar {
    case "&": text += "&amp;"
    case "<": text += "&lt;"
    case ">": text += "&gt;"
    case "\"": text += "&quot;"
    case "'": text += "&#39;"
    default: text.unicodeScalars.append(visible(scalar))
    }
  }
  return text
}

/// A control character as its picture, a mark that turns the direction of writing as U+FFFD; line ends and tabs as they are.
func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x09, 0x0A: scalar
  case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
  case 0x7F: "\u{2421}"
  case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: "\u{FFFD}"
  default: scalar
  }
}
