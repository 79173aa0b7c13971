// `-- sqlc:ignore dropped-table`: what a migration does on purpose.

public import SQLCDiagnostics
import SQLCQueryFile

/// A comment that begins with `sqlc:ignore`, and the rules that it names. What follows the names is for people.
public struct IgnoreDirective: Sendable, Hashable {
  public struct Rule: Sendable, Hashable {
    public var name: String
    public var range: ByteRange
  }

  public var rules: [Rule]
}

/// The directives of a file.
///
/// - Parameter isRule: tells rules from the words behind them. The first word, and one behind a comma, is taken for a rule in
///   any case.
public func ignoreDirectives(of source: SourceFile, isRule: (String) -> Bool) -> [IgnoreDirective] {
  guard source.text.contains("sqlc:ignore") else { return [] }
  return lexicalTokens(of: source).filter(\.isComment).compactMap { comment in
    var words = wordRanges(in: comment.range, of: source)
    guard let first = words.first, source.slice(first) == "sqlc:ignore" else { return nil }
    words.removeFirst()
    var rules: [IgnoreDirective.Rule] = []
    var isExpected = true
    for word in words {
      var text = source.slice(word)
      let isFollowed = text.last == ","
      while text.last == "," { text.removeLast() }
      let name = text.hasPrefix("migrate/") ? String(text.dropFirst("migrate/".count)) : String(text)
      guard isExpected || isRule(name) else { break }
      if !name.isEmpty {
        rules.append(.init(name: name, range: ByteRange(word.lower, word.lower + text.utf8.count)))
      }
      isExpected = isFollowed
    }
    return IgnoreDirective(rules: rules)
  }
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
