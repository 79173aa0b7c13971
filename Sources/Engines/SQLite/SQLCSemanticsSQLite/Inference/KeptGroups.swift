// What HAVING proves of the aggregates that it repeats from the result columns.
//
// `SELECT max(note) … HAVING max(note) IS NOT NULL` keeps no group whose `max(note)` is NULL. Only aggregates of plain
// columns are looked at: they have one value for the group, however often they are written.

import SQLCSyntaxSQLite

extension Inference {
  /// The aggregate is not NULL in any group that the condition keeps.
  func isKept(_ aggregate: BoundExpression, by condition: BoundExpression) -> Bool {
    guard case .call(let call) = aggregate.kind, case .aggregate = call.role, call.filter == nil,
      call.arguments.allSatisfy(isStableColumn)
    else { return false }
    return isNeededTrue(aggregate, condition)
  }

  /// Whether the condition can be true only where the expression is not NULL.
  private func isNeededTrue(_ expression: BoundExpression, _ condition: BoundExpression) -> Bool {
    switch condition.kind {
    case .nullTest(let operand, let isNull): !isNull && isSame(operand, expression)
    case .between(let operand, _, _, _): isSame(operand, expression)
    case .binary(let op, let left, let right):
      switch op {
      case .and: isNeededTrue(expression, left) || isNeededTrue(expression, right)
      case .or: isNeededTrue(expression, left) && isNeededTrue(expression, right)
      case .isNot:
        isSame(left, expression) && isNullLiteral(right) || isSame(right, expression) && isNullLiteral(left)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
        isSame(left, expression) || isSame(right, expression)
      default: false
      }
    default: isSame(condition, expression)
    }
  }

  private func isStableColumn(_ expression: BoundExpression) -> Bool {
    if case .column(let column) = expression.kind { return isStable(column) }
    return false
  }
}
