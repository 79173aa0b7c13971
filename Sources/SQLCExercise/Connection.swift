// A database in memory, and the few ways in which it is used here.

import CSQLite
public import SQLCOracleSQLite
public import SQLCSQLiteHandle

/// A connection to a database in memory, with foreign keys enforced and double-quoted strings off, as applications have it.
///
/// It belongs to one thread at a time.
public final class Connection {
  package let database: DatabaseHandle
  /// Steps of SQLite's virtual machine that one statement may take: a recursion without end must end.
  private static let budget: Int32 = 20_000_000

  /// - Parameters:
  ///   - filename: in memory unless a file is wanted afterwards.
  ///   - extensions: what the application registers; stand-ins take its place.
  /// - Throws: what SQLite says when it cannot open the database.
  public init(
    filename: String = ":memory:", extensions: ScratchExtensions = ScratchExtensions()
  ) throws(SQLiteFailure) {
    database = try DatabaseHandle(
      filename: filename, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
    try database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: 1)
    try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 1)
    try database.register(extensions)
    database.limit(SQLITE_LIMIT_ATTACHED, to: 0)
    database.setProgressHandler(every: Self.budget) { true }
  }

  /// Runs every statement of a text.
  public func execute(_ sql: String) throws(SQLiteFailure) { try database.execute(sql) }

  /// Runs one statement with values for its `?` in order, and gives all rows.
  func rows(_ sql: String, _ arguments: [Value] = [], limit: Int = .max) throws(SQLiteFailure) -> [[Value]] {
    guard let statement = try database.prepare(sql).statement else { return [] }
    return try rows(statement, arguments, limit: limit)
  }

  func rows(_ statement: StatementHandle, _ arguments: [Value], limit: Int = .max) throws(SQLiteFailure) -> [[Value]] {
    statement.reset()
    statement.clearBindings()
    for (index, argument) in arguments.enumerated() {
      try argument.bind(to: statement, at: Int32(clamping: index + 1))
    }
    var rows: [[Value]] = []
    while true {
      let code = statement.step()
      if code == SQLITE_DONE {
        statement.reset()
        return rows
      }
      guard code == SQLITE_ROW else {
        let failure = statement.failure(code)
        statement.reset()
        throw failure
      }
      if rows.count < limit { rows.append((0..<statement.columnCount).map { Value(statement.reference.value($0)) }) }
    }
  }
}

/// A name as an identifier that is never a keyword.
func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
