// How much of a statement this machine's SQLite takes (SQLite, limits.html), which whoever built it decided.

import CSQLite
import SQLCSQLiteHandle

/// Asked of the library, once.
public enum LibraryLimits {
  public static let columns = asked(SQLITE_LIMIT_COLUMN)
  public static let compoundTerms = asked(SQLITE_LIMIT_COMPOUND_SELECT)
  public static let expressionDepth = asked(SQLITE_LIMIT_EXPR_DEPTH)
  public static let parameters = asked(SQLITE_LIMIT_VARIABLE_NUMBER)

  /// SQLite, c3ref/limit.html: a negative value asks and changes nothing. Absent where no database can be opened, or where the
  /// library has no such limit.
  private static func asked(_ category: Int32) -> Int? {
    let database = try? DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    return database.flatMap { $0.limit(category, to: -1) }.flatMap { $0 > 0 ? Int($0) : nil }
  }
}
