// Which columns and expressions a predicate proves non-NULL, under three-valued logic (inference rules 151 to 154).
//
// For a predicate p:
//   whenTrue(p)     what is not NULL in every row where p is true
//   whenFalse(p)    … where p is false
//   whenNotNull(p)  … where p is true or false
//
// | p            | whenTrue                | whenFalse               |
// |--------------|-------------------------|-------------------------|
// | a AND b      | T(a) ∪ T(b)             | F(a) ∩ F(b)             |
// | a OR b       | T(a) ∩ T(b)             | F(a) ∪ F(b)             |
// | NOT a        | F(a)                    | T(a)                    |
// | a = b        | N(a) ∪ N(b)             | N(a) ∪ N(b)             |
// | a IS NULL    |                         | N(a)                    |
// | a IN (b, …)  | N(a)                    | N(a) ∪ N(b) …, not for an empty list |

import SQLCSyntaxSQLite

extension Inference {
  func nonNullWhenTrue(_ expression: BoundExpression) -> NonNull {
    switch expression.kind {
    case .binary(let op, let left, let right):
      switch op {
      case .and: return nonNullWhenTrue(left).union(nonNullWhenTrue(right))
      case .or: return nonNullWhenTrue(left).intersection(nonNullWhenTrue(right))
      case .is: return nonNullWhenSame(left, right)
      case .isNot: return isNullLiteral(right) ? nonNullWhenTested(left) : nonNullWhenDifferent(left, right)
      case .equal: return nonNullWhenCompared(left, right, .all)
      case .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return nonNullWhenCompared(left, right, .first)
      case .bitAnd, .bitOr, .shiftLeft, .shiftRight, .add, .subtract, .multiply, .divide, .modulo, .concat, .jsonArrow,
        .jsonArrowText:
        return nonNullWhenNotNull(expression)
      }
    case .unary(.not, let operand): return nonNullWhenFalse(operand)
    case .nullTest(let operand, let isNull): return isNull ? [] : nonNullWhenTested(operand)
    case .between(let operand, let low, let high, let isNegated):
      let x = nonNullWhenNotNull(operand)
      let a = nonNullWhenNotNull(low)
      let b = nonNullWhenNotNull(high)
      if case .row = operand.kind { return [] }
      return x.union(isNegated ? a.intersection(b) : a.union(b))
    case .inList(let operand, let elements, let isNegated): return nonNullWhenIn(operand, elements, isMatch: !isNegated)
    case .inQuery(let operand, _, let isNegated): return isNegated ? [] : nonNullWhenNotNull(operand)
    case .call(let call) where call.function.name == "likely" || call.function.name == "unlikely":
      return call.arguments.first.map(nonNullWhenTrue) ?? []
    case .like(let op, let isNegated, let operand, let pattern, _):
      guard !isNegated, op == .like || op == .glob else { return nonNullWhenNotNull(expression) }
      return nonNullWhenNotNull(operand).union(nonNullWhenNotNull(pattern))
    case .collate(let operand, _): return nonNullWhenTrue(operand)
    default: return nonNullWhenNotNull(expression)
    }
  }

  func nonNullWhenFalse(_ expression: BoundExpression) -> NonNull {
    switch expression.kind {
    case .binary(let op, let left, let right):
      switch op {
      case .and: return nonNullWhenFalse(left).intersection(nonNullWhenFalse(right))
      case .or: return nonNullWhenFalse(left).union(nonNullWhenFalse(right))
      case .is: return isNullLiteral(right) ? nonNullWhenTested(left) : nonNullWhenDifferent(left, right)
      case .isNot: return nonNullWhenSame(left, right)
      case .notEqual: return nonNullWhenCompared(left, right, .all)
      case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual: return nonNullWhenCompared(left, right, .first)
      case .bitAnd, .bitOr, .shiftLeft, .shiftRight, .add, .subtract, .multiply, .divide, .modulo, .concat, .jsonArrow,
        .jsonArrowText:
        return nonNullWhenNotNull(expression)
      }
    case .unary(.not, let operand): return nonNullWhenTrue(operand)
    case .nullTest(let operand, let isNull): return isNull ? nonNullWhenTested(operand) : []
    case .between(let operand, let low, let high, let isNegated):
      if case .row = operand.kind { return [] }
      let x = nonNullWhenNotNull(operand)
      let a = nonNullWhenNotNull(low)
      let b = nonNullWhenNotNull(high)
      return x.union(isNegated ? a.union(b) : a.intersection(b))
    case .inList(let operand, let elements, let isNegated): return nonNullWhenIn(operand, elements, isMatch: isNegated)
    case .inQuery(let operand, _, let isNegated): return isNegated ? nonNullWhenNotNull(operand) : []
    case .call(let call) where call.function.name == "likely" || call.function.name == "unlikely":
      return call.arguments.first.map(nonNullWhenFalse) ?? []
    case .like(let op, let isNegated, let operand, let pattern, _):
      guard isNegated, op == .like || op == .glob else { return nonNullWhenNotNull(expression) }
      return nonNullWhenNotNull(operand).union(nonNullWhenNotNull(pattern))
    case .collate(let operand, _): return nonNullWhenFalse(operand)
    default: return nonNullWhenNotNull(expression)
    }
  }

