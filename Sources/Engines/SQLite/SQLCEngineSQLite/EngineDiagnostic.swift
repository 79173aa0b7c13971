// What the engine itself has to say: where SQLite and our analysis meet.

import SQLCDiagnostics
import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite

/// One case for each kind of message; the text is made here.
enum EngineDiagnostic {
  /// SQLite refuses a schema statement that our own reading accepts.
  case rejectedSchema(message: String)
  /// SQLite refuses a query that our own analysis accepts.
  case rejectedQuery(message: String)
  /// What we do not run, though SQLite would.
  case refusedSchema(Refusal)
  case refusedQuery(Refusal)
  case missingStatement(query: String)
  case secondStatement(query: String)
  case noRows(command: QueryCommand)
  case unprovenSingleRow(reason: String)
  case noRowID(why: String)
  case unsupportedStatement(kind: String, advice: String)
  /// `after`: the token before it, in lower case.
  case sliceNotAlone(name: String, after: String?)
  /// A string in double quotes in a statement of the schema.
  case doubleQuotedString(String)
  /// A newer SQLite has what this query or definition uses.
  case olderLibrary(machine: String, needs: String)
  case unnamedColumn(text: String)
  case columnCount(ours: Int, sqlite: Int)
  case columnName(index: Int, ours: String, sqlite: String)
  case columnOrigin(column: String, ours: String, sqlite: String)
  case parameterCount(ours: Int, sqlite: Int)
  case unresolvedType(column: String)
  case effects(verb: String, ours: [String], sqlite: [String])
  case catalogColumns(table: String, ours: [String], sqlite: [String])
  case catalogTable(table: String, present: Bool)
  case catalogFact(table: String, subject: String, ours: String, sqlite: String)
  case brokenView(view: String, message: String)
  case brokenTrigger(trigger: String, message: String)
  case foreignKeys(table: String, message: String)

  var id: DiagnosticID {
    switch self {
    case .rejectedSchema: DiagnosticID("schema", "rejected-statement")
    case .rejectedQuery: DiagnosticID("sqlite", "rejected-query")
    case .refusedSchema(let refusal):
      switch refusal.outcome {
      case .refused: DiagnosticID("schema", "refused-statement")
      case .leftOut: DiagnosticID("schema", "skipped-statement")
      }
    case .refusedQuery: DiagnosticID("query", "refused-statement")
    case .missingStatement: DiagnosticID("query", "missing-statement")
    case .secondStatement: DiagnosticID("query", "second-statement")
    case .noRows: DiagnosticID("query", "rowless-statement")
    case .unprovenSingleRow: DiagnosticID("query", "unproven-single-row")
    case .noRowID: DiagnosticID("query", "no-row-id")
    case .unsupportedStatement: DiagnosticID("query", "unsupported-statement")
    case .doubleQuotedString: DiagnosticID("schema", "double-quoted-string")
    case .olderLibrary: DiagnosticID("sqlite", "older-library")
    case .sliceNotAlone: DiagnosticID("query", "crowded-slice")
    case .unnamedColumn: DiagnosticID("query", "unnamed-column")
    case .columnCount: DiagnosticID("internal", "column-count")
    case .columnName: DiagnosticID("internal", "column-name")
    case .columnOrigin: DiagnosticID("internal", "column-origin")
    case .parameterCount: DiagnosticID("internal", "parameter-count")
    case .unresolvedType: DiagnosticID("internal", "unresolved-type")
    case .effects: DiagnosticID("internal", "different-effects")
    case .catalogColumns: DiagnosticID("internal", "different-columns")
    case .catalogTable: DiagnosticID("internal", "different-tables")
    case .catalogFact: DiagnosticID("internal", "different-facts")
    case .brokenView: DiagnosticID("schema", "broken-view")
    case .brokenTrigger: DiagnosticID("schema", "broken-trigger")
    case .foreignKeys: DiagnosticID("schema", "broken-foreign-key")
    }
  }

  var severity: Severity {
    switch self {
    // Of effects SQLite's word is the one that counts, so code can be made of it.
    case .unprovenSingleRow, .unnamedColumn, .effects: .warning
    // SQLite accepts these and fails when they are used: queries that use them are errors.
    case .brokenView, .brokenTrigger, .doubleQuotedString: .warning
    case .refusedSchema(let refusal), .refusedQuery(let refusal): refusal.outcome == .refused ? .error : .warning
    default: .error
    }
  }

