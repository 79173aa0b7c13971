// The real SQLite, in memory, with the project's schema in it: the authority on what is valid.

import CSQLite
import SQLCSQLiteHandle

/// A database that exists to be asked. One for each load of a project; it belongs to one thread at a time.
///
/// ```swift
/// let scratch = try ScratchDatabase()
/// try scratch.execute("CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
/// try scratch.describe("SELECT name FROM agents WHERE id = ?").columns[0].originTable   // "agents"
/// ```
///
/// Double-quoted strings are accepted in schemas, where `DEFAULT "x"` is common, and refused in queries, where they
/// hide
/// misspelled columns (SQLite, quirks.html §8).
public final class ScratchDatabase {
  var database: DatabaseHandle { connection.database }
  let log: AuthorizerLog
  private let connection: ProjectConnection
  private let extensions: ScratchExtensions
  private var knownKinds: TableKinds?
  /// How many statements were compiled to be described: a measure of the work that was asked for.
  package private(set) var compiledCount = 0

  /// Where double-quoted strings are strings.
  public enum Strings: Sendable {
    case singleQuoted
    /// In views and triggers that a statement uses, too; who describes the statement must have read its own text.
    case inDefinitions
  }
  public var strings = Strings.singleQuoted

  /// - Throws: when the SQLite library cannot open a database in memory.
  ///
  /// - Parameter extensions: what the application registers; stubs take its place here.
  public init(extensions: ScratchExtensions = ScratchExtensions()) throws(OracleError) {
    self.extensions = extensions
    do throws(SQLiteFailure) {
      connection = try ProjectConnection(extensions: extensions, stepsPerStatement: nil)
    } catch {
      throw OracleError(error)
    }
    log = AuthorizerLog(connection.rules)
    database.setAuthorizer { [log] request in log.decide(request) }
  }

  /// Another connection to a database with the same content, for another thread. What is temporary is not copied
  /// (SQLite, backup.html).
  public func copy() throws(OracleError) -> ScratchDatabase {
    let copy = try ScratchDatabase(extensions: extensions)
    copy.strings = strings
    guard let backup = sqlite3_backup_init(copy.database.pointer, "main", database.pointer, "main") else {
      throw OracleError(SQLiteFailure(lastOf: copy.database.pointer, code: sqlite3_errcode(copy.database.pointer)))
    }
    sqlite3_backup_step(backup, -1)
    let code = sqlite3_backup_finish(backup)
    guard code == SQLITE_OK else { throw OracleError(SQLiteFailure(lastOf: copy.database.pointer, code: code)) }
    return copy
  }

  /// The SQLite library's version, such as "3.40.1".
  public static var version: String { DatabaseHandle.libraryVersion }
  /// The SQLite library's version, such as "3.40.1".
  public var version: String { Self.version }

