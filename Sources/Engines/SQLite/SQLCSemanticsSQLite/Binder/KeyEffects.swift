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
    // SQLite, fkey.c, sqlite3FkActions: OE_Abort.
    resolving(.abort) { effects in
      if isDelete, action == .cascade {
        effects.deleted(from: child, firesTriggers: true)
      } else {
        effects.updated(child, columns: Set(key.columns))
      }
    }
    depth -= 1
  }

  // MARK: Rows that are in the way

  /// Does `body` with what the statement at hand does about conflicts, in the triggers that it fires too.
  mutating func resolving(_ resolution: ConflictResolution?, _ body: (inout Effects) -> Void) {
    let outer = self.resolution
    self.resolution = resolution
    body(&self)
    self.resolution = outer
  }

  /// May an INSERT delete the row that has a key already? By OR REPLACE, or by the key's own ON CONFLICT REPLACE, but not where
  /// an upsert takes the key.
  func replacesRows(of table: Table, _ upserts: [BoundUpsert]) -> Bool {
    if upserts.contains(where: \.target.isEmpty) { return false }
    let taken = upserts.map { upsert in
      Set(upsert.target.compactMap { if case .column(let column) = $0.kind { column.index } else { nil } })
    }
    return keysThatReplace(of: table).contains { !taken.contains($0) }
  }

  /// The same for an UPDATE: SQLite looks at the keys of which a column changes, and at all of them when the row's own key does
  /// (update.c, sqlite3Update).
  func replacesRows(of table: Table, changing columns: Set<Int>) -> Bool {
    let changed = Set(columns.map { $0 < 0 ? table.rowidAlias ?? $0 : $0 })
    let rowKey = table.isWithoutRowID ? Set(table.primaryKey) : [table.rowidAlias ?? BoundColumn.rowid]
    let keys = keysThatReplace(of: table)
    return changed.isDisjoint(with: rowKey) ? keys.contains { !changed.isDisjoint(with: $0) } : !keys.isEmpty
  }

  private func keysThatReplace(of table: Table) -> [Set<Int>] {
    switch resolution {
    case .replace:
      return ([table.primaryKey] + table.uniqueKeys.map(\.columns) + table.indexKeys.map(\.columnsRead)).map(Set.init)
        .filter { !$0.isEmpty }
    case nil: return table.replacingKeys.map(Set.init)
    case .rollback, .abort, .fail, .ignore: return []
    }
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
