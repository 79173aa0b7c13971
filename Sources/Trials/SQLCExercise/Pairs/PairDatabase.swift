// Two databases of different engines that are filled with the same rows: a row that one of them refuses is in neither.

import SQLCEngine
import SQLCModel

/// A column that both tables have.
struct PairColumn {
  struct Side {
    var name: String
    var type: ValueType
    var typeName: String
  }
  var first: Side
  var second: Side
  /// What its values are.
  var type: ValueType
}

/// A table that both schemas have.
struct PairTable {
  var first: TrialTable
  var second: TrialTable
  /// By name in lower case.
  var columns: [String: PairColumn]
}

/// A row that one engine takes and the other refuses.
public struct RefusedRow: Sendable, Hashable {
  public var table: String
  /// Who refuses it.
  public var engine: String
  public var message: String
  /// Columns and values, in the order of the table.
  public var row: [String]
}

final class PairDatabase<First: TrialDatabase, Second: TrialDatabase>: FillableDatabase {
  let first: First
  let second: Second
  private let engines: (String, String)
  private(set) var pairs: [String: PairTable] = [:]
  /// Tables that both have, and those of one that are made of others.
  private(set) var shared: [TrialTable] = []
  /// Tables that one schema alone has, by engine.
  private(set) var lonely: [String: [String]] = [:]
  private(set) var refusedRows: [RefusedRow] = []
  private var known: Set<String> = []

  init(
    _ first: First, _ second: Second, engines: (String, String), models: (GenerationModel, GenerationModel),
    expectations: (ColumnExpectations, ColumnExpectations)
  ) throws(TrialFailure) {
    self.first = first
    self.second = second
    self.engines = engines
    let mine = try first.tables(expectations.0, only: nil)
    let theirs = try second.tables(expectations.1, only: nil)
    let (one, two) = (ColumnTypes(models.0), ColumnTypes(models.1))
    for table in mine {
      guard table.kind != .derived else {
        shared.append(table)
        continue
      }
      guard let other = theirs.first(where: { $0.key == table.key && $0.kind != .derived }) else {
        lonely[engines.0, default: []].append(table.name)
        continue
      }
      let pair = PairTable(first: table, second: other, one: one, two: two)
      pairs[table.key] = pair
      shared.append(pair.merged)
    }
    for table in theirs where pairs[table.key] == nil {
      if table.kind == .derived { shared.append(table) } else { lonely[engines.1, default: []].append(table.name) }
    }
  }

  var types: any TrialTypes { PairTypes(own: second.types) }

  // MARK: Rows

  func rows(
    of table: String, _ columns: [String], where filter: RowFilter, limit: Int?
  ) throws(TrialFailure) -> [[TrialValue]] {
    guard let pair = pairs[table.lowercased()] else { return [] }
    var own = RowFilter(notNull: filter.notNull.compactMap { pair.columns[$0.lowercased()]?.first.name })
    for (name, value) in filter.equal {
      guard let column = pair.columns[name.lowercased()], let stored = store(value, column)?.first else { return [] }
      own.equal.append((column.first.name, stored))
    }
    let wanted = columns.map { pair.columns[$0.lowercased()] }
    let found = try first.rows(
      of: pair.first.name, wanted.compactMap { $0?.first.name }, where: own, limit: limit)
    return found.map { row in
      var rest = row[...]
      return wanted.map { column in
        guard let column, let value = rest.popFirst() else { return .null }
        return (first.types.portable(value, as: column.first.type) ?? .null).carried
      }
    }
  }

  /// A value as both databases take it.
  private func store(_ value: TrialValue, _ column: PairColumn) -> (first: TrialValue, second: TrialValue)? {
    guard let portable = PortableValue(carried: value, as: column.type),
      let one = first.types.stored(portable, as: column.first.type, named: column.first.typeName),
      let two = second.types.stored(portable, as: column.second.type, named: column.second.typeName)
    else { return nil }
    return (one, two)
  }

