// The indexes that may help a use of a table: equalities first, then a bound or the order. Which of them do is the engine's word.

import SQLCEngine
import SQLCFacts

struct IndexCandidates {
  let table: TableFact
  let existing: [IndexFact]
  /// Columns that come first where they are compared: those that say whose a row is.
  let leading: Set<String>
  let naming: IndexNaming
  let joins: JoinMethod

  /// Columns that an index finds rows by, at most, and those that order them.
  private static let mostEqualities = 3
  private static let mostOrders = 3

  /// - Parameter isLimited: the statement gives a few of its rows, so that their order can spare it the others.
  func candidates(for use: SourceUse, isLimited: Bool) -> [ProposedIndex] {
    guard !isFoundByKey(use, by: [.given, .constant]) else { return [] }
    // A row of a subquery that a key finds for each row around it; who joins by hashing may begin with the subquery.
    let isFoundForOuter = isFoundByKey(use, by: [.given, .outer, .constant])
    if joins == .nested, isFoundForOuter { return [] }
    let local = use.equalities.filter { $0.partner != .joined && $0.partner != .list }
    let joined = use.equalities.filter { $0.partner == .joined }
    let lists = use.equalities.filter { $0.partner == .list }.map(\.column)
    let prefixes = [
      arranged(local), arranged(joined + local), arranged(joined), arranged(local) + lists, lists,
      isFoundForOuter ? arranged(local.filter { $0.partner != .outer }) : [],
    ]
    var found: [[ProposedIndex.Term]] = []
    for prefix in prefixes.map({ Array($0.prefix(Self.mostEqualities)) }) {
      // By flags alone an index finds too many rows to be worth its keep.
      let isWeak = prefix.allSatisfy { column in isFlag(column, use) }
      if !isWeak { found.append(ascending(prefix)) }
      if !isWeak || isLimited { for order in use.orders { found += ordered(prefix, order) } }
      for range in use.ranges + use.rowRanges.compactMap(\.first) where !prefix.contains(range) {
        found.append(ascending(prefix + [range]))
      }
      for columns in use.rowRanges { found.append(ascending(prefix + columns.filter { !prefix.contains($0) })) }
    }
    for call in use.calls {
      guard let term = term(of: call) else { continue }
      let columns = ascending(Array(arranged(local).prefix(Self.mostEqualities)))
      for prefix in columns.isEmpty ? [[term]] : [[term], columns + [term]] {
        found.append(prefix)
        for order in use.orders { found += ordered([], order).map { prefix + $0 } }
      }
    }
    var seen: Set<ProposedIndex> = []
    let whole = found.map(withoutRowKey).filter { !$0.isEmpty && !isServed($0) }.map { index($0) }
    return (whole + partial(use, local + joined, isLimited: isLimited)).filter { seen.insert($0).inserted }
  }

  /// Indexes of the rows that fulfil what the statement says of them whatever it is given: by all that is not said so.
  private func partial(
    _ use: SourceUse, _ equalities: [SourceUse.Equality], isLimited: Bool
  ) -> [ProposedIndex] {
    let conditions = use.flags.compactMap(condition)
    guard !conditions.isEmpty, conditions.count == use.flags.count else { return [] }
    let said = Set(use.flags.map(\.column))
    let others = equalities.filter { !said.contains($0.column) }
    var found: [[ProposedIndex.Term]] = []
    for prefix in [arranged(others.filter { $0.partner != .joined }), arranged(others)] {
      let prefix = Array(prefix.prefix(Self.mostEqualities))
      if !prefix.isEmpty { found.append(ascending(prefix)) }
      // What is found by the condition alone is worth an index where a few of the rows are wanted, in an order.
      if !prefix.isEmpty || isLimited { for order in use.orders { found += ordered(prefix, order) } }
      for range in use.ranges where !prefix.contains(range) && !said.contains(range) {
        found.append(ascending(prefix + [range]))
      }
    }
    return found.map(withoutRowKey).filter { !$0.isEmpty && !isServed($0) }.map { index($0, conditions) }
  }

  private func condition(_ flag: SourceUse.Flag) -> ProposedIndex.Condition? {
    guard isColumn(flag.column) else { return nil }
    let name = table.columns[flag.column].name
    return switch flag {
    case .isNull: .isNull(name)
    case .isNotNull: .isNotNull(name)
    case .isTrue: .isTrue(name)
    case .isFalse: .isFalse(name)
    case .equals(_, let constant): .equals(name, constant: constant)
    case .differs(_, let constant): .differs(name, constant: constant)
    }
  }

  private func term(of call: SourceUse.Call) -> ProposedIndex.Term? {
    var arguments: [ProposedIndex.Argument] = []
    for argument in call.arguments {
      switch argument {
      case .column(let column):
        guard isColumn(column) else { return nil }
        arguments.append(.column(table.columns[column].name))
      case .constant(let text): arguments.append(.constant(text))
      }
    }
    return ProposedIndex.Term(.call(function: call.function, arguments))
  }

  /// One index for each branch of an OR.
  func branches(of use: SourceUse) -> [ProposedIndex] {
    var seen: Set<[ProposedIndex.Term]> = []
    return use.branches.map { withoutRowKey(ascending(Array($0.prefix(Self.mostEqualities)))) }
      .filter { !$0.isEmpty && seen.insert($0).inserted && !isServed($0) }.map { index($0) }
  }

