// What is to be done with each object, decided before anything is done.

import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// A table that is in both schemas and not the same.
struct TableChange {
  let before: TableState
  let after: TableState
  var addedColumns: [TableDescription.Column] {
    after.description.columns.filter { before.column($0.name.asciiLowercased) == nil }
  }
  var droppedColumns: [TableDescription.Column] {
    before.description.columns.filter { after.column($0.name.asciiLowercased) == nil }
  }
}

/// The difference of two schemas, as what becomes of each object. Each list is in the order in which it is done.
struct SchemaDifference {
  private(set) var droppedTriggers: [ObjectState] = []
  private(set) var droppedViews: [ObjectState] = []
  private(set) var droppedIndexes: [ObjectState] = []
  private(set) var newTables: [TableState] = []
  /// By ALTER TABLE alone.
  private(set) var alterations: [TableChange] = []
  private(set) var rebuilds: [TableChange] = []
  private(set) var droppedTables: [TableState] = []
  private(set) var newIndexes: [ObjectState] = []
  private(set) var newViews: [ObjectState] = []
  private(set) var newTriggers: [ObjectState] = []
  /// Virtual tables that keep their rows in a new form.
  private(set) var rebuiltModules: [(before: ModuleState, after: ModuleState)] = []
  /// Virtual tables that are dropped, and made anew after the tables whose rows they show.
  private(set) var remadeModules: [ModuleState] = []
  /// Virtual tables whose names something else takes.
  private(set) var earlyModules: [ModuleState] = []
  private(set) var droppedModules: [ModuleState] = []
  private(set) var newModules: [ModuleState] = []
  /// Full-text indexes of rows that are not as they were.
  private(set) var staleModules: [ModuleState] = []

  init(_ planner: DirectionPlanner) throws(SQLiteFailure) {
    let (old, new) = (planner.before, planner.wanted)
    // A name that is a table's before and a virtual table's after is dropped and made anew.
    droppedTables = Self.parentsLast(old.tables.filter { new.table($0.key) == nil })
    newTables = Self.parentsLast(new.tables.filter { old.table($0.key) == nil }).reversed()
    compareModules(old, new)
    let changes = new.tables.compactMap { after in
      old.table(after.key).flatMap { before in
        before.isSame(as: after) ? nil : TableChange(before: before, after: after)
      }
    }
    compareObjects(old, new, rebuilt: [])
    let changedTriggers = droppedTriggers
    for change in changes {
      if try planner.canAlter(change, self) { alterations.append(change) } else { rebuilds.append(change) }
    }
    let rebuilt = Set(rebuilds.map(\.after.key))
    compareObjects(old, new, rebuilt: rebuilt)
    // DROP COLUMN reads every trigger, and fails on one that names the column: it was tried without those that change, also of
    // tables that are rebuilt after it.
    if alterations.contains(where: { !$0.droppedColumns.isEmpty }) {
      let dropped = Set(droppedTriggers.map(\.object))
      droppedTriggers += changedTriggers.filter { trigger in
        rebuilt.contains(trigger.object.owner ?? "") && !dropped.contains(trigger.object)
      }
    }
    findStaleModules(planner)
  }

  /// Does anything have to be done?
  var isEmpty: Bool {
    droppedTriggers.isEmpty && droppedViews.isEmpty && droppedIndexes.isEmpty && newTables.isEmpty
      && alterations.isEmpty && rebuilds.isEmpty && droppedTables.isEmpty && newIndexes.isEmpty && newViews.isEmpty
      && newTriggers.isEmpty && rebuiltModules.isEmpty && remadeModules.isEmpty && earlyModules.isEmpty
      && droppedModules.isEmpty
      && newModules.isEmpty
  }

  // MARK: Indexes, views, triggers

