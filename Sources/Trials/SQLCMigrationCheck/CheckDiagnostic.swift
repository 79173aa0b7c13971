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
  case changedType(String, table: String, from: String, to: String)
  case notNullOnData(String, table: String, reason: String)
  case droppedForeignKey([String], table: String, parent: String)
  case droppedIndex(String, table: String, queries: [String])
  case uniqueOnData(String)
  case equalRowsLost(String)
  case passedOver(clause: String, table: String)
  case refusedRows(table: String, count: Int, of: Int, reason: String)
  case foreignKeyOnData([String], table: String, parent: String)
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
    case .changedType: .changedType
    case .notNullOnData: .notNullOnData
    case .droppedForeignKey: .droppedForeignKey
    case .droppedIndex: .droppedIndex
    case .uniqueOnData: .uniqueOnData
    case .equalRowsLost, .passedOver: .lostRows
    case .refusedRows, .foreignKeyOnData: .refusedRows
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
    case .changedType(let column, let table, let old, let new):
      "'\(table).\(column)' was \(Self.words(old)) and becomes \(Self.words(new))"
    case .notNullOnData(let column, let table, _): "this fails where '\(table).\(column)' is NULL"
    case .droppedForeignKey(let columns, let table, let parent):
      "nothing keeps '\(table)' (\(columns.joined(separator: ", "))) referring to rows of '\(parent)' any more"
    case .droppedIndex(let index, let table, let queries):
      "without '\(index)' all rows of '\(table)' are read by \(queries.prefix(3).map { "'\($0)'" }.joined(separator: ", "))"
        + (queries.count > 3 ? " and \(queries.count - 3) more" : "")
    case .equalRowsLost(let table):
      "of equal rows of '\(table)' one is left: a new key has ON CONFLICT REPLACE or IGNORE"
    case .passedOver(let clause, let table): "'\(clause)' leaves rows that '\(table)' refuses out, without a word"
    case .refusedRows(let table, _, _, let reason): "this fails on some rows of '\(table)': \(reason)"
    case .foreignKeyOnData(let columns, let table, let parent):
      "this fails where '\(table)' (\(columns.joined(separator: ", "))) refers to rows of '\(parent)' that are not there"
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
        "the database refuses this statement inside a transaction; stopped behind a piece, migrating goes on with the next one"
      ]
    case .notNullOnData(_, _, let reason):
      [
        "the database says: \(reason)",
        "give such rows a value first (UPDATE, or coalesce() in a rebuild); '-- sqlc:ignore \(rule.rawValue): reason' in the"
          + " file says that there are none",
      ]
    case .changedType, .droppedForeignKey, .droppedIndex, .droppedTable, .droppedColumn, .renamed, .uniqueOnData,
      .lostRows, .equalRowsLost, .passedOver, .foreignKeyOnData, .missingDown:
      ["'-- sqlc:ignore \(rule.rawValue): reason' in the file says that it is meant"]
    case .refusedRows(_, let count, let all, _):
      [
        "of \(all) generated rows it fails on \(count)",
        "mend such rows first; '-- sqlc:ignore \(rule.rawValue): reason' in the file says that there are none",
      ]
    case .failingUp, .failingDown, .failingAgain, .brokenReferences: []
    }
  }

  private static func words(_ type: String) -> String { type.isEmpty ? "without a type" : type }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(rule.rule, message, at: DiagnosticLabel(source), notes: notes)
  }
}
