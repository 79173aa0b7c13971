// `sqlc.notnull` and `sqlc.nullable`, found before anything is analysed. An engine gets the statement without them, at the same
// places: what they say is no part of the SQL.

import SQLCDiagnostics
import SQLCModel

/// Reads the assertions of one query's body.
///
/// - Returns: nothing but diagnostics after a mistake.
func readAssertions(in tokens: ArraySlice<LexicalToken>, of source: SourceFile) -> Diagnosed<[AssertedResult]> {
  var reader = AssertionReader(source: source, tokens: tokens.filter { !$0.isComment })
  reader.read()
  return Diagnosed(reader.diagnostics.isEmpty ? reader.found : [], reader.diagnostics)
}

/// The text without the assertions' own words; line breaks stay. What stands before an expression becomes a comment, so that it
/// leaves no row of blanks.
func withoutAssertions(_ source: SourceFile, _ assertions: [AssertedResult]) -> SourceFile {
  guard !assertions.isEmpty else { return source }
  var bytes = Array(source.text.utf8)
  for assertion in assertions {
    for offset in assertion.range.lower..<assertion.range.upper
    where !(assertion.expression.lower..<assertion.expression.upper).contains(offset) && bytes[offset] != 0x0A {
      bytes[offset] = 0x20
    }
  }
  for assertion in assertions {
    let (start, end) = (assertion.range.lower, assertion.expression.lower)
    for (offset, byte) in [(start, 0x2F), (start + 1, 0x2A), (end - 2, 0x2A), (end - 1, 0x2F)] as [(Int, UInt8)] {
      bytes[offset] = byte
    }
  }
  return SourceFile(path: source.path, text: String(decoding: bytes, as: UTF8.self))
}

private struct AssertionReader {
  let source: SourceFile
  let tokens: [LexicalToken]
  var found: [AssertedResult] = []
  var diagnostics: [Diagnostic] = []

  init(source: SourceFile, tokens: [LexicalToken]) {
    self.source = source
    self.tokens = tokens
  }

  mutating func read() {
    var index = 0
    while index < tokens.count {
      guard let claim = claim(at: index) else {
        index += 1
        continue
      }
      index = read(claim, at: index)
    }
  }

  private func claim(at index: Int) -> AssertedResult.Claim? {
    guard index + 3 < tokens.count, word(index) == "sqlc", symbol(index + 1) == ".",
      tokens[index + 3].kind == .openParenthesis
    else { return nil }
    return word(index + 2).flatMap(AssertedResult.Claim.init(rawValue:))
  }

  /// - Returns: where to go on.
  private mutating func read(_ claim: AssertedResult.Claim, at index: Int) -> Int {
    let head = ByteRange(tokens[index].range.lower, tokens[index + 2].range.upper)
    var depth = 0
    var past = index + 3
    var commas = 0
    repeat {
      if tokens[past].kind == .openParenthesis { depth += 1 }
      if tokens[past].kind == .closeParenthesis { depth -= 1 }
      if depth == 1, symbol(past) == "," { commas += 1 }
      if depth > 0, past > index + 3, self.claim(at: past) != nil { commas += 1 }
      past += 1
    } while depth > 0 && past < tokens.count
    guard depth == 0, past > index + 5, commas == 0 else {
      report(.malformedAssertion(claim), head)
      return past
    }
    guard beginsColumn(after: index - 1), endsColumn(at: past) else {
      report(.misplacedAssertion(claim), head)
      return past
    }
    found.append(
      AssertedResult(
        claim, range: ByteRange(tokens[index].range.lower, tokens[past - 1].range.upper),
        expression: ByteRange(tokens[index + 4].range.lower, tokens[past - 2].range.upper)))
    return past
  }

  private func beginsColumn(after index: Int) -> Bool {
    guard index >= 0 else { return false }
    if tokens[index].kind == .closeParenthesis { return endsDistinctOn(index) }
    return symbol(index) == "," || ["select", "distinct", "all", "returning"].contains(word(index) ?? "")
  }

  /// PostgreSQL's `DISTINCT ON (…)`.
  private func endsDistinctOn(_ close: Int) -> Bool {
    var depth = 0
    var index = close
    while index >= 2 {
      if tokens[index].kind == .closeParenthesis { depth += 1 }
      if tokens[index].kind == .openParenthesis { depth -= 1 }
      if depth == 0 { return word(index - 1) == "on" && word(index - 2) == "distinct" }
      index -= 1
    }
    return false
  }

  /// Nothing goes on that could belong to the expression: what follows is a name, a comma, or the next clause.
  private func endsColumn(at index: Int) -> Bool {
    guard index < tokens.count else { return true }
    switch tokens[index].kind {
    case .semicolon, .closeParenthesis, .quoted: return true
    case .word: return !Self.operators.contains(word(index) ?? "")
    case .other: return symbol(index) == ","
    case .openParenthesis, .lineComment, .blockComment: return false
    }
  }

  private static let operators: Set<String> = [
    "and", "at", "between", "collate", "escape", "filter", "glob", "ilike", "in", "is", "isnull", "like", "match",
    "not",
    "notnull", "operator", "or", "over", "overlaps", "regexp", "similar", "within",
  ]

  private func word(_ index: Int) -> String? {
    tokens[index].kind == .word ? source.slice(tokens[index].range).lowercased() : nil
  }

  private func symbol(_ index: Int) -> String? {
    tokens[index].kind == .other ? String(source.slice(tokens[index].range)) : nil
  }

  private mutating func report(_ diagnostic: QueryFileDiagnostic, _ range: ByteRange) {
    diagnostics.append(diagnostic.at(range, in: source))
  }
}
