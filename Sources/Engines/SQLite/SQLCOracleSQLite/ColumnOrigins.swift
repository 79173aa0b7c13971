// Where a result column comes from. Here and not with the other calls, for only builds of SQLite with
// SQLITE_ENABLE_COLUMN_METADATA have these (SQLite, c3ref/column_database_name.html), and an application's need not.

import CSQLite
import SQLCSQLiteHandle

extension StatementHandle {
  func columnDatabase(_ index: Int32) -> String? {
    sqlite3_column_database_name(pointer, index).map { String(cString: $0) }
  }
  func columnTable(_ index: Int32) -> String? { sqlite3_column_table_name(pointer, index).map { String(cString: $0) } }
  func columnOrigin(_ index: Int32) -> String? {
    sqlite3_column_origin_name(pointer, index).map { String(cString: $0) }
  }
}
