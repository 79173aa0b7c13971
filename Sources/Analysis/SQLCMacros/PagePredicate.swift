// The rows behind a cursor, as a predicate. The statement is chosen with the cursor, so that which of its values are NULL is known
// when the predicate is written: no value is compared with NULL, and an index serves what it can.
//
// | order                    | cursor    | predicate                                |
// |--------------------------|-----------|------------------------------------------|
// | `a, b`                   | 1, 2      | `(a, b) > (1, 2)`                        |
// | `a DESC, b`              | 1, 2      | `a <= 1 AND (a < 1 OR b > 2)`            |
// | `a NULLS LAST, b`        | 1, 2      | `a > 1 OR a IS NULL OR (a = 1 AND b > 2)`|
// | `a NULLS LAST, b`        | NULL, 2   | `a IS NULL AND b > 2`                    |
// | `a NULLS FIRST, b`       | NULL, 2   | `a IS NOT NULL OR b > 2`                 |

package import SQLCModel

/// One term of an order, and the value of a cursor.
package struct PageTerm {
  package enum Value { case given, null }
  /// Of what can be NULL, where those rows stand; of another it does not matter.
  package enum Nulls { case never, first, last }

  package var sql: String
  package var parameter: Int
  package var isDescending: Bool
  package var nulls: Nulls
  package var value: Value

  package init(sql: String, parameter: Int, isDescending: Bool, nulls: Nulls, value: Value) {
    self.sql = sql
    self.parameter = parameter
    self.isDescending = isDescending
    self.nulls = nulls
    self.value = value
  }

  private var beyond: String { isDescending ? "<" : ">" }

  /// Rows whose value is the cursor's.
  fileprivate var same: [SQLSegment] {
    value == .null ? [.text("\(sql) IS NULL")] : [.text("\(sql) = "), .parameter(parameter)]
  }

  /// Rows whose value comes behind the cursor's; nothing where none does.
  fileprivate var behind: [SQLSegment]? {
    switch (value, nulls) {
    case (.null, .last): nil
    case (.null, _): [.text("\(sql) IS NOT NULL")]
    case (.given, .last): [.text("\(sql) \(beyond) "), .parameter(parameter), .text(" OR \(sql) IS NULL")]
    case (.given, _): [.text("\(sql) \(beyond) "), .parameter(parameter)]
    }
  }

  /// Rows with the same value or one behind it, where one comparison says it.
  fileprivate var from: [SQLSegment]? {
    value == .given && nulls != .last ? [.text("\(sql) \(beyond)= "), .parameter(parameter)] : nil
  }
}

/// - Returns: the predicate, without parentheses around it.
package func pagePredicate(_ terms: some RandomAccessCollection<PageTerm>) -> [SQLSegment] {
  rowsBehind(Array(terms)[...]) ?? [.text("1 = 0")]
}

private func rowsBehind(_ terms: ArraySlice<PageTerm>) -> [SQLSegment]? {
  guard let first = terms.first else { return nil }
  if let row = rowComparison(terms) { return row }
  guard let rest = rowsBehind(terms.dropFirst()) else { return first.behind }
  let isOr = terms.dropFirst().first?.isAlternative(before: terms.count - 2) ?? false
  let tied = isOr ? [.text("(")] + rest + [.text(")")] : rest
  guard let behind = first.behind else { return first.same + [.text(" AND ")] + tied }
  if let from = first.from { return from + [.text(" AND (")] + behind + [.text(" OR ")] + rest + [.text(")")] }
  if first.value == .null { return behind + [.text(" OR ")] + rest }
  return behind + [.text(" OR (")] + first.same + [.text(" AND ")] + tied + [.text(")")]
}

extension PageTerm {
  /// What is made of it and that many others is a list of alternatives.
  fileprivate func isAlternative(before others: Int) -> Bool {
    value == .given ? nulls == .last : nulls != .last && others > 0
  }
}

/// `(a, b) > (1, 2)`, which one index in that order serves. NULLs that stand in front are behind no value.
private func rowComparison(_ terms: ArraySlice<PageTerm>) -> [SQLSegment]? {
  guard terms.count > 1, let first = terms.first,
    terms.allSatisfy({ $0.isDescending == first.isDescending && $0.value == .given && $0.nulls != .last })
  else { return nil }
  var segments: [SQLSegment] = [
    .text("(\(terms.map(\.sql).joined(separator: ", "))) \(first.isDescending ? "<" : ">") (")
  ]
  for (index, term) in terms.enumerated() {
    if index > 0 { segments.append(.text(", ")) }
    segments.append(.parameter(term.parameter))
  }
  return segments + [.text(")")]
}
