// FILTER, OVER and WINDOW are keywords only in company (tokenize.c, "The following three functions are called
// immediately after the tokenizer reads the keywords WINDOW, OVER and FILTER").

/// Turns FILTER, OVER and WINDOW into identifiers where they are not keywords.
///
/// | word   | keyword when                                              |
/// |--------|-----------------------------------------------------------|
/// | WINDOW | a name and AS follow                                      |
/// | OVER   | `)` stands before it, and `(` or a name follows           |
/// | FILTER | `)` stands before it, and `(` follows                     |
func settleWindowWords(_ tokens: inout [Token]) {
  for index in tokens.indices {
    let previous = index > 0 ? tokens[index - 1].kind : .endOfInput
    let next = index + 1 < tokens.count ? tokens[index + 1].kind : .endOfInput
    let isKeyword: Bool
    switch tokens[index].kind {
    case .window:
      isKeyword = next.countsAsName && index + 2 < tokens.count && tokens[index + 2].kind == .as
    case .over:
      isKeyword = previous == .rightParen && (next == .leftParen || next.countsAsName)
    case .filter:
      isKeyword = previous == .rightParen && next == .leftParen
    default:
      continue
    }
    if !isKeyword { tokens[index].kind = .identifier }
  }
}

extension TokenKind {
  /// tokenize.c, `getToken`: what the look-ahead for these three words takes for a name.
  fileprivate var countsAsName: Bool {
    isIdentifierOrString || isJoinKeyword || self == .window || self == .over
  }
}
