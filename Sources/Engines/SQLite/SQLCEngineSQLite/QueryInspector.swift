// A query as far as it can be understood, for editors: no pass ends at a mistake, and SQLite is not asked.

package import SQLCDiagnostics
package import SQLCEngine
import SQLCMacros
package import SQLCModel
package import SQLCSemanticsSQLite
package import SQLCSyntaxSQLite

/// A statement after each pass, as far as it goes.
package struct QueryTrees: Sendable {
  package var statement: StatementSyntax
  package var bound: BoundStatement
  package var typed: TypedStatement
  package var occurrences: [SymbolOccurrence]
  /// What the passes say, in their order.
  package var diagnostics: [Diagnostic]
  /// What was left out so that the rest could be read.
  package var unread: [ByteRange]
}

/// Looks at queries in a schema. A value, free of the schema's connection.
package struct SQLiteInspector: SchemaInspector {
  package let catalog: Catalog
  let options: SemanticsOptions
  let scripts: [ScriptSyntax]
  /// The schema has errors: names may be missing for that reason.
  let isBroken: Bool

  package func inspect(_ query: AnnotatedQuery) -> QueryInspection {
    guard let variants = variants(of: query) else { return inspect(query, of: query.source) }
    var whole = inspect(query, of: variants.wholeText)
    whole.occurrences += variants.occurrences
    whole.occurrences.sort { $0.source.range.lower < $1.source.range.lower }
    // Predicates only narrow: what holds without any of them holds in every combination.
    for (index, text) in variants.leastTexts.enumerated() {
      let least = inspect(query, of: text)
      whole.rowCount = least.rowCount
      guard index > 0, whole.columns.count == least.columns.count else {
        whole.columns = least.columns
        continue
      }
      // A column that one statement sets may be NULL where another leaves it.
      for (place, column) in least.columns.enumerated() where column.facts?.nullability.isOptional == true {
        whole.columns[place] = column
      }
    }
    return whole
  }

  /// The query with every predicate that can be left out, and all that its rows can be ordered by; nothing when there is no
  /// statement.
  package func trees(of query: AnnotatedQuery) -> QueryTrees? {
    trees(of: query, in: variants(of: query)?.wholeText ?? query.source)
  }

  func variants(of query: AnnotatedQuery) -> VariantSyntax? {
    scanVariants(of: tokenize(query.source, in: query.bodyRange).map(MacroToken.init), in: query.source).value
  }

  private func trees(of query: AnnotatedQuery, in text: SourceFile) -> QueryTrees? {
    let parsed = parseScript(text, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
    guard var statement = parsed.value.items.first?.statement else { return nil }
    var text = text
    var unread: [ByteRange] = []
    if parsed.diagnostics.hasErrors, let readable = readablePart(of: text, in: query.bodyRange) {
      (text, unread) = (readable.source, readable.unread)
      let again = parseScript(text, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
      statement = again.value.items.first?.statement ?? statement
    }
    let bound = bindPartially(statement, in: catalog, source: text, options: options)
    let typed = inferTypes(of: bound.value.statement, in: catalog, source: text, options: options)
    return QueryTrees(
      statement: statement, bound: bound.value.statement, typed: typed.value, occurrences: bound.value.occurrences,
      diagnostics: parsed.diagnostics + bound.diagnostics + typed.diagnostics, unread: unread)
  }

  private func inspect(_ query: AnnotatedQuery, of text: SourceFile) -> QueryInspection {
    guard let trees = trees(of: query, in: text) else { return QueryInspection() }
    var query = query
    query.source = text
    return QueryLowering(
      query: query, statement: trees.statement.range, segments: [], catalog: catalog,
      inserted: InsertedRow(rowID: .never, why: "")
    ).inspection(trees, isBroken || trees.diagnostics.hasErrors ? .mistaken : .whole)
  }

  /// Every name in the schema's own text that means something.
  package func definitions() -> [SymbolOccurrence] {
    definitionOccurrences(of: catalog, in: scripts, options: options)
  }

  package func functions() -> [FunctionSignature] {
    FunctionCatalog.builtin.shown(options).map { function in
      let definition = function.definition
      let kind: FunctionSignature.Kind =
        switch definition.kind {
        case .scalar: .scalar
        case .aggregate: .aggregate
        case .window: .window
        }
      return FunctionSignature(
        name: definition.name, kind: kind, parameters: function.arguments, required: definition.minimumArguments,
        repetition: definition.maximumArguments == nil ? .last : .none, result: function.result,
        since: definition.since.map { "\($0)" })
    }
    .sorted { ($0.name, $0.parameters.count) < ($1.name, $1.parameters.count) }
  }
}

extension QueryLowering {
  enum Soundness { case whole, mistaken }

  func inspection(_ trees: QueryTrees, _ soundness: Soundness) -> QueryInspection {
    let typed = trees.typed
    let hidden =
      switch soundness {
      case .whole: Set<Int>()
      case .mistaken: trees.bound.hiddenColumns
      }
    var inspection = QueryInspection(occurrences: trees.occurrences)
    inspection.unread = trees.unread.map { place($0) }
    inspection.columns = typed.columns.enumerated().map { index, column in
      let source = place(column.range)
      return InspectedValue(
        name: column.name, facts: hidden.contains(index) ? nil : facts(column.facts, of: source),
        origin: column.origin.map(reference), source: source)
    }
    inspection.parameters = typed.parameters.map { parameter in
      let source = place(parameter.occurrences.first ?? statement)
      var known = facts(parameter.facts, of: source)
      // What it is compared with or stored in may be what is not known.
      if soundness == .mistaken, known?.type == .any { known = nil }
      return InspectedValue(
        name: parameter.name, facts: known, origin: parameter.origin.map(reference), source: source)
    }
    guard soundness == .whole else { return inspection }
    let rows = typed.nesting?.parents ?? typed.rowCount
    switch rows.bound {
    case .exactlyOne: inspection.rowCount = InspectedRowCount(.exactlyOne, because: rows.reason)
    case .atMostOne: inspection.rowCount = InspectedRowCount(.atMostOne, because: rows.reason)
    case .many: inspection.rowCount = InspectedRowCount(.many, because: rows.reason)
    case .none: break
    }
    inspection.reads = typed.reads.map { QualifiedName($0) }
    inspection.writes = typed.writes.map { QualifiedName($0) }
    return inspection
  }

  private func facts(_ facts: TypeFacts, of source: SourceRange) -> InspectedValue.Facts? {
    guard !facts.isUnknown else { return nil }
    return InspectedValue.Facts(type: valueType(of: facts), nullability: nullability(facts.nullability, of: source))
  }

  private func reference(_ origin: ColumnOrigin) -> ColumnReference {
    ColumnReference(table: QualifiedName(origin.table), column: origin.column)
  }
}
