// A PostgreSQL database that rows are read from, or written to.

public import SQLCEngine
package import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
public import SQLCTransfer

public final class PostgreSQLTransferDatabase: TransferDatabase {
  public let name: String
  private let connection: PostgreSQLConnection
  private var definitions = TypeDefinitions()
  /// Tables with triggers of users, and foreign keys between tables, once asked for.
  private var triggered: Set<String>?
  public var types: any TrialTypes { PostgreSQLTrialTypes(definitions) }
  private let longestStatement = Duration.seconds(3600)

  /// - Parameters:
  ///   - address: a connection string.
  ///   - name: as messages call it.
  ///   - settings: where the client library is.
  package init(address: String, name: String, settings: ServerSettings) throws(TrialFailure) {
    self.name = name
    do throws(PostgreSQLFailure) {
      let library = try LibPQ(paths: settings.machine.libraryPaths)
      connection = try PostgreSQLConnection(
        ConnectionParameters(parsing: address, with: library), library: library, deadline: .now + .seconds(20))
    } catch {
      throw TrialFailure(.statement, "\(error)")
    }
    for setting in [
      "SET TimeZone = 'UTC'", "SET DateStyle = 'ISO'", "SET extra_float_digits = 3", "SET IntervalStyle = 'postgres'",
      "SET bytea_output = 'hex'", "SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0",
    ] { try run(setting) }
    definitions = try TypeDefinitions.read { sql throws(TrialFailure) in try self.run(sql).rows }
    // Two at a time would undo each other's work.
    guard try run("SELECT pg_try_advisory_lock(7310271)").rows.first?.first == "t" else {
      throw TrialFailure(.statement, "another transfer is at work with this database")
    }
  }

  @discardableResult
  private func run(_ sql: String) throws(TrialFailure) -> TextRows {
    do throws(PostgreSQLFailure) {
      return try connection.execute(sql, deadline: .now + longestStatement)
    } catch {
      throw TrialFailure(.statement, words(error))
    }
  }

  private func words(_ failure: PostgreSQLFailure) -> String {
    guard case .server(let error) = failure else { return "\(failure)" }
    return error.message
  }

  // MARK: Names

  private func sqlName(_ table: TransferTable) -> String {
    [table.name.schema, table.name.name].compactMap { $0.map(quoted) }.joined(separator: ".")
  }

  private func literal(_ text: String) -> String { "'" + text.replacingScalars("'", with: "''") + "'" }

  private func regclass(_ table: TransferTable) -> String { literal(sqlName(table)) + "::regclass" }

  // MARK: Reading

  public func missing(_ tables: [TransferTable]) throws(TrialFailure) -> [String] {
    var missing: [String] = []
    for table in tables {
      let columns = try run(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(\(literal(sqlName(table)))) AND attnum > 0 AND NOT attisdropped"
      ).rows.compactMap { $0[0] }
      if columns.isEmpty {
        missing.append("table '\(table.name)'")
      } else {
        missing += table.columns.filter { !columns.contains($0.name) }.map { "column '\($0.name)' of '\(table.name)'" }
      }
    }
    return missing
  }

  public func count(of table: TransferTable) throws(TrialFailure) -> Int {
    try run("SELECT count(*) FROM \(sqlName(table))").rows.first?.first?.flatMap { Int($0) } ?? 0
  }

