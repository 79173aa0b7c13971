// A comment never comes to stand behind a token that it stood before, unless that is a comma.

import Testing

@Suite struct CommentPlaceTests {
  @Test func beforeWhatFollowsOnTheLine() {
    #expect(
      formatted("CREATE INDEX i ON t -- why\n(a);\n") == "CREATE INDEX i\n  ON t -- why\n  (a);\n")
    #expect(formatted("SELECT a -- why\n, b FROM t;\n") == "SELECT\n  a, -- why\n  b\nFROM t;\n")
    #expect(formatted("SELECT 1 -- why\n;\n") == "SELECT 1 -- why\n;\n")
  }
}
