// From what is proven of a statement to the model: the waist that knows no dialect.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

struct QueryLowering {
  let job: QueryJob
  let text: QueryText
  let described: DescribedStatement
  let facts: StatementFacts
  let types: TypeLowering
  let stored: StoredColumns
  let names: [ModifiedType: String]
  let definitions: DefinitionPlaces

  private var query: AnnotatedQuery { job.query }

  func lower() -> Diagnosed<QueryModel?> {
    var diagnostics = checkCommand()
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    let results = query.command.returnsRows ? lowerResults(&diagnostics) : []
    if query.command.returnsRows { diagnostics += job.nestingProblems(facts) }
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    let effects = facts.effects
    let isReadOnly = facts.command == .select && effects.writes.isEmpty && !effects.locksRows && isHarmless(effects)
    var nesting: NestingModel?
    if case .success(let proven)? = facts.nesting, query.command.returnsRows {
      nesting = NestingModel(proven, lists: job.lists, requests: job.listRequests, results: results)
    }
    let model = QueryModel(
      name: query.name, command: query.command, rowCount: lower(rows.count), rowCountReason: rows.reason,
      documentation: query.documentation, sql: text.segments(job.choices), isReadOnly: isReadOnly,
      reads: tables(effects.reads), writes: tables(effects.writes), parameters: lowerParameters(), results: results,
      source: place(query.nameRange), statement: place(text.range), nesting: nesting,
      rowFit: query.row.fit(isReadOnly ? .exact : .within), sharedRow: query.row.shared, insertedRowID: .never)
    return Diagnosed(model, diagnostics)
  }

  /// No function that it calls may change something: of the volatile ones PostgreSQL has, these do not.
  private func isHarmless(_ effects: StatementEffects) -> Bool {
    let harmless = [
      "random", "gen_random_uuid", "uuidv4", "uuidv7", "clock_timestamp", "timeofday", "random_normal", "pg_sleep",
    ]
    return (effects.opaqueFunctions + effects.volatileFunctions).allSatisfy { id in
      guard let function = types.catalog.functions[id] else { return false }
      return function.volatility != .volatile || function.schema == "pg_catalog" && harmless.contains(function.name)
    }
  }

  /// Of parents, where rows are nested.
  private var rows: (count: StatementFacts.RowCount, reason: String) {
    if case .success(let nesting)? = facts.nesting { return (nesting.parents, nesting.parentsReason) }
    return (facts.rowCount, facts.rowCountReason)
  }

  private func lower(_ count: StatementFacts.RowCount) -> RowCount {
    switch count {
    case .exactlyOne: .exactlyOne
    case .atMostOne: .atMostOne
    case .many: .many
    }
  }

  /// Names of tables in their order; those of PostgreSQL's own catalogs are left out.
  private func tables(_ relations: [ObjectID]) -> [QualifiedName] {
    relations.filter {
      guard let schema = types.catalog.relations[$0]?.schema else { return false }
      return schema != "pg_catalog" && schema != "information_schema"
    }.map(types.name(ofRelation:)).sorted()
  }

  // MARK: The command

  /// The annotation held against what is proven of the rows.
  private func checkCommand() -> [Diagnostic] {
    func diagnostic(_ rule: QueryRule, _ message: String, _ label: String, notes: [String] = []) -> Diagnostic {
      Diagnostic(rule.rule, message, at: DiagnosticLabel(place(query.commandRange), label), notes: notes)
    }
    let command = ":\(query.command.rawValue)"
    if query.command.returnsRows, described.columns.isEmpty {
      return [
        diagnostic(
          .rowlessStatement, "'\(command)' on a statement that returns no rows", "use ':exec', or add RETURNING")
      ]
    }
    if query.command == .execlastid {
      return [
        diagnostic(
          .noRowID, "'\(command)' has no meaning in PostgreSQL: a row has no number of its own",
          "use ':one' with RETURNING and the key")
      ]
    }
    if query.command.isBatch, text.parameters.isEmpty {
      return [
        diagnostic(
          .unsupportedStatement, "'\(command)' on a statement without parameters", "every run would be the same")
      ]
    }
    if query.command == .copyfrom, facts.insertedRow == nil || !described.columns.isEmpty {
      return [
        diagnostic(
          .unsupportedStatement, "'\(command)' on a statement that is no INSERT with VALUES, or that returns rows",
          "use ':batchexec' or ':batchone' to run any statement for many values")
      ]
    }
    if query.command.single == .one, rows.count == .many {
      return [
        diagnostic(
          .unprovenSingleRow, "'\(command)' on a query that may give several rows: \(rows.reason)", "",
          notes: [
            "the result is optional; bind a whole unique key by equality, or add LIMIT 1, to say that one row is meant"
          ])
      ]
    }
    return []
  }

  // MARK: Parameters

  private func lowerParameters() -> [ParameterModel] {
    facts.parameters.enumerated().map { index, parameter in
      let written = text.parameters.indices.contains(index) ? text.parameters[index] : QueryText.Parameter()
      let source = place(written.occurrences.first ?? text.range)
      let member = query.rowLists.member(named: written.name)
      var type = types.value(of: parameter.type)
      // The proofs count on it that no method sends an array with a NULL in it.
      type = stored.type(of: type, in: parameter.valueOf).withoutNullElements
      let nullability: ModelNullability =
        switch parameter.nullability {
        case .never: .never
        case .optional(let reason, let offset):
          .optional(reason: reason, at: reasonPlace(offset) ?? ReasonPlace(source: source))
        }
      return ParameterModel(
        index: index + 1, name: parameter.name, type: type,
        typeName: names[ModifiedType(type: parameter.type, modifier: -1)] ?? "unknown", nullability: nullability,
        isSlice: member != nil, origin: parameter.origin.flatMap(reference), source: source,
        isNullableArgument: written.isNullableArgument, rowList: member)
    }
  }

