// One error for both engines, in a face that two modules implement.

/// What went wrong, in words of no engine. Values of parameters and rows are in ``engineError`` alone, where the engine keeps
/// them apart.
public struct PortableError: Error, Sendable, CustomStringConvertible, CustomReflectable {
  public enum Kind: Sendable, Hashable {
    /// The database refused: see ``PortableError/constraint``.
    case refused
    /// There is no connection, or it broke before anything could have happened.
    case connection
    /// The connection broke while a change was being committed: it may have happened or not.
    case outcomeUnknown
    /// A stored value does not fit the Swift type of its column.
    case decoding
    /// A Swift value cannot be stored.
    case encoding
    /// A query that always gives a row gave none.
    case missingRow
    /// The task was cancelled; a transaction that was open is rolled back.
    case cancelled
    /// The time was up; a transaction that was open is rolled back.
    case timedOut
    /// An earlier statement of the transaction failed, and its error was caught: the transaction could only be rolled back.
    case rolledBack
    /// A transaction was used after its closure had ended.
    case stale
    /// The database was closed.
    case closed
    /// A partial update of which every column is unchanged: the statement would set nothing.
    case nothingToSet
    /// A cursor that is a place in another order than the call's.
    case cursorMismatch
    /// An API was used in a way that it does not allow.
    case misuse
  }

  /// The constraint that a statement would have violated.
  public struct Constraint: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      case check, foreignKey, notNull
      /// A primary key is one.
      case unique
      /// What one engine alone has: an exclusion, the message of a trigger.
      case other
    }
    public var kind: Kind
    /// The table and its columns, where the engine names them: SQLite does not for foreign keys and checks.
    public var table: String?
    public var columnNames: [String]
    /// As the engine has it: that of a CHECK on both, where it has one.
    public var name: String?

    public init(kind: Kind, table: String?, columnNames: [String], name: String?) {
      self.kind = kind
      self.table = table
      self.columnNames = columnNames
      self.name = name
    }
  }

  public var kind: Kind
  /// The engine's own words.
  public var message: String
  /// The query's name, such as "GetAgentByID".
  public var query: String?
  /// The result column or parameter that could not be converted.
  public var column: String?
  public var constraint: Constraint?
  /// May the same transaction succeed when it is run again from its beginning?
  public var isRetryable: Bool
  /// The error of the runtime that ran the query, with everything that it knows; none for one of a stub's.
  public var engineError: (any Error)?

  public init(
    kind: Kind, message: String, query: String? = nil, column: String? = nil, constraint: Constraint? = nil,
    isRetryable: Bool = false, engineError: (any Error)? = nil
  ) {
    self.kind = kind
    self.message = message
    self.query = query
    self.column = column
    self.constraint = constraint
    self.isRetryable = isRetryable
    self.engineError = engineError
  }

  public var description: String {
    if let engineError { return "\(engineError)" }
    return query.map { "\($0): \(message)" } ?? message
  }

  /// Without what is sensitive, for `dump` and debuggers that log.
  public var customMirror: Mirror {
    Mirror(self, children: ["kind": kind, "message": message, "query": query as Any, "constraint": constraint as Any])
  }
}