  /// When the predicate is false or NULL: only tests that are never NULL say something.
  func nonNullWhenNotTrue(_ expression: BoundExpression) -> NonNull {
    switch expression.kind {
    case .nullTest, .binary(.is, _, _), .binary(.isNot, _, _): return nonNullWhenFalse(expression)
    case .unary(.not, let operand):
      switch operand.kind {
      case .nullTest, .binary(.is, _, _), .binary(.isNot, _, _): return nonNullWhenTrue(operand)
      default: return []
      }
    case .binary(.or, let left, let right): return nonNullWhenNotTrue(left).union(nonNullWhenNotTrue(right))
    case .binary(.and, let left, let right): return nonNullWhenNotTrue(left).intersection(nonNullWhenNotTrue(right))
    default: return []
    }
  }

  /// Columns that are not NULL when IS NULL says that the expression is not.
  ///
  /// From 3.38 on SQLite answers it wrongly in RETURNING for columns of the row that is returned: whether a column can be
  /// NULL is looked up in another column, and the test is dropped. (3.40.1:
  /// `UPDATE u SET c = 3 RETURNING b IS NULL, b` gives `0, NULL` where `a TEXT NOT NULL, b TEXT, c INT NOT NULL`.)
  private func nonNullWhenTested(_ operand: BoundExpression) -> NonNull {
    let proof = nonNullWhenNotNull(operand)
    guard let returnedSource else { return proof }
    return proof.restricted(to: proof.columns.filter { $0.source != returnedSource }) { _ in false }
  }

  /// What is not NULL whenever the expression is not: it, and columns and expressions in it.
  func nonNullWhenNotNull(_ expression: BoundExpression) -> NonNull {
    switch expression.kind {
    case .column, .literal, .boolean, .parameter, .nullTest, .exists, .subquery, .row, .raise, .tableColumn, .invalid:
      partsNonNull(when: expression)
    case .mergedColumn, .unary, .binary, .like, .between, .inList, .inQuery, .collate, .cast, .caseWhen, .call:
      partsNonNull(when: expression).adding(expression)
    }
  }

  private func partsNonNull(when expression: BoundExpression) -> NonNull {
    switch expression.kind {
    case .column(let column): return [ColumnKey(column)]
    case .mergedColumn(let columns):
      // The first of them that is not NULL: known only when all are the same, which they are not.
      return columns.count == 1 ? [ColumnKey(columns[0])] : []
    case .unary(let op, let operand):
      return op == .not
        ? nonNullWhenTrue(operand).intersection(nonNullWhenFalse(operand)) : nonNullWhenNotNull(operand)
    case .collate(let operand, _), .cast(let operand, _): return nonNullWhenNotNull(operand)
    case .binary(let op, let left, let right):
      switch op {
      case .add, .subtract, .multiply, .divide, .modulo, .bitAnd, .bitOr, .shiftLeft, .shiftRight, .concat, .jsonArrow,
        .jsonArrowText:
        return nonNullWhenNotNull(left).union(nonNullWhenNotNull(right))
      case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .is, .isNot:
        return nonNullWhenTrue(expression).intersection(nonNullWhenFalse(expression))
      }
    case .between, .inList, .inQuery:
      return nonNullWhenTrue(expression).intersection(nonNullWhenFalse(expression))
    case .like(let op, _, let operand, let pattern, _): return nonNullWhenLiked(op, operand, pattern)
    case .call(let call): return nonNullWhenCallNotNull(call)
    case .literal, .boolean, .parameter, .nullTest, .caseWhen, .exists, .subquery, .row, .raise, .tableColumn, .invalid:
      return []
    }
  }

  private enum RowPart { case first, all }

  /// `=` of rows is true when every pair is equal; any other outcome can be decided by one pair.
  private func nonNullWhenCompared(_ left: BoundExpression, _ right: BoundExpression, _ part: RowPart) -> NonNull {
    guard case .row(let lefts) = left.kind, case .row(let rights) = right.kind else {
      if case .row(let elements) = left.kind {
        return part == .all ? elements.reduce(into: []) { $0.formUnion(nonNullWhenNotNull($1)) } : []
      }
      if case .row = right.kind { return [] }
      return nonNullWhenNotNull(left).union(nonNullWhenNotNull(right))
    }
    let pairs = zip(lefts, rights).map { nonNullWhenNotNull($0).union(nonNullWhenNotNull($1)) }
    switch part {
    case .all: return pairs.reduce(into: []) { $0.formUnion($1) }
    case .first:
      guard let first = pairs.first else { return [] }
      return pairs.dropFirst().reduce(first) { $0.intersection($1) }
    }
  }

