// What trying the migrations shows.

import SQLCDiagnostics

enum CheckDiagnostic {
  /// Where a migration fails.
  enum Rows { case none, generated }

  case failingUp(String, Rows)
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
  case severalTransactions(Int)

  var rule: MigrateRule {
    switch self {
    case .failingUp: .failingUp
    case .failingDown: .failingDown
    case .failingAgain: .failingAgain
    case .missingDown: .missingDown
    case .incompleteDown: .incompleteDown
    case .lostObject: .lostObject
    case .lostRows: .lostRows
    case .brokenReferences: .brokenReferences
    case .droppedTable: .droppedTable
    case .droppedColumn: .droppedColumn
    case .renamed: .renamed
    case .uniqueOnData: .uniqueOnData
    case .ineffectivePragma: .ineffectivePragma
    case .severalTransactions: .severalTransactions
    }
  }

  private var message: String {
    switch self {
    case .failingUp(let reason, .generated): "on tables with rows this fails: \(reason)"
    case .failingUp(let reason, .none): "this fails: \(reason)"
    case .failingDown(let reason): "the down migration fails: \(reason)"
    case .failingAgain(let reason): "after the down migration it fails: \(reason)"
    case .missingDown: "this migration has no down migration"
    case .incompleteDown(let differences):
      "the down migration does not restore the schema: \(differences.count) difference\(differences.count == 1 ? "" : "s")"
    case .lostObject(let kind, let name): "\(kind) '\(name)' is gone afterwards, and nothing here drops it"
    case .lostRows(let table, let before, let after): "'\(table)' has \(after) of \(before) rows afterwards"
    case .brokenReferences(let table): "rows of '\(table)' refer to rows that are gone"
    case .droppedTable(let table): "the rows of '\(table)' are lost"
    case .droppedColumn(let column, let table): "the values of '\(table).\(column)' are lost"
    case .renamed(let old, let new): "what still says '\(old)' fails once it is called '\(new)'"
    case .uniqueOnData(let table): "this fails where '\(table)' has equal values already"
    case .ineffectivePragma: "this does nothing inside a transaction, and each migration runs in one"
    case .severalTransactions(let count): "this migration is not one transaction: it runs in \(count) pieces"
    }
  }

  private var notes: [String] {
    switch self {
    case .incompleteDown(let differences): Array(differences.prefix(12))
    case .lostObject:
      ["a rebuilt table loses its indexes and triggers (lang_altertable.html#otheralter): create them again"]
    case .ineffectivePragma: ["SQLCRuntime migrates without enforcing foreign keys, and checks them before it commits"]
    case .severalTransactions:
      [
        "SQLite refuses this statement inside a transaction; stopped behind a piece, migrating goes on with the next one"
      ]
    case .droppedTable, .droppedColumn, .renamed, .uniqueOnData, .lostRows, .missingDown:
      ["'-- sqlc:ignore \(rule.rawValue): reason' in the file says that it is meant"]
    case .failingUp, .failingDown, .failingAgain, .brokenReferences: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(rule.rule, message, at: DiagnosticLabel(source), notes: notes)
  }
}
