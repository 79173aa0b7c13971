import SQLCTreePostgreSQL

extension RowSearch {
  /// At most one row of a range, given what is fixed so far; nil when there can be more.
  func rows(ofRange range: Int, _ conditions: [Expression]) -> Cardinality? {
    guard let entry = scope.parts.ranges.at(range - 1) else { return nil }
    switch entry.kind {
    case .relation(let relation, let inheritance):
      guard let table = scope.catalog.relations[relation] else { return nil }
      return rows(of: table, relation, inheritance, range, conditions)
    case .subquery:
      // Those that it asks for columns come first.
      guard let inner = scope.scope(ofRange: range), scope.dependencies(ofRange: range).isSubset(of: single) else {
        return nil
      }
      return inner.cardinality.count == .many ? derived(inner, range, conditions) : inner.cardinality
    case .commonTable(let name, let levels, let isSelfReference):
      guard !isSelfReference, let (owner, _) = scope.above(levels),
        let table = owner.parts.commonTables.first(where: { $0.name == name }), !table.isRecursive
      else { return nil }
      let inner = owner.scope(of: table)
      return inner.cardinality.count == .many ? derived(inner, range, conditions) : inner.cardinality
    case .values(let rows):
      guard rows.count == 1, scope.dependencies(ofRange: range).isSubset(of: single) else { return nil }
      return Cardinality(.exactlyOne, "one row of VALUES")
    case .empty: return Cardinality(.exactlyOne, "")
    case .functions(let functions, _):
      guard scope.dependencies(ofRange: range).isSubset(of: single) else { return nil }
      let areSingle = functions.allSatisfy { function in
        if case .call(let call) = function.expression { return !call.returnsSet }
        return true
      }
      return areSingle ? Cardinality(.exactlyOne, "a function") : nil
    case .join, .tableFunction, .group, .unknown: return nil
    }
  }

  private func rows(
    of table: CatalogRelation, _ relation: ObjectID, _ inheritance: RangeEntry.Inheritance, _ range: Int,
    _ conditions: [Expression]
  ) -> Cardinality? {
    switch table.kind {
    case .view, .materializedView:
      if let found = rows(byKeyOf: table, range, conditions) { return found }
      guard let inner = scope.analyzer.scope(ofView: relation, scope.parts.locksRows ? .locked : .plain) else {
        return nil
      }
      return inner.cardinality.count == .many ? derived(inner, range, conditions) : inner.cardinality
    case .table:
      // Those that inherit can have the same keys again.
      guard inheritance == .only || scope.analyzer.descendants(of: relation).isEmpty else { return nil }
      return rows(byKeyOf: table, range, conditions)
    case .partitionedTable: return rows(byKeyOf: table, range, conditions)
    case .foreignTable, .compositeType, .sequence, .toastTable: return nil
    }
  }

  private func rows(byKeyOf table: CatalogRelation, _ range: Int, _ conditions: [Expression]) -> Cardinality? {
    for index in table.indexes where index.isUnique && index.isImmediate && index.isUsable {
      if isFixed(index, of: range, table, conditions) {
        return Cardinality(.atMostOne, "\(index.name) is fixed")
      }
    }
    return nil
  }

  // MARK: - Keys

  private func isFixed(
    _ index: CatalogIndex, of range: Int, _ table: CatalogRelation, _ conditions: [Expression]
  ) -> Bool {
    if let predicate = index.predicate, !holds(predicate, of: range, conditions) { return false }
    var expressions: ArraySlice<Expression> = []
    if let text = index.expressions {
      guard let all = scope.analyzer.expressions(of: text) else { return false }
      expressions = all[...]
    }
    for (position, attribute) in index.keys.enumerated() {
      guard index.families.indices.contains(position), index.collations.indices.contains(position) else { return false }
      let key: Expression?
      if attribute == 0 {
        guard let expression = expressions.popFirst() else { return false }
        key = scope.withoutRelabels(moved(expression, to: range))
      } else {
        key = nil
      }
      if !isKeyFixed(index, position, attribute, key, of: range, table, conditions) { return false }
    }
    return true
  }