  /// `a IS b`: when one side cannot be NULL, neither is the other. `a IS TRUE` is the truth of a.
  private func nonNullWhenSame(_ left: BoundExpression, _ right: BoundExpression) -> NonNull {
    if case .row = left.kind { return [] }
    switch right.kind {
    case .boolean(true): return nonNullWhenTrue(left)
    case .boolean(false): return nonNullWhenFalse(left)
    default: break
    }
    var result: NonNull = []
    if isSurelyNotNull(right) { result.formUnion(nonNullWhenNotNull(left)) }
    if isSurelyNotNull(left) { result.formUnion(nonNullWhenNotNull(right)) }
    return result
  }

  /// `a IS NOT b`, true: nothing, unless b is NULL itself.
  private func nonNullWhenDifferent(_ left: BoundExpression, _ right: BoundExpression) -> NonNull {
    isNullLiteral(left) ? nonNullWhenNotNull(right) : []
  }

  /// By its form, not by inference, which would be looking at it a second time.
  private func isSurelyNotNull(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .literal(let value): value != .null
    case .boolean: true
    case .column(let column): !value(of: column).nullability.canBeNull
    default: false
    }
  }

  /// SQLite, lang_expr.html#in_op: with an empty list the answer is never NULL, and a slice may be empty.
  private func nonNullWhenIn(_ operand: BoundExpression, _ elements: [BoundExpression], isMatch: Bool) -> NonNull {
    let fixed = elements.filter { !isSlice($0) }
    var result: NonNull = []
    if isMatch {
      guard !elements.isEmpty else { return [] }
      if case .row(let parts) = operand.kind {
        for part in parts { result.formUnion(nonNullWhenNotNull(part)) }
      } else {
        result = nonNullWhenNotNull(operand)
      }
      if elements.count == 1, fixed.count == 1 { result.formUnion(nonNullWhenNotNull(elements[0])) }
      return result
    }
    if case .row = operand.kind { return [] }
    guard !fixed.isEmpty else { return [] }
    result = nonNullWhenNotNull(operand)
    for element in fixed { result.formUnion(nonNullWhenNotNull(element)) }
    return result
  }

  private func isSlice(_ expression: BoundExpression) -> Bool {
    guard case .parameter(let index) = expression.kind, parameters.indices.contains(index - 1) else { return false }
    return parameters[index - 1].bound.kind == .slice
  }

  /// LIKE and GLOB that are false: where SQLite is built with SQLITE_LIKE_DOESNT_MATCH_BLOBS (compile.html; Debian does),
  /// a blob on one side is no match whatever the other side is, NULL included. MATCH and REGEXP are not SQLite's own.
  private func nonNullWhenLiked(
    _ op: LikeSyntax.Operator, _ operand: BoundExpression, _ pattern: BoundExpression
  ) -> NonNull {
    guard op == .like || op == .glob else { return [] }
    var result: NonNull = []
    if !canBeBlob(pattern) { result.formUnion(nonNullWhenNotNull(operand)) }
    if !canBeBlob(operand) { result.formUnion(nonNullWhenNotNull(pattern)) }
    return result
  }

  private func canBeBlob(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .literal(.blob): true
    case .literal, .boolean, .parameter: false
    case .column(let column): value(of: column).facts.storage.contains(.blob)
    case .binary(let op, _, _): op == .jsonArrowText
    case .collate(let operand, _): canBeBlob(operand)
    case .call(let call):
      switch FunctionCatalog.builtin.builtin(for: call.function)?.result {
      case .fixed(let storage, _): storage.contains(.blob)
      default: true
      }
    default: true
    }
  }

  private func nonNullWhenCallNotNull(_ call: BoundCall) -> NonNull {
    guard case .scalar = call.role, let function = FunctionCatalog.builtin.builtin(for: call.function) else {
      return []
    }
    func union(_ arguments: ArraySlice<BoundExpression>) -> NonNull {
      arguments.reduce(into: []) { $0.formUnion(nonNullWhenNotNull($1)) }
    }
    func common(_ arguments: ArraySlice<BoundExpression>) -> NonNull {
      guard let first = arguments.first else { return [] }
      return arguments.dropFirst().reduce(nonNullWhenNotNull(first)) { $0.intersection(nonNullWhenNotNull($1)) }
    }
    switch function.nulls {
    case .never, .emptyAggregate, .offsetWindow, .frame: return []
    case .anyArgument:
      return call.function.name == "replace" ? union(call.arguments.prefix(2)) : union(call.arguments[...])
    case .argument(let index): return index < call.arguments.count ? nonNullWhenNotNull(call.arguments[index]) : []
    case .leading(let count): return union(call.arguments.prefix(count))
    case .allArguments: return common(call.arguments[...])
    case .anyArgumentFrom(let from): return common(call.arguments.dropFirst(from))
    case .date, .strftime: return union(call.arguments[...])
    case .always:
      if MathFunctions.names.contains(call.function.name) { return union(call.arguments[...]) }
      switch call.function.name {
      case "nullif", "sign", "unicode", "json_extract", "json_type", "json_array_length":
        return union(call.arguments.prefix(1))
      case "timediff": return union(call.arguments[...])
      default: return []
      }
    }
  }
}
