// What trying the migrations shows.

import SQLCDiagnostics

/// The rules of `migrate check`, by the names that `-- sqlc:ignore` takes.
enum CheckRule: CaseIterable {
  case failingUp, failingDown, failingAgain, missingDown, incompleteDown, lostObject, lostRows, brokenReferences
  case droppedTable, droppedColumn, renamed, uniqueOnData, ineffectivePragma, severalTransactions, unknownRule

  var name: String {
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
    case .severalTransactions: "several-transactions"
    case .unknownRule: "unknown-rule"
    }
  }

  init?(name: String) {
    guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = rule
  }
}

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
  case unknownRule(String)

  var rule: CheckRule {
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
    case .unknownRule: .unknownRule
    }
  }

  var id: DiagnosticID {
    let name = rule.name
    return DiagnosticID("migrate", name)
  }

  private var severity: Severity {
    switch self {
    case .failingUp, .failingDown, .failingAgain, .incompleteDown, .lostObject, .brokenReferences: .error
    case .missingDown, .lostRows, .droppedTable, .droppedColumn, .renamed, .uniqueOnData, .ineffectivePragma,
      .severalTransactions, .unknownRule:
      .warning
    }
  }

  private var message: String {
    switch self {
    case .failingUp(let reason, .generated): "on tables with rows this fails: \(reason)"
    case .failingUp(let reason, .none): "this fails: \(reason)"
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
    case .severalTransactions(let count): "this migration is not one transaction: it runs in \(count) pieces"
    case .unknownRule(let name): "'\(name)' is no rule of 'migrate check'"
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
    case .unknownRule: ["known: " + CheckRule.allCases.map(\.name).joined(separator: ", ")]
    case .droppedTable, .droppedColumn, .renamed, .uniqueOnData, .lostRows, .missingDown:
      ["'-- sqlc:ignore \(id.name)' in the file says that it is meant"]
    case .failingUp, .failingDown, .failingAgain, .brokenReferences: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    var label = ""
    if case .unknownRule(let name) = self {
      let near = nearestNames(to: name, among: CheckRule.allCases.map(\.name))
      if !near.isEmpty { label = "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?" }
    }
    return Diagnostic(id, severity, message, at: DiagnosticLabel(source, label), notes: notes)
  }
}
