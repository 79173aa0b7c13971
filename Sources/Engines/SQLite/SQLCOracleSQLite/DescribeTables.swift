// The schema read back from SQLite.

public import SQLCSQLiteHandle

extension ScratchDatabase {
  /// Every table and view of the main and the temporary schema, sorted by name.
  ///
  /// - Parameter names: in lower case; of other tables no more than the name is told. Absent: all.
  public func describeTables(named names: Set<String>? = nil) throws(OracleError) -> [TableDescription] {
    do throws(SQLiteFailure) {
      var tables = try database.listTables()
      try database.describe(&tables) { names?.contains(folded($0.name)) ?? true }
      return tables
    } catch {
      throw OracleError(error)
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
