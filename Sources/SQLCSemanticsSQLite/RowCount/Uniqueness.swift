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
//
// `=` never matches NULL, so a unique column that may be NULL serves too (SQLite, nulls.html). What does not serve is an
// equality under another collation than the key's, or one that converts text to a number: 'a' and 'A', '1' and '01' are
// different keys that are equal then (SQLite, datatype3.html §4.2 and §7.1).

import SQLCSyntaxSQLite

struct Uniqueness {
  /// What a condition may fix, by where it stands.
  private struct Reach {
    /// The sources that it may fix columns of; nothing: any.
    var only: Set<SourceID>?
    /// The sources that must be pinned first.
    var after: Set<SourceID> = []

    func inside(_ nullable: Set<SourceID>, preserving preserved: Set<SourceID>) -> Reach {
      Reach(only: only.map { $0.intersection(nullable) } ?? nullable, after: after.union(preserved))
    }
  }

  private struct Equality {
    var left: BoundExpression
    var right: BoundExpression
    var reach: Reach
  }

  private let root: BoundFrom
  private var sources: [SourceID: BoundSource] = [:]
  private var order: [SourceID] = []
  private var equalities: [Equality] = []
  private var fixed: Set<BoundColumnKey> = []
  /// What every row that comes out fulfils, for partial indexes.
  private var conditions: [SourceID: Set<PartialCondition>] = [:]
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
    collect(from, Reach())
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

  /// One value for all rows: no column in it that may differ between rows, no function that differs between calls.
  func isFixed(_ expression: BoundExpression) -> Bool {
    var result = true
    expression.forEachReference { reference in
      switch reference {
      case .column(let column):
        if sources[column.source] != nil, pinned[column.source] == nil, !fixed.contains(BoundColumnKey(column)) {
          result = false
        }
      case .volatileFunction:
        result = false
      }
    }
    return result
  }

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
        rightReach = reach.inside(ids(in: join.right), preserving: ids(in: join.left))
        conditionReach = rightReach
      case .right:
        leftReach = reach.inside(ids(in: join.left), preserving: ids(in: join.right))
        conditionReach = leftReach
      case .full:
        conditionReach = Reach(only: [])
        hasFullJoin = true
      }
      collect(join.left, leftReach)
      collect(join.right, rightReach)
      if let condition = join.condition { addEqualities(of: condition, conditionReach) }
    }
  }

  private func ids(in from: BoundFrom) -> Set<SourceID> {
    switch from {
    case .source(let source): [source.id]
    case .join(let join): ids(in: join.left).union(ids(in: join.right))
    }
  }

  private mutating func addEqualities(of condition: BoundExpression, _ reach: Reach) {
    switch condition.kind {
    case .binary(.and, let left, let right):
      addEqualities(of: left, reach)
      addEqualities(of: right, reach)
    case .binary(.equal, let left, let right):
      note(condition, reach)
      if case .row(let lefts) = left.kind, case .row(let rights) = right.kind, lefts.count == rights.count {
        for (l, r) in zip(lefts, rights) { equalities.append(Equality(left: l, right: r, reach: reach)) }
      } else {
        equalities.append(Equality(left: left, right: right, reach: reach))
      }
    case .inList(let operand, let list, isNegated: false) where list.count == 1:
      // A slice is one element here and many at run time; parameters are told apart by the caller's statement.
      if case .parameter = list[0].kind { return }
      equalities.append(Equality(left: operand, right: list[0], reach: reach))
    default:
      note(condition, reach)
    }
  }

  /// Keeps a condition that a partial index may be about. Conditions of outer joins do not hold for every row.
  private mutating func note(_ condition: BoundExpression, _ reach: Reach) {
    guard reach.only == nil, reach.after.isEmpty else { return }
    func add(_ operand: BoundExpression, _ make: (Int) -> PartialCondition) {
      guard case .column(let column) = operand.kind else { return }
      conditions[column.source, default: []].formUnion(make(column.index).implied)
    }
    switch condition.kind {
    case .nullTest(let operand, let isNull): add(operand) { isNull ? .isNull($0) : .isNotNull($0) }
    case .binary(let op, let left, let right):
      guard case .literal(let literal) = right.kind else { return }
      switch (op, literal) {
      case (.is, .null): add(left) { .isNull($0) }
      case (.isNot, .null): add(left) { .isNotNull($0) }
      case (.equal, let value), (.is, let value):
        if let key = literalKey(value) { add(left) { .equals($0, key) } }
      default: return
      }
    case .unary(.not, let operand): add(operand) { .isFalse($0) }
    case .column: add(condition) { .isTrue($0) }
    default: return
    }
  }

  // MARK: Closing

  private mutating func close() {
    var changed = true
    while changed {
      changed = false
      for equality in equalities {
        if fix(equality.left, from: equality.right, equality.reach) { changed = true }
        if fix(equality.right, from: equality.left, equality.reach) { changed = true }
      }
      for id in order where pinned[id] == nil {
        if arePinned(preserved[id] ?? []), let source = sources[id], let reason = reasonToPin(source) {
          pinned[id] = reason
          changed = true
        }
      }
    }
  }

  private mutating func fix(_ target: BoundExpression, from value: BoundExpression, _ reach: Reach) -> Bool {
    guard case .column(let column) = target.kind, let source = sources[column.source],
      reach.only.map({ $0.contains(column.source) }) ?? true, arePinned(reach.after), pinned[column.source] == nil,
      !fixed.contains(BoundColumnKey(column)), isFixed(value), keepsKeysApart(source, column, value)
    else { return false }
    fixed.insert(BoundColumnKey(column))
    return true
  }

  private func arePinned(_ ids: Set<SourceID>) -> Bool { ids.allSatisfy { pinned[$0] != nil } }

  /// See the head of the file: the equality must tell apart whatever the key tells apart.
  private func keepsKeysApart(_ source: BoundSource, _ column: BoundColumn, _ value: BoundExpression) -> Bool {
    if case .collate = value.kind { return false }
    guard case .table(let table) = source.kind, table.columns.indices.contains(column.index) else { return true }
    let key = table.columns[column.index]
    let other = comparison(of: value)
    if let other {
      switch (key.affinity, other.affinity) {
      case (.text, .integer), (.text, .real), (.text, .numeric), (.blob, .integer), (.blob, .real), (.blob, .numeric):
        return false
      default: break
      }
      if let collation = other.collation, collation != (key.collation ?? "binary") { return false }
    }
    return true
  }

  /// Affinity and collation that a value brings into a comparison; literals and parameters bring none.
  private func comparison(of value: BoundExpression) -> (affinity: Affinity, collation: String?)? {
    switch value.kind {
    case .column(let column):
      guard let source = sources[column.source], case .table(let table) = source.kind,
        table.columns.indices.contains(column.index)
      else { return (.integer, nil) }
      let definition = table.columns[column.index]
      return (definition.affinity, definition.collation ?? "binary")
    case .cast(_, let type):
      return (Affinity(declaredType: type.text), nil)
    default:
      return nil
    }
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
      for key in table.partialKeys
      where key.columns.allSatisfy(isFixed) && key.conditions.isSubset(of: conditions[source.id] ?? []) {
        let names = key.columns.map { "'\(table.columns[$0].name)'" }.joined(separator: ", ")
        return "\(names) of '\(source.name)', unique where '\(key.index)' applies, is bound by equality"
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
