// What INSERT, UPDATE and DELETE have in common: their target, assignments and RETURNING.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The target of a modification.
struct Target {
  var bound: BoundSource
  var seen: ScopeSource
  /// Absent for a view.
  var table: Table?
}

extension Binder {
  /// The table to change; nothing when it is unknown or cannot be changed, which is said. Common tables are no targets.
  mutating func bindTarget(_ node: TableReferenceSyntax, verb: ModificationVerb) -> Target? {
    let frame = withFrame
    withFrame = nil
    let errors = mutedErrors + diagnostics.count
    let (bound, seen) = resolveTable(node)
    withFrame = frame
    guard mutedErrors + diagnostics.count == errors || !seen.isPoisoned else { return nil }
    switch bound.kind {
    case .table(let table):
      if case .eponymous = table.kind {
        report(.modifiedTable(table.name), at: node.name.name.range)
        return nil
      }
      let key = table.name.asciiLowercased
      // SQLite, faq.html#q7 and schematab.html: the schema table cannot be changed with INSERT, UPDATE or DELETE.
      if key.hasPrefix("sqlite_"), key != "sqlite_sequence", key != "sqlite_stat1" {
        report(.modifiedTable(table.name), at: node.name.name.range)
        return nil
      }
      return Target(bound: bound, seen: seen, table: table)
    case .view(let view, _):
      guard hasInsteadOfTrigger(on: view.name.asciiLowercased, for: verb) else {
        report(
          .modifiedView(view.name), at: node.name.name.range,
          secondary: [DiagnosticLabel(view.definition, "defined here")])
        return nil
      }
      return Target(bound: bound, seen: seen, table: nil)
    case .subquery, .commonTable, .tableFunction, .excluded, .triggerRow:
      report(.modifiedTable(node.name.name.text), at: node.name.name.range)
      return nil
    }
  }

  private func hasInsteadOfTrigger(on key: String, for verb: ModificationVerb) -> Bool {
    catalog.triggers(on: key).contains { $0.syntax.time == .insteadOf && verb.matches($0.syntax.event) }
  }

  /// Index of a column that is written; `-1` for a rowid without a name of its own; nothing when it is unknown.
  mutating func targetColumn(_ name: NameSyntax, of target: Target, verb: String) -> Int? {
    let current = renames.current(name).text
    if let index = target.seen.index(of: current) {
      meet(name, index, of: target.seen)
      if let table = target.table, table.columns[index].generation != nil {
        report(.generatedTarget(name.text, verb: verb), at: name.range)
        return nil
      }
      recordColumns(
        [BoundColumn(source: target.seen.id, index: index, name: target.seen.columns[index].name)], at: name)
      return index
    }
    if isRowIDName(current), let rowid = target.seen.rowid {
      meet(name, rowid, of: target.seen)
      return rowid
    }
    let names = target.seen.columns.filter { !$0.isHidden }.map(\.name)
    report(
      .unknownColumnOf(name.text, table: target.seen.relation), at: name.range,
      near: nearest(to: name.text, in: names),
      secondary: catalog.departure(ofColumn: name.text, in: target.seen.relation),
      notes: [columnsNote(of: target.seen.relation, names)])
    return nil
  }

  mutating func bindAssignments(_ syntax: [AssignmentSyntax], of target: Target, in scope: Scope) -> [BoundAssignment] {
    var assignments: [BoundAssignment] = []
    for assignment in syntax {
      var columns: [Int] = []
      for name in assignment.columns {
        if let index = targetColumn(name, of: target, verb: "set") { columns.append(index) }
      }
      let value: BoundExpression
      if assignment.columns.count == 1, !assignment.isRow {
        value = bindScalar(assignment.value, in: scope)
      } else {
        value = bindAny(assignment.value, in: scope)
        if let width = value.width, width != assignment.columns.count {
          report(.rowArity(left: assignment.columns.count, right: width), at: assignment.value.range)
        }
      }
      guard columns.count == assignment.columns.count else { continue }
      assignments.append(BoundAssignment(columns: columns, value: value, range: assignment.range))
    }
    return assignments
  }

  /// SQLite, lang_returning.html §3: only the table being modified is in scope, by its own name (an alias is not seen), and
  /// there are no aggregates. Virtual tables are refused: their rowid is not known yet (it reads -1).
  mutating func bindReturning(_ syntax: ReturningSyntax?, of target: Target) -> [BoundOutput]? {
    guard let syntax else { return nil }
    if let table = target.table, table.isVirtual {
      report(.virtualReturning(table.name), at: ByteRange(syntax.range.lower, syntax.range.lower + 9))
      return []
    }
    let scope = Scope(id: newSelect(), parent: nil)
    scope.clause = .value
    var seen = target.seen
    seen.name = target.seen.relation
    scope.sources = [seen]
    for column in syntax.columns {
      if case .tableStar(let name) = column.value { report(.returningStar(name.text), at: column.range) }
    }
    let columns = syntax.columns.filter { if case .tableStar = $0.value { false } else { true } }
    return bindOutputs(columns, in: scope, named: .result)
  }

  /// Order and limit of an UPDATE or DELETE, for builds with SQLITE_ENABLE_UPDATE_DELETE_LIMIT.
  mutating func bindRowOrder(_ terms: [OrderingTermSyntax], in scope: Scope) -> [BoundExpression] {
    var bound: [BoundExpression] = []
    for term in terms { bound.append(bindScalar(term.expression, in: scope)) }
    return bound
  }
}

enum ModificationVerb {
  case insert, update, delete

  func matches(_ event: CreateTriggerSyntax.Event) -> Bool {
    switch (self, event) {
    case (.insert, .insert), (.update, .update), (.delete, .delete): true
    case (.insert, _), (.update, _), (.delete, _): false
    }
  }
}
