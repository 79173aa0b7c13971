// Which constraint refused (SQLite, rescode.html#extended_result_code_list): macros of sqlite3.h that Swift does not import.

import CSQLite
import SQLCSQLiteHandle

/// A kind of constraint, by SQLite's extended result code.
enum ConstraintCode: Int32 {
  case check = 275
  case foreignKey = 787
  case notNull = 1299
  case primaryKey = 1555
  case trigger = 1811
  case unique = 2067
  case rowID = 2579
  /// A value of another type in a STRICT table.
  case datatype = 3091
}

extension SQLiteFailure {
  /// Nil where it was no constraint.
  var constraint: ConstraintCode? { ConstraintCode(rawValue: extendedCode) }
}
