// Which of SQLite's words may be shown. Its messages quote parameters, rows, and pieces of both; so what is shown is what is
// known to be harmless, and of everything else no more than its result code says.
//
// | message | shown |
// |---|---|
// | the description of a result code, `database is locked` | whole |
// | a violated constraint, with the schema's names | whole |
// | the literal of a trigger's RAISE | whole |
// | what a function of the application throws | whole; instruments are told the error's type |
// | a phrase of ``phrases``, such as `no such column: …` | the phrase; what it quotes only where the query's text has that too |
// | anything else | the description of the code |
//
// The whole message is in ``DatabaseError/sensitiveDetail``.

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

extension DatabaseError {
  /// The failure of a running statement.
  ///
  /// - Parameter sql: the statement's text: what stands there is no secret.
  func redacted(sql: String, _ database: DatabaseHandle) -> DatabaseError {
    guard kind == .sqlite else { return self }
    if let words = database.functionErrors.last, words.message == message {
      return words.told == message ? self : with(message: message, detail: nil, told: words.told)
    }
    let shown = shownMessage(sql: sql, database)
    return shown == message ? self : with(message: shown, detail: message, told: nil)
  }

  /// The failure of a script, which who runs it is told in full.
  func redactedForInstruments(_ database: DatabaseHandle) -> DatabaseError {
    let told = redacted(sql: "", database).forInstruments.message
    return told == message ? self : with(message: message, detail: nil, told: told)
  }

  func withValue(of error: ConversionError) -> DatabaseError {
    guard case .invalidValue(_, let value) = error else { return self }
    return with(message: message, detail: value, told: nil)
  }

  private func shownMessage(sql: String, _ database: DatabaseHandle) -> String {
    let general = String(cString: sqlite3_errstr(code.rawValue))
    if message == general || message == String(cString: sqlite3_errstr(code.primary.rawValue)) { return message }
    if code.primary == .constraint {
      if constraintPhrases.contains(where: { message.hasPrefix($0) }) { return message }
      // Before 3.47 RAISE takes a literal and nothing else (SQLite, lang_createtrigger.html §6).
      if code == .constraintTrigger, sqlite3_libversion_number() < 3_047_000 || isRaised(message, in: database) {
        return message
      }
    }
    for phrase in phrases {
      if let shown = phrase.shown(of: message, sql: sql) { return shown }
    }
    return general
  }
}

/// Is it the literal of a RAISE in a trigger?
func isRaised(_ message: String, in database: DatabaseHandle) -> Bool {
  let literal = "'\(message.replacingScalars("'", with: "''"))'"
  let query = """
    SELECT 1 FROM (SELECT type, sql FROM sqlite_schema UNION ALL SELECT type, sql FROM sqlite_temp_schema)
    WHERE type = 'trigger' AND instr(sql, ?1) > 0
    """
  return (try? database.texts(query, [literal]))?.isEmpty == false
}

/// A message of SQLite: fixed words, with places for what it quotes.
private struct Phrase: ExpressibleByStringLiteral {
  let parts: [String]
  /// `…` stands for what is quoted.
  init(stringLiteral text: String) {
    parts = text.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
  }

  /// nil when the message is another. What is quoted may hold anything, so each place reaches as far as it can.
  func shown(of message: String, sql: String) -> String? {
    guard let first = parts.first, let last = parts.last, message.hasPrefix(first) else { return nil }
    if parts.count == 1 { return message == first ? message : nil }
    guard message.utf8.count >= first.utf8.count + last.utf8.count, message.hasSuffix(last) else { return nil }
    let quoted = message.dropFirst(first.count).dropLast(last.count)
    let isHarmless = quoted.isEmpty || sql.contains(quoted)
    return first + (isHarmless ? quoted : "…") + last
  }
}

/// Followed by names of the schema.
private let constraintPhrases = [
  "UNIQUE constraint failed: ", "NOT NULL constraint failed: ", "CHECK constraint failed: ",
  "FOREIGN KEY constraint failed", "PRIMARY KEY must be unique", "rtree constraint failed: ", "cannot store ",
]

/// What SQLite says while a statement runs, in any version from 3.37 on.
private let phrases: [Phrase] = [
  // Values, or pieces of them.
  "no such column: …", "no such function: …", "no such table: …", "no such tokenizer: …", "no such rowid: …",
  "no such cursor: …", "no such database: …", "no such savepoint: …", "no such vfs: …", "no such module: …",
  "no such collation sequence: …", "no such fts5 table: …", "no such index: …", "near \"…\": syntax error",
  "unrecognized token: \"…\"", "fts5: syntax error near \"…\"", "fts5: error …", "fts5: column queries …",
  "syntax error after column name \"…\"", "malformed MATCH expression: […]", "unknown special query: …",
  "bad JSON path: …", "JSON path error near '…'", "JSON path error near …", "parse error in rank function: …",
  "parse error in \"…\"", "parse error in tokenize directive", "unknown tokenizer: …", "error in tokenizer constructor",
  "unrecognized matchinfo: …", "unrecognized matchinfo request: …", "unrecognized order: …", "unrecognized option: …",
  "unrecognized parameter: …", "expected integer, got \"…\"", "unable to open database: …",
  "unable to use function … in the requested context", "illegal first argument to …", "unknown database …",
  "database … is already in use", "database … is locked", "cannot detach database …",
  "unable to open shared library […]",
  // Names of the schema.
  "database table is locked: …", "database schema is locked: …", "vtable constructor failed: …",
  "cannot UPDATE contentless fts5 table: …", "cannot DELETE from contentless fts5 table: …",
  "foreign key mismatch - …", "non-deterministic use of …", "unsafe use of …",
  // Nothing of either.
  "malformed JSON", "JSON cannot hold BLOB values", "json_object() labels must be TEXT",
  "json_object() requires an even number of arguments", "json_insert() needs an odd number of arguments",
  "json_replace() needs an odd number of arguments", "json_set() needs an odd number of arguments",
  "ESCAPE expression must be a single character", "LIKE or GLOB pattern too complex", "integer overflow",
  "string or blob too big", "unterminated string", "fts5: NEAR queries are not supported (detail!=full)",
  "fts5: phrase queries are not supported (detail!=full)", "fts5 expression tree is too large (maximum depth 256)",
  "FTS expression tree is too large (maximum depth 12)", "unable to use function MATCH in the requested context",
  "'rebuild' may not be used with a contentless fts5 table",
  "'delete' may only be used with a contentless or external content fts5 table",
  "'delete-all' may only be used with a contentless or external content fts5 table",
  "argument of ntile must be a positive integer", "second argument to nth_value must be a positive integer",
  "frame starting offset must be a non-negative integer", "frame ending offset must be a non-negative integer",
  "frame starting offset must be a non-negative number", "frame ending offset must be a non-negative number",
  "cannot start a transaction within a transaction", "cannot commit - no transaction is active",
  "cannot rollback - no transaction is active", "cannot commit transaction - SQL statements in progress",
  "cannot open savepoint - SQL statements in progress", "cannot release savepoint - SQL statements in progress",
  "cannot VACUUM from within a transaction", "cannot VACUUM - SQL statements in progress",
  "cannot ATTACH database within transaction", "not authorized", "table contains generated columns",
]