  private func isKeyFixed(
    _ index: CatalogIndex, _ position: Int, _ attribute: Int, _ key: Expression?, of range: Int,
    _ table: CatalogRelation, _ conditions: [Expression]
  ) -> Bool {
    func isKey(_ expression: Expression) -> Bool {
      let plain = scope.withoutRelabels(expression)
      if let key { return plain == key }
      guard case .variable(let variable) = plain else { return false }
      return variable.range == range && variable.attribute == attribute && variable.levelsUp == 0
    }
    func fits(_ equality: KeyEquality) -> Bool {
      scope.catalog.equalityOperators[index.families[position]]?.contains(equality.operator) ?? false
        && (index.collations[position] == .none || index.collations[position] == equality.collation)
    }
    if key == nil {
      if scope.identicalColumns.contains(where: { $0.range == range && $0.attribute == attribute }) { return true }
      for (variable, equalities) in scope.outsideEqualities
      where variable.range == range && variable.attribute == attribute && equalities.contains(where: fits) {
        return true
      }
    }
    for condition in conditions {
      switch condition {
      case .nullTest(let test):
        if test.test == .isNull, !test.isOfRow, index.nullsNotDistinct, isKey(test.argument) { return true }
      case .variable: if isKey(condition) { return true }
      case .not(let inner, _):
        if case .variable = inner, isKey(inner) { return true }
        guard case .distinct(let call) = inner, matches(call, isKey, fits) else { continue }
        // `IS NOT DISTINCT FROM` also finds NULLs, of which an ordinary key can have many.
        let isNeverNull = key == nil && table.column(attribute)?.notNull == .declared
        let other = call.arguments.first { !isKey($0) }
        if other.map(isOneValue) ?? false, index.nullsNotDistinct || isNeverNull { return true }
      case .call(let call): if matches(call, isKey, fits) { return true }
      default: break
      }
    }
    return false
  }

  private func matches(_ call: Call, _ isKey: (Expression) -> Bool, _ fits: (KeyEquality) -> Bool) -> Bool {
    guard call.arguments.count == 2, let operation = call.operator,
      fits(KeyEquality(operator: operation, collation: call.collation))
    else { return false }
    return isKey(call.arguments[0]) && isFixed(call.arguments[1])
      || isKey(call.arguments[1]) && isFixed(call.arguments[0])
  }

  /// Whether each part of an index's predicate is a condition of the query, or is proven not NULL by one.
  private func holds(_ predicate: NodeText, of range: Int, _ conditions: [Expression]) -> Bool {
    guard let parts = scope.analyzer.expressions(of: predicate) else { return false }
    let wanted = parts.flatMap { scope.conjuncts(of: moved($0, to: range)) }.map(normalized)
    let have = Set(conditions.map(normalized))
    let facts = conditions.reduce(into: Set<Fact>()) { $0.formUnion(scope.whenTrue($1, .input)) }
    return wanted.allSatisfy { one in
      if have.contains(one) { return true }
      guard case .nullTest(let test) = one, test.test == .isNotNull, !test.isOfRow else { return false }
      return facts.contains(.notNull(test.argument))
    }
  }

  /// `x = true` and `x IS TRUE` as x, `x = false` and `x IS FALSE` as NOT x: alike as conditions.
  private func normalized(_ condition: Expression) -> Expression {
    switch condition {
    case .call(let call)
    where scope.isBuiltin(scope.analyzer.function(of: call), "booleq") && call.arguments.count == 2:
      for (value, other) in [(call.arguments[0], call.arguments[1]), (call.arguments[1], call.arguments[0])] {
        guard case .constant(let constant) = value, let bytes = constant.bytes else { continue }
        return bytes.first == 1 ? normalized(other) : .not(normalized(other), SourceOffset(nil))
      }
      return condition
    case .booleanTest(let test) where test.test == .isTrue: return normalized(test.argument)
    case .booleanTest(let test) where test.test == .isFalse: return .not(normalized(test.argument), SourceOffset(nil))
    case .not(let inner, let offset): return .not(normalized(inner), offset)
    default: return condition
    }
  }

