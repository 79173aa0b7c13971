// From a path and a configuration to an open connection.

import CSQLite
import SQLCRuntimeKit
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

  var writes: Bool {
    switch self {
    case .only, .writer: true
    case .reader, .inspector, .copy: false
    }
  }
}

struct ConnectionRecipe: Sendable {
  var path: String
  var role: ConnectionRole
  var configuration: Configuration
  /// Of the disk that the file is on.
  var slowness = Slowness()

  /// A database that lives in its connection would be another one, empty, when that were opened again.
  var isReopenable: Bool { role != .only }

  func open() throws(DatabaseError) -> ConnectionCore {
    do throws(SQLiteFailure) {
      let database = try DatabaseHandle(filename: path, flags: flags)
      // An encrypted file cannot be touched before its key is known.
      try prepare(database)
      let supervisor = RunSupervisor(patience: configuration.busyTimeout)
      try configure(database, supervisor)
      let core = ConnectionCore(database, supervisor, slowness)
      core.isOnDisk = role != .only
      core.isOneOfSeveral = role != .only
      core.mayWriteInline = try mayWriteInline(database)
      core.trace = ConnectionTrace(configuration, role, database)
      return core
    } catch {
      let known = DatabaseError(error, query: nil)
      if known.kind != .sqlite { throw known }
      let code = ResultCode(rawValue: error.extendedCode)
      throw DatabaseError(kind: .sqlite, code: code, message: "cannot open '\(path)': \(reason(error, code))")
    }
  }

  /// SQLite's words, and the file system's where those do not say which of many reasons it was.
  private func reason(_ error: SQLiteFailure, _ code: ResultCode) -> String {
    let isWritten = configuration.access == .readWrite && role != .reader
    switch code {
    case .cannotOpen, .permission, .readOnly, .inputOutput:
      guard case .file(let file)? = try? DatabaseLocation(path),
        let problem = openingProblem(file, isToBeCreated: isWritten && role != .inspector, isToBeWritten: isWritten)
      else { return error.message }
      return problem
    default: return error.message
    }
  }

  /// NOMUTEX: the pool lets in one at a time (SQLite, threadsafe.html).
  private var flags: Int32 {
    let access: Int32 =
      switch (role, configuration.access) {
      case (.copy, _): SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case (.reader, _), (_, .readOnly): SQLITE_OPEN_READONLY
      case (.inspector, .readWrite): SQLITE_OPEN_READWRITE
      case (.only, .readWrite), (.writer, .readWrite): SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    // What a copy is written to is a path, and never a URI.
    return access | SQLITE_OPEN_NOMUTEX | (role == .copy ? 0 : SQLITE_OPEN_URI)
  }

  private func configure(_ database: DatabaseHandle, _ supervisor: RunSupervisor) throws(SQLiteFailure) {
    let quotes: Int32 = configuration.acceptsDoubleQuotedStrings ? 1 : 0
    try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: quotes)
    try database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: quotes)
    // With it on, SQL can make SQLite jump to an address of its choice (SQLite, fts3.html §8.1).
    try database.configure(SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_ENABLE_FKEY, isOn: configuration.enforcesForeignKeys ? 1 : 0)
    supervisor.install(on: database)
    // What opening runs ends in time as well, and waits for locks no longer than its task has.
    supervisor.begin(.queue, until: Deadline.current)
    if role == .copy { return }
    if role == .writer, configuration.journal != .unchanged {
      // A read-only file system keeps another mode, which works as well.
      try database.execute(
        "PRAGMA journal_mode = \(configuration.journal.rawValue)", isToRunAgain: supervisor.isToRunAgain)
    }
    if role == .inspector { try database.execute("PRAGMA query_only = ON") }
    if role.writes, configuration.access == .readWrite {
      try database.execute("PRAGMA synchronous = \(configuration.synchronous.rawValue)")
    }
    if role == .writer, configuration.access == .readWrite {
      let pageSize = try database.texts("PRAGMA page_size").first?[0].flatMap { Int64($0) } ?? 4096
      if let limit = configuration.walSizeLimit { try database.execute("PRAGMA journal_size_limit = \(max(0, limit))") }
      supervisor.watchLog(
        of: database, checkpointPages: configuration.walCheckpointPages,
        // A page of the log has a header of 24 bytes (SQLite, fileformat2.html §4.1).
        mostPages: configuration.walSizeLimit.map { Int(max(1, $0 / (pageSize + 24))) } ?? 0)
    }
    switch configuration.cache {
    case .standard: break
    case .pages(let count): try database.execute("PRAGMA cache_size = \(max(0, count))")
    case .kibibytes(let count): try database.execute("PRAGMA cache_size = -\(max(1, count))")
    }
    if configuration.memoryMap > 0 { try database.execute("PRAGMA mmap_size = \(configuration.memoryMap)") }
    switch configuration.temporaryStore {
    case .standard: break
    case .file, .memory: try database.execute("PRAGMA temp_store = \(configuration.temporaryStore.rawValue)")
    }
    for library in configuration.extensions { try database.load(library.path, entryPoint: library.entryPoint) }
    try configuration.extend(database)
    try runSetup(on: database, supervisor)
    // SQLite opens lazily; what is no database must fail here and not in the first query.
    try database.execute("SELECT count(*) FROM sqlite_schema")
  }

  /// The user's SQL, which may take any time. What committed before it does not protect it from being stopped.
  private func runSetup(on database: DatabaseHandle, _ supervisor: RunSupervisor) throws(SQLiteFailure) {
    do {
      try database.execute(
        configuration.connectionSetup, check: { _ in }, willRun: { _ in supervisor.allowStopping() },
        isToRunAgain: supervisor.isToRunAgain)
    } catch let failure as SQLiteFailure {
      throw failure
    } catch {
      // Nothing else is thrown in there.
      throw SQLiteFailure(extendedCode: SQLITE_ERROR, message: "\(error)")
    }
  }

  /// A commit that waits for the disk keeps its thread. None does in memory, nor in WAL mode unless it must survive a
  /// power failure (SQLite, pragma.html, `synchronous`).
  private func mayWriteInline(_ database: DatabaseHandle) throws(SQLiteFailure) -> Bool {
    guard role.writes, configuration.access == .readWrite else { return false }
    switch try database.texts("PRAGMA journal_mode").first?[0] {
    case "memory": return role == .only
    case "wal":
      let level = try database.texts("PRAGMA synchronous").first?[0]
      return level == "0" || level == "1"
    default: return false
    }
  }
}
