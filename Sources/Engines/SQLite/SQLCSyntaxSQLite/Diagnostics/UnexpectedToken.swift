// How the parser words an error: what stands there, what should, and what was probably meant.

import SQLCDiagnostics

extension Parser {
  /// What there is to say when `expectation` was not met at this token.
  mutating func unexpected(_ expectation: Expectation) -> SyntaxDiagnostic {
    for kind in expectation.kinds { expected.insert(kind) }
    let hint = dialectHint(expectation)
    if kind.isIllegal { return .illegalToken(found, note: hint?.note) }
    if kind == .endOfInput || kind == .semicolon { return unexpectedEnd(expectation) }
    if expectation == .statement, let hint { return .foreignStatement(found, note: hint.note) }
    if let late = lateClause(expectation) { return late }
    if hint == nil, let guess = misspelledKeyword() ?? misspelledOperator() { return guess }
    return .unexpectedToken(
      found, expected: words(for: expectation),
      fix: hint == nil
        ? superfluousComma() ?? keywordAsName(expectation) ?? missingKeyword(expectation) ?? missingComma()
        : fix(of: hint),
      note: hint?.note)
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

  /// The statement stops: inside a parenthesis, or behind the token that was read last.
  private func unexpectedEnd(_ expectation: Expectation) -> SyntaxDiagnostic {
    if expectation == .commaOrClosingParenthesis || expectation == .token(.rightParen),
      let opening = innermostOpenParenthesis()
    {
      return .unclosedParenthesis(at: opening)
    }
    let last = index > 0 && tokens[index - 1].kind != .semicolon ? tokens[index - 1].range : token.range
    return .unexpectedEnd(at: last, expected: words(for: expectation))
  }

  private func innermostOpenParenthesis() -> ByteRange? {
    var depth = 0
    var candidate = index - 1
    while candidate >= 0, tokens[candidate].kind != .semicolon {
      switch tokens[candidate].kind {
      case .rightParen: depth += 1
      case .leftParen where depth == 0: return tokens[candidate].range
      case .leftParen: depth -= 1
      default: break
      }
      candidate -= 1
    }
    return nil
  }

  /// The words for an expectation. Behind a statement that could be complete, they name the clauses that could follow.
  private func words(for expectation: Expectation) -> String {
    guard expectation == .endOfStatement else { return expectation.words }
    let clauses: [TokenKind] = [
      .comma, .join, .from, .set, .where, .group, .having, .window, .returning, .order, .limit, .offset,
    ]
    let possible = clauses.filter(expected.contains).prefix(5).map(\.inWords)
    return listed(possible + ["the end of the statement"])
  }
}

// MARK: Guesses

extension Parser {
  /// Clauses and joins: what a name without AS in front of an error was perhaps meant to be.
  private static let clauseKeywords: KindSet = {
    var set = KindSet()
    let kinds: [TokenKind] = [
      .from, .where, .group, .having, .window, .order, .limit, .offset, .union, .intersect, .except, .join, .left,
      .right, .full, .inner, .cross, .natural, .on, .using, .set, .values, .returning, .collate, .between, .like,
    ]
    for kind in kinds { set.insert(kind) }
    return set
  }()

  /// A keyword that was asked for and is nearly what stands here, or nearly the alias that was just read (in
  /// `t WEHRE id = 1` the word is an alias, and the error comes at `id`).
  private func misspelledKeyword() -> SyntaxDiagnostic? {
    if kind == .identifier, let keyword = nearestKeyword(to: token, among: expected) {
      return .misspelledKeyword(found, keyword: keyword)
    }
    guard index > 0, bareAlias == index - 1 else { return nil }
    let alias = tokens[index - 1]
    guard let keyword = nearestKeyword(to: alias, among: Self.clauseKeywords) else { return nil }
    return .misspelledKeyword(describe(alias), keyword: keyword)
  }

  private func nearestKeyword(to token: Token, among kinds: KindSet) -> TokenKind? {
    guard token.range.count >= 3, token.range.count <= PackedWord.maximumLength + 2 else { return nil }
    let word = text(token.range).asciiLowercased
    var best: (kind: TokenKind, distance: Int)?
    for (spelling, kind) in keywordSpellings where kinds.contains(kind) {
      let limit = spelling.utf8.count >= 6 ? 2 : 1
      let distance = editDistance(word.utf8, spelling.asciiLowercased.utf8)
      if distance <= limit, distance < best?.distance ?? .max { best = (kind, distance) }
    }
    return best?.kind
  }

