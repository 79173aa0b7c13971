// Runs statements on the real SQLite and holds every value that comes back against what was inferred.

import CSQLite
import SQLCDiagnostics
import SQLCSQLiteHandle
import SQLCSemanticsSQLite

/// A value of the wrong class, a NULL where none may be, or more rows than proven.
struct Unsound: CustomStringConvertible {
  var sql: String
  var problem: String
  var description: String { "\(problem): \(sql)" }
}

struct Soundness {
  var database: DatabaseHandle
  /// Values of columns whose declared type is a mere promise are not held against it.
  var trustsDeclaredTypes = true

  init(schema: String) throws {
    database = try DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try database.execute(schema)
  }

  /// What is wrong with the inferred facts of a statement without parameters; empty when SQLite refuses it.
  func check(_ sql: String, against typed: TypedStatement) -> [Unsound] {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(database.pointer, sql, -1, &statement, nil) == SQLITE_OK, let statement else { return [] }
    let count = Int(sqlite3_column_count(statement))
    guard count == typed.columns.count else {
      return [Unsound(sql: sql, problem: "\(typed.columns.count) columns inferred, \(count) there")]
    }
    return step(statement, typed).problems.sorted().map { Unsound(sql: sql, problem: $0) }
  }

  /// Steps through a prepared statement with its arguments bound: what is wrong, how many rows, and whether it came to its
  /// end.
  func step(_ statement: OpaquePointer, _ typed: TypedStatement) -> (problems: Set<String>, rows: Int, isDone: Bool) {
    var problems: Set<String> = []
    var rows = 0
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW, rows < 1000 {
      rows += 1
      for (index, column) in typed.columns.enumerated() {
        if let problem = check(sqlite3_column_type(statement, Int32(index)), column) { problems.insert(problem) }
        let number = sqlite3_column_int64(statement, Int32(index))
        if column.facts.logical == .boolean, column.origin == nil, number != 0, number != 1 {
          problems.insert("'\(column.name)' is \(number), inferred \(notation(column.facts))")
        }
      }
      code = sqlite3_step(statement)
    }
    if code == SQLITE_DONE {
      switch typed.rowCount.bound {
      case .exactlyOne: if rows != 1 { problems.insert("\(rows) rows, exactly one proven") }
      case .atMostOne: if rows > 1 { problems.insert("\(rows) rows, at most one proven") }
      case .many: break
      case .none: if rows > 0 { problems.insert("rows from a statement without") }
      }
    }
    return (problems, rows, code == SQLITE_DONE)
  }

  private func check(_ type: Int32, _ column: TypedColumn) -> String? {
    let isPresent = column.embed == nil
    let allowed = column.facts.storage
    func need(_ storage: StorageClasses, _ name: String) -> String? {
      if !trustsDeclaredTypes, column.origin != nil { return nil }
      return allowed.isDisjoint(with: storage) ? "'\(column.name)' is \(name), inferred \(notation(column.facts))" : nil
    }
    switch type {
    case SQLITE_NULL:
      return column.facts.nullability.canBeNull || !isPresent
        ? nil : "'\(column.name)' is NULL, inferred \(notation(column.facts))"
    // A decoder of REAL reads INTEGER too.
    case SQLITE_INTEGER: return need([.integer, .real], "INTEGER")
    case SQLITE_FLOAT: return need(.real, "REAL")
    case SQLITE_TEXT: return need(.text, "TEXT")
    default: return need(.blob, "BLOB")
    }
  }
}
