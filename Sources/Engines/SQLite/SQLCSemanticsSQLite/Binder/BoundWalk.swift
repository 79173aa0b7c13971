// Everything inside a bound tree, in no particular order: sources of FROM clauses and expressions, subqueries included.

import SQLCDiagnostics

/// Calls back for each source of a FROM clause and each expression. The query of a view is entered once, however often it is
/// used; those of common tables when somebody uses them.
struct BoundWalk {
  let onSource: (BoundSource) -> Void
  let onExpression: (BoundExpression) -> Void
  private let reach: Reach
  private let entered = EnteredViews()

  enum Reach {
    case everything
    /// Queries in FROM are left to `onSource`; those in expressions are handed over.
    case oneQuery((BoundQuery) -> Void)
  }

  init(
    _ reach: Reach = .everything, onSource: @escaping (BoundSource) -> Void,
    onExpression: @escaping (BoundExpression) -> Void
  ) {
    self.reach = reach
    self.onSource = onSource
    self.onExpression = onExpression
  }

  private func enter(_ query: BoundQuery) {
    switch reach {
    case .everything: walk(query)
    case .oneQuery(let handOver): handOver(query)
    }
  }

  private func enter(_ source: BoundSource) {
    guard case .everything = reach else { return }
    switch source.kind {
    case .view(let view, let query): if entered.views.insert(view.definition).inserted { walk(query) }
    case .subquery(let query): walk(query)
    case .table, .tableFunction, .commonTable, .excluded, .triggerRow: break
    }
  }

  func walk(_ query: BoundQuery) {
    walk(query.commonTables)
    walk(query.body)
    walk(query.orderBy)
    walk(query.limit)
    walk(query.offset)
  }

  func walk(_ tables: [BoundCommonTable]) {
    for table in tables where table.referenceCount > 0 { walk(table.query) }
  }

  func walk(_ outputs: [BoundOutput]?) {
    for output in outputs ?? [] { walk(output.expression) }
  }

  func walk(_ body: BoundQueryBody) {
    switch body {
    case .select(let select):
      walk(select.outputs)
      if let from = select.from { walk(from) }
      walk(select.whereClause)
      walk(select.groupBy)
      walk(select.having)
    case .values(let rows, range: _): for row in rows { walk(row) }
    case .compound(_, let left, let right, range: _):
      walk(left)
      walk(right)
    }
  }

  func walk(_ from: BoundFrom) {
    switch from {
    case .source(let source):
      onSource(source)
      switch source.kind {
      case .tableFunction(_, let arguments): walk(arguments)
      case .view, .subquery: enter(source)
      case .table, .commonTable, .excluded, .triggerRow: break
      }
    case .join(let join):
      walk(join.left)
      walk(join.right)
      walk(join.condition)
    }
  }

  func walk(_ list: [BoundExpression]) {
    for expression in list { walk(expression) }
  }

  func walk(_ expression: BoundExpression?) {
    guard let expression else { return }
    onExpression(expression)
    switch expression.kind {
    case .literal, .boolean, .parameter, .column, .mergedColumn, .raise, .tableColumn, .invalid: break
    case .unary(_, let operand), .nullTest(let operand, isNull: _), .collate(let operand, collation: _),
      .cast(let operand, _):
      walk(operand)
    case .binary(_, let left, let right):
      walk(left)
      walk(right)
    case .like(_, isNegated: _, let operand, let pattern, let escape):
      walk(operand)
      walk(pattern)
      walk(escape)
    case .between(let operand, let low, let high, isNegated: _):
      walk(operand)
      walk(low)
      walk(high)
    case .inList(let operand, let list, isNegated: _):
      walk(operand)
      walk(list)
    case .inQuery(let operand, let query, isNegated: _):
      walk(operand)
      enter(query)
    case .caseWhen(let operand, let branches, let elseBranch):
      walk(operand)
      for branch in branches {
        walk(branch.when)
        walk(branch.then)
      }
      walk(elseBranch)
    case .call(let call):
      walk(call.arguments)
      walk(call.orderBy)
      walk(call.filter)
      walk(call.window?.partitionBy ?? [])
      walk(call.window?.orderBy ?? [])
    case .exists(let query), .subquery(let query): enter(query)
    case .row(let elements): walk(elements)
    }
  }
}

/// The views that a walk has been in.
private final class EnteredViews {
  var views: Set<SourceRange> = []
}
