// Definitions as words, so that two texts that mean the same are the same.

import SQLCRuntimeKit

/// One word of a definition.
public struct SchemaWord: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A keyword or a name; its text is in lower case and without quotes.
    case word
    case string
    case symbol
  }

  public var kind: Kind
  public var text: String
  /// A name in quotes is no keyword, and otherwise the same.
  public var isQuoted = false

  public static func == (a: SchemaWord, b: SchemaWord) -> Bool { a.kind == b.kind && a.text == b.text }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(text)
  }

  func isKeyword(_ word: String) -> Bool { kind == .word && !isQuoted && text == word }
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}

/// The words of SQL: blanks and comments are gone, names are in lower case and without quotes, strings are as they were.
public struct SchemaTokens: Sendable, Hashable, CustomStringConvertible {
  public private(set) var words: [SchemaWord] = []

  init(words: some Sequence<SchemaWord>) { self.words = Array(words) }

  /// Whatever could be the name of something: a name may stand in any quotes (quirks.html).
  package var names: Set<String> {
    Set(
      words.compactMap { word in
        switch word.kind {
        case .word: word.text
        case .string: asciiLowercased(String(word.text.dropFirst().dropLast()))
        case .symbol: nil
        }
      })
  }

  package init(_ sql: String) {
    let bytes = Array(sql.utf8)
    var position = 0
    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while position < bytes.count {
      let current = bytes[position]
      let start = position
      switch current {
      case 0x20, 0x09...0x0D: position += 1
      case 0x2D where byte(position + 1) == 0x2D:
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case 0x2F where byte(position + 1) == 0x2A:
        position += 2
        while position < bytes.count, !(bytes[position] == 0x2A && byte(position + 1) == 0x2F) { position += 1 }
        position += 2
      case 0x27, 0x22, 0x60:
        position += 1
        while position < bytes.count {
          if bytes[position] != current {
            position += 1
          } else if byte(position + 1) == current {
            position += 2
          } else {
            break
          }
        }
        position = min(position + 1, bytes.count)
        if current == 0x27 {
          words.append(SchemaWord(kind: .string, text: text(start..<position)))
        } else {
          words.append(Self.name(bytes[start..<position], quote: current))
        }
      case 0x5B:
        while position < bytes.count, bytes[position] != 0x5D { position += 1 }
        position = min(position + 1, bytes.count)
        words.append(Self.name(bytes[start..<position], quote: 0))
      default:
        if Self.isWord(current) {
          while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
          words.append(SchemaWord(kind: .word, text: asciiLowercased(text(start..<position))))
        } else {
          position += 1
          words.append(SchemaWord(kind: .symbol, text: text(start..<position)))
        }
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x5F || byte == 0x24 || (byte >= 0x30 && byte <= 0x39)
      || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  /// What stands between the quotes, a doubled quote being one.
  private static func name(_ quoted: ArraySlice<UInt8>, quote: UInt8) -> SchemaWord {
    var inner: [UInt8] = []
    var rest = quoted.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      inner.append(byte)
      if byte == quote, rest.first == quote { rest = rest.dropFirst() }
    }
    return SchemaWord(kind: .word, text: asciiLowercased(String(decoding: inner, as: UTF8.self)), isQuoted: true)
  }

  /// Words with one blank between them; a name that needs quotes has them.
  public var description: String {
    words.map { $0.kind == .word ? shown($0.text) : $0.text }.joined(separator: " ")
  }

  /// What follows the name in `CREATE … name …`. SQLite keeps no IF NOT EXISTS, no TEMP and no database's name in a
  /// definition.
  var afterName: SchemaTokens {
    let kinds = ["table", "view", "index", "trigger"]
    guard let kind = words.firstIndex(where: { word in kinds.contains { word.isKeyword($0) } }) else { return self }
    return SchemaTokens(words: words.dropFirst(kind + 2))
  }

  /// What stands in parentheses behind each `word`, as in `CHECK (…)`.
  func parenthesized(after word: String) -> [SchemaTokens] {
    var found: [SchemaTokens] = []
    for index in words.indices
    where words[index].isKeyword(word) && index + 1 < words.count && words[index + 1].isSymbol("(") {
      var depth = 0
      var end = index + 1
      while end < words.count {
        if words[end].isSymbol("(") { depth += 1 }
        if words[end].isSymbol(")") { depth -= 1 }
        if depth == 0 { break }
        end += 1
      }
      found.append(SchemaTokens(words: words[(index + 2)..<min(end, words.count)]))
    }
    return found
  }
}

/// As SQLite compares names: only the letters of ASCII have two forms.
func asciiLowercased(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return text }
  return String(decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
}

/// A name as it can stand in SQL: in quotes where it is more than letters, digits and underscores.
func shown(_ name: String) -> String {
  let isPlain = name.utf8.allSatisfy { byte in
    byte >= 0x80 || byte == 0x5F || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
  return isPlain && !name.isEmpty ? name : quoted(name)
}

/// A name in quotes, which no keyword has.
package func quoted(_ name: String) -> String {
  "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
}
