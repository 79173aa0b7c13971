// Definitions as words, so that two texts that mean the same are the same.

/// The words of SQL: blanks and comments are gone, names are in lower case and without quotes, strings are as they were.
struct SchemaTokens {
  private(set) var words: [String] = []

  init(_ sql: String) {
    let bytes = Array(sql.utf8)
    var position = 0
    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while position < bytes.count {
      let current = bytes[position]
      let start = position
      switch current {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
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
        words.append(current == 0x27 ? text(start..<position) : Self.name(text(start..<position)))
      case 0x5B:
        while position < bytes.count, bytes[position] != 0x5D { position += 1 }
        position = min(position + 1, bytes.count)
        words.append(Self.name(text(start..<position)))
      default:
        if Self.isWord(current) {
          while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
          words.append(text(start..<position).lowercased())
        } else {
          position += 1
          words.append(text(start..<position))
        }
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x5F || byte == 0x24 || (byte >= 0x30 && byte <= 0x39)
      || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  private static func name(_ quoted: String) -> String { String(quoted.dropFirst().dropLast()).lowercased() }

  var text: String { words.joined(separator: " ") }

  /// What stands in parentheses behind each `word`, as in `CHECK (…)`.
  func parenthesized(after word: String) -> [String] {
    var found: [String] = []
    for index in words.indices where words[index] == word && index + 1 < words.count && words[index + 1] == "(" {
      var depth = 0
      var end = index + 1
      while end < words.count {
        if words[end] == "(" { depth += 1 }
        if words[end] == ")" { depth -= 1 }
        if depth == 0 { break }
        end += 1
      }
      found.append(words[(index + 2)..<min(end, words.count)].joined(separator: " "))
    }
    return found
  }
}
