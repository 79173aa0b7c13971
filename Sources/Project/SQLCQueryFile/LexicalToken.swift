// Just enough lexing to tell comments from strings. Reading SQL is the parser's business; finding where one query ends
// and the next begins must not depend on either being right.

package import SQLCDiagnostics
package import SQLCEngine

/// A piece of text that is not white space.
package struct LexicalToken: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case lineComment, blockComment
    /// A string or a quoted name: `'…'`, `"…"`, and what else the dialect has.
    case quoted
    case semicolon
    case openParenthesis, closeParenthesis
    case word
    case other
  }
  package var kind: Kind
  package var range: ByteRange
  /// Only white space stands before it on its line.
  package var startsLine: Bool

  package var isComment: Bool {
    switch kind {
    case .lineComment, .blockComment: true
    case .quoted, .semicolon, .openParenthesis, .closeParenthesis, .word, .other: false
    }
  }
}

/// The tokens of a whole file, in order. Every input has some: what cannot be lexed is `.other`.
///
/// A quote that is never closed would swallow the rest of the file, all later queries included; it is taken to end before
/// the next line that is a query's annotation, so that one mistake costs one query.
package func lexicalTokens(of source: SourceFile, rules: LexicalRules) -> [LexicalToken] {
  var text = source.text
  return text.withUTF8 { bytes in
    var scanner = LexicalScanner(bytes: bytes, rules: rules)
    var tokens: [LexicalToken] = []
    while let token = scanner.next() { tokens.append(token) }
    return tokens
  }
}

private struct LexicalScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let rules: LexicalRules
  /// By the byte that opens it.
  private let quotes: [UInt8: LexicalRules.Quote]
  var offset = 0
  var isLineStart = true

  init(bytes: UnsafeBufferPointer<UInt8>, rules: LexicalRules) {
    self.bytes = bytes
    self.rules = rules
    quotes = Dictionary(rules.quotes.map { ($0.open, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func next() -> LexicalToken? {
    while offset < bytes.count {
      if isSpace(bytes[offset]) {
        if bytes[offset] == newline { isLineStart = true }
        offset += 1
      } else if isByteOrderMark() {
        offset += 3
      } else {
        break
      }
    }
    guard offset < bytes.count else { return nil }
    let start = offset
    let kind = scan()
    let token = LexicalToken(kind: kind, range: ByteRange(start, offset), startsLine: isLineStart)
    isLineStart = false
    return token
  }

  private mutating func scan() -> LexicalToken.Kind {
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
      offset = endOfLine(from: offset)
      return .lineComment
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
      offset = endOfBlockComment(from: offset + 2)
      return .blockComment
    case UInt8(ascii: ";"):
      offset += 1
      return .semicolon
    case UInt8(ascii: "("):
      offset += 1
      return .openParenthesis
    case UInt8(ascii: ")"):
      offset += 1
      return .closeParenthesis
    case UInt8(ascii: "$") where rules.dollarQuotes == .present:
      guard let end = endOfDollarQuote(from: offset) else { return scanWord() }
      offset = end
      return .quoted
    case UInt8(ascii: "E"), UInt8(ascii: "e"):
      guard rules.escapeStrings == .present, peek(1) == UInt8(ascii: "'") else { return scanWord() }
      offset = endOfEscapeString(from: offset)
      return .quoted
    default:
      if isWord(byte) { return scanWord() }
      guard let quote = quotes[byte] else {
        offset += 1
        return .other
      }
      offset = endOfQuoted(from: offset, quote)
      return .quoted
    }
  }

  // SQLite, tokenize.c: a byte order mark is white space wherever a token could begin. Files of others begin with one.
  private func isByteOrderMark() -> Bool { bytes[offset] == 0xEF && peek(1) == 0xBB && peek(2) == 0xBF }

  private mutating func scanWord() -> LexicalToken.Kind {
    while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
    return .word
  }

  private func peek(_ distance: Int) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private func endOfLine(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != newline { end += 1 }
    if end > start, end <= bytes.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end
  }

  // SQLite, lang_comment.html: "If there is no terminating delimiter, the comment extends to the end of the input".
  // PostgreSQL, sql-syntax-lexical.html: "block comments nest, as specified in the SQL standard".
  private func endOfBlockComment(from start: Int) -> Int {
    var end = start
    var depth = 1
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") {
        depth -= 1
        if depth == 0 { return end + 2 }
        end += 1
      } else if rules.blockComments == .nested, bytes[end] == UInt8(ascii: "/"), bytes[end + 1] == UInt8(ascii: "*") {
        depth += 1
        end += 1
      }
      end += 1
    }
    return bytes.count
  }

  private func endOfQuoted(from start: Int, _ quote: LexicalRules.Quote) -> Int {
    var end = start + 1
    while end < bytes.count {
      if bytes[end] == quote.close {
        guard quote.escape == .doubled, end + 1 < bytes.count, bytes[end + 1] == quote.close else { return end + 1 }
        end += 1
      }
      end += 1
    }
    return endBeforeAnnotation(after: start) ?? bytes.count
  }

  /// `E'it\'s'`: a backslash takes the next character along; a doubled quote stands for one here too.
  private func endOfEscapeString(from start: Int) -> Int {
    let quote = UInt8(ascii: "'")
    var end = start + 2
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\\"): end += 2
      case quote:
        guard end + 1 < bytes.count, bytes[end + 1] == quote else { return end + 1 }
        end += 2
      default: end += 1
      }
    }
    return endBeforeAnnotation(after: start) ?? bytes.count
  }

  /// `$$…$$` or `$tag$…$tag$`; nothing when the dollar sign begins neither, as in `$1`.
  private func endOfDollarQuote(from start: Int) -> Int? {
    var tagEnd = start + 1
    while tagEnd < bytes.count, bytes[tagEnd] != UInt8(ascii: "$") {
      guard isWord(bytes[tagEnd]), tagEnd > start + 1 || !isDigit(bytes[tagEnd]) else { return nil }
      tagEnd += 1
    }
    guard tagEnd < bytes.count else { return nil }
    let tag = bytes[start...tagEnd]
    var end = tagEnd + 1
    while end + tag.count <= bytes.count {
      if bytes[end] == UInt8(ascii: "$"), bytes[end..<(end + tag.count)].elementsEqual(tag) { return end + tag.count }
      end += 1
    }
    return endBeforeAnnotation(after: start) ?? bytes.count
  }

  /// The end of the last line before the next annotation.
  private func endBeforeAnnotation(after start: Int) -> Int? {
    var line = endOfLine(from: start)
    while line < bytes.count {
      let gap = line
      while line < bytes.count, isSpace(bytes[line]) { line += 1 }
      let end = endOfLine(from: line)
      if let comment = String(validating: bytes[line..<end], as: UTF8.self) {
        if case .annotation = readAnnotation(comment) { return gap }
        if case .head = FragmentLine(comment) { return gap }
      }
      line = max(end, line + 1)
    }
    return nil
  }
}

private let newline = UInt8(ascii: "\n")

private func isSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
    true
  default: false
  }
}
