// The rowid of the row that a statement inserted, and of no other.

import SQLCRuntime
import Testing

nonisolated private struct AddOne: ExecOptionalLastIDQuery {
  static let statement = StatementDefinition(
    name: "AddOne", sql: "INSERT OR IGNORE INTO t (k) VALUES (?1)", isReadOnly: false, writes: ["t"])
  var k: String
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(k, at: 1) }
}

nonisolated private struct AddWithResult: ExecResultQuery {
  static let statement = StatementDefinition(
    name: "AddWithResult", sql: "INSERT INTO t (k) VALUES (?1) ON CONFLICT DO NOTHING", isReadOnly: false,
    writes: ["t"])
  var k: String
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(k, at: 1) }
}

@Suite struct InsertedRowIDTests {
  /// SQLite keeps the rowid of the row before; so does the connection, whatever table that row is in.
  @Test func aSkippedRowHasNone() async throws {
    let database = try await Database.inMemory()
    try await database.execute(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE); CREATE TABLE u (id INTEGER PRIMARY KEY)")
    #expect(try await database.run(AddOne(k: "a")) == 1)
    try await database.execute("INSERT INTO u VALUES (4000)")
    #expect(try await database.run(AddOne(k: "a")) == nil)
    #expect(try await database.run(AddOne(k: "b")) == 2)
    let skipped = try await database.run(AddWithResult(k: "b"))
    #expect(skipped.rowsAffected == 0 && skipped.lastInsertID == nil)
    let inserted = try await database.run(AddWithResult(k: "c"))
    #expect(inserted.rowsAffected == 1 && inserted.lastInsertID == 3)
  }
}
