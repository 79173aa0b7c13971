// Small helpers to write the children of a node down in their order.

import SQLCDiagnostics

/// A production that is told by a piece of text alone, without a type of its own in the tree.
struct PlainNode: SyntaxNode {
  let syntaxKind: SyntaxKind
  let range: ByteRange
  let children: [any SyntaxNode]
  let attributes: [SyntaxAttribute]

  init(
    _ kind: SyntaxKind, _ range: ByteRange, _ children: [any SyntaxNode] = [], _ attributes: [SyntaxAttribute] = []
  ) {
    syntaxKind = kind
    self.range = range
    self.children = children
    self.attributes = attributes
  }
}

/// The children of a node, gathered in source order; what is absent is left out.
func nodes(_ groups: [any SyntaxNode]?...) -> [any SyntaxNode] { groups.flatMap { $0 ?? [] } }

extension SyntaxNode {
  /// The node as a list of one.
  var alone: [any SyntaxNode] { [self] }
}

extension ExpressionSyntax {
  var alone: [any SyntaxNode] { [node] }
}

extension [ExpressionSyntax] {
  var nodes: [any SyntaxNode] { map(\.node) }
}

extension Sequence where Element: SyntaxNode {
  var nodes: [any SyntaxNode] { map { $0 } }
}
