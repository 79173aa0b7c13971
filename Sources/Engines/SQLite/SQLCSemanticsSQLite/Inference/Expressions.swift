// The facts of every kind of expression (inference rules A, D and E).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  /// What an expression yields. `expected` types the parameters that stand for the whole of it.
  @discardableResult
  func infer(_ expression: BoundExpression, _ expected: Expectation? = nil) -> Value {
    var value = inferAlone(expression, expected)
    if value.nullability.canBeNull, !provenExpressions.isEmpty, isProven(expression) { value = value.with(.never) }
    recorded?[expression.range] = value.facts
    return value
  }

  /// Without what conditions say of the expression as a whole.
  private func inferAlone(_ expression: BoundExpression, _ expected: Expectation?) -> Value {
    let range = expression.range
    switch expression.kind {
    case .literal(let literal): return inferLiteral(literal, range)
    case .boolean: return .boolean
    case .parameter(let index): return inferParameter(index, at: range, expected)
    case .column(let column): return value(of: column)
    case .mergedColumn(let columns): return inferMerged(columns)
    case .unary(let op, let operand): return inferUnary(op, operand, expected)
    case .binary(let op, let left, let right): return inferBinary(op, left, right, range, expected)
    case .nullTest(let operand, _):
      infer(operand, Expectation(.bottom, .weak, .provided))
      return .boolean
    case .like(let op, _, let operand, let pattern, let escape):
      return inferLike(op, operand, pattern, escape)
    case .between(let operand, let low, let high, _): return inferBetween(operand, low, high)
    case .inList(let operand, let elements, _): return inferIn(operand, elements)
    case .inQuery(let operand, let query, _): return inferIn(operand, query)
    case .collate(let operand, _):
      var value = infer(operand, expected)
      value.origin = nil
      return value
    case .cast(let operand, let type): return inferCast(operand, type)
    case .caseWhen(let operand, let branches, let elseBranch):
      return inferCase(operand, branches, elseBranch, range, expected)
    case .call(let call): return inferCall(call, range, expected)
    case .exists(let query):
      _ = infer(query)
      return .boolean
    case .subquery(let query):
      let facts = infer(query, expecting: expected.map { [$0] } ?? [])
      guard let first = facts.columns.first else { return .unknown }
      if first.nullability.canBeNull || hasExactlyOneRow(query) { return first }
      return first.with(.maybe(NullReason(.scalarSubqueryMayBeEmpty, at: range)))
    case .row(let elements):
      for element in elements { infer(element) }
      return Value(.any, .never)
    case .raise: return Value([], .never)
    case .tableColumn(let source): return valueOfTableColumn(source)
    case .invalid: return .unknown
    }
  }

  private func inferLiteral(_ literal: LiteralSyntax.Value, _ range: ByteRange) -> Value {
    switch literal {
    case .integer(let digits):
      // SQLite, lang_expr.html#litvalue: too large for 64 bits is REAL.
      guard fitsInt64(digits) else { return Value(.real, .never) }
      return Value(TypeFacts(.integer, .never), literal: digits == "0" || digits == "1" ? .flag : .integer)
    case .real: return Value(.real, .never)
    case .string(let text):
      return Value(TypeFacts(.text, .never), literal: text == "{}" || text == "[]" ? .json : .none)
    case .blob: return Value(.blob, .never)
    case .null: return Value([], .maybe(NullReason(.literalNull, at: range)))
    case .currentDate, .currentTime, .currentTimestamp: return Value(.text, .never)
    }
  }

  /// `x` for `x IS NOT NULL`-like places, the declared facts otherwise, NULLs of joins and of empty aggregates added.
  func value(of column: BoundColumn) -> Value {
    guard let state = states[column.source] else { return .unknown }
    var value = baseValue(of: column.index, in: state)
    if isProvenNonNull(column) { value.facts.nullability = .never }
    if let reason = absence(of: column.source) { value.facts.nullability = .maybe(reason) }
    if isBare(state) {
      value.facts.nullability = .maybe(NullReason(.bareColumnOverNoRows, at: nil))
    }
    return value
  }

  /// Why the row of a source may be missing.
  func absence(of source: SourceID) -> NullReason? {
    guard let nullifier = states[source]?.nullifiers.last else { return nil }
    return nullifiers[nullifier].reasons[source]
  }

  /// The value in a row that is there.
  func baseValue(of index: Int, in state: SourceState) -> Value {
    switch state.content {
    case .columns(let columns): return columns.indices.contains(index) ? columns[index] : .unknown
    case .table(let table):
      if index == BoundColumn.rowid {
        let alias = table.rowidAlias.map { table.columns[$0].name } ?? "rowid"
        return Value(TypeFacts(.integer, .never), origin: origin(table, alias))
      }
      guard table.columns.indices.contains(index) else { return .unknown }
      let column = table.columns[index]
      var facts = column.facts
      if isRank(index, of: table) {
        // SQLite, fts5.html §5: without MATCH the rank is NULL.
        facts.nullability =
          state.isMatched ? .never : .maybe(NullReason(.other("`rank` is NULL without MATCH"), at: nil))
      }
      return Value(facts, origin: origin(table, column.name))
    }
  }

  private func origin(_ table: Table, _ column: String) -> ColumnOrigin? {
    if case .eponymous = table.kind { return nil }
    return ColumnOrigin(table: table.name, column: column)
  }

  /// It belongs to a core that aggregates without GROUP BY, whose bare columns are looked at.
  func isBare(_ state: SourceState) -> Bool { state.select.map(bareSelects.contains) ?? false }

  /// SQLite, lang_select.html#fromclause: with RIGHT and FULL JOIN the merged column is the first that is not NULL.
  private func inferMerged(_ columns: [BoundColumn]) -> Value {
    guard let first = columns.first else { return .unknown }
    var result = value(of: first)
    let bare = states[first.source].map(isBare) ?? false
    for column in columns.dropFirst() {
      let next = value(of: column)
      var merged = either(result, next)
      merged.facts.nullability =
        result.nullability.canBeNull && next.nullability.canBeNull ? result.nullability : .never
      result = merged
    }
    // One of the joined rows is always there: NULL only if a declared column is, or there is no row at all.
    if !bare {
      let declared = columns.compactMap { column in states[column.source].map { baseNullability(column, $0) } }
      if !declared.contains(where: \.canBeNull), sharesNoOuterNullifier(columns) { result.facts.nullability = .never }
    }
    result.origin = nil
    return result
  }

  private func baseNullability(_ column: BoundColumn, _ state: SourceState) -> Nullability {
    isProvenNonNull(column) ? .never : baseValue(of: column.index, in: state).nullability
  }

  /// The joins that may remove these sources' rows do not remove all of them at once.
  private func sharesNoOuterNullifier(_ columns: [BoundColumn]) -> Bool {
    var shared: Set<Int>?
    for column in columns {
      let own = Set(states[column.source]?.nullifiers ?? [])
      shared = shared.map { $0.intersection(own) } ?? own
    }
    guard shared?.isEmpty ?? true else { return false }
    // Two sides of one FULL JOIN are never absent together; anything more involved is not proven.
    let involved = columns.flatMap { states[$0.source]?.nullifiers ?? [] }
    return columns.count == 2
      && involved.allSatisfy { id in
        guard let partner = nullifiers[id].partner else { return involved.count == 1 }
        return involved.count <= 2 && (involved.count == 1 || involved.contains(partner))
      }
  }
}

/// Whether digits (decimal or hexadecimal) are a 64-bit integer to SQLite.
private func fitsInt64(_ digits: String) -> Bool {
  if digits.utf8.count <= 18 || digits.hasPrefix("0x") || digits.hasPrefix("0X") { return true }
  return Int64(digits) != nil
}
