// A database in memory that runs a project's SQL: hardened, guarded, and within a budget.

import CSQLite
public import SQLCSQLiteHandle

/// What the scratch database, `exercise` and `migrate check` run statements on. Belongs to one thread at a time.
///
/// ```swift
/// let connection = try ProjectConnection(stepsPerStatement: nil)
/// try connection.execute("ATTACH 'x.db' AS x")  // throws: "sqlc-swift refuses ATTACH: …"
/// ```
public final class ProjectConnection {
  public let database: DatabaseHandle
  /// What the last statements did without.
  public private(set) var leftOut: [Refusal] = []
  /// Why the last statement failed, when that was our doing and not SQLite's.
  public private(set) var refusal: Refusal?
  let rules = StatementGuard()
  private let meter: ExecutionMeter

  /// - Parameters:
  ///   - extensions: what the application registers, and how much its SQL may take.
  ///   - stepsPerStatement: for each statement; nothing: only the whole counts.
  ///   - deadline: a statement that runs then is interrupted.
  /// - Throws: what SQLite says when it cannot open the database.
  public init(
    filename: String = ":memory:", extensions: ScratchExtensions = ScratchExtensions(), stepsPerStatement: Int?,
    deadline: ContinuousClock.Instant? = nil
  ) throws(SQLiteFailure) {
    database = try Hardening.open(filename, extensions)
    meter = ExecutionMeter(extensions.budget, stepsPerStatement: stepsPerStatement, deadline: deadline)
    database.setAuthorizer { [rules] request in rules.decide(request, .running) }
    database.setProgressHandler(every: ExecutionMeter.interval) { [meter] in meter.advance() }
  }

  /// Runs `body`; where we made it fail, it fails in our words.
  public func explaining<Value>(_ body: () throws(SQLiteFailure) -> Value) throws(SQLiteFailure) -> Value {
    rules.forget()
    meter.beginStatement()
    defer { meter.endStatement() }
    refusal = nil
    do throws(SQLiteFailure) {
      let value = try body()
      leftOut = rules.refusals
      return value
    } catch {
      leftOut = rules.refusals.filter { $0.outcome == .leftOut }
      refusal =
        rules.refusals.first { $0.outcome == .refused } ?? Hardening.refusal(for: error) ?? meter.refusal(for: error)
      guard let refusal else { throw error }
      throw SQLiteFailure(
        extendedCode: error.extendedCode, message: refusal.message, offset: error.offset)
    }
  }

  /// Runs every statement of a text; offsets in failures count from its start. VACUUM does nothing.
  public func execute(_ sql: String) throws(SQLiteFailure) {
    var skipped: [Refusal] = []
    var start = sql.startIndex
    while start < sql.endIndex {
      let text = String(sql[start...])
      do throws(SQLiteFailure) {
        let length = try explaining { () throws(SQLiteFailure) in try runFirst(of: text) }
        skipped += leftOut
        guard let length else { break }
        start = sql.utf8.index(start, offsetBy: length)
      } catch {
        var failure = error
        failure.offset = error.offset.map { $0 + sql.utf8.distance(from: sql.startIndex, to: start) }
        throw failure
      }
    }
    leftOut = skipped
  }

  /// The length of the first statement; nothing where there is none.
  private func runFirst(of text: String) throws(SQLiteFailure) -> Int? {
    // Within a transaction SQLite has its own word on it.
    if database.isInAutocommit, let vacuum = Vacuum(text) {
      if vacuum.writesFile {
        rules.leaveOut("VACUUM INTO", "it would write a file on the machine that generates")
      }
      return vacuum.length
    }
    let prepared: PreparedText
    do throws(SQLiteFailure) {
      prepared = try database.prepare(text)
    } catch {
      guard try runUndefended(text, error) else { throw error }
      return try length(of: text)
    }
    guard let statement = prepared.statement else { return nil }
    try run(statement)
    return prepared.tail
  }

  /// A statement that only SQLite's defensive mode refuses, which is ours: it defines a table that a virtual table keeps for
  /// itself, as the dump of a schema does, or writes to one.
  private func runUndefended(_ text: String, _ failure: SQLiteFailure) throws(SQLiteFailure) -> Bool {
    guard failure.primaryCode == SQLITE_ERROR, !rules.refusals.contains(where: { $0.outcome == .refused }) else {
      return false
    }
    try database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 0)
    defer { try? database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 1) }
    guard let statement = try? database.prepare(text).statement else { return false }
    if failure.message.hasSuffix("may not be modified") {
      rules.leaveOut(
        "writing rows of a virtual table's own tables", "the virtual table itself writes them, and relies on them")
    } else {
      try run(statement)
    }
    return true
  }

  private func length(of text: String) throws(SQLiteFailure) -> Int {
    try database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 0)
    defer { try? database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 1) }
    return (try? database.prepare(text).tail) ?? text.utf8.count
  }

  private func run(_ statement: StatementHandle) throws(SQLiteFailure) {
    while true {
      switch statement.step() {
      case SQLITE_ROW: continue
      case SQLITE_DONE: return
      case let code:
        let failure = statement.failure(code)
        statement.reset()
        throw failure
      }
    }
  }
}

/// VACUUM at the start of a text: it changes nothing that a schema is about, and works by attaching a database.
private struct Vacuum {
  var writesFile: Bool
  /// Of the text up to the end of the statement.
  var length: Int

  init?(_ text: String) {
    // Nearly all texts begin with another word.
    let start = text.utf8.drop { $0 <= 0x20 }.prefix(6)
    guard start.elementsEqual("vacuum".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
    let words = text.utf8.prefix { $0 != UInt8(ascii: ";") }
    let upper = String(decoding: words, as: UTF8.self).uppercased().split { $0 == " " || $0.isNewline || $0 == "\t" }
    guard upper.first == "VACUUM" else { return nil }
    writesFile = upper.dropFirst().prefix(2).contains("INTO")
    length = min(text.utf8.count, words.count + 1)
  }
}
