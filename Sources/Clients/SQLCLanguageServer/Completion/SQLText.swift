// SQL cut into words, for what must work on unfinished text: no grammar is asked of it.

import SQLCDiagnostics
import SQLCEngine

/// The tokens of a text in the dialect of its engine.
struct SQLText {
  enum Kind: Hashable {
    /// An unquoted name or keyword.
    case word
    case quotedName, string, number
    /// `@id`, `:id`, `$1`, `?`, `?2`
    case parameter
    case symbol(UInt8)
  }

  struct Token {
    var kind: Kind
    var range: ByteRange
  }

  let source: SourceFile
  private(set) var tokens: [Token] = []
  private(set) var comments: [ByteRange] = []
  /// Where `-- name:` stands: what comes behind it is another statement.
  private(set) var annotations: [Int] = []

  init(_ source: SourceFile, _ rules: LexicalRules) {
    self.source = source
    var text = source.text
    text.withUTF8 { cut($0, rules) }
  }

  private mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, _ rules: LexicalRules) {
    let nested = rules.blockComments == .nested
    var at = 0
    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    while at < bytes.count {
      let start = at
      let first = bytes[at]
      switch first {
      case 0x20, 0x09, 0x0A, 0x0D, 0x0C: at += 1
      case UInt8(ascii: "-") where byte(at + 1) == UInt8(ascii: "-"):
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
        comments.append(ByteRange(start, at))
        if Self.isAnnotation(bytes[start..<at]) { annotations.append(start) }
      case UInt8(ascii: "/") where byte(at + 1) == UInt8(ascii: "*"):
        var depth = 1
        at += 2
        while at < bytes.count, depth > 0 {
          if bytes[at] == UInt8(ascii: "*"), byte(at + 1) == UInt8(ascii: "/") {
            depth -= 1
            at += 2
          } else if nested, bytes[at] == UInt8(ascii: "/"), byte(at + 1) == UInt8(ascii: "*") {
            depth += 1
            at += 2
          } else {
            at += 1
          }
        }
        comments.append(ByteRange(start, at))
      case UInt8(ascii: "$") where rules.dollarQuotes == .present && Self.dollarQuote(bytes[start...]) != nil:
        let mark = Self.dollarQuote(bytes[start...]) ?? 0
        at += mark
        while at < bytes.count, !bytes[at...].starts(with: bytes[start..<(start + mark)]) { at += 1 }
        at = min(at + mark, bytes.count)
        tokens.append(Token(kind: .string, range: ByteRange(start, at)))
      case UInt8(ascii: "e") where rules.escapeStrings == .present && byte(at + 1) == UInt8(ascii: "'"),
        UInt8(ascii: "E") where rules.escapeStrings == .present && byte(at + 1) == UInt8(ascii: "'"):
        at += 2
        while at < bytes.count, bytes[at] != UInt8(ascii: "'") || byte(at + 1) == UInt8(ascii: "'") {
          at += bytes[at] == UInt8(ascii: "\\") || bytes[at] == UInt8(ascii: "'") ? 2 : 1
        }
        at = min(at + 1, bytes.count)
        tokens.append(Token(kind: .string, range: ByteRange(start, at)))
      case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "$"), UInt8(ascii: "?"):
        at += 1
        // `::` is PostgreSQL's cast.
        if first == UInt8(ascii: ":"), byte(at) == first {
          at += 1
          tokens.append(Token(kind: .symbol(first), range: ByteRange(start, at)))
          continue
        }
        while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
        tokens.append(Token(kind: .parameter, range: ByteRange(start, at)))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        while at < bytes.count, Self.isWord(bytes[at]) || bytes[at] == UInt8(ascii: ".") { at += 1 }
        tokens.append(Token(kind: .number, range: ByteRange(start, at)))
      case _ where Self.isWord(first):
        while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
        tokens.append(Token(kind: .word, range: ByteRange(start, at)))
      default:
        at += 1
        guard let quote = rules.quotes.first(where: { $0.open == first }) else {
          tokens.append(Token(kind: .symbol(first), range: ByteRange(start, at)))
          continue
        }
        while at < bytes.count {
          if bytes[at] == quote.close {
            if quote.escape == .doubled, byte(at + 1) == quote.close {
              at += 2
              continue
            }
            break
          }
          at += 1
        }
        at = min(at + 1, bytes.count)
        tokens.append(
          Token(kind: first == UInt8(ascii: "'") ? .string : .quotedName, range: ByteRange(start, at)))
      }
    }
  }

  /// How long `$$` or `$tag$` is, where that stands at the beginning.
  private static func dollarQuote(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let tag = bytes.dropFirst().prefix(while: isWord)
    guard tag.first.map({ !(0x30...0x39).contains($0) }) ?? true, tag.endIndex < bytes.endIndex,
      bytes[tag.endIndex] == UInt8(ascii: "$")
    else { return nil }
    return tag.count + 2
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func isAnnotation(_ comment: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let text = comment.dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }
    return text.starts(with: "name:".utf8)
  }

  // MARK: Questions

  func text(of token: Token) -> Substring { source.slice(token.range) }

  /// A name without its quotes.
  func name(of token: Token) -> String {
    let text = text(of: token)
    guard token.kind == .quotedName, text.count >= 2 else { return String(text) }
    let inner = text.dropFirst().dropLast()
    guard let quote = text.last else { return String(inner) }
    return String(inner.replacing("\(quote)\(quote)", with: "\(quote)"))
  }

  /// In capitals; empty for what is no unquoted word.
  func keyword(_ token: Token) -> String { token.kind == .word ? text(of: token).uppercased() : "" }

  func isName(_ token: Token) -> Bool { token.kind == .word || token.kind == .quotedName }

  /// The token that a place is in or at the end of.
  func token(at offset: Int) -> (index: Int, token: Token)? {
    tokens.enumerated().last { $0.element.range.lower <= offset && offset <= $0.element.range.upper }
      .map { ($0.offset, $0.element) }
  }

  func comment(at offset: Int) -> ByteRange? { comments.first { $0.lower < offset && offset <= $0.upper } }

  /// The indexes of the tokens of the statement that a place is in.
  func statement(at offset: Int) -> Range<Int> {
    let semicolon = Kind.symbol(UInt8(ascii: ";"))
    let floor = annotations.last { $0 < offset } ?? 0
    let ceiling = annotations.first { $0 >= offset } ?? Int.max
    let first = tokens.lastIndex { $0.kind == semicolon && $0.range.upper <= offset && $0.range.lower >= floor }
    let start = first.map { $0 + 1 } ?? tokens.firstIndex { $0.range.lower >= floor } ?? tokens.count
    let end = tokens[start...].firstIndex {
      $0.kind == semicolon && $0.range.lower >= offset || $0.range.lower >= ceiling
    }
    return start..<max(start, end ?? tokens.count)
  }
}
