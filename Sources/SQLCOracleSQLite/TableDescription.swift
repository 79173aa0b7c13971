// The tables of the schema as SQLite has them, to hold our catalog against.

import CSQLite
import SQLCSQLiteHandle

/// One table or view (SQLite, pragma.html, `table_list` and `table_xinfo`).
public struct TableDescription: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case table, view, virtual, shadow }

  public struct Column: Sendable, Hashable {
    public var name: String
    /// As declared; empty when nothing was.
    public var declaredType: String
    /// Declared NOT NULL. Not set for an `INTEGER PRIMARY KEY`, which is never NULL either.
    public var isNotNull: Bool
    /// The default's SQL text.
    public var defaultValue: String?
    /// 1-based place in the primary key.
    public var primaryKeyIndex: Int?
    public var visibility: Visibility
    /// The collating sequence's name, for columns of tables.
    public var collation: String?
    public var isAutoincrement: Bool
    /// Not part of `SELECT *`: a hidden column of a virtual table.
    public var isHidden: Bool { visibility == .hidden }
  }

  /// The `hidden` value of `table_xinfo`.
  public enum Visibility: Int, Sendable, Hashable {
    case visible = 0
    case hidden = 1
    case generatedVirtual = 2
    case generatedStored = 3
  }

  public var name: String
  public var kind: Kind
  public var isWithoutRowID: Bool
  public var isStrict: Bool
  /// None for a view that does not work.
  public var columns: [Column]
  /// A table that a virtual table keeps for itself.
  public var isShadow: Bool { kind == .shadow }
}

/// Which names are tables that hold rows.
struct TableKinds {
  private var rowTables: Set<String> = [
    "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence",
  ]

  init(_ tables: [TableDescription]) {
    for table in tables where table.kind == .table || table.kind == .virtual { rowTables.insert(table.name) }
  }

  /// The authorizer names tables as they were created, so no folding of case is needed.
  func isTable(_ name: String) -> Bool { rowTables.contains(name) }
}

extension ScratchDatabase {
  /// Every table and view of the main and the temporary schema, sorted by name.
  public func describeTables() throws(OracleError) -> [TableDescription] {
    var tables = try listTables()
    for index in tables.indices {
      // SQLite compiles a view to find its columns, and a broken one fails here; its own statement reports that.
      tables[index].columns = (try? columns(of: tables[index])) ?? []
    }
    return tables
  }

  func listTables() throws(OracleError) -> [TableDescription] {
    try rows(
      "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema IN ('main', 'temp') ORDER BY name", []
    ) { row in
      TableDescription(
        name: text(row.reference.value(0)) ?? "", kind: .init(rawValue: text(row.reference.value(1)) ?? "") ?? .table,
        isWithoutRowID: row.reference.value(2).integer != 0, isStrict: row.reference.value(3).integer != 0, columns: [])
    }
  }

  private func columns(of table: TableDescription) throws(OracleError) -> [TableDescription.Column] {
    let sql = "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)"
    var columns = try rows(sql, [table.name]) { row in
      let key = Int(row.reference.value(4).integer)
      return TableDescription.Column(
        name: text(row.reference.value(0)) ?? "", declaredType: text(row.reference.value(1)) ?? "",
        isNotNull: row.reference.value(2).integer != 0,
        defaultValue: text(row.reference.value(3)), primaryKeyIndex: key == 0 ? nil : key,
        visibility: .init(rawValue: Int(row.reference.value(5).integer)) ?? .visible, collation: nil,
        isAutoincrement: false)
    }
    guard table.kind != .view else { return columns }
    for index in columns.indices {
      var collation: UnsafePointer<CChar>?
      var isAutoincrement: CInt = 0
      let code = sqlite3_table_column_metadata(
        database.pointer, nil, table.name, columns[index].name, nil, &collation, nil, nil, &isAutoincrement)
      guard code == SQLITE_OK else { continue }
      columns[index].collation = collation.map { String(cString: $0) }
      columns[index].isAutoincrement = isAutoincrement != 0
    }
    return columns
  }

  private func text(_ value: ValueReference) -> String? {
    value.isNull ? nil : String(decoding: value.text, as: UTF8.self)
  }

  private func rows<Row>(
    _ sql: String, _ arguments: [String], _ read: (StatementHandle) -> Row
  ) throws(OracleError) -> [Row] {
    do throws(SQLiteFailure) {
      guard let statement = try database.prepare(sql).statement else { return [] }
      for (index, var argument) in arguments.enumerated() {
        try database.check(argument.withUTF8 { statement.reference.bindText(copying: $0, at: Int32(index + 1)) })
      }
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
