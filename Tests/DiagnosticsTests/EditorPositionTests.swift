import SQLCDiagnostics
import Testing

@Suite struct EditorPositionTests {
  private func positions(_ text: String, _ encoding: EditorEncoding) -> EditorPositions {
    EditorPositions(SourceFile(path: "a.sql", text: text), encoding: encoding)
  }

  @Test func theTableOfTheDocumentation() {
    #expect(positions("SELECT ü, x", .utf8).position(at: 11) == EditorPosition(line: 0, character: 11))
    #expect(positions("SELECT ü, x", .utf16).position(at: 11) == EditorPosition(line: 0, character: 10))
    #expect(positions("SELECT '😀', x", .utf8).position(at: 15) == EditorPosition(line: 0, character: 15))
    #expect(positions("SELECT '😀', x", .utf16).position(at: 15) == EditorPosition(line: 0, character: 13))
  }

  @Test(arguments: EditorEncoding.allCases) func linesEndInThreeWays(_ encoding: EditorEncoding) {
    let found = positions("a\nb\r\nc\rd", encoding)
    #expect(found.lineCount == 4)
    #expect(
      (0...8).map { found.position(at: $0) } == [
        EditorPosition(line: 0, character: 0), EditorPosition(line: 0, character: 1),
        EditorPosition(line: 1, character: 0), EditorPosition(line: 1, character: 1),
        EditorPosition(line: 1, character: 1), EditorPosition(line: 2, character: 0),
        EditorPosition(line: 2, character: 1), EditorPosition(line: 3, character: 0),
        EditorPosition(line: 3, character: 1),
      ])
  }

  @Test func insideACharacterIsAtItsBeginning() {
    let text = "ü😀x"
    #expect((0...7).map { positions(text, .utf8).position(at: $0).character } == [0, 0, 2, 2, 2, 2, 6, 7])
    #expect((0...7).map { positions(text, .utf16).position(at: $0).character } == [0, 0, 1, 1, 1, 1, 3, 4])
    #expect(
      (0...5).map { positions(text, .utf16).offset(of: EditorPosition(line: 0, character: $0)) } == [0, 2, 2, 6, 7, 7])
  }

  @Test(arguments: EditorEncoding.allCases) func outsideIsClamped(_ encoding: EditorEncoding) {
    let found = positions("ab\ncd", encoding)
    #expect(found.position(at: -3) == EditorPosition(line: 0, character: 0))
    #expect(found.position(at: 99) == EditorPosition(line: 1, character: 2))
    #expect(found.offset(of: EditorPosition(line: 0, character: 99)) == 2)
    #expect(found.offset(of: EditorPosition(line: 9, character: 0)) == 5)
    #expect(found.offset(of: EditorPosition(line: -1, character: -1)) == 0)
    #expect(
      found.range(ByteRange(1, 4)) == EditorPosition(line: 0, character: 1)..<EditorPosition(line: 1, character: 1))
    #expect(positions("", encoding).position(at: 0) == EditorPosition(line: 0, character: 0))
  }

  /// There and back, at every character of a text with characters of every width, against Swift's own count.
  @Test(arguments: EditorEncoding.allCases) func thereAndBack(_ encoding: EditorEncoding) {
    let text = "SELECT 'é€😀' AS x,\r\n  'e\u{301}' -- ünïcödé\n\nFROM \"tâble\"\r"
    let found = positions(text, encoding)
    var offset = 0
    var line = 0
    var character = 0
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if !(scalar == "\n" && offset > 0 && text.utf8.dropFirst(offset - 1).first == UInt8(ascii: "\r")) {
        let position = EditorPosition(line: line, character: character)
        #expect(found.position(at: offset) == position, "offset \(offset)")
        #expect(found.offset(of: position) == offset)
      }
      offset += scalar.utf8.count
      if scalar == "\r" && scalars.first != "\n" || scalar == "\n" {
        line += 1
        character = 0
      } else if scalar != "\r" {
        character += encoding == .utf8 ? scalar.utf8.count : scalar.utf16.count
      }
    }
  }
}
