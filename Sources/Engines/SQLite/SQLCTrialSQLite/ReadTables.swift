// What a table wants of its rows, as SQLite tells it (SQLite, pragma.html: table_list, table_xinfo, foreign_key_list,
// index_list).

import CSQLite
import SQLCDiagnostics
public import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension SQLiteTrialDatabase {
  public func tables(_ expectations: ColumnExpectations, only: Set<String>?) throws(TrialFailure) -> [TrialTable] {
    do throws(SQLiteFailure) {
      return try describedTables(expectations, only)
    } catch {
      throw failure(error)
    }
  }

  private func describedTables(
    _ expectations: ColumnExpectations, _ only: Set<String>?
  ) throws(SQLiteFailure) -> [TrialTable] {
    var tables: [TrialTable] = []
    let found = try rows(
      """
      SELECT l.name, l.type, l.wr, s.sql FROM pragma_table_list AS l
      JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'table'
      WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY l.name
      """)
    for table in found {
      guard case .text(let name) = table[0], only?.contains(name.lowercased()) != false else { continue }
      var shape = TrialTable(
        name: name, kind: table[1] == .text("virtual") ? .module : .ordinary,
        columns: try columns(of: name), foreignKeys: try foreignKeys(of: name))
      try markKeys(&shape, isWithoutRowID: table[2] == .integer(1))
      for index in shape.columns.indices {
        let column = shape.columns[index].name
        if let type = expectations.types[name.lowercased()]?[column.lowercased()] {
          shape.columns[index].kind = ValueKind(type)
        }
        // The columns of a full-text table have no declared type, and hold text (fts5.html).
        if shape.kind == .module, shape.columns[index].kind == .any { shape.columns[index].kind = .text }
      }
      if case .text(let sql) = table[3] {
        if shape.kind == .module, showsAnotherTable(sql) { shape.kind = .derived }
        addRules(try [sql] + definitions(on: name), expectations, to: &shape)
      }
      for index in shape.columns.indices where expectations.json.contains(shape.columns[index].name.lowercased()) {
        switch shape.columns[index].kind {
        case .text, .any, .json, .blob: shape.columns[index].hints.wantsJSON = true
        default: break
        }
      }
      tables.append(shape)
    }
    markReferredToByNumbers(&tables)
    return tables
  }

  /// The indexes and triggers of a table, as they are defined.
  private func definitions(on table: String) throws(SQLiteFailure) -> [String] {
    try rows(
      "SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 COLLATE NOCASE AND type IN ('index', 'trigger')",
      [.text(table)]
    )
    .compactMap { row in
      guard case .text(let sql) = row[0] else { return nil }
      return sql
    }
  }

  private func markReferredToByNumbers(_ tables: inout [TrialTable]) {
    for child in tables {
      for key in child.foreignKeys {
        guard let parent = tables.firstIndex(where: { $0.key == key.parent.lowercased() }) else { continue }
        for (column, target) in zip(key.columns, key.targets(in: tables[parent])) {
          guard let kind = child.column(column)?.kind, [.integer, .real, .boolean].contains(kind),
            let index = tables[parent].columns.firstIndex(where: { $0.key == target.lowercased() })
          else { continue }
          tables[parent].columns[index].isReferredToByNumbers = true
        }
      }
    }
  }

  private func columns(of table: String) throws(SQLiteFailure) -> [TrialTable.Column] {
    let found = try rows(
      "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)", [.text(table)])
    return found.compactMap { row in
      guard case .text(let name) = row[0], case .text(let type) = row[1], case .integer(let place) = row[3],
        row[4] != .integer(1)
      else { return nil }
      return TrialTable.Column(
        name: name, declaredType: type, mayBeNull: row[2] != .integer(1), keyPlace: Int(place),
        isGenerated: row[4] != .integer(0), kind: ValueKind(declared: type))
    }
  }

  private func foreignKeys(of table: String) throws(SQLiteFailure) -> [TrialTable.ForeignKey] {
    var keys: [(id: TrialValue, key: TrialTable.ForeignKey)] = []
    let found = try rows(
      "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq", [.text(table)])
    for row in found {
      guard case .text(let parent) = row[1], case .text(let from) = row[2] else { continue }
      if keys.last?.id != row[0] {
        keys.append((row[0], TrialTable.ForeignKey(columns: [], parent: parent, parentColumns: [])))
      }
      keys[keys.count - 1].key.columns.append(from)
      if case .text(let to) = row[3] { keys[keys.count - 1].key.parentColumns.append(to) }
    }
    return keys.map(\.key)
  }

  /// Columns that a unique index of all rows has for itself.
  private func uniqueColumns(of table: String) throws(SQLiteFailure) -> Set<String> {
    let found = try rows(
      """
      SELECT i.name FROM pragma_index_list(?1) AS l JOIN pragma_index_info(l.name) AS i
      WHERE l."unique" AND NOT l.partial GROUP BY l.name HAVING count(*) = 1
      """, [.text(table)])
    return Set(
      found.compactMap { row in
        guard case .text(let name) = row[0] else { return nil }
        return name.lowercased()
      })
  }

  private func markKeys(_ shape: inout TrialTable, isWithoutRowID: Bool) throws(SQLiteFailure) {
    let unique = try uniqueColumns(of: shape.name)
    // A key that is the rowid needs no index of its own; `INTEGER PRIMARY KEY DESC` has one (lang_createtable.html#rowid).
    let hasKeyIndex = try !rows("SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'", [.text(shape.name)]).isEmpty
    let keyCount = shape.columns.count { $0.keyPlace > 0 }
    for index in shape.columns.indices {
      let column = shape.columns[index]
      let isWholeKey = column.keyPlace > 0 && keyCount == 1
      shape.columns[index].isUnique = isWholeKey || unique.contains(column.name.lowercased())
      let isRowID = isWholeKey && !isWithoutRowID && !hasKeyIndex && column.declaredType.uppercased() == "INTEGER"
      shape.columns[index].isNumbered = isRowID
      // A NULL for the rowid is the next number.
      if column.keyPlace > 0, engine.keyNulls == .none || isRowID { shape.columns[index].mayBeNull = false }
    }
  }

  /// What queries look for in the column, as far as it is of the column's own kind.
  private func asked(_ column: TrialTable.Column, _ expectations: ColumnExpectations) -> [TrialValue] {
    guard !column.isUnique else { return [] }
    return (expectations.asked[column.key] ?? []).filter { value in
      switch (column.kind, value) {
      case (.text, .text), (.integer, .integer): true
      case (.boolean, .integer(let number)): number == 0 || number == 1
      default: false
      }
    }
  }

  private func addRules(_ definitions: [String], _ expectations: ColumnExpectations, to shape: inout TrialTable) {
    shape.rules = RowRules(definitions: definitions)
    let hints = valueHints(of: definitions)
    for index in shape.columns.indices {
      shape.columns[index].hints = hints[shape.columns[index].key] ?? ValueHints()
      shape.columns[index].hints.asked = asked(shape.columns[index], expectations)
    }
  }
}

/// `content='articles'` or `content="articles"`; `content=''` is a table that keeps no text and takes rows all the same.
private func showsAnotherTable(_ sql: String) -> Bool {
  parseScript(SourceFile(path: "schema", text: sql)).value.items.contains { item in
    guard case .createVirtualTable(let table) = item.statement else { return false }
    return table.arguments.contains { argument in
      let parts = argument.text.split(separator: "=", maxSplits: 1).map { part in
        String(part.filter { !$0.isWhitespace && !"'\"`[]".contains($0) })
      }
      return parts.count == 2 && parts[0].lowercased() == "content" && !parts[1].isEmpty
    }
  }
}