  private func reference(_ origin: ColumnOrigin) -> ColumnReference? {
    guard let column = types.catalog.relations[origin.relation]?.column(origin.attribute) else { return nil }
    return ColumnReference(table: types.name(ofRelation: origin.relation), column: column.name)
  }

  // MARK: Results

  private func lowerResults(_ diagnostics: inout [Diagnostic]) -> [ResultModel] {
    let places = job.resultPlaces(count: facts.columns.count)
    if places == nil, let star = text.stars.first(where: { $0.embed != nil }) {
      diagnostics.append(
        Diagnostic(
          PostgreSQLRule.unsupportedMacro.rule,
          "the columns of '\(star.embed ?? "")' cannot be told from the others",
          at: DiagnosticLabel(place(text.range)), notes: ["name the columns beside it one by one"]))
    }
    var results: [ResultModel] = []
    var open: (star: Int, embed: EmbedModel)?
    func close() {
      if let embed = open?.embed { results.append(.embed(embed)) }
      open = nil
    }
    for (index, column) in facts.columns.enumerated() {
      let item = places?[index]
      let range = item?.range ?? text.range
      guard let star = item?.star, let name = text.stars[star].embed else {
        close()
        results.append(.column(lower(column, at: index, column.nullability, range, &diagnostics)))
        continue
      }
      let model = lower(column, at: index, column.nullabilityWhenPresent, range, &diagnostics)
      if open?.star == star {
        open?.embed.columns.append(model)
      } else {
        close()
        open = (star, embed(name, of: column, star, model, range))
      }
    }
    close()
    return results
  }

  private func embed(
    _ name: String, of column: ColumnFacts, _ star: Int, _ first: ResultColumnModel, _ range: ByteRange
  ) -> EmbedModel {
    let facts = column.range.flatMap { self.facts.ranges[$0] }
    var table: QualifiedName?
    if let relation = facts?.relation, types.catalog.relations[relation]?.columns.count == job.starCounts[star] {
      table = types.name(ofRelation: relation)
    }
    return EmbedModel(
      name: plainName(name), table: table, nullability: nullability(facts?.absence ?? .never, of: column, range),
      columns: [first], source: place(range), isList: text.stars[star].role != .row)
  }

  private func lower(
    _ column: ColumnFacts, at index: Int, _ nullability: ValueNullability, _ range: ByteRange,
    _ diagnostics: inout [Diagnostic]
  ) -> ResultColumnModel {
    var name = column.name
    if name == "?column?" {
      name = "column_\(index + 1)"
      if facts.columns.count > 1 {
        let shown = String(text.source.slice(range).split(whereSeparator: \.isNewline).first ?? "")
        diagnostics.append(
          Diagnostic(
            QueryRule.unnamedColumn.rule, "the column '\(shown)' has no name of its own",
            at: DiagnosticLabel(place(range), "add AS and a name")))
      }
    }
    let shown = ModifiedType(
      type: ObjectID(rawValue: described.columns[index].type), modifier: Int32(described.columns[index].modifier))
    return ResultColumnModel(
      name: name,
      type: stored.type(of: column.domain.map(types.value(of:)) ?? types.value(of: shown), in: column.origin),
      typeName: names[shown] ?? "unknown",
      nullability: self.nullability(nullability, of: column, range), origin: column.origin.flatMap(reference),
      source: place(range))
  }

  // MARK: Places

  /// With the place of the cause: in the statement, in the schema, or else the value itself.
  private func nullability(_ nullability: ValueNullability, of column: ColumnFacts, _ range: ByteRange)
    -> ModelNullability
  {
    guard case .optional(let reason, let offset) = nullability else { return .never }
    if let place = reasonPlace(offset) { return .optional(reason: reason, at: place) }
    if let origin = column.origin, let relation = types.catalog.relations[origin.relation],
      let name = relation.column(origin.attribute)?.name,
      reason.hasPrefix("\(relation.name).\(name) "),
      let definition = definitions.column(name, schema: relation.schema, table: relation.name)
    {
      return .optional(reason: reason, at: ReasonPlace(source: definition.place))
    }
    return .optional(reason: reason, at: reasonPlace(inFile: range.lower))
  }

  private func reasonPlace(_ sentOffset: Int?) -> ReasonPlace? {
    sentOffset.map { reasonPlace(inFile: job.sent.fileOffset(of: $0)) }
  }

  private func reasonPlace(inFile offset: Int) -> ReasonPlace {
    let token = text.tokens.first { $0.range.upper > offset }?.range ?? ByteRange(at: offset)
    var position: (line: Int, column: Int) = (1, 1)
    let before = text.source.slice(ByteRange(text.range.lower, max(text.range.lower, offset)))
    for byte in before.utf8 {
      // Columns count characters: continuation bytes are none.
      if byte == 0x0A { position = (position.line + 1, 1) } else if byte & 0xC0 != 0x80 { position.column += 1 }
    }
    return ReasonPlace(source: place(token), line: position.line, column: position.column)
  }

  private func place(_ range: ByteRange) -> SourceRange { SourceRange(path: text.source.path, range: range) }
}
