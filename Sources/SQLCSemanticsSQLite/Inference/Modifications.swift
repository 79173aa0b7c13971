// INSERT, UPDATE, DELETE: what is stored types the parameters; RETURNING sees the target alone (rules 166 to 175).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferStatement(_ insert: BoundInsert) -> StatementFacts {
    for table in insert.commonTables { commonTables[table.id.rawValue] = table }
    enter(insert.target, select: -1)
    let wants = insert.columns.map { stored(in: insert.target, column: $0) }
    switch insert.source {
    case .defaultValues: break
    case .query(let query):
      // The query does not see the target.
      let target = states.removeValue(forKey: insert.target.id.rawValue)
      _ = infer(query, expecting: wants)
      states[insert.target.id.rawValue] = target
      if case .values(let rows, _) = query.body, insert.onConflict == nil {
        for row in rows {
          for (value, column) in zip(row, insert.columns) { checkNull(value, for: column, of: insert.target) }
        }
      }
    }
    for table in insert.commonTables { _ = facts(of: table.id) }
    for upsert in insert.upserts { infer(upsert, of: insert.target) }

    guard let returning = insert.returning else { return StatementFacts() }
    loosen(insert.target, written: insert.columns)
    return describe(returning, insert.target)
  }

  private func infer(_ upsert: BoundUpsert, of target: BoundSource) {
    enter(upsert.excluded, select: -1)
    for column in upsert.target { infer(column) }
    if let condition = upsert.targetWhere { infer(condition, .plain(.integer, logical: .boolean)) }
    switch upsert.action {
    case .nothing: break
    case .update(let assignments, let condition):
      if let condition { infer(condition, .plain(.integer, logical: .boolean)) }
      for assignment in assignments { infer(assignment, of: target) }
    }
  }

  func inferStatement(_ update: BoundUpdate) -> StatementFacts {
    for table in update.commonTables { commonTables[table.id.rawValue] = table }
    enter(update.target, select: -1)
    let bare = states
    if let from = update.from { enter(from, select: -1) }
    if let condition = update.whereClause { infer(condition, .plain(.integer, logical: .boolean)) }
    scoped {
      if let condition = update.whereClause {
        noteMatches(in: condition)
        narrow(nonNullWhenTrue(condition))
      }
      for assignment in update.assignments { infer(assignment, of: update.target) }
      for term in update.orderBy { infer(term) }
    }
    inferLimit(update.limit, update.offset)
    for table in update.commonTables { _ = facts(of: table.id) }

    guard let returning = update.returning else { return StatementFacts() }
    // RETURNING shows the new values: WHERE spoke of the old ones.
    let kept = keptColumns(update)
    states = bare
    if let kept { states[update.target.id.rawValue]?.nonNull = kept }
    loosen(update.target, written: update.assignments.flatMap(\.columns))
    return describe(returning, update.target)
  }

  /// What RETURNING shows of a view is the row as written, before the INSTEAD OF triggers run (SQLite, lang_returning.html
  /// §3): what is not written can be NULL, and what is has the class it was given, since a view converts nothing.
  private func loosen(_ target: BoundSource, written: [Int]) {
    guard case .view(let view, _) = target.kind, case .columns(var columns)? = states[target.id.rawValue]?.content
    else { return }
    let reason = NullReason(
      .other("RETURNING shows what was written to the view '\(view.name)', not what is in it"), at: nil)
    for index in columns.indices {
      if written.contains(index) { columns[index] = Value(.any, .never) }
      columns[index].facts.nullability = .maybe(reason)
      columns[index].origin = nil
    }
    states[target.id.rawValue]?.content = .columns(columns)
  }

  /// Columns that WHERE proves non-null and that nothing changes afterwards; absent when triggers might.
  private func keptColumns(_ update: BoundUpdate) -> Set<Int>? {
    guard let condition = update.whereClause, case .table(let table) = update.target.kind,
      !catalog.triggers.values.contains(where: { $0.syntax.table.name.key == table.name.asciiLowercased }),
      !table.columns.contains(where: { $0.generation != nil })
    else { return nil }
    let changed = Set(update.assignments.flatMap(\.columns))
    let id = update.target.id.rawValue
    return Set(nonNullWhenTrue(condition).filter { $0.source == id && !changed.contains($0.index) }.map(\.index))
  }

  func inferStatement(_ delete: BoundDelete) -> StatementFacts {
    for table in delete.commonTables { commonTables[table.id.rawValue] = table }
    enter(delete.target, select: -1)
    if let condition = delete.whereClause { infer(condition, .plain(.integer, logical: .boolean)) }
    if let condition = delete.whereClause {
      noteMatches(in: condition)
      narrow(nonNullWhenTrue(condition))
    }
    for term in delete.orderBy { infer(term) }
    inferLimit(delete.limit, delete.offset)
    for table in delete.commonTables { _ = facts(of: table.id) }
    guard let returning = delete.returning else { return StatementFacts() }
    // The values are the view's own: SQLite names it as their origin, not the tables behind it.
    if case .view = delete.target.kind, case .columns(var columns)? = states[delete.target.id.rawValue]?.content {
      for index in columns.indices { columns[index].origin = nil }
      states[delete.target.id.rawValue]?.content = .columns(columns)
    }
    return describe(returning, delete.target)
  }

  private func inferLimit(_ limit: BoundExpression?, _ offset: BoundExpression?) {
    if let limit { infer(limit, .plain(.integer, .strong, .required, name: "limit")) }
    if let offset { infer(offset, .plain(.integer, .strong, .required, name: "offset")) }
  }

  private func describe(_ returning: [BoundOutput], _ target: BoundSource) -> StatementFacts {
    var result = StatementFacts()
    returnedSource = target.id.rawValue
    defer { returnedSource = nil }
    let outer = outputs
    outputs = returning
    defer { outputs = outer }
    describe(returning, returning.map { infer($0.expression) }, embeds: true, into: &result)
    refuseLists(among: returning, because: .listOfModification)
    return result
  }

  private func infer(_ assignment: BoundAssignment, of target: BoundSource) {
    let wants = assignment.columns.map { stored(in: target, column: $0) }
    switch assignment.value.kind {
    case .row(let elements) where elements.count == wants.count && wants.count > 1:
      for (element, want) in zip(elements, wants) { infer(element, want) }
    case .subquery(let query) where wants.count > 1:
      _ = infer(query, expecting: wants)
    default:
      infer(assignment.value, wants.first)
      if let column = assignment.columns.first { checkNull(assignment.value, for: column, of: target) }
    }
  }

  /// A NULL that is written for a column that takes none: the statement fails whenever it runs. (An INTEGER PRIMARY KEY takes
  /// a NULL for the next number.)
  private func checkNull(_ value: BoundExpression, for column: Int, of target: BoundSource) {
    guard isNullLiteral(value), case .table(let table)? = states[target.id.rawValue]?.content, !table.isVirtual,
      table.columns.indices.contains(column), table.columns[column].isNotNull, table.rowidAlias != column
    else { return }
    diagnose(.storedNull(column: table.columns[column].name, table: table.name), at: value.range)
  }

  /// What a column wants of the value stored in it.
  private func stored(in target: BoundSource, column: Int) -> Expectation {
    guard let state = states[target.id.rawValue] else { return .plain(.any) }
    var value = baseValue(of: column, in: state)
    let optionality: Expectation.Optionality = value.nullability.canBeNull ? .stored : .required
    value.facts.nullability = .never
    let name: String
    if case .table(let table) = state.content, table.columns.indices.contains(column) {
      name = table.columns[column].name
      if isFullText(table), value.facts.storage == .any {
        return Expectation(value, .strong, .stored, name: name)
      }
    } else {
      name = "rowid"
    }
    return Expectation(value, .strong, optionality, name: name)
  }
}
