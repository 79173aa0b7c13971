// An SQLite file that rows are read from, or written to.

import CSQLite
public import SQLCEngine
public import SQLCEngineSQLite
import SQLCSQLiteHandle
public import SQLCTransfer

public final class SQLiteTransferDatabase: TransferDatabase {
  public let name: String
  private let handle: DatabaseHandle
  private let storage: ValueStorage
  public var types: any TrialTypes { SQLiteTrialTypes(storage: storage) }
  /// The name of the rowid of each table that has one.
  private var rowIDs: [String: String?] = [:]
  private var inserts: [String: StatementHandle] = [:]

  public enum Use: Sendable, Hashable { case reading, writing }

  /// - Parameter path: of a file that is there.
  public init(path: String, storage: ValueStorage, for use: Use) throws(TrialFailure) {
    name = path
    self.storage = storage
    do throws(SQLiteFailure) {
      handle = try DatabaseHandle(
        filename: path, flags: use == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
      try handle.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: use == .reading ? 1 : 0)
      try handle.execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = OFF")
      switch use {
      // One state of the database, whoever writes meanwhile.
      case .reading: try handle.execute("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1")
      // Nobody else writes meanwhile.
      case .writing: try handle.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT")
      }
    } catch {
      throw TrialFailure(.statement, error.message)
    }
  }

  private func said<T>(_ body: () throws(SQLiteFailure) -> T) throws(TrialFailure) -> T {
    do throws(SQLiteFailure) { return try body() } catch { throw TrialFailure(.statement, error.message) }
  }

  // MARK: Reading

  public func missing(_ tables: [TransferTable]) throws(TrialFailure) -> [String] {
    var missing: [String] = []
    for table in tables {
      let columns = try said { () throws(SQLiteFailure) in
        try handle.texts("SELECT lower(name) FROM pragma_table_xinfo(\(literal(table.name.name)))")
          .compactMap { $0[0] }
      }
      if columns.isEmpty {
        missing.append("table '\(table.name)'")
      } else {
        missing += table.columns.filter { !columns.contains($0.name.lowercased()) }
          .map { "column '\($0.name)' of '\(table.name)'" }
      }
    }
    return missing
  }

  public func count(of table: TransferTable) throws(TrialFailure) -> Int {
    try said { () throws(SQLiteFailure) in
      try handle.texts("SELECT count(*) FROM \(quoted(table.name.name))").first?[0].flatMap { Int($0) } ?? 0
    }
  }

  public func page(
    of table: TransferTable, after place: String?, limit: Int
  ) throws(TrialFailure) -> TransferPage {
    let known = place.flatMap(PlaceText.values)
    if place != nil, known == nil { throw TrialFailure(.statement, "'\(place ?? "")' is no place in '\(table.name)'") }
    let keys = rowID(of: table).map { [$0] } ?? table.key.map(quoted)
    guard !keys.isEmpty else { throw TrialFailure(.statement, "'\(table.name)' has no key to read it by") }
    let names = keys + table.columns.map { quoted($0.name) }
    let order = keys.joined(separator: ", ")
    let sql =
      "SELECT \(names.joined(separator: ", ")) FROM \(quoted(table.name.name))"
      + (known == nil ? "" : " WHERE (\(order)) > (\(keys.map { _ in "?" }.joined(separator: ", ")))")
      + " ORDER BY \(order) LIMIT \(limit)"
    var rows: [[TrialValue]] = []
    var last: [TrialValue]?
    do throws(SQLiteFailure) {
      guard let statement = try handle.prepare(sql).statement else { return TransferPage(rows: [], place: place) }
      for (index, value) in (known ?? []).enumerated() {
        try value.bind(to: statement, at: Int32(clamping: index + 1))
      }
      while true {
        let code = statement.step()
        if code == SQLITE_DONE { break }
        guard code == SQLITE_ROW else { throw statement.failure(code) }
        let values = (0..<statement.columnCount).map { value(statement.reference.value($0)) }
        last = Array(values.prefix(keys.count))
        rows.append(Array(values.dropFirst(keys.count)))
      }
    } catch {
      throw TrialFailure(.statement, error.message)
    }
    return TransferPage(rows: rows, place: last.map(PlaceText.text) ?? place)
  }

  /// A text that is no UTF-8 is bytes: no column of texts takes it then.
  private func value(_ reference: ValueReference) -> TrialValue {
    guard reference.type == SQLITE_TEXT else { return TrialValue(reference) }
    let bytes = Array(reference.text)
    return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .blob(bytes)
  }

  /// By one of its names that no column has; none of a table without one (withoutrowid.html).
  private func rowID(of table: TransferTable) -> String? {
    let key = table.name.description.lowercased()
    if let known = rowIDs[key] { return known }
    let found = ["rowid", "_rowid_", "oid"].first { name in
      !table.columns.contains { $0.name.lowercased() == name }
        && (try? handle.texts("SELECT \(name) FROM \(quoted(table.name.name)) LIMIT 0")) != nil
    }
    rowIDs[key] = .some(found)
    return found
  }

