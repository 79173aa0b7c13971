// Plans: what SQLite says that it would do.

import CSQLite
import SQLCSQLiteHandle

/// One row of EXPLAIN QUERY PLAN (SQLite, eqp.html §1).
public struct ExplainedStep: Sendable, Hashable {
  public var id: Int
  /// The id of the step that this one is part of; 0 for none.
  public var parent: Int
  public var detail: String
}

extension ScratchDatabase {
  /// The plan of one statement, which is not run. The text is a query's, and prepared under the same rules.
  public func explain(_ sql: String) throws(OracleError) -> [ExplainedStep] {
    try asQuery { () throws(SQLiteFailure) in
      guard let statement = try database.prepare("EXPLAIN QUERY PLAN " + sql).statement else { return [] }
      let reader = StatementReference(statement.pointer)
      var steps: [ExplainedStep] = []
      while true {
        switch reader.step() {
        case SQLITE_ROW:
          steps.append(
            ExplainedStep(
              id: Int(reader.value(0).integer), parent: Int(reader.value(1).integer),
              detail: String(decoding: reader.value(3).text, as: UTF8.self)))
        case SQLITE_DONE: return steps
        case let code: throw statement.failure(code)
        }
      }
    }
  }

  /// Puts the rows of another database's `sqlite_stat1` in place of this one's (SQLite, fileformat2.html §2.6.4); those of tables
  /// and indexes that are not here mean nothing.
  public func setStatistics(_ rows: [(table: String, index: String?, text: String)]) throws(OracleError) {
    try ourselves { () throws(SQLiteFailure) in
      // Makes the table; of no rows there is nothing to say.
      try database.execute("ANALYZE; DELETE FROM sqlite_stat1")
      guard let insert = try database.prepare("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)").statement
      else { return }
      let reference = StatementReference(insert.pointer)
      for row in rows {
        bind(row.table, to: reference, at: 1)
        if let index = row.index { bind(index, to: reference, at: 2) } else { _ = reference.bindNull(at: 2) }
        bind(row.text, to: reference, at: 3)
        let code = insert.step()
        guard code == SQLITE_DONE else { throw insert.failure(code) }
        insert.reset()
      }
      try database.execute("ANALYZE sqlite_schema")
    }
  }

  private func bind(_ text: String, to statement: StatementReference, at place: Int32) {
    var text = text
    text.withUTF8 { _ = statement.bindText(copying: $0, at: place) }
  }

  /// As SQLite has it in its schema; nothing for the index of a key.
  public func definition(ofIndex name: String) throws(OracleError) -> String? {
    try ourselves { () throws(SQLiteFailure) in
      let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1"
      guard let statement = try database.prepare(sql).statement else { return nil }
      let reader = StatementReference(statement.pointer)
      bind(name, to: reader, at: 1)
      guard reader.step() == SQLITE_ROW, reader.value(0).type != SQLITE_NULL else { return nil }
      return String(decoding: reader.value(0).text, as: UTF8.self)
    }
  }

  /// Is it a word of SQLite's own (c3ref/keyword_check.html)?
  public static func isKeyword(_ word: String) -> Bool {
    var word = word
    return word.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { sqlite3_keyword_check($0.baseAddress, Int32($0.count)) != 0 }
    }
  }
}
