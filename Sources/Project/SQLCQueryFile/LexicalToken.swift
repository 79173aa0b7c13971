// Just enough lexing to tell comments from strings. Reading SQL is the parser's business; finding where one query ends
// and the next begins must not depend on either being right.

package import SQLCDiagnostics

/// A piece of text that is not white space.
package struct LexicalToken: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case lineComment, blockComment
    /// A string or a quoted identifier: `'…'`, `"…"`, `` `…` ``, `[…]`.
    case quoted
    case semicolon
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
    case .quoted, .semicolon, .word, .other: false
    }
  }
}

/// The tokens of a whole file, in order. Every input has some: what cannot be lexed is `.other`.
///
/// A quote that is never closed would swallow the rest of the file, all later queries included; it is taken to end before
/// the next line that is a query's annotation, so that one slip costs one query.
package func lexicalTokens(of source: SourceFile) -> [LexicalToken] {
  var text = source.text
  return text.withUTF8 { bytes in
    var scanner = LexicalScanner(bytes: bytes)
    var tokens: [LexicalToken] = []
    while let token = scanner.next() { tokens.append(token) }
    return tokens
  }
}

private struct LexicalScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset = 0
  var isLineStart = true

  mutating func next() -> LexicalToken? {
    while offset < bytes.count, isSpace(bytes[offset]) {
      if bytes[offset] == newline { isLineStart = true }
      offset += 1
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
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      offset = endOfQuoted(from: offset, close: byte)
      return .quoted
    case UInt8(ascii: "["):
      offset = endOfQuoted(from: offset, close: UInt8(ascii: "]"))
      return .quoted
    case UInt8(ascii: ";"):
      offset += 1
      return .semicolon
    default:
      guard isWord(byte) else {
        offset += 1
        return .other
      }
      while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
      return .word
    }
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
  private func endOfBlockComment(from start: Int) -> Int {
    var end = start
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") { return end + 2 }
      end += 1
    }
    return bytes.count
  }

  /// A doubled closing quote stands for itself, except in brackets.
  private func endOfQuoted(from start: Int, close: UInt8) -> Int {
    var end = start + 1
    while end < bytes.count {
      if bytes[end] == close {
        guard close != UInt8(ascii: "]"), end + 1 < bytes.count, bytes[end + 1] == close else { return end + 1 }
        end += 1
      }
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
      if let comment = String(validating: bytes[line..<end], as: UTF8.self),
        case .annotation = readAnnotation(comment)
      {
        return gap
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

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
    true
  default: false
  }
}
