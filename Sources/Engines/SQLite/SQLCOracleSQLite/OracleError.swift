// SQLite's refusal of a statement, in a form that a diagnostic can be made of.

import SQLCSQLiteHandle

/// Why SQLite does not accept a statement.
public struct OracleError: Error, Sendable, Hashable {
  /// The primary result code (SQLite, rescode.html), such as 1 for an error in the SQL.
  public var code: Int32
  public var extendedCode: Int32
  /// SQLite's own words.
  public var message: String
  /// Byte offset in the SQL given, when SQLite knows where the error starts. It does not for "no such table",
  /// "incomplete
  /// input" and a wrong number of values.
  public var offset: Int?
  /// Set where not SQLite but we do not accept it; `message` is ours then.
  public var refusal: Refusal?

  public init(code: Int32, extendedCode: Int32, message: String, offset: Int?) {
    self.code = code
    self.extendedCode = extendedCode
    self.message = message
    self.offset = offset
  }

  init(_ failure: SQLiteFailure, _ refusal: Refusal? = nil) {
    self.init(
      code: failure.primaryCode, extendedCode: failure.extendedCode, message: failure.message, offset: failure.offset)
    self.refusal = refusal
  }
}
