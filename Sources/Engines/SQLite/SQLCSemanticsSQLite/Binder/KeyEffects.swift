// What foreign keys make a modification read and write besides its target (SQLite, foreignkeys.html; fkey.c asks the
// authorizer for the parent's key when a child changes, and for the child's columns when a parent does).

import SQLCSyntaxSQLite

extension Effects {
  mutating func inserted(into table: Table, isSingleRow: Bool) {
    followTriggers(of: table.name.asciiLowercased, .insert, [])
    readParents(of: table, columns: nil)
    // One row on its own cannot break or mend an immediate key: only several look at the children.
    let isAlone = isSingleRow && depth == 0 && !hasTriggers(on: table, .insert)
    for (child, key) in children(of: table) where !isAlone || key.isDeferred { reads.insert(child.name) }
  }

  mutating func updated(_ table: Table, columns: Set<Int>) {
    followTriggers(
      of: table.name.asciiLowercased, .update, columns.map { $0 >= 0 ? table.columns[$0].name : "rowid" })
    let changed = Set(columns.map { $0 < 0 ? table.rowidAlias ?? $0 : $0 })
    readParents(of: table, columns: changed)
    for (child, key) in children(of: table) where !changed.isDisjoint(with: parentColumns(of: key, in: table)) {
      reads.insert(child.name)
      act(key.onUpdate, on: child, key, parent: table, isDelete: false)
    }
  }

  mutating func deleted(from table: Table, firesTriggers: Bool) {
    if firesTriggers {
      followTriggers(of: table.name.asciiLowercased, .delete, [])
      readParents(of: table, columns: nil)
    }
    for (child, key) in children(of: table) {
      reads.insert(child.name)
      act(key.onDelete, on: child, key, parent: table, isDelete: true)
    }
  }

  private mutating func act(
    _ action: ForeignKeyClauseSyntax.Action?, on child: Table, _ key: ForeignKey, parent: Table, isDelete: Bool
  ) {
    guard let action, action != .noAction else { return }
    reads.insert(parent.name)
    guard action != .restrict else { return }
    let event = "\(child.name)/\(key.columns)/\(action.rawValue)/\(isDelete)"
    guard followed.insert(event).inserted else { return }
    writes.insert(child.name)
    depth += 1
    if isDelete, action == .cascade {
      deleted(from: child, firesTriggers: true)
    } else {
      updated(child, columns: Set(key.columns))
    }
    depth -= 1
  }

  /// Parents of the keys that the columns belong to; of all keys when there are no columns.
  private mutating func readParents(of table: Table, columns: Set<Int>?) {
    for key in table.foreignKeys where columns.map({ !$0.isDisjoint(with: key.columns) }) ?? true {
      guard case .table(let parent)? = catalog.relation(named: key.parentTable.asciiLowercased) else { continue }
      reads.insert(parent.name)
    }
  }

  private func children(of table: Table) -> [(Table, ForeignKey)] {
    var found: [(Table, ForeignKey)] = []
    for key in catalog.childTables[table.name.asciiLowercased] ?? [] {
      guard case .table(let child)? = catalog.relations[key] else { continue }
      for foreign in child.foreignKeys where sameName(foreign.parentTable, table.name) {
        found.append((child, foreign))
      }
    }
    return found
  }

  private func parentColumns(of key: ForeignKey, in table: Table) -> Set<Int> {
    key.parentColumns.isEmpty
      ? Set(table.primaryKey) : Set(key.parentColumns.compactMap { table.columnIndex(named: $0) })
  }

  private func hasTriggers(on table: Table, _ verb: ModificationVerb) -> Bool {
    catalog.triggers(on: table.name.asciiLowercased).contains { verb.matches($0.syntax.event) }
  }
}