  func update(_ column: String, of table: String, to value: TrialValue) throws(TrialFailure) {
    guard let pair = pairs[table.lowercased()], let column = pair.columns[column.lowercased()],
      let stored = store(value, column)
    else { return }
    try first.beginRows()
    do throws(TrialFailure) {
      try first.update(column.first.name, of: pair.first.name, to: stored.first)
      try second.update(column.second.name, of: pair.second.name, to: stored.second)
    } catch {
      if first.isInTransaction { first.rollBackRows() }
      throw error
    }
    try first.commitRows()
  }

  func refresh(_ table: TrialTable) throws(TrialFailure) {
    try? first.refresh(table)
    try? second.refresh(table)
  }

  // MARK: Filling

  var isInTransaction: Bool { first.isInTransaction && second.isInTransaction }

  func beginRows() throws(TrialFailure) {
    try first.beginRows()
    try second.beginRows()
  }

  func commitRows() throws(TrialFailure) {
    // The second engine may refuse here what the first would have let pass.
    try second.commitRows()
    try first.commitRows()
  }

  func rollBackRows() {
    if first.isInTransaction { first.rollBackRows() }
    if second.isInTransaction { second.rollBackRows() }
  }

  func insert(
    _ values: [String: TrialValue], into table: TrialTable
  ) throws(TrialFailure) -> [String: TrialValue] {
    guard let pair = pairs[table.key] else { throw TrialFailure(.schema, "'\(table.name)' is no table of both") }
    var (one, two): ([String: TrialValue], [String: TrialValue]) = ([:], [:])
    for (key, value) in values {
      guard let column = pair.columns[key] else { continue }
      guard let stored = store(value, column) else {
        throw TrialFailure(.constraint(.value(columns: [key])), "no value of both engines was found for '\(key)'")
      }
      one[column.first.name.lowercased()] = stored.first
      two[column.second.name.lowercased()] = stored.second
    }
    try first.beginRows()
    do throws(TrialFailure) {
      _ = try first.insert(one, into: pair.first)
    } catch {
      if first.isInTransaction { first.rollBackRows() }
      if isTaken(two, by: pair.second, unless: error) { note(values, table, engines.0, error) }
      throw error
    }
    do throws(TrialFailure) {
      _ = try second.insert(two, into: pair.second)
    } catch {
      if first.isInTransaction { first.rollBackRows() }
      note(values, table, engines.1, error)
      throw error
    }
    try first.commitRows()
    return [:]
  }

  /// Would the second database take what the first refuses? Asked once for each refusal.
  private func isTaken(_ values: [String: TrialValue], by table: TrialTable, unless failure: TrialFailure) -> Bool {
    guard isNews(table.key, engines.0, failure), (try? second.beginRows()) != nil else { return false }
    defer { if second.isInTransaction { second.rollBackRows() } }
    return (try? second.insert(values, into: table)) != nil
  }

  private func isNews(_ table: String, _ engine: String, _ failure: TrialFailure) -> Bool {
    if failure.cause == .outOfTime { return false }
    // A row is refused on account of those that are there, which both have; a foreign key may wait.
    switch failure.cause {
    case .constraint(.unique), .constraint(.foreignKey): return false
    default: return !known.contains("\(table) \(engine) \(failure.kind)")
    }
  }

  private func note(
    _ values: [String: TrialValue], _ table: TrialTable, _ engine: String, _ failure: TrialFailure
  ) {
    guard isNews(table.key, engine, failure) else { return }
    known.insert("\(table.key) \(engine) \(failure.kind)")
    let row = table.columns.compactMap { column in
      values[column.key].map { "\(column.name) = \(PairTypes(own: second.types).shown($0))" }
    }
    refusedRows.append(RefusedRow(table: table.name, engine: engine, message: failure.message, row: row))
  }

  func evaluate(_ expression: String, over row: [String: TrialValue], of table: TrialTable) -> TrialValue? {
    guard let pair = pairs[table.key] else { return nil }
    let values = stored(row, in: pair)
    return first.evaluate(expression, over: values.first, of: pair.first)
      ?? second.evaluate(expression, over: values.second, of: pair.second)
  }

