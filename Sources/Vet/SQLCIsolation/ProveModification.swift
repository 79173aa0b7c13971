// INSERT, UPDATE and DELETE: whose rows are written, and to whom they belong afterwards.

import SQLCFacts

extension Prover {
  func prove(_ delete: RelationalDelete) {
    var environment = defining(delete.commonTables, in: Environment(), Knowledge())
    let target = from(.source(delete.target), &environment, Knowledge())
    let purged = isPurge(delete, environment) ? environment.sources[delete.target.id] : nil
    let all = modify(target, delete.condition, &environment, purged: purged)
    for expression in delete.returning { visit(expression, environment, all) }
  }

  func prove(_ update: RelationalUpdate) {
    var environment = defining(update.commonTables, in: Environment(), Knowledge())
    let target = RelationalFrom.source(update.target)
    let whole = update.from.map { RelationalFrom.join(.inner, target, $0, condition: nil) } ?? target
    let rows = from(whole, &environment, Knowledge())
    let purged = isRestore(update.assignments, of: update.target) ? environment.sources[update.target.id] : nil
    let all = modify(rows, update.condition, &environment, purged: purged)
    guard let occurrence = environment.sources[update.target.id], let name = update.target.table else { return }
    check(update.assignments, of: name, occurrence, environment, all)
    if update.policy == .replaced {
      replaceRows(
        of: name, assigned(update.assignments, environment, all).values, all,
        at: update.target.range.lower..<update.target.range.upper)
    }
    for expression in update.returning { visit(expression, environment, all) }
  }

  /// What is known of the rows that are written.
  ///
  /// - Parameter purged: the target, where its deleted rows are meant; what is read beside it is not.
  private func modify(
    _ rows: FromRows, _ condition: RelationalExpression?, _ environment: inout Environment, purged: Int?
  ) -> Knowledge {
    var all = rows.knowledge
    if let condition { all += knowledge(of: condition, environment, all) }
    for (on, extra) in rows.conditions { visit(on, environment, all + extra, as: .truth) }
    if let condition { visit(condition, environment, all, as: .truth) }
    let open = settle(rows, all, nearest: nearestOccurrences(in: condition, environment))
    loseUnrestricted(open.filter { $0.occurrence != purged })
    return all
  }

  // MARK: Assignments

  private func check(
    _ assignments: [RelationalAssignment], of table: String, _ occurrence: Int, _ environment: Environment,
    _ all: Knowledge
  ) {
    for assignment in assignments { visit(assignment.value, environment, all) }
    guard policy.kind == .tenant, let entry = tables[table] else { return }
    let (values, more) = assigned(assignments, environment, all)
    let all = all + more
    let classes = classes(of: all)
    if case .column(let index)? = entry.guarding, let value = values[index] {
      let isSame = value.node.map { node in
        classes.areSame(node, .column(occurrence, index))
          || tables.isOwned(node, classes)
            && !tables.tokens(of: node, classes).isDisjoint(
              with: tables.tokens(of: .column(occurrence, index), classes))
      }
      if isSame != true {
        report(
          .reassigned, table: table, column: entry.fact.columnName(index),
          "the row is given to another than the one that it is of", at: value.range)
      }
    }
    for key in entry.fact.foreignKeys where key.columns.contains(where: { values[$0] != nil }) {
      let nodes = key.columns.map { index -> Node? in
        if let value = values[index] { value.node } else { .column(occurrence, index) }
      }
      let changed = key.columns.compactMap { values[$0]?.range }.first ?? 0..<0
      checkParent(of: key, entry, nodes, all, at: changed)
    }
  }

  struct Assigned {
    var node: Node?
    var range: Range<Int>
  }

  private func assigned(
    _ assignments: [RelationalAssignment], _ environment: Environment, _ all: Knowledge
  ) -> (values: [Int: Assigned], knowledge: Knowledge) {
    var values: [Int: Assigned] = [:]
    var knowledge = Knowledge()
    for assignment in assignments {
      let parts: [RelationalExpression] =
        if case .row(let parts) = assignment.value.kind { parts } else { [assignment.value] }
      for (place, column) in assignment.columns.enumerated() {
        guard parts.count == assignment.columns.count else {
          values[column] = Assigned(node: nil, range: assignment.range.lower..<assignment.range.upper)
          continue
        }
        let value = value(of: parts[place], environment, all)
        knowledge += value.knowledge
        values[column] = Assigned(node: value.node, range: assignment.range.lower..<assignment.range.upper)
      }
    }
    return (values, knowledge)
  }

