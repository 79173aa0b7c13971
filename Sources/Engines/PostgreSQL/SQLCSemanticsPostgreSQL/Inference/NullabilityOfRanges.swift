import SQLCTreePostgreSQL

extension QueryScope {
  func cause(of variable: Variable, _ context: Context) -> NullCause? {
    guard variable.levelsUp == 0 else {
      guard let (scope, there) = above(variable.levelsUp) else { return NullCause(.notUnderstood("an outer column")) }
      var inner = variable
      inner.levelsUp = 0
      if there.phase == .output, scope.grouping.partialVariables.contains(inner) {
        return NullCause(.groupingSet, at: variable.offset.value)
      }
      return scope.cause(.variable(inner), there)
    }
    let offset = variable.offset.value
    if context.phase == .returning {
      if variable.range == parts.target { return targetCause(variable) }
      if parts.command == .merge, parts.mergeActions.contains(where: { $0.match == .notMatchedBySource }) {
        return NullCause(.noSourceRow, at: offset)
      }
    }
    if let conflict = parts.onConflict, conflict.excluded == variable.range {
      return storedCause(attribute: variable.attribute, at: offset)
    }
    if let side = (nullers[variable.range] ?? []).first(where: { !matched.contains($0) }) {
      return outerCause(variable, side)
    }
    if variable.attribute > 0, isWholeRowKnown(variable, context) { return nil }
    return rangeCause(variable.range, variable.attribute, at: offset)
  }

  private func outerCause(_ variable: Variable, _ side: JoinSide) -> NullCause {
    NullCause(.outerSide(range: rangeName(variable.range)), at: variable.offset.value)
  }

  /// `r IS NOT NULL` of a whole row says it of each of its columns.
  private func isWholeRowKnown(_ variable: Variable, _ context: Context) -> Bool {
    let contextFacts = context.phase == .output ? havingFacts.union(context.assumed) : context.assumed
    let rows = facts.isEmpty ? contextFacts : facts.union(contextFacts)
    guard context.phase != .output || !grouping.mayBeEmpty || !contextFacts.isEmpty else { return false }
    return rows.contains { fact in
      guard case .rowNotNull(.variable(let row)) = fact else { return false }
      return row.range == variable.range && row.levelsUp == 0 && row.attribute == 0
        && !grouping.partialVariables.contains(variable)
    }
  }

  /// Why a column of a range can be NULL in rows in which the range is there.
  func rangeCause(_ range: Int, _ attribute: Int, at offset: Int?) -> NullCause? {
    let key = ColumnKey(range: range, attribute: attribute)
    if let known = rangeCauses[key] { return known?.seen(from: offset) }
    guard busy.insert(key).inserted else {
      return NullCause(.notUnderstood("a column that refers to itself"), at: offset)
    }
    defer { busy.remove(key) }
    let cause = findRangeCause(range, attribute)
    if isSettled { rangeCauses[key] = .some(cause) }
    return cause.map { NullCause($0.reason, at: offset) }
  }

  private func findRangeCause(_ range: Int, _ attribute: Int) -> NullCause? {
    guard let entry = parts.ranges.at(range - 1) else { return NullCause(.notUnderstood("a range")) }
    switch entry.kind {
    case .relation(let relation, let inheritance):
      guard attribute != 0 else { return nil }
      guard attribute > 0, catalog.relations[relation].map(isView) ?? false else {
        return analyzer.columnCause(of: relation, attribute, inheritance)
      }
      guard let view = analyzer.scope(ofView: relation, parts.locksRows ? .locked : .plain) else {
        return NullCause(.notUnderstood("a view"))
      }
      return pushedCause(into: view, range, attribute)
    case .subquery:
      guard attribute != 0 else { return nil }
      guard let scope = scope(ofRange: range) else { return NullCause(.notUnderstood("a subquery")) }
      return pushedCause(into: scope, range, attribute)
    case .commonTable(let name, let levels, let isSelfReference):
      guard attribute != 0 else { return nil }
      return commonTableCause(name, levels, isSelfReference, range, attribute)
    case .values(let rows):
      guard attribute != 0 else { return nil }
      for (index, row) in rows.enumerated() {
        guard let value = row.at(attribute - 1) else { return NullCause(.notUnderstood("a column of VALUES")) }
        if let cause = cause(value, .input) {
          return rows.count == 1 ? cause : NullCause(.valuesRow(index + 1, cause.reason), at: cause.offset)
        }
      }
      return nil
    case .functions(let functions, let hasOrdinality):
      guard attribute != 0 else { return nil }
      return functionCause(functions, hasOrdinality, attribute)
    case .join(let columns):
      guard attribute > 0, let column = columns.at(attribute - 1) ?? nil else {
        return NullCause(.outerSide(range: entry.name))
      }
      return cause(column, .input)
    case .group(let expressions):
      guard attribute > 0, let expression = expressions.at(attribute - 1) else {
        return NullCause(.notUnderstood("a grouped column"))
      }
      return cause(expression, .input)
    case .tableFunction: return NullCause(.notUnderstood("a column of a table function"))
    case .empty, .unknown: return NullCause(.notUnderstood("a range"))
    }
  }

