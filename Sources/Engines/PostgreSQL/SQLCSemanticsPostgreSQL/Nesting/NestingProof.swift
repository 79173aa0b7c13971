// Rows of a join as parents with lists of children: what tells the parents apart, what the children.
//
//     SELECT sqlc.embed(agents), sqlc.nest(tools)
//     FROM agents LEFT JOIN tools ON tools.agent_id = agents.id
//
// A parent is one row of each range that its columns come from. Rows belong to one parent when they agree in a key of each
// such range; ranges that are one row as soon as others are (a join to a unique key) need none of their own. NULL agrees with
// NULL: on the nullable side of a join it says that there is no row, which is one parent too.
//
// A child is a row of its range. Where something else in FROM can repeat it (a second list, a table between the two), it is
// recognised by a key as well and counted once.
//
// Keys are compared byte for byte. Rows that differ in the bytes of a unique key are different rows, and a row does not differ
// from itself.

import SQLCTreePostgreSQL

struct NestingProver {
  let scope: QueryScope
  let lists: [ListRequest]
  /// The columns of the result, each with what is known of it where its range is there.
  let columns: [ColumnFacts]
  private let analyzer: StatementAnalyzer

  init(scope: QueryScope, lists: [ListRequest], columns: [ColumnFacts]) {
    self.scope = scope
    self.lists = lists
    self.columns = columns
    analyzer = scope.analyzer
  }

  func prove() throws(NestingProblem) -> NestingFacts {
    let parts = scope.parts
    let firstColumn = lists.first?.columns.lowerBound
    guard parts.command == .select else { throw NestingProblem(.modification, at: firstColumn) }
    guard parts.setOperation == nil else { throw NestingProblem(.setOperation, at: firstColumn) }
    guard !parts.hasAggregates, parts.groupBy.isEmpty, parts.groupingSets.isEmpty, !parts.returnsSets else {
      throw NestingProblem(.groups, at: firstColumn)
    }
    if parts.limit != nil || parts.offset != nil { throw NestingProblem(.limited) }
    if let from = parts.from, from.hasFullJoin { throw NestingProblem(.fullJoin, at: firstColumn) }
    if lists.reduce(0, { $0 + $1.columns.count }) == columns.count { throw NestingProblem(.noParent, at: firstColumn) }
    let ranges = try listRanges()
    let parents = try parentRanges(ranges)
    let key = try parentKey(parents)
    var proven: [NestingFacts.List] = []
    for index in lists.indices { proven.append(try prove(index, ranges, parents)) }
    let alone = pinned(in: scope, given: [])
    let free = parents.first { !alone.contains($0) }
    return NestingFacts(
      key: key, lists: proven, parents: free == nil ? .atMostOne : .many,
      parentsReason: free.map {
        "nothing pins '\(scope.rangeName($0))' to one row: no unique key of it is bound by equality"
      }
        ?? scope.cardinality.reason)
  }

  /// The range of each list.
  private func listRanges() throws(NestingProblem) -> [Int] {
    var found: [Int] = []
    for list in lists {
      let all = Set(columns[list.columns].map(\.range))
      guard all.count == 1, let range = all.first ?? nil else {
        throw NestingProblem(.unknownRange, at: list.columns.lowerBound)
      }
      // Beside its list, a range's own columns would be the parent's: `parentRanges` says so.
      if found.contains(range) {
        throw NestingProblem(.repeatedRange(scope.rangeName(range)), at: list.columns.lowerBound)
      }
      found.append(range)
    }
    return found
  }

  // MARK: - Parents

  private var parentPlaces: [Int] {
    columns.indices.filter { place in !lists.contains { $0.columns.contains(place) } }
  }

  /// The ranges of the parent's columns, in the order of FROM. Columns must be the same in all rows of a parent.
  private func parentRanges(_ listRanges: [Int]) throws(NestingProblem) -> [Int] {
    var used: Set<Int> = []
    for place in parentPlaces {
      guard let expression = scope.resultTargets.at(place)?.expression else { continue }
      var child: Int?
      var isVolatile = false
      expression.forEachInside { part, depth in
        switch part {
        case .variable(let variable) where variable.levelsUp == depth:
          used.insert(variable.range)
          if listRanges.contains(variable.range) { child = variable.range }
          if scope.isVolatileRange(variable.range) { isVolatile = true }
        case .window: isVolatile = true
        default: if scope.isVolatileCall(part) { isVolatile = true }
        }
      }
      if child != nil || isVolatile {
        throw NestingProblem(
          .dependentColumn(name: columns[place].name, list: child.map(scope.rangeName)), at: place)
      }
    }
    return (scope.parts.from?.ranges ?? []).filter(used.contains)
  }

