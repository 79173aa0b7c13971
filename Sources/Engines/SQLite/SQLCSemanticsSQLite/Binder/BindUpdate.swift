// UPDATE and DELETE (SQLite, lang_update.html, lang_delete.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindUpdate(_ syntax: UpdateSyntax, rows: [ScopeSource] = []) -> BoundUpdate? {
    let outer = triggerScope(rows)
    let frame = openWith(syntax.with, scope: outer)
    guard let target = bindTarget(syntax.table, verb: .update) else {
      _ = closeWith(frame)
      return nil
    }
    let scope = Scope(id: newSelect(), parent: outer)
    scope.clause = .value
    scope.sources = [target.seen]
    let plan = syntax.from.map { planSources($0, in: scope) }
    let assignments = bindAssignments(syntax.assignments, of: target, in: scope)
    var from: BoundFrom?
    scope.clause = .whereClause
    if let syntax = syntax.from, let plan, !plan.isOversized { from = assemble(syntax, plan, in: scope) }
    let condition = bindOptional(syntax.whereClause, in: scope)
    scope.clause = .value
    let returning = bindReturning(syntax.returning, of: target)
    let order = bindRowOrder(syntax.orderBy, in: scope)
    let limits = bindLimit(syntax.limit)
    return BoundUpdate(
      commonTables: closeWith(frame), target: target.bound, onConflict: syntax.onConflict, assignments: assignments,
      from: from, whereClause: condition, returning: returning, orderBy: order, limit: limits.limit,
      offset: limits.offset)
  }

  mutating func bindDelete(_ syntax: DeleteSyntax, rows: [ScopeSource] = []) -> BoundDelete? {
    let outer = triggerScope(rows)
    let frame = openWith(syntax.with, scope: outer)
    guard let target = bindTarget(syntax.table, verb: .delete) else {
      _ = closeWith(frame)
      return nil
    }
    let scope = Scope(id: newSelect(), parent: outer)
    scope.sources = [target.seen]
    scope.clause = .whereClause
    let condition = bindOptional(syntax.whereClause, in: scope)
    scope.clause = .value
    let returning = bindReturning(syntax.returning, of: target)
    let order = bindRowOrder(syntax.orderBy, in: scope)
    let limits = bindLimit(syntax.limit)
    return BoundDelete(
      commonTables: closeWith(frame), target: target.bound, whereClause: condition, returning: returning,
      orderBy: order, limit: limits.limit, offset: limits.offset)
  }

  /// The scope that has `old` and `new`, around the statements of a trigger.
  func triggerScope(_ rows: [ScopeSource]) -> Scope? {
    guard !rows.isEmpty else { return nil }
    let scope = Scope(id: SelectID(0), parent: nil)
    scope.clause = .value
    scope.sources = rows
    return scope
  }
}
