// A value and a Swift type that do not fit; the row or the statement adds whose value it was.

/// Why a value could not be read as, or written from, a Swift type. Throw it from your own conversions.
public enum ConversionError: Error, Sendable, Hashable {
  /// The value has the type `found`, and the Swift type is one for `expected`, such as "int8".
  case mismatch(expected: String, found: PostgresType)
  /// NULL, where the Swift type is no optional.
  case null
  /// The type fits, the value does not: what is wrong, in one clause.
  case invalid(String)
  /// The same, with the value or a piece of it: only ``DatabaseError/sensitiveDetail`` has that.
  case invalidValue(String, value: String)
}