  /// Two signs that are one operator in another language, or the other way around: `=<`, `=>`, `><`, `&&`.
  private func misspelledOperator() -> SyntaxDiagnostic? {
    guard index > 0, tokens[index - 1].range.upper == token.range.lower else { return nil }
    let meant: String
    switch (tokens[index - 1].kind, kind) {
    case (.equal, .less): meant = "<="
    case (.equal, .greater): meant = ">="
    case (.greater, .less): meant = "<>"
    case (.equal, .equal): meant = "="
    case (.notEqual, .equal): meant = "<>"
    case (.ampersand, .ampersand): meant = " AND "
    default: return nil
    }
    let range = tokens[index - 1].range.union(token.range)
    return .misspelledOperator(text: text(range), meant: meant, at: range)
  }

  /// `a, )` or `a, FROM`: the comma is one too many.
  private func superfluousComma() -> SyntaxFix? {
    guard index > 0, tokens[index - 1].kind == .comma else { return nil }
    guard kind == .rightParen || Self.clauseKeywords.contains(kind) else { return nil }
    return SyntaxFix(
      message: "remove ','", applicability: .unsafe, range: tokens[index - 1].range, replacement: "")
  }

  /// A keyword where a name should stand is one when it is quoted.
  private func keywordAsName(_ expectation: Expectation) -> SyntaxFix? {
    guard kind.isKeyword, !kind.isName, expectation.isName, !startsStatementSurely else { return nil }
    guard !Self.clauseKeywords.contains(kind) || kind == .order || kind == .group else { return nil }
    let word = text(token.range)
    return SyntaxFix(
      message: "quote '\(word)' to use it as a name", applicability: .unsafe, range: token.range,
      replacement: "\"\(word)\"")
  }

  /// The one keyword that is missing: `DELETE t`, `ORDER a`, `PRIMARY,`.
  private func missingKeyword(_ expectation: Expectation) -> SyntaxFix? {
    guard index > 0, case .token(let keyword) = expectation, let spelling = keyword.spelling else { return nil }
    switch keyword {
    case .into, .from, .by, .key, .on, .as, .set, .to, .exists: break
    default: return nil
    }
    // Where a clause begins, more than the keyword is missing.
    guard !Self.clauseKeywords.contains(kind) else { return nil }
    return SyntaxFix(
      message: "insert \(spelling)", applicability: .unsafe, range: ByteRange(at: tokens[index - 1].range.upper),
      replacement: " \(spelling)")
  }

  /// A clause behind one that must follow it: `LIMIT 1 WHERE a`.
  private func lateClause(_ expectation: Expectation) -> SyntaxDiagnostic? {
    guard expectation == .endOfStatement, let place = Self.clauseOrder.firstIndex(of: kind) else { return nil }
    var depth = 0
    var candidate = index - 1
    while candidate >= 0, tokens[candidate].kind != .semicolon, depth >= 0 {
      let earlier = tokens[candidate].kind
      if earlier == .rightParen { depth += 1 }
      if earlier == .leftParen { depth -= 1 }
      if depth == 0, earlier == .select || earlier == .update || earlier == .delete { return nil }
      if depth == 0, let order = Self.clauseOrder.firstIndex(of: earlier), order > place {
        let here = tokens[index].kind.inWords
        return .lateClause(found, note: "\(here) stands before \(earlier.inWords)\(earlier == .order ? " BY" : "")")
      }
      candidate -= 1
    }
    return nil
  }

  /// The order in which the clauses of a SELECT stand (lang_select.html).
  private static let clauseOrder: [TokenKind] = [.from, .where, .group, .having, .window, .order, .limit]

  /// Another element stands here where a comma was possible.
  private func missingComma() -> SyntaxFix? {
    guard expected.contains(.comma), index > 0, tokens[index - 1].kind != .comma else { return nil }
    guard kind.isName || kind.isTerm || kind == .parameter || kind == .leftParen else { return nil }
    return SyntaxFix(
      message: "insert ','", applicability: .unsafe, range: ByteRange(at: tokens[index - 1].range.upper),
      replacement: ",")
  }
}

extension Expectation {
  /// The kinds of token it names.
  fileprivate var kinds: [TokenKind] {
    switch self {
    case .token(let kind): [kind]
    case .anyOf(let kinds): kinds
    case .commaOrClosingParenthesis: [.comma, .rightParen]
    default: []
    }
  }

  fileprivate var isName: Bool {
    switch self {
    case .name, .columnDefinition, .tableSource: true
    default: false
    }
  }
}
