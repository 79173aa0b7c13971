// What a query asks its row to be.

/// What a query asks its row to be.
public enum RowRequest: Sendable, Hashable {
  case automatic
  /// `-- row: own`: a struct of the query's own, whatever table has the same columns.
  case own
  /// `-- row: Name`: a struct that several queries share.
  case shared(SharedRow)

  public var shared: SharedRow? {
    if case .shared(let row) = self { row } else { nil }
  }

  /// When a row is a table's struct, where the query does not ask for another.
  public func fit(_ unasked: RowFit) -> RowFit { self == .automatic ? unasked : .never }
}

/// `-- row: Name` or `-- row: Name widen a, b: reason`.
public struct SharedRow: Sendable, Hashable, Codable {
  /// The Swift type: one that is made for those who name it, or a table's.
  public var name: String
  /// Columns that are never NULL in this query, and can be in another, which is meant.
  public var widened: [String]
  /// Why, in the author's words; empty where nothing is widened.
  public var reason: String
  public init(name: String, widened: [String] = [], reason: String = "") {
    self.name = name
    self.widened = widened
    self.reason = reason
  }
}
