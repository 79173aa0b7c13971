// Arguments for a query: values that rows have, values that none has, NULL where it may stand, lists of every length.

import SQLCEngine
import SQLCModel

/// The values of each parameter: one, or those of a slice.
struct Arguments {
  /// By index; element 0 belongs to parameter 1.
  var values: [[TrialValue]]
}

extension QueryModel {
  /// The values of a field of a list of rows go together, as one array.
  func sendsArray(of parameter: ParameterModel) -> Bool {
    parameter.rowList != nil && sql.contains(.parameter(parameter.index))
  }
}

struct ArgumentMaker<Database: FillableDatabase> {
  let database: Database
  let tables: [TrialTable]
  let enumerations: [EnumerationModel.ID: [String]]
  var maker: ValueMaker
  /// One row of each table, so that the conditions of a query can hold together. Renewed for each attempt.
  private var focus: [String: [String: TrialValue]] = [:]

  init(database: Database, tables: [TrialTable], enumerations: [EnumerationModel], maker: ValueMaker) {
    self.database = database
    self.tables = tables
    self.enumerations = Dictionary(uniqueKeysWithValues: enumerations.map { ($0.id, $0.values) })
    self.maker = maker
  }

  mutating func arguments(for query: QueryModel) -> Arguments {
    focus = [:]
    // Either mostly what is there, or mostly what is not: the first finds rows, the second makes them.
    let existingPercentage = maker.random.chance(50) ? 90 : 35
    // The fields of one list of rows have as many values as it has rows.
    var counts: [String: Int] = [:]
    return Arguments(
      values: query.parameters.map { parameter in
        let list = parameter.rowList?.list
        let count =
          list.flatMap { counts[$0] }
          ?? (parameter.isSlice ? ([0, 1, 2, 7].randomElement(using: &maker.random) ?? 1) : 1)
        if let list { counts[list] = count }
        let values = (0..<count).map { _ in value(for: parameter, existingPercentage) }
        guard query.sendsArray(of: parameter) else { return values }
        return [maker.types.list(of: values, for: .array(of: parameter.type, .possible)) ?? .null]
      })
  }

  private mutating func value(for parameter: ParameterModel, _ existingPercentage: Int) -> TrialValue {
    if parameter.nullability.isOptional, maker.random.chance(30) { return .null }
    let table = parameter.origin.flatMap { origin in
      tables.first { $0.key == origin.table.description.lowercased() }
    }
    let column = parameter.origin.flatMap { table?.column($0.column) }
    if let list = existingList(parameter, column, table), maker.random.chance(existingPercentage) { return list }
    // A view's column.
    if table == nil, let origin = parameter.origin, maker.random.chance(existingPercentage),
      let value = shownValue(of: origin)
    {
      return value
    }
    if let table, let column {
      if let parent = foreignValue(of: column, in: table), maker.random.chance(existingPercentage) { return parent }
      if let existing = existingValue(of: column, in: table), maker.random.chance(existingPercentage) {
        return existing
      }
    }
    return fresh(parameter, column)
  }

  private mutating func fresh(_ parameter: ParameterModel, _ column: TrialTable.Column?) -> TrialValue {
    if case .enumeration(let id) = parameter.type, let value = enumerations[id]?.randomElement(using: &maker.random) {
      return .text(value)
    }
    let hints = column?.hints ?? ValueHints()
    let kind = kind(of: parameter, column)
    // Numbers without a column are limits, offsets, thresholds.
    if column == nil, kind == .integer { return .integer(Int64.random(in: 0...5, using: &maker.random)) }
    if column == nil, kind == .text, maker.random.chance(30) {
      return .text(["a", "$.a", "%", "2024-01-31", "+1 day", "%Y"].randomElement(using: &maker.random) ?? "a")
    }
    return column?.isUnique == true
      ? maker.uniqueValue(of: kind, hints: hints) : maker.value(of: kind, hints: hints)
  }

  private func kind(of parameter: ParameterModel, _ column: TrialTable.Column?) -> ValueKind {
    if case .any = parameter.type, let column { return column.kind }
    if let column, case .time = column.kind { return .time }
    return maker.types.kind(of: parameter)
  }

  /// The column's value in this attempt's row of the table; never NULL.
  private mutating func existingValue(of column: TrialTable.Column, in table: TrialTable) -> TrialValue? {
    let key = table.name.lowercased()
    if focus[key] == nil { focus[key] = someRow(of: table) }
    guard let value = focus[key]?[column.name.lowercased()], !value.isNull else { return nil }
    return value
  }

  /// Some values of the column, where a list of them is asked for.
  private mutating func existingList(
    _ parameter: ParameterModel, _ column: TrialTable.Column?, _ table: TrialTable?
  ) -> TrialValue? {
    guard let table, let column, maker.types.kind(of: parameter) != column.kind else { return nil }
    var values: [TrialValue] = []
    for _ in 0..<([0, 1, 2, 7].randomElement(using: &maker.random) ?? 1) {
      if let value = someRow(of: table)[column.key], !value.isNull { values.append(value) }
    }
    return maker.types.list(of: values, for: parameter.type)
  }

  private mutating func shownValue(of origin: ColumnReference) -> TrialValue? {
    let rows = try? database.rows(
      of: origin.table.description, [origin.column], where: RowFilter(notNull: [origin.column]), limit: 30)
    return rows?.randomElement(using: &maker.random)?.first
  }

  private mutating func foreignValue(of column: TrialTable.Column, in table: TrialTable) -> TrialValue? {
    for key in table.foreignKeys {
      guard let place = key.columns.firstIndex(where: { $0.lowercased() == column.name.lowercased() }),
        let parent = tables.first(where: { $0.key == key.parent.lowercased() })
      else { continue }
      let names = key.targets(in: parent)
      guard place < names.count, let parentColumn = parent.column(names[place]) else { continue }
      return existingValue(of: parentColumn, in: parent)
    }
    return nil
  }

  private mutating func someRow(of table: TrialTable) -> [String: TrialValue] {
    guard let rows = try? database.rows(of: table.name, table.columns.map(\.name), where: RowFilter(), limit: 30),
      let row = rows.randomElement(using: &maker.random)
    else { return [:] }
    return Dictionary(
      zip(table.columns.map { $0.name.lowercased() }, row), uniquingKeysWith: { first, _ in first })
  }
}
