// What the analysis of a query depends on, beside the schema.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile

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
struct PlacedQuery: Sendable, Equatable {
  /// As it is written.
  var annotated: AnnotatedQuery
  /// The statement that it becomes; nothing where it uses no fragments.
  var expansion: Expansion?
  /// Of what is analysed.
  var placement: Placement
  var key: QueryKey

  /// What engines are given.
  var analyzed: AnnotatedQuery { expansion?.query ?? annotated }

  init(_ written: AnnotatedQuery, _ expansion: Expansion? = nil) {
    annotated = written
    self.expansion = expansion
    let query = expansion?.query ?? written
    placement = Placement(of: query)
    key = QueryKey(
      name: query.name, command: query.command, row: query.row,
      text: String(query.source.slice(query.statementRange)),
      assertions: query.assertions.map { $0.counted(from: query.statementRange.lower) })
  }

  static func == (a: PlacedQuery, b: PlacedQuery) -> Bool {
    a.key == b.key && a.annotated == b.annotated && a.expansion == b.expansion
  }
}
