// `migrate squash` for SQLite: the migrations are run in memory, and what is there then is written down.

public import SQLCEngine
public import SQLCModel
import SQLCOracleSQLite
import SQLCSQLiteHandle

extension SQLiteSchemaPlanner {
  public func snapshot(of migrations: [MigrationModel]) throws(SchemaPlanFailure) -> SnapshotPlan {
    var reader = try reading { () throws(SQLiteFailure) in try SnapshotReader(migrations, extensions) }
    guard case .plan(let plan) = try plan(from: [], to: reader.definitions, PlanChoices()) else {
      throw SchemaPlanFailure("the migrations make nothing")
    }
    return try reading { () throws(SQLiteFailure) in try reader.plan(around: plan) }
  }

  private func reading<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(SchemaPlanFailure) -> Value {
    do throws(SQLiteFailure) {
      return try body()
    } catch {
      throw SchemaPlanFailure(error.message)
    }
  }
}

private struct SnapshotReader {
  let connection: ProjectConnection
  let state: SchemaState
  let statements: [SchemaTokens]
  private var rows: [String: Int] = [:]
  private var leftOut: [String] = []

  init(_ migrations: [MigrationModel], _ extensions: ScratchExtensions) throws(SQLiteFailure) {
    connection = try database(with: [], extensions)
    var tokens: [SchemaTokens] = []
    for statement in migrations.flatMap(\.up) {
      let words = SchemaTokens(statement)
      tokens.append(words)
      if isLeftOut(words) {
        leftOut.append(statement)
      } else {
        try connection.execute(statement)
      }
    }
    statements = tokens
    state = try SchemaState(of: connection)
  }

  var definitions: [String] {
    (state.tables.map(\.object) + state.modules.map(\.object) + state.views + state.indexes + state.triggers).map(\.sql)
  }

  /// The plan with the rows in it: when their tables are there, and before any trigger is.
  mutating func plan(around plan: SchemaPlan) throws(SQLiteFailure) -> SnapshotPlan {
    let tables = Set(state.tables.map(\.object.sql))
    let modules = Dictionary(state.modules.map { ($0.object.sql, $0) }, uniquingKeysWith: { first, _ in first })
    let indexes = Dictionary(
      state.modules.filter(\.isFullText).map { ($0.rebuildCommand, $0) }, uniquingKeysWith: { first, _ in first })
    var up: [PlannedStatement] = []
    var hasRows = false
    for statement in plan.up {
      if !hasRows, !tables.contains(statement.sql) {
        for table in state.tables { up += try rows(of: table) }
        hasRows = true
      }
      if let index = indexes[statement.sql] {
        up += try contents(of: index, statement)
        continue
      }
      up.append(statement)
      if let module = modules[statement.sql] { up += try settings(of: module) + rows(of: module) }
    }
    if !hasRows { for table in state.tables { up += try rows(of: table) } }
    let numbers = try fileNumbers()
    up += numbers.map { PlannedStatement("PRAGMA \($0.name) = \($0.value)") }
    return SnapshotPlan(
      up: up, down: plan.down + numbers.map { PlannedStatement("PRAGMA \($0.name) = 0") }, rows: rows,
      varying: rows.isEmpty ? [] : varying, leftOut: leftOut)
  }

  // MARK: Rows

  private mutating func rows(of table: TableState) throws(SQLiteFailure) -> [PlannedStatement] {
    var columns = table.storedColumns.map(\.name)
    var order = table.primaryKey.map(sqlName).joined(separator: ", ")
    if let rowID = table.rowIDName {
      order = sqlName(rowID)
      let count = try number("SELECT count(*) FROM \(sqlName(table.name))")
      let isCounted =
        try number("SELECT count(*) FROM \(sqlName(table.name)) WHERE \(order) BETWEEN 1 AND \(count)") == count
      // What would be numbered so by itself need not be said.
      if table.rowIDAlias == nil, !isCounted { columns.insert(rowID, at: 0) }
    }
    var written = try insertion(into: table.name, columns, order: order)
    if table.isAutoincrement { written += try counter(of: table) }
    return written
  }

  private mutating func rows(of module: ModuleState) throws(SQLiteFailure) -> [PlannedStatement] {
    switch module.content {
    case .own:
      return try insertion(
        into: module.name, (module.isFullText ? ["rowid"] : []) + module.columns, order: "rowid")
    // Its rows are those of another table, and are indexed by the plan.
    case .external: return []
    case .none, .unknown:
      if (try? number("SELECT count(*) FROM \(sqlName(module.name))")) == 0 { return [] }
      throw SQLiteFailure(
        extendedCode: 1, message: "rows of '\(module.name)' are written by a migration, and cannot be read back")
    }
  }

  /// The index of another table's rows has all of them, or those alone that the migrations put there.
  ///
  /// - Parameter whole: the statement that indexes all of them.
  private func contents(of index: ModuleState, _ whole: PlannedStatement) throws(SQLiteFailure) -> [PlannedStatement] {
    let name = sqlName(index.name)
    let check =
      index.keepsSettings ? "(\(name), rank) VALUES ('integrity-check', 1)" : "(\(name)) VALUES ('integrity-check')"
    if (try? connection.execute("INSERT INTO \(name)" + check)) != nil { return [whole] }
    // A row for each that is indexed (fts5.html#the_columnsize_option).
    guard let found = try? connection.database.texts("SELECT id FROM \(sqlName(index.name + "_docsize")) ORDER BY id")
    else {
      throw SQLiteFailure(extendedCode: 1, message: "which rows '\(index.name)' is of cannot be read back")
    }
    let ids = found.compactMap { $0[0] }
    if ids.isEmpty { return [] }
    let columns = (["rowid"] + index.columns.map(sqlName)).joined(separator: ", ")
    return [
      PlannedStatement(
        "INSERT INTO \(name) (\(columns)) SELECT \(columns) FROM \(name) WHERE rowid IN (\(ids.joined(separator: ", ")))",
        comment: "Indexes those rows that the migrations have indexed.")
    ]
  }

