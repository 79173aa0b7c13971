// `-- sqlc:ignore unused-common-table: kept for the next release`: what is meant, and why.

package import SQLCDiagnostics
package import SQLCEngine

/// A comment that begins with `sqlc:ignore`: the rules that it names, its reason, and where it counts.
package struct Suppression: Sendable, Hashable {
  package struct RuleName: Sendable, Hashable {
    /// `binder/unused-common-table`, or its second half.
    package var text: String
    package var range: ByteRange
  }

  package var rules: [RuleName]
  /// What stands behind the names; may be empty.
  package var reason: String
  /// The statement that the comment stands in, above, or behind on the same line.
  package var scope: ByteRange
  package var comment: ByteRange
}

/// The suppressions of a file, in its order.
///
/// Names are separated by commas, and a colon ends them: `a, b: reason`. Without a colon the names end at the first word that
/// follows no comma and is no rule.
package func suppressions(
  of source: SourceFile, lexicalRules: LexicalRules, isRule: (String) -> Bool
) -> [Suppression] {
  guard source.text.contains(marker) else { return [] }
  let tokens = lexicalTokens(of: source, rules: lexicalRules)
  let statements = lexicalStatements(of: tokens[...], in: source, rules: lexicalRules).map(\.range)
  return tokens.filter(\.isComment).compactMap { comment in
    var words = wordRanges(in: comment.range, of: source)[...]
    guard let first = words.first, source.slice(first) == marker else { return nil }
    words.removeFirst()
    let rules = ruleNames(&words, in: source, isRule: isRule)
    let reason = words.first.map { String(source.slice(ByteRange($0.lower, words.last?.upper ?? $0.upper))) } ?? ""
    return Suppression(
      rules: rules, reason: reason, scope: scope(of: comment, among: statements, in: source), comment: comment.range)
  }
}

/// Does a line of a comment speak to the tool in this way? Such a line documents nothing.
func isSuppression(_ line: String) -> Bool { line.split(whereSeparator: \.isWhitespace).first == marker[...] }

private let marker = "sqlc:ignore"

private func ruleNames(
  _ words: inout ArraySlice<ByteRange>, in source: SourceFile, isRule: (String) -> Bool
) -> [Suppression.RuleName] {
  var names: [Suppression.RuleName] = []
  var isExpected = true
  while let word = words.first {
    var text = source.slice(word)
    let end = text.last
    while text.last == "," || text.last == ":" { text.removeLast() }
    let name = String(text)
    guard isExpected || isRule(name) else { break }
    words.removeFirst()
    if !name.isEmpty { names.append(.init(text: name, range: ByteRange(word.lower, word.lower + name.utf8.count))) }
    if end == ":" { break }
    isExpected = end == ","
  }
  return names
}

/// From the end of the statement before to the end of the statement that it is about.
private func scope(of comment: LexicalToken, among statements: [ByteRange], in source: SourceFile) -> ByteRange {
  let position = comment.range.lower
  var index = statements.firstIndex { $0.upper > position } ?? statements.count
  let isBehind =
    index > 0 && !comment.startsLine
    && lineBreaks(in: ByteRange(statements[index - 1].upper, position), of: source) == 0
    && !(index < statements.count && statements[index].lower < position)
  if isBehind { index -= 1 }
  let lower = index > 0 ? statements[index - 1].upper : 0
  return ByteRange(lower, index < statements.count ? statements[index].upper : source.text.utf8.count)
}

/// The words of a comment without what begins and ends it.
private func wordRanges(in comment: ByteRange, of source: SourceFile) -> [ByteRange] {
  let bytes = Array(source.slice(comment).utf8)
  let isBlock = bytes.starts(with: Array("/*".utf8))
  let end = isBlock && bytes.count >= 4 ? bytes.count - 2 : bytes.count
  var start = isBlock ? 2 : bytes.prefix { $0 == UInt8(ascii: "-") }.count
  var words: [ByteRange] = []
  while start < end {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    guard !isBlank(bytes[start]) else {
      start += 1
      continue
    }
    let length = bytes[start..<end].prefix { !isBlank($0) }.count
    words.append(ByteRange(comment.lower + start, comment.lower + start + length))
    start += length
  }
  return words
}