  /// A row as both databases take it, without values that either has not.
  func stored(
    _ row: [String: TrialValue], in pair: PairTable
  ) -> (first: [String: TrialValue], second: [String: TrialValue]) {
    var (one, two): ([String: TrialValue], [String: TrialValue]) = ([:], [:])
    for (key, value) in row {
      guard let column = pair.columns[key], let stored = store(value, column) else { continue }
      one[column.first.name.lowercased()] = stored.first
      two[column.second.name.lowercased()] = stored.second
    }
    return (one, two)
  }

  func moved(_ value: TrialValue, byDays days: Int64) -> TrialValue? {
    guard case .other(let type, let text) = value, let instant = microseconds(ofInstant: text),
      let moved = CalendarDay(String(text.prefix(10))).map({ CalendarDay(number: $0.number + Int(days)) })
    else { return nil }
    return .other(
      type: type, text: text.utf8.count == 10 ? moved.description : instantText(instant + days * 86_400_000_000))
  }

  func setTriggers(_ state: TriggerState) -> Bool {
    let (one, two) = (first.setTriggers(state), second.setTriggers(state))
    return one && two
  }
}

extension TrialFailure {
  /// Refusals of one kind, whatever the values.
  fileprivate var kind: String { cause == .statement ? message.filter { !$0.isNumber } : "\(cause)" }
}

extension PairTypes {
  /// As messages show it.
  func shown(_ value: TrialValue) -> String {
    switch value {
    case .other(_, let text): PortableValue.text(text).description
    default: (PortableValue(carried: value, as: .any) ?? .null).description
    }
  }
}

// MARK: Tables

/// Types of the columns of a schema, by table and column in lower case.
struct ColumnTypes {
  private var types: [String: [String: (ValueType, String)]] = [:]

  init(_ model: GenerationModel) {
    for table in model.tables where table.kind == .table {
      types[table.name.description.lowercased()] = Dictionary(
        table.columns.map { ($0.name.lowercased(), ($0.type, $0.typeName)) }, uniquingKeysWith: { first, _ in first })
    }
  }

  subscript(table: String, column: TrialTable.Column) -> (ValueType, String) {
    types[table.lowercased()]?[column.key] ?? (.any, column.declaredType)
  }
}

extension PairTable {
  init(first: TrialTable, second: TrialTable, one: ColumnTypes, two: ColumnTypes) {
    self.first = first
    self.second = second
    columns = [:]
    for column in first.columns {
      guard let other = second.column(column.name) else { continue }
      let (mine, theirs) = (one[first.name, column], two[second.name, other])
      columns[column.key] = PairColumn(
        first: .init(name: column.name, type: mine.0, typeName: mine.1),
        second: .init(name: other.name, type: theirs.0, typeName: theirs.1), type: sharedType(mine.0, theirs.0))
    }
  }

  /// What both want of a row.
  var merged: TrialTable {
    var table = first
    table.columns = first.columns.compactMap { column in
      guard let other = second.column(column.name), let shared = columns[column.key] else { return nil }
      var column = column
      column.mayBeNull = column.mayBeNull && other.mayBeNull
      column.isGenerated = column.isGenerated || other.isGenerated
      column.isUnique = column.isUnique || other.isUnique
      // Both get the same number, whatever either would count.
      column.isNumbered = false
      column.kind = valueKind(shared.type)
      column.hints.merge(other.hints)
      return column
    }
    for key in second.foreignKeys where !table.foreignKeys.contains(where: { $0.isSame(as: key) }) {
      if key.columns.allSatisfy({ table.column($0) != nil }) { table.foreignKeys.append(key) }
    }
    let names = Set(table.columns.map(\.key))
    table.foreignKeys.removeAll { key in !key.columns.allSatisfy { names.contains($0.lowercased()) } }
    table.rules.checks += second.rules.checks
    table.rules.guards += second.rules.guards
    table.rules.unique += second.rules.unique
    table.rules.sources.merge(second.rules.sources) { one, _ in one }
    return table
  }
}

extension TrialTable.ForeignKey {
  fileprivate func isSame(as other: Self) -> Bool {
    parent.lowercased() == other.parent.lowercased()
      && columns.map { $0.lowercased() } == other.columns.map { $0.lowercased() }
  }
}
