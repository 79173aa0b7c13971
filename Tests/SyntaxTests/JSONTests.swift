// What `sqlc-swift parse` prints is JSON, and says what the tree says.

import Foundation
import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

private struct PrintedNode: Decodable, Equatable {
  var kind: String
  var range: [Int]
  var children: [PrintedNode]?
}

private struct PrintedCheck: Decodable {
  struct Diagnostic: Decodable {
    var id: String
    var message: String
    var range: [Int]
  }
  var ok: Bool
  var diagnostics: [Diagnostic]?
}

@Suite struct JSONTests {
  @Test(arguments: CaseDirectory(name: "Corpus").cases) func tree(_ example: SyntaxCase) throws {
    let script = parseScript(SourceFile(path: "x", text: example.sql), options: ParserOptions(allowsMacros: true)).value
    let printed = try JSONDecoder().decode(PrintedNode.self, from: Data(renderTree(script).utf8))
    func mirror(_ node: any SyntaxNode) -> PrintedNode {
      let children = node.children.map(mirror)
      return PrintedNode(
        kind: node.syntaxKind.rawValue, range: [node.range.lower, node.range.upper],
        children: children.isEmpty ? nil : children)
    }
    #expect(printed == mirror(script))
  }

  @Test func acceptedLine() { #expect(checkLine("SELECT 1") == #"{"ok":true}"#) }

  /// A warning does not make a statement wrong.
  @Test func warnedLine() { #expect(checkLine("SELECT 1 /* open") == #"{"ok":true}"#) }

  @Test(arguments: ["SELECT", "SELECT \"a\u{1}\n", "SELECT é ^ 'ü", "\u{7F}"]) func rejectedLine(_ sql: String) throws {
    let printed = try JSONDecoder().decode(PrintedCheck.self, from: Data(checkLine(sql).utf8))
    #expect(!printed.ok)
    #expect(printed.diagnostics?.isEmpty == false)
    #expect(printed.diagnostics?.allSatisfy { $0.id.hasPrefix("syntax/") && $0.range.count == 2 } == true)
  }
}
