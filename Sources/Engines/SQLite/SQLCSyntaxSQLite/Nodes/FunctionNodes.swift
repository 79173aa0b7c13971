// Calls, windows and frames as nodes.

import SQLCDiagnostics

extension FunctionCallSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .function }
  public var children: [any SyntaxNode] {
    var list: [any SyntaxNode] = [name]
    if case .list(let elements) = arguments { list += elements.nodes }
    list += orderBy.nodes
    list += withinGroup?.alone ?? []
    list += filter?.alone ?? []
    switch over {
    case .name(let window): list.append(window)
    case .definition(let window): list.append(window)
    case nil: break
    }
    return list
  }
  public var attributes: [SyntaxAttribute] {
    var isStar = false
    if case .star = arguments { isStar = true }
    return SyntaxAttribute.flag("star", isStar) + SyntaxAttribute.flag("distinct", isDistinct)
      + SyntaxAttribute.flag("withinGroup", withinGroup != nil)
      + SyntaxAttribute.flag("filter", filter != nil) + SyntaxAttribute.flag("over", over != nil)
  }
}

extension WindowSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .window }
  public var children: [any SyntaxNode] {
    nodes(baseName?.alone, partitionBy.nodes, orderBy.nodes, frame?.alone)
  }
}

extension FrameSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .frame }
  public var children: [any SyntaxNode] { nodes(start.nodes, end?.nodes) }
  public var attributes: [SyntaxAttribute] {
    [SyntaxAttribute("unit", unit.rawValue), SyntaxAttribute("start", start.words)]
      + SyntaxAttribute.optional("end", end?.words) + SyntaxAttribute.optional("exclude", exclusion?.rawValue)
  }
}

extension FrameSyntax.Bound {
  /// The distance of the bound, if it has one; the words around it belong to the frame.
  var nodes: [any SyntaxNode] {
    switch self {
    case .preceding(let distance), .following(let distance): distance.alone
    case .unboundedPreceding, .currentRow, .unboundedFollowing: []
    }
  }

  var words: String {
    switch self {
    case .unboundedPreceding: "UNBOUNDED PRECEDING"
    case .preceding: "PRECEDING"
    case .currentRow: "CURRENT ROW"
    case .following: "FOLLOWING"
    case .unboundedFollowing: "UNBOUNDED FOLLOWING"
    }
  }
}
