// The rows of `sqlite_schema`, followed from one version of a schema to the next.

import CSQLite

/// The definitions of a database's main schema as they were when they were last looked at (schematab.html).
public struct DefinitionTable {
  public struct Row: Sendable, Hashable {
    /// `table`, `index`, `view`, `trigger`
    public var type: String
    public var name: String
    /// The table that an index or trigger belongs to; of others their own name.
    public var table: String
    /// Absent for the index of a constraint.
    public var sql: String?

    public init(type: String, name: String, table: String, sql: String?) {
      self.type = type
      self.name = name
      self.table = table
      self.sql = sql
    }
  }

  /// What is not as it was. A row that changed is in both.
  public struct Change {
    public var removed: [Row] = []
    public var added: [Row] = []
    public var isEmpty: Bool { removed.isEmpty && added.isEmpty }
  }

  /// In the order of the table.
  public private(set) var rows: [Row] = []

  public init() {}

  /// Looks again. Rows that are as they were are compared where SQLite has them, and not copied.
  public mutating func update(from database: DatabaseHandle) throws(SQLiteFailure) -> Change {
    guard let statement = try database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema").statement else {
      return Change()
    }
    var change = Change()
    // Most changes are at the end: up to there nothing is copied.
    var kept: [Row]?
    var place = 0
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { break }
      guard code == SQLITE_ROW else { throw statement.failure(code) }
      if place < rows.count, statement.holds(rows[place]) {
        kept?.append(rows[place])
        place += 1
        continue
      }
      if kept == nil { kept = Array(rows[..<place]) }
      let row = statement.definition
      // What is gone up to here: the rows keep their order.
      if let next = rows[place...].firstIndex(of: row) {
        change.removed += rows[place..<next]
        place = next + 1
      } else {
        change.added.append(row)
      }
      kept?.append(row)
    }
    change.removed += rows[place...]
    rows = kept ?? Array(rows[..<place])
    return change
  }
}

extension DatabaseHandle {
  /// The definitions of tables, and of what belongs to them.
  ///
  /// - Parameter names: in any case; absent: of every table.
  package func definitions(ofTables names: Set<String>?) throws(SQLiteFailure) -> [DefinitionTable.Row] {
    let filter = names.map { " WHERE tbl_name COLLATE NOCASE IN (\($0.sorted().map(literal).joined(separator: ", ")))" }
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema" + (filter ?? "")
    guard let statement = try prepare(sql).statement else { return [] }
    var rows: [DefinitionTable.Row] = []
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw statement.failure(code) }
      rows.append(statement.definition)
    }
  }
}

extension StatementHandle {
  fileprivate var definition: DefinitionTable.Row {
    func text(_ column: Int32) -> String { String(decoding: reference.value(column).text, as: UTF8.self) }
    return DefinitionTable.Row(
      type: text(0), name: text(1), table: text(2), sql: reference.value(3).isNull ? nil : text(3))
  }

  fileprivate func holds(_ row: DefinitionTable.Row) -> Bool {
    func isSame(_ column: Int32, _ text: String) -> Bool {
      let bytes = reference.value(column).text
      var text = text
      return text.withUTF8 { $0.count == bytes.count && holdsSameBytes($0, bytes) }
    }
    return isSame(1, row.name) && isSame(3, row.sql ?? "") && isSame(2, row.table) && isSame(0, row.type)
  }
}

/// Of buffers of one length.
private func holdsSameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  let (a, b) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
  var place = 0
  while place + 8 <= a.count {
    if a.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      != b.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    {
      return false
    }
    place += 8
  }
  while place < a.count {
    if a[place] != b[place] { return false }
    place += 1
  }
  return true
}
