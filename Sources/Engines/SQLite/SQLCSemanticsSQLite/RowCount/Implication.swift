// Does what a query asks for imply the condition of a partial index? SQLite asks the same before it uses the index
// (partialindex.html §3); here more is recognised, since only the truth matters and not the plan.
//
// | the index asks for   | implied by                                                                     |
// |----------------------|--------------------------------------------------------------------------------|
// | p AND q              | both being implied                                                             |
// | p OR q               | one being implied                                                              |
// | any condition        | the same, sides exchanged (`1 = x`), BETWEEN spelled out                        |
// | x IS NOT NULL        | anything that is not true for a NULL x: `x = ?`, `x > 1`, `x LIKE ?`             |
// | x, NOT x             | `x = 1`, `x = 0`                                                               |
// | x op literal         | a comparison of x with a literal that leaves less: `x > 5` for `x > 3`, `x <> 0` |
// | x IN (…)             | `x = one of them`, `x IN (some of them)`                                       |

import SQLCSyntaxSQLite

struct Implication {
  /// The source that the index is of, as the query calls it.
  let source: SourceID
  let table: Table

  /// Is the index's condition true for each row for which all of these are? Its columns are those of the table, by place.
  func holds(_ wanted: BoundExpression, given: [BoundExpression]) -> Bool {
    let known = given.flatMap(conjuncts)
    return conjuncts(of: wanted).allSatisfy { part in
      if case .binary(.or, let left, let right) = part.kind {
        if holds(left, given: given) || holds(right, given: given) { return true }
      }
      return known.contains { implies($0, part) }
    }
  }

  private func implies(_ known: BoundExpression, _ wanted: BoundExpression) -> Bool {
    if case .binary(.or, let left, let right) = known.kind {
      return holds(wanted, given: [left]) && holds(wanted, given: [right])
    }
    if same(known, wanted) { return true }
    switch (known.kind, wanted.kind) {
    case (_, .nullTest(let operand, isNull: false)):
      return neededNonNull(by: known) { same($0, operand) ? [true] : [] }.contains(true)
    case (.inList(let x, let some, isNegated: false), .inList(let y, let all, isNegated: false)):
      return same(x, y) && some.allSatisfy { one in isLiteral(one) && all.contains { same(one, $0) } }
    case (_, .inList(let operand, let all, isNegated: false)):
      guard let comparison = LiteralComparison(known), comparison.op == .equal else { return false }
      return same(comparison.operand, operand) && all.contains { same(comparison.literal, $0) }
    case (_, .unary(.not, let operand)):
      guard let comparison = LiteralComparison(known), comparison.op == .equal else { return false }
      return same(comparison.operand, operand) && comparison.number == .integer(0)
    default: break
    }
    guard let known = LiteralComparison(known) else { return false }
    if let wanted = LiteralComparison(wanted) {
      return same(known.operand, wanted.operand) && isOrdered(wanted.operand, known, wanted) && known.implies(wanted)
    }
    // `x` by itself.
    guard known.op == .equal, same(known.operand, wanted), case .integer(let value)? = known.number else {
      return false
    }
    return value != 0
  }

  /// Written alike, but for the side that a literal is on.
  private func same(_ known: BoundExpression, _ wanted: BoundExpression) -> Bool {
    isSame(known, wanted, sameColumn) || isSame(exchanged(known), wanted, sameColumn)
  }

  private func sameColumn(_ known: BoundColumn, _ wanted: BoundColumn) -> Bool {
    func place(_ index: Int) -> Int { table.rowidAlias == index ? BoundColumn.rowid : index }
    return known.source == source && place(known.index) == place(wanted.index)
  }

  private func exchanged(_ expression: BoundExpression) -> BoundExpression {
    guard case .binary(let op, let left, let right) = expression.kind, let other = op.exchanged else {
      return expression
    }
    return BoundExpression(.binary(other, right, left), range: expression.range)
  }

  private func isLiteral(_ expression: BoundExpression) -> Bool { literalValue(expression) != nil }

  /// Are values compared with such literals in one order, whatever they are? A TEXT column compares a number as text, a
  /// numeric one a text as a number (SQLite, datatype3.html §4.2).
  private func isOrdered(_ operand: BoundExpression, _ a: LiteralComparison, _ b: LiteralComparison) -> Bool {
    let areNumbers = a.number != nil && b.number != nil
    let areTexts = a.text != nil && b.text != nil
    switch operand.kind {
    case .column(let column):
      guard table.columns.indices.contains(column.index) else { return areNumbers }
      let definition = table.columns[column.index]
      switch definition.affinity {
      case .integer, .real, .numeric: return areNumbers
      case .blob: return areNumbers || areTexts && definition.collation == nil
      case .text: return areTexts && definition.collation == nil
      }
    case .call, .binary: return areNumbers
    default: return false
    }
  }

