// Is a FROM clause pinned to one row?
//
// A column is *fixed* when it has one value in all result rows: WHERE or an inner ON equates it with something that is
// fixed. A source is *pinned* when all columns of one of its unique keys are fixed; all its columns are fixed then. This
// goes on until nothing new follows:
//
//     agents a JOIN environments e ON e.id = a.environment_id WHERE a.id = ?
//     a.id fixed → a pinned → a.environment_id fixed → e.id fixed → e pinned → at most one row
//
// ON of an outer join fixes columns of its nullable side only, since rows of the other side stay whatever it says; and
// nothing there is fixed or pinned before the other side is pinned, since until then a row of it may or may not be there.
// Outer joins whose added rows WHERE takes away again count as inner ones. Of a FULL JOIN only WHERE fixes columns.
//
// `=` never matches NULL, so a unique column that may be NULL serves too (SQLite, nulls.html). What does not serve is an
// equality under another collation than the key's, or one that converts text to a number or a number to text: 'a' and 'A', '1'
// and '01', '1' and 1 are different keys that are equal then (SQLite, datatype3.html §4.2 and §7.1). What an expression yields
// anew wherever it is looked at is never fixed (Volatility).

import SQLCSyntaxSQLite

struct Uniqueness {
  /// What a condition may fix, by where it stands.
  struct Reach {
    /// The sources that it may fix columns of; nothing: any.
    var only: Set<SourceID>?
    /// The sources that must be pinned first.
    var after: Set<SourceID> = []

    /// Within a FULL JOIN nothing holds for the rows that it adds.
    static let nowhere = Reach(only: [])

    func inside(_ nullable: Set<SourceID>, preserving preserved: Set<SourceID>) -> Reach {
      Reach(only: only.map { $0.intersection(nullable) } ?? nullable, after: after.union(preserved))
    }
  }

  struct Equality {
    enum Kind {
      /// `=`: neither is NULL.
      case equal
      /// `IS`
      case same
    }
    var left: BoundExpression
    var right: BoundExpression
    var kind: Kind
    var reach: Reach
  }

  private let root: BoundFrom
  private var sources: [SourceID: BoundSource] = [:]
  private var order: [SourceID] = []
  var equalities: [Equality] = []
  var fixed: Set<BoundColumnKey> = []
  /// Columns that have one value in all rows, which may be NULL (`x IS NULL`): enough for GROUP BY, not for a key.
  private var constant: Set<BoundColumnKey> = []
  /// What rows fulfil, for partial indexes.
  var conditions: [(condition: BoundExpression, reach: Reach)] = []
  private var pinned: [SourceID: String] = [:]
  /// For a source on the nullable side of outer joins: the other sides.
  private var preserved: [SourceID: Set<SourceID>] = [:]
  private var hasFullJoin = false
  private let tables: VisibleCommonTables
  private let hasCondition: Bool

  init(_ from: BoundFrom, where condition: BoundExpression?, tables: VisibleCommonTables) {
    root = from
    self.tables = tables
    hasCondition = condition != nil
    collect(from.withoutIdleOuterJoins(where: condition), Reach())
    if let condition { addEqualities(of: condition, Reach()) }
    close()
  }

  /// At most one row when every source is pinned.
  mutating func prove() -> ProvenRowCount {
    if hasFullJoin { return ProvenRowCount(.many, because: "a FULL JOIN keeps unmatched rows of both sides") }
    for id in order where pinned[id] == nil {
      let name = sources[id]?.name ?? ""
      return ProvenRowCount(
        .many, because: "nothing pins '\(name)' to one row: no unique key of it is bound by equality")
    }
    let exactly = !hasCondition && isExactlyOne(root)
    let reasons = order.compactMap { pinned[$0] }
    return ProvenRowCount(exactly ? .exactlyOne : .atMostOne, because: reasons.joined(separator: ", "))
  }

  /// One value for all rows: no column in it that may differ between rows, no function that differs between calls. A column by
  /// itself may differ in ways that its collation takes for the same, as GROUP BY does.
  func isFixed(_ expression: BoundExpression) -> Bool {
    if case .column(let column) = expression.kind { return isOneValue(column) }
    var result = true
    expression.forEachReference { reference in
      switch reference {
      case .column(let column):
        if !isOneValue(column) || !isPinned(column) && traits.traits(of: column)?.isExact != true { result = false }
      case .volatileFunction:
        result = false
      }
    }
    return result
  }

  private func isOneValue(_ column: BoundColumn) -> Bool {
    let key = BoundColumnKey(column)
    return !volatility.isVolatile(column)
      && (isPinned(column) || fixed.contains(key) || constant.contains(key))
  }

  /// A column of an outer query is what it is while this one runs.
  private func isPinned(_ column: BoundColumn) -> Bool {
    sources[column.source] == nil || pinned[column.source] != nil
  }

