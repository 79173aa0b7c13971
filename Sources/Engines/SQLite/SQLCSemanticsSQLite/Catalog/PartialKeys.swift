// Unique indexes with a WHERE: keys of the rows that it selects (SQLite, partialindex.html).

/// A unique partial index over plain columns.
public struct PartialKey: Sendable {
  /// The index's name in lower case.
  var index: String
  public var columns: [Int]
  /// Its WHERE. The columns in it are those of the table, by place.
  var condition: BoundExpression
}
