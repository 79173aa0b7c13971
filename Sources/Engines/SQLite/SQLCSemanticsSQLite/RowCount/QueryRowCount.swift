// The rows of a query.
//
// | shape | rows |
// |---|---|
// | aggregate without GROUP BY (SQLite, lang_select.html#resultset) | exactly one; with HAVING at most one |
// | GROUP BY, SELECT DISTINCT of fixed values | at most one |
// | no FROM | exactly one; with WHERE at most one |
// | FROM whose sources are all pinned to one row by unique keys | at most one (see Uniqueness) |
// | VALUES with one row | exactly one |
// | INTERSECT, EXCEPT | at most one when an arm (for EXCEPT the left one) is |
// | LIMIT 0, LIMIT 1 | at most one |

import SQLCSyntaxSQLite

struct QueryRowCount {
  func rows(of query: BoundQuery, outer: VisibleCommonTables) -> ProvenRowCount {
    let tables = outer.adding(query.commonTables)
    let rows = rows(of: query.body, tables)
    return limited(rows, by: query)
  }

  private func limited(_ rows: ProvenRowCount, by query: BoundQuery) -> ProvenRowCount {
    var rows = rows
    if let offset = query.offset, integer(offset) != 0 {
      rows = rows.weakened(because: "OFFSET may skip the row")
    }
    guard let limit = query.limit else { return rows }
    switch integer(limit) {
    case 0?: return ProvenRowCount(.atMostOne, because: "LIMIT 0")
    case 1? where !rows.isAtMostOne: return ProvenRowCount(.atMostOne, because: "LIMIT 1")
    // SQLite, lang_select.html#limitoffset: a negative limit is no limit.
    case .some: return rows
    case nil: return rows.weakened(because: "the LIMIT may be 0")
    }
  }

  private func rows(of body: BoundQueryBody, _ tables: VisibleCommonTables) -> ProvenRowCount {
    switch body {
    case .select(let select):
      return rows(of: select, tables)
    case .values(let rows, _):
      return rows.count == 1
        ? ProvenRowCount(.exactlyOne, because: "VALUES has one row")
        : ProvenRowCount(.many, because: "VALUES has \(rows.count) rows")
    case .compound(let op, let left, let right, _):
      return compound(op, rows(of: left, tables), rows(of: right, tables))
    }
  }

  private func compound(
    _ op: CompoundSyntax.Operator, _ left: ProvenRowCount, _ right: ProvenRowCount
  ) -> ProvenRowCount {
    switch op {
    case .union, .unionAll:
      return ProvenRowCount(.many, because: "\(op.rawValue) has the rows of both sides")
    case .intersect:
      if left.isAtMostOne { return left.weakened(because: "INTERSECT keeps at most the row on its left") }
      if right.isAtMostOne { return right.weakened(because: "INTERSECT keeps at most the row on its right") }
      return left
    case .except:
      return left.weakened(because: "EXCEPT may take the row away")
    }
  }

  private func rows(of select: BoundSelect, _ tables: VisibleCommonTables) -> ProvenRowCount {
    if select.isAggregate && select.groupBy.isEmpty {
      return select.having == nil
        ? ProvenRowCount(.exactlyOne, because: "an aggregate without GROUP BY gives one row")
        : ProvenRowCount(.atMostOne, because: "HAVING may take the one row away")
    }
    guard let from = select.from else {
      return select.whereClause == nil
        ? ProvenRowCount(.exactlyOne, because: "a SELECT without FROM gives one row")
        : ProvenRowCount(.atMostOne, because: "WHERE may take the one row away")
    }
    var uniqueness = Uniqueness(from, where: select.whereClause, tables: tables)
    let rows = uniqueness.prove()
    guard !select.groupBy.isEmpty else {
      if select.isDistinct, !rows.isAtMostOne, select.outputs.allSatisfy({ uniqueness.isFixed($0.expression) }) {
        return ProvenRowCount(.atMostOne, because: "all rows are the same, and DISTINCT keeps one")
      }
      return rows
    }
    if rows.isAtMostOne || select.groupBy.allSatisfy({ uniqueness.isFixed($0) }) {
      let reason = rows.isAtMostOne ? rows.reason : "all rows are in one group"
      return select.having == nil && rows.bound == .exactlyOne ? rows : ProvenRowCount(.atMostOne, because: reason)
    }
    return ProvenRowCount(.many, because: "GROUP BY may give several groups")
  }

  /// The value of an integer literal, with its sign.
  private func integer(_ expression: BoundExpression) -> Int? {
    switch expression.kind {
    case .literal(.integer(let digits)): Int(digits)
    case .unary(.minus, let operand): integer(operand).map { -$0 }
    default: nil
    }
  }
}