  private func isView(_ relation: CatalogRelation) -> Bool {
    switch relation.kind {
    case .view, .materializedView: true
    case .table, .partitionedTable, .foreignTable, .compositeType, .sequence, .toastTable: false
    }
  }

  /// A column of the query of a range, given what is known of its other columns here: a row that has a value in one column
  /// came from rows in which that value was made.
  private func pushedCause(into scope: QueryScope, _ range: Int, _ attribute: Int) -> NullCause? {
    let plain = scope.columnCause(attribute)
    guard plain != nil, isSettled else { return plain }
    var known: Set<Int> = []
    for case .notNull(.variable(let variable)) in facts
    where variable.range == range && variable.levelsUp == 0 && variable.attribute > 0 {
      known.insert(variable.attribute)
    }
    return scope.columnCause(attribute, where: known) ? nil : plain
  }

  /// Whether a column is never NULL in rows in which those columns are not.
  func columnCause(_ number: Int, where known: Set<Int>) -> Bool {
    guard !known.isEmpty else { return false }
    let inner = query.parts
    guard inner.command == .select else { return false }
    if let operation = inner.setOperation { return armsCause(operation, number, where: known) }
    guard !grouping.isGrouped, !inner.returnsSets, let target = resultTargets.at(number - 1) else { return false }
    // A window sees rows that the condition from outside drops.
    guard !target.expression.contains({ part, _ in if case .window = part { true } else { false } }) else {
      return false
    }
    return narrowed(where: known).columnCause(number) == nil
  }

  /// This query where those columns of its result are not NULL.
  private func narrowed(where known: Set<Int>) -> QueryScope {
    if let scope = narrowedScopes[known] { return scope }
    var given: Set<Fact> = []
    for column in known {
      guard let target = resultTargets.at(column - 1) else { continue }
      given.formUnion(notNull(target.expression))
    }
    let scope = QueryScope(
      query, in: analyzer, outer: outer, outerContext: outerContext, parameters: parameters, given: given)
    narrowedScopes[known] = scope
    return scope
  }

  private func armsCause(_ operation: SetOperation, _ number: Int, where known: Set<Int>) -> Bool {
    switch operation {
    case .range(let range):
      guard let arm = scope(ofRange: range) else { return false }
      return arm.columnCause(number) == nil || arm.columnCause(number, where: known)
    case .operation(.union, _, let left, let right):
      return armsCause(left, number, where: known) && armsCause(right, number, where: known)
    case .operation(.intersect, _, let left, let right):
      return armsCause(left, number, where: known) || armsCause(right, number, where: known)
    case .operation(.except, _, let left, _): return armsCause(left, number, where: known)
    }
  }

  /// Why a column of the result can be NULL.
  func columnCause(_ number: Int) -> NullCause? {
    if let known = columnCauses[number] { return known }
    let cause = findColumnCause(number)
    columnCauses[number] = .some(cause)
    return cause
  }

  private func findColumnCause(_ number: Int) -> NullCause? {
    if parts.command == .select, let operation = parts.setOperation { return setCause(operation, number) }
    guard let target = resultTargets.at(number - 1) else { return NullCause(.notUnderstood("a column")) }
    if let cause = cause(target.expression, resultContext) { return cause }
    if parts.command == .select, parts.returnsSets, returnsSet(target.expression),
      resultTargets.filter({ returnsSet($0.expression) }).count > 1
    {
      return NullCause(.filledUp, at: target.expression.offset)
    }
    return nil
  }

  private func setCause(_ operation: SetOperation, _ number: Int) -> NullCause? {
    switch operation {
    case .range(let range):
      guard let arm = scope(ofRange: range) else { return NullCause(.notUnderstood("an arm of a set operation")) }
      return arm.columnCause(number)
    case .operation(let kind, _, let left, let right):
      let first = setCause(left, number)
      switch kind {
      case .union: return first ?? setCause(right, number)
      case .intersect: return first == nil ? nil : setCause(right, number)
      case .except: return first
      }
    }
  }

  func returnsSet(_ expression: Expression) -> Bool {
    var found = false
    func look(_ part: Expression) {
      if case .call(let call) = part, call.returnsSet { found = true }
      part.forEachChild(look)
    }
    look(expression)
    return found
  }
}