  /// An expression of the catalogue, which calls its table range 1.
  private func moved(_ expression: Expression, to range: Int) -> Expression {
    expression.replacingVariables { variable in
      var moved = variable
      if variable.range == 1, variable.levelsUp == 0 { moved.range = range }
      return .variable(moved)
    }
  }

  // MARK: - Subqueries

  /// A query of many rows whose key is fixed from outside.
  private func derived(_ inner: QueryScope, _ range: Int, _ conditions: [Expression]) -> Cardinality? {
    let parts = inner.parts
    guard parts.command == .select, parts.setOperation == nil, parts.limit == nil, parts.offset == nil,
      !parts.returnsSets, !grouped(parts), parts.groupingSets.isEmpty
    else { return nil }
    let targets = inner.resultTargets
    var fixed: [Int: [KeyEquality]] = [:]
    for number in targets.indices {
      let equalities = equalities(fixing: range, number + 1, conditions)
      if !equalities.isEmpty { fixed[number] = equalities }
    }
    let identical = Set(
      scope.identicalColumns.filter { $0.range == range && targets.indices.contains($0.attribute - 1) }.map {
        $0.attribute - 1
      })
    guard !fixed.isEmpty || !identical.isEmpty else { return nil }
    func isFixedKey(_ key: SortReference) -> Bool {
      if identical.contains(where: { targets[$0].sortReference == key.reference }) { return true }
      return fixed.contains { number, equalities in
        targets[number].sortReference == key.reference
          && equalities.contains { $0.operator == key.equality && scope.isDeterministic($0.collation) }
      }
    }
    if !parts.groupBy.isEmpty {
      return parts.groupBy.allSatisfy(isFixedKey) ? Cardinality(.atMostOne, "its grouping is fixed") : nil
    }
    if parts.distinct != .none, parts.distinctOn.allSatisfy(isFixedKey) {
      return Cardinality(.atMostOne, "its distinct row is fixed")
    }
    let narrowed = QueryScope(
      inner.query, in: scope.analyzer, outer: inner.outer, outerContext: inner.outerContext,
      parameters: inner.parameters)
    for (number, equalities) in fixed {
      if case .variable(let variable) = narrowed.withoutRelabels(targets[number].expression), variable.levelsUp == 0 {
        narrowed.outsideEqualities[variable, default: []] += equalities
      }
    }
    for number in identical {
      if case .variable(let variable) = narrowed.withoutRelabels(targets[number].expression), variable.levelsUp == 0 {
        narrowed.identicalColumns.insert(variable)
      }
    }
    var search = RowSearch(narrowed)
    return search.joined().count == .many ? nil : Cardinality(.atMostOne, "its key is fixed")
  }

  private func grouped(_ parts: QueryParts) -> Bool { parts.hasAggregates && parts.groupBy.isEmpty }

  /// The comparisons that fix a column of a range.
  private func equalities(fixing range: Int, _ attribute: Int, _ conditions: [Expression]) -> [KeyEquality] {
    var result: [KeyEquality] = []
    func isColumn(_ expression: Expression) -> Bool {
      guard case .variable(let variable) = scope.withoutRelabels(expression) else { return false }
      return variable.levelsUp == 0 && variable.range == range && variable.attribute == attribute
    }
    for (variable, equalities) in scope.outsideEqualities
    where variable.range == range && variable.attribute == attribute {
      result += equalities
    }
    for case .call(let call) in conditions where call.arguments.count == 2 && scope.isBTreeEquality(call.operator) {
      if isColumn(call.arguments[0]) && isFixed(call.arguments[1])
        || isColumn(call.arguments[1]) && isFixed(call.arguments[0])
      {
        result.append(KeyEquality(operator: call.operator ?? .none, collation: call.collation))
      }
    }
    return result
  }
}

