// Queries: cores, compounds, VALUES, common tables (inference rules M and P).

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// What a query yields to whoever reads from it.
struct QueryFacts {
  var columns: [Value] = []
  /// By a column that can be NULL: the others that are not NULL in a row where it is not. Columns of one outer-joined
  /// table are so. Found for queries that are read from.
  var companions: [Int: [Int]] = [:]

  /// For a query in another file: its positions mean nothing here.
  func withoutRanges() -> QueryFacts {
    var copy = self
    for index in copy.columns.indices {
      if case .maybe(var reason) = copy.columns[index].facts.nullability {
        reason.range = nil
        copy.columns[index].facts.nullability = .maybe(reason)
      }
    }
    return copy
  }
}

extension Inference {
  /// The facts of a query. `expecting` types parameters that are whole result columns. What it proves is forgotten after.
  func infer(_ query: BoundQuery, expecting: [Expectation] = []) -> QueryFacts {
    scoped { inferInScope(query, expecting: expecting, result: { _ in }) }
  }

  /// As `infer`, and `result` runs while the sources are in scope.
  func inferInScope(
    _ query: BoundQuery, expecting: [Expectation], result: ([Value]) -> Void
  ) -> QueryFacts {
    for table in query.commonTables { commonTables[table.id] = table }
    var facts: QueryFacts
    switch query.body {
    case .select(let select):
      facts = infer(select, expecting: expecting, orderBy: query.orderBy, result: result)
    case .values, .compound:
      facts = infer(query.body, expecting: expecting)
      for term in query.orderBy { infer(term) }
      result(facts.columns)
    }
    // Common tables nobody reads from still have parameters.
    for table in query.commonTables { _ = self.facts(of: table.id) }
    if let limit = query.limit { infer(limit, .plain(.integer, .strong, .required, name: "limit")) }
    if let offset = query.offset { infer(offset, .plain(.integer, .strong, .required, name: "offset")) }
    return facts
  }

  private func infer(_ body: BoundQueryBody, expecting: [Expectation]) -> QueryFacts {
    switch body {
    case .select(let select):
      return scoped { infer(select, expecting: expecting, orderBy: [], result: { _ in }) }
    case .values(let rows, _): return inferValues(rows, expecting: expecting)
    case .compound(let op, let left, let right, _):
      let a = infer(left, expecting: expecting)
      let known =
        expecting.isEmpty ? a.columns.map { Expectation($0.with(.never), .weak, .neutral) } : expecting
      let b = infer(right, expecting: known)
      return combine(op, a, b)
    }
  }

  private func combine(_ op: CompoundSyntax.Operator, _ a: QueryFacts, _ b: QueryFacts) -> QueryFacts {
    var facts = QueryFacts()
    switch op {
    case .union, .unionAll:
      facts.companions = companionsOfEither(a, b)
      facts.columns = zip(a.columns, b.columns).map { x, y in
        var value = either(x, y)
        value.origin = x.origin == y.origin ? x.origin : nil
        value.armOrigins = armOrigins(x, y)
        return value
      }
    case .except:
      facts = a
      facts.columns = zip(a.columns, b.columns).map { x, y in
        var value = x
        value.armOrigins = armOrigins(x, y)
        return value
      }
    case .intersect:
      // A row is in both arms: not NULL when either arm's is not.
      facts = a
      facts.columns = zip(a.columns, b.columns).map { x, y in
        var value = y.nullability.canBeNull ? x : x.with(.never)
        value.armOrigins = armOrigins(x, y)
        return value
      }
      facts.companions.merge(b.companions) { $0 + $1 }
    }
    return facts
  }

  private func armOrigins(_ left: Value, _ right: Value) -> [ColumnOrigin] {
    let all = left.armOrigins + right.armOrigins + (right.origin.map { [$0] } ?? [])
    return all.count < 2 ? all : Array(Set(all))
  }

  private func inferValues(_ rows: [[BoundExpression]], expecting: [Expectation]) -> QueryFacts {
    var facts = QueryFacts()
    for row in rows {
      let values = row.enumerated().map { index, element in
        var value = infer(element, expecting.indices.contains(index) ? expecting[index] : nil)
        value.isVolatile = isVolatileResult(element)
        return value
      }
      facts.columns =
        facts.columns.isEmpty ? values : zip(facts.columns, values).map { either($0, $1) }
    }
    return facts
  }

