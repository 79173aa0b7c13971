// What the C library says when something fails, kept as it said it.

import CSQLite

/// A failed call: SQLite's codes and words, and nothing of our own.
public struct SQLiteFailure: Error, Sendable, Hashable {
  /// The extended result code (SQLite, rescode.html); its low byte is the primary one.
  public var extendedCode: Int32
  /// SQLite's message, in English.
  public var message: String
  /// Byte offset in the SQL text where the error starts, when SQLite knows (c3ref/errcode.html, `sqlite3_error_offset`).
  public var offset: Int?

  /// The primary result code, such as 19 for a constraint.
  public var primaryCode: Int32 { extendedCode & 0xFF }

  public init(extendedCode: Int32, message: String, offset: Int? = nil) {
    self.extendedCode = extendedCode
    self.message = message
    self.offset = offset
  }

  /// The most recent failure of a connection.
  public init(lastOf database: OpaquePointer?, code: Int32) {
    guard let database else {
      self.init(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
      return
    }
    let extended = sqlite3_extended_errcode(database)
    let offset = sqlite3_error_offset(database)
    // A code that the connection does not remember (misuse is not always recorded) is described by itself.
    if extended & 0xFF != code & 0xFF {
      self.init(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
    } else {
      self.init(
        extendedCode: extended, message: String(cString: sqlite3_errmsg(database)),
        offset: offset < 0 ? nil : Int(offset))
    }
  }
}
