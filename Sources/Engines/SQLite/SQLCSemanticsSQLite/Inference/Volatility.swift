// Results that need not be the same when they are asked for again.
//
// SQLite puts the expression of a view's, common table's or subquery's column in its place wherever the column is used
// (optoverview.html#flattening): in
//
//     SELECT x FROM (SELECT nullif(random() % 2, 0) AS x FROM t) WHERE x IS NOT NULL
//
// WHERE tests one random number and the result shows another. So a condition proves nothing of such a column.

import SQLCSyntaxSQLite

extension Inference {
  /// May another evaluation for the same row give another value? Functions of the application count as such.
  func isVolatileResult(_ expression: BoundExpression) -> Bool {
    var isVolatileResult = false
    let walk = BoundWalk(
      onSource: { source in
        // Read by a subquery in the expression.
        if case .commonTable(let id) = source.kind, self.visibleCommonTables.isVolatile(id) { isVolatileResult = true }
      },
      onExpression: { part in
        switch part.kind {
        case .call(let call):
          if call.function.isVolatileOrUnknown { isVolatileResult = true }
        case .column(let column): if self.isVolatileColumn(column) { isVolatileResult = true }
        case .mergedColumn(let columns): if columns.contains(where: self.isVolatileColumn) { isVolatileResult = true }
        default: break
        }
      })
    walk.walk(expression)
    return isVolatileResult
  }

  /// A condition that every row fulfils needs the column, and it is the same column wherever it is looked at.
  func isProvenNonNull(_ column: BoundColumn) -> Bool {
    states[column.source]?.nonNull.contains(column.index) == true && isStable(column)
  }

  /// What a condition says of it holds where it is looked at again. (`rank = x` chooses a ranking function and says nothing of
  /// the rank.)
  func isStable(_ column: BoundColumn) -> Bool { !isRank(column) && !isVolatileColumn(column) }

  func isVolatileColumn(_ column: BoundColumn) -> Bool {
    guard case .columns(let columns)? = states[column.source]?.content, columns.indices.contains(column.index)
    else { return false }
    return columns[column.index].isVolatile
  }
}
