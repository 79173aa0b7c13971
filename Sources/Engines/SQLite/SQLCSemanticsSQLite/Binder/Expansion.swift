// How many queries SQLite compiles for a statement. It writes each view and common table out wherever one is used (select.c,
// selectExpander), so that a chain of them, each joining the one before with itself, doubles with each link; before 3.41
// nothing interrupts that. Our own analysis looks at each once.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Counts with each view and common table looked at once; at most `most`.
struct Expansion {
  static let most = 1_000_000_000_000
  static let notes = [
    "SQLite writes each view and common table out wherever one is used: joining one with itself doubles the number",
    "'limits: { queries: … }' in the configuration allows more",
  ]

  /// The first view or common table that alone comes to more than the limit: where to point.
  private(set) var first: ByteRange?
  private let limit: Int
  private var views: [SourceRange: Int] = [:]
  /// By the definition of a view that was counted, those that its own query reads from.
  private(set) var uses: [SourceRange: Set<SourceRange>] = [:]
  private var counted: SourceRange?
  private var commonTables: [CommonTableID: Int] = [:]

  init(limit: Int) { self.limit = limit }

  mutating func count(_ body: BoundStatement.Body) -> Int {
    switch body {
    case .query(let query): return count(query)
    case .insert(let insert):
      add(insert.commonTables)
      guard case .query(let query) = insert.source else { return 1 }
      return count(query)
    case .update(let update):
      add(update.commonTables)
      return count { walk in
        if let from = update.from { walk.walk(from) }
        walk.walk(update.whereClause)
        for assignment in update.assignments { walk.walk(assignment.value) }
      }
    case .delete(let delete):
      add(delete.commonTables)
      return count { $0.walk(delete.whereClause) }
    case .utility, .invalid: return 0
    }
  }

  mutating func count(_ query: BoundQuery) -> Int {
    add(query.commonTables)
    return count { walk in
      walk.walk(query.body)
      walk.walk(query.orderBy)
    }
  }

  /// One, and what the parts that `visit` walks over come to.
  private mutating func count(_ visit: (BoundWalk) -> Void) -> Int {
    let parts = Parts()
    visit(
      BoundWalk(
        .oneQuery { parts.queries.append($0) }, onSource: { parts.sources.append($0) }, onExpression: { _ in }))
    var total = 1
    for query in parts.queries { total = min(Self.most, total + count(query)) }
    for source in parts.sources { total = min(Self.most, total + count(source)) }
    return total
  }

  private mutating func count(_ source: BoundSource) -> Int {
    switch source.kind {
    case .table, .tableFunction, .excluded, .triggerRow: return 0
    case .subquery(let query): return count(query)
    case .commonTable(let id): return commonTables[id] ?? 1
    case .view(let view, let query):
      if let counted { uses[counted, default: []].insert(view.definition) }
      let found = count(view, query)
      if found > limit { first = first ?? source.range }
      return found
    }
  }

  mutating func count(_ view: View, _ query: BoundQuery) -> Int {
    if let known = views[view.definition] { return known }
    let outer = (first, counted)
    counted = view.definition
    let found = count(query)
    // A place in the view's text is none in the statement's.
    (first, counted) = outer
    views[view.definition] = found
    return found
  }

  /// Each stands after those it uses.
  private mutating func add(_ tables: [BoundCommonTable]) {
    for table in tables {
      let found = count(table.query)
      commonTables[table.id] = found
      if found > limit { first = first ?? table.nameRange }
    }
  }
}

/// Shared by a walk's callbacks.
private final class Parts {
  var queries: [BoundQuery] = []
  var sources: [BoundSource] = []
}

extension Binder {
  /// Says so when SQLite had to compile more queries for the statement than the project lets it.
  mutating func checkSize(of body: BoundStatement.Body, at range: ByteRange) {
    guard !diagnostics.hasErrors else { return }
    var expansion = Expansion(limit: options.mostQueries)
    let count = expansion.count(body)
    guard count > options.mostQueries else { return }
    report(
      .oversizedQuery(count: count, limit: options.mostQueries), at: expansion.first ?? range, notes: Expansion.notes)
  }
}
