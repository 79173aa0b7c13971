// One SELECT core, its clauses in the order SQLite resolves them: result columns first, because the others see their
// aliases.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindCore(
    _ syntax: SelectCoreSyntax, orderBy: [OrderingTermSyntax], parent: Scope?, named naming: ResultNaming,
    into arms: inout [BoundArm]
  ) -> (select: BoundSelect, orderBy: [BoundExpression]) {
    let scope = Scope(id: newSelect(), parent: parent)
    scope.windows = syntax.windows
    let plan = syntax.from.map { planSources($0, in: scope) }

    let outputs = bindOutputs(syntax.columns, in: scope, named: naming)
    scope.isAggregateQuery = scope.aggregateCount > 0 || !syntax.groupBy.isEmpty
    scope.seesAliases = true

    scope.clause = .having
    if let having = syntax.having, !scope.isAggregateQuery { report(.unaccompaniedHaving, at: having.range) }
    let having = syntax.having.map { bindScalar($0, in: scope) }

    scope.clause = .whereClause
    var from: BoundFrom?
    if let syntax = syntax.from, let plan, !plan.isOversized { from = assemble(syntax, plan, in: scope) }
    let condition = bindOptional(syntax.whereClause, in: scope)

    // "The ORDER BY and GROUP BY clauses may not refer to terms in outer queries" (SQLite's resolve.c).
    let order = scope.detached { scope in
      scope.clause = .orderBy
      return bindOrder(orderBy, outputs, in: scope)
    }
    let groups = scope.detached { scope in
      scope.clause = .groupBy
      return bindGroups(syntax.groupBy, outputs, in: scope)
    }

    arms.append(BoundArm(outputs: outputs, scope: scope, columnNames: outputs.map(\.name)))
    return (
      BoundSelect(
        id: scope.id, isDistinct: syntax.quantifier == .distinct, outputs: outputs, from: from, whereClause: condition,
        groupBy: groups, having: having, isAggregate: scope.aggregateCount > 0 || !syntax.groupBy.isEmpty,
        range: syntax.range), order
    )
  }

  /// An alias before a column, a number for a result column, else an expression (SQLite, lang_select.html#orderby).
  mutating func bindOrder(_ terms: [OrderingTermSyntax], _ outputs: [BoundOutput], in scope: Scope) -> [BoundExpression]
  {
    var bound: [BoundExpression] = []
    for term in terms {
      let plain = term.expression.withoutCollation
      if case .column(let node) = plain, node.table == nil,
        let alias = scope.aliases.first(where: { sameName($0.key, renames.current(node.column).text) })
      {
        bound.append(bindAlias(alias, node, in: scope))
      } else if let ordinal = integerValue(plain) {
        bound.append(output(ordinal, of: outputs, clause: "ORDER BY", term.expression.range))
      } else {
        bound.append(bindScalar(term.expression, in: scope))
      }
    }
    return bound
  }

  private mutating func bindGroups(_ terms: [ExpressionSyntax], _ outputs: [BoundOutput], in scope: Scope)
    -> [BoundExpression]
  {
    var bound: [BoundExpression] = []
    for term in terms {
      if let ordinal = integerValue(term.withoutCollation) {
        let before = output(ordinal, of: outputs, clause: "GROUP BY", term.range)
        bound.append(before)
      } else {
        bound.append(bindScalar(term, in: scope))
      }
    }
    return bound
  }

  private mutating func output(_ ordinal: Int, of outputs: [BoundOutput], clause: String, _ range: ByteRange)
    -> BoundExpression
  {
    guard ordinal >= 1, ordinal <= outputs.count else {
      if !scopeIsBroken { report(.ordinalOutOfRange(clause: clause, count: outputs.count), at: range) }
      return BoundExpression(.invalid, range: range)
    }
    var expression = outputs[ordinal - 1].expression
    expression.range = range
    return expression
  }

  private var scopeIsBroken: Bool { diagnostics.hasErrors }
}

extension Scope {
  /// Runs `body` with the scopes around out of sight.
  func detached<Result>(_ body: (Scope) -> Result) -> Result {
    let outer = parent
    parent = nil
    defer { parent = outer }
    return body(self)
  }
}
