// Statistics of a database file.

import CSQLite
import SQLCSQLiteHandle

/// The rows of `sqlite_stat1` of a file that is opened for reading alone; none where it was never analysed.
///
/// - Throws: what SQLite says of a file that is no database.
public func readStatistics(
  ofDatabaseAt path: String
) throws(OracleError) -> [(table: String, index: String?, text: String)] {
  do throws(SQLiteFailure) {
    let database = try DatabaseHandle(filename: path, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX)
    // The file is whoever's: nothing that its schema says is run.
    try database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 1)
    try database.configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, isOn: 0)
    let known = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'sqlite_stat1'"
    guard let look = try database.prepare(known).statement, look.step() == SQLITE_ROW,
      let statement = try database.prepare("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx").statement
    else { return [] }
    let reader = StatementReference(statement.pointer)
    var rows: [(table: String, index: String?, text: String)] = []
    while true {
      switch reader.step() {
      case SQLITE_ROW:
        rows.append(
          (text(reader.value(0)), reader.value(1).isNull ? nil : text(reader.value(1)), text(reader.value(2))))
      case SQLITE_DONE: return rows
      case let code: throw statement.failure(code)
      }
    }
  } catch {
    throw OracleError(error)
  }
}

private func text(_ value: ValueReference) -> String { String(decoding: value.text, as: UTF8.self) }
