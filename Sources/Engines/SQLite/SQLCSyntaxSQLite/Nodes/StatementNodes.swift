// Statements and the script as nodes.

import SQLCDiagnostics

extension StatementSyntax {
  /// The production inside.
  public var node: any SyntaxNode {
    switch self {
    case .select(let node): node
    case .insert(let node): node
    case .update(let node): node
    case .delete(let node): node
    case .createTable(let node): node
    case .createIndex(let node): node
    case .createView(let node): node
    case .createTrigger(let node): node
    case .createVirtualTable(let node): node
    case .alterTable(let node): node
    case .drop(let node): node
    case .pragma(let node): node
    case .attach(let node): node
    case .detach(let node): node
    case .transaction(let node): node
    case .analyze(let node): node
    case .reindex(let node): node
    case .vacuum(let node): node
    case .explain(let node): node
    case .invalid(let node): node
    }
  }
}

extension ScriptSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .script }
  public var children: [any SyntaxNode] { items.nodes }
}

extension ScriptSyntax.Item: SyntaxNode {
  public var syntaxKind: SyntaxKind { .item }
  public var children: [any SyntaxNode] { [statement.node] }
}

extension PragmaSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .pragma }
  public var children: [any SyntaxNode] { nodes(name.alone, value?.alone) }
}

extension AttachSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .attach }
  public var children: [any SyntaxNode] { nodes(database.alone, schema.alone, key?.alone) }
}

extension DetachSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .detach }
  public var children: [any SyntaxNode] { schema.alone }
}

extension TransactionSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch action {
    case .begin: .begin
    case .commit: .commit
    case .rollback: .rollback
    case .savepoint: .savepoint
    case .release: .release
    }
  }
  public var children: [any SyntaxNode] {
    switch action {
    case .begin, .commit: []
    case .rollback(let name): nodes(name?.alone)
    case .savepoint(let name), .release(let name): [name]
    }
  }
  public var attributes: [SyntaxAttribute] {
    guard case .begin(let behavior) = action else { return [] }
    return SyntaxAttribute.optional("behavior", behavior?.rawValue)
  }
}

extension AnalyzeSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .analyze }
  public var children: [any SyntaxNode] { nodes(name?.alone) }
}

extension ReindexSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .reindex }
  public var children: [any SyntaxNode] { nodes(name?.alone) }
}

extension VacuumSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .vacuum }
  public var children: [any SyntaxNode] { nodes(schema?.alone, into?.alone) }
}

extension ExplainSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .explain }
  public var children: [any SyntaxNode] { [statement.node] }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("queryPlan", isQueryPlan) }
}
