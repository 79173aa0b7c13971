// Expressions as relations see them.

import SQLCDiagnostics
import SQLCFacts
import SQLCSyntaxSQLite

extension RelationLowering {
  mutating func expression(_ expression: BoundExpression) -> RelationalExpression {
    RelationalExpression(kind(of: expression), range: expression.range)
  }

  private mutating func list(_ expressions: [BoundExpression]) -> [RelationalExpression] {
    expressions.map { expression($0) }
  }

  private mutating func kind(of bound: BoundExpression) -> RelationalExpression.Kind {
    switch bound.kind {
    case .literal(.null): return .null
    case .literal(let value): return .constant(spelled(value))
    case .boolean(let value): return .constant(value ? "TRUE" : "FALSE")
    case .parameter(let index):
      let isList = parameters.indices.contains(index - 1) && parameters[index - 1].kind == .slice
      return isList ? .list(index) : .parameter(index)
    case .column(let column): return self.column(column)
    case .mergedColumn(let columns):
      let parts = columns.map { RelationalExpression(self.column($0), range: bound.range) }
      return .call(RelationalCall(name: "coalesce", role: .scalar, arguments: parts, filter: nil))
    case .unary(.not, let operand): return .not(expression(operand))
    // What a caller gives is as much the caller's in another type.
    case .cast(let operand, _) where operand.isParameter: return expression(operand).kind
    // "+x" is x, without its affinity.
    case .unary(_, let operand), .cast(let operand, _): return .other([expression(operand)])
    case .collate(let operand, _): return expression(operand).kind
    case .binary(let op, let left, let right): return binary(op, left, right)
    case .nullTest(let operand, isNull: true): return .isNull(expression(operand))
    case .nullTest(let operand, isNull: false):
      return .not(RelationalExpression(.isNull(expression(operand)), range: bound.range))
    case .like(.match, isNegated: false, let operand, let pattern, _):
      if let source = moduleSource(of: operand) { return .nearest(source: source.rawValue) }
      return .other([expression(operand), expression(pattern)])
    case .like(let op, let isNegated, let operand, let pattern, let escape):
      let parts = [expression(pattern)] + (escape.map { [expression($0)] } ?? [])
      guard op == .like, !isNegated else { return .other([expression(operand)] + parts) }
      return .like(expression(operand), pattern: parts[0], others: Array(parts.dropFirst()))
    case .between(let operand, let low, let high, let isNegated):
      return .between(expression(operand), low: expression(low), high: expression(high), isNegated: isNegated)
    case .inList(let operand, let values, let isNegated):
      let precision: RelationalExpression.Precision =
        values.allSatisfy { isExact(operand, $0) } ? .exact : .loose
      return .inList(expression(operand), list(values), isNegated: isNegated, precision)
    case .inQuery(let operand, let query, let isNegated):
      return .inQuery(expression(operand), self.query(query), isNegated: isNegated, precision(operand, query))
    case .caseWhen(let operand, let branches, let otherwise):
      return .caseWhen(
        operand: operand.map { expression($0) },
        branches.map { RelationalBranch(when: expression($0.when), then: expression($0.then)) },
        otherwise: otherwise.map { expression($0) })
    case .call(let call): return self.call(call)
    case .exists(let query): return .exists(self.query(query))
    case .subquery(let query): return .subquery(self.query(query))
    case .row(let elements): return .row(list(elements))
    case .raise, .tableColumn, .invalid: return .other([])
    }
  }

  /// As SQL has it.
  private func spelled(_ value: LiteralSyntax.Value) -> String {
    switch value {
    case .integer(let text), .real(let text): text
    case .string(let text): "'" + text.replacingScalars("'", with: "''") + "'"
    case .blob(let bytes): "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    case .null: "NULL"
    case .currentDate: "CURRENT_DATE"
    case .currentTime: "CURRENT_TIME"
    case .currentTimestamp: "CURRENT_TIMESTAMP"
    }
  }

  private func column(_ column: BoundColumn) -> RelationalExpression.Kind {
    // `rank` of a full-text index is bm25 over all its rows (SQLite, fts5.html §5.1.1).
    if case .table(let table)? = sources[column.source]?.kind, table.isFullText, column.index >= 0,
      table.columns[column.index].visibility == .hidden, sameName(table.columns[column.index].name, "rank")
    {
      return .standing(source: column.source.rawValue)
    }
    return .column(RelationColumn(source: column.source.rawValue, index: place(of: column)))
  }

  /// An INTEGER PRIMARY KEY and the rowid are one column.
  private func place(of column: BoundColumn) -> Int {
    guard case .table(let table)? = sources[column.source]?.kind, column.index == BoundColumn.rowid else {
      return column.index
    }
    return table.rowidAlias ?? RelationColumn.rowKey
  }

