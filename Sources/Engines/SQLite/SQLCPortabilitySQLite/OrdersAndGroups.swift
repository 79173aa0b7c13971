// What the walk over a bound statement finds in ORDER BY and GROUP BY.

import SQLCDiagnostics
import SQLCSemanticsSQLite

extension TypeWalk {
  func note(_ order: [BoundExpression], in select: BoundSelect, partition: [BoundExpression]) {
    guard viewDepth == 0, let first = order.first else { return }
    if isTotal(order) || select.isAggregate && select.groupBy.isEmpty { totalOrders.insert(first.range) }
  }

  /// Is a key of some table among the terms? Of a join that is no proof, and the rule says "may".
  func isTotal(_ terms: [BoundExpression]) -> Bool {
    var bySource: [Int: Set<Int>] = [:]
    for term in terms {
      if case .column(let column) = term.kind { bySource[column.source.rawValue, default: []].insert(column.index) }
    }
    return bySource.contains { source, columns in isKey(columns, of: source) }
  }

  private func isKey(_ columns: Set<Int>, of source: Int) -> Bool {
    guard let table = tables[source] else { return false }
    if columns.contains(BoundColumn.rowid) { return true }
    if let alias = table.rowidAlias, columns.contains(alias) { return true }
    let keys = table.uniqueKeys.map(\.columns) + (table.primaryKey.isEmpty ? [] : [table.primaryKey])
    return keys.contains { key in
      columns.isSuperset(of: key)
        && (key == table.primaryKey || key.allSatisfy { !table.columns[$0].facts.nullability.canBeNull })
    }
  }

  /// PostgreSQL refuses a column that is neither grouped by, nor aggregated, nor decided by a primary key that is
  /// (sql-select.html, GROUP BY).
  func findBareColumns(in select: BoundSelect, _ order: [BoundExpression]) {
    guard viewDepth == 0 else { return }
    var grouped: [Int: Set<Int>] = [:]
    for term in select.groupBy {
      if case .column(let column) = term.kind { grouped[column.source.rawValue, default: []].insert(column.index) }
    }
    let whole = Set(select.groupBy.map { Shape($0) })
    let own = select.from.map(ids) ?? []
    func visit(_ expression: BoundExpression) {
      if whole.contains(Shape(expression)) { return }
      switch expression.kind {
      case .column(let column):
        let source = column.source.rawValue
        guard own.contains(source) else { return }
        let keys = grouped[source] ?? []
        if keys.contains(column.index) { return }
        if let table = tables[source], !table.primaryKey.isEmpty, keys.isSuperset(of: table.primaryKey) { return }
        if let table = tables[source], let alias = table.rowidAlias, keys.contains(alias) { return }
        bareColumns.append((column.name, expression.range))
      case .call(let call):
        if case .aggregate(select.id) = call.role { return }
        for argument in call.arguments { visit(argument) }
      case .exists, .subquery: return
      case .inQuery(let operand, _, _): visit(operand)
      default: for operand in expression.parts { visit(operand) }
      }
    }
    for output in select.outputs { visit(output.expression) }
    if let having = select.having { visit(having) }
    for term in order { visit(term) }
  }

  private func ids(_ from: BoundFrom) -> Set<Int> {
    switch from {
    case .source(let source): [source.id.rawValue]
    case .join(let join): ids(join.left).union(ids(join.right))
    }
  }
}

/// An expression without its places, to be compared.
private struct Shape: Hashable {
  let text: String

  init(_ expression: BoundExpression) { text = Shape.text(of: expression) }

  private static func text(of expression: BoundExpression) -> String {
    switch expression.kind {
    case .literal(let value): "\(value)"
    case .column(let column): "#\(column.source.rawValue).\(column.index)"
    case .call(let call): "\(call.function.name)(\(call.arguments.map(text).joined(separator: ",")))"
    case .binary(let op, let left, let right): "(\(text(of: left)) \(op.rawValue) \(text(of: right)))"
    case .unary(let op, let operand): "(\(op.rawValue) \(text(of: operand)))"
    case .cast(let operand, let type): "cast(\(text(of: operand)) \(type.text.lowercased()))"
    case .collate(let operand, let collation): "(\(text(of: operand)) collate \(collation))"
    // Never equal to another.
    default: "@\(expression.range.lower)-\(expression.range.upper)"
    }
  }
}

extension BoundExpression {
  /// The expressions right below; queries are left out.
  var parts: [BoundExpression] {
    switch kind {
    case .literal, .boolean, .parameter, .column, .mergedColumn, .exists, .subquery, .raise, .tableColumn, .invalid: []
    case .unary(_, let operand), .nullTest(let operand, _), .collate(let operand, _), .cast(let operand, _),
      .inQuery(let operand, _, _):
      [operand]
    case .binary(_, let left, let right): [left, right]
    case .like(_, _, let operand, let pattern, let escape): [operand, pattern] + [escape].compactMap(\.self)
    case .between(let operand, let low, let high, _): [operand, low, high]
    case .inList(let operand, let items, _): [operand] + items
    case .caseWhen(let operand, let branches, let otherwise):
      [operand].compactMap(\.self) + branches.flatMap { [$0.when, $0.then] } + [otherwise].compactMap(\.self)
    case .call(let call): call.arguments
    case .row(let elements): elements
    }
  }
}
