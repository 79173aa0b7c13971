// Where a query stands in its file. What was found of it at one place is moved to another, not found again.

import SQLCDiagnostics
import SQLCModel

/// The three parts of a file that an analysis of a query can point into: its name, its command, its statement.
struct Placement: Sendable, Hashable {
  var path: String
  var name: ByteRange
  var command: ByteRange
  /// From the first token that is no comment to the end of the last.
  var statement: ByteRange
  /// The end of the body: where a statement that breaks off is said to.
  var end: Int

  init(of query: AnnotatedQuery) {
    path = query.source.path
    name = query.nameRange
    command = query.commandRange
    statement = query.statementRange
    end = query.bodyRange.upper
  }

  func contains(_ source: SourceRange) -> Bool {
    source.path == path && source.range.lower >= name.lower && source.range.upper <= end
  }

  /// Of the query in a file of its own with one blank between its parts, which comments around them do not change.
  static func alone(_ query: AnnotatedQuery) -> Placement {
    var placement = Placement(of: query)
    placement.path = ""
    var end = 0
    func next(_ range: ByteRange) -> ByteRange {
      defer { end += range.upper - range.lower + 1 }
      return ByteRange(end, end + range.upper - range.lower)
    }
    placement.name = next(query.nameRange)
    placement.command = next(query.commandRange)
    placement.statement = next(query.statementRange)
    placement.end = end
    return placement
  }
}

/// From positions at one placement of a query to those at another.
struct Move: Sendable {
  var from: Placement
  var to: Placement

  /// Nothing when the query stands where it stood.
  init?(from: Placement, to: Placement) {
    guard from != to else { return nil }
    self.from = from
    self.to = to
  }

  func callAsFunction(_ source: SourceRange) -> SourceRange {
    // What lies outside of the query is in a schema, in this file or another.
    guard from.contains(source) else { return source }
    return SourceRange(path: to.path, range: ByteRange(offset(source.range.lower), offset(source.range.upper)))
  }

  /// Behind the statement there is only its end; between the annotation and the statement only comments, which nothing points
  /// into.
  private func offset(_ offset: Int) -> Int {
    if offset > from.statement.upper { return to.end }
    if offset >= from.statement.lower { return offset - from.statement.lower + to.statement.lower }
    if offset >= from.command.lower { return min(offset - from.command.lower + to.command.lower, to.command.upper) }
    return offset - from.name.lower + to.name.lower
  }

  func callAsFunction(_ diagnostic: Diagnostic) -> Diagnostic {
    var moved = diagnostic
    moved.primary.source = self(diagnostic.primary.source)
    for index in moved.secondary.indices { moved.secondary[index].source = self(moved.secondary[index].source) }
    for index in moved.fixIts.indices {
      for edit in moved.fixIts[index].edits.indices {
        moved.fixIts[index].edits[edit].source = self(moved.fixIts[index].edits[edit].source)
      }
    }
    return moved
  }

  func callAsFunction(_ model: QueryModel) -> QueryModel { model.movingPlaces { self($0) } }

  func callAsFunction(_ inspection: QueryInspection) -> QueryInspection { inspection.movingPlaces { self($0) } }
}
