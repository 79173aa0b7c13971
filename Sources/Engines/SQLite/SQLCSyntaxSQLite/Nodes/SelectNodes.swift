// Queries and their parts as nodes.

import SQLCDiagnostics

extension SelectSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .select }
  public var children: [any SyntaxNode] { nodes(with?.alone, [body.node], orderBy.nodes, limit?.alone) }
}

extension SelectBodySyntax {
  public var node: any SyntaxNode {
    switch self {
    case .select(let node): node
    case .values(let node): node
    case .compound(let node): node
    }
  }
}

extension CompoundSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .compound }
  public var children: [any SyntaxNode] { [left.node, right.node] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("op", op.rawValue)] }
}

extension ValuesSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .values }
  public var children: [any SyntaxNode] { rows.nodes }
}

extension ValuesSyntax.Row: SyntaxNode {
  public var syntaxKind: SyntaxKind { .valuesRow }
  public var children: [any SyntaxNode] { elements.nodes }
}

extension SelectCoreSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .selectCore }
  public var children: [any SyntaxNode] {
    nodes(
      columns.nodes, from?.alone, whereClause?.alone, groupBy.nodes, having?.alone, windows.nodes)
  }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.optional("quantifier", quantifier?.rawValue)
      + SyntaxAttribute.flag("where", whereClause != nil)
      + (groupBy.isEmpty ? [] : [SyntaxAttribute("groupBy", "\(groupBy.count)")])
      + SyntaxAttribute.flag("having", having != nil)
  }
}

extension NamedWindowSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .namedWindow }
  public var children: [any SyntaxNode] { [name, window] }
}

extension ResultColumnSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch value {
    case .star: .star
    case .tableStar: .tableStar
    case .expression: .resultColumn
    }
  }
  public var children: [any SyntaxNode] {
    switch value {
    case .star: []
    case .tableStar(let table): [table]
    case .expression(let expression, let alias): nodes(expression.alone, alias?.alone)
    }
  }
}

extension OrderingTermSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .orderingTerm }
  public var children: [any SyntaxNode] { expression.alone }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.optional("direction", direction?.rawValue) + SyntaxAttribute.optional("nulls", nulls?.rawValue)
  }
}

extension LimitSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .limit }
  public var children: [any SyntaxNode] {
    guard let offset else { return count.alone }
    return offsetFirst ? [offset.node, count.node] : [count.node, offset.node]
  }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("offsetFirst", offsetFirst) }
}

extension WithSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .with }
  public var children: [any SyntaxNode] { tables.nodes }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("recursive", isRecursive) }
}

extension CommonTableSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .commonTable }
  public var children: [any SyntaxNode] { nodes(name.alone, columns?.nodes, query.alone) }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.optional("hint", hint?.rawValue) }
}
