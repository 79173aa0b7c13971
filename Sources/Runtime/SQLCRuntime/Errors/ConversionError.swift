// A value and a Swift type that do not fit; the row or the statement adds whose value it was.

/// SQLite's five storage classes (datatype3.html §2); the raw values are the C library's (c3ref/c_blob.html).
public enum StorageClass: Int32, Sendable, Hashable, CaseIterable {
  case integer = 1
  case real = 2
  case text = 3
  case blob = 4
  case null = 5
}

/// Why a value could not be read as, or written from, a Swift type. Throw it from your own conversions.
public enum ConversionError: Error, Sendable, Hashable {
  /// The value is stored as `found`, and the type reads `expected`, such as "TEXT" or "INTEGER 0 or 1".
  case mismatch(expected: String, found: StorageClass)
  /// The storage class fits, the value does not: what is wrong, in one clause.
  case invalid(String)
  /// The same, with the value or a piece of it: only ``DatabaseError/sensitiveDetail`` has that.
  case invalidValue(String, value: String)
  /// SQLite refused the parameter: its result code.
  case refused(code: Int32)
}

extension StorageClass: CustomStringConvertible {
  public var description: String {
    switch self {
    case .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    case .blob: "BLOB"
    case .null: "NULL"
    }
  }
}
