// The passes over a query that need no SQLite: tree, names, types, and the text that SQLite will be asked about.

import SQLCDiagnostics
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// A query as it is known before SQLite is asked.
struct ReadQuery: Sendable {
  var item: ScriptSyntax.Item
  /// Of the statement, its semicolon not among them.
  var tokens: ArraySlice<Token>
  var bound: BoundStatement
  var typed: Diagnosed<TypedStatement>
  var rewritten: Diagnosed<RewrittenStatement>
}

struct QueryReader: Sendable {
  let catalog: Catalog
  let options: SemanticsOptions
  /// The schema has errors: only the syntax of queries is looked at.
  let isBroken: Bool

  /// Diagnostics of the tree and of names; those of types and of the text are with what is read. Nothing is read where a tree
  /// or name is wrong.
  func read(
    _ query: AnnotatedQuery, marking: PresenceMarking = .whereNeeded(also: [])
  ) -> Diagnosed<ReadQuery?> {
    var diagnostics: [Diagnostic] = []
    let parsed = parseScript(
      query.source, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
    diagnostics += parsed.diagnostics
    guard !diagnostics.hasErrors, let item = singleStatement(of: parsed.value, query, &diagnostics),
      !isBroken, checkKind(of: item.statement, query, &diagnostics)
    else { return Diagnosed(nil, diagnostics) }

    let bound = bind(item.statement, in: catalog, source: query.source, options: options)
    diagnostics += bound.diagnostics
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }

    let typed = inferTypes(of: bound.value, in: catalog, source: query.source, options: options, marking: marking)
    let tokens = tokens(of: item, in: parsed.value)
    let rewritten = StatementRewriter(source: query.source, tokens: tokens, rowLists: query.rowLists)
      .rewrite(bound.value, adding: typed.value.markers)
    return Diagnosed(
      ReadQuery(item: item, tokens: tokens, bound: bound.value, typed: typed, rewritten: rewritten), diagnostics)
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

  private func range(_ range: ByteRange, _ query: AnnotatedQuery) -> SourceRange {
    SourceRange(path: query.source.path, range: range)
  }
}
