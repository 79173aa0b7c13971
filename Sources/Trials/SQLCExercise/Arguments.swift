// Arguments for a query: values that rows have, values that none has, NULL where it may stand, lists of every length.

import SQLCModel
import SQLCSQLiteHandle

/// The values of each parameter: one, or those of a slice.
struct Arguments {
  /// By index; element 0 belongs to parameter 1.
  var values: [[Value]]
}

struct ArgumentMaker {
  let connection: Connection
  let shapes: [TableShape]
  let enumerations: [EnumerationModel.ID: [String]]
  var maker: ValueMaker
  /// One row of each table, so that the conditions of a query can hold together. Renewed for each attempt.
  private var focus: [String: [String: Value]] = [:]

  init(connection: Connection, shapes: [TableShape], enumerations: [EnumerationModel], maker: ValueMaker) {
    self.connection = connection
    self.shapes = shapes
    self.enumerations = Dictionary(uniqueKeysWithValues: enumerations.map { ($0.id, $0.values) })
    self.maker = maker
  }

  mutating func arguments(for query: QueryModel) -> Arguments {
    focus = [:]
    // Either mostly what is there, or mostly what is not: the first finds rows, the second makes them.
    let existingPercentage = maker.random.chance(50) ? 90 : 35
    return Arguments(
      values: query.parameters.map { parameter in
        let count = parameter.isSlice ? ([0, 1, 2, 7].randomElement(using: &maker.random) ?? 1) : 1
        return (0..<count).map { _ in value(for: parameter, existingPercentage) }
      })
  }

  private mutating func value(for parameter: ParameterModel, _ existingPercentage: Int) -> Value {
    if parameter.nullability.isOptional, maker.random.chance(30) { return .null }
    let shape = parameter.origin.flatMap { origin in
      shapes.first { $0.name.lowercased() == origin.table.lowercased() }
    }
    let column = parameter.origin.flatMap { shape?.column($0.column) }
    if let shape, let column {
      if let parent = foreignValue(of: column, in: shape), maker.random.chance(existingPercentage) { return parent }
      if let existing = existingValue(of: column, in: shape), maker.random.chance(existingPercentage) {
        return existing
      }
    }
    return fresh(parameter, column)
  }

  private mutating func fresh(_ parameter: ParameterModel, _ column: TableShape.Column?) -> Value {
    if case .enumeration(let id) = parameter.type, let value = enumerations[id]?.randomElement(using: &maker.random) {
      return .text(value)
    }
    let hints = column?.hints ?? ValueHints()
    let family = family(of: parameter.type, column)
    // Numbers without a column are limits, offsets, thresholds.
    if column == nil, family == .integer { return .integer(Int64.random(in: 0...5, using: &maker.random)) }
    if column == nil, family == .text, maker.random.chance(30) {
      return .text(["a", "$.a", "%", "2024-01-31", "+1 day", "%Y"].randomElement(using: &maker.random) ?? "a")
    }
    return column?.isUnique == true
      ? maker.uniqueValue(of: family, hints: hints) : maker.value(of: family, hints: hints)
  }

  private func family(of type: ValueType, _ column: TableShape.Column?) -> ValueFamily {
    if case .any = type, let column { return column.family }
    if let column, case .time = column.family { return .time }
    return ValueFamily(type)
  }

  /// The column's value in this attempt's row of the table; never NULL.
  private mutating func existingValue(of column: TableShape.Column, in shape: TableShape) -> Value? {
    let key = shape.name.lowercased()
    if focus[key] == nil { focus[key] = someRow(of: shape) }
    guard let value = focus[key]?[column.name.lowercased()], !value.isNull else { return nil }
    return value
  }

  private mutating func foreignValue(of column: TableShape.Column, in shape: TableShape) -> Value? {
    for key in shape.foreignKeys {
      guard let place = key.columns.firstIndex(where: { $0.lowercased() == column.name.lowercased() }),
        let parent = shapes.first(where: { $0.name.lowercased() == key.parent.lowercased() })
      else { continue }
      let names =
        key.parentColumns.isEmpty
        ? parent.columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name)
        : key.parentColumns
      guard place < names.count, let parentColumn = parent.column(names[place]) else { continue }
      return existingValue(of: parentColumn, in: parent)
    }
    return nil
  }

  private mutating func someRow(of shape: TableShape) -> [String: Value] {
    let list = shape.columns.map { quoted($0.name) }.joined(separator: ", ")
    guard let rows = try? connection.rows("SELECT \(list) FROM \(quoted(shape.name)) LIMIT 30"),
      let row = rows.randomElement(using: &maker.random)
    else { return [:] }
    return Dictionary(
      zip(shape.columns.map { $0.name.lowercased() }, row), uniquingKeysWith: { first, _ in first })
  }
}
