// A statement that cannot be read, without the part that keeps it from being read: what editors show while it is typed.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A text with bytes blanked out, so that all others stand where they stood.
struct ReadableStatement {
  var source: SourceFile
  /// What was blanked out.
  var unread: [ByteRange]
}

/// The text with as few tokens as possible blanked out around each place where reading ends:
///
/// | text | read as |
/// |---|---|
/// | `SELECT id, FROM t` | `SELECT id  FROM t` |
/// | `SELECT id FROM t WHERE due =` | `SELECT id FROM t WHERE due  ` |
///
/// - Returns: nothing when that does not help.
func readablePart(of source: SourceFile, in range: ByteRange) -> ReadableStatement? {
  var text = ReadableStatement(source: source, unread: [])
  var reached = reading(text.source, in: range)
  while let place = reached {
    guard text.unread.count < 8,
      let next = attempts(at: place, in: text, range).lazy.map({ (text: $0, reached: reading($0.source, in: range)) })
        .first(where: { ($0.reached ?? .max) > place })
    else { return nil }
    (text, reached) = next
  }
  return text
}

/// Where reading ends; nothing when all is read.
private func reading(_ source: SourceFile, in range: ByteRange) -> Int? {
  parseScript(source, in: range, options: ParserOptions(allowsMacros: true, limits: .ofLibrary)).diagnostics
    .filter { $0.severity == .error }
    // Of one that breaks off the last token is shown.
    .map { $0.id == SyntaxRule.incompleteStatement.id ? range.upper : $0.primary.source.range.lower }.min()
}

/// The same text with a few tokens less before the place, or from there on: the fewer, the sooner. A keyword is where the text
/// goes on, a name or a value may be one too many.
private func attempts(
  at place: Int, in text: ReadableStatement, _ range: ByteRange
) -> [ReadableStatement] {
  let tokens = tokenize(text.source, in: range)
  let index = tokens.partitioningIndex { $0.range.lower >= place }
  let surplus: [TokenKind] = [.identifier, .quotedIdentifier, .string, .integer]
  let isSurplus = index < tokens.count && surplus.contains(tokens[index].kind)
  return (1...8).flatMap { count in
    let windows = [index - count..<index, index..<index + count]
    // The first word says what statement it is.
    return (isSurplus ? windows.reversed() : windows).filter { $0.lowerBound >= 1 && $0.upperBound <= tokens.count }
      .map { text.blanking(tokens[$0.lowerBound].range.union(tokens[$0.upperBound - 1].range)) }
  }
}

extension ReadableStatement {
  fileprivate func blanking(_ range: ByteRange) -> ReadableStatement {
    var bytes = Array(source.text.utf8)
    for offset in range.lower..<range.upper { bytes[offset] = 0x20 }
    return ReadableStatement(
      source: SourceFile(path: source.path, text: String(decoding: bytes, as: UTF8.self)), unread: unread + [range])
  }
}
