// Are the faces of two blocks the same? Everything that a caller can see is compared, and each difference has its places.

import SQLCDiagnostics
import SQLCModel

/// Holds the second block's part of a face against the first's.
struct FaceComparison {
  let first: FaceSide
  let second: FaceSide
  private(set) var diagnostics: [Diagnostic] = []
  /// Columns of tables that differ: what a query has of them differs on account of that.
  private var differing: Set<ColumnReference> = []

  init(_ first: FaceSide, _ second: FaceSide) {
    self.first = first
    self.second = second
  }

  static func differences(_ first: FaceSide, _ second: FaceSide) -> [Diagnostic] {
    var comparison = FaceComparison(first, second)
    comparison.compareTables()
    comparison.compareQueries()
    comparison.compareEnumerations()
    return comparison.diagnostics
  }

  private mutating func say(_ problem: FaceDiagnostic) { diagnostics.append(problem.diagnostic) }

  // MARK: Queries

  private mutating func compareQueries() {
    let others = Dictionary(second.queries.map { ($0.model.name, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(first.queries.map(\.model.name))
    for query in first.queries {
      checkCommand(query)
      guard let other = others[query.model.name] else {
        say(
          .missingQuery(
            name: query.model.name, engine: second.engine, here: first.engine, at: query.model.source,
            other: second.block.place))
        continue
      }
      compare(query, other)
    }
    for query in second.queries where !names.contains(query.model.name) {
      say(
        .missingQuery(
          name: query.model.name, engine: first.engine, here: second.engine, at: query.model.source,
          other: first.block.place))
    }
  }

  private mutating func checkCommand(_ query: LoweredQuery) {
    let fix: String
    switch query.model.command.single {
    case .execlastid: fix = "use ':one' with RETURNING, which both engines have"
    case .execresult: fix = "use ':execrows' for the number of rows, or ':one' with RETURNING for the key"
    case .one, .many, .exec, .execrows, .copyfrom, .batchexec, .batchone, .batchmany: return
    }
    say(
      .unsharedCommand(
        query: query.model.name, command: query.model.command.rawValue, fix: fix, at: query.model.source))
  }

  private mutating func compare(_ a: LoweredQuery, _ b: LoweredQuery) {
    guard a.model.command == b.model.command else {
      say(
        .differentCommand(
          query: a.model.name, here: a.model.command.rawValue, there: b.model.command.rawValue,
          engines: (first.engine, second.engine), at: b.model.source, other: a.model.source))
      return
    }
    let before = diagnostics.count
    compareParameters(a, b)
    compareColumns(a, b)
    compareRowCounts(a, b)
    if diagnostics.count == before, differing.isEmpty { compareShapes(a, b) }
  }

  private mutating func compareRowCounts(_ a: LoweredQuery, _ b: LoweredQuery) {
    guard a.model.command.single == .one else { return }
    let (one, two) = (a.model.rowCount == .exactlyOne, b.model.rowCount == .exactlyOne)
    guard one != two else { return }
    let (always, maybe) = one ? (a, b) : (b, a)
    say(
      .differentRows(
        query: a.model.name, always: one ? first.engine : second.engine, maybe: one ? second.engine : first.engine,
        reason: maybe.model.rowCountReason, at: maybe.model.source, other: always.model.source))
  }

  private mutating func compareParameters(_ a: LoweredQuery, _ b: LoweredQuery) {
    let theirs = Dictionary(
      b.model.parameters.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    let mine = Set(a.model.parameters.map { $0.name.lowercased() })
    for parameter in a.model.parameters {
      guard let other = theirs[parameter.name.lowercased()] else {
        missing(parameter, of: a, here: first, there: second, other: b)
        continue
      }
      if isExplained(parameter.origin, other.origin) { continue }
      compare(
        first.value(parameter, in: a), isOptional: parameter.nullability.isOptional, type: parameter.type,
        second.value(other, in: b), isOptional: other.nullability.isOptional, type: other.type, isParameter: true)
      let (left, right) = (parameter.isNullableArgument, other.isNullableArgument)
      if left != right, parameter.nullability.isOptional == other.nullability.isOptional {
        say(
          .differentDefault(
            what: "the parameter '\(parameter.name)' of '\(a.model.name)'", here: left ? first.engine : second.engine,
            there: left ? second.engine : first.engine, at: left ? parameter.source : other.source,
            other: left ? other.source : parameter.source))
      }
    }
    for parameter in b.model.parameters where !mine.contains(parameter.name.lowercased()) {
      missing(parameter, of: b, here: second, there: first, other: a)
    }
  }

  private mutating func missing(
    _ parameter: ParameterModel, of query: LoweredQuery, here: FaceSide, there: FaceSide, other: LoweredQuery
  ) {
    say(
      .missingPart(
        .missingParameter, what: "the parameter '\(parameter.name)' of '\(query.model.name)'", here: here.engine,
        there: there.engine, fix: "name it by @\(parameter.name) or sqlc.arg(\(parameter.name)) in both",
        at: parameter.source, other: other.model.source))
  }

  private mutating func compareColumns(_ a: LoweredQuery, _ b: LoweredQuery) {
    guard a.model.command.returnsRows else { return }
    let theirs = Dictionary(b.model.flatColumns.map { ($0.name, $0.column) }, uniquingKeysWith: { first, _ in first })
    let mine = Set(a.model.flatColumns.map(\.name))
    // The one column of a row gives no name to anything.
    if a.model.flatColumns.count == 1, b.model.flatColumns.count == 1, case .scalar = a.shape, case .scalar = b.shape {
      let (column, other) = (a.model.flatColumns[0].column, b.model.flatColumns[0].column)
      if isExplained(column.origin, other.origin) { return }
      compare(
        first.value(column, in: a), isOptional: column.nullability.isOptional, type: column.type,
        second.value(other, in: b), isOptional: other.nullability.isOptional, type: other.type, isParameter: false)
      return
    }
    for (name, column) in a.model.flatColumns {
      guard let other = theirs[name] else {
        missing(column, of: a, here: first, there: second, other: b)
        continue
      }
      if isExplained(column.origin, other.origin) { continue }
      compare(
        first.value(column, in: a), isOptional: column.nullability.isOptional, type: column.type,
        second.value(other, in: b), isOptional: other.nullability.isOptional, type: other.type, isParameter: false)
    }
    for (name, column) in b.model.flatColumns where !mine.contains(name) {
      missing(column, of: b, here: second, there: first, other: a)
    }
  }

  private mutating func missing(
    _ column: ResultColumnModel, of query: LoweredQuery, here: FaceSide, there: FaceSide, other: LoweredQuery
  ) {
    say(
      .missingPart(
        .missingColumn, what: "the column '\(column.name)' of '\(query.model.name)'", here: here.engine,
        there: there.engine, fix: "select it in both, and give an expression the same name with AS", at: column.source,
        other: other.model.source))
  }

  /// The columns are the same: is the row also the same struct, with the same embeds and choices?
  private mutating func compareShapes(_ a: LoweredQuery, _ b: LoweredQuery) {
    switch (a.shape, b.shape) {
    case (.model(let one), .model(let two)) where one == two:
      guard let mine = first.sharedRow(one), let theirs = second.sharedRow(two) else { break }
      let parts = Set(mine.fields.map(Part.init)).symmetricDifference(theirs.fields.map(Part.init)).map(\.name.text)
      if !parts.isEmpty {
        say(
          .missingPart(
            .differentRow, what: "the shared row '\(one)' with \(Set(parts).sorted().joined(separator: ", ")) as it is",
            here: second.engine, there: first.engine, fix: "widen the same columns in both", at: b.model.source,
            other: a.model.source))
      }
    case (.model(let table), _): differentRow(a, b, table, here: first, there: second)
    case (_, .model(let table)): differentRow(b, a, table, here: second, there: first)
    case (.own(let one, let nestedOne), .own(let two, let nestedTwo)):
      let same =
        Set(one.map(Part.init)) == Set(two.map(Part.init)) && nestedOne.map(\.type) == nestedTwo.map(\.type)
        && zip(nestedOne, nestedTwo).allSatisfy { Set($0.fields.map(Part.init)) == Set($1.fields.map(Part.init)) }
      if !same {
        let parts = Set(one.map(Part.init)).symmetricDifference(two.map(Part.init)).map(\.name.text).sorted()
        say(
          .missingPart(
            .differentRow, what: "the row of '\(a.model.name)' with \(parts.joined(separator: ", ")) as it is",
            here: second.engine, there: first.engine, fix: "embed the same tables under the same names in both",
            at: b.model.source, other: a.model.source))
      }
    case (.none, .none), (.scalar, .scalar): break
    default:
      say(
        .missingPart(
          .differentRow, what: "the row of '\(a.model.name)' as it is", here: second.engine, there: first.engine,
          fix: "select the same columns in both", at: b.model.source, other: a.model.source))
    }
    let (mine, theirs) = (choices(a), choices(b))
    if mine != theirs {
      say(
        .differentOrder(
          query: a.model.name, here: mine.flatMap(\.names), there: theirs.flatMap(\.names),
          engines: (first.engine, second.engine), at: b.model.source,
          other: a.model.source))
    }
    let written = (a.parameters.map(Argument.init), b.parameters.map(Argument.init))
    if Set(written.0) != Set(written.1) {
      let names = Set(written.0).symmetricDifference(written.1).map(\.name.text).sorted()
      say(
        .missingPart(
          .missingParameter,
          what: "the argument \(Set(names).sorted().joined(separator: ", ")) of '\(a.model.name)' as it is",
          here: second.engine, there: first.engine,
          fix: "write the same sqlc.optional, sqlc.narg and sqlc.slice in both",
          at: b.model.source, other: a.model.source))
    }
  }

  private mutating func differentRow(
    _ a: LoweredQuery, _ b: LoweredQuery, _ table: SwiftName, here: FaceSide, there: FaceSide
  ) {
    say(
      .differentRow(
        query: a.model.name, table: table.text, here: here.engine, there: there.engine, at: b.model.source,
        other: a.model.source))
  }

  /// What callers choose of an order, and what they give of a cursor.
  private struct OrderChoices: Hashable {
    var property: SwiftName
    var names: [String]
    var directions: [Bool]
    var types: [SwiftCode] = []
    var sequences: [[Int]] = []
  }

  private func choices(_ query: LoweredQuery) -> [OrderChoices] {
    guard let variants = query.variants else { return [] }
    var choices = variants.orders.map { order in
      OrderChoices(
        property: order.property, names: order.cases.map(\.name.text), directions: order.cases.map(\.term.isDescending))
    }
    if let page = variants.page {
      choices.append(
        OrderChoices(
          property: page.property, names: page.keys.map(\.label.text), directions: page.keys.map(\.isOptional),
          types: page.keys.map(\.writtenType), sequences: page.sequences))
    }
    return choices
  }

  /// A property of a row, as callers see it.
  private struct Part: Hashable {
    var name: SwiftName
    var type: SwiftCode
    init(_ field: Field) {
      name = field.name
      type = field.writtenType
    }
  }

  private struct Argument: Hashable {
    var name: SwiftName
    var type: SwiftCode
    var defaultValue: SwiftCode
    init(_ parameter: LoweredQuery.Parameter) {
      name = parameter.name
      type = parameter.writtenType
      defaultValue = parameter.defaultValue
    }
  }

  // MARK: Values

  private func isExplained(_ a: ColumnReference?, _ b: ColumnReference?) -> Bool {
    [a, b].contains { $0.map { differing.contains($0.lowercased) } ?? false }
  }

  private mutating func compare(
    _ a: FaceValue, isOptional aIsOptional: Bool, type aType: ValueType, _ b: FaceValue, isOptional bIsOptional: Bool,
    type bType: ValueType, isParameter: Bool
  ) {
    switch (a.swiftType, b.swiftType) {
    case (nil, _): say(.unsharedType(a, fix: adviceForUnsharedType(aType)))
    case (_, nil): say(.unsharedType(b, fix: adviceForUnsharedType(bType)))
    case (let one?, let two?) where one != two: say(.differentType(a, b, fix: adviceForTypes(aType, bType)))
    default:
      guard aIsOptional != bIsOptional else { return }
      let (optional, never) = aIsOptional ? (a, b) : (b, a)
      say(
        .differentNullability(
          optional: optional, never: never,
          fix: isParameter
            ? "compare or store it where both engines have NOT NULL, or write sqlc.narg(…) in both"
            : "declare the column NOT NULL in both schemas, or write COALESCE(…) so that neither can be NULL"))
    }
  }

  // MARK: Schema

  private mutating func compareTables() {
    let (mine, theirs) = (first.tables, second.tables)
    for (name, table) in mine.sorted(by: { $0.value.name < $1.value.name }) {
      guard let other = theirs[name] else {
        leaveOut(table, of: first, without: second)
        continue
      }
      let columns = Dictionary(
        other.columns.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
      for column in table.columns {
        guard let match = columns[column.name.lowercased()] else {
          missing(column, of: table, here: first, there: second, other)
          continue
        }
        let before = diagnostics.count
        compare(
          first.value(column, of: table), isOptional: column.nullability.isOptional, type: column.type,
          second.value(match, of: other), isOptional: match.nullability.isOptional, type: match.type, isParameter: false
        )
        if diagnostics.count > before {
          differing.insert(ColumnReference(table: table.name, column: column.name).lowercased)
          differing.insert(ColumnReference(table: other.name, column: match.name).lowercased)
        }
      }
      let own = Set(table.columns.map { $0.name.lowercased() })
      for column in other.columns where !own.contains(column.name.lowercased()) {
        missing(column, of: other, here: second, there: first, table)
      }
    }
    for (name, table) in theirs.sorted(by: { $0.value.name < $1.value.name }) where mine[name] == nil {
      leaveOut(table, of: second, without: first)
    }
  }

  private mutating func missing(
    _ column: TableModel.Column, of table: TableModel, here: FaceSide, there: FaceSide, _ other: TableModel
  ) {
    say(
      .missingPart(
        .missingColumn, what: "the column '\(column.name)' of '\(table.name)'", here: here.engine, there: there.engine,
        fix: "add it to the other schema, by a migration of the same version",
        at: column.source ?? table.source ?? here.block.place, other: other.source ?? there.block.place))
  }

  private mutating func leaveOut(_ table: TableModel, of side: FaceSide, without other: FaceSide) {
    let found = other.model.tables.first {
      other.lowering.names.tables[$0.name] == side.lowering.names.tables[table.name]
    }
    let column = found.flatMap { table in
      table.columns.first { other.value($0, of: table).swiftType == nil }.map { (table, $0) }
    }
    say(
      .missingTable(
        name: table.name.description, engine: other.engine,
        reason: column.map { "its column '\($1.name)' is \($1.typeName), which \(other.engine) alone has" },
        at: column.flatMap { $1.source } ?? table.source ?? side.block.place))
  }

  private mutating func compareEnumerations() {
    let theirs = second.enumerations
    for (name, enumeration) in first.enumerations.sorted(by: { $0.key.text < $1.key.text }) {
      guard let other = theirs[name], Set(other.values) != Set(enumeration.values) else { continue }
      say(
        .differentEnumeration(
          name: name.text, here: enumeration.values, there: other.values, engines: (first.engine, second.engine),
          at: other.source ?? place(of: other.id, in: second),
          other: enumeration.source ?? place(of: enumeration.id, in: first)))
    }
  }

  private func place(of id: EnumerationModel.ID, in side: FaceSide) -> SourceRange {
    guard case .column(let reference) = id,
      let table = side.model.tables.first(where: { $0.name == reference.table })
    else { return side.block.place }
    return table.columns.first { $0.name == reference.column }?.source ?? table.source ?? side.block.place
  }
}
