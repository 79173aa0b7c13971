// Every executable check of the inference rules: what we infer holds for what SQLite answers.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

private struct RuleFile: Decodable {
  struct Rule: Decodable {
    var id: Int
    var construct: String
    var checks: [Check]
  }
  struct Check: Decodable { var sql: String }
  var fixture: String
  var rules: [Rule]
}

@Suite struct RuleTests {
  @Test func everyRuleHolds() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Rules/inference-rules.json")
    let file = try JSONDecoder().decode(RuleFile.self, from: Data(contentsOf: url))
    let fullText = "CREATE VIRTUAL TABLE f USING fts5(title, body); INSERT INTO f VALUES('hello','world'),(NULL,5);"
    var checked = 0
    /// Rules with a check that is left out, by why.
    var withParameters: Set<Int> = []
    var withoutSchema: Set<Int> = []
    var refused: Set<Int> = []
    for rule in file.rules {
      for check in rule.checks {
        // The other kinds of checks are in DescriptionRuleTests.swift.
        guard check.sql.first?.isUppercase == true, DescriptionCheck(check.sql) == nil else { continue }
        var statements = check.sql.components(separatedBy: ";").filter { !$0.allSatisfy(\.isWhitespace) }
        let statement = statements.popLast()
        let last = try #require(statement, "rule \(rule.id): no statement")
        // There is no value to run it with: RuleCaseTests has what is found of it.
        guard !last.contains("?") else {
          withParameters.insert(rule.id)
          continue
        }
        let before = statements.joined(separator: ";") + ";"
        // Some scripts make that table themselves.
        let schema = file.fixture + (before.contains("VIRTUAL TABLE f ") ? "" : fullText) + before
        guard var soundness = try? Soundness(schema: schema) else {
          withoutSchema.insert(rule.id)
          continue
        }
        soundness.trustsDeclaredTypes = !(12...23).contains(rule.id)
        let analysis = Analysis(schema: schema, options: .newest)
        for (_, result) in analysis.analyze(last + ";", options: .newest) {
          guard !result.diagnostics.hasErrors else {
            if sqliteAccepts(last, soundness) {
              refused.insert(rule.id)
              if !Self.refusedOnPurpose.contains(rule.id) {
                Issue.record("rule \(rule.id): \(last): \(result.diagnostics.map(\.message))")
              }
            }
            continue
          }
          checked += 1
          let problems = soundness.check(last, against: result.value)
          #expect(problems.isEmpty, "rule \(rule.id): \(problems)")
        }
      }
    }
    #expect(checked > 150)
    #expect(refused == Self.refusedOnPurpose)
    #expect(withParameters.sorted() == Self.withParameters)
    #expect(withoutSchema.isEmpty, "scripts that SQLite refuses: \(withoutSchema.sorted())")
  }

  /// Double-quoted strings, rowids of views, RETURNING on virtual tables.
  private static let refusedOnPurpose: Set<Int> = [8, 33, 197]

  private static let withParameters = [9]

  private func sqliteAccepts(_ sql: String, _ soundness: Soundness) -> Bool {
    (try? soundness.database.execute(sql)) != nil
  }
}

extension SemanticsOptions {
  static let newest = SemanticsOptions(minimumVersion: SQLiteVersion(3, 50), strictPrimaryKeys: true)
}
