// Sets of result columns that tell the rows of a query apart, so that a subquery, view or common table has unique keys too.
//
// | query | key |
// |---|---|
// | SELECT DISTINCT | all columns |
// | GROUP BY | the columns that are the grouping expressions, when all of them are there |
// | a plain SELECT | a unique key of one source, when its columns or expressions are there and that source's row pins all others; of a partial index, when WHERE implies its condition |

/// Each as indexes of result columns; empty when nothing is known.
func outputKeys(of query: BoundQuery, tables: VisibleCommonTables) -> [[Int]] {
  guard case .select(let select) = query.body else { return [] }
  var keys: [[Int]] = []
  if select.isDistinct { keys.append(Array(select.outputs.indices)) }
  if !select.groupBy.isEmpty {
    let positions = select.groupBy.map { key in select.outputs.firstIndex { isSame($0.expression, key) } }
    if positions.allSatisfy({ $0 != nil }) { keys.append(positions.compactMap { $0 }) }
    return keys
  }
  guard let from = select.from, !select.isAggregate else { return keys }
  let uniqueness = Uniqueness(from, where: select.whereClause, tables: tables.adding(query.commonTables))
  for source in uniqueness.tableSources {
    guard case .table(let table) = source.kind, uniqueness.isPinned(byFixing: source.id) else { continue }
    let place = { (wanted: BoundExpression) in
      select.outputs.firstIndex { uniqueness.isSame($0.expression, wanted, of: source, table) }
    }
    let column = { (index: Int) in
      place(BoundExpression(.column(BoundColumn(source: source.id, index: index, name: "")), range: source.range))
    }
    var candidates = (table.uniqueKeys.map(\.columns) + (table.rowidAlias.map { [[$0]] } ?? [])).map { $0.map(column) }
    for key in table.indexKeys where uniqueness.covers(key, rowsOf: source, table) {
      candidates.append(
        key.terms.map { term in
          switch term {
          case .column(let index): column(index)
          case .expression(let expression, let collation):
            // An output is compared by its own collation.
            uniqueness.isKept(expression, by: collation, of: source) ? place(expression) : nil
          }
        })
    }
    // NULLs in a unique key are all different (SQLite, lang_createindex.html#uniqueidx), but a key is asked for by `=`, which
    // matches none of them.
    keys += candidates.filter { $0.allSatisfy { $0 != nil } }.map { $0.compactMap { $0 } }
  }
  return keys
}
