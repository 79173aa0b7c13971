// Every diagnostic the sources can give is explained in the article, under its pass.

import Foundation
import Testing

@Suite struct DiagnosticPagesTests {
  @Test func everyNameIsExplained() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = root.appending(path: "Sources")
    let article = try String(
      contentsOf: sources.appending(path: "sqlc-swift/Documentation.docc/Diagnostics.md"), encoding: .utf8)
    var sections: [String: Substring] = [:]
    for section in article.components(separatedBy: "\n## ").dropFirst() {
      let title = section.prefix { $0 != "\n" }
      for pass in String(title).components(separatedBy: " and ") { sections[pass] = section[...] }
    }

    var missing: Set<String> = []
    var found = 0
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for name in names(in: text) {
        found += 1
        if sections[name.pass]?.contains("`\(name.name)`") != true { missing.insert("\(name.pass)/\(name.name)") }
      }
    }
    #expect(missing.sorted() == [])
    #expect(found > 100)
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