  /// What was set of a full-text index, such as how its rows are ranked.
  private func settings(of module: ModuleState) throws(SQLiteFailure) -> [PlannedStatement] {
    guard module.keepsSettings else { return [] }
    let name = sqlName(module.name)
    return try connection.database.texts(
      "SELECT quote(k), quote(v) FROM \(sqlName(module.settingsTable)) WHERE k <> 'version' ORDER BY k"
    ).map { PlannedStatement("INSERT INTO \(name) (\(name), rank) VALUES (\($0[0] ?? "NULL"), \($0[1] ?? "NULL"))") }
  }

  private mutating func insertion(
    into table: String, _ columns: [String], order: String
  ) throws(SQLiteFailure) -> [PlannedStatement] {
    if columns.isEmpty { return [] }
    let values = columns.map { Self.literalText(of: sqlName($0)) }.joined(separator: " || ', ' || ")
    let found = try connection.explaining { () throws(SQLiteFailure) in
      try connection.database.texts("SELECT \(values) FROM \(sqlName(table)) ORDER BY \(order)").compactMap { $0[0] }
    }
    if found.isEmpty { return [] }
    rows[table] = found.count
    let head = "INSERT INTO \(sqlName(table)) (\(columns.map(sqlName).joined(separator: ", "))) VALUES\n"
    return stride(from: 0, to: found.count, by: 200).map { start in
      PlannedStatement(
        head + found[start..<min(start + 200, found.count)].map { "  (\($0))" }.joined(separator: ",\n"),
        comment: start == 0 ? "Rows that the migrations wrote." : nil)
    }
  }

  /// The expression that writes a column's value as SQL. quote() ends a text at its first NUL, and before 3.41 it does not know
  /// infinite numbers.
  private static func literalText(of column: String) -> String {
    """
    CASE WHEN typeof(\(column)) = 'text' AND instr(\(column), char(0)) THEN 'CAST(x''' || hex(\(column)) || ''' AS TEXT)' \
    WHEN typeof(\(column)) = 'real' AND \(column) IN (9e999, -9e999) THEN iif(\(column) > 0, '9e999', '-9e999') \
    ELSE quote(\(column)) END
    """
  }

  /// The number that an AUTOINCREMENT table gave last, where its rows do not tell.
  private func counter(of table: TableState) throws(SQLiteFailure) -> [PlannedStatement] {
    let name = literal(table.name)
    guard let last = try connection.database.texts("SELECT seq FROM sqlite_sequence WHERE name = \(name)").first?[0],
      let highest = try connection.database.texts(
        "SELECT coalesce(max(\(sqlName(table.rowIDName ?? "rowid"))), 0) FROM \(sqlName(table.name))"
      ).first?[0], last != highest
    else { return [] }
    return [
      PlannedStatement(
        "DELETE FROM sqlite_sequence WHERE name = \(name)", comment: "Numbers that were given once are not given again."
      ),
      PlannedStatement("INSERT INTO sqlite_sequence (name, seq) VALUES (\(name), \(last))"),
    ]
  }

  private func number(_ sql: String) throws(SQLiteFailure) -> Int {
    try connection.database.texts(sql).first?[0].flatMap { Int($0) } ?? 0
  }

  // MARK: What is no row

  /// Numbers that the file's head keeps for the application (pragma.html#pragma_user_version).
  private func fileNumbers() throws(SQLiteFailure) -> [(name: String, value: Int)] {
    var found: [(name: String, value: Int)] = []
    for name in ["user_version", "application_id"] {
      let value = try number("PRAGMA \(name)")
      if value != 0 { found.append((name, value)) }
    }
    return found
  }

  private var varying: [String] {
    let always: Set<String> = ["random", "randomblob", "current_timestamp", "current_date", "current_time"]
    let clocks: Set<String> = ["date", "time", "datetime", "julianday", "strftime", "unixepoch", "timediff"]
    var found: Set<String> = []
    for words in statements.map(\.words) {
      for (index, word) in words.enumerated() where word.kind == .word {
        if always.contains(word.text) { found.insert(word.text) }
        guard clocks.contains(word.text), index + 2 < words.count, words[index + 1].text == "(" else { continue }
        let arguments = words[(index + 2)...].prefix { $0.text != ")" }
        if arguments.isEmpty || arguments.contains(where: { $0.text.asciiLowercased == "'now'" }) {
          found.insert("\(word.text)('now')")
        }
      }
    }
    return found.sorted()
  }
}

/// It is about the connection or the file, and not about what is in it.
private func isLeftOut(_ statement: SchemaTokens) -> Bool {
  let words = statement.words.filter { $0.kind != .symbol }.map(\.text)
  switch words.first {
  case "vacuum", "analyze", "reindex", "attach", "detach": return true
  case "pragma": return !["user_version", "application_id"].contains(words.dropFirst().first ?? "")
  default: return false
  }
}
