// What trying the migrations shows.

import SQLCDiagnostics

enum CheckDiagnostic {
  case failingUp(String)
  case failingDown(String)
  case failingAgain(String)
  case missingDown
  case incompleteDown([String])
  case lostObject(kind: String, name: String)
  case lostRows(table: String, before: Int, after: Int)
  case brokenReferences(table: String)
  case droppedTable(String)
  case droppedColumn(String, table: String)
  case renamed(String, to: String)
  case uniqueOnData(String)
  case ineffectivePragma

  var id: DiagnosticID {
    let name =
      switch self {
      case .failingUp: "failing-up"
      case .failingDown: "failing-down"
      case .failingAgain: "failing-again"
      case .missingDown: "missing-down"
      case .incompleteDown: "incomplete-down"
      case .lostObject: "lost-object"
      case .lostRows: "lost-rows"
      case .brokenReferences: "broken-references"
      case .droppedTable: "dropped-table"
      case .droppedColumn: "dropped-column"
      case .renamed: "renamed"
      case .uniqueOnData: "unique-on-data"
      case .ineffectivePragma: "ineffective-pragma"
      }
    return DiagnosticID("migrate", name)
  }

  private var severity: Severity {
    switch self {
    case .failingUp, .failingDown, .failingAgain, .incompleteDown, .lostObject, .brokenReferences: .error
    case .missingDown, .lostRows, .droppedTable, .droppedColumn, .renamed, .uniqueOnData, .ineffectivePragma: .warning
    }
  }

  private var message: String {
    switch self {
    case .failingUp(let reason): "on tables with rows this fails: \(reason)"
    case .failingDown(let reason): "the way back fails: \(reason)"
    case .failingAgain(let reason): "after the way back it fails: \(reason)"
    case .missingDown: "this migration has no way back"
    case .incompleteDown(let differences):
      "the way back does not restore the schema: \(differences.count) difference\(differences.count == 1 ? "" : "s")"
    case .lostObject(let kind, let name): "\(kind) '\(name)' is gone afterwards, and nothing here drops it"
    case .lostRows(let table, let before, let after): "'\(table)' has \(after) of \(before) rows afterwards"
    case .brokenReferences(let table): "rows of '\(table)' refer to rows that are gone"
    case .droppedTable(let table): "the rows of '\(table)' are lost"
    case .droppedColumn(let column, let table): "the values of '\(table).\(column)' are lost"
    case .renamed(let old, let new): "what still says '\(old)' fails once it is called '\(new)'"
    case .uniqueOnData(let table): "this fails where '\(table)' has equal values already"
    case .ineffectivePragma: "this does nothing inside a transaction, and each migration runs in one"
    }
  }

  private var notes: [String] {
    switch self {
    case .incompleteDown(let differences): Array(differences.prefix(12))
    case .lostObject:
      ["a rebuilt table loses its indexes and triggers (lang_altertable.html#otheralter): create them again"]
    case .ineffectivePragma: ["SQLCRuntime migrates without enforcing foreign keys, and checks them before it commits"]
    case .droppedTable, .droppedColumn, .renamed, .uniqueOnData, .lostRows, .missingDown:
      ["'-- sqlc:ignore \(id.name)' in the file says that it is meant"]
    case .failingUp, .failingDown, .failingAgain, .brokenReferences: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(id, severity, message, at: DiagnosticLabel(source), notes: notes)
  }
}
