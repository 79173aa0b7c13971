import SQLCTreePostgreSQL

/// What GROUP BY and aggregates make of a query's rows.
struct GroupingShape {
  /// Rows of the result are groups.
  let isGrouped: Bool
  /// A group can be of no rows: the one group without GROUP BY, and the empty grouping set.
  let mayBeEmpty: Bool
  /// There is exactly one group, by its form.
  let isOneGroup: Bool
  let hasSets: Bool
  /// Grouped expressions that some grouping set leaves out: NULL there.
  let partial: Set<Expression>
  /// The columns in `partial`.
  let partialVariables: Set<Variable>

  init(_ parts: QueryParts) {
    let sets = parts.groupingSets
    hasSets = !sets.isEmpty
    isGrouped = parts.hasAggregates || parts.having != nil || !parts.groupBy.isEmpty || hasSets
    if hasSets {
      mayBeEmpty = sets.allSatisfy(\.hasEmptySet)
      isOneGroup = sets.allSatisfy { $0 == .empty }
    } else {
      isOneGroup = isGrouped && parts.groupBy.isEmpty
      mayBeEmpty = isOneGroup
    }
    var partial: Set<Expression> = []
    var variables: Set<Variable> = []
    if hasSets {
      // A set of the whole is a union of one set of each element.
      let always = sets.reduce(into: Set<Int>()) { $0.formUnion($1.inEverySet) }
      let references = Set(parts.groupBy.map(\.reference))
      for target in parts.targets
      where references.contains(target.sortReference) && !always.contains(target.sortReference) {
        partial.insert(target.expression)
        target.expression.forEachInside { expression, depth in
          if case .variable(var variable) = expression, variable.levelsUp == depth {
            variable.levelsUp = 0
            variables.insert(variable)
          }
        }
      }
    }
    self.partial = partial
    partialVariables = variables
  }
}

extension GroupingSet {
  /// The references that all of its sets have.
  var inEverySet: Set<Int> {
    switch self {
    case .empty, .rollup, .cube: []
    case .simple(let references): Set(references)
    case .sets(let sets):
      sets.dropFirst().reduce(sets.first?.inEverySet ?? []) { $0.intersection($1.inEverySet) }
    }
  }
  var hasEmptySet: Bool {
    switch self {
    case .empty, .rollup, .cube: true
    case .simple(let references): references.isEmpty
    case .sets(let sets): sets.contains(where: \.hasEmptySet)
    }
  }
}
