// The direct parts of an expression.

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
