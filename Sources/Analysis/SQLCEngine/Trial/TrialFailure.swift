// Why a database refuses something, sorted by what can be done about it.

/// A statement failed.
public struct TrialFailure: Error, Sendable, Hashable {
  public enum Cause: Sendable, Hashable {
    case constraint(Constraint)
    /// An expression fails on a value, or the statement is wrong.
    case statement
    /// The schema itself does not work, whatever the row: a foreign key to columns that are no key.
    case schema
    /// The deadline is over.
    case outOfTime
  }

  /// What refused a row. Columns are named in lower case; none: not known.
  public enum Constraint: Sendable, Hashable {
    /// By the constraint's name or its text.
    case check(String)
    case unique(columns: [String])
    /// A NULL, or a value of another type, where there may be none.
    case value(columns: [String])
    case foreignKey
    case trigger
    case other
  }

  public var cause: Cause
  /// In the engine's words.
  public var message: String

  public init(_ cause: Cause, _ message: String) {
    self.cause = cause
    self.message = message
  }
}

/// When a trial ends.
public struct TrialDeadline: Sendable, Hashable {
  /// Absent: never.
  public var end: ContinuousClock.Instant?

  public init(_ end: ContinuousClock.Instant?) { self.end = end }

  public static let none = TrialDeadline(nil)

  public static func after(seconds: Double) -> TrialDeadline { TrialDeadline(.now + .seconds(seconds)) }

  public var isOver: Bool { end.map { ContinuousClock.now >= $0 } ?? false }
}
