// Rules of a project's own: read, checked before they are asked, kept from writing.

import SQLCDiagnostics
import SQLCVet
import Testing

@Suite struct RuleTests {
  private func rules(_ text: String) -> Diagnosed<[VetRule]> { readRules(SourceFile(path: "rules.sql", text: text)) }

  private static let long = """
    -- rule: team/long-name
    -- level: error
    -- message: the name of '{table}' has {length} letters
    SELECT place, name AS "table", length(name) AS length FROM tables WHERE length(name) > 10;
    """

  @Test func aRuleOfFiveLinesIsAsked() throws {
    let read = rules(Self.long)
    #expect(read.diagnostics.isEmpty)
    let rule = try #require(read.value.first)
    let facts = try vetting(schema: "CREATE TABLE a (id INTEGER);\nCREATE TABLE quite_a_long_name (id INTEGER);")
    #expect(facts.check([rule]).isEmpty)
    let found = facts.violations(of: rule)
    #expect(found.map(\.diagnostic.message) == ["the name of 'quite_a_long_name' has 17 letters"])
    #expect(found.first?.diagnostic.severity == .error)
    #expect(found.first?.table == "quite_a_long_name")
    #expect(found.first?.diagnostic.primary.source.range == ByteRange(42, 59))
  }

  @Test(arguments: [
    ("SELECT name FROM tables", "gives no column 'place'"),
    ("SELECT place FROM tables", "names '{table}'"),
    ("SELECT place, name AS \"table\" FROM tabels", "no such table: tabels"),
    ("DELETE FROM tables", "not authorized"),
    ("SELECT place, name AS \"table\" FROM tables; SELECT 1", "more than one statement"),
    ("PRAGMA user_version", "not authorized"),
    ("ATTACH 'x' AS y", "not authorized"),
  ])
  func aRuleThatCannotBeAskedIsSaid(_ sql: String, _ reason: String) throws {
    let rule = try #require(
      rules("-- rule: team/x\n-- message: the table '{table}'\n\(sql)").value.first)
    let said = try vetting(schema: "CREATE TABLE a (id INTEGER);").check([rule])
    #expect(said.count == 1 && said[0].message.contains(reason), "\(said.map(\.message))")
    #expect(said.first?.id.description == "vet/invalid-rule")
  }

  @Test(arguments: [
    ("SELECT 1", "without '-- rule"), ("-- rule: x\n-- message: y\nSELECT 1", "no name of a rule"),
    ("-- rule: a/b\nSELECT 1", "has no message"), ("-- rule: a/b\n-- message: y", "has no SELECT"),
    ("-- rule: a/b\n-- level: loud\n-- message: y\nSELECT 1", "no level"),
  ])
  func aFileThatIsNoRulesIsSaid(_ text: String, _ reason: String) {
    let said = rules(text).diagnostics
    #expect(said.count == 1 && said[0].message.contains(reason), "\(said.map(\.message))")
  }

  @Test func aRuleWithoutAnEndIsGivenUp() throws {
    let rule = try #require(
      rules(
        "-- rule: a/b\n-- message: y\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS place FROM n WHERE i < 0"
      ).value.first)
    let found = try vetting(schema: "CREATE TABLE a (id INTEGER);").violations(of: rule)
    #expect(found.count == 1 && found[0].diagnostic.message.contains("does not end"), "\(found)")
  }
}