  private mutating func binary(
    _ op: BinarySyntax.Operator, _ left: BoundExpression, _ right: BoundExpression
  ) -> RelationalExpression.Kind {
    func comparison(_ kind: RelationalExpression.Comparison) -> RelationalExpression.Kind {
      .compare(kind, expression(left), expression(right), isExact(left, right) ? .exact : .loose)
    }
    switch op {
    case .and: return .all([expression(left), expression(right)])
    case .or: return .any([expression(left), expression(right)])
    case .equal: return comparison(.equal)
    case .notEqual: return comparison(.notEqual)
    case .less: return comparison(.less)
    case .lessOrEqual: return comparison(.lessOrEqual)
    case .greater: return comparison(.greater)
    case .greaterOrEqual: return comparison(.greaterOrEqual)
    // `x IS TRUE` is the truth of x.
    case .is:
      if case .boolean = right.kind { return .other([expression(left)]) }
      if case .literal(.null) = right.kind { return .isNull(expression(left)) }
      return comparison(.same)
    case .isNot:
      if case .boolean = right.kind { return .other([expression(left)]) }
      if case .literal(.null) = right.kind {
        return .not(RelationalExpression(.isNull(expression(left)), range: left.range.union(right.range)))
      }
      return comparison(.notSame)
    case .divide:
      return .call(
        RelationalCall(name: "/", role: .scalar, arguments: [expression(left), expression(right)], filter: nil))
    case .bitAnd, .bitOr, .shiftLeft, .shiftRight, .add, .subtract, .multiply, .modulo, .concat, .jsonArrow,
      .jsonArrowText:
      return .other([expression(left), expression(right)])
    }
  }

  private mutating func call(_ call: BoundCall) -> RelationalExpression.Kind {
    // SQLite, fts5.html §5.1: how rare the words are is counted over all rows of the index.
    if call.function.name == "bm25", case .tableColumn(let source)? = call.arguments.first?.kind {
      return .standing(source: source.rawValue)
    }
    let role: RelationalCall.Role =
      switch call.role {
      case .scalar: .scalar
      case .aggregate: .aggregate(nullSkipping.contains(call.function.name) && !call.isStar ? .skipped : .counted)
      case .window: .window(list(call.window?.partitionBy ?? []))
      }
    return .call(
      RelationalCall(
        name: call.function.name, role: role,
        arguments: list(call.arguments + call.orderBy + (call.window?.orderBy ?? [])),
        filter: call.filter.map { expression($0) }))
  }

  /// The virtual table, other than a full-text index, that the left side of MATCH is of: it gives the rows that are nearest.
  private func moduleSource(of operand: BoundExpression) -> SourceID? {
    let id: SourceID? =
      switch operand.kind {
      case .column(let column): column.source
      case .tableColumn(let source): source
      default: nil
      }
    guard let id, case .table(let table)? = sources[id]?.kind, table.isVirtual, !table.isFullText else { return nil }
    return id
  }

  // MARK: Precision

  private func precision(_ operand: BoundExpression, _ query: BoundQuery) -> RelationalExpression.Precision {
    guard case .select(let select) = query.body else { return hasCollation(operand) ? .loose : .exact }
    let operands: [BoundExpression] = if case .row(let parts) = operand.kind { parts } else { [operand] }
    var finder = self
    for source in select.from?.allSources ?? [] { finder.sources[source.id] = source }
    finder.tables = tables.adding(query.commonTables)
    let isExact = zip(operands, select.outputs).allSatisfy { finder.isExact($0, $1.expression) }
    return isExact ? .exact : .loose
  }

  /// Does the equality take nothing for the same that the columns on its sides tell apart? (SQLite, datatype3.html §4.2, §7.1)
  private func isExact(_ left: BoundExpression, _ right: BoundExpression) -> Bool {
    if case .row(let lefts) = left.kind, case .row(let rights) = right.kind, lefts.count == rights.count {
      return zip(lefts, rights).allSatisfy { isExact($0, $1) }
    }
    if case .cast(let operand, _) = left.kind, !operand.isParameter { return false }
    if case .cast(let operand, _) = right.kind, !operand.isParameter { return false }
    if left.isCast || right.isCast { return true }
    if hasCollation(left) || hasCollation(right) { return false }
    let finder = TraitFinder(source: { sources[$0] }, tables: tables)
    guard let a = finder.traits(of: left), let b = finder.traits(of: right) else { return true }
    if let one = a.collation, let other = b.collation, one != other { return false }
    switch (a.affinity, b.affinity) {
    case (.text?, .integer?), (.text?, .real?), (.text?, .numeric?), (.integer?, .text?), (.real?, .text?),
      (.numeric?, .text?):
      return false
    default: return true
    }
  }

  private func hasCollation(_ expression: BoundExpression) -> Bool {
    expression.contains { if case .collate(_, let name) = $0.kind { !sameName(name, "binary") } else { false } }
  }
}

extension BoundExpression {
  fileprivate var isParameter: Bool { if case .parameter = kind { true } else { false } }
  fileprivate var isCast: Bool { if case .cast = kind { true } else { false } }
}

extension Table {
  var isFullText: Bool {
    if case .virtual(let module) = kind { module.hasPrefix("fts") } else { false }
  }
}

/// Aggregates for which a NULL is no value (SQLite, lang_aggfunc.html).
private let nullSkipping: Set<String> = [
  "avg", "count", "group_concat", "max", "min", "string_agg", "sum", "total",
]