  private func parentKey(_ parents: [Int]) throws(NestingProblem) -> [Int] {
    var given: Set<Int> = []
    var key: [Int] = []
    // Each turn pins one more of them.
    while true {
      let known = pinned(in: scope, given: given)
      guard let next = parents.first(where: { !known.contains($0) }) else { return key }
      guard let places = keyPlaces(of: next, among: parentPlaces, given: given) else {
        throw NestingProblem(
          .unkeyedParent(range: scope.rangeName(next), keys: keyNames(of: next)),
          at: parentPlaces.first { columns[$0].range == next } ?? parentPlaces.first)
      }
      key += places
      given.insert(next)
    }
  }

  private func pinned(in scope: QueryScope, given: Set<Int>) -> Set<Int> {
    var search = RowSearch(scope)
    return search.pinned(given: given)
  }

  /// The fewest places, of columns that are never NULL in a row that is there, that leave one row of the range.
  private func keyPlaces(of range: Int, among places: [Int], given: Set<Int>) -> [Int]? {
    guard !scope.isVolatileRange(range) else { return nil }
    var candidates = places.filter { place in
      columns[place].range == range && columns[place].rangeColumn ?? 0 > 0
        && !columns[place].nullabilityWhenPresent.isOptional
    }
    guard isKey(candidates, of: range) else { return nil }
    for place in candidates.reversed() where candidates.count > 1 {
      let fewer = candidates.filter { $0 != place }
      if isKey(fewer, of: range) { candidates = fewer }
    }
    return candidates
  }

  private func isKey(_ places: [Int], of range: Int) -> Bool {
    guard !places.isEmpty else { return false }
    let scope = QueryScope(scope.query, in: analyzer, parameters: scope.parameters)
    for place in places {
      if case .variable(let variable)? = scope.resultTargets.at(place)?.expression {
        scope.identicalColumns.insert(variable)
      }
    }
    return RowSearch(scope).rows(ofRange: range, []) != nil
  }

  /// For the message: the unique keys of a table.
  private func keyNames(of range: Int) -> [[String]] {
    guard case .relation(let relation, _)? = scope.parts.ranges.at(range - 1)?.kind,
      let table = scope.catalog.relations[relation]
    else { return [] }
    return table.indexes.filter {
      $0.isUnique && $0.isImmediate && $0.isUsable && $0.predicate == nil && $0.expressions == nil
        && $0.keys.allSatisfy { table.column($0)?.notNull == .declared }
    }.map { $0.keys.compactMap { table.column($0)?.name } }
  }

  // MARK: - Children

  private func prove(_ index: Int, _ ranges: [Int], _ parents: [Int]) throws(NestingProblem) -> NestingFacts.List {
    let range = ranges[index]
    let list = lists[index]
    var given = Set(parents).union([range])
    if let outer = list.outer { given.insert(ranges[outer]) }
    let isOuter = lists.contains { $0.outer == index }
    // A parent that may be absent is one parent all the same, whose rows have matched nothing.
    let present = given.filter { !parents.contains($0) || !mayBeAbsent($0) }
    var key: [Int]?
    if isOuter || mayRepeat(given, present: present) {
      guard let places = keyPlaces(of: range, among: Array(list.columns), given: []) else {
        throw NestingProblem(.unkeyedChild(range: scope.rangeName(range)), at: list.columns.lowerBound)
      }
      key = places
    }
    var presence: [Int] = []
    if mayBeAbsent(range) {
      let certain = list.columns.first { !columns[$0].nullabilityWhenPresent.isOptional }
      presence = certain.map { [$0] } ?? Array(list.columns)
    }
    return NestingFacts.List(presence: presence, key: key)
  }

  private func mayBeAbsent(_ range: Int) -> Bool {
    !(scope.nullers[range] ?? []).allSatisfy(scope.matched.contains)
  }

  /// Can rows repeat that agree in the rows of `given`, where those of `present` are there? In such rows the outer joins that
  /// bring them have matched, so their conditions hold as those of inner joins do: through a link table with a key of both
  /// sides, which stands between the two, there is one way.
  private func mayRepeat(_ given: Set<Int>, present: Set<Int>) -> Bool {
    let matched = QueryScope(
      scope.query, in: analyzer, parameters: scope.parameters,
      given: Set(present.map { .notNull(.variable(.wholeRow(of: $0))) }))
    let known = pinned(in: matched, given: given)
    return (scope.parts.from?.ranges ?? []).contains { !known.contains($0) }
  }
}

extension JoinTree {
  var hasFullJoin: Bool {
    switch self {
    case .range: false
    case .from(let items, _): items.contains(where: \.hasFullJoin)
    case .join(let join): join.kind == .full || join.left.hasFullJoin || join.right.hasFullJoin
    }
  }
}
