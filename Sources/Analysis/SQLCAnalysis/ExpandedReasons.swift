// Where the causes of NULLs are written, of a query whose fragments were put in their places.

import SQLCDiagnostics
import SQLCModel

extension QueryModel {
  /// With lines and columns of reasons counted in the statement as it is written; without where a fragment has the cause.
  func countingReasons(in query: AnnotatedQuery) -> QueryModel {
    var counted = self
    for index in counted.parameters.indices { counted.parameters[index].nullability.count(in: query) }
    for index in counted.results.indices {
      switch counted.results[index] {
      case .column(var column):
        column.nullability.count(in: query)
        counted.results[index] = .column(column)
      case .embed(var embed):
        embed.nullability.count(in: query)
        for column in embed.columns.indices { embed.columns[column].nullability.count(in: query) }
        counted.results[index] = .embed(embed)
      }
    }
    return counted
  }
}

extension ModelNullability {
  fileprivate mutating func count(in query: AnnotatedQuery) {
    guard case .optional(let reason, var place?) = self, place.line != nil else { return }
    let start = query.statementRange.lower
    let lower = place.source.range.lower
    if place.source.path == query.source.path, start <= lower, lower <= query.statementRange.upper {
      let before = query.source.slice(ByteRange(start, lower)).unicodeScalars
      place.line = before.count { $0 == "\n" } + 1
      place.column = before.reversed().prefix { $0 != "\n" }.count + 1
    } else {
      (place.line, place.column) = (nil, nil)
    }
    self = .optional(reason: reason, at: place)
  }
}
