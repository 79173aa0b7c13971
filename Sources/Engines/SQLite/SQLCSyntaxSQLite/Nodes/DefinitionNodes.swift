// The other definitions as nodes: indexes, views, triggers, virtual tables, and changes to all of them.

import SQLCDiagnostics

extension CreateIndexSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .createIndex }
  public var children: [any SyntaxNode] { nodes(name.alone, table.alone, columns.nodes, whereClause?.alone) }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.flag("unique", isUnique) + SyntaxAttribute.flag("ifNotExists", ifNotExists)
  }
}

extension CreateViewSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .createView }
  public var children: [any SyntaxNode] { nodes(name.alone, columns?.nodes, query.alone) }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.flag("temporary", isTemporary) + SyntaxAttribute.flag("ifNotExists", ifNotExists)
  }
}

extension CreateTriggerSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .createTrigger }
  public var children: [any SyntaxNode] {
    var columns: [any SyntaxNode] = []
    if case .update(let names) = event { columns = names.nodes }
    return nodes(name.alone, columns, table.alone, when?.alone, body.map(\.node))
  }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.flag("temporary", isTemporary) + SyntaxAttribute.flag("ifNotExists", ifNotExists)
      + SyntaxAttribute.optional("time", time?.rawValue) + [SyntaxAttribute("event", event.word)]
      + SyntaxAttribute.flag("forEachRow", forEachRow) + SyntaxAttribute.flag("when", when != nil)
  }
}

extension CreateTriggerSyntax.Event {
  var word: String {
    switch self {
    case .delete: "DELETE"
    case .insert: "INSERT"
    case .update: "UPDATE"
    }
  }
}

extension CreateTriggerSyntax.Step {
  public var node: any SyntaxNode {
    switch self {
    case .insert(let node): node
    case .update(let node): node
    case .delete(let node): node
    case .select(let node): node
    }
  }
}

extension CreateVirtualTableSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .createVirtualTable }
  public var children: [any SyntaxNode] {
    nodes(name.alone, module.alone, arguments.filter { !$0.range.isEmpty }.nodes)
  }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("ifNotExists", ifNotExists) }
}

extension CreateVirtualTableSyntax.Argument: SyntaxNode {
  public var syntaxKind: SyntaxKind { .moduleArgument }
  public var children: [any SyntaxNode] { [] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("text", text)] }
}

extension AlterTableSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .alterTable }
  public var children: [any SyntaxNode] { nodes(table.alone, [action.node]) }
}

extension AlterTableSyntax.Action {
  /// The action by its kind, on the names and definitions it has; its words belong to the statement.
  var node: any SyntaxNode {
    switch self {
    case .renameTable(let name): PlainNode(.renameTable, name.range, [name])
    case .renameColumn(let old, let new): PlainNode(.renameColumn, old.range.union(new.range), [old, new])
    case .addColumn(let column): PlainNode(.addColumn, column.range, [column])
    case .dropColumn(let name): PlainNode(.dropColumn, name.range, [name])
    case .addConstraint(let constraint): PlainNode(.addConstraint, constraint.range, [constraint])
    case .dropConstraint(let name): PlainNode(.dropConstraint, name.range, [name])
    case .setNotNull(let name, let onConflict):
      PlainNode(.setNotNull, name.range, [name], SyntaxAttribute.optional("onConflict", onConflict?.rawValue))
    case .dropNotNull(let name): PlainNode(.dropNotNull, name.range, [name])
    }
  }
}

extension DropSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .drop }
  public var children: [any SyntaxNode] { [name] }
  public var attributes: [SyntaxAttribute] {
    [SyntaxAttribute("object", object.rawValue)] + SyntaxAttribute.flag("ifExists", ifExists)
  }
}
