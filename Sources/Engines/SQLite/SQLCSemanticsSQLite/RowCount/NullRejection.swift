// What a condition needs not to be NULL in order to be true, by its shape alone; inference, which knows types, proves more
// (Narrowing).

import SQLCSyntaxSQLite

/// Keys of the expressions that are not NULL where the condition is true.
///
/// - Parameter keys: those of an expression by itself; empty for what is not asked about.
func neededNonNull<Key: Hashable>(
  by condition: BoundExpression, _ keys: (BoundExpression) -> Set<Key>
) -> Set<Key> {
  func whenTrue(_ condition: BoundExpression) -> Set<Key> { neededNonNull(by: condition, keys) }
  func present(_ expression: BoundExpression) -> Set<Key> { nullWith(expression, keys) }
  switch condition.kind {
  case .binary(let op, let left, let right):
    switch op {
    case .and: return whenTrue(left).union(whenTrue(right))
    case .or: return whenTrue(left).intersection(whenTrue(right))
    case .equal:
      if case .row(let lefts) = left.kind, case .row(let rights) = right.kind {
        return (lefts + rights).reduce(into: []) { $0.formUnion(present($1)) }
      }
      return present(left).union(present(right))
    case .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      if case .row = left.kind { return [] }
      return present(left).union(present(right))
    case .is: return isPlainValue(right) ? present(left) : (isPlainValue(left) ? present(right) : [])
    case .isNot: return isNull(right) ? present(left) : (isNull(left) ? present(right) : [])
    case .add, .subtract, .multiply, .divide, .modulo, .bitAnd, .bitOr, .shiftLeft, .shiftRight, .concat, .jsonArrow,
      .jsonArrowText:
      return present(condition)
    }
  case .nullTest(let operand, let isNull): return isNull ? [] : present(operand)
  case .unary(.not, let operand):
    switch operand.kind {
    case .nullTest(let tested, let isNull): return isNull ? present(tested) : []
    case .binary(.is, let tested, let right): return isNull(right) ? present(tested) : []
    case .binary(.equal, _, _), .binary(.notEqual, _, _), .binary(.less, _, _), .binary(.lessOrEqual, _, _),
      .binary(.greater, _, _), .binary(.greaterOrEqual, _, _):
      return present(operand)
    case .column: return present(operand)
    default: return []
    }
  case .between(let operand, let low, let high, let isNegated):
    if case .row = operand.kind { return [] }
    return isNegated ? present(operand) : present(operand).union(present(low)).union(present(high))
  case .inList(let operand, let list, let isNegated):
    // NULL NOT IN () is true.
    if isNegated || list.isEmpty { return [] }
    if case .row(let parts) = operand.kind { return parts.reduce(into: []) { $0.formUnion(present($1)) } }
    return present(operand)
  case .inQuery(let operand, _, isNegated: false):
    if case .row = operand.kind { return [] }
    return present(operand)
  case .like(let op, isNegated: false, let operand, let pattern, _) where op == .like || op == .glob:
    return present(operand).union(present(pattern))
  case .collate(let operand, _): return whenTrue(operand)
  default: return present(condition)
  }
}

/// Keys of the expression and of those below it that make it NULL when they are.
private func nullWith<Key: Hashable>(
  _ expression: BoundExpression, _ keys: (BoundExpression) -> Set<Key>
) -> Set<Key> {
  func below(_ expression: BoundExpression) -> Set<Key> { nullWith(expression, keys) }
  let own = keys(expression)
  switch expression.kind {
  case .unary(_, let operand), .collate(let operand, _), .cast(let operand, _): return own.union(below(operand))
  case .binary(let op, let left, let right):
    switch op {
    case .and, .or, .is, .isNot: return own
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      if case .row = left.kind { return own }
      return own.union(below(left)).union(below(right))
    case .add, .subtract, .multiply, .divide, .modulo, .bitAnd, .bitOr, .shiftLeft, .shiftRight, .concat, .jsonArrow,
      .jsonArrowText:
      return own.union(below(left)).union(below(right))
    }
  default: return own
  }
}

private func isNull(_ expression: BoundExpression) -> Bool {
  if case .literal(.null) = expression.kind { return true }
  return false
}

private func isPlainValue(_ expression: BoundExpression) -> Bool {
  switch expression.kind {
  case .literal(let value): value != .null
  case .boolean: true
  default: false
  }
}

extension BoundFrom {
  /// The same rows with fewer outer joins: a condition that every row fulfils, and that needs a column of the nullable side,
  /// leaves nothing of the rows that the join added.
  func withoutIdleOuterJoins(where condition: BoundExpression?) -> BoundFrom {
    simplified(condition.map(sourcesNeeded) ?? [])
  }

  private func simplified(_ needed: Set<SourceID>) -> BoundFrom {
    guard case .join(var join) = self else { return self }
    let needsLeft = !needed.isDisjoint(with: join.left.sourceIDs)
    let needsRight = !needed.isDisjoint(with: join.right.sourceIDs)
    switch join.kind {
    case .left where needsRight, .right where needsLeft: join.kind = .inner
    case .full where needsLeft && needsRight: join.kind = .inner
    case .full where needsLeft: join.kind = .left
    case .full where needsRight: join.kind = .right
    case .left, .right, .full, .inner, .cross, .comma: break
    }
    let own = join.condition.map(sourcesNeeded) ?? []
    switch join.kind {
    case .comma, .inner, .cross:
      join.left = join.left.simplified(needed.union(own))
      join.right = join.right.simplified(needed.union(own))
    case .left:
      // Rows of the nullable side that do not fulfil ON are never seen.
      join.left = join.left.simplified(needed)
      join.right = join.right.simplified(own)
    case .right:
      join.left = join.left.simplified(own)
      join.right = join.right.simplified(needed)
    case .full:
      join.left = join.left.simplified([])
      join.right = join.right.simplified([])
    }
    return .join(join)
  }

  var sourceIDs: Set<SourceID> {
    switch self {
    case .source(let source): [source.id]
    case .join(let join): join.left.sourceIDs.union(join.right.sourceIDs)
    }
  }
}

private func sourcesNeeded(by condition: BoundExpression) -> Set<SourceID> {
  neededNonNull(by: condition) { expression in
    if case .column(let column) = expression.kind { [column.source] } else { [] }
  }
}
