// SQLite's own way to change what ALTER TABLE cannot (lang_altertable.html#otheralter): a new table, the rows, the old one
// dropped, the new one renamed. The old table is never renamed, since what refers to it would follow.

import SQLCDiagnostics
import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// What a row is given in a column of the new table.
enum ColumnSource {
  /// As it was.
  case same(String)
  /// As it was, and something else for NULL.
  case unlessNull(String, String)
  case expression(String)
}

/// What becomes of the numbers of rows.
enum RowIDs: Hashable {
  case same
  /// Given anew, in the order of the primary key.
  case renumbered
}

extension DirectionPlanner {
  mutating func rebuildTables(_ difference: SchemaDifference) throws(SQLiteFailure) {
    if difference.rebuilds.allSatisfy(\.after.definition.namesItself), difference.rebuiltModules.isEmpty {
      for change in difference.rebuilds { try rebuild(change) }
      return
    }
    // RENAME has to mend the expressions that name their own table; nothing that could hinder it is left.
    for change in difference.rebuilds where change.after.definition.namesItself { try rebuild(change) }
    let rebuilt = Set(difference.rebuilds.map(\.after.key) + difference.rebuiltModules.map(\.after.key))
    let isHindered = hindersRenaming(rebuilt, difference)
    if isHindered { try beginRenamingAlone() }
    for change in difference.rebuilds where !change.after.definition.namesItself { try rebuild(change) }
    for (before, after) in difference.rebuiltModules { try rebuild(before, as: after) }
    if isHindered { try emit("PRAGMA legacy_alter_table = OFF") }
  }

  private mutating func beginRenamingAlone() throws(SQLiteFailure) {
    try emit(
      "PRAGMA legacy_alter_table = ON",
      comment: "Views and triggers name what is not there for a moment: RENAME looks at its table alone.")
  }

  /// RENAME reads every view and trigger, and fails on one that names a table that is not there.
  ///
  /// - Parameter rebuilt: what is dropped before something else gets its name.
  private func hindersRenaming(_ rebuilt: Set<String>, _ difference: SchemaDifference) -> Bool {
    let missing = rebuilt.union(difference.droppedViews.map(\.key)).union(difference.earlyModules.map(\.key))
    let dropped = Set((difference.droppedViews + difference.droppedTriggers).map(\.object))
    let droppedViews = Set(difference.droppedViews.map(\.key))
    return (before.views + before.triggers).contains { object in
      if dropped.contains(object.object) || droppedViews.contains(object.object.owner ?? "") { return false }
      // A trigger is gone with its own table.
      return !object.mentions.intersection(missing).subtracting([object.object.owner ?? ""]).isEmpty
    }
  }

  private mutating func rebuild(_ change: TableChange) throws(SQLiteFailure) {
    let (old, new) = (change.before, change.after)
    let temporary = before.freeName("sqlc_new_\(new.name)", besides: wanted)
    guard let definition = new.definition.named(temporary) else {
      throw SQLiteFailure(extendedCode: 1, message: "the definition of '\(new.name)' cannot be read")
    }
    try emit(definition, comment: "\(new.name) is built anew: ALTER TABLE cannot change it so.")
    let copy = rowCopy(change)
    if !copy.columns.isEmpty {
      try emit(copy.statement(from: sqlName(old.name), to: sqlName(temporary)))
    }
    if old.isAutoincrement, new.isAutoincrement {
      // It may be higher than any row that is left.
      try emit(
        "DELETE FROM sqlite_sequence WHERE name = \(literal(temporary))",
        comment: "Numbers that were given once are not given again.")
      try emit(
        "INSERT INTO sqlite_sequence (name, seq) SELECT \(literal(temporary)), seq FROM sqlite_sequence WHERE name = \(literal(old.name))"
      )
    }
    try emit("DROP TABLE \(sqlName(old.name))")
    try emit("ALTER TABLE \(sqlName(temporary)) RENAME TO \(sqlName(new.name))")
    examine(change, rowIDs: copy.rowIDs)
  }

