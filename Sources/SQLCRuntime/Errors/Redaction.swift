// Errors never hold the values of parameters; some of SQLite's messages would.

import SQLCSQLiteHandle

/// Beginnings of messages that go on with a piece of a value: a full-text search's expression, a path into JSON, a file.
private let quotingMessages = [
  "malformed MATCH expression: ", "no such column: ", "unknown special query: ", "bad JSON path: ",
  "JSON path error near ", "unable to open database: ",
]

extension PreparedStatement {
  /// The failure of a step, without what a parameter may have said. What stands in the query's own text is no secret.
  func redacted(_ failure: SQLiteFailure) -> SQLiteFailure {
    guard definition.parameters > 0 else { return failure }
    var failure = failure
    // fts5: syntax error near "…"
    let parts = failure.message.split(separator: "\"", maxSplits: 1)
    if failure.message.hasPrefix("fts5: "), parts.count == 2, !definition.sql.contains(parts[1].dropLast()) {
      failure.message = "\(parts[0])\"…\""
    }
    if let start = quotingMessages.first(where: { failure.message.hasPrefix($0) }) {
      let quoted = failure.message.dropFirst(start.count).drop { $0 == "'" }.prefix { $0 != "'" }
      if !definition.sql.contains(quoted) { failure.message = start + "…" }
    }
    return failure
  }
}
