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
  let catalog: Catalog
  let inserted: InsertedRow
  private let positions: StatementPositions

  init(
    query: AnnotatedQuery, statement: ByteRange, segments: [SQLSegment], catalog: Catalog, inserted: InsertedRow
  ) {
    self.query = query
    self.statement = statement
    self.segments = segments
    self.catalog = catalog
    self.inserted = inserted
    positions = StatementPositions(of: statement, in: query.source)
  }

  func lower(_ typed: TypedStatement, _ description: StatementDescription) -> Diagnosed<QueryModel?> {
    var diagnostics: [Diagnostic] = []
    guard
      let rowCount = checkCommand(
        typed.nesting?.parents ?? typed.rowCount, hasRows: !typed.columns.isEmpty, &diagnostics)
    else {
      return Diagnosed(nil, diagnostics)
    }
    let parameters = typed.parameters.map { lower($0, &diagnostics) }
    let results = query.command.returnsRows ? lowerResults(typed, &diagnostics) : []
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    let model = QueryModel(
      name: query.name, command: query.command, rowCount: rowCount,
      rowCountReason: (typed.nesting?.parents ?? typed.rowCount).reason,
      documentation: query.documentation, sql: segments, isReadOnly: description.isReadOnly,
      reads: names(withoutBookkeeping(description.reads, typed.reads)),
      writes: names(withoutBookkeeping(description.writes, typed.writes)), parameters: parameters, results: results,
      source: place(query.nameRange), statement: place(statement),
      nesting: query.command.returnsRows ? typed.nesting.map { lower($0, results) } : nil,
      rowFit: query.row.fit(description.isReadOnly ? .exact : .within), sharedRow: query.row.shared,
      insertedRowID: query.rowLists.isEmpty || inserted.rowID == .never ? inserted.rowID : .maybe)
    return Diagnosed(model, diagnostics)
  }

  /// The annotation held against what is proven of the rows.
  ///
  /// | command | no rows possible | exactly one | at most one | many |
  /// |---|---|---|---|---|
  /// | `:one` | error | the row | the row or nothing | the row or nothing, with a warning |
  /// | `:many` | error | rows | rows | rows |
  /// | others | fine | fine | fine | fine |
  ///
  /// `:execlastid` needs a row that is inserted.
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
    if query.command == .execlastid && inserted.rowID == .never {
      diagnostics.append(EngineDiagnostic.noRowID(why: inserted.why).at(place(query.commandRange)))
      return nil
    }
    if query.command.single == .one && rows == .many {
      diagnostics.append(EngineDiagnostic.unprovenSingleRow(reason: proven.reason).at(place(query.commandRange)))
    }
    return rows
  }

  private func lower(_ parameter: TypedParameter, _ diagnostics: inout [Diagnostic]) -> ParameterModel {
    let source = place(parameter.occurrences.first ?? statement)
    let member = query.rowLists.member(named: parameter.name)
    return ParameterModel(
      index: parameter.index, name: parameter.name,
      type: lowerType(parameter.facts, name: parameter.name, at: source, &diagnostics),
      typeName: typeName(of: parameter.facts),
      nullability: nullability(parameter.facts.nullability, of: source), isSlice: parameter.isSlice || member != nil,
      origin: parameter.origin.map { ColumnReference(table: QualifiedName($0.table), column: $0.column) },
      source: source,
      isNullableArgument: parameter.isNullableArgument, rowList: member)
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
            name: embed.name, table: embed.table.map { QualifiedName($0) },
            nullability: nullability(embed.nullability, of: place(column.range)), columns: [model],
            source: place(column.range), isList: embed.isList, marker: embed.marker)
        )
      }
    }
    close()
    return results
  }

  /// Lists stand among the results in the order of their columns, as in the statement.
  private func lower(_ nesting: TypedNesting, _ results: [ResultModel]) -> NestingModel {
    var places: [(result: Int, first: Int, count: Int)] = []
    var column = 0
    for (index, result) in results.enumerated() {
      switch result {
      case .column: column += 1
      case .embed(let embed):
        if embed.isList { places.append((index, column, embed.columns.count)) }
        column += embed.columns.count
      }
    }
    return NestingModel(
      key: nesting.key,
      lists: zip(nesting.lists, places).map { list, place in
        NestingModel.List(
          result: place.result, first: place.first, count: place.count, presence: list.presence, key: list.key,
          outer: list.outer)
      })
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
      typeName: typeName(of: column.facts),
      nullability: nullability(column.facts.nullability, of: source),
      origin: column.origin.map { ColumnReference(table: QualifiedName($0.table), column: $0.column) }, source: source)
  }

  /// A name for an expression without AS: the function's when it is a call (`count(*)` is `count`), else its position
  /// (`column_2`). SQLite's own is not used: it may change with the release.
  private func derivedName(of text: String, at index: Int) -> String {
    let letters = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let isCall = !letters.isEmpty && text.dropFirst(letters.count).first == "("
    return isCall ? letters.asciiLowercased : "column_\(index + 1)"
  }

  /// With the place of the cause: in the statement, in the schema, or else the value itself.
  func nullability(_ nullability: Nullability, of value: SourceRange) -> ModelNullability {
    guard case .maybe(let reason) = nullability else { return .never }
    if case .nullableColumn(let table, let column) = reason.cause, reason.range == nil,
      let definition = definition(of: column, in: table)
    {
      return .optional(reason: reason.text, at: ReasonPlace(source: definition))
    }
    let range = reason.range ?? value.range
    let position = positions.position(of: range.lower)
    return .optional(
      reason: reason.text, at: ReasonPlace(source: place(range), line: position.line, column: position.column))
  }

  private func definition(of column: String, in table: String) -> SourceRange? {
    guard case .table(let found)? = catalog.relations[table.asciiLowercased] else { return nil }
    return found.columnIndex(named: column).flatMap { found.columns[$0].definition }
  }

  private func names(_ tables: [String]) -> [QualifiedName] { tables.map { QualifiedName($0) } }

  func place(_ range: ByteRange) -> SourceRange { SourceRange(path: query.source.path, range: range) }
}