  /// - Parameter rebuilt: tables that lose their indexes and triggers with their old form.
  private mutating func compareObjects(_ old: SchemaState, _ new: SchemaState, rebuilt: Set<String>) {
    var touched: Set<SchemaObject> = []
    func isSame(_ a: ObjectState, _ b: ObjectState) -> Bool {
      a.object == b.object && a.details == b.details && !touched.contains(a.object)
    }
    let gone = Set(droppedTables.map(\.key)).union(rebuilt)
    let selfNamed = rebuilds.filter(\.after.definition.namesItself).map(\.after.key)
    if !selfNamed.isEmpty {
      let changedViews = old.views.filter { view in !new.views.contains { isSame(view, $0) } }.map(\.key)
      touched = Set(old.dependents(of: selfNamed + changedViews + earlyModules.map(\.key)).map(\.object))
    }
    droppedViews = old.views.filter { view in !new.views.contains { isSame(view, $0) } }
    newViews = new.views.filter { view in !old.views.contains { isSame($0, view) } }
    // DROP VIEW drops its INSTEAD OF triggers.
    let fallen = gone.union(droppedViews.map(\.key))
    // What falls with a table or view that is made again, and is not wanted any more, is dropped by name: it is meant.
    let remade = rebuilt.union(newViews.map(\.key))
    func falls(_ object: ObjectState) -> Bool {
      let owner = object.object.owner ?? ""
      guard fallen.contains(owner) else { return false }
      return !remade.contains(owner) || new.object(object.object.kind, object.key) != nil
    }
    droppedTriggers = old.triggers.filter { trigger in
      if touched.contains(trigger.object) {
        return !droppedViews.contains { $0.key == trigger.object.owner } || !falls(trigger)
      }
      return !falls(trigger) && !new.triggers.contains { isSame(trigger, $0) }
    }
    newTriggers = new.triggers.filter { trigger in
      fallen.contains(trigger.object.owner ?? "") || !old.triggers.contains { isSame($0, trigger) }
    }
    droppedIndexes = old.indexes.filter { index in
      !falls(index) && !new.indexes.contains { isSame(index, $0) }
    }
    newIndexes = new.indexes.filter { index in
      gone.contains(index.object.owner ?? "") || !old.indexes.contains { isSame($0, index) }
    }
  }

  // MARK: Virtual tables

  private mutating func compareModules(_ old: SchemaState, _ new: SchemaState) {
    for before in old.modules {
      guard let after = new.module(before.key) else {
        if new.takenNames.contains(before.key) { earlyModules.append(before) } else { droppedModules.append(before) }
        continue
      }
      if before.object.details == after.object.details { continue }
      if before.content == .own, after.content == .own, before.module == after.module {
        rebuiltModules.append((before, after))
      } else {
        remadeModules.append(before)
      }
    }
    let remade = Set(remadeModules.map(\.key))
    newModules = new.modules.filter { old.module($0.key) == nil || remade.contains($0.key) }
  }

  /// What takes the place of a full-text index that is made anew, with its settings.
  func successor(of module: ModuleState) -> ModuleState? {
    guard module.keepsSettings, remadeModules.contains(where: { $0.key == module.key }) else { return nil }
    return newModules.first { $0.key == module.key && $0.keepsSettings }
  }

  /// Full-text indexes that stay as they are, of tables whose values or rowids do not, and of views that are others now.
  private mutating func findStaleModules(_ planner: DirectionPlanner) {
    var changed = Set(rebuilds.filter { planner.changesIndexedRows($0) }.map(\.after.key))
    for view in newViews where planner.before.object(.view, view.key).map({ $0.details != view.details }) ?? true {
      changed.insert(view.key)
    }
    if changed.isEmpty { return }
    for object in planner.wanted.dependents(of: Array(changed)) where object.object.kind == .view {
      changed.insert(object.key)
    }
    let made = Set(newModules.map(\.key))
    staleModules = planner.wanted.modules.filter { module in
      guard module.isFullText, case .external(let content) = module.content else { return false }
      return changed.contains(content) && !made.contains(module.key)
    }
  }

  /// A table before those that it refers to; otherwise in the order given.
  private static func parentsLast(_ tables: [TableState]) -> [TableState] {
    var rest = tables
    var sorted: [TableState] = []
    while !rest.isEmpty {
      let free = rest.firstIndex { table in
        !rest.contains { other in other.key != table.key && other.foreignKeys.contains { $0.parent == table.key } }
      }
      sorted.append(rest.remove(at: free ?? rest.startIndex))
    }
    return sorted
  }
}