  var traits: TraitFinder { TraitFinder(source: { sources[$0] }, tables: tables) }

  private var volatility: Volatility { Volatility(source: { sources[$0] }, tables: tables) }

  // MARK: Collecting

  private mutating func collect(_ from: BoundFrom, _ reach: Reach) {
    switch from {
    case .source(let source):
      sources[source.id] = source
      order.append(source.id)
      preserved[source.id] = reach.after
    case .join(let join):
      var leftReach = reach
      var rightReach = reach
      var conditionReach = reach
      switch join.kind {
      case .comma, .inner, .cross: break
      case .left:
        rightReach = reach.inside(join.right.sourceIDs, preserving: join.left.sourceIDs)
        conditionReach = rightReach
      case .right:
        leftReach = reach.inside(join.left.sourceIDs, preserving: join.right.sourceIDs)
        conditionReach = leftReach
      case .full:
        // Each side may be left out whatever the other is: its sources wait for themselves, and are never pinned.
        leftReach = Reach(only: [], after: reach.after.union(join.left.sourceIDs))
        rightReach = Reach(only: [], after: reach.after.union(join.right.sourceIDs))
        conditionReach = .nowhere
        hasFullJoin = true
      }
      collect(join.left, leftReach)
      collect(join.right, rightReach)
      if let condition = join.condition { addEqualities(of: condition, conditionReach) }
    }
  }

  private mutating func addEqualities(of condition: BoundExpression, _ reach: Reach) {
    if case .binary(.and, let left, let right) = condition.kind {
      addEqualities(of: left, reach)
      return addEqualities(of: right, reach)
    }
    conditions.append((condition, reach))
    func add(_ left: BoundExpression, _ right: BoundExpression, _ kind: Equality.Kind) {
      equalities.append(Equality(left: left, right: right, kind: kind, reach: reach))
    }
    switch condition.kind {
    case .binary(.equal, let left, let right):
      if case .row(let lefts) = left.kind, case .row(let rights) = right.kind, lefts.count == rights.count {
        for (l, r) in zip(lefts, rights) { add(l, r, .equal) }
      } else {
        add(left, right, .equal)
      }
    case .binary(.is, let left, let right):
      // `x IS TRUE` is the truth of x.
      if case .boolean = right.kind { return }
      add(left, right, .same)
    case .nullTest(let operand, isNull: true):
      add(operand, BoundExpression(.literal(.null), range: operand.range), .same)
    case .inList(let operand, let list, isNegated: false) where list.count == 1:
      // A slice is one element here and many at run time; parameters are told apart by the caller's statement.
      if case .parameter = list[0].kind { return }
      add(operand, list[0], .equal)
    default: return
    }
  }

  // MARK: Closing

  private mutating func close() {
    var changed = true
    while changed {
      changed = false
      for equality in equalities {
        if fix(equality.left, from: equality.right, equality) { changed = true }
        if fix(equality.right, from: equality.left, equality) { changed = true }
      }
      for id in order where pinned[id] == nil {
        if arePinned(preserved[id] ?? []), let source = sources[id], let reason = reasonToPin(source) {
          pinned[id] = reason
          changed = true
        }
      }
    }
  }

  private mutating func fix(_ target: BoundExpression, from value: BoundExpression, _ equality: Equality) -> Bool {
    guard case .column(let column) = target.kind, sources[column.source] != nil,
      applies(equality.reach, to: column.source),
      pinned[column.source] == nil, !volatility.isVolatile(column), isFixed(value), keepsKeysApart(column, value)
    else { return false }
    switch equality.kind {
    case .equal: return fixed.insert(BoundColumnKey(column)).inserted
    case .same: return constant.insert(BoundColumnKey(column)).inserted
    }
  }

  func applies(_ reach: Reach, to source: SourceID) -> Bool {
    reach.only.map { $0.contains(source) } ?? true && arePinned(reach.after)
  }

  private func arePinned(_ ids: Set<SourceID>) -> Bool { ids.allSatisfy { pinned[$0] != nil } }

  /// See the head of the file: the equality must tell apart whatever the key tells apart. A COLLATE anywhere in the value is
  /// that of the comparison.
  private func keepsKeysApart(_ column: BoundColumn, _ value: BoundExpression) -> Bool {
    let hasCollation = value.contains { if case .collate = $0.kind { true } else { false } }
    if hasCollation { return false }
    let key = traits.traits(of: column)
    guard let other = traits.traits(of: value) else {
      // A column of an outer query: a number is found under whatever it converts.
      switch key?.affinity {
      case .integer?, .real?, .numeric?: return true
      case .text?, .blob?, nil: return false
      }
    }
    switch other.affinity {
    case .integer?, .real?, .numeric?:
      switch key?.affinity {
      case .integer?, .real?, .numeric?: break
      case .text?, .blob?, nil: return false
      }
    case .text?: guard key?.hasAffinity == true || key?.isText == true else { return false }
    case .blob?, nil: break
    }
    guard let collation = other.collation else { return true }
    guard let key else { return false }
    return collation == (key.collation ?? "binary")
  }

