// What the analysis of a query depends on, beside the schema.

import SQLCDiagnostics
import SQLCModel

/// Queries with one key are analysed once: position and documentation are not part of it.
struct QueryKey: Hashable, Sendable {
  var name: String
  var command: QueryCommand
  var row: RowRequest
  /// The statement, without the comments in front of it and behind it.
  var text: String
  /// What its author says of results; places are counted from the statement's.
  var assertions: [AssertedResult]
}

/// A query of a file, found but not analysed.
struct PlacedQuery: Sendable {
  var annotated: AnnotatedQuery
  var placement: Placement
  var key: QueryKey

  init(_ query: AnnotatedQuery) {
    annotated = query
    placement = Placement(of: query)
    key = QueryKey(
      name: query.name, command: query.command, row: query.row,
      text: String(query.source.slice(query.statementRange)),
      assertions: query.assertions.map { $0.counted(from: query.statementRange.lower) })
  }
}
