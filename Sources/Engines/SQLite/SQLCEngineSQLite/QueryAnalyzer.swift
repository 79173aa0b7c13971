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
  ///
  /// - Parameter read: what the passes before SQLite's gave, where they have been gone through already.
  func analyze(_ query: AnnotatedQuery, read: Diagnosed<ReadQuery?>? = nil) -> Diagnosed<QueryModel?> {
    if read == nil, var variants = analyzeVariants(query) {
      if variants.value != nil, query.command == .copyfrom {
        variants.diagnostics.append(BatchDiagnostic.notAnInsert.at(query.commandRange, in: query.source))
        variants.value = nil
      }
      return variants
    }
    var passed = finish(read ?? reader.read(query), query)
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
    finish(reader.read(query, marking: marking), query)
  }

  /// What needs no SQLite.
  var reader: QueryReader { QueryReader(catalog: schema.catalog, options: options, isBroken: schema.isBroken) }

  /// What SQLite says of a query, and the model that follows.
  func finish(_ read: Diagnosed<ReadQuery?>, _ query: AnnotatedQuery) -> Diagnosed<Passed?> {
    var diagnostics = read.diagnostics
    guard let found = read.value else { return Diagnosed(nil, diagnostics) }
    let (item, tokens, bound, typed, rewritten) = (found.item, found.tokens, found.bound, found.typed, found.rewritten)
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
      inserted: insertedRow(of: bound, in: schema.catalog)
    ).lower(agreed.value, description)
    diagnostics += lowered.diagnostics
    guard !diagnostics.hasErrors, let model = lowered.value else { return Diagnosed(nil, diagnostics) }
    if let rejection = rejectionOfRows(model, query) { return Diagnosed(nil, diagnostics + [rejection]) }
    return Diagnosed(
      Passed(
        model: model, markers: typed.value.markers, bound: bound, statement: item.statement), diagnostics)
  }

  /// Does SQLite take the statement with what was added, and find the columns there? The names of a source that became a
  /// subquery may be written in ways that subqueries do not have (`main.v.a`).
  private func isTaken(_ statement: RewrittenStatement, _ typed: TypedStatement) -> Bool {
    guard let description = try? schema.scratch.describe(statement.text) else { return false }
    return description.columns.count == typed.columns.count + typed.markers.count
  }

  /// SQLite's word on a list of rows as it is sent: with one row, and with none.
  private func rejectionOfRows(_ model: QueryModel, _ query: AnnotatedQuery) -> Diagnostic? {
    guard let list = query.rowLists.first else { return nil }
    let placeholders = schema.engine.placeholders
    let empty = model.sql.flatMap { segment -> [SQLSegment] in
      if case .rows(let template) = segment { template.empty } else { [segment] }
    }
    for text in [placeholders.text(of: model.sql), placeholders.text(of: empty)] {
      do throws(OracleError) {
        _ = try schema.scratch.describe(text)
      } catch {
        return EngineDiagnostic.rejectedQuery(message: error.message).at(range(list.range, query))
      }
    }
    return nil
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
