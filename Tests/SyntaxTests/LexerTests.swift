// Tokens: the classes of keywords, and what is a name where.

import SQLCDiagnostics
import Testing

@testable import SQLCSyntaxSQLite

@Suite struct LexerTests {
  private func kinds(_ sql: String) -> [TokenKind] {
    parseScript(SourceFile(path: "x", text: sql)).value.tokens.map(\.kind)
  }

  /// Each keyword is read as itself, in either case, and nothing near it is.
  @Test func keywords() {
    #expect(keywordSpellings.count == 147)
    for (spelling, kind) in keywordSpellings where kind != .over && kind != .filter && kind != .window {
      #expect(kinds(spelling) == [kind])
      #expect(kinds(spelling.lowercased()) == [kind])
      #expect(kinds(spelling + "x") == [.identifier] || keywordSpellings.contains { $0.spelling == spelling + "X" })
      #expect(kinds(spelling + "é") == [.identifier])
    }
  }

  /// The classes are runs of raw values; these are their borders.
  @Test func classes() {
    #expect(TokenKind.allCases.filter(\.isJoinKeyword) == [.cross, .full, .inner, .left, .natural, .outer, .right])
    #expect(TokenKind.allCases.filter(\.isFallbackKeyword).count == 77)
    #expect(!TokenKind.select.isFallbackKeyword && !TokenKind.indexed.isFallbackKeyword)
    #expect(TokenKind.abort.isFallbackKeyword && TokenKind.without.isFallbackKeyword)
    #expect(TokenKind.allCases.filter(\.isKeyword).count == 147 - 1)
    #expect(TokenKind.allCases.filter(\.isIllegal).count == 6)
  }

  /// lang_keywords.html: a fallback keyword can name a table and a column; a reserved word cannot.
  @Test func fallback() {
    for (spelling, kind) in keywordSpellings {
      let accepted = !parseScript(SourceFile(path: "x", text: "CREATE TABLE \(spelling) (a)")).diagnostics.hasErrors
      // IF asks for NOT EXISTS here.
      #expect(accepted == (kind.isName && kind != .if || [.over, .filter, .window].contains(kind)), "\(spelling)")
    }
  }

  @Test(arguments: [
    ("1", TokenKind.integer), ("1.", .real), (".5", .real), ("1e5", .real), ("1E-5", .real), ("0x1f", .integer),
    ("1_000", .integer), ("1_0.0_1e1_0", .real), ("0x_1", .malformedNumber), ("1__0", .malformedNumber),
    ("1_", .malformedNumber), ("1e", .malformedNumber), ("1x", .malformedNumber), ("x'ab'", .blob),
    ("x'a'", .malformedBlob), ("x'zz'", .malformedBlob), ("'a''b'", .string), ("'a", .unterminatedString),
    ("\"a", .unterminatedName), ("[a]", .quotedIdentifier), ("[a", .unterminatedName), ("?1", .parameter),
    ("$a::b(c)", .parameter), ("$a(b c)", .malformedParameter), ("@", .malformedParameter), ("#1", .malformedParameter),
    ("é", .identifier), ("a$1", .identifier), ("->>", .doubleArrow), ("==", .equal), ("!=", .notEqual),
    ("!", .unknownCharacter), ("{", .unknownCharacter),
  ]) func lexeme(_ text: String, _ kind: TokenKind) {
    #expect(kinds(text).first == kind)
  }

  @Test func commentsAndMarks() {
    #expect(kinds("\u{FEFF}-- a\n/* b */ 1 /* c") == [.integer])
    #expect(kinds("1 /*") == [.integer, .slash, .star])
  }
}
