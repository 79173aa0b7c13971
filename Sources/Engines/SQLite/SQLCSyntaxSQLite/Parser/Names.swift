// Names: what may be one, and what it means without its quotes (SQLite, lang_keywords.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `nm ::= idj | STRING`.
  mutating func parseName(_ role: NameRole) throws(SyntaxFailure) -> NameSyntax {
    guard kind.isName else { throw fail(.name(role)) }
    return name(advance())
  }

  /// parse.y: `ids`.
  mutating func parseIdentifierOrString(_ role: NameRole) throws(SyntaxFailure) -> NameSyntax {
    guard kind.isIdentifierOrString else { throw fail(.name(role)) }
    return name(advance())
  }

  /// parse.y: `nm dbnm`.
  mutating func parseQualifiedName(_ role: NameRole) throws(SyntaxFailure) -> QualifiedNameSyntax {
    let first = try parseName(role)
    guard accept(.dot) else { return QualifiedNameSyntax(name: first) }
    return QualifiedNameSyntax(schema: first, name: try parseName(.afterDot))
  }

  /// parse.y: `as ::= AS nm | ids | `.
  mutating func parseAlias() throws(SyntaxFailure) -> NameSyntax? {
    if accept(.as) { return try parseName(.alias) }
    guard kind.isIdentifierOrString else { return nil }
    bareAlias = index
    return name(advance())
  }

  /// parse.y: `LP idlist RP`.
  mutating func parseNameList(_ role: NameRole) throws(SyntaxFailure) -> [NameSyntax] {
    try expect(.leftParen)
    let names = try commaSeparated { parser throws(SyntaxFailure) in try parser.parseName(role) }
    try closeList()
    return names
  }

  /// parse.y: `LP eidlist RP`. The grammar reads COLLATE and a sort order too, for the sake of old schemas, and SQLite
  /// then refuses them.
  mutating func parseBareColumnList() throws(SyntaxFailure) -> [NameSyntax] {
    try expect(.leftParen)
    let names = try commaSeparated { parser throws(SyntaxFailure) in
      let column = try parser.parseName(.column)
      let decorationStart = parser.start
      let isCollated = parser.accept(.collate)
      if isCollated { _ = try parser.parseIdentifierOrString(.collation) }
      if parser.accept(.asc) || parser.accept(.desc) || isCollated {
        parser.report(.decoratedColumnName(name: column.text, at: parser.range(from: decorationStart)))
      }
      return column
    }
    try closeList()
    return names
  }

  mutating func parseOptionalBareColumnList() throws(SyntaxFailure) -> [NameSyntax]? {
    at(.leftParen) ? try parseBareColumnList() : nil
  }

  /// The parenthesis behind a list: where it is missing, a comma could have been meant as well.
  mutating func closeList() throws(SyntaxFailure) {
    guard accept(.rightParen) else { throw fail(.commaOrClosingParenthesis) }
  }

  /// What a token means as a name.
  func name(_ token: Token) -> NameSyntax {
    let range = token.range
    guard token.kind == .quotedIdentifier || token.kind == .string else {
      return NameSyntax(text: text(range), range: range)
    }
    let quoting: NameSyntax.Quoting =
      switch bytes[range.lower] {
      case 0x27: .singleQuotes
      case 0x22: .doubleQuotes
      case 0x60: .backticks
      default: .brackets
      }
    return NameSyntax(text: unquoted(range), range: range, quoting: quoting)
  }

  /// The inside of a quoted token, doubled quotes undone.
  func unquoted(_ range: ByteRange) -> String {
    let quote = bytes[range.lower]
    let inner = ByteRange(range.lower + 1, range.upper - 1)
    guard quote != 0x5B, bytes[inner.lower..<inner.upper].contains(quote) else { return text(inner) }
    var result: [UInt8] = []
    result.reserveCapacity(inner.count)
    var offset = inner.lower
    while offset < inner.upper {
      result.append(bytes[offset])
      offset += bytes[offset] == quote ? 2 : 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
