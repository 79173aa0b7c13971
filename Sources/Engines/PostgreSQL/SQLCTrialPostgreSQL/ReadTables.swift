// Tables as the catalogs have them.

public import SQLCEngine
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle

/// Names in one value: a character that no name has in practice.
private let separator = "\u{1}"

extension PostgreSQLTrialDatabase {
  public func tables(_ expectations: ColumnExpectations, only: Set<String>?) throws(TrialFailure) -> [TrialTable] {
    try readFacts()
    return facts.filter { only?.contains($0.name.lowercased()) ?? true }.map { $0.table(definitions, expectations) }
  }

  /// Reads tables and types again.
  func readFacts() throws(TrialFailure) {
    definitions = try TypeDefinitions.read { sql throws(TrialFailure) in try self.guarded(sql).rows }
    var tables = try readTables()
    try readColumns(into: &tables)
    try readConstraints(into: &tables)
    try readIndexes(into: &tables)
    try readPartitions(into: &tables)
    // Materialised views in the order in which they were made, after what they show.
    facts = tables.values.sorted {
      ($0.kind == .derived ? 1 : 0, $0.kind == .derived ? "" : $0.name, $0.object) < (
        $1.kind == .derived ? 1 : 0, $1.kind == .derived ? "" : $1.name, $1.object
      )
    }
  }

  private typealias Tables = [String: TableFacts]

  private func readTables() throws(TrialFailure) -> Tables {
    var tables: Tables = [:]
    for row in try guarded(
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind, pg_table_is_visible(c.oid),
        EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      """
    ).rows {
      let (schema, name) = (row[1] ?? "", row[2] ?? "")
      tables[row[0] ?? ""] = TableFacts(
        object: UInt32(row[0] ?? "") ?? 0, kind: row[3] == "m" ? .derived : .ordinary,
        name: row[4] == "t" ? name : "\(schema).\(name)", sqlName: "\(quoted(schema)).\(quoted(name))",
        hasTriggers: row[5] == "t")
    }
    return tables
  }

  private func readColumns(into tables: inout Tables) throws(TrialFailure) {
    for row in try guarded(
      """
      SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
        a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%',
        (SELECT string_agg(s.attname, '\(separator)') FROM pg_depend p
          JOIN pg_attribute s ON s.attrelid = p.refobjid AND s.attnum = p.refobjsubid
          WHERE a.attgenerated <> '' AND p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
            AND p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid NOT IN (0, a.attnum))
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
      ORDER BY a.attrelid, a.attnum
      """
    ).rows {
      let isGenerated = !(row[5] ?? "").isEmpty
      tables[row[0] ?? ""]?.columnFacts.append(
        TableFacts.Column(
          number: row[1].flatMap { Int($0) } ?? 0, name: row[2] ?? "", type: row[3] ?? "text", isNotNull: row[4] == "t",
          isGenerated: isGenerated, isNumbered: row[6] == "t" && !isGenerated))
      if isGenerated { tables[row[0] ?? ""]?.sources[(row[2] ?? "").lowercased()] = names(row[7]) }
    }
  }

  private func readConstraints(into tables: inout Tables) throws(TrialFailure) {
    func columns(_ table: String, _ key: String) -> String {
      """
      (SELECT string_agg(a.attname, '\(separator)' ORDER BY u.n) FROM unnest(\(key)) WITH ORDINALITY u (k, n)
        JOIN pg_attribute a ON a.attrelid = \(table) AND a.attnum = u.k)
      """
    }
    for row in try guarded(
      """
      SELECT conrelid, conname, contype, \(columns("conrelid", "conkey")), confrelid, \(columns("confrelid", "confkey")),
        pg_get_expr(conbin, conrelid)
      FROM pg_constraint WHERE conrelid <> 0 AND contype IN ('f', 'c', 'x', 'u', 'p') ORDER BY conrelid, conname
      """
    ).rows {
      let table = row[0] ?? ""
      let own = plainNames(row[3])
      switch row[2] {
      case "c":
        tables[table]?.checks.append(.init(name: row[1] ?? "", columns: own, expression: row[6] ?? ""))
      case "f":
        guard let parent = tables[row[4] ?? ""]?.name else { continue }
        tables[table]?.foreignKeys.append(.init(columns: own, parent: parent, parentColumns: plainNames(row[5])))
      default: tables[table]?.keyColumns[row[1] ?? ""] = names(row[3])
      }
    }
  }

  private func readIndexes(into tables: inout Tables) throws(TrialFailure) {
    for row in try guarded(
      """
      SELECT i.indrelid, c.relname, i.indisprimary, i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = 1,
        (SELECT string_agg(a.attname, '\(separator)' ORDER BY k.n) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, n)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number WHERE k.n <= i.indnkeyatts),
        (SELECT string_agg(DISTINCT a.attname, '\(separator)') FROM pg_depend d
          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refclassid = 'pg_class'::regclass
            AND d.refobjid = i.indrelid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique ORDER BY i.indrelid, i.indexrelid
      """
    ).rows {
      let table = row[0] ?? ""
      let keys = names(row[4])
      let all = keys + names(row[5]).filter { !keys.contains($0) }
      tables[table]?.uniqueKeys.append(all)
      if tables[table]?.keyColumns[row[1] ?? ""] == nil { tables[table]?.keyColumns[row[1] ?? ""] = all }
      if row[2] == "t" { tables[table]?.primaryKey = plainNames(row[4]) }
      if row[3] == "t", let key = keys.first { tables[table]?.uniqueColumns.insert(key) }
    }
  }

  private func readPartitions(into tables: inout Tables) throws(TrialFailure) {
    for row in try guarded(
      """
      SELECT pg_partition_root(i.inhparent)::oid, pg_get_expr(c.relpartbound, c.oid),
        (SELECT string_agg(a.attname, '\(separator)' ORDER BY k.n)
          FROM unnest(p.partattrs::int2[]) WITH ORDINALITY k (number, n)
          JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.number)
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_partitioned_table p ON p.partrelid = i.inhparent
      ORDER BY i.inhparent, c.relname
      """
    ).rows {
      let table = row[0] ?? ""
      let key = plainNames(row[2])
      // Of tables whose partitions have partitions, the columns of both are in the key.
      for column in key where tables[table]?.partitionKey.contains(column) == false {
        tables[table]?.partitionKey.append(column)
      }
      if let bound = row[1] { tables[table]?.partitionBounds.append(bound) }
    }
  }

  private func plainNames(_ text: String?) -> [String] {
    (text ?? "").split(separator: separator).map(String.init)
  }

  /// In lower case.
  private func names(_ text: String?) -> [String] { plainNames(text).map { $0.lowercased() } }
}
