// Where statements, strings and comments end in PostgreSQL's dialect: as psql 15 cuts the same text.

import SQLCDiagnostics
import SQLCEngine
import Testing

@testable import SQLCQueryFile

private func statements(_ text: String, _ rules: LexicalRules = .postgresql) -> [String] {
  let source = SourceFile(path: "q.sql", text: text)
  return lexicalStatements(of: lexicalTokens(of: source, rules: rules)[...], in: source, rules: rules)
    .map { String(source.slice($0.range)) }
}

@Suite struct LexicalRulesTests {
  @Test(arguments: [
    ("SELECT $$a;b$$; SELECT 1", ["SELECT $$a;b$$", "SELECT 1"]),
    ("SELECT $f$a;$$;$f$; SELECT 1", ["SELECT $f$a;$$;$f$", "SELECT 1"]),
    // No dollar quote: parameters, and a dollar sign within a name.
    ("SELECT $1; SELECT $2", ["SELECT $1", "SELECT $2"]),
    ("SELECT a$b$; SELECT 1", ["SELECT a$b$", "SELECT 1"]),
    (#"SELECT E'it\';s'; SELECT 1"#, [#"SELECT E'it\';s'"#, "SELECT 1"]),
    (#"SELECT e'\\'; SELECT 1"#, [#"SELECT e'\\'"#, "SELECT 1"]),
    // An ordinary string knows no backslash, and neither does a name that ends in e.
    (#"SELECT 'a\'; SELECT 1"#, [#"SELECT 'a\'"#, "SELECT 1"]),
    (#"SELECT DATE'\'; SELECT 1"#, [#"SELECT DATE'\'"#, "SELECT 1"]),
    ("SELECT /* a /* ; */ ; */ 1; SELECT 2", ["SELECT /* a /* ; */ ; */ 1", "SELECT 2"]),
    // No quotes here.
    ("SELECT a[1]; SELECT b[2;3]", ["SELECT a[1]", "SELECT b[2", "3]"]),
    (
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END; SELECT 3",
      ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END", "SELECT 3"]
    ),
    (
      "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END; SELECT 3",
      ["CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END", "SELECT 3"]
    ),
    (
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
      ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"]
    ),
    // A trigger has no body of its own here.
    (
      "CREATE TRIGGER t AFTER INSERT ON u EXECUTE FUNCTION f(); SELECT 1",
      ["CREATE TRIGGER t AFTER INSERT ON u EXECUTE FUNCTION f()", "SELECT 1"]
    ),
    ("BEGIN; SELECT 1; END; SELECT 2", ["BEGIN", "SELECT 1", "END", "SELECT 2"]),
  ])
  func statementsOfPostgreSQL(text: String, expected: [String]) { #expect(statements(text) == expected) }

  @Test(arguments: [
    ("SELECT $$a;b$$", ["SELECT $$a", "b$$"]),
    (#"SELECT E'a\'; SELECT 1"#, [#"SELECT E'a\'"#, "SELECT 1"]),
    ("SELECT /* a /* ; */ 1; SELECT 2", ["SELECT /* a /* ; */ 1", "SELECT 2"]),
    ("SELECT [a;b], `c;d`; SELECT 1", ["SELECT [a;b], `c;d`", "SELECT 1"]),
    (
      "CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; SELECT 2; END; SELECT 1",
      ["CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; SELECT 2; END", "SELECT 1"]
    ),
  ])
  func statementsOfSQLite(text: String, expected: [String]) { #expect(statements(text, .sqlite) == expected) }

  @Test(arguments: ["$$", "$tag$", "E'", "/* /* */"])
  func whatIsNeverClosedCostsOneQuery(opening: String) {
    let text = "-- name: A :one\nSELECT \(opening);\n-- name: B :one\nSELECT 1;\n"
    let names = splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .postgresql).value.map(\.name)
    // A comment that is open goes to the end of the file, as in every dialect.
    #expect(names == (opening.hasPrefix("/*") ? ["A"] : ["A", "B"]))
  }
}
