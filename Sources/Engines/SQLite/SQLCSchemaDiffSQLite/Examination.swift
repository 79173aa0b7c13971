// What a changed table keeps, loses and refuses.

import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension DirectionPlanner {
  /// Notes what becomes of the table's rows.
  mutating func examine(_ change: TableChange, rowIDs: RowIDs) {
    let (old, new) = (change.before, change.after)
    var columns: [KeptTable.Column] = []
    let name = former.table(old.name)
    for column in new.storedColumns {
      guard let before = old.column(column.name.asciiLowercased), before.visibility == .visible else { continue }
      let formerName = former.column(before.name, of: old.name)
      let isConverted = !new.storage(of: column).keepsValues(of: old.storage(of: before))
      switch source(of: column, in: change) {
      case .same? where !new.takesRowNumber(column.name.asciiLowercased, since: old):
        columns.append(.init(formerName, column.name, isConverted ? .converted : .same))
      case .same?, .unlessNull?:
        columns.append(.init(formerName, column.name, isConverted ? .convertedUnlessNull : .sameUnlessNull))
      case .expression?, nil:
        guard refersToNothing(column.name.asciiLowercased, in: change) else { continue }
        empty(column.name, of: new.name)
        makeUp("'\(new.name).\(column.name)' is NULL: the rows it referred to are gone")
      }
    }
    if rowIDs == .same, old.rowIDAlias == nil, new.rowIDAlias == nil, let rowID = old.rowIDName, rowID == new.rowIDName
    {
      columns.append(.init(rowID, rowID, .same))
    }
    keep(
      KeptTable(
        old: name, new: new.name, columns: columns, keepsNumbers: old.isAutoincrement && new.isAutoincrement))
    warnOfColumns(change)
    warnOfRules(change)
    warnOfKeys(change)
  }

  private mutating func warnOfColumns(_ change: TableChange) {
    let (old, new) = (change.before, change.after)
    for column in change.droppedColumns where column.visibility == .visible {
      warn(.droppedColumn(former.column(column.name, of: old.name)), of: old.name)
    }
    if new.description.isStrict, !old.description.isStrict { warn(.strict, of: old.name) }
    for column in new.description.columns {
      guard let before = old.column(column.name.asciiLowercased) else {
        if column.visibility == .visible, column.isNotNull, column.defaultValue == nil { lacksValue(column, change) }
        continue
      }
      let formerName = former.column(before.name, of: old.name)
      if column.visibility != .visible {
        if before.visibility == .visible { warn(.generated(formerName), of: old.name) }
        continue
      }
      let (oldStorage, newStorage) = (old.storage(of: before), new.storage(of: column))
      if oldStorage != newStorage, backfill(of: column, in: change) == nil {
        if before.declaredType.asciiLowercased != column.declaredType.asciiLowercased {
          warn(.changedType(formerName, from: before.declaredType, to: column.declaredType), of: old.name)
        } else if !newStorage.keepsValues(of: oldStorage) {
          warn(.converting(formerName, type: column.declaredType), of: old.name)
        }
      }
      if new.takesRowNumber(column.name.asciiLowercased, since: old),
        !(oldStorage == .strict("integer") && before.isNotNull)
      {
        warn(.rowNumber(formerName), of: old.name)
      }
      if column.isNotNull, !before.isNotNull, old.rowIDAlias?.name != before.name, column.defaultValue == nil {
        lacksValue(column, change)
      }
    }
  }

  /// A column that is to be NOT NULL, and nothing says by which value.
  private mutating func lacksValue(_ column: TableDescription.Column, _ change: TableChange) {
    if backfill(of: column, in: change) != nil { return }
    // The number of the row stands for a new key.
    if change.after.rowIDAlias?.name == column.name, change.before.rowIDName != nil { return }
    switch direction {
    case .up:
      let clause = change.after.definition.conflict([.notNull], of: [column.name.asciiLowercased])
      warn(.notNull(column.name, clause == .ignore ? .deleted : .refused), of: change.before.name)
    case .down:
      let value = standIn(for: column, of: change.after)
      makeUp("'\(change.after.name).\(column.name)' is \(value) where nothing is known of it any more")
    }
  }

  private mutating func warnOfRules(_ change: TableChange) {
    let (old, new) = (change.before, change.after)
    let added = Set(change.addedColumns.map(\.name.asciiLowercased))
    let known = Set(old.checks)
    for check in new.definition.checks where !known.contains(check.words) {
      if holdsForDefaults(check, change) { continue }
      warn(.newCheck(check.text), of: old.name)
    }
    let oldForeignKeys = Set(old.foreignKeys.map(\.link))
    for key in new.foreignKeys where !oldForeignKeys.contains(key.link) {
      if key.columns.contains(where: { added.contains($0) && !hasValue($0, in: change) }) { continue }
      warn(.newForeignKey(key.columns), of: old.name)
    }
  }

  /// Of a table that stays, changed or not: an index can be new by itself.
  mutating func warnOfKeys(_ change: TableChange) {
    let (old, new) = (change.before, change.after)
    let added = Set(change.addedColumns.map(\.name.asciiLowercased))
    let oldKeys = before.keys(of: old)
    for key in wanted.keys(of: new) where !oldKeys.contains(where: { $0.implies(key) }) {
      if !key.columns.keys.allSatisfy({ !added.contains($0) || hasValue($0, in: change) }) { continue }
      // The number of the row stands for a new key.
      if let alias = new.rowIDAlias?.name.asciiLowercased, key.columns.keys.first == alias, added.contains(alias) {
        continue
      }
      let clause =
        key.expressions == nil && key.condition == nil
        ? new.definition.conflict([.primaryKey, .unique], of: Set(key.columns.keys)) : nil
      let conflict: PlanHazard.Conflict = clause == .replace || clause == .ignore ? .deleted : .refused
      warn(.newKey(key.parts, conflict), of: old.name)
    }
  }

  /// Has a new column a value other than NULL?
  private func hasValue(_ column: String, in change: TableChange) -> Bool {
    guard let found = change.after.column(column) else { return true }
    if backfill(of: found, in: change) != nil || found.isNotNull || found.visibility != .visible { return true }
    return found.defaultValue.map { $0.asciiLowercased != "null" } ?? false
  }

  /// Is the check about new columns alone, and true of their defaults, in every row alike?
  private func holdsForDefaults(_ check: (words: SchemaTokens, text: String), _ change: TableChange) -> Bool {
    let columns = change.after.description.columns.filter { check.words.names.contains($0.name.asciiLowercased) }
    guard !columns.isEmpty,
      columns.allSatisfy({ column in
        let key = column.name.asciiLowercased
        return change.before.column(key) == nil && column.visibility == .visible
          && backfill(of: column, in: change) == nil
      })
    else { return false }
    let row = columns.map { "\($0.defaultValue.map { "(\($0))" } ?? "NULL") AS \(sqlName($0.name))" }
    let condition =
      "SELECT 1 FROM (SELECT \(row.joined(separator: ", "))) AS \(sqlName(change.after.name)) WHERE (\(check.text)) IS NOT FALSE"
    let answer = try? scratch.explaining { () throws(SQLiteFailure) in try scratch.database.texts(condition) }
    return answer?.isEmpty == false
  }

  // MARK: Tables that go, and words

  mutating func describe(_ difference: SchemaDifference) {
    for table in renames.tables { note("table \(table.old) renamed to \(table.new)") }
    for column in renames.columns { note("column \(column.oldTable).\(column.old) renamed to \(column.new)") }
    for table in difference.droppedTables {
      note("table \(former.table(table.name)) dropped")
      warn(.droppedTable, of: table.name)
    }
    for table in difference.newTables { note("table \(table.name) added") }
    for (change, how) in difference.alterations.map({ ($0, "") }) + difference.rebuilds.map({ ($0, " (built anew)") }) {
      let name = change.after.name
      let words =
        change.addedColumns.map { "column \(name).\($0.name) added" }
        + change.droppedColumns.map { "column \(name).\(former.column($0.name, of: name)) dropped" }
      for word in words.isEmpty ? ["table \(name) changed"] : words { note(word + how) }
    }
    let lists: [([ObjectState], [ObjectState])] = [
      (difference.droppedIndexes, difference.newIndexes), (difference.droppedViews, difference.newViews),
      (difference.droppedTriggers, difference.newTriggers),
    ]
    let rebuilt = Set(difference.rebuilds.map(\.after.key))
    let stepped = Set(steppedAside.map(\.object.name))
    for object in steppedAside where wanted.object(object.object.kind, object.key) == nil {
      note("\(object.object.kind.rawValue) \(object.name) dropped")
    }
    for (dropped, new) in lists {
      for object in dropped where !new.contains(where: { $0.key == object.key }) {
        note("\(object.object.kind.rawValue) \(object.name) dropped")
      }
      for object in new where !rebuilt.contains(object.object.owner ?? "") {
        let isChange = stepped.contains(object.key) || dropped.contains { $0.key == object.key }
        note("\(object.object.kind.rawValue) \(object.name) \(isChange ? "changed" : "added")")
      }
    }
    describeModules(difference)
    keepUntouchedTables(difference)
  }

  private mutating func describeModules(_ difference: SchemaDifference) {
    for (_, after) in difference.rebuiltModules { note("virtual table \(after.name) changed (built anew)") }
    let made = Set(difference.newModules.map(\.key))
    for module in difference.droppedModules + difference.remadeModules + difference.earlyModules {
      note("virtual table \(former.table(module.name)) \(made.contains(module.key) ? "changed" : "dropped")")
      switch module.content {
      case .external: break
      case .own, .none, .unknown: warn(made.contains(module.key) ? .unreadable : .droppedTable, of: module.name)
      }
    }
    let remade = Set(difference.remadeModules.map(\.key))
    for module in difference.newModules where !remade.contains(module.key) {
      note("virtual table \(module.name) added")
    }
  }

  /// Tables that no step is about keep everything.
  private mutating func keepUntouchedTables(_ difference: SchemaDifference) {
    let changed = Set((difference.alterations + difference.rebuilds).map(\.after.key))
    for table in wanted.tables where !changed.contains(table.key) {
      guard let old = before.table(table.key) else { continue }
      warnOfKeys(TableChange(before: old, after: table))
      let rowID = old.rowIDAlias == nil ? old.rowIDName.map { [$0] } ?? [] : []
      keep(
        KeptTable(
          old: former.table(old.name), new: table.name,
          columns: old.storedColumns.map { .init(former.column($0.name, of: old.name), $0.name, .same) }
            + rowID.map { .init($0, $0, .same) }, keepsNumbers: old.isAutoincrement))
    }
  }
}

extension ForeignKeyFact {
  /// What it asks of rows, without what it does.
  fileprivate var link: [[String]] { [columns, [parent], parentColumns] }
}
