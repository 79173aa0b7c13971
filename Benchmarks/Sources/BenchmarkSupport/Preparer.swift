// The floor: SQLite alone.

import CSQLite

/// SQLite with a schema, preparing statements.
public final class Preparer {
  private let connection: OpaquePointer

  public init?(schema: [String]) {
    var opened: OpaquePointer?
    guard sqlite3_open(":memory:", &opened) == SQLITE_OK, let opened else { return nil }
    connection = opened
    for statement in schema where sqlite3_exec(connection, statement, nil, nil, nil) != SQLITE_OK { return nil }
  }

  deinit { sqlite3_close_v2(connection) }

  /// Prepares each statement; how many could be.
  public func prepare(_ statements: [String]) -> Int {
    var prepared = 0
    for sql in statements {
      var statement: OpaquePointer?
      if sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK { prepared += 1 }
      sqlite3_finalize(statement)
    }
    return prepared
  }
}
