// INSERT, UPDATE, DELETE and their parts as nodes.

import SQLCDiagnostics

extension InsertSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .insert }
  public var children: [any SyntaxNode] {
    nodes(
      with?.alone, table.alone, alias?.alone, columns?.nodes, [source.node], upserts.nodes, returning?.alone)
  }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.flag("replace", isReplace)
      + SyntaxAttribute.optional("onConflict", isReplace ? nil : onConflict?.rawValue)
  }
}

extension InsertSyntax.Source {
  var node: any SyntaxNode {
    switch self {
    case .select(let query): query
    case .defaultValues(let range): PlainNode(.defaultValues, range)
    }
  }
}

extension UpsertSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .upsert }
  public var children: [any SyntaxNode] {
    switch action {
    case .nothing: nodes(target.nodes, targetWhere?.alone)
    case .update(let assignments, let condition):
      nodes(target.nodes, targetWhere?.alone, assignments.nodes, condition?.alone)
    }
  }
  public var attributes: [SyntaxAttribute] {
    if case .nothing = action { return [SyntaxAttribute("do", "NOTHING")] }
    return [SyntaxAttribute("do", "UPDATE")]
  }
}

extension AssignmentSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { isRow ? .rowAssignment : .assignment }
  public var children: [any SyntaxNode] { nodes(columns.nodes, value.alone) }
}

extension UpdateSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .update }
  public var children: [any SyntaxNode] {
    nodes(
      with?.alone, table.alone, assignments.nodes, from?.alone, whereClause?.alone, returning?.alone, orderBy.nodes,
      limit?.alone)
  }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.optional("onConflict", onConflict?.rawValue) }
}

extension DeleteSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .delete }
  public var children: [any SyntaxNode] {
    nodes(with?.alone, table.alone, whereClause?.alone, returning?.alone, orderBy.nodes, limit?.alone)
  }
}

extension ReturningSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .returning }
  public var children: [any SyntaxNode] { columns.nodes }
}
