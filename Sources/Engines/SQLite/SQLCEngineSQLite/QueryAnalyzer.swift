// One query, all the way: tree, names, types, SQLite's description, agreement, model.

import SQLCDiagnostics
import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct QueryAnalyzer {
  let schema: SQLiteSchema
  let options: SemanticsOptions

  /// A query as one statement, or as many as its caller can choose among.
  func analyze(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?> {
    if var variants = analyzeVariants(query) {
      if variants.value != nil, query.command == .copyfrom {
        variants.diagnostics.append(BatchDiagnostic.notAnInsert.at(query.commandRange, in: query.source))
        variants.value = nil
      }
      return variants
    }
    var passed = passes(query)
    guard query.command.isBatch, let whole = passed.value else {
      return Diagnosed(passed.value?.model, passed.diagnostics)
    }
    let batch = analyzeBatch(whole, query)
    passed.diagnostics += batch.diagnostics
    return Diagnosed(batch.value, passed.diagnostics)
  }

  /// A query that went through all passes.
  struct Passed {
    var model: QueryModel
    var markers: [PresenceMarker]
    var bound: BoundStatement
    var statement: StatementSyntax
  }

  /// The five passes in order. A pass that reports an error ends the way for this query: what follows would only repeat it.
  func passes(
    _ query: AnnotatedQuery, marking: PresenceMarking = .whereNeeded(also: [])
  ) -> Diagnosed<Passed?> {
    var diagnostics: [Diagnostic] = []
    let parsed = parseScript(query.source, in: query.bodyRange, options: ParserOptions(allowsMacros: true))
    diagnostics += parsed.diagnostics
    guard !diagnostics.hasErrors, let item = singleStatement(of: parsed.value, query, &diagnostics),
      !schema.isBroken, checkKind(of: item.statement, query, &diagnostics)
    else { return Diagnosed(nil, diagnostics) }

    let bound = bind(item.statement, in: schema.catalog, source: query.source, options: options)
    diagnostics += bound.diagnostics
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }

    let typed = inferTypes(
      of: bound.value, in: schema.catalog, source: query.source, options: options, marking: marking)
    let tokens = tokens(of: item, in: parsed.value)
    let rewritten = StatementRewriter(source: query.source, tokens: tokens)
      .rewrite(bound.value, adding: typed.value.markers)
    if !typed.value.markers.isEmpty, !typed.diagnostics.hasErrors, !isTaken(rewritten.value, typed.value) {
      return passes(query, marking: .never)
    }
    diagnostics += typed.diagnostics
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    diagnostics += rewritten.diagnostics
    guard !diagnostics.hasErrors,
      let description = describe(rewritten.value, item, tokens, query, &diagnostics)
    else { return Diagnosed(nil, diagnostics) }

    let agreed = reconcile(typed.value, with: description, at: query)
    diagnostics += agreed.diagnostics
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }

    let lowered = QueryLowering(
      query: query, statement: item.statement.range, segments: rewritten.value.segments, catalog: schema.catalog,
      inserted: insertedRow(of: bound.value, in: schema.catalog)
    ).lower(agreed.value, description)
    diagnostics += lowered.diagnostics
    guard !diagnostics.hasErrors, let model = lowered.value else { return Diagnosed(nil, diagnostics) }
    return Diagnosed(
      Passed(
        model: model, markers: typed.value.markers, bound: bound.value, statement: item.statement), diagnostics)
  }

  /// Does SQLite take the statement with what was added, and find the columns there? The names of a source that became a
  /// subquery may be written in ways that subqueries do not have (`main.v.a`).
  private func isTaken(_ statement: RewrittenStatement, _ typed: TypedStatement) -> Bool {
    guard let description = try? schema.scratch.describe(statement.text) else { return false }
    return description.columns.count == typed.columns.count + typed.markers.count
  }

  private func singleStatement(
    of script: ScriptSyntax, _ query: AnnotatedQuery, _ diagnostics: inout [Diagnostic]
  ) -> ScriptSyntax.Item? {
    guard let first = script.items.first else {
      diagnostics.append(EngineDiagnostic.missingStatement(query: query.name).at(range(query.nameRange, query)))
      return nil
    }
    if script.items.count > 1 {
      let extra = script.items[1].statement.range
      let start = script.tokens.first { $0.range.lower >= extra.lower }?.range ?? extra
      var diagnostic = EngineDiagnostic.secondStatement(query: query.name).at(range(start, query))
      diagnostic.secondary = [DiagnosticLabel(range(query.nameRange, query), "the annotation")]
      diagnostics.append(diagnostic)
      return nil
    }
    return first
  }

  /// Statements that have no place under an annotation, because a method that runs them would break its connection.
  private func checkKind(
    of statement: StatementSyntax, _ query: AnnotatedQuery, _ diagnostics: inout [Diagnostic]
  ) -> Bool {
    let refused: (kind: String, advice: String)?
    switch statement {
    case .transaction: refused = ("transaction control", "use 'transaction' or 'savepoint' of the generated code")
    case .attach, .detach: refused = ("ATTACH or DETACH", "it would hold on one connection of the pool only")
    case .explain: refused = ("EXPLAIN", "its columns are not stable between SQLite versions")
    case .pragma where query.command.returnsRows:
      refused = ("a PRAGMA that returns rows", "select from the table-valued function of that name: pragma_…()")
    case .select, .insert, .update, .delete, .createTable, .createIndex, .createView, .createTrigger,
      .createVirtualTable, .alterTable, .drop, .pragma, .analyze, .reindex, .vacuum, .invalid:
      refused = nil
    }
    guard let refused else { return true }
    diagnostics.append(
      EngineDiagnostic.unsupportedStatement(kind: refused.kind, advice: refused.advice)
        .at(range(statement.range, query)))
    return false
  }

  private func tokens(of item: ScriptSyntax.Item, in script: ScriptSyntax) -> ArraySlice<Token> {
    let range = item.statement.range
    let first = script.tokens.partitioningIndex { $0.range.lower >= range.lower }
    let past = script.tokens.partitioningIndex { $0.range.lower >= range.upper }
    return script.tokens[first..<past]
  }

  /// SQLite's view of the rewritten text; its refusal is placed where the text came from.
  private func describe(
    _ statement: RewrittenStatement, _ item: ScriptSyntax.Item, _ tokens: ArraySlice<Token>, _ query: AnnotatedQuery,
    _ diagnostics: inout [Diagnostic]
  ) -> StatementDescription? {
    do throws(OracleError) {
      return try schema.scratch.describe(statement.text)
    } catch {
      var place = item.statement.range
      if let offset = error.offset {
        let position = statement.fileOffset(of: offset)
        place = tokens.first { $0.range.upper > position }?.range ?? ByteRange(at: position)
      }
      let problem: EngineDiagnostic
      if let refusal = error.refusal {
        problem = .refusedQuery(refusal)
      } else if let needs = OlderLibrary.needs(of: item.statement, error, schema.catalog, query.source, options) {
        problem = .olderLibrary(machine: ScratchDatabase.version, needs: needs)
      } else {
        problem = .rejectedQuery(message: error.message)
      }
      diagnostics.append(problem.at(range(place, query)))
      return nil
    }
  }

  private func range(_ range: ByteRange, _ query: AnnotatedQuery) -> SourceRange {
    SourceRange(path: query.source.path, range: range)
  }
}