  /// A reference to a guarded row: that one has to be the tenant's. That it exists proves nothing of whose it is, unless the key
  /// has the guarding column in it.
  private func checkParent(
    of key: ForeignKeyFact, _ entry: GuardedTables.Entry, _ values: [Node?], _ all: Knowledge, at range: Range<Int>
  ) {
    guard let parent = tables[key.parent], let guarding = parent.guarding else { return }
    if values.contains(where: { $0 == .null }) { return }
    let targets = key.parentColumns.map { parent.fact.column(named: $0) }
    let classes = classes(of: all)
    if case .column(let index) = guarding, let place = targets.firstIndex(of: index), place < values.count {
      if let value = values[place], tables.isOwned(value, classes) {
        // By another parameter than the row's own it would be another tenant's.
        let columns = key.columns.map(entry.fact.columnName).joined(separator: ", ")
        noteSettled(
          tables.tokens(of: value, classes),
          Obligation(owners: [value], occurrence: 0, table: entry.fact.name, column: columns, range: range))
        return
      }
    }
    let isProven = all.scans.contains { scan in
      guard scan.table.lowercased() == parent.fact.name.lowercased() else { return false }
      let met = zip(targets, values).compactMap { target, value -> Int? in
        guard let target, let value, classes.areSame(.column(scan.occurrence, target), value) else { return nil }
        return target
      }
      guard parent.keys.contains(where: { Set($0).isSubset(of: met) }) else { return false }
      return tables.ownerIndexes(of: parent).contains { tables.isOwned(.owner(scan.occurrence, $0), classes) }
    }
    if isProven { return }
    let columns = key.columns.map(entry.fact.columnName).joined(separator: ", ")
    report(
      .foreign, table: entry.fact.name, column: columns,
      "'\(columns)' can refer to a row of '\(parent.fact.name)' that is another's: that it exists says nothing of whose it is",
      at: range)
  }

  // MARK: INSERT

  func prove(_ insert: RelationalInsert) {
    var environment = defining(insert.commonTables, in: Environment(), Knowledge())
    guard let name = insert.target.table, let entry = tables[name] else {
      if let source = insert.source { loseUnrestricted(rows(of: source, environment, Knowledge()).open) }
      return
    }
    let place = insert.target.range.lower..<insert.target.range.upper
    var written: [Rows] = []
    if case .values(let list)? = insert.source?.body, insert.source?.commonTables.isEmpty == true {
      for row in list {
        for value in row { visit(value, environment, Knowledge()) }
        let values = row.map { value(of: $0, environment, Knowledge()) }
        written.append(
          Rows(knowledge: values.reduce(into: Knowledge()) { $0 += $1.knowledge }, outputs: values.map(\.node)))
      }
    } else if let source = insert.source {
      let found = rows(of: source, environment, Knowledge())
      loseUnrestricted(found.open)
      written = [found]
    } else {
      written = [Rows()]
    }
    let target = newOccurrence()
    environment.sources[insert.target.id] = target
    for row in written {
      var values: [Int: Assigned] = [:]
      for (column, node) in zip(insert.columns, row.outputs) { values[column] = Assigned(node: node, range: place) }
      if policy.kind == .tenant { checkOwner(of: values, entry, row.knowledge, at: place) }
      for upsert in insert.upserts { prove(upsert, of: insert, entry, values, row.knowledge, environment) }
      if insert.policy == .replaced { replaceRows(of: name, values, row.knowledge, at: place) }
    }
    for expression in insert.returning { visit(expression, environment, written.first?.knowledge ?? Knowledge()) }
  }

  private func checkOwner(
    of values: [Int: Assigned], _ entry: GuardedTables.Entry, _ all: Knowledge, at place: Range<Int>
  ) {
    let classes = classes(of: all)
    if case .column(let index)? = entry.guarding {
      let column = entry.fact.columnName(index)
      if let node = values[index]?.node, tables.isOwned(node, classes) {
        noteSettled(
          tables.tokens(of: node, classes),
          Obligation(owners: [node], occurrence: 0, table: entry.fact.name, column: column, range: place))
      } else {
        report(
          .unowned, table: entry.fact.name, column: column,
          values[index] == nil
            ? "the row is written without '\(column)'" : "the value of '\(column)' is not one that a parameter names",
          at: place)
      }
    }
    for key in entry.fact.foreignKeys where key.columns.allSatisfy({ values[$0] != nil }) {
      checkParent(of: key, entry, key.columns.map { values[$0]?.node }, all, at: place)
    }
  }

  // MARK: Rows in the way

