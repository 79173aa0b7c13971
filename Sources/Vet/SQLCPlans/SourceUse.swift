// What a statement asks of each table that it reads: by which columns its rows are found, and in which order they are wanted.

public import SQLCFacts

/// One occurrence of a table in a statement.
public struct SourceUse: Sendable {
  /// Where the value comes from that a column is compared with.
  public enum Partner: Int, Sendable, Hashable, Comparable {
    /// A parameter, or a value of some.
    case given
    /// A column of a query around.
    case outer
    /// A column of another source of the same FROM.
    case joined
    case constant
    /// NULL or a truth value, which many rows have.
    case flag
    /// One of several values.
    case list

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  public struct Equality: Sendable, Hashable {
    public var column: Int
    public var partner: Partner
    /// The source of a joined column.
    public var other: Int?
  }

  /// A function of columns of this source that is compared for equality.
  public struct Call: Sendable, Hashable {
    public enum Argument: Sendable, Hashable {
      case column(Int)
      /// A literal, as written.
      case constant(String)
    }

    public var function: String
    public var arguments: [Argument]
  }

  /// A test that says the same whatever is given: what a partial index can be restricted to.
  public enum Flag: Sendable, Hashable {
    case isNull(Int)
    case isNotNull(Int)
    case isTrue(Int)
    case isFalse(Int)
    case equals(Int, constant: String)
    case differs(Int, constant: String)

    public var column: Int {
      switch self {
      case .isNull(let column), .isNotNull(let column), .isTrue(let column), .isFalse(let column),
        .equals(let column, _), .differs(let column, _):
        column
      }
    }
  }

  public var id: Int
  public var name: String
  public var table: String
  public internal(set) var calls: [Call] = []
  public internal(set) var flags: [Flag] = []
  public internal(set) var equalities: [Equality] = []
  /// Columns that a comparison gives a bound.
  public internal(set) var ranges: [Int] = []
  /// The columns of a comparison of rows, `(a, b) < (x, y)`.
  public internal(set) var rowRanges: [[Int]] = []
  /// The columns that the result, or a group, is in the order of.
  public internal(set) var orders: [[Int]] = []
  /// For each branch of an OR that is all about this source, the columns that find its rows.
  public internal(set) var branches: [[Int]] = []
  /// A condition takes rows away: one on this source alone, and more than a flag.
  public internal(set) var isRestricted = false
}

/// Collects the uses of a statement; those in views, common tables and subqueries included.
public struct SourceUses: Sendable {
  public private(set) var uses: [Int: SourceUse] = [:]
  /// The names by which the statement calls what it reads, in lower case, and the tables that they can be; an empty one stands for
  /// what is no table.
  public private(set) var names: [String: Set<String>] = [:]
  /// The outermost query ends after so many rows.
  public private(set) var isLimited = false

  public init(_ statement: RelationalStatement) {
    switch statement.body {
    case .query(let query):
      isLimited = query.limit != nil
      visit(query)
    case .insert(let insert):
      visit(insert.commonTables)
      note(insert.target)
      if let source = insert.source { visit(source) }
      for upsert in insert.upserts {
        guard case .update(let assignments, let condition) = upsert.action else { continue }
        visit(assignments.map(\.value) + [condition].compactMap(\.self))
      }
      visit(insert.returning)
    case .update(let update):
      visit(update.commonTables)
      note(update.target)
      var block = [update.target.id] as Set<Int>
      if let from = update.from { block.formUnion(visit(from)) }
      take(update.condition, block)
      update.from.map { joinConditions(of: $0, block) }
      visit(update.assignments.map(\.value) + update.returning)
    case .delete(let delete):
      visit(delete.commonTables)
      note(delete.target)
      take(delete.condition, [delete.target.id])
      visit(delete.returning)
    case .other: break
    }
  }

  // MARK: Queries

  private mutating func visit(_ tables: [RelationalCommonTable]) { for table in tables { visit(table.query) } }

  private mutating func visit(_ query: RelationalQuery) {
    visit(query.commonTables)
    visit(query.body)
    visit(query.orderBy)
    if case .select = query.body { order(query.orderBy) }
  }

  private mutating func visit(_ body: RelationalQuery.Body) {
    switch body {
    case .values(let rows): for row in rows { visit(row) }
    case .compound(_, let left, let right):
      visit(left)
      visit(right)
    case .select(let select):
      let block = select.from.map { visit($0) } ?? []
      take(select.condition, block)
      select.from.map { joinConditions(of: $0, block) }
      visit(select.outputs + [select.having].compactMap(\.self))
      if case .by(let terms) = select.grouping {
        visit(terms)
        order(terms)
      } else if select.duplicates == .removed {
        order(select.outputs)
      }
    }
  }

  /// - Returns: the ids of the sources.
  private mutating func visit(_ from: RelationalFrom) -> Set<Int> {
    switch from {
    case .source(let source):
      note(source)
      return [source.id]
    case .join(_, let left, let right, condition: _): return visit(left).union(visit(right))
    }
  }

  private mutating func note(_ source: RelationalSource) {
    var table = ""
    switch source.kind {
    case .table(let name):
      table = name
      uses[source.id] = uses[source.id] ?? SourceUse(id: source.id, name: source.name, table: name)
    case .view(_, let query), .subquery(let query): visit(query)
    case .function(let arguments): visit(arguments)
    case .commonTable, .row: break
    }
    names[source.name.lowercased(), default: []].insert(table)
  }

