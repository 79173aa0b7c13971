// Bound statements as relations in words of no engine (SQLCFacts).
//
// Outer joins whose added rows WHERE takes away again become inner ones on the way; a view is a query of its own ids, as it
// is in the bound tree.

import SQLCDiagnostics
public import SQLCFacts
import SQLCSyntaxSQLite

/// The statement as relations.
///
///     let statement = relationalStatement(of: bound, in: "queries/tasks.sql")
public func relationalStatement(of statement: BoundStatement, in path: String) -> RelationalStatement {
  var lowering = RelationLowering(parameters: statement.parameters)
  return RelationalStatement(
    body: lowering.body(statement.body), parameterNames: statement.parameters.map(\.name), path: path)
}

struct RelationLowering {
  let parameters: [BoundParameter]
  /// Every source seen so far: a subquery's conditions are over those around it too.
  var sources: [SourceID: BoundSource] = [:]
  var tables = VisibleCommonTables()
  /// Views that were met: each is lowered once, however often it is read.
  private var views: [String: RelationalQuery] = [:]

  init(parameters: [BoundParameter]) { self.parameters = parameters }

  mutating func body(_ body: BoundStatement.Body) -> RelationalStatement.Body {
    switch body {
    case .query(let query): .query(self.query(query))
    case .insert(let insert): .insert(self.insert(insert))
    case .update(let update): .update(self.update(update))
    case .delete(let delete): .delete(self.delete(delete))
    case .utility, .invalid: .other
    }
  }

  // MARK: Queries

  mutating func query(_ query: BoundQuery) -> RelationalQuery {
    let around = tables
    defer { tables = around }
    let commonTables = self.commonTables(query.commonTables)
    return RelationalQuery(
      commonTables: commonTables, body: body(query.body), orderBy: query.orderBy.map { expression($0) },
      limit: query.limit.map { expression($0) }, offset: query.offset.map { expression($0) }, range: query.range)
  }

  /// What a view reads has ids of its own, which those around it can have too.
  private mutating func query(_ query: BoundQuery, of view: View) -> RelationalQuery {
    let key = view.name.asciiLowercased
    if let known = views[key] { return known }
    let around = sources
    defer { sources = around }
    let lowered = self.query(query)
    views[key] = lowered
    return lowered
  }

  /// Those that nobody reads give no rows to anybody.
  mutating func commonTables(_ list: [BoundCommonTable]) -> [RelationalCommonTable] {
    tables = tables.adding(list)
    return list.filter { $0.referenceCount > 0 }.map {
      RelationalCommonTable(id: $0.id.rawValue, name: $0.name, isRecursive: $0.isRecursive, query: query($0.query))
    }
  }

  private mutating func body(_ body: BoundQueryBody) -> RelationalQuery.Body {
    switch body {
    case .select(let select): return .select(self.select(select))
    case .values(let rows, range: _): return .values(rows.map { row in row.map { expression($0) } })
    case .compound(let op, let left, let right, range: _):
      let kind: RelationalQuery.CompoundOperator =
        switch op {
        case .union: .union
        case .unionAll: .unionAll
        case .intersect: .intersect
        case .except: .except
        }
      return .compound(kind, self.body(left), self.body(right))
    }
  }

  private mutating func select(_ select: BoundSelect) -> RelationalSelect {
    let from = select.from.map { self.from($0.withoutIdleOuterJoins(where: select.whereClause)) }
    let grouping: RelationalSelect.Grouping =
      !select.isAggregate ? .none : select.groupBy.isEmpty ? .all : .by(select.groupBy.map { expression($0) })
    return RelationalSelect(
      duplicates: select.isDistinct ? .removed : .kept, outputs: select.outputs.map { expression($0.expression) },
      from: from, condition: select.whereClause.map { expression($0) }, grouping: grouping,
      having: select.having.map { expression($0) }, range: select.range)
  }

  // MARK: Sources

  mutating func from(_ from: BoundFrom) -> RelationalFrom {
    switch from {
    case .source(let source): return .source(self.source(source))
    case .join(let join):
      let left = self.from(join.left)
      let right = self.from(join.right)
      let kind: RelationalFrom.JoinKind =
        switch join.kind {
        case .comma, .inner, .cross: .inner
        case .left: .left
        case .right: .right
        case .full: .full
        }
      return .join(kind, left, right, condition: join.condition.map { expression($0) })
    }
  }

  mutating func source(_ source: BoundSource) -> RelationalSource {
    sources[source.id] = source
    let kind: RelationalSource.Kind =
      switch source.kind {
      case .table(let table): .table(table.name)
      case .view(let view, let query): .view(view.name, self.query(query, of: view))
      case .subquery(let query): .subquery(self.query(query))
      case .commonTable(let id): .commonTable(id.rawValue)
      case .tableFunction(_, let arguments): .function(arguments.map { expression($0) })
      case .excluded(let table), .triggerRow(let table): .row(of: table.name)
      }
    return RelationalSource(
      id: source.id.rawValue, name: source.name, kind: kind, range: source.nameRange ?? source.range)
  }
}
