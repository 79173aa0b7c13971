// Analysed statements as relations in words of no engine (SQLCFacts).
//
// What has no words there (MERGE, writes in WITH, writes to views and tables with rules, nodes that are not known) gives no
// relations at all, so that nothing is claimed of it.

import SQLCDiagnostics
public import SQLCFacts
public import SQLCTreePostgreSQL

extension StatementAnalyzer {
  /// The statement as relations; nothing where it cannot be told in them.
  ///
  /// - Parameters:
  ///   - parameterNames: `$1` first.
  ///   - place: the byte of the file for a byte of the statement that was analysed.
  public func relations(
    of query: Query, parameterNames: [String?], path: String, place: (Int) -> Int
  ) -> RelationalStatement? {
    return withoutActuallyEscaping(place) { place in
      var lowering = RelationLowering(self, place)
      let body = lowering.statement(query)
      guard lowering.isWhole else { return nil }
      return RelationalStatement(body: body, parameterNames: parameterNames, path: path)
    }
  }

  /// The query of a view, whose ranges are nowhere; nothing where it cannot be told in relations.
  public func viewQuery(of view: ObjectID) -> RelationalQuery? {
    guard let definition = definition(of: view) else { return nil }
    var lowering = RelationLowering(self) { $0 }
    let query = lowering.insideOfView { $0.query(definition) }
    return lowering.isWhole ? query : nil
  }
}

extension StatementAnalyzer {
  /// The same of the first statement of a tree that is no utility.
  public func relations(
    ofTree tree: NodeTree, parameterNames: [String?], path: String, place: (Int) -> Int
  ) throws(NodeTextError) -> RelationalStatement? {
    guard let query = try queries(of: tree).first(where: { $0.parts.command != .utility }) else { return nil }
    return relations(of: query, parameterNames: parameterNames, path: path, place: place)
  }
}

struct RelationLowering {
  /// The ranges and common tables of one query; those of the queries around it come before.
  struct Level {
    var ranges: [RangeEntry]
    /// Ids of sources, by range.
    var sources: [Int]
    var targets: [Target]
    var windows: [WindowClause]
    var commons: [String: Int] = [:]
    /// Ranges that WHERE is true of only where they have a row.
    var present: Set<Int> = []
  }

  let analyzer: StatementAnalyzer
  let place: (Int) -> Int
  /// Nothing that was met is without words.
  var isWhole = true
  var levels: [Level] = []
  private var count = 0
  /// Inside the query of a view: its bytes are elsewhere.
  private var viewDepth = 0
  /// Views that were met: each is lowered once, however often it is read.
  private var views: [ObjectID: RelationalQuery] = [:]

  var catalog: PostgreSQLCatalog { analyzer.catalog }

  init(_ analyzer: StatementAnalyzer, _ place: @escaping (Int) -> Int) {
    self.analyzer = analyzer
    self.place = place
  }

  mutating func newID() -> Int {
    count += 1
    return count
  }

  func range(_ offset: SourceOffset?) -> ByteRange {
    guard viewDepth == 0, let value = offset?.value else { return ByteRange(at: 0) }
    return ByteRange(at: place(value))
  }

  mutating func statement(_ query: Query) -> RelationalStatement.Body {
    switch query.parts.command {
    case .select: return .query(self.query(query))
    case .insert: return .insert(insert(query.parts))
    case .update: return .update(update(query.parts))
    case .delete: return .delete(delete(query.parts))
    case .merge, .utility:
      isWhole = false
      return .other
    }
  }

  // MARK: Levels

  mutating func enter(_ parts: QueryParts) {
    let sources = parts.ranges.map { _ in newID() }
    levels.append(Level(ranges: parts.ranges, sources: sources, targets: parts.targets, windows: parts.windows))
  }

  mutating func leave() { levels.removeLast() }

  func source(_ range: Int, levelsUp: Int = 0) -> (id: Int, entry: RangeEntry)? {
    guard let level = levels.at(levels.count - 1 - levelsUp), let id = level.sources.at(range - 1),
      let entry = level.ranges.at(range - 1)
    else { return nil }
    return (id, entry)
  }

  mutating func commonTables(_ list: [CommonTable]) -> [RelationalCommonTable] {
    list.compactMap { table in
      guard table.query.parts.command == .select, !table.addsColumns else {
        isWhole = false
        return nil
      }
      let id = newID()
      // A recursive one is visible to itself.
      levels[levels.count - 1].commons[table.name] = id
      return RelationalCommonTable(
        id: id, name: table.name, isRecursive: table.isRecursive, query: query(table.query))
    }
  }

  // MARK: Queries

