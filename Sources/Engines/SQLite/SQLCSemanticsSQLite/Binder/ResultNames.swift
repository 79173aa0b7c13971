// What SQLite calls a result column that has no AS (select.c, sqlite3ColumnsFromExprList).

import SQLCSyntaxSQLite

/// Where result columns get their names.
enum ResultNaming {
  /// A statement's own result: what a column is called in its table.
  case result
  /// A view's own result, which SQLite names once it knows what everything is: a column as its table calls it, anything else
  /// as it is written.
  case view
  /// A query inside of another, which it names before it knows: as it is written.
  case inner

  /// TRUE and FALSE name no column inside of a statement, with quotes neither: SQLite counts instead.
  func given(_ name: String, _ ordinal: Int) -> String {
    self != .result && (sameName(name, "true") || sameName(name, "false")) ? "column\(ordinal)" : name
  }
}

extension Binder {
  /// The name of a result column without AS; absent where SQLite promises none and takes the text.
  func name(
    of expression: ExpressionSyntax, _ bound: BoundExpression, _ ordinal: Int, in scope: Scope,
    named naming: ResultNaming
  ) -> String? {
    switch naming {
    case .result: resultName(of: expression, bound)
    case .view: viewName(of: expression, bound, ordinal, in: scope)
    case .inner: innerName(of: expression, bound, ordinal, in: scope)
    }
  }

  private func resultName(of expression: ExpressionSyntax, _ bound: BoundExpression) -> String? {
    switch bound.kind {
    case .column(let column): return column.name
    case .mergedColumn(let columns): return columns.first?.name
    case .tableColumn:
      if case .column(let node) = expression.unparenthesized { return node.column.text }
      return nil
    default: return nil
    }
  }

  private func viewName(of expression: ExpressionSyntax, _ bound: BoundExpression, _ ordinal: Int, in scope: Scope)
    -> String?
  {
    guard let node = column(of: expression) else { return nil }
    switch bound.withoutCollation.kind {
    case .column(let column): return scope.nestedName(of: node, bound.withoutCollation) ?? column.name
    case .mergedColumn:
      return scope.nestedName(of: node, bound.withoutCollation) ?? renames.text(of: expression.range, in: source)
    case .boolean: return "column\(ordinal)"
    case .tableColumn: return node.column.text
    // A string in double quotes is its text; so is what FULL JOIN merges, which is not a column any more.
    default: return renames.text(of: expression.range, in: source)
    }
  }

  private func innerName(
    of expression: ExpressionSyntax, _ bound: BoundExpression, _ ordinal: Int, in scope: Scope
  ) -> String? {
    guard let node = column(of: expression) else { return nil }
    return ResultNaming.inner.given(node.column.text, ordinal)
  }
}

extension Binder {
  /// The column that an expression is, but for COLLATE, by the names that its text has now.
  private func column(of expression: ExpressionSyntax) -> ColumnReferenceSyntax? {
    guard case .column(var node) = expression.withoutCollation else { return nil }
    node.column = renames.current(node.column)
    node.table = node.table.map(renames.current)
    return node
  }
}

extension Scope {
  /// What a column is called in the join in parentheses that it comes from; absent where it comes from none.
  fileprivate func nestedName(of node: ColumnReferenceSyntax, _ bound: BoundExpression) -> String? {
    let name = node.column.text
    guard let table = node.table?.text else {
      return nestedColumns.first { sameName($0.written, name) && isColumn($0, bound) }?.name
    }
    guard sources.contains(where: { $0.isCalled(table) }) else {
      return nested(called: table)?.columns.first { sameName($0.name, name) }?.name
    }
    return nestedColumns.first { column in
      sameName(column.written, name) && column.owner.map { sameName($0, table) } ?? false && isColumn(column, bound)
    }?.name
  }

  private func isColumn(_ column: NestedColumn, _ bound: BoundExpression) -> Bool {
    isSame(BoundExpression(column.value, range: bound.range), bound)
  }

  private var nestedColumns: [NestedColumn] {
    items.flatMap { item -> [NestedColumn] in
      if case .nested(let nested) = item.content { return nested.columns }
      return []
    }
  }
}

extension BoundExpression {
  fileprivate var withoutCollation: BoundExpression {
    if case .collate(let operand, _) = kind { return operand.withoutCollation }
    return self
  }
}
