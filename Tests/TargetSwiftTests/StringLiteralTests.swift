// Literals mean exactly their text.
import Testing

@testable import SQLCTargetSwift

@Suite struct StringLiteralTests {
  @Test(arguments: [
    ("SELECT 1", [#""SELECT 1""#]),
    (#"SELECT "a""#, [##"#"SELECT "a""#"##]),
    (#"ESCAPE '\'"#, [##"#"ESCAPE '\'"#"##]),
    (##"a"#b"##, [###"##"a"#b"##"###]),
    ("a\nb", ["\"\"\"", "a", "b", "\"\"\""]),
    ("a\n\n  b ", ["\"\"\"", "a", "", "  b\\u{20}", "\"\"\""]),
    ("a\n\\ ", ["#\"\"\"", "a", "\\\\#u{20}", "\"\"\"#"]),
    ("a\r\nb", [#""a\r\nb""#]),
    ("a\u{202E}b\0", [#""a\u{202e}b\0""#]),
    ("grüße 日本", ["\"grüße 日本\""]),
  ])
  func literals(text: String, expected: [String]) {
    #expect(literalLines(text) == expected)
  }

  /// To Swift a quote with a combining mark is one character; to its lexer it ends the literal.
  @Test func combiningMarksDoNotHideTheEndOfALiteral() {
    #expect(literalLines("a\"#\u{301}") == ["##\"a\"#\u{301}\"##"])
  }
}