  public func page(
    of table: TransferTable, after place: String?, limit: Int
  ) throws(TrialFailure) -> TransferPage {
    let known = place.flatMap(PlaceText.values)
    if place != nil, known == nil { throw TrialFailure(.statement, "'\(place ?? "")' is no place in '\(table.name)'") }
    // Without a key by where the row lies, which stays as long as nobody writes.
    // Named with their table: ORDER BY takes a bare name for a column of the result, which is the place as text.
    let keys = table.key.isEmpty ? ["t.ctid"] : table.key.map { "t." + quoted($0) }
    let order = keys.joined(separator: ", ")
    let bound = (known ?? []).map { table.key.isEmpty ? text(of: $0) + "::tid" : text(of: $0) }
    let sql =
      "SELECT \(keys.map { table.key.isEmpty ? $0 + "::text" : $0 }.joined(separator: ", ")), "
      + table.columns.map { "t." + quoted($0.name) }.joined(separator: ", ") + " FROM \(sqlName(table)) AS t"
      + (known == nil ? "" : " WHERE (\(order)) > (\(bound.joined(separator: ", ")))")
      + " ORDER BY \(order) LIMIT \(limit)"
    let found = try run(sql)
    let rows = found.rows.map { row in zip(row, found.types).map { definitions.value($0, type: $1) } }
    return TransferPage(
      rows: rows.map { Array($0.dropFirst(keys.count)) },
      place: rows.last.map { PlaceText.text(of: Array($0.prefix(keys.count))) } ?? place)
  }

  public func givenNumbers() throws(TrialFailure) -> [String: Int64] {
    var given: [String: Int64] = [:]
    for row in try run(
      """
      SELECT lower(CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END), s.last_value
      FROM pg_depend d JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' JOIN pg_class c ON c.oid = d.refobjid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_namespace m ON m.oid = q.relnamespace
      JOIN pg_sequences s ON s.schemaname = m.nspname AND s.sequencename = q.relname
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND s.last_value IS NOT NULL
      """
    ).rows {
      guard let table = row[0], let number = row[1].flatMap({ Int64($0) }) else { continue }
      given[table] = max(given[table] ?? 0, number)
    }
    return given
  }

  // MARK: Writing

  public func prepareProgress() throws(TrialFailure) {
    try run(
      "CREATE TABLE IF NOT EXISTS sqlc_transfer (name text PRIMARY KEY, place text, rows bigint NOT NULL, state text NOT NULL)"
    )
  }

  public func progress() throws(TrialFailure) -> [TransferProgress]? {
    guard try run("SELECT to_regclass('sqlc_transfer') IS NOT NULL").rows.first?.first == "t" else { return nil }
    return try run("SELECT name, place, rows, state FROM sqlc_transfer ORDER BY name").rows.map { row in
      TransferProgress(
        table: row[0] ?? "", place: row[1], rows: row[2].flatMap { Int($0) } ?? 0,
        state: row[3].flatMap(TransferProgress.State.init) ?? .begun)
    }
  }

  public func note(_ progress: TransferProgress) throws(TrialFailure) {
    try run(
      "INSERT INTO sqlc_transfer VALUES (\(literal(progress.table)), \(progress.place.map(literal) ?? "NULL"), \(progress.rows), '\(progress.state.rawValue)') ON CONFLICT (name) DO UPDATE SET place = excluded.place, rows = excluded.rows, state = excluded.state"
    )
  }

  public func forgetProgress() throws(TrialFailure) { try run("DROP TABLE IF EXISTS sqlc_transfer") }

  public func begin(_ tables: [TransferTable]) throws(TrialFailure) {
    try run("BEGIN")
    do throws(TrialFailure) {
      for table in tables where try hasTriggers(table) {
        try run("ALTER TABLE \(sqlName(table)) DISABLE TRIGGER USER")
      }
      for (table, name) in try waitingKeys(tables) {
        try run("ALTER TABLE \(table) ALTER CONSTRAINT \(quoted(name)) DEFERRABLE INITIALLY DEFERRED")
      }
    } catch {
      rollBack()
      throw error
    }
  }

  public func commit(_ tables: [TransferTable]) throws(TrialFailure) {
    try run("SET CONSTRAINTS ALL IMMEDIATE")
    for (table, name) in try waitingKeys(tables) {
      try run("ALTER TABLE \(table) ALTER CONSTRAINT \(quoted(name)) NOT DEFERRABLE")
    }
    for table in tables where try hasTriggers(table) {
      try run("ALTER TABLE \(sqlName(table)) ENABLE TRIGGER USER")
    }
    try run("COMMIT")
  }

