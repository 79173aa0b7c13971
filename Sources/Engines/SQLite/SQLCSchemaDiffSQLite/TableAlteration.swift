// What ALTER TABLE can do (lang_altertable.html), found by doing it.

import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension DirectionPlanner {
  /// Do ADD COLUMN and DROP COLUMN lead to the wanted table, on tables with rows too?
  func canAlter(_ change: TableChange, _ difference: SchemaDifference) throws(SQLiteFailure) -> Bool {
    if change.addedColumns.isEmpty && change.droppedColumns.isEmpty { return false }
    if change.after.storedColumns.contains(where: { backfill(of: $0, in: change) != nil }) { return false }
    // A column that was kept and is another now.
    let (old, new) = (change.before.columnFacts, change.after.columnFacts)
    if old.contains(where: { key, fact in new[key].map { $0 != fact } ?? false }) { return false }
    for column in change.addedColumns where try !canAdd(column, to: change.after) { return false }
    return try trying { () throws(SQLiteFailure) in
      do throws(SQLiteFailure) {
        // They would be in the way of a column that is dropped.
        for trigger in difference.droppedTriggers { try scratch.execute("DROP TRIGGER \(sqlName(trigger.name))") }
        for view in difference.droppedViews { try scratch.execute("DROP VIEW \(sqlName(view.name))") }
        for index in difference.droppedIndexes { try scratch.execute("DROP INDEX \(sqlName(index.name))") }
        for module in difference.earlyModules { try scratch.execute("DROP TABLE \(sqlName(module.name))") }
        for table in difference.newTables { try scratch.execute(table.object.sql) }
        for statement in alterations(of: change) { try scratch.execute(statement) }
        let reached = try SchemaState(of: scratch).table(change.after.key)
        return reached?.isSame(as: change.after) ?? false
      } catch {
        return false
      }
    }
  }

  mutating func alter(_ change: TableChange) throws(SQLiteFailure) {
    for statement in alterations(of: change) { try emit(statement) }
    examine(change, rowIDs: .same)
  }

  /// New columns first: a table cannot be without any.
  private func alterations(of change: TableChange) -> [String] {
    let table = sqlName(change.after.name)
    let added = change.addedColumns.compactMap { column in
      change.after.definition.text(ofColumn: column.name.asciiLowercased).map {
        "ALTER TABLE \(table) ADD COLUMN \($0)"
      }
    }
    // A generated column before those that it is made of.
    let dropped =
      change.droppedColumns.filter { $0.visibility != .visible }
      + change.droppedColumns.filter { $0.visibility == .visible }
    return added + dropped.map { "ALTER TABLE \(table) DROP COLUMN \(sqlName($0.name))" }
  }

  /// Asked of SQLite on a table with a row: a default that is computed, or NOT NULL without one, fails there only.
  private func canAdd(_ column: TableDescription.Column, to table: TableState) throws(SQLiteFailure) -> Bool {
    switch column.visibility {
    case .generatedVirtual: return true
    case .generatedStored, .hidden: return false
    case .visible: break
    }
    let refers = table.foreignKeys.contains { $0.columns.contains(column.name.asciiLowercased) }
    // Where foreign keys are enforced, SQLite wants NULL for its default.
    if refers, let value = column.defaultValue, value.asciiLowercased != "null" { return false }
    let definition =
      "added \(column.declaredType)" + (column.isNotNull ? " NOT NULL" : "")
      + (column.defaultValue.map { " DEFAULT \($0.isPlainDefault ? $0 : "(\($0))")" } ?? "")
    return try trying { () throws(SQLiteFailure) in
      do throws(SQLiteFailure) {
        try scratch.execute("CREATE TEMP TABLE sqlc_trial (kept)")
        try scratch.execute("INSERT INTO temp.sqlc_trial VALUES (1)")
        try scratch.execute("ALTER TABLE temp.sqlc_trial ADD COLUMN \(definition)")
        return true
      } catch {
        return false
      }
    }
  }
}

extension String {
  /// Can it stand behind DEFAULT without parentheses? (CURRENT_TIMESTAMP in them is an expression, and fails all the same.)
  fileprivate var isPlainDefault: Bool {
    let words = SchemaTokens(self).words
    return words.count == 1 || (words.count == 2 && words[0].kind == .symbol) || words.first?.text == "("
  }
}
