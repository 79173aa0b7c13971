import SQLCTreePostgreSQL

/// An equality that a key can be fixed by.
struct KeyEquality: Hashable {
  var `operator`: ObjectID
  var collation: ObjectID
}

/// The search for ranges of which at most one row is left, given what is fixed so far.
struct RowSearch {
  let scope: QueryScope
  /// Columns with one value in all rows.
  private(set) var columns: Set<Variable> = []
  /// Ranges with at most one row.
  private(set) var single: Set<Int> = []
  /// Those of them whose columns have one value, too: nothing volatile makes them.
  private(set) var valued: Set<Int> = []
  /// Conditions that hold in every row.
  private var conditions: [Expression]

  init(_ scope: QueryScope) {
    self.scope = scope
    conditions = scope.conditions.filter(scope.holds).flatMap { scope.conjuncts(of: $0.expression) }
    for (variable, equalities) in scope.outsideEqualities
    where scope.isIdentifiedByEquality(variable, equalities.map(\.collation)) {
      columns.insert(variable)
    }
    columns.formUnion(scope.identicalColumns)
  }

  /// The ranges of FROM of which there is one row at most where each of `given` is one row.
  mutating func pinned(given: Set<Int>) -> Set<Int> {
    for range in given { add(range) }
    guard let tree = scope.parts.from else { return single }
    var items: [Item] = []
    var isExact = true
    flatten(tree, &items, &isExact)
    bindEqualities(conditions)
    var waiting = items
    var progress = true
    while progress, !waiting.isEmpty {
      progress = false
      waiting = waiting.filter { item in
        switch item {
        case .range(let range):
          guard !single.contains(range) else { return false }
          guard rows(ofRange: range, conditions) != nil else { return true }
          add(range)
        case .outer(let tree, let condition):
          guard isSingle(tree, conditions + scope.conjuncts(of: condition)) else { return true }
          for range in tree.ranges { add(range) }
        case .full: return true
        }
        bindEqualities(conditions)
        progress = true
        return false
      }
    }
    return single
  }

  /// Of FROM and WHERE.
  mutating func joined() -> Cardinality {
    guard let tree = scope.parts.from else { return Cardinality(.exactlyOne, "no table is read") }
    var items: [Item] = []
    var isExact = true
    flatten(tree, &items, &isExact)
    if items.contains(where: \.isFull) {
      bindEqualities(conditions)
      return Cardinality(.many, "FULL JOIN")
    }
    var reasons: [String] = []
    bindEqualities(conditions)
    var waiting = items
    var progress = true
    while progress, !waiting.isEmpty {
      progress = false
      waiting = waiting.filter { item in
        switch item {
        case .range(let range):
          guard let found = rows(ofRange: range, conditions) else { return true }
          add(range)
          if found.count != .exactlyOne { isExact = false }
          if !found.reason.isEmpty { reasons.append(found.reason) }
        case .outer(let tree, let condition):
          guard isSingle(tree, conditions + scope.conjuncts(of: condition)) else { return true }
          for range in tree.ranges { add(range) }
        case .full: return true
        }
        bindEqualities(conditions)
        progress = true
        return false
      }
    }
    if let first = waiting.first {
      return Cardinality(.many, "no unique key of \(scope.rangeName(first.firstRange)) is fixed")
    }
    let reason = reasons.joined(separator: ", ")
    return isExact
      ? Cardinality(.exactlyOne, reason.isEmpty ? "no table is read" : reason)
      : Cardinality(.atMostOne, reason.isEmpty ? "a condition" : reason)
  }

  /// Of UPDATE and DELETE: each row of the target is written once.
  mutating func ofTarget(_ target: Int, _ table: CatalogRelation) -> Cardinality {
    guard table.kind != .foreignTable else { return Cardinality(.many, "\(table.name) is a foreign table") }
    bindEqualities(conditions)
    let others = (scope.parts.from?.ranges ?? []).filter { $0 != target && (scope.nullers[$0] ?? []).isEmpty }
    var progress = true
    while progress {
      progress = false
      for range in others where !single.contains(range) && rows(ofRange: range, conditions) != nil {
        add(range)
        bindEqualities(conditions)
        progress = true
      }
    }
    guard let found = rows(ofRange: target, conditions) else {
      return Cardinality(.many, "no unique key of \(scope.rangeName(target)) is fixed")
    }
    return Cardinality(.atMostOne, found.reason)
  }

  // MARK: - Joins

  private enum Item {
    case range(Int)
    /// The side of an outer join that may have no match, and its condition.
    case outer(JoinTree, Expression)
    case full(JoinTree)

    var isFull: Bool {
      switch self {
      case .full: true
      case .range, .outer: false
      }
    }
    var firstRange: Int {
      switch self {
      case .range(let range): range
      case .outer(let tree, _), .full(let tree): tree.ranges.first ?? 0
      }
    }
  }

  /// What multiplies rows. `isExact` becomes false where a condition can leave the row out.
  private func flatten(_ tree: JoinTree, _ items: inout [Item], _ isExact: inout Bool) {
    switch tree {
    case .range(let range): items.append(.range(range))
    case .from(let inner, let condition):
      for one in inner { flatten(one, &items, &isExact) }
      if let condition, !condition.isConstantTrue { isExact = false }
    case .join(let join):
      let rightIsMatched = scope.matched.contains(JoinSide(join: join.range, side: .right))
      let leftIsMatched = scope.matched.contains(JoinSide(join: join.range, side: .left))
      let truth = Expression.junction(.and, [], SourceOffset(nil))
      switch join.kind {
      case .left where !rightIsMatched:
        flatten(join.left, &items, &isExact)
        items.append(.outer(join.right, join.condition ?? truth))
      case .right where !leftIsMatched:
        flatten(join.right, &items, &isExact)
        items.append(.outer(join.left, join.condition ?? truth))
      case .full: items.append(.full(tree))
      case .inner, .left, .right:
        flatten(join.left, &items, &isExact)
        flatten(join.right, &items, &isExact)
        if let condition = join.condition, !condition.isConstantTrue { isExact = false }
      }
    }
  }

