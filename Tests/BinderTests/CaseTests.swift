import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

private let casesDirectory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")

func caseNames() -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: casesDirectory.path)) ?? []
  return names.filter { $0.hasSuffix(".sql") }.sorted()
}

func readCase(_ name: String) throws -> CaseFile {
  let text = try String(contentsOf: casesDirectory.appendingPathComponent(name), encoding: .utf8)
  return CaseFile(path: name, text: text)
}

@Suite struct CaseTests {
  @Test func casesAreThere() { #expect(!caseNames().isEmpty) }

  @Test(arguments: caseNames()) func diagnosticsAndFacts(_ name: String) throws {
    let file = try readCase(name)
    var options = SemanticsOptions(minimumVersion: SQLiteVersion(3, name.hasPrefix("old_versions") ? 37 : 40))
    if name.hasPrefix("strict_keys") { options.strictPrimaryKeys = true }
    let schema = parseScript(file.schema)
    let catalog = buildCatalog(from: [schema.value], options: options)
    var diagnostics = schema.diagnostics + catalog.diagnostics
    let script = parseScript(file.queries, options: ParserOptions(allowsMacros: true))
    diagnostics += script.diagnostics
    var facts = file.facts
    for item in script.value.items {
      let bound = bind(item.statement, in: catalog.value, source: file.queries, options: options)
      diagnostics += bound.diagnostics
      let lastLine = file.queries.slice(ByteRange(0, item.range.upper)).utf8.count { $0 == UInt8(ascii: "\n") }
      while let index = facts.firstIndex(where: { $0.line == lastLine }) {
        let fact = facts.remove(at: index)
        let value = bound.value.fact(fact.key, in: catalog.value, source: file.queries)
        #expect(value == fact.value, "\(name):\(lastLine + 1) \(fact.key)")
      }
    }
    for fact in facts { Issue.record("\(name): no statement ends above '--= \(fact.key)' (line \(fact.line + 1))") }
    for problem in file.unexpected(diagnostics) { Issue.record("\(name): \(problem)") }
  }
}
