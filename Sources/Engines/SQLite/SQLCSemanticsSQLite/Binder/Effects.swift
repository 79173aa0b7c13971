// Which tables a statement reads and writes, as SQLite's authorizer tells it with foreign keys on (c3ref/set_authorizer.html):
// through views, triggers and foreign-key actions. Views themselves and eponymous tables are left out.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Names of tables as in the catalog, sorted.
///
///     effects(of: bound, in: catalog)  // reads ["l", "t"] for SELECT * FROM (SELECT n FROM t) JOIN l
public func effects(of statement: BoundStatement, in catalog: Catalog) -> (reads: [String], writes: [String]) {
  var effects = Effects(catalog: catalog)
  effects.add(statement.body)
  return (effects.reads.sorted(), effects.writes.sorted())
}

struct Effects {
  let catalog: Catalog
  var reads: Set<String> = []
  var writes: Set<String> = []
  /// What was followed already, so that triggers and cascades that lead back end.
  var followed: Set<String> = []
  /// Inside a trigger or a foreign-key action.
  var depth = 0
  /// What the statement that fired a trigger does about conflicts, which holds in the trigger's steps too
  /// (SQLite, lang_createtrigger.html).
  var resolution: ConflictResolution?

  init(catalog: Catalog) { self.catalog = catalog }

  mutating func add(_ body: BoundStatement.Body) {
    switch body {
    case .query(let query): read { $0.walk(query) }
    case .insert(let node): add(node)
    case .update(let node): add(node)
    case .delete(let node): add(node)
    case .utility, .invalid: break
    }
  }

  /// Collects what `visit` walks over: every table of a FROM clause, and the row sources whose columns are used.
  private mutating func read(rows: [BoundSource] = [], _ visit: (BoundWalk) -> Void) {
    let collected = Collected()
    var named: [SourceID: String] = [:]
    for row in rows {
      switch row.kind {
      case .table(let table), .excluded(let table), .triggerRow(let table): named[row.id] = table.name
      case .view, .subquery, .commonTable, .tableFunction: break
      }
    }
    visit(
      BoundWalk(
        onSource: { source in
          switch source.kind {
          case .table(let table): if let name = observedName(table) { collected.names.insert(name) }
          // A table-valued function over a table that was created, such as `f('word')` of a full-text table.
          case .tableFunction(let table, arguments: _):
            if case .virtual = table.kind { collected.names.insert(table.name) }
          case .view, .subquery, .commonTable, .excluded, .triggerRow: break
          }
        },
        onExpression: { expression in
          switch expression.kind {
          case .column(let column): if let name = named[column.source] { collected.names.insert(name) }
          case .tableColumn(let source): if let name = named[source] { collected.names.insert(name) }
          default: break
          }
        }))
    reads.formUnion(collected.names)
  }

  private mutating func add(_ node: BoundInsert) {
    read(rows: [node.target] + node.upserts.map(\.excluded)) { walk in
      walk.walk(node.commonTables)
      if case .query(let query) = node.source { walk.walk(query) }
      for upsert in node.upserts {
        walk.walk(upsert.target)
        walk.walk(upsert.targetWhere)
        if case .update(let assignments, let condition) = upsert.action {
          for assignment in assignments { walk.walk(assignment.value) }
          walk.walk(condition)
        }
      }
      walk.walk(node.returning)
    }
    guard let table = target(node.target, .insert) else { return }
    writes.insert(table.name)
    resolving(resolution ?? node.onConflict) { effects in
      effects.inserted(into: table, isSingleRow: node.isSingleRow)
      if effects.replacesRows(of: table, node.upserts) { effects.deleted(from: table, firesTriggers: false) }
    }
    for upsert in node.upserts {
      guard case .update(let assignments, _) = upsert.action else { continue }
      // SQLite, upsert.c: the update resolves no conflict.
      resolving(.abort) { $0.updated(table, columns: Set(assignments.flatMap(\.columns))) }
    }
  }

