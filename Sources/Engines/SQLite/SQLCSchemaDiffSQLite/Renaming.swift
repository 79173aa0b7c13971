// Renames come first, while the old schema is whole: SQLite rewrites every definition that says the old name.

import SQLCEngine
import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// Renames with their tables found. All names as they are written.
struct RenameSet {
  struct Table { var old: String, new: String }
  struct Column { var oldTable: String, newTable: String, old: String, new: String }
  var tables: [Table] = []
  var columns: [Column] = []

  /// Of the way back.
  var inverted: RenameSet {
    RenameSet(
      tables: tables.map { Table(old: $0.new, new: $0.old) },
      columns: columns.map { Column(oldTable: $0.newTable, newTable: $0.oldTable, old: $0.new, new: $0.old) })
  }

  init(tables: [Table] = [], columns: [Column] = []) {
    self.tables = tables
    self.columns = columns
  }

  /// - Throws: where a rename names what is not there, or leads to what will not be there.
  init(_ renames: [PlanChoices.Rename], from old: SchemaState, to new: SchemaState) throws(SchemaPlanFailure) {
    func hasTable(_ name: String, _ state: SchemaState) -> Bool {
      state.table(name.asciiLowercased) != nil || state.module(name.asciiLowercased) != nil
    }
    for rename in renames {
      guard case .table(let table) = rename.old else { continue }
      guard hasTable(table, old) else { throw SchemaPlanFailure("there is no table '\(table)' to rename") }
      guard hasTable(rename.new, new) else {
        throw SchemaPlanFailure("the wanted schema has no table '\(rename.new)' that '\(table)' could become")
      }
      guard !tables.contains(where: { $0.new.asciiLowercased == rename.new.asciiLowercased }) else {
        throw SchemaPlanFailure("two tables cannot both become '\(rename.new)'")
      }
      tables.append(Table(old: table, new: rename.new))
    }
    for rename in renames {
      guard case .column(let column, let named) = rename.old else { continue }
      // The table may be called by either of its names.
      let table =
        tables.first { [$0.old.asciiLowercased, $0.new.asciiLowercased].contains(named.asciiLowercased) }
        ?? Table(old: named, new: named)
      guard let before = old.table(table.old.asciiLowercased), let after = new.table(table.new.asciiLowercased) else {
        throw SchemaPlanFailure("there is no table '\(named)' whose column '\(column)' could be renamed")
      }
      guard let found = before.column(column.asciiLowercased) else {
        throw SchemaPlanFailure("'\(before.name)' has no column '\(column)' to rename")
      }
      guard let wanted = after.column(rename.new.asciiLowercased) else {
        throw SchemaPlanFailure("'\(after.name)' has no column '\(rename.new)' in the wanted schema")
      }
      let isTaken = columns.contains { one in
        one.newTable.asciiLowercased == after.key && one.new.asciiLowercased == rename.new.asciiLowercased
      }
      if isTaken { throw SchemaPlanFailure("two columns of '\(after.name)' cannot both become '\(rename.new)'") }
      columns.append(Column(oldTable: before.name, newTable: after.name, old: found.name, new: wanted.name))
    }
  }
}

/// What a name was before the renames, for what is said of it.
struct FormerNames {
  private var tables: [String: String] = [:]
  private var columns: [String: [String: String]] = [:]

  func table(_ name: String) -> String { tables[name.asciiLowercased] ?? name }
  func column(_ name: String, of table: String) -> String {
    columns[table.asciiLowercased]?[name.asciiLowercased] ?? name
  }

  mutating func rename(table old: String, to new: String) {
    let former = self.table(old)
    tables[old.asciiLowercased] = nil
    tables[new.asciiLowercased] = former
    columns[new.asciiLowercased] = columns.removeValue(forKey: old.asciiLowercased)
  }

  mutating func rename(column old: String, of table: String, to new: String) {
    let former = column(old, of: table)
    columns[table.asciiLowercased, default: [:]][old.asciiLowercased] = nil
    columns[table.asciiLowercased, default: [:]][new.asciiLowercased] = former
  }
}

