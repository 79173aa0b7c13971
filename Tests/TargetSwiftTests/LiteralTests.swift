// A literal means exactly the text: read back by the rules of the language, written here a second time.

import Testing

@testable import SQLCTargetSwift

@Suite struct LiteralTests {
  static let texts = [
    "", "SELECT 1", "SELECT \"a\"", "ESCAPE '\\'", "\"", "\"\"", "\"\"\"", "\\", "\\(name)", "\\#(name)", "\"#", "\"##",
    "a\nb", "a\n\nb\n", "\n", "\n\n", " a \n b\t\n", "\"\"\"\n\"\"\"#\n\\", "one\\\ntwo", "\"one\ntwo\"", "tab\there",
    "carriage\r\nreturn", "null\0", "\u{1B}[0m", "zwölf 名前", "👩‍👩‍👧", "e\u{301}", "\u{301}", "\u{FEFF}a", "\u{202E}a",
    "\u{2028}", "a\u{A0}b", "\\u{41}", "a\n  \"\"\" \n\u{301}b", "x\n\u{200D}y", "quote\"\u{301}",
    "\"#\n\\#(x)\n\"\"\"##",
  ]

  @Test(arguments: texts)
  func readBack(text: String) {
    #expect(Array(read(literalLines(text)).unicodeScalars) == Array(text.unicodeScalars))
    #expect(Array(read([literal(text)]).unicodeScalars) == Array(text.unicodeScalars))
    #expect(!literal(text).unicodeScalars.contains("\n"))
  }

  @Test func anyFewCharactersInAnyOrder() {
    let alphabet: [Unicode.Scalar] = ["\"", "\\", "#", "\n", " ", "(", "u", "\u{301}"]
    var texts: [[Unicode.Scalar]] = [[]]
    for _ in 0..<5 { texts = texts.flatMap { text in alphabet.map { text + [$0] } } }
    let wrong = texts.filter { text in
      var string = ""
      string.unicodeScalars.append(contentsOf: text)
      return Array(read(literalLines(string)).unicodeScalars) != text
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(texts.count), the first \(wrong.first ?? [])")
  }

  /// What the compiler makes of a literal; "<ends early>" and the like for what it would not accept.
  private func read(_ lines: [String]) -> String {
    var source = Array(lines.joined(separator: "\n").unicodeScalars)
    let hashes = Array(source.prefix { $0 == "#" })
    source.removeFirst(hashes.count)
    let isTall = lines.count > 1
    let delimiter: [Unicode.Scalar] = Array(repeating: "\"", count: isTall ? 3 : 1)
    guard source.starts(with: delimiter) else { return "<no delimiter>" }
    source.removeFirst(delimiter.count)
    if isTall {
      guard source.first == "\n" else { return "<no line feed>" }
      source.removeFirst()
    }
    var result = String.UnicodeScalarView()
    var index = 0
    while index < source.count {
      let rest = source[index...]
      if rest.starts(with: delimiter + hashes) {
        guard rest.count == delimiter.count + hashes.count else { return "<ends early>" }
        if isTall {
          guard result.last == "\n" || result.isEmpty else { return "<delimiter not on its own line>" }
          if !result.isEmpty { result.removeLast() }
        }
        return String(result)
      }
      guard rest.starts(with: ["\\"] + hashes) else {
        if source[index] == "\n", !isTall { return "<line feed>" }
        result.append(source[index])
        index += 1
        continue
      }
      index += 1 + hashes.count
      guard index < source.count else { return "<no escape>" }
      switch source[index] {
      case "n": result.append("\n")
      case "r": result.append("\r")
      case "t": result.append("\t")
      case "0": result.append("\0")
      case "\"", "\\": result.append(source[index])
      case "u":
        guard let end = source[index...].firstIndex(of: "}"),
          let value = UInt32(String(String.UnicodeScalarView(source[(index + 2)..<end])), radix: 16),
          let scalar = Unicode.Scalar(value)
        else { return "<no scalar>" }
        result.append(scalar)
        index = end
      default: return "<unknown escape>"
      }
      index += 1
    }
    return "<does not end>"
  }
}
