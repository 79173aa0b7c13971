// `-- sqlc:ignore unused-common-table: kept for the next release`: what is meant, and why.

package import SQLCDiagnostics
package import SQLCEngine

/// A line of a comment that begins with `sqlc:ignore`: the rules that it names, its reason, and where it counts.
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
/// The marker is read in any case, and so are the names. Names are separated by commas, and a colon ends them: `a, b: reason`. Without a colon the names end at the first word that
/// follows no comma and is no rule.
package func suppressions(
  of source: SourceFile, lexicalRules: LexicalRules, isRule: (String) -> Bool
) -> [Suppression] {
  guard mentionsMarker(source.text) else { return [] }
  let tokens = lexicalTokens(of: source, rules: lexicalRules)
  let statements = lexicalStatements(of: tokens[...], in: source, rules: lexicalRules).map(\.range)
  return tokens.filter(\.isComment).flatMap { comment in
    directives(in: wordRanges(in: comment.range, of: source), of: source).map { directive in
      var words = directive.dropFirst()
      // `sqlc:ignore: why` names nothing.
      let rules = source.slice(directive[0]).hasSuffix(":") ? [] : ruleNames(&words, in: source, isRule: isRule)
      let reason = words.first.map { String(source.slice(ByteRange($0.lower, words.last?.upper ?? $0.upper))) } ?? ""
      return Suppression(
        rules: rules, reason: reason, scope: scope(of: comment, among: statements, in: source),
        comment: ByteRange(directive[0].lower, directive[directive.count - 1].upper))
    }
  }
}

/// Does a line of a comment speak to the tool in this way? Such a line documents nothing.
func isSuppression(_ line: String) -> Bool { line.split(whereSeparator: \.isWhitespace).first.map(isMarker) ?? false }

private let marker = "sqlc:ignore"

private func mentionsMarker(_ text: String) -> Bool {
  let bytes = text.utf8
  return bytes.contains(UInt8(ascii: ":")) && (text.contains(marker) || text.lowercased().contains(marker))
}

/// In any case, and with a colon where the names are missing.
private func isMarker(_ word: Substring) -> Bool {
  var word = word.lowercased()
  while word.last == ":" { word.removeLast() }
  return word == marker
}

/// The words of each line that begins with the marker, and of those under it up to the next such line.
private func directives(in lines: [[ByteRange]], of source: SourceFile) -> [[ByteRange]] {
  var result: [[ByteRange]] = []
  for line in lines {
    guard let first = line.first else { continue }
    if isMarker(source.slice(first)) {
      result.append(line)
    } else if !result.isEmpty {
      result[result.count - 1] += line
    }
  }
  return result
}

private func ruleNames(
  _ words: inout ArraySlice<ByteRange>, in source: SourceFile, isRule: (String) -> Bool
) -> [Suppression.RuleName] {
  var names: [Suppression.RuleName] = []
  var isExpected = true
  while let word = words.first {
    var text = source.slice(word)
    let end = text.last
    while text.last == "," || text.last == ":" { text.removeLast() }
    let name = text.lowercased()
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
  /// Nothing but comments follows on its line.
  func endsLine() -> Bool {
    guard index < statements.count else { return true }
    return statements[index].lower > position
      && lineBreaks(in: ByteRange(comment.range.upper, statements[index].lower), of: source) > 0
  }
  let isBehind =
    index > 0 && !comment.startsLine
    && lineBreaks(in: ByteRange(statements[index - 1].upper, position), of: source) == 0 && endsLine()
  if isBehind { index -= 1 }
  let lower = index > 0 ? statements[index - 1].upper : 0
  return ByteRange(lower, index < statements.count ? statements[index].upper : source.text.utf8.count)
}

/// The words of each line of a comment, without what begins and ends it and the stars that lead its lines.
private func wordRanges(in comment: ByteRange, of source: SourceFile) -> [[ByteRange]] {
  let bytes = Array(source.slice(comment).utf8)
  let isBlock = bytes.starts(with: Array("/*".utf8))
  let end = isBlock && bytes.count >= 4 ? bytes.count - 2 : bytes.count
  var start = isBlock ? 2 : bytes.prefix { $0 == UInt8(ascii: "-") }.count
  var lines: [[ByteRange]] = [[]]
  while start < end {
    switch bytes[start] {
    case 0x0A, 0x0D:
      lines.append([])
      start += 1
    case 0x20, 0x09, 0x0B, 0x0C: start += 1
    case UInt8(ascii: "*") where isBlock && lines[lines.count - 1].isEmpty: start += 1
    default:
      let length = bytes[start..<end].prefix { !($0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D)) }.count
      lines[lines.count - 1].append(ByteRange(comment.lower + start, comment.lower + start + length))
      start += length
    }
  }
  return lines
}