  mutating func query(_ query: Query) -> RelationalQuery {
    let parts = query.parts
    guard parts.command == .select else {
      isWhole = false
      return RelationalQuery(
        commonTables: [], body: .values([]), orderBy: [], limit: nil, offset: nil, range: ByteRange(at: 0))
    }
    enter(parts)
    defer { leave() }
    let commonTables = self.commonTables(parts.commonTables)
    let body: RelationalQuery.Body
    var order: [RelationalExpression] = []
    if let operation = parts.setOperation {
      body = self.body(operation)
    } else {
      body = .select(select(parts))
      order = parts.targets.filter { $0.sortReference > 0 }.map { expression($0.expression) }
      if parts.distinct == .on { order.append(distinctOn(parts)) }
    }
    return RelationalQuery(
      commonTables: commonTables, body: body, orderBy: order, limit: parts.limit.map { expression($0) },
      offset: parts.offset.map { expression($0) }, range: ByteRange(at: 0))
  }

  /// One row of those that agree: it is chosen among the rows of each group, as a window would.
  private mutating func distinctOn(_ parts: QueryParts) -> RelationalExpression {
    let keys = parts.distinctOn.compactMap { reference in
      parts.targets.first { $0.sortReference == reference.reference }?.expression
    }
    return RelationalExpression(
      .call(
        RelationalCall(
          name: "distinct on", role: .window(keys.map { expression($0) }), arguments: [], filter: nil)),
      range: ByteRange(at: 0))
  }

  private mutating func body(_ operation: SetOperation) -> RelationalQuery.Body {
    switch operation {
    case .range(let range):
      guard let (id, entry) = source(range), case .subquery(let query) = entry.kind else {
        isWhole = false
        return .values([])
      }
      let inner = self.query(query)
      if inner.commonTables.isEmpty, inner.limit == nil, inner.offset == nil { return inner.body }
      let visible = query.parts.targets.filter { !$0.isHidden }.count
      return .select(
        RelationalSelect(
          duplicates: .kept,
          outputs: (0..<visible).map {
            RelationalExpression(.column(RelationColumn(source: id, index: $0)), range: ByteRange(at: 0))
          },
          from: .source(
            RelationalSource(id: id, name: entry.name, kind: .subquery(inner), range: ByteRange(at: 0))),
          condition: nil, grouping: .none, having: nil, range: ByteRange(at: 0)))
    case .operation(let kind, let all, let left, let right):
      let op: RelationalQuery.CompoundOperator =
        switch (kind, all) {
        case (.union, false): .union
        case (.union, true): .unionAll
        case (.intersect, _): .intersect
        case (.except, _): .except
        }
      return .compound(op, body(left), body(right))
    }
  }

  private mutating func select(_ parts: QueryParts) -> RelationalSelect {
    let (from, condition) = self.from(parts.from, without: nil)
    let grouping: RelationalSelect.Grouping
    if !parts.groupingSets.isEmpty {
      // ROLLUP and CUBE have groups of all rows.
      grouping = .all
    } else if !parts.groupBy.isEmpty {
      let keys = parts.groupBy.compactMap { key in
        parts.targets.first { $0.sortReference == key.reference }?.expression
      }
      grouping = .by(keys.map { expression($0) })
    } else {
      grouping = parts.hasAggregates || parts.having != nil ? .all : .none
    }
    return RelationalSelect(
      duplicates: parts.distinct == .all ? .removed : .kept,
      outputs: parts.targets.filter { !$0.isHidden }.map { expression($0.expression) }, from: from,
      condition: condition, grouping: grouping, having: parts.having.map { expression($0) }, range: ByteRange(at: 0))
  }

  // MARK: FROM

  /// - Parameter target: the range that is written to, which UPDATE and DELETE list among the others.
  mutating func from(
    _ tree: JoinTree?, without target: Int?
  ) -> (from: RelationalFrom?, condition: RelationalExpression?) {
    switch tree {
    case nil: return (nil, nil)
    case .from(let items, let condition)?:
      levels[levels.count - 1].present = condition.map { rangesThatMustBeThere(for: $0) } ?? []
      var from: RelationalFrom?
      for item in items {
        if case .range(target) = item, target != nil { continue }
        let next = join(item)
        from = from.map { .join(.inner, $0, next, condition: nil) } ?? next
      }
      return (from, condition.map { expression($0) })
    case let other?: return (join(other), nil)
    }
  }

  private mutating func join(_ tree: JoinTree) -> RelationalFrom {
    switch tree {
    case .range(let range): return .source(source(ofRange: range))
    case .from:
      let (from, condition) = self.from(tree, without: nil)
      if condition != nil { isWhole = false }
      return from ?? .source(RelationalSource(id: newID(), name: "", kind: .function([]), range: ByteRange(at: 0)))
    case .join(let join):
      let left = self.join(join.left)
      let right = self.join(join.right)
      let kind: RelationalFrom.JoinKind =
        switch join.kind {
        case .inner: .inner
        // WHERE takes away the rows that such a join adds.
        case .left: isPresent(join.right) ? .inner : .left
        case .right: isPresent(join.left) ? .inner : .right
        case .full: isPresent(join.left) && isPresent(join.right) ? .inner : .full
        }
      return .join(kind, left, right, condition: join.condition.map { expression($0) })
    }
  }

