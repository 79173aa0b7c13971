// Facts in an SQLite database in memory: what rules ask, and what `vet --dump` writes.

import CSQLite
import SQLCSQLiteHandle
public import SQLCVet

/// A database of facts. Statements of rules can only read: the authorizer refuses all else while they are prepared, and a rule
/// that does not end is interrupted.
public final class SQLiteFacts: FactDatabase {
  private let database: DatabaseHandle
  private let meter = Meter()

  /// Steps of SQLite's virtual machine that one rule can take.
  static let mostSteps = 200_000_000

  public init() throws(FactFailure) {
    do throws(SQLiteFailure) {
      database = try DatabaseHandle(
        filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
      try database.configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 0)
      // What fails to be filled is thrown away whole; defensive mode would keep the journal (SQLite, c3ref/c_dbconfig_defensive).
      try database.execute("PRAGMA journal_mode = OFF")
      try database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 1)
      try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0)
      database.limit(SQLITE_LIMIT_ATTACHED, to: 0)
      try database.execute("PRAGMA temp_store = MEMORY")
      // A table-valued function declares its table when it is first used, which the authorizer would refuse a rule.
      try database.execute("SELECT 1 FROM json_each('[]'); SELECT 1 FROM json_tree('[]')")
    } catch {
      throw FactFailure(error)
    }
    database.setProgressHandler(every: 10_000) { [meter] in meter.isSpent() }
  }

  public func execute(_ sql: String) throws(FactFailure) {
    do throws(SQLiteFailure) {
      try database.execute(sql)
    } catch {
      throw FactFailure(error)
    }
  }

  public func insert(_ rows: [[FactValue]], into table: String) throws(FactFailure) {
    guard let width = rows.first?.count else { return }
    let places = Array(repeating: "?", count: width).joined(separator: ", ")
    do throws(SQLiteFailure) {
      try database.execute("BEGIN")
      guard let handle = try database.prepare("INSERT INTO \(table) VALUES (\(places))").statement else { return }
      for row in rows {
        bind(row, to: StatementReference(handle.pointer))
        let code = sqlite3_step(handle.pointer)
        guard code == SQLITE_DONE else { throw handle.failure(code) }
        sqlite3_reset(handle.pointer)
      }
      try database.execute("COMMIT")
    } catch {
      throw FactFailure(error)
    }
  }

  private func bind(_ row: [FactValue], to statement: StatementReference) {
    for (index, value) in row.enumerated() {
      let place = Int32(index + 1)
      switch value {
      case .integer(let number): _ = statement.bind(Int64(number), at: place)
      case .text(var text): _ = text.withUTF8 { statement.bindText(copying: $0, at: place) }
      case .null: _ = statement.bindNull(at: place)
      }
    }
  }

  public func columns(of select: String) throws(FactFailure) -> [String] {
    let handle = try prepare(select)
    return (0..<handle.columnCount).map { handle.columnName($0) ?? "" }
  }

  public func rows(of select: String) throws(FactFailure) -> [[FactValue]] {
    let handle = try prepare(select)
    let statement = StatementReference(handle.pointer)
    meter.steps = 0
    var rows: [[FactValue]] = []
    while true {
      let code = statement.step()
      switch code {
      case SQLITE_ROW:
        rows.append(
          (0..<handle.columnCount).map { index in
            let value = statement.value(index)
            switch value.type {
            case SQLITE_NULL: return .null
            case SQLITE_INTEGER: return .integer(Int(value.integer))
            default: return .text(String(decoding: value.text, as: UTF8.self))
            }
          })
      case SQLITE_DONE: return rows
      case let code where code & 0xFF == SQLITE_INTERRUPT:
        throw FactFailure(message: "it does not end within \(Self.mostSteps) steps")
      default: throw FactFailure(handle.failure(code))
      }
    }
  }

  public func bytes() throws(FactFailure) -> [UInt8] {
    var size: sqlite3_int64 = 0
    guard let start = sqlite3_serialize(database.pointer, "main", &size, 0) else {
      throw FactFailure(message: "out of memory")
    }
    defer { sqlite3_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: Int(size)))
  }

  /// One SELECT, and nothing that writes, names a file or reads the schema.
  private func prepare(_ select: String) throws(FactFailure) -> StatementHandle {
    let permitted = [SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE]
    database.setAuthorizer { request in permitted.contains(request.action) ? .allow : .deny }
    defer { database.setAuthorizer(nil) }
    let prepared: PreparedText
    do throws(SQLiteFailure) {
      prepared = try database.prepare(select)
    } catch {
      throw FactFailure(error)
    }
    guard let statement = prepared.statement else { throw FactFailure(message: "there is no statement") }
    guard isBlank(select, from: prepared.tail) else { throw FactFailure(message: "there is more than one statement") }
    return statement
  }
}

extension FactFailure {
  fileprivate init(_ failure: SQLiteFailure) { self.init(message: failure.message, offset: failure.offset) }
}

/// Counts the steps of the rule that runs.
private final class Meter {
  var steps = 0

  func isSpent() -> Bool {
    steps += 10_000
    return steps > SQLiteFacts.mostSteps
  }
}