  public func givenNumbers() throws(TrialFailure) -> [String: Int64] {
    try said { () throws(SQLiteFailure) in
      guard try !handle.texts("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty else { return [:] }
      return Dictionary(
        try handle.texts("SELECT lower(name), seq FROM sqlite_sequence").map { row in
          (row[0] ?? "", row[1].flatMap { Int64($0) } ?? 0)
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  // MARK: Writing

  private let progressTable = "sqlc_transfer"

  public func prepareProgress() throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in
      try handle.execute(
        "CREATE TABLE IF NOT EXISTS \(progressTable) (name TEXT NOT NULL PRIMARY KEY, place TEXT, rows INTEGER NOT NULL, state TEXT NOT NULL)"
      )
    }
  }

  public func progress() throws(TrialFailure) -> [TransferProgress]? {
    try said { () throws(SQLiteFailure) in
      guard try !handle.texts("SELECT 1 FROM sqlite_schema WHERE name = '\(progressTable)'").isEmpty else { return nil }
      return try handle.texts("SELECT name, place, rows, state FROM \(progressTable) ORDER BY name").map { row in
        TransferProgress(
          table: row[0] ?? "", place: row[1], rows: row[2].flatMap { Int($0) } ?? 0,
          state: row[3].flatMap(TransferProgress.State.init) ?? .begun)
      }
    }
  }

  public func note(_ progress: TransferProgress) throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in
      _ = try handle.texts(
        "INSERT OR REPLACE INTO \(progressTable) VALUES (?, \(progress.place == nil ? "NULL" : "?"), \(progress.rows), '\(progress.state.rawValue)')",
        [progress.table] + (progress.place.map { [$0] } ?? []))
    }
  }

  public func forgetProgress() throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in try handle.execute("DROP TABLE IF EXISTS \(progressTable)") }
  }

  public func begin(_ tables: [TransferTable]) throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in try handle.execute("BEGIN IMMEDIATE") }
  }

  public func commit(_ tables: [TransferTable]) throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in try handle.execute("COMMIT") }
  }

  public func rollBack() { if !handle.isInAutocommit { try? handle.execute("ROLLBACK") } }

  public func insert(_ rows: [[TrialValue]], into table: TransferTable) throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in
      try handle.execute("SAVEPOINT rows")
      do throws(SQLiteFailure) {
        guard let statement = try insertion(into: table) else { return }
        for row in rows {
          for (index, value) in row.enumerated() { try value.bind(to: statement, at: Int32(clamping: index + 1)) }
          let code = statement.step()
          if code != SQLITE_DONE, code != SQLITE_ROW {
            let failure = statement.failure(code)
            statement.reset()
            throw failure
          }
          statement.reset()
        }
        try handle.execute("RELEASE rows")
      } catch {
        if !handle.isInAutocommit { try? handle.execute("ROLLBACK TO rows; RELEASE rows") }
        throw error
      }
    }
  }

  private func insertion(into table: TransferTable) throws(SQLiteFailure) -> StatementHandle? {
    let name = table.name.name
    if let known = inserts[name] { return known }
    let columns = table.columns.map { quoted($0.name) }.joined(separator: ", ")
    let sql =
      "INSERT INTO \(quoted(name)) (\(columns)) VALUES (\(table.columns.map { _ in "?" }.joined(separator: ", ")))"
    let statement = try handle.prepare(sql).statement
    inserts[name] = statement
    return statement
  }

  public func removeRows(of tables: [TransferTable]) throws(TrialFailure) {
    try said { () throws(SQLiteFailure) in
      for table in tables { try handle.execute("DELETE FROM \(quoted(table.name.name))") }
    }
  }

  public func continueNumbers(
    _ tables: [TransferTable], behind given: [String: Int64]
  ) throws(TrialFailure) {
    let own = try givenNumbers()
    try said { () throws(SQLiteFailure) in
      guard try !handle.texts("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty else { return }
      for table in tables {
        let key = table.name.description.lowercased()
        guard let number = given[key] else { continue }
        if let own = own[key] {
          guard own < number else { continue }
          try handle.execute("UPDATE sqlite_sequence SET seq = \(number) WHERE lower(name) = \(literal(key))")
        } else {
          // A table without rows has none there. Beside a table that does not number its rows so, a row means nothing.
          try handle.execute(
            """
            INSERT INTO sqlite_sequence (name, seq) SELECT name, \(number) FROM sqlite_schema
            WHERE type = 'table' AND lower(name) = \(literal(key)) AND sql LIKE '%autoincrement%'
            """)
        }
      }
    }
  }

  public func brokenReferences() throws(TrialFailure) -> [String] {
    try said { () throws(SQLiteFailure) in
      try handle.texts(
        "SELECT \"table\", count(*), \"parent\" FROM pragma_foreign_key_check GROUP BY 1, 3 ORDER BY 1, 3"
      ).map { row in "\(row[1] ?? "") rows of '\(row[0] ?? "")' refer to no row of '\(row[2] ?? "")'" }
    }
  }
}