  var message: String {
    switch self {
    case .rejectedSchema(let message), .rejectedQuery(let message): "SQLite rejects this: \(message)"
    case .refusedSchema(let refusal), .refusedQuery(let refusal): refusal.message
    case .missingStatement(let query): "no statement under the annotation of '\(query)'"
    case .secondStatement(let query): "a second statement under the annotation of '\(query)'"
    case .noRows(let command): "':\(command.rawValue)' on a statement that returns no rows"
    case .unprovenSingleRow(let reason): "':one' on a query that may give several rows: \(reason)"
    case .noRowID(let why): "':execlastid' on a statement without a rowid of its own: \(why)"
    case .unsupportedStatement(let kind, _): "\(kind) cannot be a query"
    case .doubleQuotedString(let text): "\(text) is read as a string; a string is written in single quotes"
    case .olderLibrary(let machine, let needs):
      "this machine's SQLite \(machine) cannot confirm this: \(needs)"
    case .sliceNotAlone(let name, _): "sqlc.slice('\(name)') must stand alone between its parentheses"
    case .unnamedColumn(let text): "the column '\(text)' has no name of its own"
    case .columnCount(let ours, let sqlite): "analysis finds \(ours) result columns, SQLite \(sqlite)"
    case .columnName(let index, let ours, let sqlite):
      "analysis names result column \(index) '\(ours)', SQLite '\(sqlite)'"
    case .columnOrigin(let column, let ours, let sqlite):
      "analysis traces column '\(column)' to \(ours), SQLite to \(sqlite)"
    case .parameterCount(let ours, let sqlite): "analysis finds \(ours) parameters, SQLite \(sqlite)"
    case .unresolvedType(let column): "the type of '\(column)' could not be determined"
    case .effects(let verb, let ours, let sqlite):
      "analysis says the statement \(verb) \(list(ours)), SQLite says \(list(sqlite))"
    case .catalogColumns(let table, let ours, let sqlite):
      "analysis gives '\(table)' the columns \(list(ours)), SQLite \(list(sqlite))"
    case .catalogTable(let table, let present):
      present ? "SQLite has no table '\(table)' after the schema" : "analysis has no table '\(table)' after the schema"
    case .catalogFact(let table, let subject, let ours, let sqlite):
      "analysis and SQLite differ about '\(table)', \(subject): analysis says \(ours), SQLite \(sqlite)"
    case .brokenView(let view, let message): "the view '\(view)' cannot be used: \(message)"
    case .foreignKeys(let table, let message):
      "no row of '\(table)' can be written or deleted while foreign keys are enforced: \(message)"
    case .brokenTrigger(let trigger, let message): "the trigger '\(trigger)' cannot run: \(message)"
    }
  }

  var label: String {
    switch self {
    case .noRows: "use ':exec', or add RETURNING"
    case .noRowID: "use ':one' with RETURNING, or ':exec'"
    case .secondStatement: "give it an annotation of its own"
    case .missingStatement: "write the SQL under this line"
    case .unsupportedStatement(_, let advice): advice
    case .unnamedColumn: "add AS and a name"
    case .sliceNotAlone(let name, let before?) where ["=", "==", "is"].contains(before):
      "write IN (sqlc.slice('\(name)')): a list is compared with IN"
    case .sliceNotAlone(let name, let before?) where ["<>", "!="].contains(before):
      "write NOT IN (sqlc.slice('\(name)')): a list is compared with NOT IN"
    case .sliceNotAlone: "an empty list would leave a comma behind"
    default: ""
    }
  }

  var notes: [String] {
    switch self {
    case .unprovenSingleRow:
      ["the result is optional; bind a whole unique key by equality, or add LIMIT 1, to say that one row is meant"]
    case .noRowID: ["SQLite would answer with the rowid of the row inserted before, of whatever table"]
    case .columnCount, .columnName, .columnOrigin, .parameterCount, .unresolvedType, .catalogColumns, .catalogTable,
      .catalogFact:
      ["this is a defect of sqlc-swift, not of your SQL; no code is generated from it, please report it"]
    case .refusedSchema(let refusal), .refusedQuery(let refusal): refusal.advice.isEmpty ? [] : [refusal.advice]
    case .doubleQuotedString: doubleQuotedNotes
    case .olderLibrary:
      [
        "no code is made of what SQLite has not confirmed: run this where SQLite is new enough; the rest is checked here as ever"
      ]
    case .effects: ["SQLite's answer is used; please report the difference"]
    default: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(id, severity, message, at: DiagnosticLabel(source, label), notes: notes)
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
