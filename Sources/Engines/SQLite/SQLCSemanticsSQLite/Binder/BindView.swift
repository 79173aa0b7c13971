// Views are bound once in a statement, when they are first used: their sources are those of a statement of their own.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  /// The query of the view and the names of its columns; no names when the view is broken.
  ///
  /// What is wrong inside is said where the view is defined (`CatalogBuilder.finish`); here only that it cannot be used.
  mutating func bindView(_ view: View, usedAt name: NameSyntax) -> (BoundQuery, [String]) {
    let key = view.name.asciiLowercased
    if openViews.contains(key) {
      report(.circularReference(view.name), at: name.range)
      return (BoundQuery.empty(view.query.range), [])
    }
    if let known = boundViews[view.definition] { return use(known, of: view, at: name) }
    let saved = DefinitionContext(self)
    openViews.append(key)
    source = view.source ?? source
    mode = .definition
    withFrame = nil
    renames = view.renames
    renaming = nil
    isMuted = true
    mutedErrors = 0
    references = []
    recorder = nil
    let query = bindQuery(view.query, parent: nil, named: .view)
    let bound = BoundView(query: query, errors: mutedErrors)
    saved.restore(&self)
    boundViews[view.definition] = bound
    return use(bound, of: view, at: name)
  }

  private mutating func use(_ bound: BoundView, of view: View, at name: NameSyntax) -> (BoundQuery, [String]) {
    guard bound.errors == 0 else {
      mutedErrors += isMuted ? bound.errors : 0
      report(
        .brokenView(view.name), at: name.range,
        secondary: [DiagnosticLabel(view.definition, "defined here")])
      return (bound.query, [])
    }
    let names = view.columnNames?.map(\.text) ?? bound.query.columnNames
    return (bound.query, names.count == bound.query.columnNames.count ? names : [])
  }
}

/// A view's query as it was bound when the statement first used it.
struct BoundView {
  var query: BoundQuery
  /// How many mistakes are in it, saturated: a view over two broken ones has those of both.
  var errors: Int

  init(query: BoundQuery, errors: Int) {
    self.query = query
    self.errors = min(errors, 1)
  }
}

/// What reading another definition must put back afterwards.
struct DefinitionContext {
  let source: SourceFile
  let mode: BindingMode
  let withFrame: WithFrame?
  let renames: Renames
  let renaming: Renaming?
  let isMuted: Bool
  let mutedErrors: Int
  let references: [Set<ObjectIdentifier>]
  let openViews: [String]
  let recorder: OccurrenceRecorder?

  init(_ binder: Binder) {
    source = binder.source
    mode = binder.mode
    withFrame = binder.withFrame
    renames = binder.renames
    renaming = binder.renaming
    isMuted = binder.isMuted
    mutedErrors = binder.mutedErrors
    references = binder.references
    openViews = binder.openViews
    recorder = binder.recorder
  }

  func restore(_ binder: inout Binder) {
    binder.source = source
    binder.mode = mode
    binder.withFrame = withFrame
    binder.renames = renames
    binder.renaming = renaming
    binder.isMuted = isMuted
    binder.mutedErrors = mutedErrors
    binder.references = references
    binder.openViews = openViews
    binder.recorder = recorder
  }
}

extension BoundQuery {
  /// Stands in for a query that could not be bound.
  static func empty(_ range: ByteRange) -> BoundQuery {
    BoundQuery(
      commonTables: [], body: .values(rows: [], range: range), columnNames: [], orderBy: [], limit: nil, offset: nil,
      range: range)
  }
}
