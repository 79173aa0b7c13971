// What one row of a query is in Swift.

import SQLCDiagnostics
import SQLCModel

/// | results | row |
/// |---|---|
/// | none | – |
/// | one column | its value |
/// | exactly the columns of one table | that table's struct |
/// | any, with `-- row: Name` | the struct that queries with that line share |
/// | anything else | a struct of the query's own |
enum RowShape: Sendable, Hashable {
  case none
  case scalar(Field)
  case model(type: SwiftName)
  /// Structs of embeds that are no table's come along.
  case own([Field], nested: [NestedRow])
}

/// A struct for an embed whose columns are not those of a table.
struct NestedRow: Sendable, Hashable {
  var type: SwiftName
  var fields: [Field]
}

extension Lowering {
  func shape(of query: QueryModel) -> Diagnosed<RowShape> {
    guard query.command.returnsRows else { return Diagnosed(.none) }
    if let shared = query.sharedRow { return Diagnosed(.model(type: SwiftName(shared.name))) }
    if let table = matchingTable(query) { return Diagnosed(.model(type: table)) }
    var diagnostics: [Diagnostic] = []
    if query.results.isEmpty {
      diagnostics.append(
        TargetDiagnostic.noColumns(query: query.name, command: query.command.rawValue, at: query.source).diagnostic)
    }
    let (fields, nested) = fields(of: query, &diagnostics)
    if fields.count == 1, case .column = fields[0].source {
      // No row, and a row whose value is NULL, stay two things: `T??` would not be understood.
      let mayBeAbsent = query.command.single == .one && query.rowCount != .exactlyOne
      if !(mayBeAbsent && fields[0].isOptional) { return Diagnosed(.scalar(fields[0]), diagnostics) }
    }
    return Diagnosed(.own(fields, nested: nested), diagnostics)
  }

  /// The struct of the table whose columns these are: all of them, in order, with their own names, types and nullability,
  /// as far as the query holds to the latter.
  func matchingTable(_ query: QueryModel) -> SwiftName? {
    let results = query.results
    guard query.rowFit != .never, results.count > 1, case .column(let first)? = results.first,
      let origin = first.origin,
      let table = tables[origin.table], table.columns.count == results.count, hasStruct(table)
    else { return nil }
    for (result, column) in zip(results, table.columns) {
      guard case .column(let result) = result,
        result.origin == ColumnReference(table: table.name, column: column.name),
        result.name.lowercased() == column.name.lowercased(), result.type == column.type,
        result.nullability.isOptional == column.nullability.isOptional
          || query.rowFit == .within && !result.nullability.isOptional,
        // A rule for this query's result can make it another type than the table's.
        types.type(
          result.type, origin: result.origin, key: result.key, isOptional: column.nullability.isOptional,
          use: use(of: result, in: query))
          == types.type(
            result.type, origin: result.origin, key: column.key, isOptional: column.nullability.isOptional)
      else { return nil }
    }
    return names.tables[table.name]
  }

  func fields(of query: QueryModel, _ diagnostics: inout [Diagnostic]) -> ([Field], [NestedRow]) {
    var unique = UniqueNames()
    var fields: [Field] = []
    var nested: [NestedRow] = []
    var position = 0
    for result in query.results {
      switch result {
      case .column(let column):
        fields.append(field(column, at: position, in: query, &unique, &diagnostics))
        position += 1
      case .embed(let embed) where embed.isList:
        if let list = listField(of: embed, at: position, in: query, &unique, &nested, &diagnostics) {
          fields.append(list)
        }
        position += embed.columns.count
      case .embed(let embed):
        fields.append(
          embedField(embed, at: position, place: fields.count + 1, in: query, &unique, &nested, &diagnostics))
        position += embed.columns.count
      }
    }
    return (fields, nested)
  }