  // MARK: Pinning

  private func reasonToPin(_ source: BoundSource) -> String? {
    func isFixed(_ index: Int) -> Bool { fixed.contains(BoundColumnKey(source.id, index)) }
    switch source.kind {
    case .table(let table):
      if isFixed(BoundColumn.rowid) { return "the rowid of '\(source.name)' is bound by equality" }
      if let alias = table.rowidAlias, isFixed(alias) {
        return "the primary key of '\(source.name)' is bound by equality"
      }
      for key in table.uniqueKeys where key.columns.allSatisfy(isFixed) {
        let names = key.columns.map { "'\(table.columns[$0].name)'" }.joined(separator: ", ")
        return "the unique key \(names) of '\(source.name)' is bound by equality"
      }
      for key in table.indexKeys where isBound(key, of: source, table) && covers(key, rowsOf: source, table) {
        let what = key.isPartial ? "unique where '\(key.index)' applies" : "unique by '\(key.index)'"
        let names = key.terms.map { text(of: $0, table) }.joined(separator: ", ")
        return "\(names) of '\(source.name)', \(what), is bound by equality"
      }
      return nil
    case .view(_, let query), .subquery(let query):
      return pin(query, as: source, isFixed)
    case .commonTable(let id):
      guard let table = tables[id], !table.isRecursive else { return nil }
      return pin(table.query, as: source, isFixed)
    case .tableFunction:
      return nil
    case .excluded, .triggerRow:
      return "'\(source.name)' is one row"
    }
  }

  private func pin(_ query: BoundQuery, as source: BoundSource, _ isFixed: (Int) -> Bool) -> String? {
    let rows = tables.rows(of: query, source.proofKey)
    if rows.isAtMostOne { return "'\(source.name)' has at most one row" }
    for key in tables.keys(of: query, source.proofKey) where key.allSatisfy(isFixed) {
      let names = key.map { "'\(query.columnNames[$0])'" }.joined(separator: ", ")
      return "\(names), unique in '\(source.name)', bound by equality"
    }
    return nil
  }

  private func isExactlyOne(_ from: BoundFrom) -> Bool {
    switch from {
    case .source(let source):
      switch source.kind {
      case .view(_, let query), .subquery(let query):
        return tables.rows(of: query, source.proofKey).bound == .exactlyOne
      case .commonTable(let id):
        guard let table = tables[id], !table.isRecursive else { return false }
        return tables.rows(of: table.query, source.proofKey).bound == .exactlyOne
      case .table, .tableFunction, .excluded, .triggerRow: return false
      }
    case .join(let join):
      switch join.kind {
      case .comma, .inner, .cross:
        return join.condition == nil && isExactlyOne(join.left) && isExactlyOne(join.right)
      case .left: return isExactlyOne(join.left)
      case .right: return isExactlyOne(join.right)
      case .full: return false
      }
    }
  }

  /// For `outputKeys`: are all sources pinned once the columns of `source` are taken as fixed?
  func isPinned(byFixing source: SourceID) -> Bool {
    var copy = self
    copy.pinned[source] = ""
    copy.close()
    return !hasFullJoin && order.allSatisfy { copy.pinned[$0] != nil }
  }

  var tableSources: [BoundSource] { order.compactMap { sources[$0] } }

  var isFullJoin: Bool { hasFullJoin }

  /// The first of `wanted` that may have several rows when each of `given` is one; with the reasons for those that have not.
  func unpinned(among wanted: [SourceID], given: Set<SourceID>) -> (source: SourceID?, reasons: [String]) {
    var copy = self
    for source in given { copy.pinned[source] = "" }
    copy.close()
    let reasons = wanted.compactMap { copy.pinned[$0] }.filter { !$0.isEmpty }
    return (wanted.first { copy.pinned[$0] == nil }, reasons)
  }

  /// Sets of a source's columns that no two of its rows share, NULLs left aside.
  func keys(of source: BoundSource) -> [[Int]] {
    switch source.kind {
    case .table(let table), .excluded(let table), .triggerRow(let table):
      return (table.rowidAlias.map { [[$0]] } ?? []) + table.uniqueKeys.map(\.columns)
    case .view(_, let query), .subquery(let query): return tables.keys(of: query, source.proofKey)
    case .commonTable(let id):
      return tables[id].map { $0.isRecursive ? [] : tables.keys(of: $0.query, source.proofKey) } ?? []
    case .tableFunction: return []
    }
  }
}

/// A column of a source, without its name.
struct BoundColumnKey: Hashable {
  var source: SourceID
  var index: Int
  init(_ source: SourceID, _ index: Int) {
    self.source = source
    self.index = index
  }
  init(_ column: BoundColumn) { self.init(column.source, column.index) }
}