  private func prove(
    _ upsert: RelationalUpsert, of insert: RelationalInsert, _ entry: GuardedTables.Entry, _ values: [Int: Assigned],
    _ known: Knowledge, _ environment: Environment
  ) {
    guard case .update(let assignments, let condition) = upsert.action else { return }
    var environment = environment
    let excluded = newOccurrence()
    environment.sources[upsert.excluded] = excluded
    let name = entry.fact.name
    let keys = upsert.key.map { [$0] } ?? entry.keys
    for key in keys {
      let existing = newOccurrence()
      environment.sources[insert.target.id] = existing
      note(name, as: existing)
      var all = known
      all.scans.append(Scan(occurrence: existing, table: name))
      for (column, value) in values {
        if let node = value.node { all.equalities.append((.column(excluded, column), node)) }
      }
      // What is given no value and has no default is NULL.
      for (column, fact) in entry.fact.columns.enumerated()
      where values[column] == nil && fact.defaultText == nil && fact.isNullable && !fact.isGenerated {
        all.equalities.append((.column(excluded, column), .null))
      }
      for column in key { all.equalities.append((.column(existing, column), .column(excluded, column))) }
      for part in [upsert.keyCondition, condition].compactMap(\.self) {
        all += knowledge(of: part, environment, all)
        visit(part, environment, all, as: .truth)
      }
      let place = upsert.range.lower..<upsert.range.upper
      if let open = obligation(of: name, existing, at: place), !isRestore(assignments, of: insert.target, excluded, all)
      {
        lose(settle([open], all), .overwritten) { overwriting($0, entry, key) }
      }
      check(assignments, of: name, existing, environment, all)
    }
  }

  private func replaceRows(of table: String, _ values: [Int: Assigned], _ known: Knowledge, at place: Range<Int>) {
    guard let entry = tables[table], entry.guarding != nil else { return }
    for key in entry.keys {
      // The database numbers a row that is given no number, and takes none that is taken.
      if key == [RelationColumn.rowKey] { continue }
      if case .column(let own) = entry.fact.rowKey, key == [own], values[own] == nil { continue }
      if !key.contains(where: { values[$0] != nil }) { continue }
      let existing = newOccurrence()
      var all = known
      all.scans.append(Scan(occurrence: existing, table: table))
      for column in key {
        if let node = values[column]?.node { all.equalities.append((.column(existing, column), node)) }
      }
      guard let open = obligation(of: table, existing, at: place) else { continue }
      lose(settle([open], all), .overwritten) { overwriting($0, entry, key) }
    }
  }

  private func overwriting(_ obligation: Obligation, _ entry: GuardedTables.Entry, _ key: [Int]) -> String {
    let columns = key.map(entry.fact.columnName).joined(separator: ", ")
    return switch policy.kind {
    case .tenant: "the row that has the same (\(columns)) can be another's, and is overwritten"
    case .softDelete: "the row that has the same (\(columns)) can be deleted, and is overwritten as it is"
    }
  }

  // MARK: Deleted rows

  /// A DELETE of rows that are deleted already, and says so.
  private func isPurge(_ delete: RelationalDelete, _ environment: Environment) -> Bool {
    guard policy.kind == .softDelete, let name = delete.target.table,
      case .column(let index)? = tables[name]?.guarding
    else { return false }
    return (delete.condition?.conjuncts ?? []).contains { part in
      switch part.kind {
      case .not(let operand):
        if case .isNull(let value) = operand.kind { value.isColumn(index, of: delete.target.id) } else { false }
      case .compare(let op, let left, let right, _):
        [.equal, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(op)
          && (left.isColumn(index, of: delete.target.id) || right.isColumn(index, of: delete.target.id))
      case .between(let value, _, _, isNegated: false): value.isColumn(index, of: delete.target.id)
      default: false
      }
    }
  }

  /// An UPDATE that makes deleted rows count again.
  ///
  /// - Parameter excluded: the row that an upsert was to insert, and what is known of it.
  private func isRestore(
    _ assignments: [RelationalAssignment], of target: RelationalSource, _ excluded: Int? = nil,
    _ known: Knowledge = Knowledge()
  ) -> Bool {
    guard policy.kind == .softDelete, let name = target.table, case .column(let index)? = tables[name]?.guarding else {
      return false
    }
    return assignments.contains { assignment in
      guard assignment.columns == [index] else { return false }
      switch assignment.value.kind {
      case .null: return true
      case .column(let column) where column.index == index && column.source != target.id:
        guard let excluded else { return false }
        let classes = classes(of: known)
        return classes.areSame(.column(excluded, index), .null)
      default: return false
      }
    }
  }
}

extension RelationalSource {
  var table: String? { if case .table(let name) = kind { name } else { nil } }
}

extension RelationalExpression {
  var conjuncts: [RelationalExpression] {
    if case .all(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] }
  }

  func isColumn(_ index: Int, of source: Int) -> Bool {
    if case .column(let column) = kind { column == RelationColumn(source: source, index: index) } else { false }
  }
}
