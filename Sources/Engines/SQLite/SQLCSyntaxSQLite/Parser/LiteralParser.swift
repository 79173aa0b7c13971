// Literals and parameters (SQLite, lang_expr.html#literal_values_constants_ and #parameters).

import SQLCDiagnostics

extension Parser {
  /// The token here, which is a literal.
  mutating func parseLiteral() -> LiteralSyntax {
    let token = advance()
    let range = token.range
    let value: LiteralSyntax.Value =
      switch token.kind {
      case .integer: .integer(number(range))
      case .real: .real(number(range))
      case .blob: .blob(blob(range))
      case .string: .string(unquoted(range))
      case .currentDate: .currentDate
      case .currentTime: .currentTime
      case .currentTimestamp: .currentTimestamp
      default: .null
      }
    return LiteralSyntax(value: value, range: range)
  }

  /// The spelling of a number without its separators, which are 3.46's.
  private mutating func number(_ range: ByteRange) -> String {
    guard hasSeparators(range) else { return text(range) }
    use(.digitSeparator, at: range)
    return String(decoding: bytes[range.lower..<range.upper].filter { $0 != 0x5F }, as: UTF8.self)
  }

  func hasSeparators(_ range: ByteRange) -> Bool { bytes[range.lower..<range.upper].contains(0x5F) }

  private func blob(_ range: ByteRange) -> [UInt8] {
    stride(from: range.lower + 2, to: range.upper - 1, by: 2).map { bytes[$0].hexValue << 4 | bytes[$0 + 1].hexValue }
  }

  /// The token here, which is a parameter.
  mutating func parseParameter() -> ParameterSyntax {
    let range = advance().range
    let sign = bytes[range.lower]
    guard sign == 0x3F else {
      return ParameterSyntax(
        form: .named(
          prefix: Character(Unicode.Scalar(sign)), name: text(ByteRange(range.lower + 1, range.upper))),
        range: range)
    }
    guard range.count > 1 else { return ParameterSyntax(form: .anonymous, range: range) }
    let number = Int(text(ByteRange(range.lower + 1, range.upper))) ?? .max
    if number < 1 || number > options.limits.parameterNumber {
      report(.invalidParameterNumber(text: excerpt(range), limit: options.limits.parameterNumber, at: range))
    }
    return ParameterSyntax(form: .numbered(number), range: range)
  }

  /// parse.y: `signed ::= plus_num | minus_num`. The text with its sign, blanks between them removed.
  mutating func parseSignedNumber() throws(SyntaxFailure) -> String {
    var sign = ""
    if at(.minus) || at(.plus) { sign = text(advance().range) }
    guard kind == .integer || kind == .real, !hasSeparators(token.range) else { throw fail(.number) }
    return sign + text(advance().range)
  }
}
