// INSERT, UPDATE, DELETE: what is stored types the parameters; RETURNING sees the target alone (rules 166 to 175).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferStatement(_ insert: BoundInsert) -> StatementFacts {
    for table in insert.commonTables { commonTables[table.id] = table }
    enter(insert.target, select: nil)
    var wants = insert.columns.map { stored(in: insert.target, column: $0) }
    if case .table(let table) = insert.target.kind, let command = commandColumn(insert) {
      wants[command] = .plain(.text, .strong, .required, name: table.name)
      if let rank = insert.columns.firstIndex(where: { isRank($0, of: table) }) {
        wants[rank] = rankOfCommand(insert, at: command)
      }
    }
    var values: [Value]?
    switch insert.source {
    case .defaultValues: break
    case .query(let query):
      // The query does not see the target.
      let target = states.removeValue(forKey: insert.target.id)
      values = infer(query, expecting: wants).columns
      states[insert.target.id] = target
      checkNulls(in: query.body, insert)
    }
    for table in insert.commonTables { _ = facts(of: table.id) }
    let row = insertedRow(insert, values)
    var updated: [WrittenRow] = []
    for upsert in insert.upserts {
      if let row = infer(upsert, of: insert.target, inserting: row) { updated.append(row) }
    }

    guard let returning = insert.returning else { return StatementFacts() }
    show(updated.reduce(row) { $0.or($1) }, of: insert.target)
    return describe(returning, insert.target)
  }

  /// The row that DO UPDATE leaves; nothing for DO NOTHING, which returns no row.
  private func infer(_ upsert: BoundUpsert, of target: BoundSource, inserting row: WrittenRow) -> WrittenRow? {
    enter(upsert.excluded, select: nil)
    show(row, of: upsert.excluded)
    for column in upsert.target { infer(column) }
    if let condition = upsert.targetWhere { infer(condition, .plain(.integer, logical: .boolean)) }
    switch upsert.action {
    case .nothing: return nil
    case .update(let assignments, let condition):
      if let condition { infer(condition, .plain(.integer, logical: .boolean)) }
      var proven: NonNull = condition.map(nonNullWhenTrue) ?? []
      // NULLs are no conflict (SQLite, lang_createtable.html#uniqueconst).
      for case .column(let column) in upsert.target.map(\.kind) { proven.columns.insert(ColumnKey(column)) }
      return scoped {
        narrow(proven)
        let written = infer(assignments, of: target)
        return updatedRow(target, written, proven: proven.columns)
      }
    }
  }

  func inferStatement(_ update: BoundUpdate) -> StatementFacts {
    for table in update.commonTables { commonTables[table.id] = table }
    enter(update.target, select: nil)
    let bare = states
    if let from = update.from { enter(from, select: nil) }
    if let condition = update.whereClause { infer(condition, .plain(.integer, logical: .boolean)) }
    var written: [Int: Value] = [:]
    scoped {
      if let condition = update.whereClause {
        noteMatches(in: condition)
        narrow(settled(nonNullWhenTrue(condition), of: update.target))
      }
      written = infer(update.assignments, of: update.target)
      for term in update.orderBy { infer(term) }
    }
    inferLimit(update.limit, update.offset)
    for table in update.commonTables { _ = facts(of: table.id) }

    guard let returning = update.returning else { return StatementFacts() }
    // RETURNING shows the new values: WHERE spoke of the old ones.
    let row = updatedRow(update.target, written, proven: update.whereClause.map { nonNullWhenTrue($0).columns } ?? [])
    states = bare
    show(row, of: update.target)
    return describe(returning, update.target)
  }

  func inferStatement(_ delete: BoundDelete) -> StatementFacts {
    for table in delete.commonTables { commonTables[table.id] = table }
    enter(delete.target, select: nil)
    if let condition = delete.whereClause { infer(condition, .plain(.integer, logical: .boolean)) }
    if let condition = delete.whereClause {
      noteMatches(in: condition)
      narrow(settled(nonNullWhenTrue(condition), of: delete.target))
    }
    for term in delete.orderBy { infer(term) }
    inferLimit(delete.limit, delete.offset)
    for table in delete.commonTables { _ = facts(of: table.id) }
    guard let returning = delete.returning else { return StatementFacts() }
    // The values are the view's own: SQLite names it as their origin, not the tables behind it.
    if case .view = delete.target.kind, case .columns(var columns)? = states[delete.target.id]?.content {
      for index in columns.indices { columns[index].origin = nil }
      states[delete.target.id]?.content = .columns(columns)
    }
    return describe(returning, delete.target)
  }

  private func inferLimit(_ limit: BoundExpression?, _ offset: BoundExpression?) {
    if let limit { infer(limit, .plain(.integer, .strong, .required, name: "limit")) }
    if let offset { infer(offset, .plain(.integer, .strong, .required, name: "offset")) }
  }

  private func describe(_ returning: [BoundOutput], _ target: BoundSource) -> StatementFacts {
    var result = StatementFacts()
    returnedSource = target.id
    defer { returnedSource = nil }
    let outer = outputs
    outputs = returning
    defer { outputs = outer }
    describe(returning, returning.map { infer($0.expression) }, embeds: true, into: &result)
    refuseLists(among: returning, because: .listOfModification)
    return result
  }

  /// What each column is set to.
  private func infer(_ assignments: [BoundAssignment], of target: BoundSource) -> [Int: Value] {
    var written: [Int: Value] = [:]
    for assignment in assignments {
      // Of a column that is set twice the last value counts (SQLite, lang_update.html).
      for (column, value) in zip(assignment.columns, infer(assignment, of: target)) { written[column] = value }
    }
    return written
  }

  private func infer(_ assignment: BoundAssignment, of target: BoundSource) -> [Value] {
    let wants = assignment.columns.map { stored(in: target, column: $0) }
    switch assignment.value.kind {
    case .row(let elements) where elements.count == wants.count && wants.count > 1:
      for (element, column) in zip(elements, assignment.columns) { checkNull(element, for: column, of: target) }
      return zip(elements, wants).map { infer($0, $1) }
    case .subquery(let query) where wants.count > 1:
      let values = infer(query, expecting: wants).columns
      if hasExactlyOneRow(query) { return values }
      let reason = NullReason(.scalarSubqueryMayBeEmpty, at: assignment.value.range)
      return values.map { $0.nullability.canBeNull ? $0 : $0.with(.maybe(reason)) }
    default:
      if let column = assignment.columns.first { checkNull(assignment.value, for: column, of: target) }
      return [infer(assignment.value, wants.first)]
    }
  }

  /// What a column wants of the value stored in it.
  private func stored(in target: BoundSource, column: Int) -> Expectation {
    guard let state = states[target.id] else { return .plain(.any) }
    var value = baseValue(of: column, in: state)
    let optionality: Expectation.Optionality = value.nullability.canBeNull ? .stored : .required
    value.facts.nullability = .never
    let name: String
    if case .table(let table) = state.content, table.columns.indices.contains(column) {
      name = table.columns[column].name
      if isFullText(table), value.facts.storage == .any {
        return Expectation(value, .strong, .stored, name: name)
      }
    } else if target.columns.indices.contains(column) {
      name = target.columns[column].name
    } else {
      name = "rowid"
    }
    return Expectation(value, .strong, optionality, name: name)
  }
}
