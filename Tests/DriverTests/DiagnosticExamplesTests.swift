// Every example of the article breaks its rule and no other, and what stands beside it breaks none.

import Foundation
import SQLCDiagnostics
import SQLCDriver
import Testing

private let article: DiagnosticExamples = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let file = root.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/DiagnosticExamples.md")
  return DiagnosticExamples(article: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
}()

@Suite struct DiagnosticExamplesTests {
  @Test func examplesAreFound() {
    #expect(article.examples.count > 150)
    #expect(article.schema.contains("CREATE TABLE teams"))
    #expect(Set(article.examples.map(\.id)).count == article.examples.count)
  }

  @Test(arguments: article.examples) func breaksItsRuleAlone(example: DiagnosticExamples.Example) throws {
    #expect(ruleRegistry[example.id] != nil)
    let (broken, mended) = (try names(example.broken), try names(example.mended))
    #expect(broken == ([example.id.description] + (Self.causes[example.id.description] ?? [])).sorted())
    #expect(mended == [])
  }

  /// Every rule of these passes, which are about SQL alone, has an example, but for those named here. Of the others
  /// (configuration, files, databases, servers) the article shows none; `internal/…` cannot be broken by anything written.
  @Test func passesOfSQLHaveExamples() {
    let migrations = Set(
      ruleRegistry.rules.map(\.id).filter { id in
        id.pass == "migrate" && !article.examples.contains { $0.id == id }
      }.map(\.description))
    #expect(migrations == Self.migrationsWithoutExample)
    let passes = ["queryfile", "variants", "nesting", "batch", "syntax", "catalog", "binder", "inference", "query"]
    let shown = Set(article.examples.map(\.id))
    let missing = ruleRegistry.rules.map(\.id).filter { passes.contains($0.pass) && !shown.contains($0) }
    #expect(Set(missing.map(\.description)) == Self.withoutExample)
  }

  /// Those about the way back, which is a file of its own or a part between marks.
  private static let migrationsWithoutExample: Set<String> = [
    "migrate/failing-again", "migrate/failing-down", "migrate/incomplete-down", "migrate/missing-down",
    "migrate/ineffective-pragma", "migrate/several-transactions",
  ]

  /// What nothing that is written leads to: guards behind an earlier pass that says the same, or behind what cannot be.
  private static let withoutExample: Set<String> = ["query/missing-statement", "variants/unstable-columns"]

  /// Rules that follow from another mistake, which is said where it is.
  private static let causes: [String: [String]] = [
    "binder/broken-view": ["binder/unknown-column", "schema/broken-view"],
    "catalog/column-count": ["schema/broken-view"],
  ]

  private func names(_ snippet: DiagnosticExamples.Snippet) throws -> [String] {
    var files = [
      "schema/001_agents.sql": article.schema + "\n" + snippet.schema + "\n",
      "queries/agents.sql": snippet.queries + "\n",
    ]
    if !snippet.migration.isEmpty { files["schema/002_step.sql"] = snippet.migration }
    let disk = project(files)
    var context = context(disk)
    context.format = .json
    let outcome = try check(context, migrations: snippet.migration.isEmpty ? .skipped : .tried)
    let words = outcome.standardError.matches(of: /"id":"([a-z]+\/[a-z-]+)"/).map { String($0.output.1) }
    return Set(words).sorted()
  }
}