  func index(_ terms: [ProposedIndex.Term], _ conditions: [ProposedIndex.Condition] = []) -> ProposedIndex {
    ProposedIndex(
      name: naming.name(table.name, terms.map(\.label)), table: table.name, terms: terms, conditions: conditions)
  }

  // MARK: Columns

  /// A key finds the row already.
  private func isFoundByKey(_ use: SourceUse, by partners: Set<SourceUse.Partner>) -> Bool {
    let given = Set(use.equalities.filter { partners.contains($0.partner) }.map(\.column))
    return table.keys.contains { !$0.columns.isEmpty && given.isSuperset(of: $0.columns) }
  }

  /// Whose row it is, what a caller gives, what joins, what is always the same; within these, in the order of an index that is
  /// there, which can then be widened.
  private func arranged(_ equalities: [SourceUse.Equality]) -> [Int] {
    let columns = equalities.sorted { left, right in
      let (first, second) = (isLeading(left.column), isLeading(right.column))
      return first != second ? first : left.partner < right.partner
    }.map(\.column).filter(isColumn)
    var known: [Int] = []
    for index in existing where index.method == .ordered && index.reach == .allRows {
      let places = index.terms.compactMap { $0.column.flatMap(place) }
      guard places.count == index.terms.count, places.count > known.count else { continue }
      if places.allSatisfy(columns.contains) { known = places }
    }
    return known + columns.filter { !known.contains($0) }
  }

  /// Stable, since `sorted` is.
  private func isLeading(_ column: Int) -> Bool {
    isColumn(column) && leading.contains(table.columns[column].name.lowercased())
  }

  private func isFlag(_ column: Int, _ use: SourceUse) -> Bool {
    if use.equalities.contains(where: { $0.column == column && $0.partner == .flag }) { return true }
    guard isColumn(column) else { return false }
    let fact = table.columns[column]
    return 1...2 ~= fact.allowedValues.count || fact.declaredType?.uppercased().hasPrefix("BOOL") == true
  }

  private func isColumn(_ column: Int) -> Bool { table.columns.indices.contains(column) }

  private func place(_ name: String) -> Int? {
    table.columns.firstIndex { $0.name.lowercased() == name.lowercased() }
  }

  private func ascending(_ columns: [Int]) -> [ProposedIndex.Term] {
    columns.filter(isColumn).map { ProposedIndex.Term(table.columns[$0].name) }
  }

  /// The order behind the prefix, in each combination of directions that is not another one backwards.
  private func ordered(_ prefix: [Int], _ order: [Int]) -> [[ProposedIndex.Term]] {
    let rest = order.filter { !prefix.contains($0) && $0 != RelationColumn.rowKey && isColumn($0) }
    guard !rest.isEmpty, rest.count <= Self.mostOrders else { return [] }
    return (0..<(1 << (rest.count - 1))).map { pattern in
      ascending(prefix)
        + rest.enumerated().map { place, column in
          let isDescending = place > 0 && pattern & (1 << (place - 1)) != 0
          return ProposedIndex.Term(table.columns[column].name, isDescending ? .descending : .ascending)
        }
    }
  }

  /// The number of a row stands at the end of each entry by itself, ascending; by it alone the table is found.
  private func withoutRowKey(_ terms: [ProposedIndex.Term]) -> [ProposedIndex.Term] {
    guard case .column(let key) = table.rowKey, isColumn(key) else { return terms }
    let name = table.columns[key].name
    if terms.first?.column == name { return [] }
    return terms.last == ProposedIndex.Term(name) ? Array(terms.dropLast()) : terms
  }

  /// An index or a key that is there begins with these columns.
  private func isServed(_ terms: [ProposedIndex.Term]) -> Bool {
    let columns = terms.map { $0.column?.lowercased() }
    let isPlain = terms.allSatisfy { $0.direction == .ascending && $0.column != nil }
    return existing.contains { index in
      index.method == .ordered && index.reach == .allRows && isPlain && index.terms.allSatisfy { $0.isPlain }
        && index.terms.prefix(columns.count).map { $0.column?.lowercased() } == columns
    }
      || isPlain
        && table.keys.contains {
          $0.columns.prefix(columns.count).map { table.columns[$0].name.lowercased() } == columns
        }
  }
}

extension IndexFact.Term {
  /// A column, ascending, by its own collation.
  var isPlain: Bool { column.map { text.lowercased().filter { !"\"`[]".contains($0) } == $0.lowercased() } ?? false }
}

/// Names of indexes, as a team writes them: `idx_{table}_{columns}`.
public struct IndexNaming: Sendable {
  private let pattern: String
  private let taken: Set<String>

  public init(pattern: String, taken: Set<String>) {
    self.pattern = pattern
    self.taken = taken
  }

  func name(_ table: String, _ columns: [String]) -> String {
    let name = pattern.replacing("{table}", with: table).replacing("{columns}", with: columns.joined(separator: "_"))
    var number = 1
    var result = name
    while taken.contains(result.lowercased()) {
      number += 1
      result = "\(name)_\(number)"
    }
    return result
  }
}
