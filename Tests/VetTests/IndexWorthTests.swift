// What a proposed index is worth: the work of each query of known best index, with and without it, on generated rows.
//
// The rows are few, and what is compared is SQLite's own count of its steps, which is the same on every machine. With
// SQLC_SWIFT_PLAN_ROWS=100000 in the environment there are so many, and the times are printed: the table of the article.

import CSQLite
import Foundation
import SQLCPlans
import Testing

@Suite struct IndexWorthTests {
  private static let environment = ProcessInfo.processInfo.environment["SQLC_SWIFT_PLAN_ROWS"].flatMap { Int($0) }
  private static let rows = environment ?? 2000

  @Test(arguments: KnownIndex.all.filter { $0.best != nil })
  func theIndexSparesWork(_ known: KnownIndex) throws {
    let wanted = try plans(schema: KnownIndex.schema, queries: "-- name: Known :exec\n\(known.sql);\n").wanted
    let database = try Filled(rows: Self.rows)
    let before = try database.run(known.sql)
    for definition in wanted.flatMap(\.definitions) { try database.execute(definition) }
    for name in wanted.compactMap(\.replaces) { try database.execute("DROP INDEX \(name)") }
    let after = try database.run(known.sql)
    #expect(after.rows == before.rows && (before.rows > 0 || known.name == "update"))
    #expect(after.steps < before.steps, "\(before.steps) steps before, \(after.steps) after")
    if Self.environment != nil {
      let times = [before, after].map { $0.seconds * 1000 }.map { String(format: "%.3f ms", $0) }
      print("| \(known.name) | \(before.rows) | `\(known.best ?? "")` | \(times[0]) | \(times[1]) |")
    }
  }
}

/// A database with rows: a thousand users' tasks, events of ten kinds.
private final class Filled {
  struct Failure: Error { var message: String }
  struct Work {
    var rows: Int
    var steps: Int
    var seconds: Double
  }

  private var database: OpaquePointer?

  private let half: Int64

  init(rows: Int) throws {
    half = Int64(rows / 2)
    // Knuth's multiplicative hash, of another part of it for each column.
    func mixed(_ column: Int, _ bound: Int) -> String { "((i * \(column * 2) + 1) * 2654435761 >> 8) % \(bound)" }
    sqlite3_open(":memory:", &database)
    try execute(KnownIndex.schema)
    let numbers = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))"
    try execute(
      """
      BEGIN;
      \(numbers) INSERT INTO users SELECT i, 'u' || i, 'n' || i, i % 20 FROM n WHERE i <= 1000;
      \(numbers) INSERT INTO tasks SELECT i, \(mixed(1, 1000)), \(mixed(2, 500)), CASE WHEN i % 37 = 0 THEN 'open' ELSE 'done' END,
        i % 5, 't' || i, \(mixed(3, rows)), \(mixed(4, rows)), CASE i % 3 WHEN 0 THEN i END FROM n;
      UPDATE tasks SET project_id = 7 WHERE id % 370 = 0;
      \(numbers) INSERT INTO comments SELECT i, i * 7919 % \(rows / 4), i % 1000, 'b' || i, \(mixed(5, rows)) FROM n;
      \(numbers) INSERT INTO labels SELECT i, 'l' || (i % 7) FROM n;
      \(numbers) INSERT INTO events SELECT i, 'k' || (i % 10), i % 1000, \(mixed(6, rows)) FROM n;
      COMMIT;
      """)
  }

  deinit { sqlite3_close_v2(database) }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(message: String(cString: sqlite3_errmsg(database)))
    }
  }

  /// SQLite keeps a copy (c3ref/c_static.html: -1 is SQLITE_TRANSIENT).
  private func bind(_ text: String, to statement: OpaquePointer?, at index: Int32) {
    sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }

  /// The statement, run and undone; the shortest of three times.
  func run(_ sql: String) throws -> Work {
    let text = sql.replacing("sqlc.slice('projects')", with: "3, 5")
    var best: Work?
    for _ in 0..<3 {
      try execute("SAVEPOINT s")
      defer { try? execute("ROLLBACK TO s; RELEASE s") }
      var statement: OpaquePointer?
      guard sqlite3_prepare_v2(database, text, -1, &statement, nil) == SQLITE_OK else {
        throw Failure(message: String(cString: sqlite3_errmsg(database)))
      }
      defer { sqlite3_finalize(statement) }
      for index in 1..<(sqlite3_bind_parameter_count(statement) + 1) {
        switch String(cString: sqlite3_bind_parameter_name(statement, index)) {
        case "@state": bind("open", to: statement, at: index)
        case "@title": bind("t7", to: statement, at: index)
        case "@kind": bind("k3", to: statement, at: index)
        case "@at", "@since": sqlite3_bind_int64(statement, index, half)
        case "@id", "@low": sqlite3_bind_int64(statement, index, 100)
        case "@now", "@high": sqlite3_bind_int64(statement, index, 150)
        default: sqlite3_bind_int64(statement, index, 7)
        }
      }
      let start = ContinuousClock.now
      var rows = 0
      while sqlite3_step(statement) == SQLITE_ROW { rows += 1 }
      let time = (ContinuousClock.now - start) / .seconds(1)
      let steps = Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0))
      best = Work(rows: rows, steps: steps, seconds: min(time, best?.seconds ?? time))
      if time > 5 { break }
    }
    return try #require(best)
  }
}
