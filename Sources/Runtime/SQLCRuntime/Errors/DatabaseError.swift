// The one error of the runtime.

import SQLCRuntimeKit
import SQLCSQLiteHandle

/// What went wrong, with which query. Values of parameters and of rows are in ``sensitiveDetail`` and nowhere else.
public struct DatabaseError: Error, Sendable, CustomStringConvertible, CustomReflectable {
  /// Which part failed.
  public enum Kind: Sendable, Hashable {
    /// SQLite refused: see `code`.
    case sqlite
    /// A stored value does not fit the Swift type of its column.
    case decoding
    /// A Swift value cannot be stored.
    case encoding
    /// A query that always gives a row gave none.
    case missingRow
    /// The task was cancelled; a transaction that was open is rolled back.
    case cancelled
    /// The time of ``Database/withTimeout(_:_:)`` was up; a transaction that was open is rolled back.
    case timedOut
    /// A statement of the transaction failed in a way after which SQLite rolled all of it back (lang_transaction.html §3),
    /// and that error was caught: nothing more can run in it.
    case rolledBack
    /// A connection or transaction was used after its closure had ended.
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
    let code: ResultCode
    let message: String
    let query: String?
    let column: String?
    let expected: String?
    let found: StorageClass?
    let offset: Int?
    let position: SQLPosition?
    let detail: String?
    let told: String?
    init(
      kind: Kind, code: ResultCode, message: String, query: String?, column: String?, expected: String?,
      found: StorageClass?, offset: Int?, position: SQLPosition?, detail: String? = nil, told: String? = nil
    ) {
      self.kind = kind
      self.code = code
      self.message = message
      self.query = query
      self.column = column
      self.expected = expected
      self.found = found
      self.offset = offset
      self.position = position
      self.detail = detail
      self.told = told
    }
  }

  private init(_ facts: Facts) { self.facts = facts }

  public init(
    kind: Kind, code: ResultCode = .error, message: String, query: String? = nil, column: String? = nil,
    expected: String? = nil, found: StorageClass? = nil, offset: Int? = nil
  ) {
    facts = Facts(
      kind: kind, code: code, message: message, query: query, column: column, expected: expected, found: found,
      offset: offset, position: nil)
  }

  /// SQLite's refusal of a text.
  private init(refusal failure: SQLiteFailure, query: String?, sql: String?) {
    facts = Facts(
      kind: .sqlite, code: ResultCode(rawValue: failure.extendedCode), message: failure.message, query: query,
      column: nil, expected: nil, found: nil, offset: failure.offset,
      position: failure.offset.flatMap { offset in sql.flatMap { SQLPosition(offset: offset, in: $0) } })
  }

  public var kind: Kind { facts.kind }
  /// SQLite's extended result code; compare in a `switch`, where a primary code matches its extended ones.
  public var code: ResultCode { facts.code }
  /// SQLite's own words, or ours.
  public var message: String { facts.message }
  /// The query's name, such as "GetAgentByID".
  public var query: String? { facts.query }
  /// SQLite's whole message where it may quote a value, or the stored value that did not fit. It may be anybody's secret:
  /// neither ``description`` nor ``message`` has it, and instruments are not given it. nil where there is no more to tell.
  public var sensitiveDetail: String? { facts.detail }
  /// The result column that could not be decoded.
  public var column: String? { facts.column }
  /// What the Swift type reads, such as "TEXT".
  public var expected: String? { facts.expected }
  /// What the column holds.
  public var found: StorageClass? { facts.found }
  /// UTF-8 byte offset of the error in the statement's text, when SQLite knows.
  public var offset: Int? { facts.offset }
  /// The same as line and column.
  public var position: SQLPosition? { facts.position }
  /// The constraint that was violated.
  public var constraint: Constraint? { Constraint(code: code, message: message) }

  /// The same error as it may be told to those who write it down: logs, metrics.
  var forInstruments: DatabaseError {
    if facts.detail == nil, facts.told == nil { return self }
    return with(message: facts.told ?? facts.message, detail: nil, told: nil)
  }

  /// - Parameters:
  ///   - detail: ``sensitiveDetail``.
  ///   - told: the message for instruments, where it is another.
  func with(message: String, detail: String?, told: String?) -> DatabaseError {
    DatabaseError(
      Facts(
        kind: kind, code: code, message: message, query: query, column: column, expected: expected, found: found,
        offset: offset, position: position, detail: detail, told: told))
  }

  /// Without ``sensitiveDetail``, for `dump` and debuggers that log.
  public var customMirror: Mirror {
    Mirror(self, children: ["kind": kind, "code": code, "message": message, "query": query as Any])
  }

  /// Where to look when a query that was proven for one schema fails with another: `verifySchema` and
  /// `open(_:schema:)` name the differences.
  public var suggestion: String? {
    guard query != nil else { return nil }
    switch kind {
    // Preparing a statement tells the place of an unknown column; here a running full-text query does not know one.
    case .sqlite where code == .error && message.hasPrefix("no such column: ") && offset == nil:
      return "in the text of MATCH '-', ':' and '*' have a meaning: words stand in double quotes there (fts5.html, §3)"
    case .sqlite where code == .error && (message.hasPrefix("no such ") || message.contains(" has no column ")):
      return "has the database the schema that the query was generated for? Database.verifySchema names the differences"
    case .decoding where expected != nil:
      return "has the column the type that the query was generated for? Database.verifySchema names the differences"
    default: return nil
    }
  }

  /// "GetAgentByID, column 'name': expected TEXT, found NULL"
  public var description: String {
    var text = ""
    if let query { text += query }
    if let column { text += "\(text.isEmpty ? "" : ", ")column '\(column)'" }
    if !text.isEmpty { text += ": " }
    text += message
    switch kind {
    case .sqlite:
      if let position { text += " at \(position)" }
      text += " [SQLite \(code)]"
      if let suggestion { text += "; \(suggestion)" }
    case .decoding, .encoding, .missingRow, .cancelled, .timedOut, .rolledBack, .stale, .closed, .nothingToSet,
      .cursorMismatch, .misuse:
      break
    }
    return text
  }
}

extension DatabaseError {
  /// When a cancelled task's statement was interrupted, or gave up waiting for a lock, that is the cancellation's doing;
  /// likewise when its time was up.
  ///
  /// - Parameter text: the SQL that an offset is in.
  init(_ failure: SQLiteFailure, query: String?, text sql: String? = nil) {
    let code = ResultCode(rawValue: failure.extendedCode)
    if code.primary == .interrupt || code.primary == .busy {
      if Task.isCancelled {
        self.init(kind: .cancelled, code: code, message: Self.cancellation, query: query)
        return
      }
      if Deadline.isPast {
        self.init(kind: .timedOut, code: code, message: Self.lateness, query: query)
        return
      }
    }
    self.init(refusal: failure, query: query, sql: sql)
  }

  private static let cancellation = "the task was cancelled"
  private static let lateness = "the time was up"

  static func cancelled(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .cancelled, code: .interrupt, message: cancellation, query: query)
  }

  static func timedOut(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .timedOut, code: .interrupt, message: lateness, query: query)
  }

  static func rolledBack(_ query: String?) -> DatabaseError {
    DatabaseError(
      kind: .rolledBack, code: .abortRollback,
      message: "the transaction was rolled back when an earlier statement of it failed", query: query)
  }

  static func closed(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .closed, code: .misuse, message: "the database is closed", query: query)
  }
}