  /// At most one match for what is fixed so far.
  private func isSingle(_ tree: JoinTree, _ conditions: [Expression]) -> Bool {
    var search = self
    return search.addSingle(tree, conditions)
  }

  private mutating func addSingle(_ tree: JoinTree, _ conditions: [Expression]) -> Bool {
    var inner: [Int] = []
    var holding = conditions
    guard collectInner(tree, &inner, &holding) else {
      guard case .join(let join) = tree, join.kind == .left, let condition = join.condition,
        addSingle(join.left, conditions)
      else { return false }
      return addSingle(join.right, conditions + scope.conjuncts(of: condition))
    }
    bindEqualities(holding)
    var progress = true
    while progress, !inner.isEmpty {
      progress = false
      inner = inner.filter { range in
        guard single.contains(range) || rows(ofRange: range, holding) != nil else { return true }
        add(range)
        bindEqualities(holding)
        progress = true
        return false
      }
    }
    return inner.isEmpty
  }

  private func collectInner(_ tree: JoinTree, _ ranges: inout [Int], _ conditions: inout [Expression]) -> Bool {
    switch tree {
    case .range(let range):
      ranges.append(range)
      return true
    case .join(let join) where join.kind == .inner:
      if let condition = join.condition { conditions += scope.conjuncts(of: condition) }
      return collectInner(join.left, &ranges, &conditions) && collectInner(join.right, &ranges, &conditions)
    case .join, .from: return false
    }
  }

  private mutating func add(_ range: Int) {
    single.insert(range)
    // What asks for columns beside it has a value for each of theirs, and one more where an outer join blanks them.
    let asked = scope.dependencies(ofRange: range)
    if !scope.isVolatileRange(range), asked.isSubset(of: valued), asked.allSatisfy(scope.isNeverBlank) {
      valued.insert(range)
    }
  }

  // MARK: - Values

  /// Takes in what equalities with fixed values fix, until nothing new is found.
  private mutating func bindEqualities(_ conditions: [Expression]) {
    var changes = true
    while changes {
      changes = false
      for case .call(let call) in conditions where call.arguments.count == 2 && scope.isBTreeEquality(call.operator) {
        for (own, other) in [(call.arguments[0], call.arguments[1]), (call.arguments[1], call.arguments[0])] {
          guard case .variable(let variable) = scope.withoutRelabels(own), variable.levelsUp == 0,
            !columns.contains(variable), scope.isIdentifiedByEquality(variable, [call.collation]), isFixed(other)
          else { continue }
          columns.insert(variable)
          changes = true
        }
      }
    }
  }

  /// It has one value for all rows, given what is fixed so far.
  func isFixed(_ expression: Expression) -> Bool {
    var result = true
    func look(_ part: Expression) {
      guard result else { return }
      switch part {
      case .variable(let variable):
        if variable.levelsUp == 0 {
          result = columns.contains(variable) || valued.contains(variable.range) || isGroupFixed(variable)
        }
      case .subquery(let subquery):
        // One that asks nothing of this query is evaluated once.
        result = subquery.kind == .scalar && !scope.asksOutside(subquery.query)
      case .aggregate, .window, .unknown, .nextValue, .grouping, .caseTest, .defaultValue: result = false
      default:
        if scope.isVolatileCall(part) { result = false } else { part.forEachChild(look) }
      }
    }
    look(expression)
    return result
  }

  private func isGroupFixed(_ variable: Variable) -> Bool {
    guard case .group(let expressions)? = scope.parts.ranges.at(variable.range - 1)?.kind,
      let expression = expressions.at(variable.attribute - 1)
    else { return false }
    return isFixed(expression)
  }

  /// It is fixed, and no outer join gives it a second value: NULL.
  func isOneValue(_ expression: Expression) -> Bool { isFixed(expression) && isUnblanked(expression) }

  private func isUnblanked(_ expression: Expression) -> Bool {
    !expression.contains { part, depth in
      guard case .variable(let variable) = part, variable.levelsUp == depth else { return false }
      if case .group(let expressions)? = scope.parts.ranges.at(variable.range - 1)?.kind {
        return expressions.at(variable.attribute - 1).map { !isUnblanked($0) } ?? true
      }
      return !scope.isNeverBlank(variable.range)
    }
  }

  /// A condition says that it equals something fixed, by that operator.
  func isEqualToFixed(_ expression: Expression, by equality: ObjectID) -> Bool {
    let wanted = scope.withoutRelabels(expression)
    return conditions.contains { condition in
      guard case .call(let call) = condition, call.operator == equality, call.arguments.count == 2,
        scope.isDeterministic(call.collation)
      else { return false }
      return zip(call.arguments, call.arguments.reversed()).contains {
        scope.withoutRelabels($0) == wanted && isFixed($1)
      }
    }
  }
}

extension Expression {
  var isConstantTrue: Bool {
    if case .junction(.and, let all, _) = self { return all.allSatisfy(\.isConstantTrue) }
    guard case .constant(let constant) = self, let bytes = constant.bytes else { return false }
    return bytes.first == 1
  }
}
