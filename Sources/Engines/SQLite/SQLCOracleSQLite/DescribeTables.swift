// The schema read back from SQLite: one statement for each kind of fact, whatever the number of tables.
//
// CROSS JOIN keeps the order of the tables: a pragma whose argument comes from a later table gives no row.

import CSQLite
import SQLCSQLiteHandle

extension ScratchDatabase {
  /// Every table and view of the main and the temporary schema, sorted by name.
  ///
  /// - Parameter names: in lower case; of other tables no more than the name is told. Absent: all.
  public func describeTables(named names: Set<String>? = nil) throws(OracleError) -> [TableDescription] {
    let filter =
      names.map { names in
        "AND l.name COLLATE NOCASE IN (\(names.sorted().map(literal).joined(separator: ", ")))"
      } ?? ""
    var tables = try listTables()
    var places: [Place: Int] = [:]
    for (index, table) in tables.enumerated() {
      places[Place(schema: table.isTemporary ? "temp" : "main", name: table.name)] = index
    }
    for (place, column) in try columns(filter) {
      if let index = places[place] { tables[index].columns.append(column) }
    }
    for (place, key) in try keyTerms(filter) {
      if let index = places[place] { tables[index].append(key) }
    }
    for (place, key) in try foreignKeyTerms(filter) {
      if let index = places[place] { tables[index].append(key) }
    }
    for index in tables.indices where !tables[index].columns.isEmpty { readCollations(of: &tables[index]) }
    return tables
  }

  func listTables() throws(OracleError) -> [TableDescription] {
    try rows(
      "SELECT schema, name, type, wr, strict FROM pragma_table_list WHERE schema IN ('main', 'temp') ORDER BY name"
    ) { row in
      TableDescription(
        name: row.text(1), isTemporary: row.text(0) == "temp", kind: .init(rawValue: row.text(2)) ?? .table,
        isWithoutRowID: row.integer(3) != 0, isStrict: row.integer(4) != 0)
    }
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

  private func columns(_ filter: String) throws(OracleError) -> [(Place, TableDescription.Column)] {
    try rows(
      """
      SELECT l.schema, l.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
      FROM pragma_table_list AS l CROSS JOIN pragma_table_xinfo(l.name, l.schema) AS c
      WHERE l.schema IN ('main', 'temp') AND l.type <> 'view' \(filter) ORDER BY l.schema, l.name, c.cid
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

  /// Unique indexes, each as many times as it has terms, with one at a time.
  private func keyTerms(_ filter: String) throws(OracleError) -> [(Place, TableDescription.Key)] {
    try rows(
      """
      SELECT l.schema, l.name, k.name, k.origin, k.partial, t.name, t.coll
      FROM pragma_table_list AS l CROSS JOIN pragma_index_list(l.name, l.schema) AS k
        CROSS JOIN pragma_index_xinfo(k.name, l.schema) AS t
      WHERE l.schema IN ('main', 'temp') AND l.type <> 'view' \(filter) AND k."unique" AND t.key
      ORDER BY l.schema, l.name, k.seq, t.seqno
      """
    ) { row in
      (
        Place(row),
        TableDescription.Key(
          name: row.text(2), origin: .init(rawValue: row.text(3)) ?? .createIndex, isPartial: row.integer(4) != 0,
          terms: [.init(column: row.optionalText(5), collation: row.text(6))])
      )
    }
  }

  /// Foreign keys, each as many times as it has columns, with one at a time.
  private func foreignKeyTerms(_ filter: String) throws(OracleError) -> [(Place, TableDescription.ForeignKey)] {
    try rows(
      """
      SELECT l.schema, l.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete
      FROM pragma_table_list AS l CROSS JOIN pragma_foreign_key_list(l.name, l.schema) AS f
      WHERE l.schema IN ('main', 'temp') AND l.type <> 'view' \(filter) ORDER BY l.schema, l.name, f.id, f.seq
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

  /// Can rows of some table not be written, because what its foreign keys refer to cannot be found?
  ///
  /// SQLite looks for the parents' keys when it compiles `foreign_key_check` (pragma.c), of parents that exist.
  public func hasForeignKeyProblem(among tables: [TableDescription]) -> Bool {
    let names = Dictionary(grouping: tables, by: \.isTemporary).mapValues { Set($0.map { folded($0.name) }) }
    return tables.contains { table in
      table.foreignKeys.contains { names[table.isTemporary]?.contains(folded($0.parentTable)) != true }
    }
      || ["main", "temp"].contains { (try? database.prepare("PRAGMA \($0).foreign_key_check")) == nil }
  }

  /// As SQLite compares names.
  private func folded(_ name: String) -> String {
    String(decoding: name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// No pragma tells a column's collation or AUTOINCREMENT (SQLite, c3ref/table_column_metadata.html).
  private func readCollations(of table: inout TableDescription) {
    for index in table.columns.indices {
      var collation: UnsafePointer<CChar>?
      var isAutoincrement: CInt = 0
      let code = sqlite3_table_column_metadata(
        database.pointer, table.isTemporary ? "temp" : "main", table.name, table.columns[index].name, nil, &collation,
        nil, nil, &isAutoincrement)
      guard code == SQLITE_OK else { continue }
      table.columns[index].collation = collation.map { String(cString: $0) }
      table.columns[index].isAutoincrement = isAutoincrement != 0
    }
  }

  private func rows<Row>(_ sql: String, _ read: (StatementHandle) -> Row) throws(OracleError) -> [Row] {
    do throws(SQLiteFailure) {
      guard let statement = try database.prepare(sql).statement else { return [] }
      var rows: [Row] = []
      while true {
        let code = statement.step()
        if code == SQLITE_DONE { return rows }
        guard code == SQLITE_ROW else { throw statement.failure(code) }
        rows.append(read(statement))
      }
    } catch {
      throw OracleError(error)
    }
  }
}

extension TableDescription {
  fileprivate mutating func append(_ term: Key) {
    guard let last = uniqueKeys.indices.last, uniqueKeys[last].name == term.name else {
      uniqueKeys.append(term)
      return
    }
    uniqueKeys[last].terms += term.terms
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