  /// A full-text index that keeps its own text, or an R*Tree.
  private mutating func rebuild(_ old: ModuleState, as new: ModuleState) throws(SQLiteFailure) {
    let temporary = before.freeName("sqlc_new_\(new.name)", besides: wanted)
    let words = new.object.sql
    guard let definition = words.renamingModule(to: temporary) else {
      throw SQLiteFailure(extendedCode: 1, message: "the definition of '\(new.name)' cannot be read")
    }
    let common = new.columns.filter { column in old.columns.contains { $0.asciiLowercased == column.asciiLowercased } }
    let list = ((new.isFullText ? ["rowid"] : []) + common.map(sqlName)).joined(separator: ", ")
    try emit(definition, comment: "\(new.name) is built anew with its rows.")
    try copySettings(of: old, new, to: temporary)
    try emit("INSERT INTO \(sqlName(temporary)) (\(list)) SELECT \(list) FROM \(sqlName(old.name))")
    try emit("DROP TABLE \(sqlName(old.name))")
    try emit("ALTER TABLE \(sqlName(temporary)) RENAME TO \(sqlName(new.name))")
    for column in old.columns where !common.contains(where: { $0.asciiLowercased == column.asciiLowercased }) {
      warn(.droppedColumn(column), of: old.name)
    }
    keep(
      KeptTable(
        old: former.table(old.name), new: new.name,
        columns: (new.isFullText ? ["rowid"] : []).map { .init($0, $0, .same) } + common.map { .init($0, $0, .same) }))
  }

  /// A full-text index that is of other rows, or of the same in another way, in place of the one that there is.
  mutating func replace(
    _ old: ModuleState, by new: ModuleState, _ difference: SchemaDifference
  ) throws(SQLiteFailure) {
    let temporary = before.freeName("sqlc_new_\(new.name)", besides: wanted)
    guard let definition = new.object.sql.renamingModule(to: temporary) else {
      throw SQLiteFailure(extendedCode: 1, message: "the definition of '\(new.name)' cannot be read")
    }
    try emit(definition, comment: "\(new.name) is built anew.")
    try copySettings(of: old, new, to: temporary)
    try emit("DROP TABLE \(sqlName(old.name))")
    let isHindered = hindersRenaming([old.key], difference)
    if isHindered { try beginRenamingAlone() }
    try emit("ALTER TABLE \(sqlName(temporary)) RENAME TO \(sqlName(new.name))")
    if isHindered { try emit("PRAGMA legacy_alter_table = OFF") }
  }

  private mutating func copySettings(
    of old: ModuleState, _ new: ModuleState, to temporary: String
  ) throws(SQLiteFailure) {
    guard old.keepsSettings, new.keepsSettings else { return }
    try emit(
      "INSERT INTO \(sqlName(temporary)) (\(sqlName(temporary)), rank) SELECT k, v FROM \(sqlName(old.settingsTable)) WHERE k <> 'version'",
      comment: "Its settings, such as rank.")
  }

  // MARK: Rows

  struct RowCopy {
    var columns: [(name: String, value: String)] = []
    var rowIDs = RowIDs.same
    var order: [String] = []

