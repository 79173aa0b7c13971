import SQLCTreePostgreSQL
import Testing

@Suite("Messages wrapped at 78 bytes are as they were") struct WrappingTests {
  /// PostgreSQL's `format_node_dump`.
  private func wrapped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    while true {
      var line = Array(text[at..<min(at + 78, text.count)])
      at += line.count
      guard at < text.count else { return line.isEmpty ? result : result + line + [10] }
      if text[at] == 32 {
        at += 1
      } else if let space = line.indices.dropFirst().last(where: { line[$0] == 32 }) {
        at -= line.count - space - 1
        line = Array(line[..<space])
      }
      result += line + [10]
    }
  }

  @Test("random node text, escaped blanks and line feeds too")
  func roundTrips() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      var text: [UInt8] = Array("{QUERY".utf8)
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        text += Array(" :field ".utf8)
        for _ in 0..<Int.random(in: 1...30, using: &generator) {
          text += Array(["a", "b", "\\ ", "é", "\\(", "0"].randomElement(using: &generator)!.utf8)
        }
      }
      text += Array("}".utf8)
      #expect(WrappedMessage.unwrapped(wrapped(text)) == text, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("a line feed in an identifier stays one")
  func lineFeedsStay() {
    let text = Array(
      "{ALIAS :aliasname odd\\\nname :colnames (\"a\\\nb\" \"c\")} and more that fills the line to its end".utf8)
    #expect(WrappedMessage.unwrapped(wrapped(text)) == text)
  }

  @Test("tokens longer than a line")
  func longTokens() {
    for length in 70...90 {
      let text = Array("{A :b \(String(repeating: "x", count: length)) :c 1}".utf8)
      #expect(WrappedMessage.unwrapped(wrapped(text)) == text, "\(length)")
    }
  }
}
