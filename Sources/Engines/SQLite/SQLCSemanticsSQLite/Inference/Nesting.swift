// Rows of a join as parents with lists of children (`sqlc.nest`): what tells the parents apart, what the children.
//
//     SELECT sqlc.embed(agents), sqlc.nest(tools)
//     FROM agents LEFT JOIN tools ON tools.agent_id = agents.id
//
// A parent is one row of each source that its columns come from. Rows belong to one parent when they agree in a key of
// each such source; sources that are one row as soon as others are (a join to a unique key) need none of their own. NULL
// agrees with NULL: on the nullable side of a join it says that there is no row, which is one parent too.
//
// A child is a row of its source. Where something else in FROM can repeat it (a second list, a table between the two),
// it is recognised by a key as well and counted once.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  /// Nothing when the statement has no lists, or when something about them is wrong.
  func proveNesting(
    of query: BoundQuery, _ outputs: [BoundOutput], _ values: [Value], _ embeds: [TypedEmbed]
  ) -> TypedNesting? {
    guard outputs.contains(where: { $0.embed?.isList == true }) else { return nil }
    guard case .select(let select) = query.body else {
      refuseLists(among: outputs, because: .listOfCompound)
      return nil
    }
    guard !select.isAggregate, select.groupBy.isEmpty, let from = select.from else {
      refuseLists(among: outputs, because: .listOfGroups)
      return nil
    }
    if let limit = query.limit { diagnose(.limitedRows, at: limit.range) }
    let tables = VisibleCommonTables().adding(query.commonTables)
    let prover = NestingProver(
      inference: self, outputs: outputs, values: values, embeds: embeds,
      uniqueness: Uniqueness(from, where: select.whereClause, tables: tables), from: from,
      condition: select.whereClause, tables: tables)
    return prover.prove()
  }
}

private struct NestingProver {
  let inference: Inference
  let outputs: [BoundOutput]
  let values: [Value]
  let embeds: [TypedEmbed]
  let uniqueness: Uniqueness
  let from: BoundFrom
  let condition: BoundExpression?
  let tables: VisibleCommonTables

  private struct List {
    var embed: BoundEmbed
    var outer: String?
    var columns: [Int]
    var range: ByteRange
  }

  func prove() -> TypedNesting? {
    let lists = lists()
    let before = inference.diagnostics.count
    check(lists)
    let parents = parentSources(lists)
    guard inference.diagnostics.count == before else { return nil }
    guard let key = parentKey(parents) else { return nil }
    var typed: [TypedNesting.List] = []
    for list in lists {
      guard let one = prove(list, lists, parents) else { return nil }
      typed.append(one)
    }
    return TypedNesting(key: key, lists: typed, parents: count(parents))
  }

  private func lists() -> [List] {
    var lists: [List] = []
    for (index, output) in outputs.enumerated() {
      guard let embed = output.embed, case .list(let outer) = embed.role else { continue }
      if lists.last?.embed.ordinal == embed.ordinal {
        lists[lists.count - 1].columns.append(index)
      } else {
        lists.append(List(embed: embed, outer: outer, columns: [index], range: output.range))
      }
    }
    return lists
  }

  private func check(_ lists: [List]) {
    if uniqueness.isFullJoin, let first = lists.first { inference.diagnose(.fullJoin, at: first.range) }
    if let first = lists.first, lists.reduce(0, { $0 + $1.columns.count }) == outputs.count {
      inference.diagnose(.missingParent, at: first.range)
    }
    for (index, list) in lists.enumerated() {
      let isEmbedded = outputs.contains { $0.embed?.source == list.embed.source && $0.embed?.isList == false }
      if isEmbedded || lists[..<index].contains(where: { $0.embed.source == list.embed.source }) {
        inference.diagnose(.repeatedList(list.embed.name), at: list.range)
      }
      guard let name = list.outer else { continue }
      guard let outer = outer(of: list, lists) else {
        inference.diagnose(
          .unknownOuter(name, lists: lists.map(\.embed.name).filter { $0 != list.embed.name }), at: list.range)
        continue
      }
      if lists[outer].outer != nil { inference.diagnose(.deepList(name), at: list.range) }
    }
  }

  private func outer(of list: List, _ lists: [List]) -> Int? {
    guard let name = list.outer?.asciiLowercased else { return nil }
    return lists.firstIndex { $0.embed.name.asciiLowercased == name && $0.embed.source != list.embed.source }
  }

  /// The sources of the parent's columns, in the order of FROM. Columns must be the same in all rows of a parent.
  private func parentSources(_ lists: [List]) -> [SourceID] {
    var used: Set<SourceID> = []
    for output in outputs where output.embed?.isList != true {
      var child: String?
      var isVolatile = false
      output.expression.forEachReference { reference in
        switch reference {
        case .column(let column):
          used.insert(column.source)
          if inference.isVolatileColumn(column) { isVolatile = true }
          if let list = lists.first(where: { $0.embed.source == column.source }) { child = list.embed.name }
        case .volatileFunction: isVolatile = true
        }
      }
      if child != nil || isVolatile {
        inference.diagnose(.dependentColumn(output.name, child: child), at: output.range)
      }
    }
    return uniqueness.tableSources.map(\.id).filter(used.contains)
  }

