// A database of a trial, and the few ways in which it is used.

import SQLCDiagnostics
public import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCOraclePostgreSQL
package import SQLCPostgreSQLHandle

/// A database of its own with one connection, as a role that owns it and nothing else.
///
/// What `exercise` does stands in one transaction, which ``fresh()`` rolls back: nothing of it is ever committed, and the next
/// database costs one message. Migrations commit, as applications have them.
public final class PostgreSQLTrialDatabase: TrialDatabase {
  let shared: PostgreSQLTrialServer
  private(set) var name: String
  private var open: PostgreSQLConnection?
  /// What gives a new connection the session of the one before.
  private var session = ""
  /// Everything is undone at the end.
  private(set) var isProvisional = false
  /// The transaction that is open was begun for one statement of a migration alone.
  var isOwnTransaction = false
  /// Type names by object identifier, and what types of the schema are made of; read with the tables.
  var definitions = TypeDefinitions()
  /// The tables as they were read last.
  var facts: [TableFacts] = []
  /// Names of prepared queries, by their text.
  var prepared: [String: String] = [:]
  /// Statements that one query of a trial may take, in time.
  private static let longestStatement = Duration.seconds(10)

  init(_ shared: PostgreSQLTrialServer) throws(TrialFailure) {
    self.shared = shared
    do {
      name = try shared.server.makeDatabase(order: shared.order)
      try shared.server.countAccesses(in: name)
      for name in shared.extensions { try shared.server.createExtension(name, in: self.name) }
    } catch {
      throw TrialFailure(error)
    }
  }

  deinit {
    open = nil
    try? shared.server.dropDatabase(name)
  }

  public var types: any TrialTypes { PostgreSQLTrialTypes(definitions) }

  public func makeAnother() throws(TrialFailure) -> PostgreSQLTrialDatabase { try PostgreSQLTrialDatabase(shared) }

  public func fresh() throws(TrialFailure) -> PostgreSQLTrialDatabase {
    let connection = try connection()
    if connection.isInTransaction { try run("ROLLBACK") }
    isProvisional = true
    // Rows that are put in wait for nothing that comes later, unless filling says so.
    try run("BEGIN; SET CONSTRAINTS ALL IMMEDIATE")
    return self
  }

  public func become(_ other: PostgreSQLTrialDatabase) throws(TrialFailure) {
    do {
      open = nil
      prepared = [:]
      try shared.server.dropDatabase(name)
      other.disconnect()
      name = try shared.server.copyDatabase(other.name)
      try shared.server.countAccesses(in: name)
      session = other.session
    } catch {
      throw TrialFailure(error)
    }
  }

  private func disconnect() {
    open = nil
    prepared = [:]
  }

  // MARK: Statements

  func connection() throws(TrialFailure) -> PostgreSQLConnection {
    if let open { return open }
    do throws(ServerProblem) {
      let connection = try shared.server.connect(to: name)
      open = connection
    } catch {
      throw TrialFailure(error)
    }
    if !session.isEmpty { try run(session) }
    guard let open else { throw TrialFailure(.statement, "the connection is closed") }
    return open
  }

  /// When what runs now is to be ended.
  var statementDeadline: PostgreSQLConnection.Deadline {
    let own = ContinuousClock.now + min(shared.limit, Self.longestStatement)
    return shared.deadline.end.map { min($0, own) } ?? own
  }

  /// Runs statements of our own, or of a query.
  @discardableResult
  package func run(_ sql: String, limit: Int? = nil, of table: TrialTable? = nil) throws(TrialFailure) -> TextRows {
    let connection = try connection()
    do {
      return try connection.execute(sql, deadline: statementDeadline, limit: limit)
    } catch {
      throw failure(error, of: table)
    }
  }

  /// A script, as a schema is run. A schema may take longer than a query.
  public func execute(_ statement: String) throws(TrialFailure) {
    let connection = try connection()
    let runner = ScriptRunner(server: shared.server, connection: connection, database: name, limit: shared.limit)
    let diagnostics: [Diagnostic]
    do throws(ServerProblem) {
      diagnostics = try runner.load(statement)
    } catch {
      throw TrialFailure(error)
    }
    if let error = diagnostics.first(where: { $0.severity == .error }) { throw TrialFailure(.schema, error.message) }
    try settle()
  }

