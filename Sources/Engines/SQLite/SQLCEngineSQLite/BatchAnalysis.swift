// `:copyfrom` and `:batch…`: one statement for many values. What it must be, and whether several rows fit into one INSERT.

import SQLCDiagnostics
import SQLCEngine
import SQLCMacros
package import SQLCModel
import SQLCOracleSQLite
import SQLCSyntaxSQLite

enum BatchDiagnostic {
  case missingParameters(command: QueryCommand)
  case notAnInsert
  case notOneRow(rows: Int)
  case returningRows
  case listOfValues(name: String)

  var rule: Rule {
    switch self {
    case .missingParameters: BatchRule.missingParameters.rule
    case .notAnInsert: BatchRule.unfitStatement.rule
    case .notOneRow: BatchRule.severalRows.rule
    case .returningRows: BatchRule.returnedRows.rule
    case .listOfValues: BatchRule.listOfValues.rule
    }
  }

  var message: String {
    switch self {
    case .missingParameters(let command): "':\(command.rawValue)' on a statement without parameters"
    case .notAnInsert: "':copyfrom' on a statement that is no INSERT with VALUES"
    case .notOneRow(let rows): "':copyfrom' on an INSERT of \(rows) rows"
    case .returningRows: "':copyfrom' on an INSERT with RETURNING"
    case .listOfValues(let name): "sqlc.slice('\(name)') in ':copyfrom'"
    }
  }

  var label: String {
    switch self {
    case .missingParameters: "every run would be the same"
    case .notAnInsert: "use ':batchexec' to run any statement for many values"
    case .notOneRow: "write one row; the method takes as many as there are"
    case .returningRows: "use ':batchone', which gives the row of each"
    case .listOfValues: "a row has single values"
    }
  }

  func at(_ range: ByteRange, in source: SourceFile) -> Diagnostic {
    Diagnostic(rule, message, at: DiagnosticLabel(SourceRange(path: source.path, range: range), label))
  }
}

extension QueryAnalyzer {
  func analyzeBatch(_ passed: Passed, _ query: AnnotatedQuery) -> Diagnosed<QueryModel?> {
    var model = passed.model
    func error(_ problem: BatchDiagnostic, _ range: ByteRange) -> Diagnosed<QueryModel?> {
      Diagnosed(nil, [problem.at(range, in: query.source)])
    }
    guard !model.parameters.isEmpty else {
      return error(.missingParameters(command: query.command), query.commandRange)
    }
    guard query.command == .copyfrom else { return Diagnosed(model) }
    guard case .insert(let insert) = passed.statement, case .select(let select) = insert.source,
      case .values(let values) = select.body
    else { return error(.notAnInsert, query.commandRange) }
    if let returning = insert.returning { return error(.returningRows, returning.range) }
    guard values.rows.count == 1 else { return error(.notOneRow(rows: values.rows.count), values.rows[1].range) }
    if let slice = model.parameters.first(where: \.isSlice) {
      return error(.listOfValues(name: slice.name), slice.source.range)
    }
    do throws(OracleError) {
      guard let repeated = try repeatedRow(values.rows[0].range, insert, passed, query) else { return Diagnosed(model) }
      model.bulk = .repeatedRow(repeated)
      // SQLite's word on the form with several rows.
      _ = try schema.scratch.describe(repeated.text(rows: 2, parameters: model.parameters.count))
    } catch {
      let place = SourceRange(path: query.source.path, range: values.range)
      return Diagnosed(nil, [EngineDiagnostic.rejectedQuery(message: error.message).at(place)])
    }
    return Diagnosed(model)
  }

  /// Nothing where several rows in one statement may mean something else than the same rows one after the other, or cost
  /// more: where a row asks the database what the rows before it did; where a parameter stands outside the row; and where
  /// SQLite keeps a journal of the statement, to undo the rows before one that fails. It does so for triggers, foreign keys
  /// and upserts, and for constraints that abort. Here the whole transaction is undone, so that `OR FAIL`, which keeps no
  /// journal, comes to the same, unless the table says itself what a conflict does (lang_conflict.html).
  private func repeatedRow(
    _ row: ByteRange, _ insert: InsertSyntax, _ passed: Passed, _ query: AnnotatedQuery
  ) throws(OracleError) -> RepeatedRowModel? {
    let key = insert.table.name.key
    guard insert.with == nil, insert.upserts.isEmpty, !insert.isReplace,
      insert.onConflict == nil || insert.onConflict == .ignore,
      case .table(let table)? = schema.catalog.relations[key], table.kind == .ordinary, table.foreignKeys.isEmpty,
      schema.catalog.tableTriggers[key] == nil,
      let definition = try schema.scratch.definition(ofTable: table.name),
      !statesConflict(definition)
    else { return nil }
    let tokens = tokenize(query.source, in: passed.model.statement.range)
    guard let verb = tokens.first, verb.kind == .insert else { return nil }
    let asking = ["last_insert_rowid", "changes", "total_changes"]
    for token in tokens where row.contains(token.range) {
      if token.kind == .select { return nil }
      if token.kind == .identifier, asking.contains(query.source.slice(token.range).lowercased()) { return nil }
    }
    // The row is the part that is "chosen".
    var syntax = VariantSyntax(source: query.source, tokens: tokens.map(MacroToken.init)[...])
    syntax.regions = [ConditionalRegion(range: row, all: 1)]
    let pieces = ConditionalRewriter(variants: syntax, tokens: tokens[...]).rewrite(passed.bound)
    guard let first = pieces.firstIndex(where: { $0.all == 1 }), let last = pieces.lastIndex(where: { $0.all == 1 }),
      let before = text(pieces[..<first]), let after = text(pieces[(last + 1)...])
    else { return nil }
    let word = insert.onConflict == nil ? String(query.source.slice(verb.range)) : ""
    return RepeatedRowModel(
      verb: word, before: String(before.dropFirst(word.count)), row: pieces[first...last].map(\.segment), after: after)
  }

  /// Does the table say what a conflict does? A column of that name is no clause.
  private func statesConflict(_ definition: String) -> Bool {
    let tokens = tokenize(SourceFile(path: "", text: definition))
    return zip(tokens, tokens.dropFirst()).contains { $0.kind == .on && $1.kind == .conflict }
  }

  private func text(_ pieces: ArraySlice<SQLPiece>) -> String? {
    var text = ""
    for piece in pieces {
      guard case .text(let part) = piece.segment else { return nil }
      text += part
    }
    return text
  }
}

extension RepeatedRowModel {
  /// The text for that many rows of a query with that many parameters, as the runtime writes it.
  package func text(rows: Int, parameters: Int) -> String {
    var text = verb + (verb.isEmpty || rows == 1 ? "" : " OR FAIL") + before
    for number in 0..<rows {
      if number > 0 { text += ", " }
      for segment in row {
        switch segment {
        case .text(let part): text += part
        case .parameter(let index), .list(let index):
          text += PlaceholderStyle.questionMark.placeholder(index + number * parameters)
        // A row of a list of rows is none of these.
        case .rows: continue
        }
      }
    }
    return text + after
  }
}
