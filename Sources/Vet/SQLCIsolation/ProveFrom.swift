// FROM: occurrences of relations, and what joins say of their rows.

import SQLCFacts

/// The rows of a FROM clause before WHERE.
struct FromRows {
  struct Open {
    var obligation: Obligation
    /// What is known beside what all rows fulfil: on the nullable side of an outer join, its ON.
    var extra = Knowledge()
    /// The occurrences on that side: what WHERE says of them is said of rows that may not be there.
    var nullable: Set<Int> = []
  }

  var knowledge = Knowledge()
  var open: [Open] = []
  var occurrences: Set<Int> = []
  /// ON conditions, each with what is known where it is evaluated.
  var conditions: [(RelationalExpression, Knowledge)] = []
}

extension Prover {
  func from(_ from: RelationalFrom, _ environment: inout Environment, _ context: Knowledge) -> FromRows {
    switch from {
    case .source(let source): return self.source(source, &environment, context)
    case .join(let kind, let left, let right, let condition):
      var left = self.from(left, &environment, context)
      var right = self.from(right, &environment, context)
      let both = left.knowledge + right.knowledge
      let on = condition.map { knowledge(of: $0, environment, context + both) } ?? Knowledge()
      let conditions = left.conditions + right.conditions + (condition.map { [($0, both + on)] } ?? [])
      var result = FromRows(
        occurrences: left.occurrences.union(right.occurrences), conditions: conditions)
      switch kind {
      case .inner: result.knowledge = both + on
      case .left:
        right.becomeNullable(knowing: on)
        result.knowledge = left.knowledge
      case .right:
        left.becomeNullable(knowing: on)
        result.knowledge = right.knowledge
      case .full:
        left.becomeNullable(knowing: Knowledge())
        right.becomeNullable(knowing: Knowledge())
      }
      result.open = left.open + right.open
      return result
    }
  }

  /// What is open after WHERE. Of the nullable side nothing stays open, since a row of it that is not there is NULL, and further
  /// out one cannot tell why.
  func settle(_ from: FromRows, _ all: Knowledge, nearest: Set<Int>) -> [Obligation] {
    var open: [Obligation] = []
    for item in from.open where nearest.contains(item.obligation.occurrence) {
      settleNearest(item.obligation, all)
    }
    let others = from.open.filter { !nearest.contains($0.obligation.occurrence) }
    open += settle(others.filter(\.nullable.isEmpty).map(\.obligation), all)
    for item in others where !item.nullable.isEmpty {
      loseUnrestricted(settle([item.obligation], all.without(item.nullable) + item.extra))
    }
    return open
  }

  /// The nearest rows are found among all, unless the index itself is told whose.
  private func settleNearest(_ obligation: Obligation, _ all: Knowledge) {
    let isTold = all.equalities.contains { a, b in
      func isColumn(_ node: Node) -> Bool {
        if case .column(obligation.occurrence, let index)? = Optional(node),
          case .column(index)? = tables[obligation.table]?.guarding
        {
          return true
        }
        return false
      }
      func isToken(_ node: Node) -> Bool {
        if case .parameter = node { true } else { false }
      }
      return isColumn(a) && isToken(b) || isColumn(b) && isToken(a)
    }
    if isTold {
      _ = settle([obligation], all)
      return
    }
    lose([obligation], .late) { _ in "the nearest rows are found among those of everybody" }
  }

  func nearestOccurrences(in condition: RelationalExpression?, _ environment: Environment) -> Set<Int> {
    Set(
      (condition?.flattened ?? []).compactMap { expression in
        if case .nearest(let source) = expression.kind { environment.sources[source] } else { nil }
      })
  }

  // MARK: Sources

  private func source(
    _ source: RelationalSource, _ environment: inout Environment, _ context: Knowledge
  ) -> FromRows {
    let occurrence = newOccurrence()
    environment.sources[source.id] = occurrence
    let place = environment.place ?? source.range.lower..<source.range.upper
    var result = FromRows(occurrences: [occurrence])
    switch source.kind {
    case .table(let name):
      result.knowledge.scans = [Scan(occurrence: occurrence, table: name)]
      note(name, as: occurrence)
      if !isQuiet, let obligation = obligation(of: name, occurrence, at: place) {
        result.open = [FromRows.Open(obligation: obligation)]
      }
    case .view(let name, let query):
      let found = instance(of: .view(name), at: place) {
        rows(of: query, Environment(place: Self.viewPlace), Knowledge())
      }
      result.add(found, as: occurrence)
    case .subquery(let query): result.add(rows(of: query, environment, context), as: occurrence)
    case .commonTable(let id):
      if let row = environment.recursive[id] {
        result.knowledge.equalities = (0..<row.width).map { (.column(occurrence, $0), .column(row.occurrence, $0)) }
      } else if let common = environment.commons[id] {
        let found = instance(of: .commonTable(common.definition), at: nil) {
          let scope = common.scope
          return common.table.isRecursive
            ? recursion(common.table, scope.environment, scope.context)
            : rows(of: common.table.query, scope.environment, scope.context)
        }
        result.add(found, as: occurrence)
      } else {
        isIncomplete = true
      }
    case .function(let arguments):
      for argument in arguments { visit(argument, environment, context) }
    case .row: break
    }
    return result
  }

  func obligation(of table: String, _ occurrence: Int, at range: Range<Int>) -> Obligation? {
    guard let entry = tables[table], let guarding = entry.guarding else { return nil }
    let column =
      switch guarding {
      case .column(let index): entry.fact.columnName(index)
      case .keys(let keys):
        entry.fact.foreignKeys[keys[0]].columns.map(entry.fact.columnName).joined(separator: ", ")
      case .mirror: policy.column
      }
    return Obligation(
      owners: tables.ownerIndexes(of: entry).map { .owner(occurrence, $0) }, occurrence: occurrence, table: table,
      column: column, range: range)
  }
}

extension FromRows {
  fileprivate mutating func becomeNullable(knowing on: Knowledge) {
    for index in open.indices {
      open[index].extra += knowledge + on
      open[index].nullable.formUnion(occurrences)
    }
  }

  fileprivate mutating func add(_ rows: Rows, as occurrence: Int) {
    knowledge = rows.knowledge
    for (index, output) in rows.outputs.enumerated() {
      if let output { knowledge.equalities.append((.column(occurrence, index), output)) }
    }
    open = rows.open.map { Open(obligation: $0) }
    occurrences.formUnion(rows.occurrences)
  }
}
