// A query with its arguments: the text SQLite gets, the values in order, and the same as one text to try by hand.

import SQLCModel

struct BoundQuery {
  /// With `?` for each value.
  private(set) var sql = ""
  private(set) var arguments: [Value] = []
  /// With the values in place of the parameters.
  private(set) var reproduction = ""

  /// - Parameter sql: of the query, or of one of its variants.
  init(_ sql: [SQLSegment], _ values: Arguments) {
    for segment in sql {
      switch segment {
      case .text(let text):
        self.sql += text
        reproduction += text
      case .parameter(let index):
        let value = values.values[index - 1].first ?? .null
        self.sql += "?"
        arguments.append(value)
        reproduction += value.literal
      case .list(let index):
        let list = values.values[index - 1]
        self.sql += list.map { _ in "?" }.joined(separator: ", ")
        arguments += list
        reproduction += list.map(\.literal).joined(separator: ", ")
      }
    }
  }
}
