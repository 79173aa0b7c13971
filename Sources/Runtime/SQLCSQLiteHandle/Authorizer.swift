// What SQLite asks an authorizer, and the answers (SQLite, c3ref/c_alter_table.html, c3ref/c_deny.html).

import CSQLite

/// One question: may the statement that is being prepared do this?
public struct AuthorizerRequest {
  /// A `SQLITE_…` action code, such as `SQLITE_READ`.
  public let action: Int32
  private let firstPointer: UnsafePointer<CChar>?
  private let secondPointer: UnsafePointer<CChar>?
  private let databasePointer: UnsafePointer<CChar>?
  private let causePointer: UnsafePointer<CChar>?

  init(
    _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?,
    _ database: UnsafePointer<CChar>?, _ cause: UnsafePointer<CChar>?
  ) {
    self.action = action
    firstPointer = first
    secondPointer = second
    databasePointer = database
    causePointer = cause
  }

  /// The action's first argument: a table, an index, a pragma.
  public var first: String? { firstPointer.map { String(cString: $0) } }
  /// The action's second argument: a column, a function, a pragma's value.
  public var second: String? { secondPointer.map { String(cString: $0) } }
  /// "main", "temp" or an attached database.
  public var database: String? { databasePointer.map { String(cString: $0) } }
  /// The innermost trigger or view that makes the statement do it; nil when the statement's own text does.
  public var cause: String? { causePointer.map { String(cString: $0) } }
}

/// An authorizer's answer.
public enum AuthorizerDecision {
  case allow
  /// The action is left out: a column reads as NULL, a pragma does nothing.
  case ignore
  /// The statement is refused.
  case deny

  var code: Int32 {
    switch self {
    case .allow: SQLITE_OK
    case .ignore: SQLITE_IGNORE
    case .deny: SQLITE_DENY
    }
  }
}
