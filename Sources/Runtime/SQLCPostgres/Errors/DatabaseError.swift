// The one error of the runtime.

import SQLCPostgreSQLHandle

/// What went wrong, with which query. Values of parameters and of rows are in ``sensitiveDetail``, ``detail`` and ``context``,
/// and nowhere else.
public struct DatabaseError: Error, Sendable, CustomStringConvertible, CustomReflectable {
  /// Which part failed.
  public enum Kind: Sendable, Hashable {
    /// The server refused: see ``DatabaseError/sqlState``.
    case server
    /// There is no connection, or it broke before anything could have happened.
    case connection
    /// The connection broke while a change was being committed: it may have happened or not. Never tried again by itself.
    case outcomeUnknown
    /// A stored value does not fit the Swift type of its column.
    case decoding
    /// A Swift value cannot be a parameter.
    case encoding
    /// A query that always gives a row gave none.
    case missingRow
    /// The task was cancelled; a transaction that was open is rolled back.
    case cancelled
    /// The time of ``Database/withTimeout(_:_:)``, or that for getting a connection, was up; a transaction that was open is
    /// rolled back.
    case timedOut
    /// An earlier statement of the transaction failed, and its error was caught: the transaction could only be rolled back.
    case rolledBack
    /// A transaction was used after its closure had ended.
    case stale
    /// The database was closed.
    case closed
    /// A query with `sqlc.patch` was given no column to set, and it sets no other: nothing was run.
    case nothingToSet
    /// A query with `sqlc.after` was given a cursor that is a place in another order than the call's: nothing was run.
    case cursorMismatch
    /// An API was used in a way that it does not allow.
    case misuse
  }

  // One reference, so that throwing costs the same whatever is known.
  private let facts: Facts

  private final class Facts: Sendable {
    let kind: Kind
    let message: String
    let query: String?
    let column: String?
    let server: ServerError?
    let sensitive: String?
    let expected: String?
    let found: PostgresType?
    let position: SQLPosition?
    init(
      kind: Kind, message: String, query: String?, column: String?, server: ServerError?, sensitive: String?,
      expected: String?, found: PostgresType?, position: SQLPosition?
    ) {
      self.kind = kind
      self.message = message
      self.query = query
      self.column = column
      self.server = server
      self.sensitive = sensitive
      self.expected = expected
      self.found = found
      self.position = position
    }
  }

  public init(kind: Kind, message: String, query: String? = nil, column: String? = nil) {
    facts = Facts(
      kind: kind, message: message, query: query, column: column, server: nil, sensitive: nil, expected: nil,
      found: nil,
      position: nil)
  }

  /// The server's refusal of a statement, or of a connection.
  init(_ error: ServerError, kind: Kind = .server, query: String? = nil, sql: String? = nil) {
    let shown = shownMessage(of: error, sql: sql)
    facts = Facts(
      kind: kind, message: shown, query: query, column: nil, server: error,
      sensitive: shown == error.message ? error.detail : error.message + (error.detail.map { "; \($0)" } ?? ""),
      expected: nil, found: nil,
      position: error.position.flatMap { position in sql.flatMap { SQLPosition(scalar: position - 1, in: $0) } })
  }

  /// A value and a Swift type that do not fit.
  init(conversion error: ConversionError, kind: Kind, query: String?, column: String?) {
    let message: String
    var (sensitive, expected): (String?, String?) = (nil, nil)
    var type: PostgresType?
    switch error {
    case .mismatch(let wanted, let found):
      message = "expected \(wanted), found \(found)"
      (expected, type) = (wanted, found)
    case .null: message = "found NULL, and the Swift type is no optional"
    case .invalid(let text): message = text
    case .invalidValue(let text, let value):
      message = text
      sensitive = value
    }
    facts = Facts(
      kind: kind, message: message, query: query, column: column, server: nil, sensitive: sensitive, expected: expected,
      found: type, position: nil)
  }

  public var kind: Kind { facts.kind }
  /// The server's code; nil for what did not come from it. Compare in a `switch`.
  public var sqlState: SQLState? { facts.server.map { SQLState(rawValue: $0.sqlState) } }
  /// The server's own words, without the values that it quotes, or ours.
  public var message: String { facts.message }
  /// The query's name, such as "GetAgentByID".
  public var query: String? { facts.query }
  /// The result column that could not be decoded, or the parameter, such as `$2`, that could not be encoded.
  public var column: String? { facts.column }
  /// The type that was wanted, such as "int8".
  public var expected: String? { facts.expected }
  /// The type that was found.
  public var found: PostgresType? { facts.found }
  /// Where in the statement's text, when the server knows.
  public var position: SQLPosition? { facts.position }
  /// The constraint that was violated.
  public var constraint: Constraint? { facts.server.flatMap { Constraint($0) } }

