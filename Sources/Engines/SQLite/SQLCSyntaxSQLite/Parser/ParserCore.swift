// The state of a parse and the few steps all productions are made of: look, accept, expect, fail.

import SQLCDiagnostics

/// What a production throws after it has reported what is wrong. The nearest place that can go on catches it.
struct SyntaxFailure: Error {}

/// A recursive-descent parser over the tokens of one script.
///
/// It lives only while the bytes of the source are borrowed. Its grammar is that of SQLite's parse.y; a comment at each
/// production says which.
struct Parser {
  let bytes: UnsafeBufferPointer<UInt8>
  let path: String
  let options: ParserOptions
  /// With an end marker behind the last.
  let tokens: [Token]
  var index = 0
  /// The kind of the token at `index`.
  var kind: TokenKind

  var diagnostics: [Diagnostic] = []
  var features: [UsedFeature] = []

  /// What was asked for at this token: what an error can say would have been right.
  var expected = KindSet()
  /// The index of the last alias that was read without AS.
  var bareAlias = -1

  /// The height of the expression that was read last, counted as SQLite counts it (see `Limits.swift`).
  var height = 0
  /// How many productions that can contain themselves are open.
  var nesting = 0
  /// The part of a query that was read last is a VALUES list, which takes no ORDER BY.
  var lastPartIsValues = false
  /// A search for the end of a virtual table's arguments ran to the end of the script in vain.
  var hasUnclosedArguments = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, tokens: [Token], end: Int, path: String, options: ParserOptions) {
    self.bytes = bytes
    self.path = path
    self.options = options
    self.tokens = tokens + [Token(kind: .endOfInput, range: ByteRange(at: end))]
    kind = self.tokens[0].kind
  }

  // MARK: Looking

  var token: Token { tokens[index] }

  /// The first byte of the next token: where a node that begins now begins.
  var start: Int { tokens[index].range.lower }

  /// The end of the token that was read last: where a node that ends now ends.
  var previousEnd: Int { index > 0 ? tokens[index - 1].range.upper : tokens[0].range.lower }

  func range(from start: Int) -> ByteRange { ByteRange(start, previousEnd) }

  func peek(_ distance: Int) -> TokenKind {
    index + distance < tokens.count ? tokens[index + distance].kind : .endOfInput
  }

  func text(_ range: ByteRange) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range.lower..<range.upper]), as: UTF8.self)
  }

  // MARK: Moving

  @inline(__always)
  @discardableResult
  mutating func advance() -> Token {
    let current = tokens[index]
    guard kind != .endOfInput else { return current }
    index += 1
    kind = tokens[index].kind
    expected = KindSet()
    return current
  }

  @inline(__always)
  mutating func at(_ wanted: TokenKind) -> Bool {
    expected.insert(wanted)
    return kind == wanted
  }

  @inline(__always)
  mutating func accept(_ wanted: TokenKind) -> Bool {
    guard at(wanted) else { return false }
    advance()
    return true
  }

  /// Two keywords in a row; takes both or none.
  mutating func accept(_ first: TokenKind, _ second: TokenKind) -> Bool {
    guard at(first), peek(1) == second else { return false }
    advance()
    advance()
    return true
  }

  @discardableResult
  mutating func expect(_ wanted: TokenKind) throws(SyntaxFailure) -> Token {
    guard at(wanted) else { throw fail(.token(wanted)) }
    return advance()
  }

  // MARK: Failing

  /// Reports that something else should stand at this token; the caller throws what comes back.
  mutating func fail(_ expectation: Expectation) -> SyntaxFailure {
    report(unexpected(expectation))
    return SyntaxFailure()
  }

  mutating func fail(_ diagnostic: SyntaxDiagnostic) -> SyntaxFailure {
    report(diagnostic)
    return SyntaxFailure()
  }

  mutating func report(_ diagnostic: SyntaxDiagnostic) {
    diagnostics.append(diagnostic.rendered(path: path))
  }

  mutating func use(_ feature: SyntaxFeature, at range: ByteRange) {
    features.append(UsedFeature(feature, range: range))
  }

  // MARK: Lists

  /// `element , element , …`: one or more.
  mutating func commaSeparated<Element>(
    _ element: (inout Parser) throws(SyntaxFailure) -> Element
  ) throws(SyntaxFailure) -> [Element] {
    var elements = [try element(&self)]
    while accept(.comma) { elements.append(try element(&self)) }
    return elements
  }
}
