// The server's error codes as values that Swift can match.

/// An error code (errcodes-appendix.html): five characters, of which the first two are its class.
///
/// ```swift
/// switch error.sqlState {
/// case .uniqueViolation: …
/// case .some(let state) where state.class == "08": …
/// default: …
/// }
/// ```
public struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  /// "23" of "23505".
  public var `class`: String { String(rawValue.prefix(2)) }
  public var description: String { rawValue }

  public static let serializationFailure: SQLState = "40001"
  public static let deadlockDetected: SQLState = "40P01"
  public static let notNullViolation: SQLState = "23502"
  public static let foreignKeyViolation: SQLState = "23503"
  public static let uniqueViolation: SQLState = "23505"
  public static let checkViolation: SQLState = "23514"
  public static let exclusionViolation: SQLState = "23P01"
  public static let restrictViolation: SQLState = "23001"
  public static let lockNotAvailable: SQLState = "55P03"
  public static let queryCanceled: SQLState = "57014"
  public static let adminShutdown: SQLState = "57P01"
  public static let crashShutdown: SQLState = "57P02"
  public static let cannotConnectNow: SQLState = "57P03"
  public static let tooManyConnections: SQLState = "53300"
  public static let diskFull: SQLState = "53100"
  public static let insufficientPrivilege: SQLState = "42501"
  public static let undefinedTable: SQLState = "42P01"
  public static let undefinedColumn: SQLState = "42703"
  public static let featureNotSupported: SQLState = "0A000"
  public static let invalidStatementName: SQLState = "26000"
  public static let duplicateStatement: SQLState = "42P05"
  public static let activeTransaction: SQLState = "25001"
  public static let failedTransaction: SQLState = "25P02"
  public static let idleInTransactionTimeout: SQLState = "25P03"
  public static let readOnlyTransaction: SQLState = "25006"
  public static let invalidPassword: SQLState = "28P01"
}
