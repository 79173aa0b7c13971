// Every rule is explained in the article, under its pass.

import Foundation
import SQLCDiagnostics
import SQLCDriver
import Testing

@Suite struct DiagnosticPagesTests {
  /// The article and the registry, both ways. A diagnostic is made from a rule alone, so none has no page.
  @Test func everyRuleHasItsPage() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let article = try String(
      contentsOf: root.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/Diagnostics.md"), encoding: .utf8)
    let pages = DiagnosticPages(article: article).pages
    let documented = Set(pages.map(\.id))
    let known = Set(ruleRegistry.rules.map(\.id))
    #expect(known.subtracting(documented).map(\.description).sorted() == [])
    #expect(documented.subtracting(known).map(\.description).sorted() == [])
    #expect(known.count > 250)
    for page in pages {
      let rule = try #require(ruleRegistry[page.id])
      #expect((page.severity == .error) == (rule.level == .error), "\(page.id)")
      #expect(!rule.summary.isEmpty && !rule.summary.contains("\n"), "\(page.id)")
    }
  }

  @Test func readsAnArticle() {
    let article = """
      # Diagnostics
      ## one and two

      What holds for both.

      | name | when | what to do |
      |---|---|---|
      | `first`, `second` ⚠︎ | `a \\| b` | mend it |
      | `third` | always | |

      ### `third`

      Why, and `an example`.

      ## three
      """
    let pages = DiagnosticPages(article: article)
    #expect(
      pages.pages.map(\.id.description) == [
        "one/first", "two/first", "one/second", "two/second", "one/third", "two/third",
      ])
    #expect(pages.pages(for: "one/first").first?.when == "`a | b`")
    #expect(pages.pages(for: "one/first").first?.severity == .warning)
    #expect(pages.pages(for: "first").count == 2 && pages.pages(for: "three/first").isEmpty)
    #expect(pages.pages(for: "two/third").first?.more == "Why, and `an example`.")
    #expect(pages.pages(for: "two/third").first?.passText == "What holds for both.")
  }
}
