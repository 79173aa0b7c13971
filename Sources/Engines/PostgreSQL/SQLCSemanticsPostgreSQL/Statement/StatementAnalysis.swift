public import SQLCTreePostgreSQL

extension StatementAnalyzer {
  /// What is proven of a statement. `declared` is what its author wrote of each parameter, by number; it may be shorter.
  ///
  ///     let facts = try StatementAnalyzer(catalog: catalog).facts(of: description, declared: [])
  public func facts(
    of description: StatementDescription, declared: [ParameterDeclaration], lists: [ListRequest] = []
  ) throws(NodeTextError) -> StatementFacts {
    let queries = try queries(of: description.tree)
    guard let query = queries.first(where: { $0.parts.command != .utility }) else {
      return utility(description, declared)
    }
    let parameters = parameterFacts(of: query, description, declared)
    var nullable: Set<Int> = []
    for (index, parameter) in parameters.enumerated() where parameter.nullability.isOptional {
      nullable.insert(index + 1)
    }
    let scope = QueryScope(query, in: self, parameters: .ofStatement(nullable: nullable))
    let cardinality = scope.cardinality
    let columns = columnFacts(scope, description)
    var nesting: Result<NestingFacts, NestingProblem>?
    if !lists.isEmpty {
      nesting = Result { () throws(NestingProblem) in
        try NestingProver(scope: scope, lists: lists, columns: columns).prove()
      }
    }
    return StatementFacts(
      command: StatementFacts.Command(query.parts.command), parameters: parameters, columns: columns,
      rowCount: cardinality.count, rowCountReason: cardinality.reason,
      effects: effects(of: query), ranges: rangeFacts(scope),
      insertedRow: insertedRow(of: query, parameterCount: description.parameterTypes.count),
      nesting: nesting)
  }

  /// Of a utility only the server's answer is known.
  private func utility(
    _ description: StatementDescription, _ declared: [ParameterDeclaration]
  ) -> StatementFacts {
    StatementFacts(
      command: .utility,
      parameters: named(description.parameterTypes.map { _ in [] }, description, declared),
      columns: description.columns.map {
        ColumnFacts(
          name: $0.name, type: $0.type, typeModifier: $0.typeModifier, domain: nil,
          nullability: .optional(reason: "the result of a utility", byteOffset: nil),
          nullabilityWhenPresent: .optional(reason: "the result of a utility", byteOffset: nil), origin: nil,
          range: nil,
          rangeColumn: nil)
      }, rowCount: description.columns.isEmpty ? .exactlyOne : .many,
      rowCountReason: description.columns.isEmpty ? "no rows are returned" : "the result of a utility",
      effects: StatementEffects(reads: [], writes: [], locksRows: false, opaqueFunctions: [], volatileFunctions: []),
      ranges: [:])
  }

  private func columnFacts(_ scope: QueryScope, _ description: StatementDescription) -> [ColumnFacts] {
    var present: [Int: QueryScope] = [:]
    return description.columns.enumerated().map { index, column in
      let cause = scope.columnCause(index + 1)
      var facts = ColumnFacts(
        name: column.name, type: column.type, typeModifier: column.typeModifier, domain: nil,
        nullability: ValueNullability(cause), nullabilityWhenPresent: ValueNullability(cause), origin: nil, range: nil,
        rangeColumn: nil)
      if column.table != .none, column.attribute != 0 {
        facts.origin = ColumnOrigin(relation: column.table, attribute: column.attribute)
        if let type = catalog.relations[column.table]?.column(column.attribute)?.type,
          case .domain? = catalog.types[type]?.kind
        {
          facts.domain = type
        }
      }
      guard scope.parts.setOperation == nil,
        case .variable(let variable)? = scope.resultTargets.at(index)?.expression, variable.levelsUp == 0
      else { return facts }
      facts.range = variable.range
      facts.rangeColumn = variable.attribute
      if cause != nil, let sides = scope.nullers[variable.range], !sides.allSatisfy(scope.matched.contains) {
        let there =
          present[variable.range]
          ?? QueryScope(
            scope.query, in: self, parameters: scope.parameters,
            given: [.notNull(.variable(.wholeRow(of: variable.range)))])
        present[variable.range] = there
        facts.nullabilityWhenPresent = ValueNullability(there.columnCause(index + 1))
      }
      return facts
    }
  }

  private func rangeFacts(_ scope: QueryScope) -> [Int: RangeFacts] {
    var result: [Int: RangeFacts] = [:]
    for (index, entry) in scope.parts.ranges.enumerated() {
      let relation: ObjectID?
      switch entry.kind {
      case .relation(let object, _): relation = object
      case .subquery, .functions, .tableFunction, .values, .commonTable: relation = nil
      case .join, .empty, .group, .unknown: continue
      }
      let isBlank = !(scope.nullers[index + 1] ?? []).allSatisfy(scope.matched.contains)
      result[index + 1] = RangeFacts(
        name: entry.name, relation: relation,
        absence: isBlank
          ? .optional(reason: NullReason.outerSide(range: entry.name).text, byteOffset: nil) : .never)
    }
    return result
  }
}

extension ValueNullability {
  init(_ cause: NullCause?) {
    self = cause.map { .optional(reason: $0.reason.text, byteOffset: $0.offset) } ?? .never
  }
}

extension StatementFacts.Command {
  init(_ command: QueryParts.Command) {
    switch command {
    case .select: self = .select
    case .insert: self = .insert
    case .update: self = .update
    case .delete: self = .delete
    case .merge: self = .merge
    case .utility: self = .utility
    }
  }
}
