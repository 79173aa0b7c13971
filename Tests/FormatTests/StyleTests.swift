// The style: what is written in the article, and what becomes of files that are laid out in no way.

import Foundation
import SQLCFormat
import Testing

@Suite struct StyleTests {
  static let inputs = ["queries", "schema", "comments"]

  static func texts() throws -> [String] {
    try inputs.map { name in
      try String(contentsOf: packageRoot.appending(path: "Tests/FormatTests/Style/\(name).sql"), encoding: .utf8)
    }
  }

  /// UPDATE_REFERENCES=1 writes what is expected, and fails so that it is looked at.
  @Test(arguments: inputs) func untidyFiles(name: String) throws {
    let folder = packageRoot.appending(path: "Tests/FormatTests/Style")
    let input = try String(contentsOf: folder.appending(path: name + ".sql"), encoding: .utf8)
    let expected = folder.appending(path: name + ".formatted.sql")
    let result = try #require(formatted(input))
    if ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] == "1" {
      try Data(result.utf8).write(to: expected)
      Issue.record("\(name) was written; run again without UPDATE_REFERENCES")
    }
    #expect(try result == String(contentsOf: expected, encoding: .utf8))
    #expect(formatted(result) == result)
  }

  @Test func examplesOfTheArticle() throws {
    let article = packageRoot.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/Formatting.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    let examples = text.components(separatedBy: "```sql\n").dropFirst()
      .map { String($0.components(separatedBy: "```")[0]) }
    #expect(examples.count > 10)
    for example in examples { #expect(formatted(example) == example) }
  }

  @Test func keywords() {
    let text = "select Id as Select_, CAST(a as Text) as b from T Where key IS null;\n"
    #expect(
      formatted(text) == "SELECT Id AS Select_, CAST(a AS Text) AS b FROM T WHERE key IS NULL;\n")
    #expect(
      formatted(text, FormatOptions(keywords: .lower))
        == "select Id as Select_, cast(a as Text) as b from T where key is null;\n")
    #expect(
      formatted(text, FormatOptions(keywords: .keep))
        == "select Id as Select_, CAST(a as Text) as b from T Where key IS null;\n")
  }

  /// The words of a macro at the end of a statement are the statement's.
  @Test(arguments: [
    "SELECT a FROM t ORDER BY sqlc.order(a DESC, b COLLATE NOCASE AS c);\n",
    "SELECT a FROM t ORDER BY sqlc.order(a AS b)\n",
    "UPDATE t SET sqlc.patch(a = @a AS b);\n", "UPDATE t SET sqlc.patch(a = @a, (b, c) = (1, 2) AS d)\n",
  ]) func macrosAtTheEnd(text: String) { #expect(formatted(text) == text) }

  @Test func width() {
    let text = "SELECT alpha, beta FROM t WHERE alpha = 1;\n"
    #expect(formatted(text, FormatOptions(width: 42)) == text)
    #expect(
      formatted(text, FormatOptions(width: 41)) == "SELECT alpha, beta\nFROM t\nWHERE alpha = 1;\n")
  }

  @Test func textsOfColumnsWithoutAlias() {
    // The name that SQLite gives such a column is its text.
    let kept = "SELECT count( * ), a  +  b, (SELECT 1 + 1) AS c FROM t;\n"
    #expect(formatted(kept.replacing("1 + 1", with: "1+1")) == kept)
    #expect(
      formatted("INSERT INTO t (a) SELECT x+1 FROM u;\n") == "INSERT INTO t (a) SELECT x + 1 FROM u;\n")
    #expect(
      formatted("CREATE VIEW v AS SELECT a+1 FROM t;\n") == "CREATE VIEW v AS\nSELECT a+1 FROM t;\n")
  }

  @Test func signsThatWouldBeginAComment() {
    #expect(formatted("SELECT - - 1 AS a, -(-b) AS c;\n") == "SELECT - -1 AS a, -(-b) AS c;\n")
    #expect(formatted("SELECT 1 - -1 AS a;\n") == "SELECT 1 - -1 AS a;\n")
  }

  @Test func lineEndsAndByteOrderMarkStay() {
    #expect(formatted("select 1\r\n;\r\nselect  2;\r\n") == "SELECT 1;\r\nSELECT 2;\r\n")
    #expect(formatted("\u{FEFF}select 1;") == "\u{FEFF}SELECT 1;\n")
    #expect(formatted("select 'a\n  b' as c;\n") == "SELECT 'a\n  b' AS c;\n")
  }

  @Test func nothing() {
    #expect(formatted("") == "")
    #expect(formatted(" \n\n") == " \n\n")
    #expect(formatted("  -- only this  ") == "-- only this\n")
  }
}
