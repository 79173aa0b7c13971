// `migrate diff` for SQLite.

public import SQLCEngine
public import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// Compares schemas as SQLite has them, and plans each direction on a database in memory.
public struct SQLiteSchemaPlanner: SchemaPlanner {
  /// What the application registers.
  let extensions: ScratchExtensions

  public init(extensions: ScratchExtensions = ScratchExtensions()) { self.extensions = extensions }

  public func plan(
    from definitions: [String], to wanted: [String], _ choices: PlanChoices
  ) throws(SchemaPlanFailure) -> SchemaPlanAnswer {
    do throws(SQLiteFailure) {
      return try answer(definitions, wanted, choices)
    } catch {
      throw SchemaPlanFailure(error.message)
    }
  }

  private func answer(
    _ definitions: [String], _ wanted: [String], _ choices: PlanChoices
  ) throws(SQLiteFailure) -> SchemaPlanAnswer {
    let old = try SchemaState(of: database(with: definitions, extensions))
    let new = try SchemaState(of: database(with: wanted, extensions))
    let renames: RenameSet
    let backfills: Backfills
    do throws(SchemaPlanFailure) {
      renames = try RenameSet(choices.renames, from: old, to: new)
      backfills = try Backfills(choices.backfills, old, new)
    } catch {
      throw SQLiteFailure(extendedCode: 1, message: error.message)
    }
    var up = try DirectionPlanner(.up, from: definitions, to: new, renames, backfills.up, extensions)
    var prologue: [PlannedStatement] = []
    switch choices.repeatables {
    case .none: break
    case .staying(let objects): up.repeatables = Set(objects)
    case .madeAnew(let objects): prologue = withdrawal(of: objects)
    }
    try up.rename()
    let questions = renameQuestions(up.before, new, drops: choices.drops, up.former)
    if !questions.isEmpty { return .undecided(questions) }
    try up.plan()
    if up.steps.isEmpty { return .same }
    var down = try DirectionPlanner(.down, from: wanted, to: old, renames.inverted, backfills.down, extensions)
    down.repeatables = up.repeatables
    try down.rename()
    try down.plan()
    try confirm(up, new)
    try confirm(down, old)
    return .plan(
      SchemaPlan(
        up: prologue + up.steps, down: down.steps, changes: up.changes, hazards: up.hazards, standIns: down.standIns,
        kept: kept(up, down)))
  }

  /// Triggers first: a view takes its own along.
  private func withdrawal(of objects: [TrialObject]) -> [PlannedStatement] {
    let kinds: [(kind: TrialObject.Kind, word: String)] = [(.trigger, "TRIGGER"), (.view, "VIEW")]
    let drops = kinds.flatMap { kind, word in
      objects.filter { $0.kind == kind }.map { "DROP \(word) IF EXISTS \(sqlName($0.name))" }
    }
    return drops.enumerated().map { index, sql in
      PlannedStatement(sql, comment: index == 0 ? "Made again by a repeatable migration, which has changed." : nil)
    }
  }

  /// What stays going up, and what of it the way back cannot keep.
  private func kept(_ up: DirectionPlanner, _ down: DirectionPlanner) -> [KeptTable] {
    up.kept.map { table in
      var table = table
      for index in table.columns.indices
      where down.emptied.contains(.column(table.columns[index].old, of: table.old)) {
        table.columns[index].values = .sameGoingUp
      }
      return table
    }
  }

  /// The one introspection, on what the steps made of empty tables.
  private func confirm(_ planner: DirectionPlanner, _ wanted: SchemaState) throws(SQLiteFailure) {
    let reached = try SchemaState(of: planner.scratch)
    let facts = { (state: SchemaState) in
      Dictionary(
        uniqueKeysWithValues: (state.tables.map(\.object) + state.modules.map(\.object) + state.views + state.indexes
          + state.triggers).map { ($0.object, $0.details) })
    }
    let (ours, theirs) = (facts(reached), facts(wanted))
    let wrong = Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }
      .map { "\($0.kind.rawValue) \($0.name)" }
    let clauses = wanted.tables.filter { table in
      reached.table(table.key)?.definition.clauses != table.definition.clauses
    }
    .map { "table \($0.name)" }
    guard let first = (wrong + clauses).sorted().first else { return }
    throw SQLiteFailure(
      extendedCode: 1, message: "no steps are known that lead to the wanted schema: \(first) would be another")
  }
}

/// Expressions for columns, by table and column in lower case.
private struct Backfills {
  var up: [String: [String: String]] = [:]
  var down: [String: [String: String]] = [:]

  /// The command's own before those of the schemas' comments.
  init(
    _ backfills: [PlanChoices.Backfill], _ old: SchemaState, _ new: SchemaState
  ) throws(SchemaPlanFailure) {
    for table in new.tables where !table.definition.backfills.isEmpty { up[table.key] = table.definition.backfills }
    for table in old.tables where !table.definition.backfills.isEmpty { down[table.key] = table.definition.backfills }
    for backfill in backfills {
      let (table, column) = (backfill.table.asciiLowercased, backfill.column.asciiLowercased)
      let isNew = new.table(table)?.column(column) != nil
      let isOld = old.table(table)?.column(column) != nil
      guard isNew || isOld else {
        throw SchemaPlanFailure("there is no column '\(backfill.table).\(backfill.column)' to give a value")
      }
      if isNew { up[table, default: [:]][column] = backfill.expression }
      if isOld { down[table, default: [:]][column] = backfill.expression }
    }
  }
}