  private mutating func joinConditions(of from: RelationalFrom, _ block: Set<Int>) {
    guard case .join(let kind, let left, let right, let condition) = from else { return }
    if kind == .left, let condition {
      // What is said of the left side alone takes none of its rows away.
      let far = right.ids
      for conjunct in condition.conjuncts {
        let touched = conjunct.sources.intersection(block)
        if touched.isEmpty || !touched.isDisjoint(with: far) { take(conjunct, block) } else { visit([conjunct]) }
      }
    } else {
      take(condition, block)
    }
    joinConditions(of: left, block)
    joinConditions(of: right, block)
  }

  // MARK: Order

  /// Where all terms are columns of one source, it can give its rows in this order.
  private mutating func order(_ terms: [RelationalExpression]) {
    var columns: [Int] = []
    var source: Int?
    for term in terms {
      guard case .column(let column) = term.kind, source == nil || source == column.source else { return }
      source = column.source
      columns.append(column.index)
    }
    if let source, uses[source]?.orders.contains(columns) == false { uses[source]?.orders.append(columns) }
  }

  // MARK: Conditions

  private mutating func visit(_ expressions: [RelationalExpression]) {
    for expression in expressions {
      for part in expression.flattened { if let query = part.query { visit(query) } }
    }
  }

  /// - Parameter block: the sources of the FROM that the condition is over.
  private mutating func take(_ condition: RelationalExpression?, _ block: Set<Int>) {
    guard let condition else { return }
    visit([condition])
    for conjunct in condition.conjuncts {
      let touched = conjunct.sources.intersection(block)
      let found = finds(of: conjunct, block)
      if touched.count == 1, let only = touched.first, !conjunct.isFlag { uses[only]?.isRestricted = true }
      for (source, find) in found { add(find, to: source) }
      if let (source, flag) = conjunct.flag, uses[source]?.flags.contains(flag) == false {
        uses[source]?.flags.append(flag)
      }
      guard case .any(let parts) = conjunct.kind, touched.count == 1, let only = touched.first else { continue }
      let branches = parts.flatMap(\.alternatives).map { branch in
        branch.conjuncts.flatMap { finds(of: $0, block) }.filter { $0.source == only }.flatMap { found -> [Int] in
          if case .equality(let equality) = found.find { [equality.column] } else { [] }
        }
      }
      if branches.allSatisfy({ !$0.isEmpty }) { uses[only]?.branches += branches }
    }
  }

  private enum Find {
    case equality(SourceUse.Equality)
    case call(SourceUse.Call)
    case range(Int)
    case rowRange([Int])
  }

  private mutating func add(_ find: Find, to source: Int) {
    switch find {
    case .equality(let equality):
      if uses[source]?.equalities.contains(where: { $0.column == equality.column }) == false {
        uses[source]?.equalities.append(equality)
      }
    case .call(let call):
      if uses[source]?.calls.contains(call) == false { uses[source]?.calls.append(call) }
    case .range(let column):
      if uses[source]?.ranges.contains(column) == false { uses[source]?.ranges.append(column) }
    case .rowRange(let columns): uses[source]?.rowRanges.append(columns)
    }
  }

  /// The columns by whose index a conjunct finds rows.
  private func finds(of conjunct: RelationalExpression, _ block: Set<Int>) -> [(source: Int, find: Find)] {
    func column(_ expression: RelationalExpression) -> RelationColumn? {
      if case .column(let column) = expression.kind, block.contains(column.source) { column } else { nil }
    }
    func partner(_ expression: RelationalExpression, of source: Int) -> (SourceUse.Partner, Int?)? {
      let others = expression.sources.intersection(block)
      if others.contains(source) { return nil }
      if let other = others.first { return (.joined, other) }
      if case .constant(let text) = expression.kind, truthValues.contains(text.uppercased()) { return (.flag, nil) }
      if !expression.sources.isEmpty { return (.outer, nil) }
      return expression.isConstant ? (.constant, nil) : (.given, nil)
    }
    func sides(
      _ left: RelationalExpression, _ right: RelationalExpression,
      _ make: (RelationColumn, SourceUse.Partner, Int?) -> Find
    ) -> [(source: Int, find: Find)] {
      [(left, right), (right, left)].compactMap { own, other in
        guard let column = column(own), let (partner, source) = partner(other, of: column.source) else { return nil }
        return (column.source, make(column, partner, source))
      }
    }
    switch conjunct.kind {
    case .compare(.equal, let left, let right, _), .compare(.same, let left, let right, _):
      return sides(left, right) { .equality(SourceUse.Equality(column: $0.index, partner: $1, other: $2)) }
        + [(left, right), (right, left)].compactMap { own, other in
          guard let (source, call) = own.indexableCall, block.contains(source), partner(other, of: source) != nil
          else { return nil }
          return (source, .call(call))
        }
    case .compare(.less, let left, let right, _), .compare(.lessOrEqual, let left, let right, _),
      .compare(.greater, let left, let right, _), .compare(.greaterOrEqual, let left, let right, _):
      if case .row(let parts) = left.kind {
        let columns = parts.compactMap(column)
        guard let first = columns.first, columns.count == parts.count,
          columns.allSatisfy({ $0.source == first.source })
        else { return [] }
        return [(first.source, .rowRange(columns.map(\.index)))]
      }
      return sides(left, right) { column, _, _ in .range(column.index) }
    case .between(let operand, let low, let high, isNegated: false):
      guard let column = column(operand), partner(low, of: column.source) != nil,
        partner(high, of: column.source) != nil
      else { return [] }
      return [(column.source, .range(column.index))]
    case .isNull(let operand):
      guard let column = column(operand) else { return [] }
      return [(column.source, .equality(SourceUse.Equality(column: column.index, partner: .flag)))]
    case .inList(let operand, _, isNegated: false, _), .inQuery(let operand, _, isNegated: false, _):
      guard let column = column(operand) else { return [] }
      return [(column.source, .equality(SourceUse.Equality(column: column.index, partner: .list)))]
    default: return []
    }
  }
}
