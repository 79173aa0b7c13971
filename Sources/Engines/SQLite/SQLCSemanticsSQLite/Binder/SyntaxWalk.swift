// Every expression of a statement, subqueries included, without regard to what it means.

import SQLCSyntaxSQLite

/// Calls `onExpression` for each expression, outer ones first.
struct SyntaxWalk {
  var onExpression: (ExpressionSyntax) -> Void

  mutating func walk(_ statement: StatementSyntax) {
    switch statement {
    case .select(let node): walk(node)
    case .insert(let node): walk(node)
    case .update(let node): walk(node)
    case .delete(let node): walk(node)
    case .explain(let node): walk(node.statement)
    case .createTable, .createIndex, .createView, .createTrigger, .createVirtualTable, .alterTable, .drop, .pragma,
      .attach, .detach, .transaction, .analyze, .reindex, .vacuum, .invalid:
      break
    }
  }

  mutating func walk(_ node: InsertSyntax) {
    walk(node.with)
    if case .select(let query) = node.source { walk(query) }
    for upsert in node.upserts {
      for term in upsert.target { walk(term.expression) }
      walk(upsert.targetWhere)
      if case .update(let assignments, let condition) = upsert.action {
        for assignment in assignments { walk(assignment.value) }
        walk(condition)
      }
    }
    walk(node.returning)
  }

  mutating func walk(_ node: UpdateSyntax) {
    walk(node.with)
    for assignment in node.assignments { walk(assignment.value) }
    walk(node.from)
    walk(node.whereClause)
    walk(node.returning)
    walk(node.orderBy)
    walk(node.limit)
  }

  mutating func walk(_ node: DeleteSyntax) {
    walk(node.with)
    walk(node.whereClause)
    walk(node.returning)
    walk(node.orderBy)
    walk(node.limit)
  }

  mutating func walk(_ node: SelectSyntax) {
    walk(node.with)
    walk(node.body)
    walk(node.orderBy)
    walk(node.limit)
  }

  private mutating func walk(_ node: WithSyntax?) {
    for table in node?.tables ?? [] { walk(table.query) }
  }

  private mutating func walk(_ node: ReturningSyntax?) {
    for column in node?.columns ?? [] { walk(column) }
  }

  private mutating func walk(_ node: ResultColumnSyntax) {
    if case .expression(let expression, _) = node.value { walk(expression) }
  }

  private mutating func walk(_ body: SelectBodySyntax) {
    switch body {
    case .select(let core):
      for column in core.columns { walk(column) }
      walk(core.from)
      walk(core.whereClause)
      for term in core.groupBy { walk(term) }
      walk(core.having)
      for window in core.windows { walk(window.window) }
    case .values(let node):
      for row in node.rows { for element in row.elements { walk(element) } }
    case .compound(let node):
      walk(node.left)
      walk(node.right)
    }
  }

  private mutating func walk(_ from: FromSyntax?) {
    guard let from else { return }
    walk(from.first)
    for join in from.joins {
      walk(join.source)
      if case .on(let condition) = join.constraint { walk(condition) }
    }
  }

  private mutating func walk(_ source: TableSourceSyntax) {
    switch source {
    case .table(let node): for argument in node.arguments ?? [] { walk(argument) }
    case .subquery(let node): walk(node.query)
    case .nested(let node): walk(node.from)
    }
  }

  private mutating func walk(_ terms: [OrderingTermSyntax]) {
    for term in terms { walk(term.expression) }
  }

  private mutating func walk(_ limit: LimitSyntax?) {
    walk(limit?.count)
    walk(limit?.offset)
  }

  private mutating func walk(_ window: WindowSyntax) {
    for term in window.partitionBy { walk(term) }
    walk(window.orderBy)
    guard let frame = window.frame else { return }
    for bound in [frame.start, frame.end] {
      switch bound {
      case .preceding(let expression), .following(let expression): walk(expression)
      case .unboundedPreceding, .currentRow, .unboundedFollowing, nil: break
      }
    }
  }

  mutating func walk(_ expression: ExpressionSyntax?) {
    guard let expression else { return }
    onExpression(expression)
    switch expression {
    case .literal, .parameter, .column, .macro, .missing: break
    case .unary(let node): walk(node.operand)
    case .binary(let node):
      walk(node.left)
      walk(node.right)
    case .nullTest(let node): walk(node.operand)
    case .like(let node):
      walk(node.operand)
      walk(node.pattern)
      walk(node.escape)
    case .between(let node):
      walk(node.operand)
      walk(node.low)
      walk(node.high)
    case .inList(let node): walkMembership(node)
    case .collate(let node): walk(node.operand)
    case .cast(let node): walk(node.operand)
    case .caseWhen(let node):
      walk(node.operand)
      for branch in node.branches {
        walk(branch.when)
        walk(branch.then)
      }
      walk(node.elseBranch)
    case .function(let node): walkCall(node)
    case .exists(let node): walk(node.query)
    case .subquery(let node): walk(node.query)
    case .row(let node): for element in node.elements { walk(element) }
    case .parenthesized(let node): walk(node.expression)
    case .raise(let node): walk(node.message)
    }
  }

  private mutating func walkMembership(_ node: InSyntax) {
    walk(node.operand)
    switch node.source {
    case .list(let elements): for element in elements { walk(element) }
    case .subquery(let query): walk(query)
    case .table(_, let arguments): for argument in arguments ?? [] { walk(argument) }
    case .macro(let macro): onExpression(.macro(macro))
    }
  }

  private mutating func walkCall(_ node: FunctionCallSyntax) {
    if case .list(let arguments) = node.arguments { for argument in arguments { walk(argument) } }
    walk(node.orderBy)
    walk(node.filter)
    if case .definition(let window) = node.over { walk(window) }
  }
}
