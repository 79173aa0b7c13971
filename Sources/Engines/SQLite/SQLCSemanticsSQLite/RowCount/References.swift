// What an expression depends on: every column in it, those of its subqueries included, and functions that are not fixed.

/// Something that can make two evaluations differ.
enum Reference {
  case column(BoundColumn)
  /// `random()` and its like.
  case volatileFunction
}

/// SQLite, deterministic.html: its result differs between calls within one statement.
func isVolatile(_ function: FunctionDefinition) -> Bool { volatileFunctions.contains(function.name) }

private let volatileFunctions: Set<String> = ["random", "randomblob", "last_insert_rowid", "changes", "total_changes"]

extension BoundExpression {
  func forEachReference(_ visit: (Reference) -> Void) {
    switch kind {
    case .literal, .boolean, .parameter, .raise, .invalid: break
    case .column(let column): visit(.column(column))
    case .mergedColumn(let columns): for column in columns { visit(.column(column)) }
    case .tableColumn(let source): visit(.column(BoundColumn(source: source, index: BoundColumn.rowid, name: "rowid")))
    case .unary(_, let operand), .collate(let operand, _), .cast(let operand, _), .nullTest(let operand, _):
      operand.forEachReference(visit)
    case .binary(_, let left, let right):
      left.forEachReference(visit)
      right.forEachReference(visit)
    case .like(_, _, let operand, let pattern, let escape):
      for part in [operand, pattern] { part.forEachReference(visit) }
      escape?.forEachReference(visit)
    case .between(let operand, let low, let high, _):
      for part in [operand, low, high] { part.forEachReference(visit) }
    case .inList(let operand, let list, _):
      operand.forEachReference(visit)
      for element in list { element.forEachReference(visit) }
    case .inQuery(let operand, let query, _):
      operand.forEachReference(visit)
      query.forEachReference(visit)
    case .caseWhen(let operand, let branches, let elseBranch):
      operand?.forEachReference(visit)
      for branch in branches {
        branch.when.forEachReference(visit)
        branch.then.forEachReference(visit)
      }
      elseBranch?.forEachReference(visit)
    case .call(let call): call.forEachReference(visit)
    case .exists(let query), .subquery(let query): query.forEachReference(visit)
    case .row(let elements): for element in elements { element.forEachReference(visit) }
    }
  }
}

extension BoundCall {
  fileprivate func forEachReference(_ visit: (Reference) -> Void) {
    if isVolatile(function) { visit(.volatileFunction) }
    // The value of an aggregate or window function depends on rows, not on what is written in it alone.
    switch role {
    case .scalar: break
    case .aggregate, .window: visit(.volatileFunction)
    }
    for argument in arguments + orderBy { argument.forEachReference(visit) }
    filter?.forEachReference(visit)
    for part in (window?.partitionBy ?? []) + (window?.orderBy ?? []) { part.forEachReference(visit) }
  }
}

extension BoundQuery {
  /// Columns of the query's own sources are visited as well: they are no one else's, so nobody mistakes them.
  func forEachReference(_ visit: (Reference) -> Void) {
    for table in commonTables { table.query.forEachReference(visit) }
    body.forEachReference(visit)
    for expression in orderBy { expression.forEachReference(visit) }
    limit?.forEachReference(visit)
    offset?.forEachReference(visit)
  }
}

extension BoundQueryBody {
  fileprivate func forEachReference(_ visit: (Reference) -> Void) {
    switch self {
    case .select(let select):
      for output in select.outputs { output.expression.forEachReferenceOutsideAggregates(visit) }
      select.from?.forEachReference(visit)
      select.whereClause?.forEachReference(visit)
      for expression in select.groupBy { expression.forEachReference(visit) }
      select.having?.forEachReferenceOutsideAggregates(visit)
    case .values(let rows, _):
      for row in rows { for expression in row { expression.forEachReference(visit) } }
    case .compound(_, let left, let right, _):
      left.forEachReference(visit)
      right.forEachReference(visit)
    }
  }
}

extension BoundExpression {
  /// Inside a subquery an aggregate is over that subquery's rows: a value like any other to who stands outside.
  fileprivate func forEachReferenceOutsideAggregates(_ visit: (Reference) -> Void) {
    guard case .call(let call) = kind else { return forEachReference(visit) }
    for argument in call.arguments { argument.forEachReference(visit) }
    call.filter?.forEachReference(visit)
  }
}

extension BoundFrom {
  fileprivate func forEachReference(_ visit: (Reference) -> Void) {
    switch self {
    case .source(let source):
      switch source.kind {
      case .subquery(let query): query.forEachReference(visit)
      case .tableFunction(_, let arguments): for argument in arguments { argument.forEachReference(visit) }
      case .table, .view, .commonTable, .excluded, .triggerRow: break
      }
    case .join(let join):
      join.left.forEachReference(visit)
      join.right.forEachReference(visit)
      join.condition?.forEachReference(visit)
    }
  }
}
