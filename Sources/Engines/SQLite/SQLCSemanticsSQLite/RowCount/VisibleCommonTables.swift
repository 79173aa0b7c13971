// The common tables that a place can see, by id, and what is proven of them.

import SQLCDiagnostics

struct VisibleCommonTables {
  private var tables: [CommonTableID: BoundCommonTable] = [:]
  private let proven: ProvenQueries

  init(proven: ProvenQueries = ProvenQueries()) { self.proven = proven }

  func adding(_ more: [BoundCommonTable]) -> VisibleCommonTables {
    guard !more.isEmpty else { return self }
    var result = self
    for table in more { result.tables[table.id] = table }
    return result
  }

  subscript(id: CommonTableID) -> BoundCommonTable? { tables[id] }

  /// How many rows a source's query has.
  func rows(of query: BoundQuery, _ key: ProvenQueries.Key) -> ProvenRowCount {
    if let known = proven.rows[key] { return known }
    let rows = QueryRowCount().rows(of: query, outer: self)
    proven.rows[key] = rows
    return rows
  }

  /// Sets of a source's columns that no two of its rows share.
  func keys(of query: BoundQuery, _ key: ProvenQueries.Key) -> [[Int]] {
    if let known = proven.keys[key] { return known }
    let keys = outputKeys(of: query, tables: self)
    proven.keys[key] = keys
    return keys
  }

  /// The result columns of a source that need not be the same when they are looked at again.
  func volatileColumns(of query: BoundQuery, _ key: ProvenQueries.Key) -> Set<Int> {
    if let known = proven.volatileColumns[key] { return known }
    // A recursive common table reads itself.
    proven.volatileColumns[key] = []
    let columns = volatileOutputs(of: query, tables: self)
    proven.volatileColumns[key] = columns
    return columns
  }

  /// Whether a common table need not have the same rows when it is read again.
  func isVolatile(_ id: CommonTableID) -> Bool {
    if let known = proven.volatileTables[id] { return known }
    guard let table = tables[id] else { return false }
    proven.volatileTables[id] = false
    var found = false
    BoundWalk(
      onSource: { source in
        if case .commonTable(let other) = source.kind, isVolatile(other) { found = true }
      },
      onExpression: { part in
        if case .call(let call) = part.kind, call.function.isVolatileOrUnknown { found = true }
      }
    ).walk(table.query)
    proven.volatileTables[id] = found
    return found
  }
}

/// What has been proven of the queries that others read from: each is looked at once in a statement, however many read from
/// it. Without that the work doubles with each level of `WITH b AS (SELECT … FROM a x, a y), c AS (SELECT … FROM b x, b y)`.
final class ProvenQueries {
  /// Which query. Ids are unique within a statement; a view is bound once in it.
  enum Key: Hashable {
    case commonTable(CommonTableID)
    case subquery(SourceID)
    case view(SourceRange)
  }

  fileprivate(set) var rows: [Key: ProvenRowCount] = [:]
  fileprivate(set) var keys: [Key: [[Int]]] = [:]
  fileprivate(set) var volatileColumns: [Key: Set<Int>] = [:]
  fileprivate(set) var volatileTables: [CommonTableID: Bool] = [:]
}

extension BoundSource {
  /// The view's or subquery's query, with its key.
  var proofKey: ProvenQueries.Key {
    switch kind {
    case .view(let view, _): .view(view.definition)
    case .commonTable(let id): .commonTable(id)
    case .table, .subquery, .tableFunction, .excluded, .triggerRow: .subquery(id)
    }
  }
}
