// Rows on their way into a database.

import CSQLite
public import SQLCEngine
import SQLCSQLiteHandle

extension SQLiteTrialDatabase {
  public var isInTransaction: Bool { !handle.isInAutocommit }

  public func beginRows() throws(TrialFailure) { try execute("SAVEPOINT filling; PRAGMA defer_foreign_keys = ON") }
  public func commitRows() throws(TrialFailure) { try execute("RELEASE filling") }
  public func rollBackRows() { try? execute("ROLLBACK TO filling; RELEASE filling") }

  public func insert(
    _ values: [String: TrialValue], into table: TrialTable
  ) throws(TrialFailure) -> [String: TrialValue] {
    let columns = table.columns.filter { values[$0.key] != nil }
    let isPlain = table.kind == .ordinary
    let referring = isPlain ? table.columns.filter { column in table.foreignKeys.contains { $0.has(column) } } : []
    let sql =
      (columns.isEmpty
        ? "INSERT INTO \(quoted(table.name)) DEFAULT VALUES"
        : "INSERT INTO \(quoted(table.name)) (\(columns.map { quoted($0.name) }.joined(separator: ", "))) VALUES ("
          + columns.map { _ in "?" }.joined(separator: ", ") + ")")
      + (isPlain ? " RETURNING " + (["1"] + referring.map { quoted($0.name) }).joined(separator: ", ") : "")
    let found: [[TrialValue]]
    do throws(SQLiteFailure) {
      found = try rows(sql, columns.map { values[$0.key] ?? .null })
    } catch {
      throw failure(error, of: table)
    }
    guard isPlain else { return [:] }
    guard let row = found.first else { throw TrialFailure(.constraint(.trigger), "a trigger ignores the row") }
    return Dictionary(uniqueKeysWithValues: zip(referring.map(\.key), row.dropFirst()))
  }

  public func evaluate(
    _ expression: String, over row: [String: TrialValue], of table: TrialTable
  ) -> TrialValue? {
    let columns = table.columns.filter { row[$0.key] != nil }
    let list = columns.map { "? AS \(quoted($0.name))" }.joined(separator: ", ")
    return
      (try? rows(
        "SELECT \(expression) FROM (SELECT \(list)) AS \(quoted(table.name))", columns.map { row[$0.key] ?? .null }))?
      .first?.first
  }

  public func moved(_ value: TrialValue, byDays days: Int64) -> TrialValue? {
    guard case .text(let text) = value, text.utf8.count >= 10 else { return nil }
    let function = text.utf8.count == 10 ? "date" : "datetime"
    let moved = (try? rows("SELECT \(function)(?, ?)", [value, .text("\(days) days")]))?.first?.first
    return moved.flatMap { $0.isNull ? nil : $0 }
  }
}

// MARK: Failures

/// A kind of constraint, by SQLite's extended result code (rescode.html#extended_result_code_list): macros of sqlite3.h that
/// Swift does not import.
private enum ConstraintCode: Int32 {
  case check = 275
  case foreignKey = 787
  case notNull = 1299
  case primaryKey = 1555
  case trigger = 1811
  case unique = 2067
  case rowID = 2579
  /// A value of another type in a STRICT table.
  case datatype = 3091
}

extension SQLiteTrialDatabase {
  /// - Parameter table: of the row that was refused.
  func failure(_ failure: SQLiteFailure, of table: TrialTable? = nil) -> TrialFailure {
    TrialFailure(cause(of: failure, table), failure.message)
  }

  private func cause(of failure: SQLiteFailure, _ table: TrialTable?) -> TrialFailure.Cause {
    if failure.primaryCode == SQLITE_INTERRUPT, deadline.isOver { return .outOfTime }
    let columns = table.map { self.columns(in: failure.message, of: $0) } ?? []
    switch ConstraintCode(rawValue: failure.extendedCode) {
    case .check:
      return .constraint(.check(failure.message.split(separator: ": ", maxSplits: 1).dropFirst().joined()))
    case .foreignKey: return .constraint(.foreignKey)
    case .notNull, .datatype: return .constraint(.value(columns: columns))
    case .primaryKey, .unique, .rowID: return .constraint(.unique(columns: columns))
    case .trigger: return .constraint(.trigger)
    case nil:
      if failure.primaryCode == SQLITE_CONSTRAINT { return .constraint(.other) }
      return failure.message.hasPrefix("foreign key mismatch") ? .schema : .statement
    }
  }

  /// `UNIQUE constraint failed: t.a, t.b`: the columns of the table, in lower case.
  private func columns(in message: String, of table: TrialTable) -> [String] {
    // `cannot store TEXT value in INTEGER column t.a` names it at its end.
    let names = (message.split(separator: ": ", maxSplits: 1).last ?? "").lowercased()
    let prefix = table.key + "."
    return table.columns.map(\.key).filter { key in
      names == prefix + key || names.hasPrefix(prefix + key + ", ") || names.hasSuffix(", " + prefix + key)
        || names.contains(", " + prefix + key + ", ") || names.hasSuffix(" " + prefix + key)
    }
  }
}
