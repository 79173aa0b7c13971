// Unique indexes that are no keys of plain columns: over expressions (SQLite, expridx.html), or with a WHERE, which makes them
// keys of the rows that it selects (partialindex.html).

/// A unique index over expressions or of some rows.
public struct IndexKey: Sendable {
  public enum Term: Sendable {
    /// Compared as the column itself is.
    case column(Int)
    /// Compared by this collation, in lower case; without one by BINARY, even where the expression has another.
    case expression(BoundExpression, collation: String?)
  }

  /// The index's name in lower case.
  var index: String
  public var terms: [Term]
  /// Its WHERE. The columns in it and in the terms are those of the table, by place.
  var condition: BoundExpression?

  public var isPartial: Bool { condition != nil }

  /// When there are no expressions.
  public var plainColumns: [Int]? {
    let columns = self.columns
    return columns.count == terms.count ? columns : nil
  }

  var columns: [Int] {
    terms.compactMap { if case .column(let index) = $0 { index } else { nil } }
  }

  /// Also those in expressions and in its WHERE.
  var columnsRead: [Int] {
    var read = columns
    let expressions = terms.compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
    for expression in expressions + (condition.map { [$0] } ?? []) {
      expression.forEachReference { if case .column(let column) = $0 { read.append(column.index) } }
    }
    return read
  }

  /// After a column of the table has gone.
  func moved(_ new: (Int) -> Int) -> IndexKey {
    func moved(_ expression: BoundExpression) -> BoundExpression {
      expression.replacingColumns { BoundColumn(source: $0.source, index: new($0.index), name: $0.name) }
    }
    var key = self
    key.condition = condition.map(moved)
    key.terms = terms.map { term in
      switch term {
      case .column(let index): .column(new(index))
      case .expression(let expression, let collation): .expression(moved(expression), collation: collation)
      }
    }
    return key
  }
}