  private func embedField(
    _ embed: EmbedModel, at position: Int, place: Int, in query: QueryModel, _ unique: inout UniqueNames,
    _ nested: inout [NestedRow], _ diagnostics: inout [Diagnostic]
  ) -> Field {
    // `sqlc.embed(agents)` is one agent, so it is named as its struct is; an alias is the user's word for it.
    let isTable = embed.table?.name.lowercased() == embed.name.lowercased()
    let asked =
      isTable
      ? naming.casing.lowerFirst(naming.table(QualifiedName(embed.name)).name)
      : naming.property(embed.name, position: place)
    // In a script without capitals the property would hide its type where that is made.
    let isType = embed.table.flatMap { names.tables[$0]?.text } == asked
    let name = unique.claim(isType ? asked + "_" : asked).name
    let type: SwiftName
    if let known = tableStruct(of: embed) {
      type = known
    } else {
      var types = UniqueNames(taken: Set(["Row"] + nested.map(\.type.text)))
      type = types.claim(nestedTypeName(upperFirst(name.text), suffix: "Row")).name
      nested.append(NestedRow(type: type, fields: columnFields(of: embed, in: query, &diagnostics)))
    }
    return Field(
      name: name, sqlName: embed.name, type: SwiftType("\(type)"), isOptional: embed.nullability.isOptional,
      documentation: reason(embed.nullability),
      source: .embed(
        type: type, first: position,
        absence: embed.marker.map { $0..<$0 + 1 } ?? position..<position + embed.columns.count))
  }

  /// The struct of the table whose columns an embed has: where none of them can be NULL that the table's cannot. Behind an
  /// outer join in a view or a subquery, and beside an aggregate over no rows, they can.
  func tableStruct(of embed: EmbedModel) -> SwiftName? {
    guard let name = embed.table, let table = tables[name], table.columns.count == embed.columns.count,
      hasStruct(table),
      zip(embed.columns, table.columns).allSatisfy({ !$0.nullability.isOptional || $1.nullability.isOptional })
    else { return nil }
    return names.tables[name]
  }

  /// A name for a struct inside a query's, where it would hide what the query's own code says: a table's struct, an
  /// enumeration, a type of Swift or the runtime.
  func nestedTypeName(_ wanted: String, suffix: StaticString) -> String {
    let name = SwiftName(wanted)
    let isTaken =
      names.reserved.isTaken(name.text) || names.tables.values.contains(name)
      || names.enumerations.values.contains(name)
    return isTaken ? name.appending(suffix).text : name.text
  }

  /// The columns of an embed that is a struct of its own.
  func columnFields(
    of embed: EmbedModel, in query: QueryModel, _ diagnostics: inout [Diagnostic]
  ) -> [Field] {
    var unique = UniqueNames()
    return embed.columns.enumerated().map { field($0.element, at: $0.offset, in: query, &unique, &diagnostics) }
  }

  private func field(
    _ column: ResultColumnModel, at position: Int, in query: QueryModel, _ unique: inout UniqueNames,
    _ diagnostics: inout [Diagnostic]
  ) -> Field {
    let wanted = naming.property(column.name, position: position + 1)
    let (name, isRenamed) = unique.claim(wanted)
    if isRenamed {
      diagnostics.append(
        TargetDiagnostic.duplicateColumn(
          name: column.name, given: name.text, whole: "the result of '\(query.name)'",
          fix: "give it another name with AS, or keep each table's columns together with sqlc.embed", at: column.source
        ).diagnostic)
    }
    let isOptional = column.nullability.isOptional
    return Field(
      name: name, sqlName: column.name,
      type: types.type(
        column.type, origin: column.origin, key: column.key, isOptional: isOptional, use: use(of: column, in: query)),
      isOptional: isOptional,
      documentation: column.assertion == .notNull
        ? ["Never NULL, the query says with `sqlc.notnull`."] : reason(column.nullability), source: .column(position))
  }

  func reason(_ nullability: ModelNullability) -> [String] {
    switch nullability {
    case .never: []
    case .optional(let reason, let place):
      reason.isEmpty
        ? []
        : ["Optional: \(reason)" + (place?.line.map { " at \($0):\(place?.column ?? 1)" } ?? "") + "."]
    }
  }
}
