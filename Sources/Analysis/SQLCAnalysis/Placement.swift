// Where a query stands in its file. What was found of it at one place is moved to another, not found again.

import SQLCDiagnostics
import SQLCModel

/// The three stretches of a file that an analysis of a query can point into: its name, its command, its statement.
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
    guard source.path == from.path, source.range.lower >= from.name.lower, source.range.upper <= from.end else {
      return source
    }
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

  func callAsFunction(_ model: QueryModel) -> QueryModel {
    var moved = model
    moved.source = self(model.source)
    moved.statement = self(model.statement)
    moved.parameters = model.parameters.map { parameter in
      var moved = parameter
      moved.source = self(parameter.source)
      moved.nullability = self(parameter.nullability)
      return moved
    }
    moved.results = model.results.map { result in
      switch result {
      case .column(let column): return .column(self(column))
      case .embed(var embed):
        embed.source = self(embed.source)
        embed.nullability = self(embed.nullability)
        embed.columns = embed.columns.map { self($0) }
        return .embed(embed)
      }
    }
    if var variants = model.variants {
      for index in variants.filters.indices { variants.filters[index].source = self(variants.filters[index].source) }
      for index in variants.order.indices { variants.order[index].source = self(variants.order[index].source) }
      moved.variants = variants
    }
    return moved
  }

  private func callAsFunction(_ column: ResultColumnModel) -> ResultColumnModel {
    var moved = column
    moved.source = self(column.source)
    moved.nullability = self(column.nullability)
    return moved
  }

  private func callAsFunction(_ nullability: ModelNullability) -> ModelNullability {
    guard case .optional(let reason, var place?) = nullability else { return nullability }
    place.source = self(place.source)
    return .optional(reason: reason, at: place)
  }

  func callAsFunction(_ inspection: QueryInspection) -> QueryInspection {
    var moved = inspection
    moved.columns = inspection.columns.map { self($0) }
    moved.parameters = inspection.parameters.map { self($0) }
    moved.occurrences = inspection.occurrences.map { self($0) }
    return moved
  }

  private func callAsFunction(_ value: InspectedValue) -> InspectedValue {
    var moved = value
    moved.source = self(value.source)
    if let facts = value.facts { moved.facts?.nullability = self(facts.nullability) }
    return moved
  }

  private func callAsFunction(_ occurrence: SymbolOccurrence) -> SymbolOccurrence {
    var moved = occurrence
    moved.source = self(occurrence.source)
    if case .local(var symbol) = occurrence.symbol {
      symbol.definition = self(symbol.definition)
      moved.symbol = .local(symbol)
    }
    return moved
  }
}
