// CREATE TABLE AS SELECT (SQLite, lang_createtable.html#createtabas): every column is named like the query's and has the
// affinity of its expression; "no PRIMARY KEY and no constraints of any kind".

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func createTable(_ name: NameSyntax, isTemporary: Bool, from query: SelectSyntax) {
    var binder = Binder(catalog: catalog, source: source, options: options)
    binder.mode = .definition
    let bound = binder.bindQuery(query, parent: nil)
    diagnostics += binder.diagnostics
    let affinities = ExpressionAffinities(bound, catalog: catalog).list
    let columns = bound.columnNames.enumerated().map { index, column in
      let affinity = index < affinities.count ? affinities[index] : nil
      let declared = affinity.flatMap { $0.createdType }
      let nullable = Nullability.maybe(NullReason(.nullableColumn(name.text, column), at: nil))
      return Column(
        name: column, declaredType: declared, affinity: affinity ?? .blob,
        facts: declared == "NUM"
          ? TypeFacts(.any, nullable)
          : declaredFacts(declared, affinity: affinity ?? .blob, nullability: nullable),
        definition: here(name.range))
    }
    insert(
      .table(Table(name: name.text, isTemporary: isTemporary, columns: columns, definition: here(name.range))))
  }
}

extension Affinity {
  /// The type SQLite declares for a column of CREATE TABLE AS.
  fileprivate var createdType: String? {
    switch self {
    case .integer: "INT"
    case .real: "REAL"
    case .text: "TEXT"
    case .numeric: "NUM"
    case .blob: nil
    }
  }
}

/// The affinities of a query's columns: a column has its own, CAST that of its type, a subquery that of its column, and
/// everything else has none (SQLite, datatype3.html §3.2).
struct ExpressionAffinities {
  private(set) var list: [Affinity?] = []
  private let catalog: Catalog
  private var sources: [SourceID: BoundSource] = [:]
  private var commonTables: [CommonTableID: BoundCommonTable] = [:]
  private let known: KnownAffinities

  init(_ query: BoundQuery, catalog: Catalog) {
    self.init(query, catalog: catalog, commonTables: [:], KnownAffinities())
  }

  private init(
    _ query: BoundQuery, catalog: Catalog, commonTables: [CommonTableID: BoundCommonTable], _ known: KnownAffinities
  ) {
    self.catalog = catalog
    self.known = known
    self.commonTables = commonTables
    for table in query.commonTables { self.commonTables[table.id] = table }
    list = columns(of: query.body)
  }

  private mutating func columns(of body: BoundQueryBody) -> [Affinity?] {
    switch body {
    case .select(let select):
      if let from = select.from { collect(from) }
      return select.outputs.map { affinity(of: $0.expression) }
    case .values(let rows, range: _): return rows.first?.map { affinity(of: $0) } ?? []
    case .compound(_, let left, right: _, range: _): return columns(of: left)
    }
  }

  private mutating func collect(_ from: BoundFrom) {
    switch from {
    case .source(let source): sources[source.id] = source
    case .join(let join):
      collect(join.left)
      collect(join.right)
    }
  }

  private func affinity(of expression: BoundExpression) -> Affinity? {
    switch expression.kind {
    case .column(let column): return affinity(of: column)
    case .mergedColumn(let columns): return columns.first.flatMap { affinity(of: $0) }
    case .cast(_, let type): return Affinity(declaredType: type.text)
    case .collate(let operand, collation: _): return affinity(of: operand)
    case .subquery(let query): return affinities(of: query).first ?? nil
    default: return nil
    }
  }

  private func affinity(of column: BoundColumn) -> Affinity? {
    guard let source = sources[column.source] else { return nil }
    guard column.index >= 0 else { return .integer }
    switch source.kind {
    case .table(let table), .tableFunction(let table, arguments: _), .excluded(let table), .triggerRow(let table):
      return column.index < table.columns.count ? table.columns[column.index].affinity : nil
    case .view(_, let query), .subquery(let query):
      let list = affinities(of: query, source.proofKey)
      return column.index < list.count ? list[column.index] : nil
    case .commonTable(let id):
      guard let table = commonTables[id], !table.isRecursive else { return nil }
      let list = affinities(of: table.query, source.proofKey)
      return column.index < list.count ? list[column.index] : nil
    }
  }

  private func affinities(of query: BoundQuery) -> [Affinity?] {
    ExpressionAffinities(query, catalog: catalog, commonTables: commonTables, known).list
  }

  /// Those of a source's query, which many columns may come from: worked out once.
  private func affinities(of query: BoundQuery, _ key: ProvenQueries.Key) -> [Affinity?] {
    if let list = known.lists[key] { return list }
    let list = affinities(of: query)
    known.lists[key] = list
    return list
  }
}

private final class KnownAffinities {
  var lists: [ProvenQueries.Key: [Affinity?]] = [:]
}
