// What a condition proves not NULL: columns, and whole expressions that may be written again.
//
//     SELECT json_extract(spec, '$.model') FROM agents WHERE json_extract(spec, '$.model') IS NOT NULL

import SQLCSyntaxSQLite

struct NonNull: ExpressibleByArrayLiteral {
  var columns: Set<ColumnKey> = []
  /// Any kind but columns and literals. There may be equal ones.
  var expressions: [BoundExpression] = []

  init(arrayLiteral elements: ColumnKey...) { columns = Set(elements) }

  var isEmpty: Bool { columns.isEmpty && expressions.isEmpty }

  mutating func formUnion(_ other: NonNull) {
    columns.formUnion(other.columns)
    expressions += other.expressions
  }

  func union(_ other: NonNull) -> NonNull {
    var result = self
    result.formUnion(other)
    return result
  }

  func intersection(_ other: NonNull) -> NonNull {
    var result = self
    result.columns.formIntersection(other.columns)
    result.expressions.removeAll { mine in !other.expressions.contains { isSame(mine, $0) } }
    return result
  }

  func adding(_ expression: BoundExpression) -> NonNull {
    var result = self
    result.expressions.append(expression)
    return result
  }

  func restricted(to columns: Set<ColumnKey>, expressions isKept: (BoundExpression) -> Bool) -> NonNull {
    var result = self
    result.columns.formIntersection(columns)
    result.expressions = expressions.filter(isKept)
    return result
  }
}

/// An expression that is not NULL in the rows that follow, however often it is written.
struct ProvenExpression {
  /// Where it holds.
  enum Reach {
    /// In rows that the condition let through. By source: the outer joins that could have left its row out when that was
    /// found; one that is added later may leave it out again.
    case rows(nullifiers: [SourceID: Set<Int>])
    /// In groups that HAVING let through.
    case groups
  }
  var expression: BoundExpression
  var reach: Reach
}

extension Inference {
  /// More are not worth their comparisons.
  private static var provenLimit: Int { 64 }

  /// Records expressions that a condition over rows proves. With `sources`: those over these alone.
  func note(_ expressions: [BoundExpression], within sources: [SourceID]?) {
    for expression in expressions where provenExpressions.count < Self.provenLimit && isRepeatable(expression) {
      var nullifiers: [SourceID: Set<Int>] = [:]
      for source in sourcesRead(by: expression) { nullifiers[source] = Set(states[source]?.nullifiers ?? []) }
      if let sources, nullifiers.isEmpty || !nullifiers.keys.allSatisfy(sources.contains) { continue }
      provenExpressions.append(ProvenExpression(expression: expression, reach: .rows(nullifiers: nullifiers)))
    }
  }

  /// Records expressions that HAVING proves.
  func noteGroups(_ expressions: [BoundExpression]) {
    for expression in expressions where provenExpressions.count < Self.provenLimit && isRepeatable(expression) {
      provenExpressions.append(ProvenExpression(expression: expression, reach: .groups))
    }
  }

  /// Whether a condition that holds here proves that this expression is not NULL.
  func isProven(_ expression: BoundExpression) -> Bool {
    // SQLite answers IS NULL wrongly in RETURNING (see `nonNullWhenTested`), so that the same text need not be the same value.
    guard returnedSource == nil else { return false }
    return provenExpressions.contains { proven in
      guard isSame(proven.expression, expression) else { return false }
      switch proven.reach {
      case .groups: return true
      case .rows(let nullifiers):
        if nullifiers.isEmpty { return bareSelects.isEmpty }
        return nullifiers.allSatisfy { source, known in
          guard let state = states[source] else { return false }
          return !isBare(state) && known.isSuperset(of: state.nullifiers)
        }
      }
    }
  }

  /// Whether an expression of a grouped core has one value for a group: made of its keys and of its aggregates.
  func isGroupValue(_ expression: BoundExpression, keys: [BoundExpression]) -> Bool {
    if keys.contains(where: { isSame($0, expression) }) { return true }
    switch expression.kind {
    case .column, .mergedColumn, .tableColumn: return false
    case .call(let call):
      switch call.role {
      case .aggregate: return true
      case .window: return false
      case .scalar: break
      }
    default: break
    }
    return expression.operands.allSatisfy { isGroupValue($0, keys: keys) }
  }

  private func sourcesRead(by expression: BoundExpression) -> Set<SourceID> {
    var sources: Set<SourceID> = []
    expression.forEachReference { reference in
      if case .column(let column) = reference { sources.insert(column.source) }
    }
    return sources
  }

  /// The same value each time it is evaluated for a row or a group. Of functions only SQLite's own are known to be so, and
  /// not those of the present time (SQLite, deterministic.html).
  private func isRepeatable(_ expression: BoundExpression) -> Bool {
    !expression.contains { part in
      switch part.kind {
      case .exists, .subquery, .inQuery, .raise, .tableColumn, .invalid: true
      case .literal(.currentDate), .literal(.currentTime), .literal(.currentTimestamp): true
      case .like(let op, _, _, _, _): op == .match || op == .regexp
      case .call(let call): !isRepeatable(call)
      case .column(let column): !isStable(column)
      case .mergedColumn(let columns): !columns.allSatisfy(isStable)
      default: false
      }
    }
  }

  private func isRepeatable(_ call: BoundCall) -> Bool {
    guard let function = FunctionCatalog.builtin.builtin(for: call.function), !isVolatile(call.function) else {
      return false
    }
    switch function.nulls {
    // A time of day that is left out is now.
    case .date: return !call.arguments.isEmpty && !call.arguments.contains(where: isNow)
    case .strftime: return call.arguments.count > 1 && !call.arguments.contains(where: isNow)
    default: return call.window == nil
    }
  }

  private func isNow(_ expression: BoundExpression) -> Bool {
    if case .literal(.string(let text)) = expression.kind { return text.asciiLowercased == "now" }
    return false
  }
}