  private func hasTriggers(_ table: TransferTable) throws(TrialFailure) -> Bool {
    let known: Set<String>
    if let triggered {
      known = triggered
    } else {
      known = Set(
        try run("SELECT DISTINCT tgrelid::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'").rows
          .compactMap { $0[0] })
      triggered = known
    }
    guard !known.isEmpty else { return false }
    return known.contains(try run("SELECT \(regclass(table))::oid").rows.first?.first.flatMap { $0 } ?? "")
  }

  /// Foreign keys among tables that need each other, which do not wait by themselves. Their names are asked for once, since an
  /// ALTER changes what is asked.
  private var waiting: [String: [(String, String)]] = [:]

  private func waitingKeys(_ tables: [TransferTable]) throws(TrialFailure) -> [(String, String)] {
    guard !tables.isEmpty else { return [] }
    let list = tables.map(regclass).joined(separator: ", ")
    if let known = waiting[list] { return known }
    let found = try run(
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), k.conname FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND NOT k.condeferrable AND k.conparentid = 0 AND k.conrelid IN (\(list)) AND k.confrelid IN (\(list))
      """
    ).rows.compactMap { row in row[0].flatMap { table in row[1].map { (table, $0) } } }
    waiting[list] = found
    return found
  }

  public func rollBack() { if connection.isInTransaction { _ = try? run("ROLLBACK") } }

  public func insert(_ rows: [[TrialValue]], into table: TransferTable) throws(TrialFailure) {
    var data: [UInt8] = []
    data.reserveCapacity(rows.count * 64)
    for row in rows {
      for (index, value) in row.enumerated() {
        if index > 0 { data.append(0x09) }
        append(value, to: &data)
      }
      data.append(0x0A)
    }
    let columns = table.columns.map { quoted($0.name) }.joined(separator: ", ")
    try run("SAVEPOINT rows")
    do throws(PostgreSQLFailure) {
      try connection.copyIn(
        "COPY \(sqlName(table)) (\(columns)) FROM STDIN", data, deadline: .now + longestStatement)
    } catch {
      _ = try? run("ROLLBACK TO rows; RELEASE rows")
      throw TrialFailure(.statement, words(error))
    }
    try run("RELEASE rows")
  }

  /// In COPY's text form (sql-copy.html, "Text Format").
  private func append(_ value: TrialValue, to data: inout [UInt8]) {
    func append(_ text: String) {
      for byte in text.utf8 {
        switch byte {
        case 0x5C: data += [0x5C, 0x5C]
        case 0x09: data += [0x5C, 0x74]
        case 0x0A: data += [0x5C, 0x6E]
        case 0x0D: data += [0x5C, 0x72]
        default: data.append(byte)
        }
      }
    }
    switch value {
    case .null: data += [0x5C, 0x4E]
    case .integer(let number): append("\(number)")
    case .real(let number): append(number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)")
    case .text(let text), .other(_, let text): append(text)
    case .blob(let bytes): append("\\x" + hexadecimal(bytes))
    }
  }

  public func removeRows(of tables: [TransferTable]) throws(TrialFailure) {
    guard !tables.isEmpty else { return }
    try run("TRUNCATE \(tables.map(sqlName).joined(separator: ", "))")
  }

  public func continueNumbers(
    _ tables: [TransferTable], behind given: [String: Int64]
  ) throws(TrialFailure) {
    for table in tables {
      for row in try run(
        """
        SELECT a.attname, pg_get_serial_sequence(\(literal(sqlName(table))), a.attname) FROM pg_attribute a
        WHERE a.attrelid = \(regclass(table)) AND a.attnum > 0 AND NOT a.attisdropped
          AND pg_get_serial_sequence(\(literal(sqlName(table))), a.attname) IS NOT NULL
        """
      ).rows {
        guard let column = row[0], let sequence = row[1] else { continue }
        let least = max(0, given[table.name.description.lowercased()] ?? 0)
        try run(
          "SELECT setval(\(literal(sequence)), greatest(coalesce(max(\(quoted(column))), 0), \(least)) + 1, false) FROM \(sqlName(table))"
        )
      }
    }
  }

  /// The server has enforced them.
  public func brokenReferences() throws(TrialFailure) -> [String] { [] }
}