  /// Forgets what a script set in its session, but for the search path.
  func settle() throws(TrialFailure) {
    let connection = try connection()
    do throws(PostgreSQLFailure) {
      session = try sessionSettings(connection, limit: shared.limit)
    } catch {
      throw failure(error)
    }
    if session.isEmpty { session = "RESET ALL; " }
    try run(session)
  }

  // MARK: Transactions

  public var isInTransaction: Bool { open?.isInTransaction ?? false }

  public func beginRows() throws(TrialFailure) {
    try run("\(isProvisional ? "SAVEPOINT filling" : "BEGIN"); SET CONSTRAINTS ALL DEFERRED")
  }

  public func commitRows() throws(TrialFailure) {
    try run("SET CONSTRAINTS ALL IMMEDIATE; \(isProvisional ? "RELEASE filling" : "COMMIT")")
  }

  public func rollBackRows() {
    _ = try? run(isProvisional ? "ROLLBACK TO filling; RELEASE filling" : "ROLLBACK")
  }

  /// Runs statements so that a failing one changes nothing.
  func guarded(_ sql: String, limit: Int? = nil, of table: TrialTable? = nil) throws(TrialFailure) -> TextRows {
    guard isInTransaction else { return try run(sql, limit: limit, of: table) }
    do throws(TrialFailure) {
      // One message: the answer is that of the last statement with rows.
      return try run("SAVEPOINT statement; \(sql); RELEASE statement", limit: limit, of: table)
    } catch {
      _ = try? run("ROLLBACK TO statement; RELEASE statement")
      throw error
    }
  }

  // MARK: Tables

  public func rows(
    of table: String, _ columns: [String], where filter: RowFilter, limit: Int?
  ) throws(TrialFailure) -> [[TrialValue]] {
    let list = columns.isEmpty ? "1" : columns.map(columnName(of: table)).joined(separator: ", ")
    let conditions =
      filter.notNull.map { "\(columnName(of: table)($0)) IS NOT NULL" }
      + filter.equal.map { "\(columnName(of: table)($0.column)) = \(text(of: $0.value))" }
    return values(
      try guarded(
        "SELECT \(list) FROM \(sqlName(of: table))"
          + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
          + (limit.map { " LIMIT \($0)" } ?? "")))
  }

  public func count(of table: String) throws(TrialFailure) -> Int {
    try guarded("SELECT count(*) FROM \(sqlName(of: table))").rows.first?.first?.flatMap { Int($0) } ?? 0
  }

  public func update(_ column: String, of table: String, to value: TrialValue) throws(TrialFailure) {
    _ = try guarded("UPDATE \(sqlName(of: table)) SET \(columnName(of: table)(column)) = \(text(of: value))")
  }

  public func refresh(_ table: TrialTable) throws(TrialFailure) {
    _ = try guarded("REFRESH MATERIALIZED VIEW \(sqlName(of: table.name))")
  }

  public func setTriggers(_ state: TriggerState) -> Bool {
    let word = state == .on ? "ENABLE" : "DISABLE"
    let statements = facts.filter(\.hasTriggers).map { "ALTER TABLE \($0.sqlName) \(word) TRIGGER USER" }
    guard !statements.isEmpty else { return true }
    return (try? guarded(statements.joined(separator: "; "))) != nil
  }

  /// Rows as values of their types.
  func values(_ rows: TextRows) -> [[TrialValue]] {
    rows.rows.map { row in zip(row, rows.types).map { definitions.value($0, type: $1) } }
  }

  // MARK: Names

  /// As SQL finds a table: what has not been read is looked for by its name alone.
  func sqlName(of table: String) -> String {
    facts.first { $0.name == table || $0.name.lowercased() == table.lowercased() }?.sqlName
      ?? table.split(separator: ".", maxSplits: 1).map { quoted(String($0)) }.joined(separator: ".")
  }

  /// Names of columns are given in any case.
  func columnName(of table: String) -> (String) -> String {
    let known = facts.first { $0.name == table || $0.name.lowercased() == table.lowercased() }?.columns ?? []
    return { name in
      quoted(known.first { $0 == name } ?? known.first { $0.lowercased() == name.lowercased() } ?? name)
    }
  }
}

/// A value where SQL takes any: the server gives it the type that stands there.
func text(of value: TrialValue) -> String {
  switch value {
  case .null: "NULL"
  case .integer(let number): "'\(number)'"
  case .real(let number): "'\(number)'"
  case .text(let text), .other(_, let text): "'" + text.replacingScalars("'", with: "''") + "'"
  case .blob(let bytes): "'\\x" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'"
  }
}
