// Queries: WITH, arms of a compound, ORDER BY, LIMIT.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// One SELECT or VALUES of a query, while its ORDER BY is still to come.
struct BoundArm {
  /// Absent for VALUES.
  var outputs: [BoundOutput]?
  var scope: Scope?
  var columnNames: [String]
}

extension Binder {
  /// `parent` is the scope around a subquery; `entry` the common table whose query this is.
  mutating func bindQuery(
    _ syntax: SelectSyntax, parent: Scope?, named naming: ResultNaming = .inner, of entry: CommonTableEntry? = nil
  ) -> BoundQuery {
    let frame = openWith(syntax.with, scope: parent)
    var arms: [BoundArm] = []
    var orderBy: [BoundExpression] = []
    let body: BoundQueryBody
    switch syntax.body {
    case .select(let core):
      let bound = bindCore(core, orderBy: syntax.orderBy, parent: parent, named: naming, into: &arms)
      orderBy = bound.orderBy
      body = .select(bound.select)
    case .values, .compound:
      body = bindBody(syntax.body, parent: parent, named: naming, of: entry, into: &arms)
      for term in syntax.orderBy { orderBy.append(bindCompoundOrder(term.expression, arms)) }
    }
    // SQLite resolves LIMIT with no names in scope at all.
    let limits = bindLimit(syntax.limit)
    var names = arms.first?.columnNames ?? []
    if naming != .result { names = uniqueNames(names) }
    return BoundQuery(
      commonTables: closeWith(frame), body: body, columnNames: names, orderBy: orderBy, limit: limits.limit,
      offset: limits.offset, range: syntax.range)
  }

  mutating func bindLimit(_ syntax: LimitSyntax?) -> (limit: BoundExpression?, offset: BoundExpression?) {
    guard let syntax else { return (nil, nil) }
    let nowhere = Scope(id: newSelect(), parent: nil)
    nowhere.clause = .value
    return (bindScalar(syntax.count, in: nowhere), bindOptional(syntax.offset, in: nowhere))
  }

  private mutating func bindBody(
    _ body: SelectBodySyntax, parent: Scope?, named naming: ResultNaming, of entry: CommonTableEntry?,
    into arms: inout [BoundArm]
  ) -> BoundQueryBody {
    let result: BoundQueryBody
    switch body {
    case .select(let core):
      result = .select(bindCore(core, orderBy: [], parent: parent, named: naming, into: &arms).select)
    case .values(let node): result = bindValues(node, parent: parent, into: &arms)
    case .compound(let node):
      let left = bindBody(node.left, parent: parent, named: naming, of: entry, into: &arms)
      if let entry, node.op == .union || node.op == .unionAll {
        entry.learnNames(uniqueNames(arms.first?.columnNames ?? []))
        if let known = recorder, let first = arms.first {
          recordColumns(of: entry, first.outputs?.map(known.symbol) ?? [])
        }
      }
      let before = arms.count
      let right = bindBody(node.right, parent: parent, named: naming, of: nil, into: &arms)
      if let first = arms.first?.columnNames.count, before < arms.count {
        let other = arms[before].columnNames.count
        if first != other, first > 0, other > 0 {
          report(.compoundArity(node.op.rawValue, left: first, right: other), at: node.opRange)
        }
      }
      result = .compound(node.op, left: left, right: right, range: node.range)
    }
    return result
  }

  private mutating func bindValues(_ node: ValuesSyntax, parent: Scope?, into arms: inout [BoundArm]) -> BoundQueryBody
  {
    let scope = Scope(id: newSelect(), parent: parent)
    scope.clause = .outputs
    var rows: [[BoundExpression]] = []
    for row in node.rows {
      var elements: [BoundExpression] = []
      for element in row.elements { elements.append(bindScalar(element, in: scope)) }
      if let first = rows.first, first.count != elements.count {
        report(.valuesArity(first: first.count, this: elements.count), at: row.range)
      }
      rows.append(elements)
    }
    let count = rows.first?.count ?? 0
    arms.append(
      BoundArm(outputs: nil, scope: nil, columnNames: (0..<count).map { "column\($0 + 1)" }))
    return .values(rows: rows, range: node.range)
  }

  /// A term after a compound: a number, an alias, or an expression that is a result column of some arm, the first that has it
  /// (SQLite, lang_select.html §4). It stands for that column of the first arm.
  private mutating func bindCompoundOrder(_ syntax: ExpressionSyntax, _ arms: [BoundArm]) -> BoundExpression {
    let invalid = BoundExpression(.invalid, range: syntax.range)
    guard let first = arms.first else { return invalid }
    let term = syntax.withoutCollation
    if let ordinal = integerValue(term) {
      guard ordinal >= 1, ordinal <= first.columnNames.count else {
        report(.ordinalOutOfRange(clause: "ORDER BY", count: first.columnNames.count), at: syntax.range)
        return invalid
      }
      return column(ordinal - 1, of: first, syntax.range)
    }
    for arm in arms {
      guard let outputs = arm.outputs, let scope = arm.scope else { continue }
      if case .column(let node) = term, node.table == nil,
        let index = outputs.firstIndex(where: {
          $0.isNameGuaranteed && sameName($0.name, renames.current(node.column).text)
        })
      {
        record(recorder?.symbol(of: outputs[index]), .reference, at: node.column)
        if case .column(let column) = outputs[index].expression.kind,
          !scope.aliases.contains(where: { sameName($0.key, outputs[index].name) }),
          let source = scope.sources.first(where: { $0.id == column.source })
        {
          meet(node.column, column.index, of: source)
        }
        return column(index, of: first, syntax.range)
      }
      let wasMuted = isMuted
      let recorded = recorder?.occurrences.count
      isMuted = true
      scope.clause = .orderBy
      let bound = bindScalar(term, in: scope)
      isMuted = wasMuted
      let index = outputs.firstIndex { isSame($0.expression, bound) }
      if index == nil, let recorded { recorder?.forget(after: recorded) }
      if let index {
        return column(index, of: first, syntax.range)
      }
    }
    let isBroken = diagnostics.hasErrors
    if !isBroken {
      report(
        .compoundOrder, at: syntax.range,
        notes: ["result columns: \(first.columnNames.joined(separator: ", "))"])
    }
    return invalid
  }

  private func column(_ index: Int, of arm: BoundArm, _ range: ByteRange) -> BoundExpression {
    guard let outputs = arm.outputs, index < outputs.count else {
      return BoundExpression(.literal(.integer(String(index + 1))), range: range)
    }
    var expression = outputs[index].expression
    expression.range = range
    return expression
  }
}

/// An integer literal, signed or not, which stands for a result column in ORDER BY and GROUP BY.
func integerValue(_ expression: ExpressionSyntax) -> Int? {
  switch expression.unparenthesized {
  case .literal(let node):
    if case .integer(let text) = node.value { return Int(text) }
    return nil
  case .unary(let node) where node.op == .minus: return integerValue(node.operand).map { -$0 }
  case .unary(let node) where node.op == .plus: return integerValue(node.operand)
  default: return nil
  }
}

extension ExpressionSyntax {
  /// Without parentheses and COLLATE around it.
  var withoutCollation: ExpressionSyntax {
    var inner = unparenthesized
    while case .collate(let node) = inner { inner = node.operand.unparenthesized }
    return inner
  }
}