  private func isPresent(_ tree: JoinTree) -> Bool {
    levels.last.map { level in tree.ranges.contains(where: level.present.contains) } ?? false
  }

  /// A comparison with a column that is NULL is not true, nor is IS NOT NULL.
  private func rangesThatMustBeThere(for condition: Expression) -> Set<Int> {
    switch condition {
    case .junction(.and, let parts, _):
      return parts.reduce(into: []) { $0.formUnion(rangesThatMustBeThere(for: $1)) }
    case .call(let call) where isComparison(call):
      return Set(call.arguments.compactMap(ownRange))
    case .nullTest(let test) where test.test == .isNotNull && !test.isOfRow:
      return Set([test.argument].compactMap(ownRange))
    default: return []
    }
  }

  private func ownRange(_ expression: Expression) -> Int? {
    switch expression {
    case .variable(let variable):
      variable.levelsUp == 0 && variable.row == .standard && variable.attribute > 0 ? variable.range : nil
    case .conversion(let conversion): ownRange(conversion.argument)
    default: nil
    }
  }

  mutating func source(ofRange range: Int) -> RelationalSource {
    guard let (id, entry) = source(range) else {
      isWhole = false
      return RelationalSource(id: newID(), name: "", kind: .function([]), range: ByteRange(at: 0))
    }
    // What a sample takes is taken before any condition.
    if entry.isSample { isWhole = false }
    let kind: RelationalSource.Kind
    switch entry.kind {
    case .relation(let object, _): kind = relation(object)
    case .subquery(let query): kind = .subquery(self.query(query))
    case .functions(let functions, _): kind = .function(functions.map { expression($0.expression) })
    case .tableFunction(let parts): kind = .function(parts.map { expression($0) })
    case .values(let rows):
      kind = .subquery(
        RelationalQuery(
          commonTables: [], body: .values(rows.map { row in row.map { expression($0) } }), orderBy: [], limit: nil,
          offset: nil, range: ByteRange(at: 0)))
    case .commonTable(let name, let levelsUp, _):
      guard let common = levels.at(levels.count - 1 - levelsUp)?.commons[name] else {
        isWhole = false
        return RelationalSource(id: id, name: name, kind: .function([]), range: ByteRange(at: 0))
      }
      kind = .commonTable(common)
    case .empty: kind = .function([])
    case .join, .group, .unknown:
      isWhole = false
      kind = .function([])
    }
    return RelationalSource(id: id, name: entry.name, kind: kind, range: ByteRange(at: 0))
  }

  private mutating func relation(_ object: ObjectID) -> RelationalSource.Kind {
    guard let relation = catalog.relations[object] else {
      isWhole = false
      return .function([])
    }
    guard relation.kind == .view || relation.kind == .materializedView else {
      return .table(catalog.factName(of: object))
    }
    // Views of the server's own are of its catalogs.
    if relation.schema == "pg_catalog" || relation.schema == "information_schema" { return .table(relation.name) }
    if let known = views[object] { return .view(catalog.factName(of: object), known) }
    guard let definition = analyzer.definition(of: object) else {
      isWhole = false
      return .function([])
    }
    let lowered = insideOfView { $0.query(definition) }
    views[object] = lowered
    return .view(catalog.factName(of: object), lowered)
  }

  /// What `body` lowers sees nothing around it, and has no places.
  mutating func insideOfView(_ body: (inout RelationLowering) -> RelationalQuery) -> RelationalQuery {
    let around = levels
    levels = []
    viewDepth += 1
    defer {
      levels = around
      viewDepth -= 1
    }
    return body(&self)
  }
}

extension PostgreSQLCatalog {
  /// A table's name among the facts: with its schema only where another has its name. A partition is its parent.
  public func factName(of object: ObjectID) -> String {
    let object = root(of: object)
    guard let relation = relations[object] else { return "" }
    let isAmbiguous = relations.contains { id, other in
      id != object && other.name == relation.name && !other.isPartition && other.kind != .sequence
        && other.kind != .compositeType && other.schema != "pg_catalog" && other.schema != "information_schema"
    }
    return isAmbiguous ? relation.schema + "." + relation.name : relation.name
  }

  /// The partitioned table that a partition is of, however deep; any other table itself.
  public func root(of object: ObjectID) -> ObjectID {
    guard relations[object]?.isPartition == true,
      let parent = relations.first(where: { $0.value.children.contains(object) })?.key, parent != object
    else { return object }
    return root(of: parent)
  }

  /// The place of a column among its table's, by its number.
  func columnIndex(_ attribute: Int, of object: ObjectID) -> Int? {
    guard let name = relations[object]?.column(attribute)?.name else { return nil }
    return relations[root(of: object)]?.columns.firstIndex { $0.name == name }
  }
}