  /// Runs one schema statement (or several in one text; offsets in errors count from its start).
  ///
  /// - Returns: what was left out: what reaches outside the database, and pragmas that SQLite does not know. Pragmas that only
  ///   tune storage, and `VACUUM`, have no effect.
  @discardableResult
  public func execute(_ sql: String) throws(OracleError) -> [Refusal] {
    knownKinds = nil
    log.purpose = .schema
    defer { log.purpose = .ourselves }
    do throws(SQLiteFailure) {
      // As an application's SQLite reads a schema (quirks.html §8); in queries they hide misspelled columns.
      try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 1)
      defer { try? database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0) }
      try connection.execute(sql)
      return connection.leftOut
    } catch {
      throw OracleError(error, connection.refusal)
    }
  }

  /// Compiles a statement and tells what SQLite found; nothing is run.
  public func describe(_ sql: String) throws(OracleError) -> StatementDescription {
    try setForeignKeys(.ignored)
    let first = try compile(sql)
    var description = first.description
    var accesses = accesses(first.log, isForeignKeyWork: false)
    if !description.isReadOnly {
      // What foreign keys add is what enforcing them adds to the log.
      try setForeignKeys(.enforced)
      do throws(OracleError) {
        let second = try compile(sql)
        accesses += self.accesses(second.log, isForeignKeyWork: true, but: first.log)
      } catch {
        description.foreignKeyProblem = error.message
      }
    }
    let kinds = try tableKinds()
    // Views and CTEs show up as reads too when none of their columns is used; tables that a virtual table keeps for
    // itself show
    // up when it is first connected.
    description.accesses = accesses.filter { kinds.isTable($0.table) }
    for access in description.accesses {
      if access.kind != .read {
        note(access.table, in: &description.writes)
      } else if !access.isForeignKeyWork {
        note(access.table, in: &description.reads)
      }
    }
    description.reads.sort()
    description.writes.sort()
    return description
  }

  /// A statement names few tables, and often the same one many times in a row.
  private func note(_ table: String, in tables: inout [String]) {
    if tables.last != table, !tables.contains(table) { tables.append(table) }
  }

  private func compile(
    _ sql: String
  ) throws(OracleError) -> (description: StatementDescription, log: [AuthorizerLog.Entry]) {
    compiledCount += 1
    return try asQuery { () throws(SQLiteFailure) in
      let prepared = try database.prepare(sql)
      guard let statement = prepared.statement else {
        throw SQLiteFailure(extendedCode: SQLITE_MISUSE, message: "no statement")
      }
      let entries = log.requests
      return (statement.description, entries)
    }
  }

  /// Runs `body` under the rules for a query's text.
  func asQuery<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(OracleError) -> Value {
    log.requests.removeAll(keepingCapacity: true)
    log.purpose = .query
    defer { log.purpose = .ourselves }
    do throws(SQLiteFailure) {
      switch strings {
      case .singleQuoted: break
      case .inDefinitions: try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 1)
      }
      defer { try? database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0) }
      return try connection.explaining(body)
    } catch {
      throw OracleError(error, connection.refusal)
    }
  }

  /// Runs `body` for the tool's own SQL.
  func ourselves<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(OracleError) -> Value {
    do throws(SQLiteFailure) {
      return try body()
    } catch {
      throw OracleError(error)
    }
  }

  private func accesses(
    _ entries: [AuthorizerLog.Entry], isForeignKeyWork: Bool, but known: [AuthorizerLog.Entry] = []
  ) -> [StatementDescription.Access] {
    var seen = DistinctEntries(known)
    return entries.filter { seen.insert($0) }.map {
      StatementDescription.Access(
        kind: $0.kind, table: $0.table, column: $0.column, cause: $0.cause, isForeignKeyWork: isForeignKeyWork)
    }
  }

  private enum ForeignKeys { case ignored, enforced }

  private func setForeignKeys(_ mode: ForeignKeys) throws(OracleError) {
    do throws(SQLiteFailure) {
      switch mode {
      case .ignored: try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 0)
      case .enforced: try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: 1)
      }
    } catch {
      throw OracleError(error)
    }
  }

  private func tableKinds() throws(OracleError) -> TableKinds {
    if let knownKinds { return knownKinds }
    let kinds: TableKinds
    do throws(SQLiteFailure) {
      kinds = TableKinds(try database.listTables())
    } catch {
      throw OracleError(error)
    }
    knownKinds = kinds
    return kinds
  }
}

extension StatementHandle {
  fileprivate var description: StatementDescription {
    StatementDescription(
      columns: (0..<columnCount).map { index in
        .init(
          name: columnName(index) ?? "", originDatabase: columnDatabase(index), originTable: columnTable(index),
          originColumn: columnOrigin(index))
      },
      parameterCount: Int(parameterCount),
      parameterNames: (0..<parameterCount).map { parameterName($0 + 1) },
      isReadOnly: isReadOnly, accesses: [], reads: [], writes: [], foreignKeyProblem: nil)
  }
}
