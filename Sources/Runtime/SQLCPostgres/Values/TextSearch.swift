// Documents and queries of text search, in their text form.

/// A `tsvector` in its text form: `'cat':3 'fat':2,11A`.
public struct PostgresTextSearchVector: Sendable, Hashable, CustomStringConvertible {
  public var description: String
  public init(_ text: String) { description = text }
}

extension PostgresTextSearchVector: PostgresDecodable, PostgresEncodable {
  /// tsvector.c, `tsvectorsend`: lexemes, each with its positions, of which two bits are a weight.
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 3614), value.context)
    let count = try parts.integer(Int32.self)
    var lexemes: [String] = []
    guard count >= 0 else { throw parts.broken }
    for _ in 0..<count {
      var text = try parts.lexeme()
      for position in 0..<(try parts.integer(UInt16.self)) {
        let entry = try parts.integer(UInt16.self)
        text += "\(position == 0 ? ":" : ",")\(entry & 0x3FFF)\(["", "C", "B", "A"][Int(entry >> 14)])"
      }
      lexemes.append(text)
    }
    description = lexemes.joined(separator: " ")
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.textual(description, as: 3614)
  }
}

/// A `tsquery` in its text form: `'fat' & ( 'cat' | 'rat':*A )`.
public struct PostgresTextSearchQuery: Sendable, Hashable, CustomStringConvertible {
  public var description: String
  public init(_ text: String) { description = text }
}

extension PostgresTextSearchQuery: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 3615), value.context)
    let count = try parts.integer(Int32.self)
    guard count >= 0 else { throw parts.broken }
    description = count == 0 ? "" : try parts.searchExpression().text(within: 0, isRightOfPhrase: false)
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.textual(description, as: 3615)
  }
}

/// A `tsquery` as a tree.
private indirect enum SearchExpression {
  case lexeme(String)
  case not(SearchExpression)
  case joined(SearchExpression, Joint, SearchExpression)

  enum Joint {
    case and, or
    case followed(by: Int16)

    /// ts_type.h, `QO_PRIORITY`.
    var priority: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .followed: 3
      }
    }

    var text: String {
      switch self {
      case .or: "|"
      case .and: "&"
      case .followed(by: 1): "<->"
      case .followed(let distance): "<\(distance)>"
      }
    }
  }

  /// As `tsqueryout` writes it (tsquery.c, `infix`).
  func text(within priority: Int, isRightOfPhrase: Bool) -> String {
    switch self {
    case .lexeme(let text): return text
    case .not(let operand): return "!" + operand.text(within: 4, isRightOfPhrase: false)
    case .joined(let left, let joint, let right):
      var isPhrase = false
      if case .followed = joint { isPhrase = true }
      let text =
        left.text(within: joint.priority, isRightOfPhrase: false) + " \(joint.text) "
        + right.text(within: joint.priority, isRightOfPhrase: isPhrase)
      return joint.priority < priority || (isPhrase && isRightOfPhrase) ? "( \(text) )" : text
    }
  }
}

extension ByteParts {
  /// A text that a zero ends, quoted as SQL has it.
  fileprivate mutating func lexeme() throws(ConversionError) -> String {
    var word: [UInt8] = []
    while true {
      let byte = try integer(UInt8.self)
      if byte == 0 { break }
      // As `tsvectorout` writes it: these two are doubled.
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { word.append(byte) }
      word.append(byte)
    }
    return "'\(String(decoding: word, as: UTF8.self))'"
  }

  /// tsquery.c, `tsquerysend`: an operator comes before its operands, the right one first.
  fileprivate mutating func searchExpression() throws(ConversionError) -> SearchExpression {
    switch try integer(UInt8.self) {
    case 1:
      let weights = try integer(UInt8.self)
      let isPrefix = try integer(UInt8.self) != 0
      var text = try lexeme()
      if weights != 0 || isPrefix { text += ":" }
      if isPrefix { text += "*" }
      for (bit, name) in [(8, "A"), (4, "B"), (2, "C"), (1, "D")] where Int(weights) & bit != 0 { text += name }
      return .lexeme(text)
    case 2:
      let joint: SearchExpression.Joint
      switch try integer(UInt8.self) {
      case 1: return .not(try searchExpression())
      case 2: joint = .and
      case 3: joint = .or
      case 4: joint = .followed(by: try integer(Int16.self))
      default: throw broken
      }
      let right = try searchExpression()
      return .joined(try searchExpression(), joint, right)
    default: throw broken
    }
  }
}
