// FROM clauses, in two passes: first every source with its columns, then what may refer to any of them (ON, USING and the
// arguments of table-valued functions).

import SQLCDiagnostics
import SQLCModel
import SQLCSyntaxSQLite

/// The sources of a FROM clause in the order they stand, before the joins are put together.
struct FromPlan {
  var sources: [BoundSource] = []
  /// Arguments of the table-valued functions among them, by position.
  var arguments: [Int: [ExpressionSyntax]] = [:]
  /// USING columns of each join, by the position of the first source on its right.
  var using: [Int: [UsingColumn]] = [:]
  /// Joins in parentheses that SQLite reads as subqueries, by where they stand.
  var nested: [ByteRange: NestedFrom] = [:]
  /// There are more sources than SQLite takes, and that was said: not all of them are here.
  var isOversized = false
  /// Position of the first of them in the scope; the target of an UPDATE stands before.
  var offset: Int
}

struct UsingColumn {
  var name: String
  var range: ByteRange
  var left: [BoundColumn]
  var right: [BoundColumn]
}

extension Binder {
  mutating func planSources(_ from: FromSyntax, in scope: Scope) -> FromPlan {
    var plan = FromPlan(offset: scope.sources.count)
    scope.items = addAll(from, hasRightJoin: from.hasRightJoin, in: scope, &plan)
    return plan
  }

  private mutating func addAll(
    _ from: FromSyntax, hasRightJoin: Bool, in scope: Scope, _ plan: inout FromPlan
  ) -> [FromItem] {
    let start = scope.sources.count
    guard from.joins.count < options.limits.tables else {
      report(
        .tooManyTables(limit: options.limits.tables), at: from.joins[options.limits.tables - 1].source.range,
        notes: ["see https://sqlite.org/limits.html"])
      plan.isOversized = true
      scope.isPoisoned = true
      return []
    }
    requireJoins(of: from)
    var items = addFirst(from.first, hasRightJoin: hasRightJoin, in: scope, &plan)
    for join in from.joins {
      let middle = scope.sources.count
      var item = add(join.source, hasRightJoin: hasRightJoin, in: scope, &plan)
      item.join = join.kind
      var names: [NameSyntax] = []
      if join.isNatural {
        names = sharedColumns(items, item, in: scope, at: join.operatorRange)
      } else if case .using(let written) = join.constraint {
        names = written
      }
      if !names.isEmpty {
        let merged = merge(
          names, items, start..<middle, item, middle..<scope.sources.count, kind: join.kind, hasRightJoin: hasRightJoin,
          in: scope)
        plan.using[middle - plan.offset] = merged
        item.merging = merged.map(\.name)
        if !join.isNatural {
          for name in names {
            if let column = merged.first(where: { $0.range == name.range }) {
              recordColumns(column.left + column.right, at: name)
            }
          }
        }
      }
      items.append(item)
    }
    return items
  }

  /// What a FROM clause begins with: parentheses without an alias are as if they were not there.
  private mutating func addFirst(
    _ source: TableSourceSyntax, hasRightJoin: Bool, in scope: Scope, _ plan: inout FromPlan
  ) -> [FromItem] {
    guard case .nested(let node) = source, node.alias == nil else {
      return [add(source, hasRightJoin: hasRightJoin, in: scope, &plan)]
    }
    return addAll(node.from, hasRightJoin: hasRightJoin, in: scope, &plan)
  }

  private mutating func add(
    _ source: TableSourceSyntax, hasRightJoin: Bool, in scope: Scope, _ plan: inout FromPlan
  ) -> FromItem {
    let position = scope.sources.count
    switch source {
    case .table(let node): addTable(node, in: scope, &plan)
    case .subquery(let node):
      let query = bindQuery(node.query, parent: scope.parent)
      let columns = query.columnNames.map { BoundSourceColumn(name: $0, isHidden: false) }
      let bound = BoundSource(
        id: newSource(), name: node.alias?.text ?? "", kind: .subquery(query), columns: columns, range: node.range)
      plan.sources.append(bound)
      var seen = ScopeSource(
        id: bound.id, name: bound.name, columns: columns, relation: bound.name, range: node.range)
      seen.isPoisoned = columns.isEmpty
      scope.sources.append(seen)
      if let known = recorder { recordSource(bound.id, alias: node.alias, columns: .each(known.symbols(of: query))) }
    case .nested(let node):
      let reduced = node.reduced
      guard case .nested(let join) = reduced else {
        let item = add(reduced, hasRightJoin: hasRightJoin, in: scope, &plan)
        scope.sources[position].lostAlias = node.lostAlias?.text
        return item
      }
      return addNested(join, lost: node.lostAlias, hasRightJoin: hasRightJoin, in: scope, &plan)
    }
    return FromItem(content: .source(position))
  }

