// INSERT and REPLACE (SQLite, lang_insert.html), with upserts (lang_upsert.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindInsert(_ syntax: InsertSyntax, rows: [ScopeSource] = []) -> BoundInsert? {
    let outer = triggerScope(rows)
    let frame = openWith(syntax.with, scope: outer)
    let reference = TableReferenceSyntax(name: syntax.table, alias: syntax.alias, range: syntax.table.range)
    guard let target = bindTarget(reference, verb: .insert) else {
      _ = closeWith(frame)
      return nil
    }
    let columns = insertColumns(syntax.columns, of: target)
    let source: BoundInsert.Source
    switch syntax.source {
    case .select(let query):
      let bound = bindQuery(query, parent: outer)
      source = .query(bound)
      checkCount(bound, query, columns, syntax.columns, of: target)
    case .defaultValues: source = .defaultValues
    }
    checkOmissions(syntax, columns, of: target)
    var upserts: [BoundUpsert] = []
    for upsert in syntax.upserts { upserts.append(bindUpsert(upsert, of: target, outer)) }
    let returning = bindReturning(syntax.returning, of: target)
    return BoundInsert(
      commonTables: closeWith(frame), target: target.bound, onConflict: syntax.onConflict, columns: columns ?? [],
      source: source, upserts: upserts, returning: returning)
  }

  /// SQLite, lang_insert.html: without a list, every column; generated and hidden ones get no value.
  private mutating func insertColumns(_ names: [NameSyntax]?, of target: Target) -> [Int]? {
    guard let names else {
      guard let table = target.table else { return Array(target.seen.columns.indices) }
      return table.columns.indices.filter {
        table.columns[$0].generation == nil && table.columns[$0].visibility == .visible
      }
    }
    var columns: [Int] = []
    var isComplete = true
    for name in names {
      if let index = targetColumn(name, of: target, verb: "inserted") {
        columns.append(index)
      } else {
        isComplete = false
      }
    }
    return isComplete ? columns : nil
  }

  private mutating func checkCount(
    _ query: BoundQuery, _ syntax: SelectSyntax, _ columns: [Int]?, _ names: [NameSyntax]?, of target: Target
  ) {
    guard let columns, !query.columnNames.isEmpty, query.columnNames.count != columns.count else { return }
    var range = syntax.body.range
    if case .values(let node) = syntax.body, let row = node.rows.first { range = row.range }
    var notes: [String] = []
    if names == nil {
      notes = [columnsNote(of: target.seen.relation, columns.map { target.seen.columns[$0].name })]
    }
    report(
      .insertArity(target.seen.relation, values: query.columnNames.count, columns: columns.count), at: range,
      notes: notes)
  }

  private mutating func bindUpsert(_ syntax: UpsertSyntax, of target: Target, _ outer: Scope?) -> BoundUpsert {
    let targetScope = Scope(id: newSelect(), parent: nil)
    targetScope.clause = .value
    targetScope.sources = [target.seen]
    var terms: [BoundExpression] = []
    for term in syntax.target { terms.append(bindScalar(term.expression, in: targetScope)) }
    let targetWhere = bindOptional(syntax.targetWhere, in: targetScope)
    checkConflictTarget(terms, syntax, of: target)

    let id = newSource()
    let table = target.table ?? Table(name: target.seen.relation, columns: [])
    let excluded = BoundSource(
      id: id, name: "excluded", kind: .excluded(table), columns: target.seen.columns, range: syntax.range)
    var seen = target.seen
    seen.id = id
    seen.name = "excluded"
    seen.schema = nil
    if seen.renamed == .table { seen.renamed = nil }
    seen.needsQualifier = true
    seen.range = syntax.range
    if var source = recorder?.source(target.seen.id) {
      source.names = []
      recorder?.learn(id, source)
    }
    let scope = Scope(id: newSelect(), parent: outer)
    scope.clause = .value
    scope.sources = [target.seen, seen]
    let action: BoundUpsert.Action
    switch syntax.action {
    case .nothing: action = .nothing
    case .update(let assignments, let condition):
      let bound = bindAssignments(assignments, of: target, in: scope)
      action = .update(bound, whereClause: bindOptional(condition, in: scope))
    }
    return BoundUpsert(target: terms, targetWhere: targetWhere, excluded: excluded, action: action)
  }

  /// SQLite, lang_upsert.html: "The conflict target specifies a specific uniqueness constraint that will trigger the upsert."
  /// Indexes over expressions and partial ones are left to SQLite.
  private mutating func checkConflictTarget(_ terms: [BoundExpression], _ syntax: UpsertSyntax, of target: Target) {
    guard let table = target.table, !terms.isEmpty, syntax.targetWhere == nil, !table.isVirtual else { return }
    var columns: Set<Int> = []
    for term in terms {
      var inner = term
      while case .collate(let operand, collation: _) = inner.kind { inner = operand }
      guard case .column(let column) = inner.kind else { return }
      columns.insert(column.index)
    }
    if columns == [BoundColumn.rowid] || table.uniqueKeys.contains(where: { Set($0.columns) == columns }) { return }
    let mayMatch = catalog.indexes.values.contains {
      $0.isUnique && sameName($0.table, table.name) && ($0.isPartial || $0.columns.contains(nil))
    }
    if mayMatch { return }
    guard let first = syntax.target.first, let last = syntax.target.last else { return }
    let keys = table.uniqueKeys.map { "(" + $0.columns.map { table.columns[$0].name }.joined(separator: ", ") + ")" }
    report(
      .conflictTarget(table.name), at: first.range.union(last.range),
      notes: keys.isEmpty ? [] : ["keys of '\(table.name)': \(keys.joined(separator: ", "))"])
  }
}
