// Comments that say what is meant.

import SQLCDiagnostics
import SQLCQueryFile
import Testing

private enum TestRule: String, RuleSet {
  case renamed, unused
  case droppedTable = "dropped-table"
  case broken
  static let pass = "test"
  var level: Severity { self == .broken ? .error : .warning }
  var summary: String { rawValue }
}

private enum FileRule: String, RuleSet {
  case lost
  static let pass = "file"
  static let scope = RuleScope.file
  var adjustment: RuleAdjustment { .adjustable }
  var level: Severity { .error }
  var summary: String { rawValue }
}

private let registry = RuleRegistry([TestRule.self, FileRule.self])

@Suite struct SuppressionTests {
  @Test(arguments: [
    ("-- sqlc:ignore renamed", ["renamed"], ""),
    ("DROP TABLE t; -- sqlc:ignore dropped-table", ["dropped-table"], ""),
    (
      "--sqlc:ignore renamed, dropped-table since nobody reads it", ["renamed", "dropped-table"],
      "since nobody reads it"
    ),
    ("-- sqlc:ignore renamed, dropped-table: nobody reads it", ["renamed", "dropped-table"], "nobody reads it"),
    ("-- sqlc:ignore renamed: unused", ["renamed"], "unused"), ("/* sqlc:ignore renamed */", ["renamed"], ""),
    ("-- sqlc:ignore test/renamed", ["test/renamed"], ""), ("-- sqlc:ignore renamed-things", ["renamed-things"], ""),
    ("-- SQLC:IGNORE Renamed: meant", ["renamed"], "meant"), ("-- sqlc:ignore: renamed", [], "renamed"),
    ("/* what\n * sqlc:ignore renamed: meant\n */", ["renamed"], "meant"),
    ("/** sqlc:ignore unused */", ["unused"], ""),
    ("/* sqlc:ignore renamed: a\n   sqlc:ignore unused: b */", ["renamed", "unused"], "a"),
    ("/* sqlc:ignore renamed: a */ /* sqlc:ignore unused: b */", ["renamed", "unused"], "a"),
    ("/* sqlc:ignore renamed:\n * meant */", ["renamed"], "meant"), ("SELECT 1 /* * */;", [], ""),
    ("-- see sqlc:ignore renamed", [], ""), ("SELECT '-- sqlc:ignore renamed';", [], ""),
    ("-- sqlc:ignored renamed", [], ""),
  ])
  func directives(text: String, rules: [String], reason: String) {
    let found = suppressions(of: SourceFile(path: "a.sql", text: text), lexicalRules: .sqlite) {
      !registry.rules(named: $0).isEmpty
    }
    #expect(found.flatMap(\.rules).map(\.text) == rules)
    #expect((found.first?.reason ?? "") == reason)
  }

  private func judge(
    _ text: String, _ rules: [(any RuleSet, Int)], settings: [RuleSetting] = [], isFinal: Bool = true
  ) -> [String] {
    let found = rules.map { rule, offset in
      Diagnostic(
        rule.rule, "m", at: DiagnosticLabel(SourceRange(path: "a.sql", range: ByteRange(offset, offset + 1))))
    }
    let judge = RuleJudge(registry, settings: settings)
    let judged = judge.judge(found, in: [(SourceFile(path: "a.sql", text: text), .sqlite)]) { _ in isFinal }
    return (judged + judge.diagnostics).map { "\($0.id.name) \($0.severity)" }
  }

