// Top-level statements: result columns, embeds, and how many rows come back (inference rules N and P).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferStatement(_ query: BoundQuery) -> StatementFacts {
    var result = StatementFacts()
    let facts = inferInScope(query, expecting: []) { values in
      guard let outputs = firstOutputs(of: query.body) else { return }
      var select: BoundSelect?
      if case .select(let core) = query.body { select = core }
      describe(outputs, values, embeds: select != nil, into: &result)
      if let select { markPresence(of: select, in: &result) }
      if select == nil, let embed = outputs.first(where: { $0.embed?.isList == false }) {
        diagnose(.embedOfCompound, at: embed.range)
      }
      result.nesting = proveNesting(of: query, outputs, values, result.embeds)
    }
    if result.columns.isEmpty {
      result.columns = facts.columns.enumerated().map { index, value in
        let name = query.columnNames.indices.contains(index) ? query.columnNames[index] : "column\(index + 1)"
        var column = TypedColumn(
          name: name, isNameGuaranteed: true, facts: value.facts, origin: value.origin, embed: nil, range: query.range)
        column.armOrigins = value.armOrigins
        return column
      }
    }
    return result
  }

  /// SQLite names the columns of a compound after its first arm.
  private func firstOutputs(of body: BoundQueryBody) -> [BoundOutput]? {
    switch body {
    case .select(let select): select.outputs
    case .compound(_, let left, _, _): firstOutputs(of: left)
    case .values: nil
    }
  }

  /// Result columns, and the embeds among them while their sources are in scope.
  func describe(_ outputs: [BoundOutput], _ values: [Value], embeds: Bool, into result: inout StatementFacts) {
    var spelledOut: [Int: [ColumnOrigin?]] = [:]
    for (output, value) in zip(outputs, values) {
      var facts = value.facts
      checkBooleanCast(output.expression, facts)
      if embeds, let embed = output.embed, case .column(let column) = output.expression.kind {
        facts = presentFacts(of: column, facts)
        spelledOut[embed.ordinal, default: []].append(value.origin)
      }
      var column = TypedColumn(
        name: output.name, isNameGuaranteed: output.isNameGuaranteed, facts: facts, origin: value.origin,
        embed: embeds ? output.embed?.ordinal : nil, range: output.range)
      column.armOrigins = value.armOrigins
      result.columns.append(column)
    }
    guard embeds else { return }
    var seen: Set<Int> = []
    for embed in outputs.compactMap(\.embed).sorted(by: { $0.ordinal < $1.ordinal })
    where seen.insert(embed.ordinal).inserted {
      let reason = absence(of: embed.source)
      result.embeds.append(
        TypedEmbed(
          name: embed.name, table: embeddedTable(embed, spelledOut[embed.ordinal] ?? []),
          nullability: reason.map { .maybe($0) } ?? .never, isList: embed.isList))
    }
  }

  /// The facts of a column in a row that is there: the embed as a whole is what an outer join makes optional.
  func presentFacts(of column: BoundColumn, _ facts: TypeFacts) -> TypeFacts {
    guard let state = states[column.source], !state.nullifiers.isEmpty else { return facts }
    var present = baseValue(of: column.index, in: state).facts
    if isProvenNonNull(column) { present.nullability = .never }
    return present
  }

  /// The table whose rows the embed's are: all its visible columns, in order.
  private func embeddedTable(_ embed: BoundEmbed, _ origins: [ColumnOrigin?]) -> String? {
    guard let first = origins.first, let table = first?.table,
      case .table(let definition)? = catalog.relations[table.asciiLowercased]
    else { return nil }
    let expected = definition.columns.filter { $0.visibility == .visible }.map {
      ColumnOrigin(table: definition.name, column: $0.name)
    }
    return origins == expected ? definition.name : nil
  }
}
