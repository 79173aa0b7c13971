// The line `-- fragment: name(a, b)`.
//
// | line | reading |
// |---|---|
// | `-- fragment: visible_agents(user)`, `-- fragment: columns` | the head of a fragment |
// | `-- fragment: visible_agents(user`, `-- fragment: f(a, a)`, `-- fragment: f() of all` | malformed |
// | `-- fragment: of the text` | prose |

import SQLCDiagnostics

/// What a comment says of a fragment. Ranges count bytes from the comment's first.
enum FragmentLine: Equatable {
  case head(name: ByteRange, parameters: [ByteRange])
  case malformed(ByteRange)
  case prose

  init(_ comment: String) {
    guard comment.hasPrefix("--") || comment.hasPrefix("/*") else {
      self = .prose
      return
    }
    var reader = FragmentLineReader(comment)
    self = reader.read()
  }
}

private struct FragmentLineReader {
  private let bytes: [UInt8]
  private let isBlock: Bool
  private var offset = 2

  init(_ comment: String) {
    isBlock = comment.hasPrefix("/*")
    var bytes = Array(comment.utf8.prefix { $0 != 0x0A && $0 != 0x0D })
    if isBlock, bytes.count >= 4, bytes.suffix(2) == [0x2A, 0x2F] { bytes.removeLast(2) }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    self.bytes = bytes
  }

  mutating func read() -> FragmentLine {
    skipBlanks()
    guard take("fragment:") else { return .prose }
    skipBlanks()
    guard let name = word() else { return .prose }
    skipBlanks()
    if offset == bytes.count { return .head(name: name, parameters: []) }
    // Several words are prose.
    guard take("(") else { return .prose }
    var parameters: [ByteRange] = []
    var names: Set<[UInt8]> = []
    skipBlanks()
    if !take(")") {
      repeat {
        skipBlanks()
        guard let parameter = word(), names.insert(Array(bytes[parameter.lower..<parameter.upper])).inserted else {
          return rest(from: name)
        }
        parameters.append(parameter)
        skipBlanks()
      } while take(",")
      guard take(")") else { return rest(from: name) }
    }
    skipBlanks()
    return offset == bytes.count ? .head(name: name, parameters: parameters) : rest(from: name)
  }

  private func rest(from name: ByteRange) -> FragmentLine { .malformed(ByteRange(name.lower, bytes.count)) }

  private mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[min(offset, bytes.count)...].starts(with: text.utf8) else { return false }
    offset += text.utf8.count
    return true
  }

  private mutating func word() -> ByteRange? {
    let start = offset
    while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
    guard offset > start, isQueryName(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
      offset = start
      return nil
    }
    return ByteRange(start, offset)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
