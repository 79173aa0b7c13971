// Foreign keys that SQLite takes and that make every statement fail that needs them, "DML errors" (SQLite, foreignkeys.html §3):
//
// | the parent                                                          | SQLite says when a row is written  |
// |---------------------------------------------------------------------|------------------------------------|
// | does not exist                                                      | no such table                      |
// | has no PRIMARY KEY, where none of its columns are named             | foreign key mismatch               |
// | has a PRIMARY KEY of another number of columns, likewise            | foreign key mismatch               |
// | has no column of a name that is given                               | foreign key mismatch               |
// | has no PRIMARY KEY, UNIQUE or unique index over just these columns, for all rows, that compares as the columns do | foreign key mismatch |
//
// Looked at when the schema is complete: what is created later, and what a migration still changes, counts.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Why the rows of a parent cannot be found.
enum ForeignKeyProblem {
  case noTable
  case notATable(kind: String)
  case noPrimaryKey
  case keyCount(child: Int, parent: Int)
  case noColumn(String)
  case notUnique([String])

  func words(parent: String) -> String {
    switch self {
    case .noTable: "no table '\(parent)' to refer to"
    case .notATable(let kind): "'\(parent)' is a \(kind), which has no keys to refer to"
    case .noPrimaryKey: "'\(parent)' has no PRIMARY KEY to refer to"
    case .keyCount(let child, let parentCount):
      "the PRIMARY KEY of '\(parent)' has \(parentCount) columns, the foreign key \(child)"
    case .noColumn(let column): "no column '\(column)' in '\(parent)'"
    case .notUnique(let columns):
      columns.count == 1
        ? "'\(columns[0])' of '\(parent)' is not unique"
        : "(\(columns.joined(separator: ", "))) of '\(parent)' is no unique key"
    }
  }
}

extension CatalogBuilder {
  mutating func checkForeignKeys(of scope: CheckScope) {
    for key in catalog.order where scope.contains(key) {
      guard case .table(let child)? = catalog.relations[key] else { continue }
      for foreign in child.foreignKeys {
        guard let place = foreign.definition, let problem = problem(of: foreign, on: child) else { continue }
        let parent = parent(of: foreign, on: child)
        let mismatch = CatalogDiagnostic.foreignKeyMismatch(
          child: child.name, parent: parent?.name ?? foreign.parentTable, problem)
        diagnostics.append(
          Diagnostic(
            mismatch.rule, mismatch.message, at: DiagnosticLabel(place, label(problem)),
            secondary: parent?.definition.map { [DiagnosticLabel($0, "the parent")] } ?? [],
            notes: notes(problem, parent)))
      }
    }
  }

  /// What SQLite looks for (fkey.c, sqlite3FkLocateIndex); nothing when it finds it.
  private func problem(of foreign: ForeignKey, on child: Table) -> ForeignKeyProblem? {
    let table: Table
    switch parent(of: foreign, on: child) {
    case nil: return .noTable
    case .view?: return .notATable(kind: "view")
    case .table(let parent)? where parent.isVirtual: return .notATable(kind: "virtual table")
    case .table(let parent)?: table = parent
    }
    guard !foreign.parentColumns.isEmpty else {
      if table.primaryKey.isEmpty { return .noPrimaryKey }
      return table.primaryKey.count == foreign.columns.count
        ? nil : .keyCount(child: foreign.columns.count, parent: table.primaryKey.count)
    }
    // Another number of columns than here is an error of its own.
    guard foreign.parentColumns.count == foreign.columns.count else { return nil }
    var columns: [Int] = []
    for name in foreign.parentColumns {
      guard let index = table.columnIndex(named: name) else { return .noColumn(name) }
      columns.append(index)
    }
    let wanted = Set(columns)
    let isUnique = table.uniqueKeys.contains { $0.columns.count == columns.count && Set($0.columns) == wanted }
    return isUnique || table.rowidAlias.map { [$0] == columns } == true ? nil : .notUnique(foreign.parentColumns)
  }

  /// A parent is looked for in the database of its child.
  private func parent(of foreign: ForeignKey, on child: Table) -> Relation? {
    let key = foreign.parentTable.asciiLowercased
    return [catalog.relations[key], catalog.shadowed[key]].compactMap { $0 }.first {
      $0.isTemporary == child.isTemporary
    }
  }

  private func label(_ problem: ForeignKeyProblem) -> String {
    if case .noTable = problem { return "" }
    return "SQLite: foreign key mismatch"
  }

  private func notes(_ problem: ForeignKeyProblem, _ parent: Relation?) -> [String] {
    guard case .notUnique(let columns) = problem, let parent else { return [] }
    let list = columns.joined(separator: ", ")
    return [
      "a PRIMARY KEY, UNIQUE (\(list)) or a unique index of '\(parent.name)' without WHERE makes it a key that can be referred to",
      "SQLite compares the key as the columns are declared: an index with another COLLATE does not serve",
    ]
  }
}
