// Every diagnostic the sources can give is explained in the article, under its pass.

import Foundation
import SQLCDiagnostics
import Testing

@Suite struct DiagnosticPagesTests {
  @Test func everyNameIsExplained() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = root.appending(path: "Sources")
    let article = try String(
      contentsOf: sources.appending(path: "Clients/sqlc-swift/Documentation.docc/Diagnostics.md"), encoding: .utf8)
    let pages = Set(DiagnosticPages(article: article).pages.map(\.id))

    var missing: Set<String> = []
    var found = 0
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      // A name is two literals, or the second comes from the file's own table; anything else would escape this test.
      let other = text.matches(of: #/DiagnosticID\(([^)]*)\)/#).map { String($0.1) }.filter {
        $0.wholeMatch(of: #/"[a-z]+", ("[a-z0-9-]+"|name|content\.name)|_ pass: String, _ name: String/#) == nil
      }
      #expect(other.isEmpty || file.lastPathComponent == "DiagnosticPages.swift", "\(file.lastPathComponent): \(other)")
      for name in names(in: text) {
        found += 1
        if !pages.contains(DiagnosticID(name.pass, name.name)) { missing.insert("\(name.pass)/\(name.name)") }
      }
    }
    #expect(missing.sorted() == [])
    #expect(found > 100)
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

  /// `DiagnosticID("pass", "name")`, and where the name comes from a table in the same file, that table.
  private func names(in text: String) -> [(pass: String, name: String)] {
    var result = text.matches(of: #/DiagnosticID\("([a-z]+)", "([a-z0-9-]+)"\)/#).map { (String($0.1), String($0.2)) }
    if let pass = text.firstMatch(of: #/DiagnosticID\("([a-z]+)", (?:name|content\.name)\)/#) {
      let tables = [#/case [^\n]*: "([a-z]+-[a-z-]+)"\n/#, #/[^a-zA-Z](?:id\(|name: )"([a-z0-9-]+)"/#]
      for table in tables { result += text.matches(of: table).map { (String(pass.1), String($0.1)) } }
    }
    return result
  }
}
