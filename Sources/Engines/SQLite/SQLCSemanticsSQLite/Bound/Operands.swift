// The parts of an expression: one by one, and with its columns replaced.

extension BoundExpression {
  /// The expressions right below, in the order in which they are written; what stands in subqueries is not among them.
  var operands: [BoundExpression] {
    switch kind {
    case .literal, .boolean, .parameter, .column, .mergedColumn, .exists, .subquery, .raise, .tableColumn, .invalid: []
    case .unary(_, let operand), .collate(let operand, _), .cast(let operand, _), .nullTest(let operand, _),
      .inQuery(let operand, _, _):
      [operand]
    case .binary(_, let left, let right): [left, right]
    case .like(_, _, let operand, let pattern, let escape): [operand, pattern] + (escape.map { [$0] } ?? [])
    case .between(let operand, let low, let high, _): [operand, low, high]
    case .inList(let operand, let list, _): [operand] + list
    case .caseWhen(let operand, let branches, let elseBranch):
      (operand.map { [$0] } ?? []) + branches.flatMap { [$0.when, $0.then] } + (elseBranch.map { [$0] } ?? [])
    case .call(let call):
      call.arguments + call.orderBy + (call.filter.map { [$0] } ?? []) + (call.window?.partitionBy ?? [])
        + (call.window?.orderBy ?? [])
    case .row(let elements): elements
    }
  }

  /// Does it hold for the expression or for one below it?
  func contains(where condition: (BoundExpression) -> Bool) -> Bool {
    condition(self) || operands.contains { $0.contains(where: condition) }
  }
}

extension BoundExpression {
  /// The same over other columns. Subqueries stay as they are: definitions, which this is for, have none.
  func replacingColumns(_ new: (BoundColumn) -> BoundColumn) -> BoundExpression {
    func each(_ expression: BoundExpression) -> BoundExpression { expression.replacingColumns(new) }
    func each(_ expression: BoundExpression?) -> BoundExpression? { expression?.replacingColumns(new) }
    var result = self
    switch kind {
    case .literal, .boolean, .parameter, .exists, .subquery, .raise, .tableColumn, .invalid: break
    case .column(let column): result.kind = .column(new(column))
    case .mergedColumn(let columns): result.kind = .mergedColumn(columns.map(new))
    case .unary(let op, let operand): result.kind = .unary(op, each(operand))
    case .binary(let op, let left, let right): result.kind = .binary(op, each(left), each(right))
    case .nullTest(let operand, let isNull): result.kind = .nullTest(each(operand), isNull: isNull)
    case .like(let op, let isNegated, let operand, let pattern, let escape):
      result.kind = .like(op, isNegated: isNegated, each(operand), pattern: each(pattern), escape: each(escape))
    case .between(let operand, let low, let high, let isNegated):
      result.kind = .between(each(operand), low: each(low), high: each(high), isNegated: isNegated)
    case .inList(let operand, let list, let isNegated):
      result.kind = .inList(each(operand), list.map { each($0) }, isNegated: isNegated)
    case .inQuery(let operand, let query, let isNegated):
      result.kind = .inQuery(each(operand), query, isNegated: isNegated)
    case .collate(let operand, let collation): result.kind = .collate(each(operand), collation: collation)
    case .cast(let operand, let type): result.kind = .cast(each(operand), type)
    case .caseWhen(let operand, let branches, let elseBranch):
      result.kind = .caseWhen(
        operand: each(operand),
        branches: branches.map { BoundCaseBranch(when: each($0.when), then: each($0.then)) },
        elseBranch: each(elseBranch))
    case .call(var call):
      call.arguments = call.arguments.map { each($0) }
      call.filter = each(call.filter)
      result.kind = .call(call)
    case .row(let elements): result.kind = .row(elements.map { each($0) })
    }
    return result
  }
}
