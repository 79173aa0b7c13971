// Reads tables out of SQLite (pragma.html: table_list, table_xinfo, index_list, index_xinfo, foreign_key_list): one statement
// for each kind of fact, whatever the number of tables.
//
// CROSS JOIN keeps the order of the tables: a pragma whose argument comes from a later table gives no row.

import CSQLite
import SQLCRuntimeKit

extension DatabaseHandle {
  /// Names and kinds of all tables and views of the main and the temporary schema, sorted by name.
  ///
  /// SQLite compiles every view for it that it has not compiled yet.
  package func listTables() throws(SQLiteFailure) -> [TableDescription] {
    try rows(
      "SELECT schema, name, type, wr, strict FROM pragma_table_list WHERE schema IN ('main', 'temp') ORDER BY name"
    ) { row in
      TableDescription(
        name: row.text(1), isTemporary: row.text(0) == "temp", kind: .init(rawValue: row.text(2)) ?? .table,
        isWithoutRowID: row.integer(3) != 0, isStrict: row.integer(4) != 0)
    }
  }

  /// Fills in what the tables are made of.
  ///
  /// - Parameter isWanted: of others no more is told than there is.
  package func describe(
    _ tables: inout [TableDescription], where isWanted: (TableDescription) -> Bool = { _ in true }
  ) throws(SQLiteFailure) {
    var places: [Place: Int] = [:]
    for (index, table) in tables.enumerated() where table.kind != .view && isWanted(table) {
      places[Place(schema: table.schema, name: table.name)] = index
    }
    guard !places.isEmpty else { return }
    let list = places.values.sorted().map { "(\(literal(tables[$0].schema)), \(literal(tables[$0].name)))" }
    let names = "WITH l(schema, name) AS (VALUES \(list.joined(separator: ", ")))"
    for (place, column) in try columns(names) {
      if let index = places[place] { tables[index].columns.append(column) }
    }
    for (place, term) in try indexTerms(names) {
      if let index = places[place] { tables[index].append(term) }
    }
    for (place, term) in try foreignKeyTerms(names) {
      if let index = places[place] { tables[index].append(term) }
    }
    for index in places.values { readCollations(of: &tables[index]) }
  }

  /// A table by both its names.
  private struct Place: Hashable {
    var schema: String
    var name: String

    init(schema: String, name: String) {
      self.schema = schema
      self.name = name
    }

    /// From the first two columns of a row.
    init(_ row: StatementHandle) { self.init(schema: row.text(0), name: row.text(1)) }
  }

  private func columns(_ names: String) throws(SQLiteFailure) -> [(Place, TableDescription.Column)] {
    try rows(
      """
      \(names)
      SELECT l.schema, l.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
      FROM l CROSS JOIN pragma_table_xinfo(l.name, l.schema) AS c
      """
    ) { row in
      let key = row.integer(6)
      return (
        Place(row),
        TableDescription.Column(
          name: row.text(2), declaredType: row.text(3), isNotNull: row.integer(4) != 0,
          defaultValue: row.optionalText(5), primaryKeyIndex: key == 0 ? nil : key,
          visibility: .init(rawValue: row.integer(7)) ?? .visible, collation: nil, isAutoincrement: false)
      )
    }
  }

  /// Indexes, each as many times as it has terms, with one at a time.
  private func indexTerms(_ names: String) throws(SQLiteFailure) -> [(Place, TableDescription.Index)] {
    try rows(
      """
      \(names)
      SELECT l.schema, l.name, k.name, k.origin, k."unique", k.partial, t.name, t.coll, t."desc"
      FROM l CROSS JOIN pragma_index_list(l.name, l.schema) AS k CROSS JOIN pragma_index_xinfo(k.name, l.schema) AS t
      WHERE t.key
      """
    ) { row in
      (
        Place(row),
        TableDescription.Index(
          name: row.text(2), origin: .init(rawValue: row.text(3)) ?? .createIndex, isUnique: row.integer(4) != 0,
          isPartial: row.integer(5) != 0,
          terms: [.init(column: row.optionalText(6), collation: row.text(7), isDescending: row.integer(8) != 0)])
      )
    }
  }

  /// Foreign keys, each as many times as it has columns, with one at a time.
  private func foreignKeyTerms(_ names: String) throws(SQLiteFailure) -> [(Place, TableDescription.ForeignKey)] {
    try rows(
      """
      \(names)
      SELECT l.schema, l.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete
      FROM l CROSS JOIN pragma_foreign_key_list(l.name, l.schema) AS f
      """
    ) { row in
      (
        Place(row),
        TableDescription.ForeignKey(
          id: row.integer(2), columns: [row.text(4)], parentTable: row.text(3),
          parentColumns: row.optionalText(5).map { [$0] } ?? [], onUpdate: row.text(6), onDelete: row.text(7))
      )
    }
  }

  /// No pragma tells a column's collation or AUTOINCREMENT (SQLite, c3ref/table_column_metadata.html).
  private func readCollations(of table: inout TableDescription) {
    for index in table.columns.indices {
      var collation: UnsafePointer<CChar>?
      var isAutoincrement: CInt = 0
      let code = sqlite3_table_column_metadata(
        pointer, table.schema, table.name, table.columns[index].name, nil, &collation, nil, nil, &isAutoincrement)
      guard code == SQLITE_OK else { continue }
      table.columns[index].collation = collation.map { String(cString: $0) }
      table.columns[index].isAutoincrement = isAutoincrement != 0
    }
  }

  private func rows<Row>(_ sql: String, _ read: (StatementHandle) -> Row) throws(SQLiteFailure) -> [Row] {
    guard let statement = try prepare(sql).statement else { return [] }
    var rows: [Row] = []
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw statement.failure(code) }
      rows.append(read(statement))
    }
  }
}

/// A text as SQL writes it.
package func literal(_ text: String) -> String {
  "'" + text.replacingScalars("'", with: "''") + "'"
}

extension TableDescription {
  fileprivate var schema: String { isTemporary ? "temp" : "main" }

  fileprivate mutating func append(_ term: Index) {
    guard let last = indexes.indices.last, indexes[last].name == term.name else {
      indexes.append(term)
      return
    }
    indexes[last].terms += term.terms
  }

  fileprivate mutating func append(_ term: ForeignKey) {
    guard let last = foreignKeys.indices.last, foreignKeys[last].id == term.id else {
      foreignKeys.append(term)
      return
    }
    foreignKeys[last].columns += term.columns
    foreignKeys[last].parentColumns += term.parentColumns
  }
}

extension StatementHandle {
  fileprivate func integer(_ column: Int32) -> Int { Int(reference.value(column).integer) }

  fileprivate func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  fileprivate func optionalText(_ column: Int32) -> String? {
    let value = reference.value(column)
    return value.isNull ? nil : String(decoding: value.text, as: UTF8.self)
  }
}
