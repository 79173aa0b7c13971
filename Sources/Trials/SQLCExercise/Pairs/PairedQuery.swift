// Two queries of one name, with what is the same in both: parameters, columns, choices.

import SQLCEngine
import SQLCModel

/// Which of its rows come first, as far as a query says it.
public enum QueryOrder: Sendable, Hashable {
  /// No two rows are equal in it.
  case total
  /// By these of its columns first, and by what else does not tell all rows apart. Places from 0.
  case partial(columns: [Int])
  case none
}

struct PairedQuery {
  struct Column {
    var name: String
    var places: (Int, Int)
    var types: (ValueType, ValueType)
  }

  var first: QueryModel
  var second: QueryModel
  var order: QueryOrder
  /// The first, with parameters of types that both have.
  var asked: QueryModel
  /// Where each parameter of the first stands among those of the second.
  var places: [Int] = []
  var columns: [Column] = []
  var choices: [VariantChoice] = []

  /// - Throws: why they cannot be compared.
  init(_ first: QueryModel, _ second: QueryModel, order: QueryOrder) throws(Incomparable) {
    self.first = first
    self.second = second
    self.order = order
    asked = first
    // Its arguments are values; each engine is given them in its own way.
    asked.sql = []
    for index in first.parameters.indices {
      let mine = first.parameters[index]
      guard let place = second.parameters.firstIndex(where: { $0.name.lowercased() == mine.name.lowercased() }) else {
        throw Incomparable("one alone has the parameter '\(mine.name)'")
      }
      places.append(place)
      let theirs = second.parameters[place]
      asked.parameters[index].isSlice = mine.isSlice || theirs.isSlice
      asked.parameters[index].type = sharedType(
        elementType(mine, isList: asked.parameters[index].isSlice),
        elementType(theirs, isList: asked.parameters[index].isSlice))
      // NULL is given where both take it.
      if !theirs.nullability.isOptional { asked.parameters[index].nullability = .never }
    }
    guard first.parameters.count == second.parameters.count else {
      throw Incomparable("they have \(first.parameters.count) and \(second.parameters.count) parameters")
    }
    try pairColumns()
    let choices = (first.variants?.choices ?? [], second.variants?.choices ?? [])
    guard choices.0 == choices.1 else { throw Incomparable("they leave other choices to their caller") }
    self.choices = choices.0
  }

  private func elementType(_ parameter: ParameterModel, isList: Bool) -> ValueType {
    if isList, !parameter.isSlice, case .array(let element, _) = parameter.type.withoutDomains { return element }
    return parameter.type
  }

  /// By name; where names differ, by place.
  private mutating func pairColumns() throws(Incomparable) {
    let (mine, theirs) = (first.flatColumns, second.flatColumns)
    guard mine.count == theirs.count else {
      throw Incomparable("they give \(mine.count) and \(theirs.count) columns")
    }
    let byName = Set(mine.map(\.name)) == Set(theirs.map(\.name)) && Set(mine.map(\.name)).count == mine.count
    for (place, column) in mine.enumerated() {
      let other = byName ? theirs.firstIndex { $0.name == column.name } ?? place : place
      columns.append(Column(name: column.name, places: (place, other), types: (column.type, theirs[other].type)))
    }
  }

  func sql(for choice: VariantChoice?) -> ([SQLSegment], [SQLSegment]) {
    guard let choice, let mine = first.variants, let theirs = second.variants else { return (first.sql, second.sql) }
    return (mine.sql(for: choice), theirs.sql(for: choice))
  }

  /// Arguments as each engine takes them; nothing where one has no such value.
  func arguments(
    _ arguments: Arguments, _ one: any TrialTypes, _ two: any TrialTypes
  ) -> (Arguments, Arguments)? {
    var mine = Arguments(values: first.parameters.map { _ in [] })
    var theirs = Arguments(values: second.parameters.map { _ in [] })
    for (index, parameter) in asked.parameters.enumerated() {
      var values: [PortableValue] = []
      for carried in arguments.values[index] {
        guard let value = PortableValue(carried: carried, as: parameter.type) else { return nil }
        values.append(value)
      }
      guard let a = stored(values, first.parameters[index], in: first, isList: parameter.isSlice, one),
        let b = stored(values, second.parameters[places[index]], in: second, isList: parameter.isSlice, two)
      else { return nil }
      mine.values[index] = a
      theirs.values[places[index]] = b
    }
    return (mine, theirs)
  }

  private func stored(
    _ values: [PortableValue], _ parameter: ParameterModel, in query: QueryModel, isList: Bool, _ types: any TrialTypes
  ) -> [TrialValue]? {
    if query.sendsArray(of: parameter) {
      let type = ValueType.array(of: parameter.type, .possible)
      return types.stored(.list(values), as: type, named: parameter.typeName + "[]").map { [$0] }
    }
    let whole = isList && !parameter.isSlice ? [PortableValue.list(values)] : values
    let stored = whole.map { types.stored($0, as: parameter.type, named: parameter.typeName) }
    return stored.contains(nil) ? nil : stored.compactMap(\.self)
  }

  /// The rows of each engine, column by column in the order of the first.
  func portable(_ rows: [[TrialValue]], isFirst: Bool, _ types: any TrialTypes) -> [[PortableValue]] {
    rows.map { row in
      columns.map { column in
        let place = isFirst ? column.places.0 : column.places.1
        guard place < row.count else { return .null }
        return types.portableOrPlain(row[place], as: isFirst ? column.types.0 : column.types.1)
      }
    }
  }
}

/// Why two queries are not compared.
struct Incomparable: Error {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

extension TrialTypes {
  /// A value that is none of its type is taken as it is.
  func portableOrPlain(_ value: TrialValue, as type: ValueType) -> PortableValue {
    if let portable = portable(value, as: type) { return portable }
    switch value {
    case .null: return .null
    case .integer(let number): return .integer(number)
    case .real(let number): return .real(number)
    case .text(let text): return .text(text)
    case .blob(let bytes): return .bytes(bytes)
    case .other(let type, let text): return .other(type: type, text: text)
    }
  }
}

extension QueryModel {
  /// Every column of a row, those of an embed behind its name.
  fileprivate var flatColumns: [(name: String, type: ValueType)] {
    results.flatMap { result -> [(name: String, type: ValueType)] in
      switch result {
      case .column(let column): [(column.name.lowercased(), column.type)]
      case .embed(let embed):
        embed.columns.map { ("\(embed.name.lowercased()).\($0.name.lowercased())", $0.type) }
      }
    }
  }
}
