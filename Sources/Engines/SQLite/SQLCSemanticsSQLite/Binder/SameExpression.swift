// Equality of bound expressions: for ORDER BY terms that repeat a result column, for what a condition says of an expression
// that is written again, for the conditions of partial indexes.

import SQLCSyntaxSQLite

/// Whether two expressions are written alike and mean the same. Subqueries never are, nor what could not be bound.
///
/// - Parameter sameColumn: when columns are; by default those of one source.
func isSame(
  _ a: BoundExpression, _ b: BoundExpression, _ sameColumn: (BoundColumn, BoundColumn) -> Bool = { $0 == $1 }
) -> Bool {
  func same(_ a: BoundExpression, _ b: BoundExpression) -> Bool { isSame(a, b, sameColumn) }
  func same(_ a: BoundExpression?, _ b: BoundExpression?) -> Bool {
    switch (a, b) {
    case (nil, nil): true
    case (let a?, let b?): isSame(a, b, sameColumn)
    default: false
    }
  }
  func same(_ a: [BoundExpression], _ b: [BoundExpression]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1, sameColumn) }
  }
  return switch (a.kind, b.kind) {
  case (.literal(let x), .literal(let y)): x == y
  case (.boolean(let x), .boolean(let y)): x == y
  case (.parameter(let x), .parameter(let y)): x == y
  case (.column(let x), .column(let y)): sameColumn(x, y)
  case (.mergedColumn(let x), .mergedColumn(let y)): x.count == y.count && zip(x, y).allSatisfy(sameColumn)
  case (.tableColumn(let x), .tableColumn(let y)): x == y
  case (.unary(let op, let x), .unary(let other, let y)): op == other && same(x, y)
  case (.binary(let op, let x1, let x2), .binary(let other, let y1, let y2)):
    op == other && same(x1, y1) && same(x2, y2)
  case (.nullTest(let x, let p), .nullTest(let y, let q)): p == q && same(x, y)
  case (.like(let op, let p, let x, let xp, let xe), .like(let other, let q, let y, let yp, let ye)):
    op == other && p == q && same(x, y) && same(xp, yp) && same(xe, ye)
  case (.between(let x, let xl, let xh, let p), .between(let y, let yl, let yh, let q)):
    p == q && same(x, y) && same(xl, yl) && same(xh, yh)
  case (.inList(let x, let xs, let p), .inList(let y, let ys, let q)): p == q && same(x, y) && same(xs, ys)
  case (.collate(let x, let c), .collate(let y, let d)): sameName(c, d) && same(x, y)
  case (.cast(let x, let t), .cast(let y, let u)): sameName(t.text, u.text) && same(x, y)
  case (.caseWhen(let x, let xs, let xe), .caseWhen(let y, let ys, let ye)):
    same(x, y) && same(xe, ye) && xs.count == ys.count
      && zip(xs, ys).allSatisfy { same($0.when, $1.when) && same($0.then, $1.then) }
  case (.call(let x), .call(let y)):
    x.function == y.function && x.role == y.role && x.isDistinct == y.isDistinct && x.isStar == y.isStar
      && x.window == nil && y.window == nil && same(x.filter, y.filter) && same(x.arguments, y.arguments)
      && same(x.orderBy, y.orderBy)
  case (.row(let x), .row(let y)): same(x, y)
  default: false
  }
}
