// Tables that exist without being created: SQLite's own and the eponymous virtual tables it brings along
// (vtab.html#eponymous_virtual_tables). Types of their columns are what their implementations yield; SQLite declares none.

/// The table of that key, if SQLite has one.
func builtinTable(named key: String) -> Table? {
  if let table = builtinTables[key] { return table }
  guard key.hasPrefix("pragma_") else { return nil }
  return pragmaTables[key]
}

/// A column of a builtin table: its name, what it holds, and whether it can be NULL.
func builtinColumn(
  _ name: String, _ storage: StorageClasses, nullable: Bool = false, hidden: Bool = false, of table: String,
  declared: String? = nil
) -> Column {
  let nullability: Nullability =
    nullable || hidden ? .maybe(NullReason(.nullableColumn(table, name), at: nil)) : .never
  return Column(
    name: name, declaredType: declared, affinity: Affinity(declaredType: declared),
    facts: TypeFacts(storage, nullability), visibility: hidden ? .hidden : .visible)
}

private let builtinTables: [String: Table] = {
  var tables: [String: Table] = [:]
  for name in ["json_each", "json_tree"] { tables[name] = jsonTable(name) }
  for name in ["sqlite_schema", "sqlite_master", "sqlite_temp_schema", "sqlite_temp_master"] {
    tables[name] = schemaTable(name)
  }
  for table in [sequenceTable(), statisticsTable(), pageStatisticsTable(), statementTable()] {
    tables[table.name] = table
  }
  return tables
}()

/// SQLite, json1.html#jeach.
private func jsonTable(_ name: String) -> Table {
  Table(
    name: name, kind: .eponymous(module: name),
    columns: [
      builtinColumn("key", [.integer, .text], nullable: true, of: name),
      builtinColumn("value", .any.subtracting(.blob), nullable: true, of: name),
      builtinColumn("type", .text, of: name),
      builtinColumn("atom", .any.subtracting(.blob), nullable: true, of: name),
      builtinColumn("id", .integer, of: name),
      builtinColumn("parent", .integer, nullable: true, of: name),
      builtinColumn("fullkey", .text, of: name),
      builtinColumn("path", .text, of: name),
      builtinColumn("json", .any, hidden: true, of: name),
      builtinColumn("root", .text, hidden: true, of: name),
    ])
}

/// SQLite, schematab.html. The text is NULL for automatic indexes.
private func schemaTable(_ name: String) -> Table {
  Table(
    name: name, kind: .ordinary,
    columns: [
      builtinColumn("type", .text, of: name, declared: "TEXT"),
      builtinColumn("name", .text, of: name, declared: "TEXT"),
      builtinColumn("tbl_name", .text, of: name, declared: "TEXT"),
      builtinColumn("rootpage", .integer, nullable: true, of: name, declared: "INT"),
      builtinColumn("sql", .text, nullable: true, of: name, declared: "TEXT"),
    ])
}

/// SQLite, autoinc.html: an ordinary table that anyone may write.
private func sequenceTable() -> Table {
  let name = "sqlite_sequence"
  return Table(
    name: name, kind: .ordinary,
    columns: [
      builtinColumn("name", .text, nullable: true, of: name), builtinColumn("seq", .integer, nullable: true, of: name),
    ])
}

/// SQLite, fileformat2.html#stat1tab. It exists after ANALYZE.
private func statisticsTable() -> Table {
  let name = "sqlite_stat1"
  return Table(
    name: name, kind: .ordinary,
    columns: [
      builtinColumn("tbl", .text, nullable: true, of: name), builtinColumn("idx", .text, nullable: true, of: name),
      builtinColumn("stat", .text, nullable: true, of: name),
    ])
}

/// SQLite, dbstat.html.
private func pageStatisticsTable() -> Table {
  let name = "dbstat"
  let integers = ["pageno", "ncell", "payload", "unused", "mx_payload", "pgoffset", "pgsize"]
  let order = [
    "name", "path", "pageno", "pagetype", "ncell", "payload", "unused", "mx_payload", "pgoffset", "pgsize",
  ]
  var columns = order.map { column in
    integers.contains(column)
      ? builtinColumn(column, .integer, nullable: true, of: name, declared: "INTEGER")
      : builtinColumn(column, .text, nullable: true, of: name, declared: "TEXT")
  }
  columns.append(builtinColumn("schema", .text, hidden: true, of: name, declared: "TEXT"))
  columns.append(builtinColumn("aggregate", .integer, hidden: true, of: name, declared: "BOOLEAN"))
  return Table(name: name, kind: .eponymous(module: name), columns: columns)
}

/// SQLite, stmt.html.
private func statementTable() -> Table {
  let name = "sqlite_stmt"
  var columns = [builtinColumn("sql", .text, nullable: true, of: name)]
  for column in ["ncol", "ro", "busy", "nscan", "nsort", "naidx", "nstep", "reprep", "run", "mem"] {
    columns.append(builtinColumn(column, .integer, of: name))
  }
  return Table(name: name, kind: .eponymous(module: name), columns: columns)
}