  /// What all must be true for it to be.
  private func conjuncts(of condition: BoundExpression) -> [BoundExpression] {
    func made(_ kind: BoundExpression.Kind) -> BoundExpression { BoundExpression(kind, range: condition.range) }
    switch condition.kind {
    case .binary(.and, let left, let right): return conjuncts(of: left) + conjuncts(of: right)
    case .between(let operand, let low, let high, isNegated: false):
      return [made(.binary(.greaterOrEqual, operand, low)), made(.binary(.lessOrEqual, operand, high))]
    case .binary(.equal, let left, let right):
      guard case .row(let lefts) = left.kind, case .row(let rights) = right.kind, lefts.count == rights.count else {
        return [condition]
      }
      return zip(lefts, rights).map { made(.binary(.equal, $0, $1)) }
    case .binary(.is, let left, let right):
      if case .boolean(let truth) = right.kind { return [truth ? left : made(.unary(.not, left))] }
      if literalValue(right) == .null { return [made(.nullTest(left, isNull: true))] }
      return literalValue(right) != nil ? [made(.binary(.equal, left, right))] : [condition]
    case .binary(.isNot, let left, let right):
      return literalValue(right) == .null ? [made(.nullTest(left, isNull: false))] : [condition]
    case .unary(.not, let operand):
      switch operand.kind {
      case .nullTest(let tested, let isNull): return [made(.nullTest(tested, isNull: !isNull))]
      case .binary(.is, let tested, let right) where literalValue(right) == .null:
        return [made(.nullTest(tested, isNull: false))]
      case .binary(.isNot, let tested, let right) where literalValue(right) == .null:
        return [made(.nullTest(tested, isNull: true))]
      case .unary(.not, let inner): if case .column = inner.kind { return [inner] }
      case .binary(.or, let left, let right):
        return conjuncts(of: made(.unary(.not, left))) + conjuncts(of: made(.unary(.not, right)))
      case .binary(let op, let left, let right):
        if case .row = left.kind { return [condition] }
        if let opposite = op.opposite { return [made(.binary(opposite, left, right))] }
      default: break
      }
      return [condition]
    case .inList(let operand, let list, isNegated: false) where list.count == 1 && literalValue(list[0]) != nil:
      return [made(.binary(.equal, operand, list[0]))]
    case .call(let call) where call.function.name == "likely" || call.function.name == "unlikely":
      return call.arguments.first.map(conjuncts) ?? [condition]
    default: return [condition]
    }
  }
}

/// A comparison with a literal on its right.
private struct LiteralComparison {
  var operand: BoundExpression
  var op: BinarySyntax.Operator
  var literal: BoundExpression

  enum Number: Equatable {
    case integer(Int64)
    case real(Double)

    /// Nothing where a Double would have to stand for an integer that it does not hold.
    static func order(_ a: Number, _ b: Number) -> Int? {
      func double(_ number: Number) -> Double? {
        switch number {
        case .integer(let value): value.magnitude <= 1 << 53 ? Double(value) : nil
        case .real(let value): value
        }
      }
      if case .integer(let x) = a, case .integer(let y) = b { return x == y ? 0 : (x < y ? -1 : 1) }
      guard let x = double(a), let y = double(b) else { return nil }
      return x == y ? 0 : (x < y ? -1 : 1)
    }
  }

  init?(_ expression: BoundExpression) {
    guard case .binary(let op, let left, let right) = expression.kind, let exchanged = op.exchanged else { return nil }
    if literalValue(right) != nil {
      (operand, self.op, literal) = (left, op, right)
    } else if literalValue(left) != nil {
      (operand, self.op, literal) = (right, exchanged, left)
    } else {
      return nil
    }
  }

  var number: Number? {
    switch literalValue(literal) {
    case .integer(let digits)?: return Int64(digits).map { .integer(isNegative ? -$0 : $0) }
    case .real(let digits)?: return Double(digits).map { .real(isNegative ? -$0 : $0) }
    default: return nil
    }
  }

  var text: String? {
    if case .string(let text)? = literalValue(literal) { return text }
    return nil
  }

  private var isNegative: Bool {
    if case .unary(.minus, _) = literal.kind { return true }
    return false
  }

  /// Whatever fulfils this one fulfils the other, in one order of all values.
  func implies(_ other: LiteralComparison) -> Bool {
    let order: Int?
    if let mine = number, let others = other.number {
      order = Number.order(mine, others)
    } else if let mine = text, let others = other.text {
      // SQLite, datatype3.html §7: BINARY compares bytes.
      order = mine == others ? 0 : (mine.utf8.lexicographicallyPrecedes(others.utf8) ? -1 : 1)
    } else {
      order = nil
    }
    guard let order else { return false }
    return switch (op, other.op) {
    case (.equal, .equal): order == 0
    case (.equal, .notEqual): order != 0
    case (.equal, .greater): order > 0
    case (.equal, .greaterOrEqual): order >= 0
    case (.equal, .less): order < 0
    case (.equal, .lessOrEqual): order <= 0
    case (.greater, .greater), (.greater, .greaterOrEqual), (.greaterOrEqual, .greaterOrEqual), (.greater, .notEqual):
      order >= 0
    case (.greaterOrEqual, .greater), (.greaterOrEqual, .notEqual): order > 0
    case (.less, .less), (.less, .lessOrEqual), (.lessOrEqual, .lessOrEqual), (.less, .notEqual): order <= 0
    case (.lessOrEqual, .less), (.lessOrEqual, .notEqual): order < 0
    case (.notEqual, .notEqual): order == 0
    default: false
    }
  }
}

/// A literal, or a number with a minus.
private func literalValue(_ expression: BoundExpression) -> LiteralSyntax.Value? {
  switch expression.kind {
  case .literal(let value):
    switch value {
    case .currentDate, .currentTime, .currentTimestamp: nil
    case .integer, .real, .string, .blob, .null: value
    }
  case .unary(.minus, let operand):
    switch operand.kind {
    case .literal(.integer(let digits)): .integer(digits)
    case .literal(.real(let digits)): .real(digits)
    default: nil
    }
  default: nil
  }
}

extension BinarySyntax.Operator {
  /// The operator that means the same with its sides exchanged.
  fileprivate var exchanged: Self? {
    switch self {
    case .equal, .notEqual, .is, .isNot: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }

  /// What is true where this one is false.
  fileprivate var opposite: Self? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: nil
    }
  }
}
