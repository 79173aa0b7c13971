// A database in memory, and the few ways in which it is used here.

import CSQLite
public import SQLCOracleSQLite
public import SQLCSQLiteHandle

/// A connection to a database in memory, with foreign keys enforced and double-quoted strings off, as applications have it.
///
/// It belongs to one thread at a time.
public final class Connection {
  package var database: DatabaseHandle { connection.database }
  private let connection: ProjectConnection
  /// Steps of SQLite's virtual machine that one statement may take: a recursion without end must end.
  private static let budget = 20_000_000

  /// - Parameters:
  ///   - filename: in memory unless a file is wanted afterwards.
  ///   - extensions: what the application registers; stand-ins take its place.
  /// - Throws: what SQLite says when it cannot open the database.
  public init(
    filename: String = ":memory:", extensions: ScratchExtensions = ScratchExtensions()
  ) throws(SQLiteFailure) {
    connection = try ProjectConnection(
      filename: filename, extensions: extensions, stepsPerStatement: Self.budget)
    try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 1)
  }

  /// Runs every statement of a schema, a migration or our own; double-quoted strings are accepted, as in a schema.
  public func execute(_ sql: String) throws(SQLiteFailure) {
    try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 1)
    defer { try? database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0) }
    try connection.execute(sql)
  }

  /// Runs one statement with values for its `?` in order, and gives all rows.
  func rows(_ sql: String, _ arguments: [Value] = [], limit: Int = .max) throws(SQLiteFailure) -> [[Value]] {
    try connection.explaining { () throws(SQLiteFailure) in
      guard let statement = try database.prepare(sql).statement else { return [] }
      return try rows(statement, arguments, limit: limit)
    }
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
