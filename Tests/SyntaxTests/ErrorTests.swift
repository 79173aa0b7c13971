// What the front end says about wrong SQL: every message, the text it underlines, and its fix-its.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

private let errors = CaseDirectory(name: "Errors")

/// A diagnostic as a case file shows it.
private func render(_ sql: String) -> String {
  let source = SourceFile(path: "case.sql", text: sql)
  let diagnostics = parseScript(source, options: ParserOptions(allowsMacros: true)).diagnostics
  return diagnostics.map { diagnostic in
    let range = diagnostic.primary.source.range
    var lines = ["\(diagnostic.severity.rawValue)[\(diagnostic.id.name)] \(diagnostic.message)"]
    lines.append("  at \(range.lower): \(source.slice(range)) -- \(diagnostic.primary.text)")
    lines += diagnostic.notes.map { "  note: \($0)" }
    for fix in diagnostic.fixIts { lines.append("  fix (\(fix.applicability.rawValue)): \(fix.message)") }
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}

@Suite struct ErrorTests {
  @Test func references() throws {
    try #require(!errors.cases.isEmpty, "no case was found")
    if CaseDirectory.isUpdating { try errors.update { render($0.sql) } }
  }

  @Test(arguments: errors.cases) func says(_ example: SyntaxCase) {
    guard !CaseDirectory.isUpdating else { return }
    #expect(render(example.sql) == example.expected)
  }

  @Test(arguments: errors.cases) func keepsTheTreeSound(_ example: SyntaxCase) {
    let script = parseScript(SourceFile(path: "case.sql", text: example.sql)).value
    #expect(checkTree(of: script).isEmpty)
    #expect(SyntaxPrinter.print(script) == example.sql)
  }

  /// A fix-it that is called safe leaves nothing to complain about.
  @Test func safeFixItMends() throws {
    let sql = "CREATE TABLE a (x)\nCREATE TABLE b (y)"
    let fix = try #require(parseScript(SourceFile(path: "x", text: sql)).diagnostics.first?.fixIts.first)
    #expect(fix.applicability == .safe)
    var bytes = Array(sql.utf8)
    for edit in fix.edits {
      bytes.replaceSubrange(edit.source.range.lower..<edit.source.range.upper, with: Array(edit.replacement.utf8))
    }
    let mended = parseScript(SourceFile(path: "x", text: String(decoding: bytes, as: UTF8.self)))
    #expect(mended.diagnostics.isEmpty)
    #expect(mended.value.items.count == 2)
  }
}
