// SQLite's result codes as values that Swift can match.

/// A result code of SQLite, primary or extended (SQLite, rescode.html).
///
/// In a pattern a primary code matches its extended codes:
///
/// ```swift
/// switch error.code {
/// case .constraintUnique: …
/// case .constraint: …          // any other constraint
/// default: …
/// }
/// ```
public struct ResultCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public var rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The code without its extension.
  public var primary: ResultCode { ResultCode(rawValue: rawValue & 0xFF) }

  public static func ~= (pattern: ResultCode, code: ResultCode) -> Bool {
    pattern.rawValue > 0xFF ? pattern == code : pattern == code.primary
  }

  public static let error = ResultCode(rawValue: 1)
  public static let permission = ResultCode(rawValue: 3)
  public static let abort = ResultCode(rawValue: 4)
  public static let busy = ResultCode(rawValue: 5)
  public static let locked = ResultCode(rawValue: 6)
  public static let noMemory = ResultCode(rawValue: 7)
  public static let readOnly = ResultCode(rawValue: 8)
  public static let interrupt = ResultCode(rawValue: 9)
  public static let inputOutput = ResultCode(rawValue: 10)
  public static let corrupt = ResultCode(rawValue: 11)
  public static let full = ResultCode(rawValue: 13)
  public static let cannotOpen = ResultCode(rawValue: 14)
  public static let schema = ResultCode(rawValue: 17)
  public static let tooBig = ResultCode(rawValue: 18)
  public static let constraint = ResultCode(rawValue: 19)
  public static let mismatch = ResultCode(rawValue: 20)
  public static let misuse = ResultCode(rawValue: 21)
  public static let authorization = ResultCode(rawValue: 23)
  public static let range = ResultCode(rawValue: 25)
  public static let notADatabase = ResultCode(rawValue: 26)

  public static let abortRollback = ResultCode(rawValue: 4 | 2 << 8)

  public static let constraintCheck = ResultCode(rawValue: 19 | 1 << 8)
  public static let constraintForeignKey = ResultCode(rawValue: 19 | 3 << 8)
  public static let constraintNotNull = ResultCode(rawValue: 19 | 5 << 8)
  public static let constraintPrimaryKey = ResultCode(rawValue: 19 | 6 << 8)
  public static let constraintTrigger = ResultCode(rawValue: 19 | 7 << 8)
  public static let constraintUnique = ResultCode(rawValue: 19 | 8 << 8)
  public static let constraintRowID = ResultCode(rawValue: 19 | 10 << 8)
  public static let constraintDataType = ResultCode(rawValue: 19 | 12 << 8)

  public var description: String { rawValue > 0xFF ? "\(rawValue & 0xFF) (extended \(rawValue))" : "\(rawValue)" }
}
