// What a mistake hides of a statement's result.

extension BoundStatement {
  /// The result columns, by index, of which nothing can be said because something in them, or in what they read from, is not
  /// known. Conservative: a mistake inside a query that is read from leaves only the columns of tables.
  public var hiddenColumns: Set<Int> {
    switch body {
    case .query(let query): hidden(in: query)
    case .insert(let insert): hidden(insert.returning ?? [], from: nil, insert.commonTables)
    case .update(let update): hidden(update.returning ?? [], from: update.from, update.commonTables)
    case .delete(let delete): hidden(delete.returning ?? [], from: nil, delete.commonTables)
    case .utility, .invalid: []
    }
  }

  private func hidden(in query: BoundQuery) -> Set<Int> {
    guard case .select(let select) = query.body else {
      return hasInvalid { $0.walk(query) } ? Set(query.columnNames.indices) : []
    }
    return hidden(select.outputs, from: select.from, query.commonTables)
  }

  private func hidden(_ outputs: [BoundOutput], from: BoundFrom?, _ tables: [BoundCommonTable]) -> Set<Int> {
    let found = Found()
    if let from {
      BoundWalk(
        .oneQuery { _ in }, onSource: { if case .table = $0.kind { found.tables.insert($0.id) } },
        onExpression: { _ in }
      ).walk(from)
    }
    let isNested = hasInvalid { walk in
      walk.walk(tables)
      if let from { walk.walk(from) }
    }
    return Set(
      outputs.indices.filter { index in
        let expression = outputs[index].expression
        if isNested, case .column(let column) = expression.kind { return !found.tables.contains(column.source) }
        return isNested || hasInvalid { $0.walk(expression) }
      })
  }

  private func hasInvalid(_ visit: (BoundWalk) -> Void) -> Bool {
    let found = Found()
    visit(BoundWalk(onSource: { _ in }, onExpression: { if case .invalid = $0.kind { found.isInvalid = true } }))
    return found.isInvalid
  }
}

/// Shared by a walk's callbacks.
private final class Found {
  var tables: Set<SourceID> = []
  var isInvalid = false
}
