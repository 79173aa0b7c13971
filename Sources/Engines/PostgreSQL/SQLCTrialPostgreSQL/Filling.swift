// Rows on their way into a database.

public import SQLCEngine
import SQLCOraclePostgreSQL

extension PostgreSQLTrialDatabase {
  public func insert(
    _ values: [String: TrialValue], into table: TrialTable
  ) throws(TrialFailure) -> [String: TrialValue] {
    let columns = table.columns.filter { values[$0.key] != nil }
    let referring = table.columns.filter { column in table.foreignKeys.contains { $0.has(column) } }
    // A column GENERATED ALWAYS AS IDENTITY takes a value as well, where a child has to know it.
    let sql =
      "INSERT INTO \(sqlName(of: table.name)) "
      + (columns.isEmpty
        ? "DEFAULT VALUES"
        : "(\(columns.map { quoted($0.name) }.joined(separator: ", "))) OVERRIDING SYSTEM VALUE VALUES ("
          + columns.map { text(of: values[$0.key] ?? .null) }.joined(separator: ", ") + ")")
      + " RETURNING " + (["1"] + referring.map { quoted($0.name) }).joined(separator: ", ")
    let found = self.values(try guarded(sql, of: table))
    guard let row = found.first else { throw TrialFailure(.constraint(.trigger), "a trigger leaves the row out") }
    return Dictionary(uniqueKeysWithValues: zip(referring.map(\.key), row.dropFirst()))
  }

  public func evaluate(
    _ expression: String, over row: [String: TrialValue], of table: TrialTable
  ) -> TrialValue? {
    let columns = table.columns.filter { row[$0.key] != nil }
    let list = columns.map { column in
      let value = row[column.key] ?? .null
      return "CAST(\(text(of: value)) AS \(column.declaredType)) AS \(quoted(column.name))"
    }
    let bare = table.name.split(separator: ".").last.map(String.init) ?? table.name
    let source = list.isEmpty ? "" : " FROM (SELECT \(list.joined(separator: ", "))) AS \(quoted(bare))"
    guard let value = (try? guarded("SELECT \(expression)\(source)")).map(values)?.first?.first else { return nil }
    // What is computed of numbers is a number to whoever looks for the next one.
    if case .other("numeric", let text) = value, let number = Double(text) {
      return Int64(text).map { .integer($0) } ?? .real(number)
    }
    return value
  }

  public func moved(_ value: TrialValue, byDays days: Int64) -> TrialValue? {
    let type: String
    switch value {
    case .other(let name, _) where name == "date" || name.hasPrefix("timestamp"): type = name
    case .text(let text) where text.utf8.count >= 10: type = text.utf8.count == 10 ? "date" : "timestamp"
    default: return nil
    }
    let sql = "SELECT (CAST(\(text(of: value)) AS \(type)) + interval '\(days) days')::\(type)"
    return (try? guarded(sql)).map(values)?.first?.first
  }

  // MARK: Removing

  public func removeRows(of table: String) throws(TrialFailure) {
    try withoutTriggers { () throws(TrialFailure) in try remove("true", of: table) }
  }

  public func removeRows(of table: String, inWayOf row: [String: TrialValue], key: [String]) {
    guard let fact = facts.first(where: { $0.name.lowercased() == table.lowercased() }) else { return }
    let name = columnName(of: table)
    func isSame(_ columns: [String]) -> String {
      columns.map { "\(name($0)) IS NOT DISTINCT FROM \(text(of: row[$0] ?? .null))" }.joined(separator: " AND ")
    }
    // Every key that there is, and the row itself where there is none.
    var keys = fact.uniqueKeys.map { columns in columns.compactMap { key in row.keys.first { $0.lowercased() == key } }
    }
    if !key.isEmpty { keys.append(key.filter { row[$0] != nil }) }
    if keys.isEmpty { keys = [row.keys.sorted()] }
    try? withoutTriggers { () throws(TrialFailure) in
      for columns in keys where !columns.isEmpty { try remove(isSame(columns), of: table) }
    }
  }

  /// Removes rows, and before them those of other tables that refer to them.
  private func remove(_ condition: String, of table: String, depth: Int = 0) throws(TrialFailure) {
    let name = sqlName(of: table)
    if depth < 6 {
      for child in facts {
        for key in child.foreignKeys where key.parent.lowercased() == table.lowercased() && child.name != table {
          let columns = key.columns.map(quoted).joined(separator: ", ")
          let targets = key.parentColumns.map(quoted).joined(separator: ", ")
          try remove(
            "(\(columns)) IN (SELECT \(targets) FROM \(name) WHERE \(condition))", of: child.name, depth: depth + 1)
        }
      }
    }
    _ = try guarded("DELETE FROM \(name) WHERE \(condition)")
  }

  private func withoutTriggers(_ body: () throws(TrialFailure) -> Void) throws(TrialFailure) {
    _ = setTriggers(.off)
    defer { _ = setTriggers(.on) }
    try body()
  }
}
