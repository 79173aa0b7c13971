// Collating sequences written in Swift (SQLite, c3ref/create_collation.html).

import SQLCSQLiteHandle

/// How one text stands to another.
public enum CollationOrder: Int32, Sendable, Hashable {
  case before = -1
  case same = 0
  case after = 1

  /// The order of two comparable values.
  public init<T: Comparable>(of left: T, and right: T) { self = left < right ? .before : right < left ? .after : .same }
}

/// A way to compare texts, on every connection of a database whose ``Configuration/collations`` has it:
/// `ORDER BY name COLLATE GERMAN`.
///
/// It must be an order (of any two texts one comes first or they are the same, and so on along a chain), and the same in
/// every version of the application: indexes are kept in it, and are damaged when it changes.
public struct SQLCollation: Sendable {
  public let name: String
  let compare: @Sendable (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> CollationOrder

  /// Compares texts; bytes that are not UTF-8 are replaced.
  ///
  /// ```swift
  /// SQLCollation("GERMAN") { .init(of: $0.folded, and: $1.folded) }
  /// ```
  public init(_ name: String, _ compare: @escaping @Sendable (String, String) -> CollationOrder) {
    self.name = name
    self.compare = { compare(String(decoding: $0, as: UTF8.self), String(decoding: $1, as: UTF8.self)) }
  }

  /// Compares the UTF-8 bytes of texts, without making strings of them.
  public init(
    _ name: String,
    bytes compare: @escaping @Sendable (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> CollationOrder
  ) {
    self.name = name
    self.compare = compare
  }
}

extension Configuration {
  /// Gives a new connection what the application brings along in Swift.
  func extend(_ database: DatabaseHandle) throws(SQLiteFailure) {
    for function in functions { try database.register(function) }
    for collation in collations {
      try database.createCollation(collation.name) { collation.compare($0, $1).rawValue }
    }
  }
}
