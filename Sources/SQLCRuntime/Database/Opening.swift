// From a path and a configuration to an open connection.

import CSQLite
import SQLCSQLiteHandle

/// What one connection is for.
enum ConnectionRole: Sendable {
  /// Everything: a database that only this connection sees.
  case only
  case writer
  case reader
  /// Reads, and could write: a connection opened for reading only does not know CHECK constraints
  /// (SQLite, build.c, `sqlite3AddCheckConstraint`).
  case inspector
  /// A file that a backup writes.
  case copy
}

struct ConnectionRecipe: Sendable {
  var path: String
  var role: ConnectionRole
  var configuration: Configuration

  func open() throws(DatabaseError) -> ConnectionCore { ConnectionCore(try openHandle()) }

  func openHandle() throws(DatabaseError) -> DatabaseHandle {
    do throws(SQLiteFailure) {
      let database = try DatabaseHandle(filename: path, flags: flags)
      // An encrypted file cannot be touched before its key is known.
      try prepare(database)
      try configure(database)
      return database
    } catch {
      throw DatabaseError(
        kind: .sqlite, code: ResultCode(rawValue: error.extendedCode),
        message: "cannot open '\(path)': \(error.message)")
    }
  }

  /// NOMUTEX: the connection's actor lets in one at a time (SQLite, threadsafe.html).
  private var flags: Int32 {
    let access: Int32 =
      switch (role, configuration.access) {
      case (.copy, _): SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case (.reader, _), (_, .readOnly): SQLITE_OPEN_READONLY
      case (.inspector, .readWrite): SQLITE_OPEN_READWRITE
      case (.only, .readWrite), (.writer, .readWrite): SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    return access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
  }

  private func configure(_ database: DatabaseHandle) throws(SQLiteFailure) {
    // Misspelt columns must not become strings (SQLite, quirks.html §8).
    try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: configuration.enforcesForeignKeys ? 1 : 0)
    let timeout = configuration.busyTimeout
    database.setBusyHandler { attempts in waitForLock(attempts: attempts, atMost: timeout) }
    // A cancelled task stops what runs for it, unless it is committed: the handler is called on the thread that runs the
    // task, so asking is enough.
    database.watchCommits()
    database.setProgressHandler(every: 4000) { [unowned database] in Task.isCancelled && !database.hasCommitted }
    if role == .copy { return }
    if role == .writer {
      // A read-only file system keeps another mode, which works as well.
      try database.execute("PRAGMA journal_mode = WAL")
      try keepLogShort(database, configuration)
    }
    if role == .inspector { try database.execute("PRAGMA query_only = ON") }
    if configuration.access == .readWrite, role == .writer || role == .only {
      try database.execute("PRAGMA synchronous = \(configuration.synchronous.rawValue)")
    }
    if !configuration.connectionSetup.isEmpty { try database.execute(configuration.connectionSetup) }
    // SQLite opens lazily; what is no database must fail here and not in the first query.
    try database.execute("SELECT count(*) FROM sqlite_schema")
  }
}

/// Waits a little longer each time, as SQLite's own handler does; gives up after `limit` or when the task is cancelled.
func waitForLock(attempts: Int32, atMost limit: Duration) -> Bool {
  let delays: [Int32] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50]
  let index = Int(attempts)
  let waited: Int32 =
    index < delays.count ? delays[..<index].reduce(0, +) : delays.reduce(0, +) + (attempts - Int32(delays.count)) * 100
  guard !Task.isCancelled, Duration.milliseconds(Int64(waited)) < limit else { return false }
  sqlite3_sleep(index < delays.count ? delays[index] : 100)
  return true
}
