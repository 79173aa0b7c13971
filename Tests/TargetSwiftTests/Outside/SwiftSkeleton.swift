// What of a Swift file is code: read by the rules of the language's lexer, written here a second time.
// The Swift Programming Language, Lexical Structure.

/// The tokens of a text without comments. Every identifier is `id`, every string literal `"`, every number `0`; keywords
/// and punctuation are themselves. What the compiler would not take, or what could deceive a reader, is a token of its own
/// in angle brackets.
func skeleton(of text: String) -> [String] {
  var lexer = SkeletonLexer(Array(text.unicodeScalars))
  return lexer.tokens { _ in "id" }
}

/// The same with the identifiers as they are.
func tokens(of text: String) -> [String] {
  var lexer = SkeletonLexer(Array(text.unicodeScalars))
  return lexer.tokens { $0 }
}

private struct SkeletonLexer {
  private let text: [Unicode.Scalar]
  private var index = 0

  init(_ text: [Unicode.Scalar]) { self.text = text }

  mutating func tokens(_ identifier: (String) -> String) -> [String] {
    var tokens: [String] = []
    if text.contains(where: isDeceptive) { tokens.append("<deceptive>") }
    while index < text.count {
      let scalar = text[index]
      switch scalar {
      // A semicolon stands only where a line did not end.
      case " ", "\t", "\n", "\r", ";": index += 1
      case "/" where starts(with: "//"): while index < text.count, !isLineBreak(text[index]) { index += 1 }
      case "/" where starts(with: "/*"):
        tokens.append("<block comment>")
        index += 2
      case "\"": tokens.append(literal(hashes: 0))
      case "#" where hashesBeforeQuote() > 0:
        let hashes = hashesBeforeQuote()
        index += hashes
        tokens.append(literal(hashes: hashes))
      case "`":
        let start = index + 1
        index = text[start...].firstIndex(of: "`") ?? text.count
        tokens.append(identifier(String(String.UnicodeScalarView(text[start..<index]))))
        index += 1
      case "0"..."9":
        while index < text.count, isWord(text[index]) { index += 1 }
        tokens.append("0")
      case _ where isWord(scalar):
        let start = index
        while index < text.count, isWord(text[index]) { index += 1 }
        let word = String(String.UnicodeScalarView(text[start..<index]))
        tokens.append(keywords.contains(word) ? word : identifier(word))
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        tokens.append("<control>")
        index += 1
      default:
        tokens.append(String(Character(scalar)))
        index += 1
      }
    }
    return tokens
  }

  private mutating func literal(hashes: Int) -> String {
    let isTall = starts(with: "\"\"\"") && index + 3 < text.count && isLineBreak(text[index + 3])
    let mark = Array((isTall ? "\"\"\"" : "\"").unicodeScalars)
    let end = mark + Array(repeating: "#", count: hashes)
    index += mark.count
    let start = index
    while index < text.count {
      if text[index...].starts(with: end) {
        let content = text[start..<index]
        index += end.count
        return isTall && !isIndented(content) ? "<indentation>" : "\""
      }
      if text[index] == "\\", text[(index + 1)...].starts(with: Array(repeating: "#", count: hashes)) {
        index += 1 + hashes
        if index < text.count, text[index] == "(" { return "<interpolation>" }
        index += 1
        continue
      }
      if isLineBreak(text[index]), !isTall { return "<line break in a literal>" }
      if text[index].value < 0x20, !isTall || (text[index] != "\n" && text[index] != "\t") {
        return "<control in a literal>"
      }
      index += 1
    }
    return "<open literal>"
  }

  /// Every line of a tall literal begins with the white space before its end.
  private func isIndented(_ content: ArraySlice<Unicode.Scalar>) -> Bool {
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    guard let last = lines.last, last.allSatisfy({ $0 == " " }) else { return false }
    return lines.allSatisfy { $0.isEmpty || $0.starts(with: last) }
  }

  private func hashesBeforeQuote() -> Int {
    let hashes = text[index...].prefix { $0 == "#" }.count
    return index + hashes < text.count && text[index + hashes] == "\"" ? hashes : 0
  }

  private func starts(with word: String) -> Bool { text[index...].starts(with: Array(word.unicodeScalars)) }

  private func isLineBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

  private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "$" || scalar.properties.isXIDContinue
  }

  /// What is shown as something else than it is, or warned of: wherever it stands, comments too.
  private func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0, 0x0B, 0x0C, 0x1B, 0x85, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

private let keywords: Set<String> = [
  "actor", "any", "as", "async", "await", "borrowing", "case", "catch", "class", "copy", "consuming", "default",
  "defer",
  "deinit", "do", "else", "enum", "extension", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
  "internal", "is", "let", "mutating", "nil", "nonisolated", "operator", "package", "private", "protocol",
  "public", "repeat", "return", "self", "sending", "static", "struct", "subscript", "super", "switch", "throw",
  "throws",
  "try", "typealias", "var", "where", "while",
]
