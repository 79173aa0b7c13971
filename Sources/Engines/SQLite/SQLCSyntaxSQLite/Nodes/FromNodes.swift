// Tables and joins as nodes.

import SQLCDiagnostics

extension FromSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .from }
  public var children: [any SyntaxNode] { nodes([first.node], joins.nodes) }
}

extension JoinSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch constraint {
    case .on: .joinOn
    case .using: .joinUsing
    case nil: .join
    }
  }
  public var children: [any SyntaxNode] {
    switch constraint {
    case .on(let condition): [source.node, condition.node]
    case .using(let columns): [source.node] + columns.nodes
    case nil: [source.node]
    }
  }
  public var attributes: [SyntaxAttribute] {
    [SyntaxAttribute("join", kind.rawValue)] + SyntaxAttribute.flag("natural", isNatural)
  }
}

extension TableSourceSyntax {
  public var node: any SyntaxNode {
    switch self {
    case .table(let node): node
    case .subquery(let node): node
    case .nested(let node): node
    }
  }
}

extension TableReferenceSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    if arguments != nil { return .tableFunction }
    switch indexHint {
    case .indexedBy: return .indexedBy
    case .notIndexed: return .notIndexed
    case nil: return .tableReference
    }
  }
  public var children: [any SyntaxNode] {
    var list = nodes(name.alone, arguments?.nodes, alias?.alone)
    if case .indexedBy(let index) = indexHint { list.append(index) }
    return list
  }
}

extension TableSubquerySyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .tableSubquery }
  public var children: [any SyntaxNode] { nodes(query.alone, alias?.alone) }
}

extension NestedFromSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .nestedFrom }
  public var children: [any SyntaxNode] { nodes(from.alone, alias?.alone) }
}
