extension Lowering {
  mutating func query(_ node: NodeValue) throws(NodeTextError) -> Query {
    guard joins.count < Self.maximumQueries else { throw NodeTextError(.tooDeep, at: node.byteOffset) }
    joins.append([:])
    defer { joins.removeLast() }
    let command: QueryParts.Command =
      switch integer(node, "commandType") {
      case 1: .select
      case 2: .update
      case 3: .insert
      case 4: .delete
      case 5: hasMerge ? .merge : .utility
      default: .utility
      }
    let target = integer(node, "resultRelation")
    let commonTables = try commonTables(node.field("cteList"))
    // In order: what stands later refers to the columns of a JOIN before it.
    var ranges: [RangeEntry] = []
    if let list = node.field("rtable") {
      var copy = self
      try list.forEachElement { element throws(NodeTextError) in
        let entry = try copy.rangeEntry(element)
        ranges.append(entry)
        if case .join(let columns) = entry.kind { copy.joins[copy.joins.count - 1][ranges.count] = columns }
      }
      joins = copy.joins
    }
    let distinct = try sortReferences(node, "distinctClause")
    return Query(
      QueryParts(
        command: command, target: target > 0 ? target : nil, commonTables: commonTables, ranges: ranges,
        from: try node.field("jointree").map { value throws(NodeTextError) in try joinTree(value) },
        targets: try targets(node.field("targetList")), returning: try targets(node.field("returningList")),
        onConflict: try onConflict(node.field("onConflict")), groupBy: try sortReferences(node, "groupClause"),
        groupingSets: try groupingSets(node.field("groupingSets")), having: try optional(node, "havingQual"),
        windows: try windows(node.field("windowClause")), distinctOn: distinct,
        distinct: distinct.isEmpty ? .none : isTrue(node, "hasDistinctOn") ? .on : .all,
        limit: try optional(node, "limitCount"), offset: try optional(node, "limitOffset"),
        hasTies: integer(node, "limitOption") == 1,
        setOperation: try node.field("setOperations").map { value throws(NodeTextError) in try setOperation(value) },
        hasAggregates: isTrue(node, "hasAggs"), returnsSets: isTrue(node, "hasTargetSRFs"),
        locksRows: node.field("rowMarks") != nil, mergeActions: try mergeActions(node.field("mergeActionList")),
        mergeCondition: try optional(node, "mergeJoinCondition")))
  }

  private mutating func commonTables(_ list: NodeValue?) throws(NodeTextError) -> [CommonTable] {
    guard let list else { return [] }
    var result: [CommonTable] = []
    var copy = self
    try list.forEachElement { node throws(NodeTextError) in
      guard let query = node.field("ctequery") else { throw NodeTextError(.queryExpected, at: node.byteOffset) }
      result.append(
        CommonTable(
          name: node.field("ctename")?.string ?? "", query: try copy.query(query),
          isRecursive: copy.isTrue(node, "cterecursive"),
          addsColumns: node.field("search_clause") != nil || node.field("cycle_clause") != nil))
    }
    return result
  }

  private mutating func rangeEntry(_ node: NodeValue) throws(NodeTextError) -> RangeEntry {
    let kind: RangeEntry.Kind
    switch node.field("rtekind")?.integer {
    case 0: kind = .relation(object(node, "relid"), isTrue(node, "inh") ? .withChildren : .only)
    case 1:
      guard let query = node.field("subquery") else { throw NodeTextError(.queryExpected, at: node.byteOffset) }
      kind = .subquery(try self.query(query))
    case 2:
      var columns: [Expression?] = []
      var copy = self
      try node.field("joinaliasvars")?.forEachElement { element throws(NodeTextError) in
        columns.append(element.isAbsent ? nil : try copy.expression(element))
      }
      kind = .join(columns)
    case 3:
      var functions: [RangeFunction] = []
      var copy = self
      try node.field("functions")?.forEachElement { element throws(NodeTextError) in
        functions.append(
          RangeFunction(
            expression: try copy.required(element, "funcexpr"), columnCount: copy.integer(element, "funccolcount")))
      }
      kind = .functions(functions, hasOrdinality: isTrue(node, "funcordinality"))
    case 4:
      kind = .tableFunction(
        try node.field("tablefunc").map { value throws(NodeTextError) in try parts(of: value) } ?? [])
    case 5:
      var rows: [[Expression]] = []
      var copy = self
      try node.field("values_lists")?.forEachElement { row throws(NodeTextError) in
        rows.append(try copy.expressions(row))
      }
      kind = .values(rows)
    case 6:
      kind = .commonTable(
        name: node.field("ctename")?.string ?? "", levelsUp: integer(node, "ctelevelsup"),
        isSelfReference: isTrue(node, "self_reference"))
    case 8: kind = .empty
    case 9: kind = .group(try expressions(node.field("groupexprs")))
    default: kind = .unknown
    }
    let names = node.field("eref")
    return RangeEntry(
      kind: kind, name: names?.field("aliasname")?.string ?? "",
      columnNames: try names.map { value throws(NodeTextError) in try strings(value, "colnames") } ?? [],
      isSample: node.field("tablesample") != nil)
  }