    func statement(from old: String, to new: String) -> String {
      "INSERT INTO \(new) (\(columns.map(\.name).joined(separator: ", ")))\n"
        + "SELECT \(columns.map(\.value).joined(separator: ", ")) FROM \(old)"
        + (order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))")
    }
  }

  func rowCopy(_ change: TableChange) -> RowCopy {
    let (old, new) = (change.before, change.after)
    var copy = RowCopy()
    if let alias = new.rowIDAlias {
      let key = alias.name.asciiLowercased
      if old.column(key) == nil {
        if backfill(of: alias, in: change) == nil, let rowID = old.rowIDName {
          copy.columns.append((sqlName(alias.name), sqlName(rowID)))
        } else {
          copy.rowIDs = .renumbered
        }
      } else if new.takesRowNumber(key, since: old) {
        copy.rowIDs = .renumbered
        // NULL gets a number that no other row has.
        if let former = old.column(key), !former.isNotNull { copy.order = ["\(sqlName(former.name)) IS NULL"] }
      }
    } else if let name = new.rowIDName {
      if let rowID = old.rowIDName {
        copy.columns.append((sqlName(name), sqlName(rowID)))
      } else {
        copy.rowIDs = .renumbered
      }
    } else if old.rowIDName != nil {
      // There are none any more.
      copy.rowIDs = .renumbered
    }
    if old.rowIDName == nil, new.rowIDName != nil { copy.order = old.primaryKey.map(sqlName) }
    for column in new.storedColumns {
      let name = sqlName(column.name)
      if copy.columns.contains(where: { $0.name == name }) { continue }
      switch source(of: column, in: change) {
      case .same(let source): copy.columns.append((name, source))
      case .unlessNull(let source, let other): copy.columns.append((name, "coalesce(\(source), \(other))"))
      case .expression(let expression): copy.columns.append((name, expression))
      case nil: continue
      }
    }
    return copy
  }

  /// The expression that is given for a column, where it needs one: it is new, of another type, or NOT NULL from now on.
  func backfill(of column: TableDescription.Column, in change: TableChange) -> String? {
    guard let expression = backfills[change.after.key]?[column.name.asciiLowercased] else { return nil }
    guard let former = change.before.column(column.name.asciiLowercased) else { return expression }
    let isWanted =
      change.before.storage(of: former) != change.after.storage(of: column) || (column.isNotNull && !former.isNotNull)
      || (change.after.takesRowNumber(column.name.asciiLowercased, since: change.before) && !former.isNotNull)
    return isWanted ? expression : nil
  }

  /// Nothing where the column takes its default.
  func source(of column: TableDescription.Column, in change: TableChange) -> ColumnSource? {
    let (old, new) = (change.before, change.after)
    let key = column.name.asciiLowercased
    let backfill = backfill(of: column, in: change)
    guard let former = old.column(key) else {
      if let backfill { return .expression(backfill) }
      if direction == .down, column.isNotNull, column.defaultValue == nil {
        return .expression(standIn(for: column, of: new))
      }
      return nil
    }
    let name = sqlName(former.name)
    if let backfill {
      return old.storage(of: former) != new.storage(of: column) ? .expression(backfill) : .unlessNull(name, backfill)
    }
    if refersToNothing(key, in: change) { return .expression("NULL") }
    if column.isNotNull, !former.isNotNull, old.rowIDAlias?.name != former.name {
      if let value = column.defaultValue, value.asciiLowercased != "null" { return .unlessNull(name, value) }
      if direction == .down { return .unlessNull(name, standIn(for: column, of: new)) }
    }
    return .same(name)
  }

  /// The way back makes tables again whose rows are gone: nothing can refer to them.
  func refersToNothing(_ column: String, in change: TableChange) -> Bool {
    guard direction == .down, change.after.column(column)?.isNotNull == false else { return false }
    return change.after.foreignKeys.contains { key in
      key.columns.contains(column) && key.parent != change.after.key && before.table(key.parent) == nil
        && !change.before.foreignKeys.contains(key)
    }
  }

  /// Are rows that a full-text index may be of not as they were?
  func changesIndexedRows(_ change: TableChange) -> Bool {
    if rowCopy(change).rowIDs == .renumbered { return true }
    return change.after.storedColumns.contains { column in
      guard let former = change.before.column(column.name.asciiLowercased) else { return false }
      if !change.after.storage(of: column).keepsValues(of: change.before.storage(of: former)) { return true }
      if case .same? = source(of: column, in: change) { return false }
      return true
    }
  }
}

extension String {
  /// A virtual table's definition under another name.
  fileprivate func renamingModule(to name: String) -> String? {
    let source = SourceFile(path: "", text: self)
    guard case .createVirtualTable(let syntax)? = parseScript(source).value.items.first?.statement else { return nil }
    let range = syntax.name.range
    return source.slice(ByteRange(0, range.lower)) + sqlName(name)
      + source.slice(ByteRange(range.upper, source.text.utf8.count))
  }
}
