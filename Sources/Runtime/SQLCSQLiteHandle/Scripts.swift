// SQL of several statements, one after another, and libraries of extensions.

import CSQLite

extension DatabaseHandle {
  /// Runs every statement of `sql`, rows being discarded.
  ///
  /// - Parameters:
  ///   - check: asked about each statement before it is prepared.
  ///   - willRun: told of each statement before it runs whether it only reads.
  ///   - isToRunAgain: asked when a statement has failed outside a transaction, and so has changed nothing; attempts count
  ///     from 0.
  /// - Throws: ``SQLiteFailure``, with an offset in `sql`; or what `check` throws.
  public func execute(
    _ sql: String, check: (StatementStart) throws -> Void, willRun: (_ isReadOnly: Bool) -> Void,
    isToRunAgain: (SQLiteFailure, _ attempt: Int32) -> Bool
  ) throws {
    try refuseNUL(in: sql)
    // With its end marked SQLite reads each statement only; of a text with a length it would copy the rest each time.
    try sql.utf8CString.withUnsafeBytes { text in
      var rest = skippingBlank(text.dropLast())
      while !rest.isEmpty {
        try check(StatementStart(rest))
        do throws(SQLiteFailure) {
          let length = try running(again: isToRunAgain) { () throws(SQLiteFailure) in
            try executeFirst(of: text[rest.startIndex...], willRun)
          }
          if length == 0 { return }
          rest = skippingBlank(rest.dropFirst(length))
        } catch {
          var failure = error
          failure.offset = error.offset.map { $0 + rest.startIndex }
          throw failure
        }
      }
    }
  }

  /// The same for SQL that needs no check.
  public func execute(_ sql: String, isToRunAgain: (SQLiteFailure, _ attempt: Int32) -> Bool) throws(SQLiteFailure) {
    try running(again: isToRunAgain) { () throws(SQLiteFailure) in try execute(sql) }
  }

  /// Runs `body`, one statement, until it succeeds or is not to run again. Inside a transaction it runs once: what it has read
  /// there stays as it is, and so does the reason why it failed.
  private func running<T>(
    again isToRunAgain: (SQLiteFailure, _ attempt: Int32) -> Bool, _ body: () throws(SQLiteFailure) -> T
  ) throws(SQLiteFailure) -> T {
    var attempt: Int32 = 0
    while true {
      do throws(SQLiteFailure) {
        return try body()
      } catch {
        guard isInAutocommit, isToRunAgain(error, attempt) else { throw error }
        attempt += 1
      }
    }
  }

  /// Gives the bytes that SQLite has read: a statement, or what comes before one.
  private func executeFirst(
    of text: Slice<UnsafeRawBufferPointer>, _ willRun: (_ isReadOnly: Bool) -> Void
  ) throws(SQLiteFailure) -> Int {
    let bytes = UnsafeRawBufferPointer(rebasing: text).bindMemory(to: CChar.self)
    guard let start = bytes.baseAddress else { return 0 }
    var statement: OpaquePointer?
    var end: UnsafePointer<CChar>?
    try check(sqlite3_prepare_v2(pointer, start, -1, &statement, &end))
    let length = end.map { $0 - start } ?? 0
    guard let statement else { return length }
    defer { sqlite3_finalize(statement) }
    willRun(sqlite3_stmt_readonly(statement) != 0)
    var result = SQLITE_ROW
    while result == SQLITE_ROW { result = sqlite3_step(statement) }
    if result != SQLITE_DONE { throw SQLiteFailure(lastOf: pointer, code: result) }
    return length
  }

  /// SQLite takes a NUL for the end of a text: what follows it would be left out in silence.
  func refuseNUL(in sql: String) throws(SQLiteFailure) {
    if let place = sql.utf8.firstIndex(of: 0) {
      throw SQLiteFailure(
        extendedCode: SQLITE_MISUSE, message: "the SQL has a NUL, where SQLite stops reading",
        offset: sql.utf8.distance(from: sql.startIndex, to: place))
    }
  }

  /// Loads a library of extensions; SQL still cannot (SQLite, c3ref/load_extension.html).
  ///
  /// - Throws: always, where SQLite is built without them (SQLITE_OMIT_LOAD_EXTENSION), as Apple's is.
  public func load(_ path: String, entryPoint: String?) throws(SQLiteFailure) {
    #if SQLC_SWIFT_OMITS_LOAD_EXTENSION
      throw SQLiteFailure(
        extendedCode: SQLITE_ERROR, message: "cannot load '\(path)': this system's SQLite loads no extensions")
    #else
      try loadLibrary(path, entryPoint: entryPoint)
    #endif
  }

  #if !SQLC_SWIFT_OMITS_LOAD_EXTENSION
    private func loadLibrary(_ path: String, entryPoint: String?) throws(SQLiteFailure) {
      try configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 1)
      var message: UnsafeMutablePointer<CChar>?
      let code = sqlite3_load_extension(pointer, path, entryPoint, &message)
      defer { sqlite3_free(message) }
      try configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 0)
      if code != SQLITE_OK {
        throw SQLiteFailure(extendedCode: code, message: message.map { String(cString: $0) } ?? "cannot load '\(path)'")
      }
    }
  #endif
}
