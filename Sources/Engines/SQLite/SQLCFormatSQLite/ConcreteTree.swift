// The tree with its tokens: what a node says, in order, each token exactly once.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A node, its own tokens and its children in the order of the text.
struct ConcreteNode {
  enum Element {
    /// An index among the tokens of the text.
    case token(Int)
    case node(ConcreteNode)
  }
  var kind: SyntaxKind
  var elements: [Element]
  /// Indexes of its first token and of the one behind its last.
  var tokens: Range<Int>
}

extension ConcreteNode.Element {
  var tokens: Range<Int> {
    switch self {
    case .token(let index): index..<(index + 1)
    case .node(let node): node.tokens
    }
  }
}

/// Puts tokens and tree together.
///
/// A text with `sqlc.optional` or `sqlc.order` is parsed without them, at the same places. Where a macro's parenthesis begins
/// a node, the node begins with the macro; other words of a macro belong to the innermost node around them.
struct ConcreteTreeBuilder {
  let tokens: [Token]
  /// Where nodes that begin at a macro's parenthesis are to begin.
  let earlierStarts: [Int: Int]
  /// `sqlc.order(…)` and `sqlc.patch(…)`, whose last words may stand behind all that was parsed.
  let macros: [ByteRange]
  private var next: Int

  init(tokens: [Token], earlierStarts: [Int: Int], macros: [ByteRange]) {
    self.tokens = tokens
    self.earlierStarts = earlierStarts
    self.macros = macros
    next = 0
  }

  /// The statement, behind the semicolons that stand alone before it.
  mutating func buildStatements(upTo item: ScriptSyntax.Item) -> [ConcreteNode] {
    var result: [ConcreteNode] = []
    while next < tokens.count, tokens[next].range.upper <= item.range.lower { result.append(loneToken()) }
    result.append(build(item))
    return result
  }

  /// The semicolons that stand alone behind all statements.
  mutating func buildRest() -> [ConcreteNode] {
    var result: [ConcreteNode] = []
    while next < tokens.count { result.append(loneToken()) }
    return result
  }

  private mutating func loneToken() -> ConcreteNode {
    defer { next += 1 }
    return ConcreteNode(kind: .item, elements: [.token(next)], tokens: next..<(next + 1))
  }

  mutating func build(_ node: any SyntaxNode) -> ConcreteNode {
    let first = next
    var elements: [ConcreteNode.Element] = []
    for child in node.children {
      let start = earlierStarts[child.range.lower] ?? child.range.lower
      take(until: start, into: &elements)
      elements.append(.node(build(child)))
    }
    let end = end(of: node.range)
    while next < tokens.count, tokens[next].range.upper <= end {
      elements.append(.token(next))
      next += 1
    }
    return ConcreteNode(kind: node.syntaxKind, elements: elements, tokens: first..<next)
  }

  /// A node that a macro begins in has all of it.
  private func end(of range: ByteRange) -> Int {
    macros.reduce(range.upper) { end, macro in
      range.lower <= macro.lower && macro.lower < end ? max(end, macro.upper) : end
    }
  }

  private mutating func take(until offset: Int, into elements: inout [ConcreteNode.Element]) {
    while next < tokens.count, tokens[next].range.lower < offset {
      elements.append(.token(next))
      next += 1
    }
  }
}
