// Columns of views, common tables and subqueries that need not be the same when they are looked at again: SQLite puts their
// expressions in their places (optoverview.html#flattening), so that in
//
//     SELECT x FROM (SELECT random() % 2 AS x FROM t) WHERE x = 1 GROUP BY x
//
// WHERE tests one random number and GROUP BY groups by another. No equality fixes such a column.

/// Finds such columns among those of some sources.
struct Volatility {
  let source: (SourceID) -> BoundSource?
  let tables: VisibleCommonTables

  func isVolatile(_ column: BoundColumn) -> Bool {
    guard let source = source(column.source) else { return false }
    switch source.kind {
    case .view(_, let query), .subquery(let query):
      return tables.volatileColumns(of: query, source.proofKey).contains(column.index)
    case .commonTable(let id):
      guard let table = tables[id] else { return false }
      return tables.volatileColumns(of: table.query, source.proofKey).contains(column.index)
    case .table, .tableFunction, .excluded, .triggerRow: return false
    }
  }

  /// Functions of the application count as such.
  func isVolatile(_ expression: BoundExpression) -> Bool {
    var found = false
    BoundWalk(
      onSource: { source in
        // A subquery in the expression reads it; views and queries in FROM are walked through.
        if case .commonTable(let id) = source.kind, tables.isVolatile(id) { found = true }
      },
      onExpression: { part in
        switch part.kind {
        case .call(let call): if call.function.isVolatileOrUnknown { found = true }
        case .column(let column): if isVolatile(column) { found = true }
        case .mergedColumn(let columns): if columns.contains(where: isVolatile) { found = true }
        default: break
        }
      }
    ).walk(expression)
    return found
  }
}

extension FunctionDefinition {
  var isVolatileOrUnknown: Bool { FunctionCatalog.builtin.builtin(for: self) == nil || isVolatile(self) }
}

/// The result columns of a query that are volatile.
func volatileOutputs(of query: BoundQuery, tables: VisibleCommonTables) -> Set<Int> {
  volatileOutputs(of: query.body, tables: tables.adding(query.commonTables))
}

private func volatileOutputs(of body: BoundQueryBody, tables: VisibleCommonTables) -> Set<Int> {
  switch body {
  case .select(let select):
    var own: [SourceID: BoundSource] = [:]
    if let from = select.from { for source in from.allSources { own[source.id] = source } }
    let volatility = Volatility(source: { own[$0] }, tables: tables)
    return Set(select.outputs.indices.filter { volatility.isVolatile(select.outputs[$0].expression) })
  case .values(let rows, _):
    let volatility = Volatility(source: { _ in nil }, tables: tables)
    return Set(rows.flatMap { row in row.indices.filter { volatility.isVolatile(row[$0]) } })
  case .compound(_, let left, let right, _):
    return volatileOutputs(of: left, tables: tables).union(volatileOutputs(of: right, tables: tables))
  }
}

extension BoundFrom {
  /// In the order in which they stand.
  var allSources: [BoundSource] {
    switch self {
    case .source(let source): [source]
    case .join(let join): join.left.allSources + join.right.allSources
    }
  }
}