extension DirectionPlanner {
  /// Renames one after another. What has the new name and does not keep it steps aside first, under a name that nothing has.
  mutating func rename() throws(SQLiteFailure) {
    var pending = renames.tables.filter { $0.old != $0.new }
    while !pending.isEmpty {
      let taken = Set(pending.map { $0.old.asciiLowercased })
      let free = pending.firstIndex { one in
        one.new.asciiLowercased == one.old.asciiLowercased || !taken.contains(one.new.asciiLowercased)
      }
      if let free {
        let next = pending.remove(at: free)
        if next.new.asciiLowercased != next.old.asciiLowercased { try stepAside(next.new) }
        try rename(table: next.old, to: next.new)
      } else {
        // They change names in a circle.
        let aside = before.freeName("sqlc_old_\(pending[0].old)", besides: wanted)
        try rename(table: pending[0].old, to: aside)
        pending[0].old = aside
      }
    }
    try renameColumns()
    before = try SchemaState(of: scratch)
  }

  private mutating func stepAside(_ name: String) throws(SQLiteFailure) {
    before = try SchemaState(of: scratch)
    guard let table = before.table(name.asciiLowercased)?.name ?? before.module(name.asciiLowercased)?.name else {
      return
    }
    try rename(table: table, to: before.freeName("sqlc_old_\(table)", besides: wanted))
  }

  private mutating func rename(table old: String, to new: String) throws(SQLiteFailure) {
    try emitRename("ALTER TABLE \(sqlName(old)) RENAME TO \(sqlName(new))", of: old)
    former.rename(table: old, to: new)
  }

  private mutating func renameColumns() throws(SQLiteFailure) {
    before = try SchemaState(of: scratch)
    for table in Set(renames.columns.map(\.newTable)).sorted() {
      var pending = renames.columns.filter { $0.newTable == table && $0.old != $0.new }
      while !pending.isEmpty {
        let taken = Set(pending.map { $0.old.asciiLowercased })
        let free = pending.firstIndex { one in
          one.new.asciiLowercased == one.old.asciiLowercased || !taken.contains(one.new.asciiLowercased)
        }
        if let free {
          let next = pending.remove(at: free)
          if next.new.asciiLowercased != next.old.asciiLowercased {
            before = try SchemaState(of: scratch)
            if let other = before.table(table.asciiLowercased)?.column(next.new.asciiLowercased) {
              try rename(column: other.name, of: table, to: freeColumn("sqlc_old_\(other.name)", of: table))
            }
          }
          try rename(column: next.old, of: table, to: next.new)
        } else {
          let aside = freeColumn("sqlc_old_\(pending[0].old)", of: table)
          try rename(column: pending[0].old, of: table, to: aside)
          pending[0].old = aside
        }
      }
    }
  }

  private mutating func rename(column old: String, of table: String, to new: String) throws(SQLiteFailure) {
    try emitRename("ALTER TABLE \(sqlName(table)) RENAME COLUMN \(sqlName(old)) TO \(sqlName(new))", of: table)
    former.rename(column: old, of: table, to: new)
  }

  /// SQLite rewrites what names the table. What it cannot rewrite (a view over a view that has the column) keeps it from
  /// renaming; then all that depends on the table is dropped, and made again afterwards.
  private mutating func emitRename(_ sql: String, of table: String) throws(SQLiteFailure) {
    let isPossible = try trying { () throws(SQLiteFailure) in (try? scratch.execute(sql)) != nil }
    if !isPossible {
      let dependents = try SchemaState(of: scratch).dependents(of: [table.asciiLowercased])
      for trigger in dependents where trigger.object.kind == .trigger { try stepAside(trigger) }
      for view in dependents.reversed() where view.object.kind == .view { try stepAside(view) }
    }
    try emit(sql)
  }

  private func freeColumn(_ name: String, of table: String) -> String {
    let states = [before.table(table.asciiLowercased), wanted.table(table.asciiLowercased)]
    let taken = Set(states.flatMap { $0?.description.columns.map(\.name.asciiLowercased) ?? [] })
    var free = name
    var number = 2
    while taken.contains(free.asciiLowercased) {
      free = "\(name)_\(number)"
      number += 1
    }
    return free
  }
}
