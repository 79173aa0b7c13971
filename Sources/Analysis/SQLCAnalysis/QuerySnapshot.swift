// One query of a snapshot.

import SQLCConcurrency
public import SQLCDiagnostics
import SQLCEngine
public import SQLCModel
public import SQLCQueryFile
import Synchronization

/// A query as it stands in a snapshot, with everything that is known of it.
public struct QuerySnapshot: Sendable {
  /// The annotation, and where the text stands.
  public let annotated: AnnotatedQuery
  /// With its fragments in their places; nothing where it uses none.
  public let expansion: Expansion?
  let result: QueryResult
  let move: Move?

  init(_ found: PlacedQuery, _ result: QueryResult) {
    annotated = found.annotated
    expansion = found.expansion
    self.result = result
    move = Move(from: result.placement, to: found.placement)
  }

  public var name: String { annotated.name }

  /// The statement that engines are given. Places in it are those of `analyzed.source`, and `place(of:)` tells where they are
  /// written.
  public var analyzed: AnnotatedQuery { expansion?.query ?? annotated }

  /// The place in the project's files where something of the statement is written.
  public func place(of source: SourceRange) -> SourceRange { expansion?.place(of: source) ?? source }

  /// What code is generated from; absent when the query has errors.
  public var model: QueryModel? {
    guard let model = analyzedModel else { return nil }
    guard let expansion else { return model }
    return model.movingPlaces { expansion.place(of: $0) }.countingReasons(in: annotated)
  }

  /// The model, its places in the statement.
  var analyzedModel: QueryModel? {
    guard var model = result.analysis.value else { return nil }
    if let move { model = move(model) }
    model.documentation = annotated.documentation
    return model
  }

  /// What is wrong with the query, fix-its included.
  public var diagnostics: [Diagnostic] {
    guard let expansion else { return analyzedDiagnostics }
    return analyzedDiagnostics.map { expansion($0) }
  }

  /// What is wrong, its places in the statement.
  var analyzedDiagnostics: [Diagnostic] {
    guard let move else { return result.analysis.diagnostics }
    return result.analysis.diagnostics.map { move($0) }
  }

  public var hasErrors: Bool { result.analysis.value == nil }

  /// Columns, parameters and names as far as they are known, whether or not the query has errors. Found when it is first
  /// asked for.
  public var inspection: QueryInspection {
    var found = result.inspection()
    if let move { found = move(found) }
    guard let expansion else { return found }
    found = found.movingPlaces { expansion.place(of: $0) }
    // A fragment that is used twice has its names once.
    var seen: Set<SymbolOccurrence> = []
    found.occurrences = found.occurrences.filter { seen.insert($0).inserted }
    return found
  }
}

/// What was found of a query where it stood when it was analysed. Shared by all snapshots in which its text is the same.
final class QueryResult: Sendable {
  let placement: Placement
  let analysis: Diagnosed<QueryModel?>
  private let annotated: AnnotatedQuery
  private let inspector: (any SchemaInspector)?
  private let inspected = Mutex<QueryInspection?>(nil)

  /// What is found over another schema, when that is known without an analysis.
  func over(_ change: any SchemaChange, _ inspector: (any SchemaInspector)?) -> QueryResult? {
    // What is wrong may be so for any reason that a schema can have: a name that is gone, one that is near.
    guard let model = analysis.value, analysis.diagnostics.isEmpty, !change.affects(annotated, model) else {
      return nil
    }
    var areKnown = true
    let moved = model.movingPlaces { source in
      if placement.contains(source) { return source }
      if let place = change.place(of: source) { return place }
      areKnown = false
      return source
    }
    return areKnown ? QueryResult(placement, annotated, Diagnosed(moved), inspector) : nil
  }

  private init(
    _ placement: Placement, _ annotated: AnnotatedQuery, _ analysis: Diagnosed<QueryModel?>,
    _ inspector: (any SchemaInspector)?
  ) {
    self.placement = placement
    self.annotated = annotated
    self.analysis = analysis
    self.inspector = inspector
  }

  init(_ found: PlacedQuery, _ analysis: Diagnosed<QueryModel?>, _ inspector: (any SchemaInspector)?) {
    placement = found.placement
    annotated = found.analyzed
    self.analysis = analysis
    self.inspector = inspector
  }

  func inspection() -> QueryInspection {
    if let known = inspected.withLock({ $0 }) { return known }
    let found = onDeepStack { inspector?.inspect(annotated) } ?? QueryInspection()
    inspected.withLock { $0 = found }
    return found
  }
}
