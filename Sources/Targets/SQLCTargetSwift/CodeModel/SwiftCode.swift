// Swift source text, and the only doors through which text from outside gets into it.
//
// SQL, comments, names, literals, paths and configuration values are `String`. Nothing turns a `String` into code but
// what stands in this file, so that a declaration cannot take one by accident: it would not compile.
//
// | text from outside | door | what it can become |
// |---|---|---|
// | any | `literal`, `literalLines` | a string literal that means exactly that text |
// | any | `documentation` | lines that begin with `///` |
// | a name | `SwiftName` | an identifier |
// | a type of the configuration | `SwiftCode(type:)` | a type, or nothing |

import SQLCModel

/// Code that this generator wrote. Literals in its source are code; interpolated are other code, names and numbers.
struct SwiftCode: Sendable, Hashable, ExpressibleByStringInterpolation {
  let text: String

  private init(trusted text: String) { self.text = text }

  // `StaticString`, since a `String` at run time may be anyone's.
  init(stringLiteral text: StaticString) { self.text = text.description }

  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
    mutating func appendInterpolation(_ code: SwiftCode) { text += code.text }
    /// As a type, member or value is named: reserved words stand in backticks.
    mutating func appendInterpolation(_ name: SwiftName) { text += escaped(name).text }
    mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    mutating func appendInterpolation(_ numbers: [Int]) { text += "\(numbers)" }
    mutating func appendInterpolation(_ flag: Bool) { text += flag ? "true" : "false" }
  }

  var isEmpty: Bool { text.isEmpty }
  /// Characters, which is what the width of a line is counted in.
  var count: Int {
    // A carriage return and the line feed after it are one.
    text.allBytes { $0 < 0x80 && $0 != 0x0D } ? text.utf8.count : text.count
  }

  func hasPrefix(_ prefix: StaticString) -> Bool { text.hasPrefix(prefix.description) }

  static func + (a: SwiftCode, b: SwiftCode) -> SwiftCode { SwiftCode(trusted: a.text + b.text) }
  static func += (a: inout SwiftCode, b: SwiftCode) { a = a + b }

  fileprivate init(joining parts: some Sequence<SwiftCode>, separator: SwiftCode) {
    var text = ""
    var isFirst = true
    for part in parts {
      if !isFirst { text += separator.text }
      text += part.text
      isFirst = false
    }
    self.text = text
  }

  static func spaces(_ count: Int) -> SwiftCode { SwiftCode(trusted: String(repeating: " ", count: count)) }

  // MARK: Doors

  /// The lines of a literal that means exactly the text: one line, or several where the text has several.
  static func literalLines(_ text: String) -> [SwiftCode] {
    SQLCTargetSwift.literalLines(text).map(SwiftCode.init(trusted:))
  }

  /// A literal on one line, whatever the text.
  static func literal(_ text: String) -> SwiftCode { SwiftCode(trusted: SQLCTargetSwift.literal(text)) }

  /// The text as lines of a documentation comment: one for each of its own lines, none for nothing.
  static func documentation(_ text: String) -> [SwiftCode] {
    commentLines(of: text).map { SwiftCode(trusted: $0.isEmpty ? "///" : "/// " + $0) }
  }

  /// An identifier as it stands, without backticks: for places where the grammar takes any.
  static func bare(_ name: SwiftName) -> SwiftCode { SwiftCode(trusted: name.text) }

  static func quoted(_ name: SwiftName) -> SwiftCode { SwiftCode(trusted: "`\(name.text)`") }

  /// A type as the configuration writes it, if it is one.
  init?(type text: String) {
    guard isTypeSyntax(text) else { return nil }
    self.text = text
  }

  /// A module, perhaps with a submodule: `Models`, `Models.Agents`.
  init?(module text: String) {
    guard isModuleSyntax(text) else { return nil }
    self.text = text
  }
}

extension Sequence<SwiftCode> {
  func joined(separator: SwiftCode = "") -> SwiftCode {
    .init(joining: self, separator: separator)
  }
}

/// What ends an item where another follows.
enum ItemSeparator { case comma, semicolon }

/// Items with separators between them in as few lines of that width as it takes, broken between items only; a semicolon
/// is not needed where a line ends.
func wrapped(_ items: [SwiftCode], separator: ItemSeparator = .comma, width: Int) -> [SwiftCode] {
  let mark: SwiftCode = separator == .comma ? ", " : "; "
  var lines: [SwiftCode] = []
  var start = 0
  var count = 0
  for (index, item) in items.enumerated() {
    let length = item.count
    // The mark after what is there, a blank, the item and its own mark.
    if index > start, count + 2 + length + (index + 1 < items.count ? 1 : 0) > width {
      let line = items[start..<index].joined(separator: mark)
      lines.append(separator == .comma ? line + "," : line)
      start = index
      count = length
    } else {
      count += index > start ? 2 + length : length
    }
  }
  if start < items.count { lines.append(items[start...].joined(separator: mark)) }
  return lines
}
