// What a function promises, and where it may be called (SQLite, c3ref/c_deterministic.html).

import CSQLite

/// What is known of a function.
public struct FunctionOptions: OptionSet, Sendable, Hashable {
  public let rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// It gives the same result for the same arguments, always: only then may indexes, CHECK constraints and generated
  /// columns use it. Not for what looks at a clock or a random number.
  public static let deterministic = FunctionOptions(rawValue: SQLITE_DETERMINISTIC)
  /// Only the application's own statements may call it, and not views, triggers, indexes and constraints, which come
  /// with a database file. For functions with side effects or with secrets.
  public static let directOnly = FunctionOptions(rawValue: SQLITE_DIRECTONLY)
  /// It can do no harm whatever it is given, so that it may be called from the schema even of a file that is not trusted.
  public static let innocuous = FunctionOptions(rawValue: SQLITE_INNOCUOUS)
}
