// The second pass over a FROM clause: joins, with their conditions, over the planned sources.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func assemble(_ from: FromSyntax, _ plan: FromPlan, in scope: Scope) -> BoundFrom {
    var position = 0
    return assemble(from, plan, &position, in: scope)
  }

  private mutating func assemble(_ from: FromSyntax, _ plan: FromPlan, _ position: inout Int, in scope: Scope)
    -> BoundFrom
  {
    var left = assemble(from.first, plan, &position, in: scope)
    for join in from.joins {
      let start = position
      let right = assemble(join.source, plan, &position, in: scope)
      var condition: BoundExpression?
      if let using = plan.using[start] {
        condition = equalities(using)
      } else if case .on(let expression) = join.constraint {
        condition = bindScalar(expression, in: scope)
      }
      left = .join(
        BoundJoin(kind: join.kind, left: left, right: right, condition: condition, operatorRange: join.operatorRange))
    }
    return left
  }

  private mutating func assemble(
    _ syntax: TableSourceSyntax, _ plan: FromPlan, _ position: inout Int, in scope: Scope
  ) -> BoundFrom {
    if case .nested(let node) = syntax {
      guard let nested = plan.nested[node.range] else { return assemble(node.from, plan, &position, in: scope) }
      return scope.inside(nested) { assemble(node.from, plan, &position, in: $0) }
    }
    var source = plan.sources[position]
    if let arguments = plan.arguments[position] {
      var bound: [BoundExpression] = []
      for argument in arguments { bound.append(bindScalar(argument, in: scope)) }
      if case .tableFunction(let table, _) = source.kind { source.kind = .tableFunction(table, arguments: bound) }
    }
    position += 1
    return .source(source)
  }

  /// `USING (a, b)` is `left.a = right.a AND left.b = right.b`.
  private func equalities(_ columns: [UsingColumn]) -> BoundExpression? {
    var condition: BoundExpression?
    for column in columns {
      let equality = BoundExpression(
        .binary(.equal, value(of: column.left, column.range), value(of: column.right, column.range)),
        range: column.range)
      condition = condition.map { BoundExpression(.binary(.and, $0, equality), range: column.range) } ?? equality
    }
    return condition
  }

  private func value(of columns: [BoundColumn], _ range: ByteRange) -> BoundExpression {
    BoundExpression(columns.count == 1 ? .column(columns[0]) : .mergedColumn(columns), range: range)
  }
}
