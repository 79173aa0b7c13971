// One connection of the C library, owned. No policy: what a connection is for is decided above.

public import CSQLite

/// Owns a `sqlite3 *`; closed when the last reference to it and to its statements goes.
///
/// Not `Sendable`: a connection opened with `SQLITE_OPEN_NOMUTEX` belongs to one thread at a time (SQLite, threadsafe.html).
public final class DatabaseHandle {
  /// The connection, for calls that this module does not wrap.
  public let pointer: OpaquePointer
  /// Kept for as long as the connection: what its hooks point to.
  public var companion: AnyObject?
  /// Tells the words of the application's own functions from SQLite's.
  public let functionErrors = FunctionErrorLog()
  private var authorizer: AuthorizerBox?
  private var progress: ProgressBox?

  /// Opens a database. `filename` may be a URI when `flags` has `SQLITE_OPEN_URI`.
  public init(filename: String, flags: Int32) throws(SQLiteFailure) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(filename, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let failure = SQLiteFailure(lastOf: opened, code: code)
      // SQLite, c3ref/open.html: "Whether or not an error occurs when it is opened, resources associated with the database
      // connection handle should be released by passing it to sqlite3_close()".
      sqlite3_close_v2(opened)
      throw failure
    }
    sqlite3_extended_result_codes(opened, 1)
    pointer = opened
  }

  deinit { sqlite3_close_v2(pointer) }

  /// Throws the connection's last failure unless `code` is `SQLITE_OK`.
  @inlinable
  public func check(_ code: Int32) throws(SQLiteFailure) {
    if code != SQLITE_OK { throw SQLiteFailure(lastOf: pointer, code: code) }
  }

  /// Runs every statement of `sql`; rows are discarded.
  public func execute(_ sql: String) throws(SQLiteFailure) {
    try refuseNUL(in: sql)
    try check(sqlite3_exec(pointer, sql, nil, nil, nil))
  }

  /// Sets a Boolean `SQLITE_DBCONFIG_…` option.
  public func configure(_ verb: Int32, isOn: CInt) throws(SQLiteFailure) {
    try check(sqlc_db_config_bool(pointer, verb, isOn))
  }

  /// Sets a run-time limit (SQLite, c3ref/limit.html); returns the former value.
  @discardableResult
  public func limit(_ category: Int32, to value: Int32) -> Int32 { sqlite3_limit(pointer, category, value) }

  /// Rows that the last INSERT, UPDATE or DELETE changed, without those of triggers and foreign keys.
  @inlinable public var changes: Int64 { sqlite3_changes64(pointer) }
  /// Rows changed since the connection was opened, with those of triggers and foreign keys.
  @inlinable public var totalChanges: Int64 { sqlite3_total_changes64(pointer) }
  /// The rowid of the last row inserted.
  @inlinable public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(pointer) }
  /// Is no transaction open? (SQLite, c3ref/get_autocommit.html)
  @inlinable public var isInAutocommit: Bool { sqlite3_get_autocommit(pointer) != 0 }
  /// Stops what runs on the connection at the earliest opportunity.
  public func interrupt() { sqlite3_interrupt(pointer) }
  /// How many statements are prepared on the connection.
  public var statementCount: Int {
    var count = 0
    var statement = sqlite3_next_stmt(pointer, nil)
    while let next = statement {
      count += 1
      statement = sqlite3_next_stmt(pointer, next)
    }
    return count
  }

  /// Can the main database only be read?
  public var isReadOnly: Bool { sqlite3_db_readonly(pointer, "main") == 1 }

  /// The SQLite library's version, such as "3.40.1".
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// Asks `decide` about each thing that a statement being prepared would do; nil asks nobody
  /// (SQLite, c3ref/set_authorizer.html).
  public func setAuthorizer(_ decide: ((AuthorizerRequest) -> AuthorizerDecision)?) {
    guard let decide else {
      sqlite3_set_authorizer(pointer, nil, nil)
      authorizer = nil
      return
    }
    let box = AuthorizerBox(decide: decide)
    sqlite3_set_authorizer(
      pointer,
      { context, action, first, second, database, cause in
        guard let context else { return SQLITE_DENY }
        let request = AuthorizerRequest(action, first, second, database, cause)
        return Unmanaged<AuthorizerBox>.fromOpaque(context).takeUnretainedValue().decide(request).code
      },
      Unmanaged.passUnretained(box).toOpaque())
    authorizer = box
  }

  /// Calls `isToStop` about every `instructions` steps of SQLite's virtual machine (c3ref/progress_handler.html).
  public func setProgressHandler(every instructions: Int32, _ isToStop: @escaping () -> Bool) {
    let box = ProgressBox(isToStop: isToStop)
    sqlite3_progress_handler(
      pointer, instructions,
      { context in
        guard let context else { return 0 }
        return Unmanaged<ProgressBox>.fromOpaque(context).takeUnretainedValue().isToStop() ? 1 : 0
      },
      Unmanaged.passUnretained(box).toOpaque())
    progress = box
  }
}

private final class AuthorizerBox {
  let decide: (AuthorizerRequest) -> AuthorizerDecision
  init(decide: @escaping (AuthorizerRequest) -> AuthorizerDecision) { self.decide = decide }
}

private final class ProgressBox {
  let isToStop: () -> Bool
  init(isToStop: @escaping () -> Bool) { self.isToStop = isToStop }
}
