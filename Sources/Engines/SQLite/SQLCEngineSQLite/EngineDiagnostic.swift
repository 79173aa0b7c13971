// What the engine itself has to say: where SQLite and our analysis meet.

import SQLCDiagnostics
import SQLCEngine
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

  var rule: Rule {
    switch self {
    case .rejectedSchema: SchemaRule.rejectedStatement.rule
    case .rejectedQuery: SQLiteRule.rejectedQuery.rule
    case .refusedSchema(let refusal):
      switch refusal.outcome {
      case .refused: SchemaRule.refusedStatement.rule
      case .leftOut: SchemaRule.skippedStatement.rule
      }
    case .refusedQuery: QueryRule.refusedStatement.rule
    case .missingStatement: QueryRule.missingStatement.rule
    case .secondStatement: QueryRule.secondStatement.rule
    case .noRows: QueryRule.rowlessStatement.rule
    case .unprovenSingleRow: QueryRule.unprovenSingleRow.rule
    case .noRowID: QueryRule.noRowID.rule
    case .unsupportedStatement: QueryRule.unsupportedStatement.rule
    case .doubleQuotedString: SchemaRule.doubleQuotedString.rule
    case .olderLibrary: SQLiteRule.olderLibrary.rule
    case .sliceNotAlone: QueryRule.crowdedSlice.rule
    case .unnamedColumn: QueryRule.unnamedColumn.rule
    case .columnCount: InternalRule.columnCount.rule
    case .columnName: InternalRule.columnName.rule
    case .columnOrigin: InternalRule.columnOrigin.rule
    case .parameterCount: InternalRule.parameterCount.rule
    case .unresolvedType: InternalRule.unresolvedType.rule
    case .effects: InternalRule.differentEffects.rule
    case .catalogColumns: InternalRule.differentColumns.rule
    case .catalogTable: InternalRule.differentTables.rule
    case .catalogFact: InternalRule.differentFacts.rule
    case .brokenView: SchemaRule.brokenView.rule
    case .brokenTrigger: SchemaRule.brokenTrigger.rule
    case .foreignKeys: SchemaRule.brokenForeignKey.rule
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

  /// A query that is left out, not refused.
  private var severity: Severity? {
    if case .refusedQuery(let refusal) = self, refusal.outcome == .leftOut { .warning } else { nil }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(rule, as: severity, message, at: DiagnosticLabel(source, label), notes: notes)
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
