// From a typed statement, agreed with SQLite, to the model: the waist that knows no dialect.

import SQLCDiagnostics
import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct QueryLowering {
  let query: AnnotatedQuery
  let statement: ByteRange
  let segments: [SQLSegment]

  func lower(_ typed: TypedStatement, _ description: StatementDescription) -> Diagnosed<QueryModel?> {
    var diagnostics: [Diagnostic] = []
    guard let rowCount = checkCommand(typed.rowCount, hasRows: !typed.columns.isEmpty, &diagnostics) else {
      return Diagnosed(nil, diagnostics)
    }
    let parameters = typed.parameters.map { lower($0, &diagnostics) }
    let results = query.command.returnsRows ? lowerResults(typed, &diagnostics) : []
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    let model = QueryModel(
      name: query.name, command: query.command, rowCount: rowCount, rowCountReason: typed.rowCount.reason,
      documentation: query.documentation, sql: segments, isReadOnly: description.isReadOnly,
      reads: withoutBookkeeping(description.reads, typed.reads),
      writes: withoutBookkeeping(description.writes, typed.writes), parameters: parameters, results: results,
      source: place(query.nameRange), statement: place(statement))
    return Diagnosed(model, diagnostics)
  }

  /// The annotation held against what is proven of the rows.
  ///
  /// | command | no rows possible | exactly one | at most one | many |
  /// |---|---|---|---|---|
  /// | `:one` | error | the row | the row or nothing | the row or nothing, with a warning |
  /// | `:many` | error | rows | rows | rows |
  /// | others | fine | fine | fine | fine |
  private func checkCommand(
    _ proven: ProvenRowCount, hasRows: Bool, _ diagnostics: inout [Diagnostic]
  ) -> RowCount? {
    let rows: RowCount
    switch proven.bound {
    case .exactlyOne: rows = .exactlyOne
    case .atMostOne: rows = .atMostOne
    case .many, .none: rows = .many
    }
    if query.command.returnsRows && !hasRows {
      diagnostics.append(EngineDiagnostic.noRows(command: query.command).at(place(query.commandRange)))
      return nil
    }
    if query.command == .one && rows == .many {
      diagnostics.append(EngineDiagnostic.unprovenSingleRow(reason: proven.reason).at(place(query.commandRange)))
    }
    return rows
  }

  private func lower(_ parameter: TypedParameter, _ diagnostics: inout [Diagnostic]) -> ParameterModel {
    let source = place(parameter.occurrences.first ?? statement)
    return ParameterModel(
      index: parameter.index, name: parameter.name,
      type: lowerType(parameter.facts, name: parameter.name, at: source, &diagnostics),
      nullability: lowerNullability(parameter.facts.nullability), isSlice: parameter.isSlice,
      origin: parameter.origin.map { ColumnReference(table: $0.table, column: $0.column) }, source: source)
  }

  /// Columns in order; those of one embed kept together in the place of its first.
  private func lowerResults(_ typed: TypedStatement, _ diagnostics: inout [Diagnostic]) -> [ResultModel] {
    var results: [ResultModel] = []
    var open: (ordinal: Int, embed: EmbedModel)?
    func close() {
      if let embed = open?.embed { results.append(.embed(embed)) }
      open = nil
    }
    for (index, column) in typed.columns.enumerated() {
      let model = lower(column, at: index, isOnly: typed.columns.count == 1, &diagnostics)
      guard let ordinal = column.embed else {
        close()
        results.append(.column(model))
        continue
      }
      if open?.ordinal == ordinal {
        open?.embed.columns.append(model)
      } else {
        close()
        let embed = typed.embeds[ordinal]
        open = (
          ordinal,
          EmbedModel(
            name: embed.name, table: embed.table, nullability: lowerNullability(embed.nullability),
            columns: [model], source: place(column.range))
        )
      }
    }
    close()
    return results
  }

  private func lower(
    _ column: TypedColumn, at index: Int, isOnly: Bool, _ diagnostics: inout [Diagnostic]
  ) -> ResultColumnModel {
    let source = place(column.range)
    var name = column.name
    if !column.isNameGuaranteed {
      name = derivedName(of: column.name, at: index)
      if !isOnly { diagnostics.append(EngineDiagnostic.unnamedColumn(text: column.name).at(source)) }
    }
    return ResultColumnModel(
      name: name, type: lowerType(column.facts, name: name, at: source, &diagnostics),
      nullability: lowerNullability(column.facts.nullability),
      origin: column.origin.map { ColumnReference(table: $0.table, column: $0.column) }, source: source)
  }

  /// A name for an expression without AS: the function's when it is a call (`count(*)` is `count`), else its position
  /// (`column_2`). SQLite's own is not used: it may change with the release.
  private func derivedName(of text: String, at index: Int) -> String {
    let letters = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let isCall = !letters.isEmpty && text.dropFirst(letters.count).first == "("
    return isCall ? letters.asciiLowercased : "column_\(index + 1)"
  }

  private func place(_ range: ByteRange) -> SourceRange { SourceRange(path: query.source.path, range: range) }
}
