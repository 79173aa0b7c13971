// How many rows a statement can give back: proven from its shape, never from data.
//
// | statement | rows |
// |---|---|
// | query | see QueryRowCount |
// | INSERT … VALUES (one row) RETURNING | exactly one; at most one with OR IGNORE, DO NOTHING or DO UPDATE … WHERE |
// | INSERT … SELECT … RETURNING | as the query, weakened in the same way |
// | UPDATE, DELETE … RETURNING | at most one when the rows that it touches are |
// | any of these without RETURNING | none |
//
// A trigger that says RAISE(IGNORE) can make any of them give fewer (SQLite, lang_createtrigger.html#raise).

import SQLCSyntaxSQLite

/// The row count of a bound statement, with the reason in words.
func proveRowCount(of statement: BoundStatement, in catalog: Catalog) -> ProvenRowCount {
  switch statement.body {
  case .query(let query):
    return QueryRowCount().rows(of: query, outer: VisibleCommonTables())
  case .insert(let insert):
    guard insert.returning != nil else { return .nothing }
    return weakened(rows(of: insert), by: insert, in: catalog)
  case .update(let update):
    guard update.returning != nil else { return .nothing }
    var from = BoundFrom.source(update.target)
    if let joined = update.from {
      from = .join(
        BoundJoin(
          kind: .inner, left: from, right: joined, condition: nil, operatorRange: update.target.range))
    }
    return modified(from, where: update.whereClause, limit: update.limit, tables: update.commonTables)
  case .delete(let delete):
    guard delete.returning != nil else { return .nothing }
    return modified(
      .source(delete.target), where: delete.whereClause, limit: delete.limit, tables: delete.commonTables)
  case .utility, .invalid:
    return .nothing
  }
}

extension ProvenRowCount {
  static let nothing = ProvenRowCount(.none, because: "the statement returns no rows")

  /// Exactly one becomes at most one; the rest stays.
  func weakened(because reason: String) -> ProvenRowCount {
    bound == .exactlyOne ? ProvenRowCount(.atMostOne, because: reason) : self
  }

  var isAtMostOne: Bool {
    switch bound {
    case .exactlyOne, .atMostOne, .none: true
    case .many: false
    }
  }
}

private func rows(of insert: BoundInsert) -> ProvenRowCount {
  switch insert.source {
  case .defaultValues:
    return ProvenRowCount(.exactlyOne, because: "one row is inserted")
  case .query(let query):
    let tables = VisibleCommonTables().adding(insert.commonTables)
    let rows = QueryRowCount().rows(of: query, outer: tables)
    switch rows.bound {
    case .exactlyOne: return ProvenRowCount(.exactlyOne, because: "one row is inserted")
    case .atMostOne: return ProvenRowCount(.atMostOne, because: "at most one row is inserted: \(rows.reason)")
    case .many, .none: return ProvenRowCount(.many, because: "several rows may be inserted")
    }
  }
}

private func weakened(_ rows: ProvenRowCount, by insert: BoundInsert, in catalog: Catalog) -> ProvenRowCount {
  if insert.onConflict == .ignore { return rows.weakened(because: "OR IGNORE may skip the row") }
  // The statement's own OR … is stronger than the table's ON CONFLICT (SQLite, lang_conflict.html).
  if insert.onConflict == nil, case .table(let table) = insert.target.kind, table.ignoresConflicts {
    return rows.weakened(because: "a constraint with ON CONFLICT IGNORE may skip the row")
  }
  for upsert in insert.upserts {
    switch upsert.action {
    case .nothing: return rows.weakened(because: "ON CONFLICT DO NOTHING may skip the row")
    case .update(_, let condition):
      if condition != nil { return rows.weakened(because: "the WHERE of DO UPDATE may skip the row") }
    }
  }
  if canIgnore(table: insert.target, in: catalog) {
    return rows.weakened(because: "a trigger may ignore the row")
  }
  return rows
}

private func modified(
  _ from: BoundFrom, where condition: BoundExpression?, limit: BoundExpression?, tables: [BoundCommonTable]
) -> ProvenRowCount {
  if let limit, case .literal(.integer(let digits)) = limit.kind, digits == "1" || digits == "0" {
    return ProvenRowCount(.atMostOne, because: "LIMIT \(digits)")
  }
  var uniqueness = Uniqueness(from, where: condition, tables: VisibleCommonTables().adding(tables))
  let rows = uniqueness.prove()
  // A modification has no lower bound: the row may not be there.
  return rows.isAtMostOne ? ProvenRowCount(.atMostOne, because: rows.reason) : rows
}

/// A view's INSTEAD OF trigger, or a trigger with RAISE(IGNORE) anywhere in it.
private func canIgnore(table source: BoundSource, in catalog: Catalog) -> Bool {
  let key: String
  switch source.kind {
  case .table(let table): key = table.name.asciiLowercased
  case .view: return true
  case .subquery, .commonTable, .tableFunction, .excluded, .triggerRow: return false
  }
  return catalog.triggers(on: key).contains { hasRaiseIgnore($0.syntax) }
}

private func hasRaiseIgnore(_ node: any SyntaxNode) -> Bool {
  if let raise = node as? RaiseSyntax { return raise.action == .ignore }
  return node.children.contains(where: hasRaiseIgnore)
}