  private func parentKey(_ parents: [SourceID]) -> [Int]? {
    var given: Set<SourceID> = []
    var key: [Int] = []
    // Each turn pins one more of them.
    while let next = uniqueness.unpinned(among: parents, given: given).source {
      guard let source = uniqueness.tableSources.first(where: { $0.id == next }) else { return nil }
      let own = outputs.indices.filter { outputs[$0].embed?.isList != true }
      guard let columns = keyColumns(of: source, among: own) else {
        let names = uniqueness.keys(of: source).map { $0.map { source.columns[$0].name } }
        let place = own.first { column(at: $0)?.source == next } ?? own[0]
        inference.diagnose(.unkeyedParent(source: source.name, keys: names), at: outputs[place].range)
        return nil
      }
      key += columns
      given.insert(next)
    }
    return key
  }

  private func column(at index: Int) -> BoundColumn? {
    if case .column(let column) = outputs[index].expression.kind { column } else { nil }
  }

  /// The places of a key that is never NULL in a row that is there.
  private func keyColumns(of source: BoundSource, among places: [Int]) -> [Int]? {
    for key in uniqueness.keys(of: source) {
      let columns = key.map { wanted in
        places.first { place in
          guard let column = column(at: place), column.source == source.id, column.index == wanted else { return false }
          return !isNullable(column, at: place) && !inference.isVolatileColumn(column)
        }
      }
      if columns.allSatisfy({ $0 != nil }) { return columns.compactMap { $0 } }
    }
    return nil
  }

  /// In a row that is there.
  private func isNullable(_ column: BoundColumn, at place: Int) -> Bool {
    inference.presentFacts(of: column, values[place].facts).nullability.canBeNull
  }

  private func prove(_ list: List, _ lists: [List], _ parents: [SourceID]) -> TypedNesting.List? {
    guard let source = uniqueness.tableSources.first(where: { $0.id == list.embed.source }) else { return nil }
    let outer = outer(of: list, lists)
    var given = Set(parents).union([source.id])
    if let outer { given.insert(lists[outer].embed.source) }
    let isOuter = lists.contains {
      $0.outer != nil && self.outer(of: $0, lists).map { lists[$0].embed.source } == source.id
    }
    var key: [Int]?
    // A parent that may be absent is one parent all the same, whose rows have matched nothing.
    let present = given.filter { !parents.contains($0) || inference.absence(of: $0) == nil }
    if isOuter || mayRepeat(given, present: present) {
      guard let columns = keyColumns(of: source, among: list.columns) else {
        inference.diagnose(.unkeyedChild(source: source.name), at: list.range)
        return nil
      }
      key = columns
    }
    var presence: [Int] = []
    if inference.absence(of: source.id) != nil {
      let certain = list.columns.first { place in
        column(at: place).map { !isNullable($0, at: place) } ?? false
      }
      presence = certain.map { [$0] } ?? embeds[list.embed.ordinal].marker.map { [$0] } ?? list.columns
    }
    return TypedNesting.List(embed: list.embed.ordinal, presence: presence, key: key, outer: outer)
  }

  /// Can rows repeat that agree in the rows of `given`, where those of `present` are there? In such rows the outer joins that bring them have
  /// matched, so their conditions hold as those of inner joins do: through a link table with a key of both sides, which
  /// stands between the two, there is one way.
  private func mayRepeat(_ given: Set<SourceID>, present: Set<SourceID>) -> Bool {
    let matched = Uniqueness(from.matching(present), where: condition, tables: tables)
    return matched.unpinned(among: matched.tableSources.map(\.id), given: given).source != nil
  }

  private func count(_ parents: [SourceID]) -> ProvenRowCount {
    let (source, reasons) = uniqueness.unpinned(among: parents, given: [])
    guard let source else { return ProvenRowCount(.atMostOne, because: reasons.joined(separator: ", ")) }
    let name = uniqueness.tableSources.first { $0.id == source }?.name ?? ""
    return ProvenRowCount(
      .many, because: "nothing pins '\(name)' to one row: no unique key of it is bound by equality")
  }
}

extension BoundFrom {
  fileprivate func contains(anyOf sources: Set<SourceID>) -> Bool {
    switch self {
    case .source(let source): sources.contains(source.id)
    case .join(let join): join.left.contains(anyOf: sources) || join.right.contains(anyOf: sources)
    }
  }

  /// The same for rows in which these sources are there: what would have left one of them out has matched.
  fileprivate func matching(_ present: Set<SourceID>) -> BoundFrom {
    guard case .join(var join) = self else { return self }
    switch join.kind {
    case .left where join.right.contains(anyOf: present): join.kind = .inner
    case .right where join.left.contains(anyOf: present): join.kind = .inner
    case .left, .right, .full, .inner, .cross, .comma: break
    }
    join.left = join.left.matching(present)
    join.right = join.right.matching(present)
    return .join(join)
  }
}
