// The body of a trigger: its statements see `new` and `old`, the row before and after (SQLite, lang_createtrigger.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A trigger with its names resolved.
struct BoundTrigger {
  var when: BoundExpression?
  var steps: [BoundStatement.Body]
  /// `new` and `old`, as far as the event has them.
  var rows: [BoundSource]
}

extension Binder {
  mutating func bindTrigger(_ trigger: Trigger) -> BoundTrigger? {
    source = trigger.source ?? source
    mode = .definition
    renames = trigger.renames
    allowsRaise = true
    guard let relation = catalog.relation(named: trigger.table) else { return nil }
    let syntax = trigger.syntax
    let watched = TableReferenceSyntax(
      name: QualifiedNameSyntax(name: syntax.table.name), range: syntax.table.range)
    let seen = resolveTable(watched).1
    guard !seen.isPoisoned else { return nil }
    var rows: [ScopeSource] = []
    func row(_ name: String) -> ScopeSource {
      var row = seen
      row.name = name
      row.schema = nil
      if row.renamed == .table { row.renamed = nil }
      row.needsQualifier = true
      row.tableColumn = nil
      if case .view = relation { row.rowid = nil }
      return row
    }
    switch syntax.event {
    case .insert: rows = [row("new")]
    case .delete: rows = [row("old")]
    case .update(let columns):
      rows = [row("new"), row("old")]
      for name in columns {
        if let index = seen.index(of: renames.current(name).text) {
          meet(name, index, of: seen)
          recordColumns([BoundColumn(source: seen.id, index: index, name: seen.columns[index].name)], at: name)
          continue
        }
        report(
          .unknownColumnOf(name.text, table: seen.relation), at: name.range,
          near: nearest(to: name.text, in: seen.columns.map(\.name)))
      }
    }
    for index in rows.indices {
      rows[index].id = newSource()
      recorder?.learn(rows[index].id, OccurrenceRecorder.Source(names: [], columns: .ofTable(seen.relation)))
    }
    var when: BoundExpression?
    if let condition = syntax.when, let scope = triggerScope(rows) { when = bindScalar(condition, in: scope) }
    var steps: [BoundStatement.Body] = []
    for step in syntax.body {
      switch step {
      case .insert(let node): if let bound = bindInsert(node, rows: rows) { steps.append(.insert(bound)) }
      case .update(let node): if let bound = bindUpdate(node, rows: rows) { steps.append(.update(bound)) }
      case .delete(let node): if let bound = bindDelete(node, rows: rows) { steps.append(.delete(bound)) }
      case .select(let node): steps.append(.query(bindQuery(node, parent: triggerScope(rows))))
      }
    }
    var sources: [BoundSource] = []
    if case .table(let table) = relation {
      sources = rows.map {
        BoundSource(id: $0.id, name: $0.name, kind: .triggerRow(table), columns: $0.columns, range: $0.range)
      }
    }
    return BoundTrigger(when: when, steps: steps, rows: sources)
  }
}
