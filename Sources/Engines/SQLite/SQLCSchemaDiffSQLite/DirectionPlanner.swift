// One direction of a migration, planned on a database in memory that takes every step at once: what SQLite refuses is not
// planned.

import SQLCEngine
import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// The steps from one schema to another, in an order in which each can be done.
struct DirectionPlanner {
  enum Direction { case up, down }

  let direction: Direction
  /// Has the old schema, and then more and more of the new one.
  let scratch: ProjectConnection
  let wanted: SchemaState
  let renames: RenameSet
  /// By table and column in lower case, as they are called afterwards.
  let backfills: [String: [String: String]]
  /// The old schema; after the renames, with the new names.
  var before: SchemaState
  var former = FormerNames()
  /// What need not be there.
  var repeatables: Set<TrialObject> = []

  private(set) var steps: [PlannedStatement] = []
  private(set) var changes: [String] = []
  private(set) var hazards: [PlanHazard] = []
  private(set) var standIns: [String] = []
  private(set) var kept: [KeptTable] = []
  /// Columns that refer to rows that are gone, as they are called afterwards.
  private(set) var emptied: [PlanChoices.Subject] = []
  /// Views and triggers that were in the way of a rename, as they were: those that are wanted are made again.
  private(set) var steppedAside: [ObjectState] = []

  init(
    _ direction: Direction, from definitions: [String], to wanted: SchemaState, _ renames: RenameSet,
    _ backfills: [String: [String: String]], _ extensions: ScratchExtensions
  ) throws(SQLiteFailure) {
    self.direction = direction
    self.wanted = wanted
    self.renames = renames
    self.backfills = backfills
    scratch = try database(with: definitions, extensions)
    before = try SchemaState(of: scratch)
  }

  // MARK: Steps

  /// Does a step, and notes it.
  mutating func emit(_ sql: String, comment: String? = nil) throws(SQLiteFailure) {
    do throws(SQLiteFailure) {
      try scratch.execute(sql)
    } catch {
      var failure = error
      failure.message += " (in: \(sql))"
      throw failure
    }
    steps.append(PlannedStatement(sql, comment: comment))
  }

  mutating func note(_ change: String) { changes.append(change) }
  mutating func warn(_ kind: PlanHazard.Kind, of table: String) {
    let hazard = PlanHazard(kind, of: former.table(table))
    if !hazards.contains(hazard) { hazards.append(hazard) }
  }
  mutating func makeUp(_ text: String) { standIns.append(text) }
  mutating func empty(_ column: String, of table: String) { emptied.append(.column(column, of: table)) }
  mutating func keep(_ table: KeptTable) { kept.append(table) }
  mutating func stepAside(_ object: ObjectState) throws(SQLiteFailure) {
    steppedAside.append(object)
    try emit(drop(of: object))
  }

  private func drop(of object: ObjectState) -> String {
    let (kind, word): (TrialObject.Kind, String) =
      switch object.object.kind {
      case .table: (.table, "TABLE")
      case .view: (.view, "VIEW")
      case .index: (.index, "INDEX")
      case .trigger: (.trigger, "TRIGGER")
      }
    let condition = repeatables.contains { $0.kind == kind && $0.name == object.key } ? "IF EXISTS " : ""
    return "DROP \(word) \(condition)\(sqlName(object.name))"
  }

  /// Does `body` on the scratch database and takes it back.
  func trying<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(SQLiteFailure) -> Value {
    try scratch.execute("SAVEPOINT sqlc_trying")
    do throws(SQLiteFailure) {
      let value = try body()
      try scratch.execute("ROLLBACK TO sqlc_trying; RELEASE sqlc_trying")
      return value
    } catch {
      try scratch.execute("ROLLBACK TO sqlc_trying; RELEASE sqlc_trying")
      throw error
    }
  }

  // MARK: The order

  mutating func plan() throws(SQLiteFailure) {
    let difference = try SchemaDifference(self)
    try guardForeignKeys(difference)
    for object in difference.droppedTriggers + difference.droppedViews + difference.droppedIndexes {
      try emit(drop(of: object))
    }
    for module in difference.earlyModules { try emit("DROP TABLE \(sqlName(module.name))") }
    for table in difference.newTables { try emit(table.object.sql) }
    for change in difference.alterations { try alter(change) }
    try rebuildTables(difference)
    for module in difference.remadeModules + difference.droppedModules
    where difference.successor(of: module) == nil { try emit("DROP TABLE \(sqlName(module.name))") }
    for table in difference.droppedTables { try emit("DROP TABLE \(sqlName(table.name))") }
    if direction == .down { try makeUpParents(difference) }
    for index in difference.newIndexes { try emit(index.sql) }
    // A full-text index can be of a view's rows.
    for view in difference.newViews { try emit(view.sql) }
    for module in difference.newModules {
      if let old = difference.remadeModules.first(where: { difference.successor(of: $0)?.key == module.key }) {
        try replace(old, by: module, difference)
      } else {
        try emit(module.object.sql)
      }
      guard module.isFullText, case .external = module.content else { continue }
      try emit(module.rebuildCommand, comment: "Indexes the rows that are there already.")
    }
    for trigger in difference.newTriggers { try emit(trigger.sql) }
    for module in difference.staleModules {
      try emit(module.rebuildCommand, comment: "The rows that it indexes are not as they were.")
    }
    describe(difference)
  }
}

/// A database in memory with a schema.
func database(with definitions: [String], _ extensions: ScratchExtensions) throws(SQLiteFailure) -> ProjectConnection {
  let connection = try ProjectConnection(extensions: extensions, stepsPerStatement: nil)
  try connection.execute("PRAGMA foreign_keys = OFF")
  for definition in definitions { try connection.execute(definition) }
  return connection
}