  private func infer(
    _ select: BoundSelect, expecting: [Expectation], orderBy: [BoundExpression], result: ([Value]) -> Void
  ) -> QueryFacts {
    let id = select.id
    let outer = outputs
    outputs = select.outputs
    defer { outputs = outer }

    let wantsCompanions = isReadFrom
    isReadFrom = false
    defer { isReadFrom = wantsCompanions }
    let isBare = select.isAggregate && select.groupBy.isEmpty
    let entered = select.from.map { enter($0, select: id) } ?? []
    if let condition = select.whereClause {
      infer(condition, .plain(.integer, logical: .boolean))
      noteMatches(in: condition)
      // A bare aggregate has its row whatever WHERE says: it proves nothing of what lies outside.
      narrow(nonNullWhenTrue(condition), within: isBare ? entered : nil)
    }
    if let from = select.from { noteMatches(on: from) }

    if !select.groupBy.isEmpty { groupedSelects.insert(id) }
    if isBare { bareSelects.insert(id) }
    for key in select.groupBy { infer(key) }
    if let having = select.having {
      infer(having, .plain(.integer, logical: .boolean))
      let proven = groupValues(of: nonNullWhenTrue(having), select)
      noteGroups(proven.expressions)
      narrow(proven.restricted(to: proven.columns) { _ in false })
    }
    var facts = QueryFacts()
    facts.columns = select.outputs.enumerated().map { index, output in
      var expectation = expecting.indices.contains(index) ? expecting[index] : nil
      if expectation == nil, output.isNameGuaranteed, isOpen(output.expression) {
        expectation = .plain(.any, name: output.name)
      }
      var value = infer(output.expression, expectation)
      value.isVolatile = isVolatileResult(output.expression)
      guard value.nullability.canBeNull, let having = select.having else { return value }
      return isKept(output.expression, by: having) ? value.with(.never) : value
    }
    for term in orderBy { infer(term) }
    result(facts.columns)
    if isBare {
      bareSelects.remove(id)
    } else if wantsCompanions {
      facts.companions = companions(of: select, facts.columns)
    }
    return facts
  }

  /// What has one value for a group: a bare column's row is any.
  func groupValues(of proof: NonNull, _ select: BoundSelect) -> NonNull {
    let keys = select.groupBy.compactMap { key -> ColumnKey? in
      if case .column(let column) = key.kind { return ColumnKey(column) }
      return nil
    }
    return proof.restricted(to: Set(keys)) { isGroupValue($0, keys: select.groupBy) }
  }

  private func noteMatches(on from: BoundFrom) {
    guard case .join(let join) = from else { return }
    noteMatches(on: join.left)
    switch join.kind {
    case .comma, .inner, .cross: if let condition = join.condition { noteMatches(in: condition) }
    case .left, .right, .full: break
    }
  }

  /// A common table's rows; for a recursive one, the least facts its own query agrees with (SQLite, lang_with.html).
  func facts(of id: CommonTableID) -> QueryFacts {
    if let known = commonTableFacts[id] { return known }
    guard let table = commonTables[id] else { return QueryFacts() }
    guard table.isRecursive else {
      let facts = inferReadFrom(table.query)
      commonTableFacts[id] = facts
      return facts
    }
    // Optimistic: no row yet, so nothing is NULL and nothing has a class.
    var facts = QueryFacts(columns: table.columnNames.map { _ in .bottom })
    for _ in 0..<12 {
      commonTableFacts[id] = facts
      let next = infer(table.query)
      if next.columns.map(\.shape) == facts.columns.map(\.shape) { break }
      facts = next
    }
    commonTableFacts[id] = facts
    return facts
  }
}

extension Value {
  /// What a fixpoint compares: not the reasons.
  fileprivate var shape: Shape {
    Shape(
      storage: facts.storage, logical: facts.logical, canBeNull: facts.nullability.canBeNull, literal: literal,
      isUnknown: facts.isUnknown)
  }

  fileprivate struct Shape: Equatable {
    var storage: StorageClasses
    var logical: LogicalType?
    var canBeNull: Bool
    var literal: Literal
    var isUnknown: Bool
  }
}

extension Inference {
  /// A scalar subquery that always has its row is as NULL as its column.
  func hasExactlyOneRow(_ query: BoundQuery) -> Bool {
    QueryRowCount().rows(of: query, outer: visibleCommonTables).bound == .exactlyOne
  }

  var visibleCommonTables: VisibleCommonTables {
    VisibleCommonTables(proven: proven).adding(Array(commonTables.values))
  }
}
