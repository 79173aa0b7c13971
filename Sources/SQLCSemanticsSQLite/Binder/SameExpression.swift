// Equality of bound expressions, for ORDER BY terms that repeat a result column.

import SQLCSyntaxSQLite

/// Whether two expressions are written alike and mean the same. Subqueries never are, nor what could not be bound.
func isSame(_ a: BoundExpression, _ b: BoundExpression) -> Bool {
  switch (a.kind, b.kind) {
  case (.literal(let x), .literal(let y)): x == y
  case (.boolean(let x), .boolean(let y)): x == y
  case (.parameter(let x), .parameter(let y)): x == y
  case (.column(let x), .column(let y)): x == y
  case (.mergedColumn(let x), .mergedColumn(let y)): x == y
  case (.tableColumn(let x), .tableColumn(let y)): x == y
  case (.unary(let op, let x), .unary(let other, let y)): op == other && isSame(x, y)
  case (.binary(let op, let x1, let x2), .binary(let other, let y1, let y2)):
    op == other && isSame(x1, y1) && isSame(x2, y2)
  case (.nullTest(let x, let p), .nullTest(let y, let q)): p == q && isSame(x, y)
  case (.collate(let x, let c), .collate(let y, let d)): sameName(c, d) && isSame(x, y)
  case (.cast(let x, let t), .cast(let y, let u)): sameName(t.text, u.text) && isSame(x, y)
  case (.caseWhen(let x, let xs, let xe), .caseWhen(let y, let ys, let ye)):
    isSame(x, y) && isSame(xe, ye) && xs.count == ys.count
      && zip(xs, ys).allSatisfy { isSame($0.when, $1.when) && isSame($0.then, $1.then) }
  case (.call(let x), .call(let y)):
    x.function == y.function && x.role == y.role && x.isDistinct == y.isDistinct && x.window == nil && y.window == nil
      && isSame(x.filter, y.filter) && x.arguments.count == y.arguments.count
      && zip(x.arguments, y.arguments).allSatisfy { isSame($0, $1) }
  case (.row(let x), .row(let y)): x.count == y.count && zip(x, y).allSatisfy { isSame($0, $1) }
  default: false
  }
}

private func isSame(_ a: BoundExpression?, _ b: BoundExpression?) -> Bool {
  switch (a, b) {
  case (nil, nil): true
  case (let a?, let b?): isSame(a, b)
  default: false
  }
}
