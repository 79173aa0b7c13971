// What a table wants of its rows, as SQLite tells it (SQLite, pragma.html: table_list, table_xinfo, foreign_key_list,
// index_list).

import CSQLite
import SQLCDiagnostics
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// A table to fill.
struct TableShape {
  struct Column {
    var name: String
    var declaredType: String
    var isNotNull: Bool
    /// 1-based place in the primary key, 0 outside it.
    var keyPlace: Int
    var isGenerated: Bool
    /// An `INTEGER PRIMARY KEY`: the rowid by another name.
    var isRowID = false
    /// Must differ from row to row.
    var isUnique = false
    /// Columns of numbers refer to this one of text: its texts have to be numbers.
    var isReferredToByNumbers = false
    var family: ValueFamily
    var hints = ValueHints()
    /// In lower case.
    var key: String { name.lowercased() }
  }

  struct ForeignKey {
    var columns: [String]
    var parent: String
    /// Empty when the parent's primary key is meant.
    var parentColumns: [String]

    func has(_ column: Column) -> Bool { columns.contains { $0.lowercased() == column.key } }

    /// The columns that are referred to, in the order of ``columns``.
    func targets(in parent: TableShape) -> [String] {
      parentColumns.isEmpty
        ? parent.columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name) : parentColumns
    }
  }

  var name: String
  var isVirtual: Bool
  var isStrict: Bool
  var columns: [Column]
  var foreignKeys: [ForeignKey]
  /// A full-text table that shows the rows of another table (fts5.html#external_content_tables).
  var isExternal = false
  var rules = RowRules()

  /// In lower case.
  var key: String { name.lowercased() }

  func column(_ name: String) -> Column? { columns.first { $0.name.lowercased() == name.lowercased() } }
}

extension Connection {
  /// Every table that rows can be put into, sorted by name.
  ///
  /// - Parameters:
  ///   - knowledge: what is known of columns beyond what SQLite tells.
  ///   - only: their names in lower case; absent: all.
  func shapes(
    _ knowledge: ColumnKnowledge = ColumnKnowledge(), only: Set<String>? = nil
  ) throws(SQLiteFailure) -> [TableShape] {
    var shapes: [TableShape] = []
    let tables = try rows(
      """
      SELECT l.name, l.type, l.strict, l.wr, s.sql FROM pragma_table_list AS l
      JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'table'
      WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY l.name
      """)
    for table in tables {
      guard case .text(let name) = table[0], only?.contains(name.lowercased()) != false else { continue }
      var shape = TableShape(
        name: name, isVirtual: table[1] == .text("virtual"), isStrict: table[2] == .integer(1),
        columns: try columns(of: name), foreignKeys: try foreignKeys(of: name))
      try markUnique(&shape, isWithoutRowID: table[3] == .integer(1))
      for index in shape.columns.indices {
        let column = shape.columns[index].name
        if let type = knowledge.type(of: column, in: name) {
          shape.columns[index].family = ValueFamily(type)
        }
        // The columns of a full-text table have no declared type, and hold text (fts5.html).
        if shape.isVirtual, shape.columns[index].family == .any { shape.columns[index].family = .text }
      }
      if case .text(let sql) = table[4] {
        if shape.isVirtual { shape.isExternal = showsAnotherTable(sql) }
        addRules(try [sql] + definitions(on: name), knowledge, to: &shape)
      }
      for index in shape.columns.indices where knowledge.json.contains(shape.columns[index].name.lowercased()) {
        switch shape.columns[index].family {
        case .text, .any, .json, .blob: shape.columns[index].hints.wantsJSON = true
        default: break
        }
      }
      shapes.append(shape)
    }
    markReferredToByNumbers(&shapes)
    return shapes
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

  private func markReferredToByNumbers(_ shapes: inout [TableShape]) {
    for child in shapes {
      for key in child.foreignKeys {
        guard let parent = shapes.firstIndex(where: { $0.key == key.parent.lowercased() }) else { continue }
        for (column, target) in zip(key.columns, key.targets(in: shapes[parent])) {
          guard let family = child.column(column)?.family, [.integer, .real, .boolean].contains(family),
            let index = shapes[parent].columns.firstIndex(where: { $0.key == target.lowercased() })
          else { continue }
          shapes[parent].columns[index].isReferredToByNumbers = true
        }
      }
    }
  }

  private func columns(of table: String) throws(SQLiteFailure) -> [TableShape.Column] {
    let found = try rows(
      "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1)", [.text(table)])
    return found.compactMap { row in
      guard case .text(let name) = row[0], case .text(let type) = row[1], case .integer(let place) = row[3],
        row[4] != .integer(1)
      else { return nil }
      return TableShape.Column(
        name: name, declaredType: type, isNotNull: row[2] == .integer(1), keyPlace: Int(place),
        isGenerated: row[4] != .integer(0), family: ValueFamily(declared: type))
    }
  }

  private func foreignKeys(of table: String) throws(SQLiteFailure) -> [TableShape.ForeignKey] {
    var keys: [(id: Value, key: TableShape.ForeignKey)] = []
    let found = try rows(
      "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq", [.text(table)])
    for row in found {
      guard case .text(let parent) = row[1], case .text(let from) = row[2] else { continue }
      if keys.last?.id != row[0] {
        keys.append((row[0], TableShape.ForeignKey(columns: [], parent: parent, parentColumns: [])))
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

  private func markUnique(_ shape: inout TableShape, isWithoutRowID: Bool) throws(SQLiteFailure) {
    let unique = try uniqueColumns(of: shape.name)
    // A key that is the rowid needs no index of its own; `INTEGER PRIMARY KEY DESC` has one (lang_createtable.html#rowid).
    let hasKeyIndex = try !rows("SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'", [.text(shape.name)]).isEmpty
    let keyCount = shape.columns.count { $0.keyPlace > 0 }
    for index in shape.columns.indices {
      let column = shape.columns[index]
      let isWholeKey = column.keyPlace > 0 && keyCount == 1
      shape.columns[index].isUnique = isWholeKey || unique.contains(column.name.lowercased())
      shape.columns[index].isRowID =
        isWholeKey && !isWithoutRowID && !hasKeyIndex && column.declaredType.uppercased() == "INTEGER"
    }
  }

  /// What queries look for in the column, as far as it is of the column's own kind.
  private func asked(_ column: TableShape.Column, _ knowledge: ColumnKnowledge) -> [Value] {
    guard !column.isUnique else { return [] }
    return (knowledge.asked[column.key] ?? []).filter { value in
      switch (column.family, value) {
      case (.text, .text), (.integer, .integer): true
      case (.boolean, .integer(let number)): number == 0 || number == 1
      default: false
      }
    }
  }

  private func addRules(_ definitions: [String], _ knowledge: ColumnKnowledge, to shape: inout TableShape) {
    shape.rules = RowRules(definitions: definitions)
    let hints = valueHints(of: definitions)
    for index in shape.columns.indices {
      shape.columns[index].hints = hints[shape.columns[index].key] ?? ValueHints()
      shape.columns[index].hints.asked = asked(shape.columns[index], knowledge)
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
