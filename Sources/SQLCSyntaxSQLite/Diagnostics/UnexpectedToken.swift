// How the parser words an error: what stands there, what should, and what was probably meant.

import SQLCDiagnostics

extension Parser {
  /// What there is to say when `expectation` was not met at this token.
  func unexpected(_ expectation: Expectation) -> SyntaxDiagnostic {
    if kind.isIllegal { return .illegalToken(found) }
    if kind == .endOfInput || kind == .semicolon {
      return .unexpectedEnd(at: endMark, expected: words(for: expectation))
    }
    if let misspelling = misspelledKeyword() { return misspelling }
    return .unexpectedToken(found, expected: words(for: expectation), fix: nil)
  }

  var found: FoundToken { describe(token) }

  func describe(_ token: Token) -> FoundToken {
    FoundToken(kind: token.kind, text: excerpt(token.range), range: token.range)
  }

  /// The text of a token, shortened when it is long.
  func excerpt(_ range: ByteRange) -> String {
    guard range.count > 40 else { return text(range) }
    var upper = range.lower + 37
    while upper > range.lower, bytes[upper] & 0xC0 == 0x80 { upper -= 1 }
    return text(ByteRange(range.lower, upper)) + "…"
  }

  /// The last token that was read, to underline when the statement stops behind it.
  private var endMark: ByteRange {
    guard index > 0 else { return token.range }
    return tokens[index - 1].range
  }

  /// The words for an expectation. At the end of a statement they name what could have gone on.
  private func words(for expectation: Expectation) -> String {
    guard expectation == .endOfStatement else { return expectation.words }
    let candidates = expected.kinds.filter { $0 == .comma || ($0.isKeyword && $0 != .indexed) }
    guard !candidates.isEmpty, candidates.count <= 6 else { return expectation.words }
    return listed(candidates.map(\.inWords) + ["the end of the statement"])
  }

  /// A keyword that was asked for and is nearly what stands here, or nearly the name that was just read (`t WEHRE id`
  /// reads `WEHRE` as an alias, and stumbles over `id`).
  private func misspelledKeyword() -> SyntaxDiagnostic? {
    if kind == .identifier, let keyword = nearestKeyword(to: text(token.range), among: expected) {
      return .misspelledKeyword(found, keyword: keyword)
    }
    guard index > 0, tokens[index - 1].kind == .identifier else { return nil }
    let before = tokens[index - 1]
    guard let keyword = nearestKeyword(to: text(before.range), among: expectedBefore) else { return nil }
    return .misspelledKeyword(describe(before), keyword: keyword)
  }

  private func nearestKeyword(to word: String, among kinds: KindSet) -> TokenKind? {
    let word = word.asciiLowercased
    guard word.utf8.count >= 3 else { return nil }
    var best: (kind: TokenKind, distance: Int)?
    for (spelling, kind) in keywordSpellings where kinds.contains(kind) {
      let limit = spelling.utf8.count >= 5 ? 2 : 1
      let distance = editDistance(word, spelling.asciiLowercased, limit: limit)
      if distance <= limit, distance < best?.distance ?? .max { best = (kind, distance) }
    }
    return best?.kind
  }
}
