// A database in memory, and the few ways in which it is used here.

import CSQLite
public import SQLCEngine
import SQLCOracleSQLite
import SQLCSQLiteHandle

/// A connection to a database in memory, with foreign keys enforced and double-quoted strings off, as applications have it.
public final class SQLiteTrialDatabase: TrialDatabase {
  let engine: SQLiteTrialEngine
  let deadline: TrialDeadline
  let connection: ProjectConnection
  let reader: SharedSchemaReader
  var schemaState = SchemaReader.State()
  var handle: DatabaseHandle { connection.database }
  public var types: any TrialTypes { engine.types }
  /// Steps of SQLite's virtual machine that one statement may take: a recursion without end must end.
  private static let stepsPerStatement = 20_000_000

  /// - Parameter path: of the file; absent: in memory.
  init(
    _ engine: SQLiteTrialEngine, at path: String?, until deadline: TrialDeadline, _ reader: SharedSchemaReader
  ) throws(TrialFailure) {
    self.engine = engine
    self.deadline = deadline
    self.reader = reader
    do throws(SQLiteFailure) {
      connection = try ProjectConnection(
        filename: path ?? ":memory:", extensions: engine.extensions, stepsPerStatement: Self.stepsPerStatement,
        deadline: deadline.end)
      try connection.database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 1)
    } catch {
      throw TrialFailure(.statement, error.message)
    }
  }

  public func makeAnother() throws(TrialFailure) -> SQLiteTrialDatabase {
    try SQLiteTrialDatabase(engine, at: nil, until: deadline, reader)
  }

  public func fresh() throws(TrialFailure) -> SQLiteTrialDatabase {
    let another = try makeAnother()
    try another.become(self)
    return another
  }

  // MARK: Statements

  /// Double-quoted strings are accepted, as in a schema.
  public func execute(_ statement: String) throws(TrialFailure) {
    do throws(SQLiteFailure) {
      try run(statement)
    } catch {
      throw failure(error)
    }
  }

  func run(_ sql: String) throws(SQLiteFailure) {
    try handle.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 1)
    defer { try? handle.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0) }
    try connection.execute(sql)
  }

  /// Runs one statement with values for its `?` in order, and gives all rows.
  func rows(
    _ sql: String, _ arguments: [TrialValue] = [], limit: Int = .max
  ) throws(SQLiteFailure) -> [[TrialValue]] {
    try connection.explaining { () throws(SQLiteFailure) in
      guard let statement = try handle.prepare(sql).statement else { return [] }
      for (index, argument) in arguments.enumerated() {
        try argument.bind(to: statement, at: Int32(clamping: index + 1))
      }
      var rows: [[TrialValue]] = []
      while true {
        let code = statement.step()
        if code == SQLITE_DONE { return rows }
        guard code == SQLITE_ROW else {
          let failure = statement.failure(code)
          statement.reset()
          throw failure
        }
        if rows.count < limit {
          rows.append((0..<statement.columnCount).map { TrialValue(statement.reference.value($0)) })
        }
      }
    }
  }

  /// The same, in the words of the trials.
  private func answer(
    _ sql: String, _ arguments: [TrialValue] = [], limit: Int = .max
  ) throws(TrialFailure) -> [[TrialValue]] {
    do throws(SQLiteFailure) {
      return try rows(sql, arguments, limit: limit)
    } catch {
      throw failure(error)
    }
  }

  public func attempt<Seen>(
    _ query: TrialQuery, limit: Int, then look: () throws(TrialFailure) -> Seen
  ) throws(TrialFailure) -> (run: TrialRun, seen: Seen) {
    var sql = ""
    var arguments: [TrialValue] = []
    for piece in query.pieces {
      switch piece {
      case .text(let text): sql += text
      case .value(let value, _):
        sql += "?"
        arguments.append(value)
      case .list(let values):
        sql += values.map { _ in "?" }.joined(separator: ", ")
        arguments += values
      }
    }
    try execute("SAVEPOINT attempt")
    defer { if isInTransaction { try? execute("ROLLBACK TO attempt; RELEASE attempt") } }
    let run = TrialRun(rows: try answer(sql, arguments, limit: limit))
    return (run, try look())
  }

  // MARK: Tables

  public func rows(
    of table: String, _ columns: [String], where filter: RowFilter, limit: Int?
  ) throws(TrialFailure) -> [[TrialValue]] {
    let list = columns.isEmpty ? "1" : columns.map(quoted).joined(separator: ", ")
    let conditions =
      filter.notNull.map { "\(quoted($0)) IS NOT NULL" } + filter.equal.map { "\(quoted($0.column)) = ?" }
    return try answer(
      "SELECT \(list) FROM \(quoted(table))"
        + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
        + (limit.map { " LIMIT \($0)" } ?? ""), filter.equal.map(\.value))
  }

  public func count(of table: String) throws(TrialFailure) -> Int {
    guard case .integer(let count)? = try answer("SELECT count(*) FROM \(quoted(table))").first?.first else { return 0 }
    return Int(count)
  }

  public func update(_ column: String, of table: String, to value: TrialValue) throws(TrialFailure) {
    _ = try answer("UPDATE \(quoted(table)) SET \(quoted(column)) = ?", [value])
  }

  /// A full-text index of another table's rows gets them all (fts5.html#the_rebuild_command).
  public func refresh(_ table: TrialTable) throws(TrialFailure) {
    _ = try answer("INSERT INTO \(quoted(table.name))(\(quoted(table.name))) VALUES ('rebuild')")
  }

  public func removeRows(of table: String) throws(TrialFailure) {
    try withoutRules { () throws(TrialFailure) in _ = try answer("DELETE FROM \(quoted(table))") }
  }

  public func removeRows(of table: String, inWayOf row: [String: TrialValue], key: [String]) {
    let columns = row.keys.sorted()
    let compared = key.isEmpty ? columns : columns.filter(key.contains)
    try? withoutRules { () throws(TrialFailure) in
      try execute("SAVEPOINT room")
      defer { if isInTransaction { try? execute("ROLLBACK") } }
      // REPLACE knows every key that there is.
      _ = try answer(
        "INSERT OR REPLACE INTO \(quoted(table)) (\(columns.map(quoted).joined(separator: ", "))) VALUES ("
          + columns.map { _ in "?" }.joined(separator: ", ") + ")", columns.map { row[$0] ?? .null })
      _ = try answer(
        "DELETE FROM \(quoted(table)) WHERE "
          + compared.map { "\(quoted($0)) IS ?" }.joined(separator: " AND "), compared.map { row[$0] ?? .null })
      try execute("RELEASE room")
    }
  }

  /// Neither triggers nor foreign keys have a say in it.
  private func withoutRules(_ body: () throws(TrialFailure) -> Void) throws(TrialFailure) {
    try? handle.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 0)
    _ = setTriggers(.off)
    defer {
      _ = setTriggers(.on)
      try? handle.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 1)
    }
    try body()
  }

  public func setTriggers(_ state: TriggerState) -> Bool {
    (try? handle.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: state == .on ? 1 : 0)) != nil
  }
}