  private mutating func joinTree(_ node: NodeValue) throws(NodeTextError) -> JoinTree {
    if node.isNode("RANGETBLREF") { return .range(integer(node, "rtindex")) }
    if node.isNode("FROMEXPR") {
      var items: [JoinTree] = []
      var copy = self
      try node.field("fromlist")?.forEachElement { item throws(NodeTextError) in items.append(try copy.joinTree(item)) }
      return .from(items, condition: try optional(node, "quals"))
    }
    guard node.isNode("JOINEXPR"), let left = node.field("larg"), let right = node.field("rarg"),
      let kind = [JoinTree.Join.Kind.inner, .left, .full, .right].at(integer(node, "jointype"))
    else { throw NodeTextError(.queryExpected, at: node.byteOffset) }
    return .join(
      JoinTree.Join(
        kind: kind, left: try joinTree(left), right: try joinTree(right), condition: try optional(node, "quals"),
        range: integer(node, "rtindex")))
  }

  private func sortReferences(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> [SortReference] {
    var result: [SortReference] = []
    try node.field(name)?.forEachElement { element throws(NodeTextError) in
      result.append(
        SortReference(reference: integer(element, "tleSortGroupRef"), equality: object(element, "eqop")))
    }
    return result
  }

  private func groupingSets(_ list: NodeValue?) throws(NodeTextError) -> [GroupingSet] {
    guard let list else { return [] }
    var result: [GroupingSet] = []
    try list.forEachElement { node throws(NodeTextError) in
      let content = node.field("content")
      switch integer(node, "kind") {
      case 0: result.append(.empty)
      case 1: result.append(.simple(try integers(node, "content")))
      case 2: result.append(.rollup(try groupingSets(content)))
      case 3: result.append(.cube(try groupingSets(content)))
      default: result.append(.sets(try groupingSets(content)))
      }
    }
    return result
  }

  private mutating func windows(_ list: NodeValue?) throws(NodeTextError) -> [WindowClause] {
    guard let list else { return [] }
    var result: [WindowClause] = []
    var copy = self
    try list.forEachElement { node throws(NodeTextError) in
      result.append(
        WindowClause(
          number: copy.integer(node, "winref"), partition: try copy.sortReferences(node, "partitionClause"),
          frame: WindowFrame(rawValue: copy.integer(node, "frameOptions")),
          startOffset: try copy.optional(node, "startOffset"), endOffset: try copy.optional(node, "endOffset")))
    }
    return result
  }

  private func setOperation(_ node: NodeValue) throws(NodeTextError) -> SetOperation {
    if node.isNode("RANGETBLREF") { return .range(integer(node, "rtindex")) }
    guard node.isNode("SETOPERATIONSTMT"), let left = node.field("larg"), let right = node.field("rarg"),
      let kind = [nil, SetOperation.Kind.union, .intersect, .except].at(integer(node, "op")) ?? nil
    else { throw NodeTextError(.queryExpected, at: node.byteOffset) }
    return .operation(kind, all: isTrue(node, "all"), try setOperation(left), try setOperation(right))
  }

  private mutating func onConflict(_ node: NodeValue?) throws(NodeTextError) -> OnConflict? {
    guard let node else { return nil }
    var elements: [Expression] = []
    var copy = self
    try node.field("arbiterElems")?.forEachElement { element throws(NodeTextError) in
      if let expression = try copy.optional(element, "expr") { elements.append(expression) }
    }
    return OnConflict(
      action: integer(node, "action") == 2 ? .update : .nothing, set: try targets(node.field("onConflictSet")),
      condition: try optional(node, "onConflictWhere"), arbiterCondition: try optional(node, "arbiterWhere"),
      arbiterElements: elements, excluded: integer(node, "exclRelIndex"))
  }

  private mutating func mergeActions(_ list: NodeValue?) throws(NodeTextError) -> [MergeAction] {
    guard let list else { return [] }
    var result: [MergeAction] = []
    var copy = self
    try list.forEachElement { node throws(NodeTextError) in
      let match: MergeAction.Match =
        if node.field("matchKind") != nil {
          switch copy.integer(node, "matchKind") {
          case 0: .matched
          case 1: .notMatchedBySource
          default: .notMatchedByTarget
          }
        } else {
          copy.isTrue(node, "matched") ? .matched : .notMatchedByTarget
        }
      let command: QueryParts.Command =
        switch copy.integer(node, "commandType") {
        case 2: .update
        case 3: .insert
        case 4: .delete
        default: .utility
        }
      result.append(
        MergeAction(
          match: match, command: command, condition: try copy.optional(node, "qual"),
          targets: try copy.targets(node.field("targetList"))))
    }
    return result
  }
}

extension Array {
  /// The element there; nil beyond the ends.
  func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