  /// The server's whole message where it quotes a value, its detail, or the value that did not fit. It may be anybody's
  /// secret: neither ``description`` nor ``message`` has it, and instruments are not given it.
  public var sensitiveDetail: String? { facts.sensitive }
  /// The server's DETAIL, which quotes rows: `Key (email)=(a@b.c) already exists.`
  public var detail: String? { facts.server?.detail }
  /// The server's HINT.
  public var hint: String? { facts.server?.hint }
  /// The server's CONTEXT: in which function, at which line; it can quote statements and values.
  public var context: String? { facts.server?.context }

  /// May the same transaction succeed when it is run again from its beginning? (mvcc-serialization-failure-handling.html)
  public var isRetryable: Bool {
    guard kind == .server else { return false }
    return sqlState == .serializationFailure || sqlState == .deadlockDetected || Self.isStalePlan(facts.server)
  }

  /// A prepared statement that the server has forgotten, or whose result has changed since.
  var isStaleStatement: Bool { Self.isStalePlan(facts.server) }

  private static func isStalePlan(_ error: ServerError?) -> Bool {
    switch error?.sqlState {
    case "26000": true
    // plancache.c, `RevalidateCachedQuery`; the code alone says "not supported" of other things too.
    case "0A000": error?.source == "RevalidateCachedQuery"
    default: false
    }
  }

  /// Without what is sensitive, for `dump` and debuggers that log.
  public var customMirror: Mirror {
    Mirror(self, children: ["kind": kind, "sqlState": sqlState as Any, "message": message, "query": query as Any])
  }

  /// The same error as it may be told to those who write it down: logs, metrics.
  var forInstruments: DatabaseError {
    DatabaseError(
      Facts(
        kind: kind, message: message, query: query, column: column,
        server: facts.server.map { ServerError(sqlState: $0.sqlState, message: message) }, sensitive: nil,
        expected: expected, found: found, position: position))
  }

  private init(_ facts: Facts) { self.facts = facts }

  /// The same failure, seen as another kind.
  func with(kind: Kind, message: String? = nil) -> DatabaseError {
    DatabaseError(
      Facts(
        kind: kind, message: message ?? self.message, query: query, column: column, server: facts.server,
        sensitive: facts.sensitive, expected: expected, found: found, position: position))
  }

  /// What is probably the matter.
  public var suggestion: String? {
    switch (kind, sqlState) {
    case (_, .invalidStatementName?), (_, .duplicateStatement?):
      "a pooler that moves connections between clients, such as pgbouncer before 1.21, needs Configuration.preparedStatements = .unnamed"
    case (.server, .undefinedTable?), (.server, .undefinedColumn?):
      query == nil ? nil : "has the database the schema that the query was generated for?"
    case (.server, .activeTransaction?):
      "in a migration, '-- +goose NO TRANSACTION' (or another tool's word for it) says that it runs outside of one"
    case (.decoding, _):
      expected == nil ? nil : "has the column the type that the query was generated for?"
    default: nil
    }
  }

  /// "GetAgentByID, column 'name': expected text, found int4"
  public var description: String {
    var text = ""
    if let query { text += query }
    if let column { text += "\(text.isEmpty ? "" : ", ")\(kind == .encoding ? "parameter" : "column") '\(column)'" }
    if !text.isEmpty { text += ": " }
    text += message
    if let position { text += " at \(position)" }
    if let sqlState { text += " [SQLSTATE \(sqlState)]" }
    if let constraint = constraint {
      if let name = constraint.name { text += ", constraint '\(name)'" }
      if !constraint.columns.isEmpty { text += " (\(constraint.columns.joined(separator: ", ")))" }
    }
    if let suggestion { text += "; \(suggestion)" }
    return text
  }
}

extension DatabaseError {
  static func cancelled(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .cancelled, message: "the task was cancelled", query: query)
  }

  static func timedOut(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .timedOut, message: "the time was up", query: query)
  }

  static func closed(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .closed, message: "the database is closed", query: query)
  }

  static func stale(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .stale, message: "the transaction's closure has ended", query: query)
  }
}

/// The message without the values that it quotes. Those of class 22 (data exception) quote them: `invalid input syntax for
/// type integer: "…"`. A value may hold quotation marks too; what stands in the statement's own text is no secret.
func shownMessage(of error: ServerError, sql: String?) -> String {
  let message = error.message
  guard error.sqlState.hasPrefix("22"), let first = message.firstIndex(of: "\""),
    let last = message.lastIndex(of: "\""),
    first < last
  else { return message }
  let quoted = message[message.index(after: first)..<last]
  return sql?.contains(quoted) ?? false ? message : message[...first] + "…" + message[last...]
}
