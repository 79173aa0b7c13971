// Rows that a migration does not take, found by trying each by itself.

import SQLCEngine

/// Tries a migration on some of the rows that there are.
struct RowSearch<Database: TrialDatabase> {
  struct Refused {
    var table: String
    var count: Int
    /// How many rows the table had.
    var all: Int
  }

  /// Loses the rows that are not taken.
  let filled: Database
  let spare: Database
  let statements: [String]
  let mode: MigrationMode

  /// Removes the rows on which the migration fails; nothing, and none is removed, where some table can have no row that is taken.
  func removeRefused(from tables: [String]) throws(TrialFailure) -> [Refused]? {
    var found: [Refused] = []
    var unwanted: [(table: String, row: [String: TrialValue], key: [String])] = []
    let schema = try filled.schema()
    for table in tables {
      let (rows, key) = try rows(of: table, schema)
      var refused: [[String: TrialValue]] = []
      for row in rows {
        try spare.become(filled)
        for other in tables where other != table { try spare.removeRows(of: other) }
        for other in rows where other != row { spare.removeRows(of: table, inWayOf: other, key: key) }
        if try spare.migrate(statements, mode).failure != nil { refused.append(row) }
      }
      if refused.isEmpty { continue }
      if refused.count == rows.count, try !takesNulls(in: table, of: tables) { return nil }
      found.append(Refused(table: table, count: refused.count, all: rows.count))
      unwanted += refused.map { (table, $0, key) }
    }
    if found.isEmpty { return nil }
    for (table, row, key) in unwanted { filled.removeRows(of: table, inWayOf: row, key: key) }
    return found
  }

  /// Is a row taken that has NULL wherever it can?
  private func takesNulls(in table: String, of tables: [String]) throws(TrialFailure) -> Bool {
    try spare.become(filled)
    for other in tables where other != table { try spare.removeRows(of: other) }
    let (rows, key) = try rows(of: table, try spare.schema())
    for other in rows where other != rows.first { spare.removeRows(of: table, inWayOf: other, key: key) }
    for column in rows.first?.keys.sorted() ?? [] { try? spare.update(column, of: table, to: .null) }
    return try spare.migrate(statements, mode).failure == nil
  }

  /// Removes the rows that refer to rows which are not there once the migration has run.
  func removeOrphans(from table: String, calledNow name: String) throws(TrialFailure) {
    try spare.become(filled)
    guard try spare.migrate(statements, mode).brokenReferences.contains(name) else { return }
    let (rows, key) = try rows(of: table, try filled.schema())
    for row in rows {
      try spare.become(filled)
      for other in rows where other != row { spare.removeRows(of: table, inWayOf: other, key: key) }
      guard try spare.migrate(statements, mode).brokenReferences.contains(name) else { continue }
      filled.removeRows(of: table, inWayOf: row, key: key)
    }
  }

  private func rows(
    of table: String, _ schema: Database.Schema
  ) throws(TrialFailure) -> (rows: [[String: TrialValue]], key: [String]) {
    let columns = schema.storedColumns(of: table)
    let rows = try filled.rows(of: table, columns, where: RowFilter(), limit: nil)
    return (
      rows.map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }, schema.primaryKey(of: table)
    )
  }
}
