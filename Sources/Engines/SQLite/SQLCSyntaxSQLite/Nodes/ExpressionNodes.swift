// Expressions as nodes.

import SQLCDiagnostics

extension ExpressionSyntax {
  /// The production inside.
  public var node: any SyntaxNode {
    switch self {
    case .literal(let node): node
    case .parameter(let node): node
    case .column(let node): node
    case .macro(let node): node
    case .unary(let node): node
    case .binary(let node): node
    case .nullTest(let node): node
    case .like(let node): node
    case .between(let node): node
    case .inList(let node): node
    case .collate(let node): node
    case .cast(let node): node
    case .caseWhen(let node): node
    case .function(let node): node
    case .exists(let node): node
    case .subquery(let node): node
    case .row(let node): node
    case .parenthesized(let node): node
    case .raise(let node): node
    case .missing(let node): node
    }
  }
}

extension LiteralSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch value {
    case .integer: .integerLiteral
    case .real: .realLiteral
    case .string: .stringLiteral
    case .blob: .blobLiteral
    case .null: .nullLiteral
    case .currentDate, .currentTime, .currentTimestamp: .timeLiteral
    }
  }
  public var children: [any SyntaxNode] { [] }
  public var attributes: [SyntaxAttribute] {
    switch value {
    case .integer(let text), .real(let text), .string(let text): [SyntaxAttribute("value", text)]
    case .blob(let bytes): [SyntaxAttribute("bytes", "\(bytes)")]
    case .null: []
    case .currentDate: [SyntaxAttribute("value", "CURRENT_DATE")]
    case .currentTime: [SyntaxAttribute("value", "CURRENT_TIME")]
    case .currentTimestamp: [SyntaxAttribute("value", "CURRENT_TIMESTAMP")]
    }
  }
}

extension ParameterSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .parameter }
  public var children: [any SyntaxNode] { [] }
  public var attributes: [SyntaxAttribute] {
    switch form {
    case .anonymous: []
    case .numbered(let number): [SyntaxAttribute("number", "\(number)")]
    case .named(let prefix, let name): [SyntaxAttribute("name", "\(prefix)\(name)")]
    }
  }
}

extension ColumnReferenceSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .column }
  public var children: [any SyntaxNode] { nodes(schema?.alone, table?.alone, column.alone) }
}

extension MacroSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .macro }
  public var children: [any SyntaxNode] { [argument] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("macro", name.rawValue)] }
}

extension UnarySyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .unary }
  public var children: [any SyntaxNode] { operand.alone }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("op", op.rawValue)] }
}

extension BinarySyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .binary }
  public var children: [any SyntaxNode] { [left.node, right.node] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("op", op.rawValue)] }
}

extension NullTestSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .nullTest }
  public var children: [any SyntaxNode] { operand.alone }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("op", isNull ? "ISNULL" : "NOTNULL")] }
}

extension LikeSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .like }
  public var children: [any SyntaxNode] { nodes(operand.alone, pattern.alone, escape?.alone) }
  public var attributes: [SyntaxAttribute] {
    [SyntaxAttribute("op", op.rawValue)] + SyntaxAttribute.flag("negated", isNegated)
  }
}

extension BetweenSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .between }
  public var children: [any SyntaxNode] { [operand.node, low.node, high.node] }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("negated", isNegated) }
}

extension InSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind {
    switch source {
    case .list: .inList
    case .subquery: .inSubquery
    case .table: .inTable
    case .macro: .inMacro
    }
  }
  public var children: [any SyntaxNode] {
    switch source {
    case .list(let elements): nodes(operand.alone, elements.nodes)
    case .subquery(let query): nodes(operand.alone, query.alone)
    case .table(let name, let arguments): nodes(operand.alone, name.alone, arguments?.nodes)
    case .macro(let macro): nodes(operand.alone, macro.alone)
    }
  }
  public var attributes: [SyntaxAttribute] { SyntaxAttribute.flag("negated", isNegated) }
}

extension CollateSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .collate }
  public var children: [any SyntaxNode] { nodes(operand.alone, collation.alone) }
}

extension CastSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .cast }
  public var children: [any SyntaxNode] { nodes(operand.alone, type.words.isEmpty ? nil : type.alone) }
}

extension CaseSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .caseWhen }
  public var children: [any SyntaxNode] { nodes(operand?.alone, branches.nodes, elseBranch?.alone) }
}

extension CaseSyntax.Branch: SyntaxNode {
  public var syntaxKind: SyntaxKind { .caseBranch }
  public var children: [any SyntaxNode] { [when.node, then.node] }
}

extension ExistsSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .exists }
  public var children: [any SyntaxNode] { [query] }
}

extension SubqueryExpressionSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .subquery }
  public var children: [any SyntaxNode] { [query] }
}

extension RowValueSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .row }
  public var children: [any SyntaxNode] { elements.nodes }
}

extension ParenthesizedSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .parenthesized }
  public var children: [any SyntaxNode] { expression.alone }
}

extension RaiseSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .raise }
  public var children: [any SyntaxNode] { nodes(message?.alone) }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("action", action.rawValue)] }
}