  /// A join in parentheses, of which the columns can be reached through its own alias and those of its sources.
  private mutating func addNested(
    _ node: NestedFromSyntax, lost: NameSyntax?, hasRightJoin: Bool, in scope: Scope, _ plan: inout FromPlan
  ) -> FromItem {
    let start = scope.sources.count
    let items = addAll(node.from, hasRightJoin: node.from.hasRightJoin, in: scope, &plan)
    recordGroup(node.alias, of: scope.sources[start...])
    if let lost { scope.sources[start].lostAlias = lost.text }
    var nested = NestedFrom(alias: node.alias?.text, sources: start..<scope.sources.count, items: items)
    nested.columns = scope.columns(of: items, within: nested.sources)
    plan.nested[node.range] = nested
    return FromItem(content: .nested(nested))
  }

  private mutating func addTable(
    _ node: TableReferenceSyntax, in scope: Scope, _ plan: inout FromPlan
  ) {
    let position = plan.sources.count
    let (bound, seen) = resolveTable(node)
    if let arguments = node.arguments {
      switch bound.kind {
      case .tableFunction(let table, _):
        let hidden = table.columns.count { $0.visibility == .hidden }
        if arguments.count > hidden, !seen.isPoisoned {
          report(
            .tooManyFunctionArguments(table.name, maximum: hidden), at: arguments[hidden].range)
        }
      case .table, .view, .subquery, .commonTable, .excluded, .triggerRow:
        if !seen.isPoisoned { report(.notAFunction(node.name.name.text), at: node.name.range) }
      }
      plan.arguments[position] = arguments
    }
    plan.sources.append(bound)
    scope.sources.append(seen)
  }

  /// The source that a name in FROM, or the target of a modification, is.
  mutating func resolveTable(_ node: TableReferenceSyntax) -> (BoundSource, ScopeSource) {
    let name = renames.current(node.name.name)
    let id = newSource()
    let shown = node.alias?.text ?? name.text
    if node.name.schema == nil, let (entry, frame) = commonTable(named: name.key) {
      let isUsable = use(entry, in: frame, at: name.range)
      let columns = isUsable ? entry.columnNames.map { BoundSourceColumn(name: $0, isHidden: false) } : []
      var seen = ScopeSource(id: id, name: shown, columns: columns, relation: entry.syntax.name.text, range: node.range)
      seen.isPoisoned = columns.isEmpty
      if let known = recorder {
        recordSource(
          id, local(.commonTable, entry.syntax.name), at: name, alias: node.alias,
          columns: .each(known.columns(of: entry.id)))
      }
      // One that cannot be used here would be read from without end.
      let kind = isUsable ? BoundSource.Kind.commonTable(entry.id) : .table(Table(name: name.text, columns: []))
      return (
        BoundSource(
          id: id, name: shown, kind: kind, columns: columns, range: node.range, nameRange: node.name.range), seen
      )
    }
    let key = name.key
    guard let relation = catalog.relation(named: key, in: node.name.schema?.key) else {
      reportUnknownTable(node.name)
      let empty = Table(name: name.text, columns: [])
      var seen = ScopeSource(id: id, name: shown, columns: [], relation: name.text, range: node.range)
      seen.isPoisoned = true
      return (BoundSource(id: id, name: shown, kind: .table(empty), columns: [], range: node.range), seen)
    }
    switch relation {
    case .table(let table):
      let columns = table.columns.map { BoundSourceColumn(name: $0.name, isHidden: $0.visibility == .hidden) }
      var seen = ScopeSource(id: id, name: shown, columns: columns, relation: table.name, range: node.range)
      seen.schema = table.isTemporary ? "temp" : "main"
      seen.rowid = table.hasRowID ? table.rowidAlias ?? BoundColumn.rowid : nil
      seen.tableColumn = tableColumn(of: table)
      meet(node, key, as: &seen)
      recordSource(id, .table(QualifiedName(table.name)), at: name, alias: node.alias, columns: .ofTable(table.name))
      let kind: BoundSource.Kind
      if node.arguments != nil, table.isVirtual {
        kind = .tableFunction(table, arguments: [])
      } else {
        kind = .table(table)
      }
      return (
        BoundSource(
          id: id, name: shown, kind: kind, columns: columns, range: node.range, nameRange: node.name.range), seen
      )
    case .view(let view):
      let (query, names) = bindView(view, usedAt: name)
      let columns = names.map { BoundSourceColumn(name: $0, isHidden: false) }
      var seen = ScopeSource(id: id, name: shown, columns: columns, relation: view.name, range: node.range)
      seen.schema = view.isTemporary ? "temp" : "main"
      seen.isPoisoned = columns.isEmpty
      recordSource(id, .table(QualifiedName(view.name)), at: name, alias: node.alias, columns: .ofTable(view.name))
      return (
        BoundSource(
          id: id, name: shown, kind: .view(view, query), columns: columns, range: node.range,
          nameRange: node.name.range), seen
      )
    }
  }