extension QueryScope {
  func isBTreeEquality(_ operation: ObjectID?) -> Bool {
    guard let operation else { return false }
    return catalog.equalityOperators.values.contains { $0.contains(operation) }
  }

  func isDeterministic(_ collation: ObjectID) -> Bool {
    collation == .none || catalog.collations[collation]?.isDeterministic ?? false
  }

  /// Values of its type that are equal are the same in every respect. Not so 1.0 and 1.00, 0 and -0, a day and 24 hours, texts
  /// that a collation or a type takes for equal.
  func isIdentifiedByEquality(_ variable: Variable, _ collations: [ObjectID]) -> Bool {
    guard collations.contains(where: isDeterministic) else { return false }
    var type = variable.type
    while case .domain(let base, _, _)? = catalog.types[type]?.kind { type = base }
    guard let description = catalog.types[type] else { return false }
    if case .enumeration = description.kind { return true }
    let exact: Set<String> = [
      "bool", "bytea", "char", "name", "int2", "int4", "int8", "oid", "text", "varchar", "uuid", "date", "time",
      "timestamp", "timestamptz", "inet", "cidr", "macaddr", "macaddr8", "money", "tid", "xid", "cid", "pg_lsn",
      "regclass", "regproc", "regtype",
    ]
    return description.schema == "pg_catalog" && exact.contains(description.name)
  }

  /// Whether a query asks for anything of the query it stands in, or of those around.
  func asksOutside(_ query: Query) -> Bool {
    query.contains { part, depth in
      switch part {
      case .variable(let variable): variable.levelsUp > depth
      case .aggregate(let aggregate): aggregate.levelsUp > depth
      default: false
      }
    }
  }

  /// No outer join blanks it.
  func isNeverBlank(_ range: Int) -> Bool { (nullers[range] ?? []).allSatisfy(matched.contains) }

  /// The ranges of this query for whose columns another asks: LATERAL.
  func dependencies(ofRange range: Int) -> Set<Int> {
    var result: Set<Int> = []
    func take(_ part: Expression, _ depth: Int) {
      if case .variable(let variable) = part, variable.levelsUp == depth { result.insert(variable.range) }
    }
    switch parts.ranges.at(range - 1)?.kind {
    case .subquery(let query): query.forEachInside(depth: 1, take)
    case .functions(let functions, _): for function in functions { function.expression.forEachInside(take) }
    case .tableFunction(let all): for one in all { one.forEachInside(take) }
    case .values(let rows): for one in rows.joined() { one.forEachInside(take) }
    case .relation, .join, .commonTable, .empty, .group, .unknown, nil: break
    }
    return result
  }

  /// Whether a range's columns can be made anew for each row: something volatile in it.
  func isVolatileRange(_ range: Int) -> Bool {
    func isVolatile(_ query: Query) -> Bool { query.contains { part, _ in self.isVolatileCall(part) } }
    switch parts.ranges.at(range - 1)?.kind {
    case .relation(let relation, _): return analyzer.definition(of: relation).map(isVolatile) ?? false
    case .subquery(let query): return isVolatile(query)
    case .commonTable(let name, let levels, _):
      guard let (owner, _) = above(levels),
        let table = owner.parts.commonTables.first(where: { $0.name == name })
      else { return true }
      return isVolatile(table.query)
    case .functions(let functions, _):
      return functions.contains { $0.expression.contains { part, _ in self.isVolatileCall(part) } }
    case .values(let rows):
      return rows.contains { $0.contains { $0.contains { part, _ in self.isVolatileCall(part) } } }
    case .empty: return false
    case .join, .tableFunction, .group, .unknown, nil: return true
    }
  }
}