  /// The statement above which it stands, in which it stands, or behind which it stands on the same line.
  @Test func countsForItsStatement() {
    let above = "SELECT 1;\n-- sqlc:ignore renamed: meant\nSELECT 2;\nSELECT 3;\n"
    let second = above.utf8.count - 20
    #expect(judge(above, [(TestRule.renamed, second)]) == [])
    #expect(judge(above, [(TestRule.unused, second)]) == ["unused warning", "unused-suppression warning"])
    #expect(judge(above, [(TestRule.renamed, 0)]) == ["renamed warning", "unused-suppression warning"])
    #expect(
      judge(above, [(TestRule.renamed, above.utf8.count - 5)]) == ["renamed warning", "unused-suppression warning"])
    let within = "SELECT 1,\n  -- sqlc:ignore renamed: meant\n  2;\nSELECT 3;\n"
    #expect(judge(within, [(TestRule.renamed, 7)]) == [])
    let behind = "SELECT 1; -- sqlc:ignore renamed: meant\nSELECT 2;\n"
    #expect(judge(behind, [(TestRule.renamed, 7)]) == [])
    #expect(judge(behind, [(TestRule.renamed, 45)]) == ["renamed warning", "unused-suppression warning"])
  }

  /// Several statements on a line: a comment between them is about the next one, one behind the last about that.
  @Test func countsOnALineOfSeveral() {
    let line =
      "SELECT 1; /* sqlc:ignore renamed: a */ SELECT 2; /* sqlc:ignore renamed: b */ /* sqlc:ignore unused: c */\n"
    let (renamed, unused) = (TestRule.renamed, TestRule.unused)
    #expect(judge(line, [(renamed, 42), (unused, 42)]) == ["unused-suppression warning"])
    #expect(judge(line, [(renamed, 0)]).first == "renamed warning")
    let two = "/* sqlc:ignore renamed: a */ /* sqlc:ignore unused: b */ SELECT 1;\nSELECT 2;"
    #expect(judge(two, [(renamed, 58), (unused, 58)]) == [])
    let behind = "SELECT 1; /* sqlc:ignore renamed: a */ /* sqlc:ignore unused: b */\nSELECT 2;"
    #expect(judge(behind, [(renamed, 0), (unused, 0)]) == [])
  }

  @Test func countsForItsFileWhereTheRuleSaysSo() {
    let text = "SELECT 1;\n-- sqlc:ignore lost: meant\nSELECT 2;\n"
    #expect(judge(text, [(FileRule.lost, 0), (FileRule.lost, 40)]) == [])
  }

  @Test func whatIsWrongWithThem() {
    #expect(judge("-- sqlc:ignore renamed\nSELECT 1;", [(TestRule.renamed, 25)]) == ["missing-reason warning"])
    #expect(judge("-- sqlc:ignore: meant\nSELECT 1;", []) == ["missing-name warning"])
    #expect(judge("-- sqlc:ignore\nSELECT 1;", []) == ["missing-name warning"])
    #expect(judge("/* one\n * SQLC:IGNORE */ SELECT 1;", []) == ["missing-name warning"])
    #expect(judge("-- sqlc:ignore renmaed: x\nSELECT 1;", []) == ["unknown-rule warning"])
    #expect(
      judge("-- sqlc:ignore broken: x\nSELECT 1;", [(TestRule.broken, 27)]) == ["broken error", "fixed-rule warning"])
    // A pass that has not run has had no occasion to give what is suppressed.
    #expect(judge("-- sqlc:ignore renamed: x\nSELECT 1;", [], isFinal: false) == [])
  }

  /// What is said of rules themselves is a warning, and is not called an error.
  @Test func aRuleAboutRulesIsNoError() {
    let setting = RuleSetting(
      name: "missing-reason", level: .off, source: SourceRange(path: "c.yaml", range: ByteRange(0, 1)))
    let judge = RuleJudge(RuleRegistry([RulesRule.self]), settings: [setting])
    #expect(judge.diagnostics.map(\.message) == ["'rules/missing-reason' is about rules, and no rule changes it"])
  }

  @Test func settings() {
    func setting(_ name: String, _ level: RuleLevel) -> RuleSetting {
      RuleSetting(name: name, level: level, source: SourceRange(path: "c.yaml", range: ByteRange(0, 1)))
    }
    let all: [(any RuleSet, Int)] = [(TestRule.renamed, 0), (TestRule.unused, 0), (TestRule.broken, 0)]
    #expect(
      judge("SELECT 1;", all, settings: [setting("test/renamed", .off), setting("unused", .error)])
        == ["unused error", "broken error"])
    #expect(
      judge("SELECT 1;", all, settings: [setting("broken", .off), setting("test/nothing", .off)])
        == ["renamed warning", "unused warning", "broken error", "fixed-rule warning", "unknown-rule warning"])
  }
}
