// What a table wants of its rows, as SQLite tells it.

import SQLCDiagnostics
public import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension SQLiteTrialDatabase {
  public func tables(_ expectations: ColumnExpectations, only: Set<String>?) throws(TrialFailure) -> [TrialTable] {
    do throws(SQLiteFailure) {
      var tables = try described(only).map { $0.table(expectations, engine.keyNulls) }
      markReferredToByNumbers(&tables)
      return tables
    } catch {
      throw failure(error)
    }
  }

  /// Tables that can have rows, with their definitions and those of their indexes and triggers.
  private func described(_ only: Set<String>?) throws(SQLiteFailure) -> [DescribedTable] {
    let rows = try handle.definitions(ofTables: only).filter { $0.sql != nil && !$0.table.hasPrefix("sqlite_") }
    let hasVirtual = rows.contains(where: \.isVirtual)
    let shadows = hasVirtual ? Set(try handle.listTables().filter(\.isShadow).map(\.name)) : []
    var tables = rows.filter { $0.type == "table" && !shadows.contains($0.name) }.map { row in
      TableDescription(name: row.name, kind: row.isVirtual ? .virtual : .table)
    }
    tables.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try handle.describe(&tables)
    let definitions = Dictionary(grouping: rows) { $0.table.lowercased() }
    return tables.map { table in
      let of = definitions[table.name.lowercased()] ?? []
      // The table's own first, then those of its indexes and triggers as they were made.
      let own = of.filter { $0.type == "table" } + of.filter { $0.type == "index" || $0.type == "trigger" }
      return DescribedTable(description: table, definitions: own.compactMap(\.sql))
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
}

private struct DescribedTable {
  let description: TableDescription
  /// Its own, and those of its indexes and triggers.
  let definitions: [String]

  func table(_ expectations: ColumnExpectations, _ keyNulls: KeyNulls) -> TrialTable {
    var kind = TrialTable.Kind.ordinary
    if description.kind == .virtual {
      kind = definitions.first.map(showsAnotherTable) == true ? .derived : .module
    }
    var table = TrialTable(
      name: description.name, kind: kind, columns: description.columns.filter { !$0.isHidden }.map(column),
      foreignKeys: description.foreignKeys.map {
        .init(columns: $0.columns, parent: $0.parentTable, parentColumns: $0.parentColumns)
      })
    markKeys(&table, keyNulls)
    for index in table.columns.indices {
      if let type = expectations.types[table.key]?[table.columns[index].key] {
        table.columns[index].kind = ValueKind(type)
      }
      // The columns of a full-text table have no declared type, and hold text (fts5.html).
      if kind != .ordinary, table.columns[index].kind == .any { table.columns[index].kind = .text }
    }
    addRules(expectations, to: &table)
    for index in table.columns.indices where expectations.json.contains(table.columns[index].key) {
      switch table.columns[index].kind {
      case .text, .any, .json, .blob: table.columns[index].hints.wantsJSON = true
      default: break
      }
    }
    return table
  }

  private func column(_ column: TableDescription.Column) -> TrialTable.Column {
    TrialTable.Column(
      name: column.name, declaredType: column.declaredType, mayBeNull: !column.isNotNull,
      keyPlace: column.primaryKeyIndex ?? 0, isGenerated: column.visibility != .visible,
      kind: ValueKind(declared: column.declaredType))
  }

  private func markKeys(_ table: inout TrialTable, _ keyNulls: KeyNulls) {
    // Columns that a unique index of all rows has for itself.
    let unique = description.uniqueKeys.filter { !$0.isPartial && $0.terms.count == 1 }
      .compactMap { $0.terms[0].column?.lowercased() }
    // A key that is the rowid needs no index of its own; `INTEGER PRIMARY KEY DESC` has one (lang_createtable.html#rowid).
    let hasKeyIndex = description.indexes.contains { $0.origin == .primaryKey }
    let keyCount = table.primaryKey.count
    for index in table.columns.indices {
      let column = table.columns[index]
      let isWholeKey = column.keyPlace > 0 && keyCount == 1
      table.columns[index].isUnique = isWholeKey || unique.contains(column.key)
      let isRowID = isWholeKey && !hasKeyIndex && column.declaredType.uppercased() == "INTEGER"
      table.columns[index].isNumbered = isRowID
      // A NULL for the rowid is the next number.
      if column.keyPlace > 0, keyNulls == .none || isRowID { table.columns[index].mayBeNull = false }
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

  private func addRules(_ expectations: ColumnExpectations, to table: inout TrialTable) {
    table.rules = RowRules(definitions: definitions)
    let hints = valueHints(of: definitions)
    for index in table.columns.indices {
      table.columns[index].hints = hints[table.columns[index].key] ?? ValueHints()
      table.columns[index].hints.asked = asked(table.columns[index], expectations)
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
