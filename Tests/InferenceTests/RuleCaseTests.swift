// Each inference rule as a case: the rule's SQL, and what we say of it. The file beside the rules is the specification; with
// UPDATE_REFERENCES=1 it is written anew, and the test fails, so that a change is looked at.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

private struct Rules: Decodable {
  struct Rule: Decodable {
    struct Check: Decodable { var sql: String }
    var id: Int
    var construct: String
    var checks: [Check]
  }
  var fixture: String
  var rules: [Rule]
}

@Suite struct RuleCaseTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Rules")
  static let file = folder.appending(path: "cases.txt")

  /// Rules whose checks ask only about names, affinities and the like: DescriptionRuleTests has them.
  private static func isDescribed(_ rule: Rules.Rule) -> Bool {
    rule.checks.allSatisfy { DescriptionCheck($0.sql) != nil }
  }

  @Test func everyRuleHasItsCase() throws {
    let rules = try JSONDecoder().decode(
      Rules.self, from: Data(contentsOf: Self.folder.appending(path: "inference-rules.json")))
    try #require(rules.rules.count == 208)
    var text = ""
    var cases = 0
    for rule in rules.rules where !Self.isDescribed(rule) {
      text += "=== \(rule.id): \(rule.construct)\n"
      for check in rule.checks where DescriptionCheck(check.sql) == nil {
        cases += 1
        text += "\(check.sql)\n\(answer(to: check.sql, fixture: rules.fixture))\n"
      }
      text += "\n"
    }
    #expect(cases > 230)
    if ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] == "1" {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
      Issue.record("the cases were written; run again without UPDATE_REFERENCES")
      return
    }
    let expected = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n=== ")
    let actual = text.components(separatedBy: "\n=== ")
    #expect(expected.count == actual.count)
    for (expected, actual) in zip(expected, actual) { #expect(expected == actual) }
  }

  /// `  int, text?  (atMostOne)` and `  ? id: int` for parameters, or `  error[…]`.
  private func answer(to sql: String, fixture: String) -> String {
    var statements = sql.components(separatedBy: ";").filter { !$0.allSatisfy(\.isWhitespace) }
    let last = statements.popLast() ?? ""
    let schema = fixture + statements.joined(separator: ";") + ";"
    let analysis = Analysis(schema: schema, options: .newest)
    // A definition is no query: what the catalog says of it.
    guard !last.hasPrefix("CREATE") else {
      let built = Analysis(schema: schema + last + ";", options: .newest)
      let said = built.schemaDiagnostics.map { "  \($0.severity.rawValue)[\($0.id.name)]" }
      return said.isEmpty ? "  defined" : said.joined(separator: "\n")
    }
    guard let result = analysis.analyze(last + ";", options: .newest).first?.1 else { return "  nothing" }
    var lines = result.diagnostics.map { "  \($0.severity.rawValue)[\($0.id.name)] \($0.message)" }
    if !result.diagnostics.hasErrors {
      let columns = notation(result.value).joined(separator: ", ")
      lines.append("  \(columns.isEmpty ? "no columns" : columns)  (\(result.value.rowCount.bound))")
      lines += result.value.parameters.map { "  ? \($0.name): \(notation($0.facts, isSlice: $0.isSlice))" }
    }
    return lines.joined(separator: "\n")
  }
}
