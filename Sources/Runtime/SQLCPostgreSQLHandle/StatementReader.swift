// The words of a statement, as the server's scanner separates them (sql-syntax-lexical.html).

/// Reads words, names and symbols from the beginning of a statement; comments and the insides of strings are passed.
package struct StatementReader {
  package enum Token: Sendable, Hashable {
    /// In lower case.
    case word(String)
    /// A quoted name, without its quotes.
    case quoted(String)
    case string
    case symbol(Character)
  }

  private var bytes: ArraySlice<UInt8>

  package init(_ sql: String) { bytes = Array(sql.utf8)[...] }

  package mutating func next() -> Token? {
    skipBlanks()
    guard let first = bytes.first else { return nil }
    if Self.beginsWord(first) { return word() }
    switch first {
    case UInt8(ascii: "\""):
      return .quoted(delimited(by: first, hasEscapes: false))
    case UInt8(ascii: "'"):
      _ = delimited(by: first, hasEscapes: false)
      return .string
    case UInt8(ascii: "$"):
      if skipDollarQuoted() { return .string }
    default: break
    }
    bytes.removeFirst()
    return .symbol(Character(Unicode.Scalar(first)))
  }

  /// All that is left.
  package mutating func rest() -> [Token] {
    var tokens: [Token] = []
    while let token = next() { tokens.append(token) }
    return tokens
  }

  private mutating func word() -> Token {
    let end = bytes.firstIndex { !Self.continuesWord($0) } ?? bytes.endIndex
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    bytes = bytes[end...]
    // E'…', B'…', X'…', N'…' and U&'…' are strings too.
    if bytes.first == UInt8(ascii: "'"), ["e", "b", "x", "n"].contains(text.lowercased()) {
      _ = delimited(by: UInt8(ascii: "'"), hasEscapes: text.lowercased() == "e")
      return .string
    }
    return .word(text.lowercased())
  }

  private mutating func delimited(by quote: UInt8, hasEscapes: Bool) -> String {
    var text: [UInt8] = []
    bytes.removeFirst()
    while let byte = bytes.popFirst() {
      if hasEscapes, byte == UInt8(ascii: "\\") {
        _ = bytes.popFirst()
      } else if byte == quote {
        guard bytes.first == quote else { break }
        bytes.removeFirst()
        text.append(byte)
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `$$ … $$` and `$tag$ … $tag$`.
  private mutating func skipDollarQuoted() -> Bool {
    let name = bytes.dropFirst().prefix { Self.continuesWord($0) && $0 != UInt8(ascii: "$") }
    guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: "$"),
      name.first.map({ Self.beginsWord($0) }) ?? true
    else { return false }
    let tag = Array(bytes[...name.endIndex])
    bytes = bytes[(name.endIndex + 1)...]
    while !bytes.isEmpty, !bytes.starts(with: tag) { bytes.removeFirst() }
    bytes = bytes.dropFirst(tag.count)
    return true
  }

  private mutating func skipBlanks() {
    while let first = bytes.first {
      if [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains(first) {
        bytes.removeFirst()
      } else if bytes.starts(with: "--".utf8) {
        bytes = bytes.drop { $0 != 0x0A && $0 != 0x0D }
      } else if bytes.starts(with: "/*".utf8) {
        skipComment()
      } else {
        return
      }
    }
  }

  /// They nest.
  private mutating func skipComment() {
    var depth = 0
    repeat {
      if bytes.starts(with: "/*".utf8) {
        depth += 1
        bytes = bytes.dropFirst(2)
      } else if bytes.starts(with: "*/".utf8) {
        depth -= 1
        bytes = bytes.dropFirst(2)
      } else {
        bytes = bytes.dropFirst()
      }
    } while depth > 0 && !bytes.isEmpty
  }

  private static func beginsWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    beginsWord(byte) || byte == UInt8(ascii: "$") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }
}