  private mutating func add(_ node: BoundUpdate) {
    read(rows: [node.target]) { walk in
      walk.walk(node.commonTables)
      for assignment in node.assignments { walk.walk(assignment.value) }
      if let from = node.from { walk.walk(from) }
      walk.walk(node.whereClause)
      walk.walk(node.returning)
      walk.walk(node.orderBy)
    }
    let columns = Set(node.assignments.flatMap(\.columns))
    guard let table = target(node.target, .update, columns) else { return }
    writes.insert(table.name)
    resolving(resolution ?? node.onConflict) { effects in
      effects.updated(table, columns: columns)
      if effects.replacesRows(of: table, changing: columns) { effects.deleted(from: table, firesTriggers: false) }
    }
  }

  private mutating func add(_ node: BoundDelete) {
    read(rows: [node.target]) { walk in
      walk.walk(node.commonTables)
      walk.walk(node.whereClause)
      walk.walk(node.returning)
      walk.walk(node.orderBy)
    }
    guard let table = target(node.target, .delete) else { return }
    writes.insert(table.name)
    deleted(from: table, firesTriggers: true)
  }

  /// The table that is written; for a view its INSTEAD OF triggers are followed in its place.
  private mutating func target(_ source: BoundSource, _ verb: ModificationVerb, _ columns: Set<Int> = []) -> Table? {
    switch source.kind {
    case .table(let table): return table
    case .view(let view, _):
      followTriggers(of: view.name.asciiLowercased, verb, columns.map { $0 >= 0 ? source.columns[$0].name : "rowid" })
      return nil
    case .subquery, .commonTable, .tableFunction, .excluded, .triggerRow: return nil
    }
  }

  mutating func followTriggers(of table: String, _ verb: ModificationVerb, _ columns: [String]) {
    for key in catalog.tableTriggers[table] ?? [] {
      guard let trigger = catalog.triggers[key], verb.matches(trigger.syntax.event),
        isFired(trigger, by: columns), followed.insert(key).inserted
      else { continue }
      var binder = Binder(
        catalog: catalog, source: trigger.source ?? SourceFile(path: "", text: ""), options: SemanticsOptions())
      guard let bound = binder.bindTrigger(trigger) else { continue }
      depth += 1
      let rows = bound.rows
      read(rows: rows) { walk in
        walk.walk(bound.when)
        for step in bound.steps { walkRows(step, walk) }
      }
      for step in bound.steps { add(step) }
      depth -= 1
    }
  }

  private func isFired(_ trigger: Trigger, by columns: [String]) -> Bool {
    let watched = trigger.watchedColumns
    return watched.isEmpty || watched.contains { name in columns.contains { sameName($0, name) } }
  }
}

/// What a walk found; shared by its callbacks.
private final class Collected {
  var names: Set<String> = []
}

/// The name SQLite's authorizer uses; absent for what nothing can change.
private func observedName(_ table: Table) -> String? {
  switch table.kind {
  case .eponymous: return nil
  case .virtual: return table.name
  case .ordinary:
    switch table.name {
    case "sqlite_schema": return "sqlite_master"
    case "sqlite_temp_schema": return "sqlite_temp_master"
    default: return table.name
    }
  }
}

/// Everything in a trigger's step that may mention `new` and `old`.
private func walkRows(_ step: BoundStatement.Body, _ walk: BoundWalk) {
  let expressions = BoundWalk(onSource: { _ in }, onExpression: walk.onExpression)
  switch step {
  case .query(let query): expressions.walk(query)
  case .insert(let node):
    if case .query(let query) = node.source { expressions.walk(query) }
    for upsert in node.upserts {
      guard case .update(let assignments, let condition) = upsert.action else { continue }
      for assignment in assignments { expressions.walk(assignment.value) }
      expressions.walk(condition)
    }
  case .update(let node):
    for assignment in node.assignments { expressions.walk(assignment.value) }
    if let from = node.from { expressions.walk(from) }
    expressions.walk(node.whereClause)
  case .delete(let node): expressions.walk(node.whereClause)
  case .utility, .invalid: break
  }
}

extension BoundInsert {
  /// One row of VALUES, or DEFAULT VALUES, and no RETURNING, which SQLite carries out as a trigger.
  fileprivate var isSingleRow: Bool {
    guard returning == nil else { return false }
    guard case .query(let query) = source else { return true }
    if case .values(let rows, range: _) = query.body { return rows.count <= 1 }
    return false
  }
}
