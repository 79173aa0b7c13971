// CREATE TABLE and its parts as nodes.

import SQLCDiagnostics

extension CreateTableSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .createTable }
  public var children: [any SyntaxNode] {
    switch body {
    case .columns(let columns, let constraints, let options):
      nodes(name.alone, columns.nodes, constraints.nodes, options.nodes)
    case .select(let query): nodes(name.alone, query.alone)
    }
  }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.flag("temporary", isTemporary) + SyntaxAttribute.flag("ifNotExists", ifNotExists)
  }
}

extension TableOptionSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .tableOption }
  public var children: [any SyntaxNode] { [] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("option", option.rawValue)] }
}

extension ColumnDefinitionSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .columnDefinition }
  public var children: [any SyntaxNode] { nodes(name.alone, type?.alone, constraints.nodes) }
}

extension ColumnConstraintSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch kind {
    case .primaryKey: .columnPrimaryKey
    case .notNull: .columnNotNull
    case .null: .columnNull
    case .unique: .columnUnique
    case .check: .columnCheck
    case .defaultValue: .columnDefault
    case .collate: .columnCollate
    case .references: .columnReferences
    case .generated: .columnGenerated
    case .deferral: .columnDeferral
    case .nothing: .columnBareConstraint
    }
  }
  public var children: [any SyntaxNode] {
    switch kind {
    case .primaryKey, .notNull, .null, .unique, .deferral, .nothing: nodes(name?.alone)
    case .check(let expression), .defaultValue(let expression), .generated(let expression, _):
      nodes(name?.alone, expression.alone)
    case .collate(let collation): nodes(name?.alone, collation.alone)
    case .references(let clause): nodes(name?.alone, clause.alone)
    }
  }
  public var attributes: [SyntaxAttribute] {
    switch kind {
    case .primaryKey(let direction, let onConflict, let autoincrement):
      SyntaxAttribute.optional("direction", direction?.rawValue)
        + SyntaxAttribute.optional("onConflict", onConflict?.rawValue)
        + SyntaxAttribute.flag("autoincrement", autoincrement)
    case .notNull(let onConflict), .null(let onConflict), .unique(let onConflict):
      SyntaxAttribute.optional("onConflict", onConflict?.rawValue)
    case .generated(_, let storage): SyntaxAttribute.optional("storage", storage?.rawValue)
    case .deferral(let isDeferrable, let initially): deferralAttributes(isDeferrable, initially)
    case .check, .defaultValue, .collate, .references, .nothing: []
    }
  }
}

extension TableConstraintSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch kind {
    case .primaryKey: .tablePrimaryKey
    case .unique: .tableUnique
    case .check: .tableCheck
    case .foreignKey: .tableForeignKey
    case .nothing: .tableBareConstraint
    }
  }
  public var children: [any SyntaxNode] {
    switch kind {
    case .primaryKey(let columns, _, _), .unique(let columns, _): nodes(name?.alone, columns.nodes)
    case .check(let condition, _): nodes(name?.alone, condition.alone)
    case .foreignKey(let columns, let clause): nodes(name?.alone, columns.nodes, clause.alone)
    case .nothing: nodes(name?.alone)
    }
  }
  public var attributes: [SyntaxAttribute] {
    switch kind {
    case .primaryKey(_, let onConflict, let autoincrement):
      SyntaxAttribute.optional("onConflict", onConflict?.rawValue)
        + SyntaxAttribute.flag("autoincrement", autoincrement)
    case .unique(_, let onConflict), .check(_, let onConflict):
      SyntaxAttribute.optional("onConflict", onConflict?.rawValue)
    case .foreignKey, .nothing: []
    }
  }
}

extension ForeignKeyClauseSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .foreignKeyClause }
  public var children: [any SyntaxNode] { nodes(table.alone, columns?.nodes, match?.alone) }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.optional("onDelete", actions[.delete]?.rawValue)
      + SyntaxAttribute.optional("onUpdate", actions[.update]?.rawValue)
      + deferralAttributes(isDeferrable, initially)
  }
}

private func deferralAttributes(
  _ isDeferrable: Bool?, _ initially: ForeignKeyClauseSyntax.Deferral?
) -> [SyntaxAttribute] {
  SyntaxAttribute.optional("deferrable", isDeferrable.map { "\($0)" })
    + SyntaxAttribute.optional("initially", initially?.rawValue)
}

extension IndexedColumnSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .indexedColumn }
  public var children: [any SyntaxNode] { expression.alone }
  public var attributes: [SyntaxAttribute] {
    SyntaxAttribute.optional("direction", direction?.rawValue) + SyntaxAttribute.optional("nulls", nulls?.rawValue)
  }
}
