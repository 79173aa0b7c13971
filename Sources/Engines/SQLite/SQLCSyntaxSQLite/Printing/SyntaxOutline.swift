// The tree as indented text, for people and for the syntax corpus.

import SQLCDiagnostics

/// One line for each node, children indented: the kind, then its attributes.
///
///     select
///       selectCore
///         resultColumn
///           integerLiteral value=1
public func outline(_ node: any SyntaxNode) -> String {
  var lines: [String] = []
  appendOutline(node, depth: 0, to: &lines)
  return lines.joined(separator: "\n")
}

private func appendOutline(_ node: any SyntaxNode, depth: Int, to lines: inout [String]) {
  let attributes = node.attributes.map { " \($0.name)=\(JSONText.quotedIfNeeded($0.value))" }
  lines.append(String(repeating: "  ", count: depth) + node.syntaxKind.rawValue + attributes.joined())
  for child in node.children { appendOutline(child, depth: depth + 1, to: &lines) }
}
