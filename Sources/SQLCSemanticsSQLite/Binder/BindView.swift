// Views are bound anew wherever they are used, so that ids are unique within the statement.

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
    let saved = DefinitionContext(self)
    openViews.append(key)
    source = view.source ?? source
    mode = .definition
    withFrame = nil
    renames = view.renames
    isMuted = true
    mutedErrors = 0
    references = []
    let query = bindQuery(view.query, parent: nil)
    let errors = mutedErrors
    saved.restore(&self)
    guard errors == 0 else {
      mutedErrors += saved.isMuted ? errors : 0
      report(
        .brokenView(view.name), at: name.range,
        secondary: [DiagnosticLabel(view.definition, "defined here")])
      return (query, [])
    }
    let names = view.columnNames?.map(\.text) ?? query.columnNames
    return (query, names.count == query.columnNames.count ? names : [])
  }

}

/// What reading another definition must put back afterwards.
struct DefinitionContext {
  let source: SourceFile
  let mode: BindingMode
  let withFrame: WithFrame?
  let renames: Renames
  let isMuted: Bool
  let mutedErrors: Int
  let references: [Set<ObjectIdentifier>]
  let openViews: [String]

  init(_ binder: Binder) {
    source = binder.source
    mode = binder.mode
    withFrame = binder.withFrame
    renames = binder.renames
    isMuted = binder.isMuted
    mutedErrors = binder.mutedErrors
    references = binder.references
    openViews = binder.openViews
  }

  func restore(_ binder: inout Binder) {
    binder.source = source
    binder.mode = mode
    binder.withFrame = withFrame
    binder.renames = renames
    binder.isMuted = isMuted
    binder.mutedErrors = mutedErrors
    binder.references = references
    binder.openViews = openViews
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
