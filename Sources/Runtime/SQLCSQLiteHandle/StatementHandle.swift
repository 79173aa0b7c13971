// One prepared statement of the C library, owned.

public import CSQLite

/// What a statement will be used for.
public enum StatementLifetime: Sendable {
  case once
  /// Kept and used often: SQLite does not take it from its small-allocation pool (c3ref/c_prepare_normalize.html).
  case persistent

  var flags: UInt32 {
    switch self {
    case .once: 0
    case .persistent: UInt32(SQLITE_PREPARE_PERSISTENT)
    }
  }
}

/// Owns a `sqlite3_stmt *`; finalized when the last reference to it goes. Belongs to its connection's thread.
public final class StatementHandle {
  public let pointer: OpaquePointer
  /// Keeps the connection open.
  public let database: DatabaseHandle

  fileprivate init(_ pointer: OpaquePointer, of database: DatabaseHandle) {
    self.pointer = pointer
    self.database = database
  }

  deinit { sqlite3_finalize(pointer) }

  /// For the calls that every row makes.
  @inlinable public var reference: StatementReference { StatementReference(pointer) }

  /// The failure of the last call.
  public func failure(_ code: Int32) -> SQLiteFailure { SQLiteFailure(lastOf: database.pointer, code: code) }

  /// `SQLITE_ROW`, `SQLITE_DONE` or an error code.
  @inlinable public func step() -> Int32 { reference.step() }
  /// Ready to run again; gives the error code of the run that ends.
  @inlinable @discardableResult public func reset() -> Int32 { sqlite3_reset(pointer) }
  /// Every parameter is NULL again, and the values bound are released.
  @inlinable public func clearBindings() { sqlite3_clear_bindings(pointer) }

  @inlinable public var columnCount: Int32 { sqlite3_column_count(pointer) }
  /// The text that it was prepared from.
  public var sql: String { text(sqlite3_sql(pointer)) ?? "" }
  public var parameterCount: Int32 { sqlite3_bind_parameter_count(pointer) }
  /// Does it leave the database as it is? (SQLite, c3ref/stmt_readonly.html)
  public var isReadOnly: Bool { sqlite3_stmt_readonly(pointer) != 0 }

  public func columnName(_ index: Int32) -> String? { text(sqlite3_column_name(pointer, index)) }
  /// The parameter's name with its prefix, such as ":id"; nil for `?`.
  public func parameterName(_ index: Int32) -> String? { text(sqlite3_bind_parameter_name(pointer, index)) }

  private func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
}

/// The first statement of a text, prepared.
public struct PreparedText {
  /// Nothing when there was only white space and comments.
  public var statement: StatementHandle?
  /// Where the text that was not read starts: a UTF-8 byte offset.
  public var tail: Int
}

extension DatabaseHandle {
  /// Prepares the first statement in `sql`.
  public func prepare(_ sql: String, _ lifetime: StatementLifetime = .once) throws(SQLiteFailure) -> PreparedText {
    var text = sql
    var statement: OpaquePointer?
    var tail = 0
    let code = text.withUTF8 { bytes -> Int32 in
      // An empty text has no address; SQLite takes nil for an empty one as misuse.
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return SQLITE_OK }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start -> Int32 in
        var end: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          pointer, start, Int32(clamping: bytes.count), lifetime.flags, &statement, &end)
        tail = end.map { $0 - start } ?? bytes.count
        return code
      }
    }
    try check(code)
    return PreparedText(statement: statement.map { StatementHandle($0, of: self) }, tail: tail)
  }
}
