// What the place an expression stands in wants of it. Only parameters care.

import SQLCDiagnostics

struct Expectation {
  /// How far the place binds a parameter's type.
  enum Strength: Int, Hashable, Comparable {
    /// A literal or a function's argument.
    case weak
    /// A column, or a place that admits one type.
    case strong
    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  /// Does NULL make sense there.
  enum Optionality: Hashable {
    /// A NOT NULL column, LIMIT: NULL is an error.
    case required
    /// Compared: NULL never matches.
    case compared
    /// Compared with a column that is never NULL.
    case comparedWithRequired
    /// Says nothing.
    case neutral
    /// IS with what can be NULL.
    case matchesNull
    /// Stored in a column that can be NULL.
    case stored
    /// `? IS NULL`, `coalesce(?, …)`: NULL is provided for.
    case provided
  }

  var value: Value
  var strength: Strength
  var optionality: Optionality
  var name: String?

  init(_ value: Value, _ strength: Strength, _ optionality: Optionality, name: String? = nil) {
    self.value = value
    self.strength = strength
    self.optionality = optionality
    self.name = name
  }

  static func plain(
    _ storage: StorageClasses, logical: LogicalType? = nil, _ strength: Strength = .weak,
    _ optionality: Optionality = .neutral, name: String? = nil
  ) -> Expectation {
    Expectation(Value(storage, logical: logical, .never), strength, optionality, name: name)
  }

  func with(_ optionality: Optionality) -> Expectation {
    var copy = self
    copy.optionality = optionality
    return copy
  }

  func with(name: String?) -> Expectation {
    var copy = self
    copy.name = name ?? copy.name
    return copy
  }
}
