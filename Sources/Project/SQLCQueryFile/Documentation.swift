// From the comments around an annotation to the documentation of a method.

package import SQLCDiagnostics
import SQLCModel

/// The text of comments: marks, common indentation, rulers (`-------`) and lines that speak to tools removed.
///
/// Lines that begin with `@` are sqlc's: `@param name text` becomes a documented parameter; `@sqlc-vet-disable` says which
/// lint rules to skip and is read by those, so it is no documentation.
package func documentation(of comments: [LexicalToken], in source: SourceFile) -> [String] {
  var lines: [String] = []
  var previousEnd: Int?
  for comment in comments {
    if let end = previousEnd, lineBreaks(in: ByteRange(end, comment.range.lower), of: source) > 1 { lines.append("") }
    previousEnd = comment.range.upper
    lines += textLines(of: comment, in: source)
  }
  return trimmed(withoutCommonIndentation(lines.compactMap(documentationLine)))
}

/// How many lines end within the range.
package func lineBreaks(in range: ByteRange, of source: SourceFile) -> Int {
  source.slice(range).utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
}

/// What a block comment says under its first line, which is an annotation.
func documentation(underAnnotationIn comment: LexicalToken, in source: SourceFile) -> [String] {
  guard comment.kind == .blockComment else { return [] }
  let lines = textLines(ofBlock: source.slice(comment.range)).dropFirst()
  return trimmed(withoutCommonIndentation(lines.compactMap(documentationLine)))
}

/// The lines of a comment without their marks.
func textLines(of comment: LexicalToken, in source: SourceFile) -> [String] {
  let text = source.slice(comment.range)
  guard comment.kind == .blockComment else { return [withoutTrailingSpace(text.drop { $0 == "-" })] }
  return textLines(ofBlock: text)
}

private func textLines(ofBlock text: Substring) -> [String] {
  var body = text.dropFirst(2)
  if body.hasSuffix("*/") { body = body.dropLast(2) }
  let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    .flatMap { $0.split(separator: "\r\n", omittingEmptySubsequences: false) }
  return lines.enumerated().map { index, line in
    // A star that leads a line is decoration, as in this style of comments everywhere.
    let content = line.drop { $0 == " " || $0 == "\t" }
    if content.first == "*" { return withoutTrailingSpace(content.drop { $0 == "*" }) }
    return withoutTrailingSpace(index == 0 ? Substring(line) : line)
  }
}

private func documentationLine(_ line: String) -> String? {
  let words = line.split(whereSeparator: \.isWhitespace)
  guard let first = words.first else { return line }
  if first == "@param", words.count > 1 {
    let name = words[1].drop { "$@:".contains($0) }
    return " - Parameter \(name)" + (words.count > 2 ? ": " + words.dropFirst(2).joined(separator: " ") : "")
  }
  if first.hasPrefix("@sqlc") || first == "@param" || RowLine(line) != nil || isSuppression(line) { return nil }
  let isRuler = line.count > 2 && line.allSatisfy { "-=*#~_+ \t".contains($0) }
  return isRuler ? nil : line
}

private func withoutTrailingSpace(_ text: some StringProtocol) -> String {
  var result = Substring(text)
  while let last = result.last, last.isWhitespace { result.removeLast() }
  return String(result)
}

private func withoutCommonIndentation(_ lines: [String]) -> [String] {
  func indentation(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
  let common = lines.filter { !$0.isEmpty }.map(indentation).min() ?? 0
  return lines.map { String($0.dropFirst(common)) }
}

private func trimmed(_ lines: [String]) -> [String] {
  var result = lines[...]
  while result.first?.isEmpty == true { result.removeFirst() }
  while result.last?.isEmpty == true { result.removeLast() }
  return Array(result)
}