  /// The hidden column of a full-text table that has the table's name (SQLite, fts5.html §4.1).
  private func tableColumn(of table: Table) -> Int? {
    guard case .virtual(let module) = table.kind, module == "fts5" || module == "fts4" || module == "fts3" else {
      return nil
    }
    return table.columns.firstIndex { $0.visibility == .hidden && sameName($0.name, table.name) }
  }

  mutating func reportUnknownTable(_ name: QualifiedNameSyntax) {
    if let schema = name.schema, schema.key != "main", schema.key != "temp" {
      report(.unknownDatabase(schema.text), at: schema.range, notes: ["databases: main, temp"])
      return
    }
    var candidates: [String] = []
    var frame = withFrame
    while let current = frame {
      candidates += current.entries.map(\.syntax.name.text)
      frame = current.parent
    }
    candidates += catalog.relationNames
    report(
      .unknownTable(name.name.text), at: name.name.range,
      near: nearest(to: name.name.text, in: candidates),
      secondary: catalog.departure(ofTable: name.name.text))
  }

  // MARK: USING and NATURAL

  /// Columns, hidden ones aside, that are on both sides of a NATURAL join.
  private func sharedColumns(_ left: [FromItem], _ right: FromItem, in scope: Scope, at range: ByteRange)
    -> [NameSyntax]
  {
    let known = left.flatMap { scope.columns(of: $0) }
    var names: [NameSyntax] = []
    for column in scope.columns(of: right) {
      guard !names.contains(where: { sameName($0.text, column.name) }),
        known.contains(where: { sameName($0.name, column.name) })
      else { continue }
      names.append(NameSyntax(text: column.name, range: range))
    }
    return names
  }

  private mutating func merge(
    _ names: [NameSyntax], _ before: [FromItem], _ left: Range<Int>, _ item: FromItem, _ right: Range<Int>,
    kind: JoinSyntax.Kind, hasRightJoin: Bool, in scope: Scope
  ) -> [UsingColumn] {
    var columns: [UsingColumn] = []
    for name in names {
      var onLeft: [BoundColumn] = []
      for other in before {
        guard let found = scope.find(name.text, in: other) else { continue }
        // With a RIGHT or FULL JOIN about, the first of the merged columns may be NULL where another is not.
        if onLeft.isEmpty || (hasRightJoin && other.merges(name.text)) { onLeft += found }
      }
      guard let onRight = scope.find(name.text, in: item), !onRight.isEmpty, !onLeft.isEmpty else {
        if !scope.sources[left].contains(where: \.isPoisoned), !scope.sources[right].contains(where: \.isPoisoned) {
          report(.unknownUsingColumn(name.text), at: name.range)
        }
        continue
      }
      for position in right {
        scope.sources[position].merges.append(ScopeSource.Merge(key: name.text, kind: kind))
      }
      columns.append(UsingColumn(name: name.text, range: name.range, left: onLeft, right: onRight))
    }
    return columns
  }
}

extension FromSyntax {
  /// A RIGHT or FULL JOIN is among the joins as SQLite lists them, those of parentheses at the very beginning too.
  fileprivate var hasRightJoin: Bool {
    if joins.contains(where: { $0.kind == .right || $0.kind == .full }) { return true }
    guard case .nested(let node) = first, node.alias == nil else { return false }
    return node.from.hasRightJoin
  }
}
