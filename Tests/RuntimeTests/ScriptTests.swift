// SQL as text does all that it says, or is refused: nothing is left out, left open, or taken from the pool.

import Foundation
import Testing

@testable import SQLCRuntime

nonisolated private struct Text: ExecQuery {
  static var statement: StatementDefinition { current }
  @TaskLocal static var current = StatementDefinition(name: "", sql: "SELECT 1", isReadOnly: true)
}

@Suite struct ScriptTests {
  private func error(_ body: () async throws -> Void) async -> DatabaseError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? DatabaseError
    }
  }

  /// Each is refused, by itself and in a transaction whose closure passes over the error; and not a row of it stays.
  @Test(arguments: [
    "BEGIN; INSERT INTO tags VALUES ('lost')", "BEGIN IMMEDIATE; INSERT INTO tags VALUES ('lost'); SELECT 1",
    "SAVEPOINT a; INSERT INTO tags VALUES ('lost')", "BEGIN; COMMIT; BEGIN; INSERT INTO tags VALUES ('lost')",
    "SAVEPOINT a; SAVEPOINT b; INSERT INTO tags VALUES ('lost'); RELEASE b",
    "SAVEPOINT \"a b\"; INSERT INTO tags VALUES ('lost'); ROLLBACK TO [a b]; INSERT INTO tags VALUES ('lost')",
    "SAVEPOINT a; INSERT INTO tags VALUES ('lost'); RELEASE sqlc_savepoint", "RELEASE sqlc_savepoint",
    "ROLLBACK TO sqlc_savepoint", "rollback /* x */ transaction to savepoint \"SQLC_savepoint\"",
    "release savepoint [sqlc_savepoint]", "SAVEPOINT sqlc_savepoint; INSERT INTO tags VALUES ('lost')",
    "SELECT 1;\0 INSERT INTO tags VALUES ('lost')", "\0INSERT INTO tags VALUES ('lost')", "-- \0\nSELECT 1",
    "INSERT INTO tags VALUES ('lost\0')", "PRAGMA busy_timeout = 1", "PRAGMA main.journal_mode = DELETE",
    "pragma \"journal_mode\"(off)", "PRAGMA locking_mode=EXCLUSIVE", "EXPLAIN PRAGMA busy_timeout=3",
    "EXPLAIN QUERY PLAN PRAGMA wal_autocheckpoint=3", "PRAGMA query_only=1", "/**/PRAGMA/**/query_only/**/=/**/1",
    "ATTACH ':memory:' AS other", "DETACH other", ";;ATTACH DATABASE ':memory:' AS other",
  ])
  func refused(sql: String) async throws {
    try await withStationFile { database, _ in
      #expect(await error { try await database.execute(sql) }?.code.primary == .misuse)
      try await database.run(CreateTag(name: "outside"))
      try await database.transaction { tx in
        try tx.run(CreateTag(name: "before"))
        #expect(throws: DatabaseError.self) { try tx.execute(sql) }
        try tx.run(CreateTag(name: "after"))
        #expect(throws: CancellationError.self) {
          try tx.savepoint { inner in
            try inner.run(CreateTag(name: "undone"))
            try? inner.execute(sql)
            throw CancellationError()
          }
        }
      }
      #expect(try await database.run(ListTags()).sorted() == ["after", "before", "outside"])
    }
  }

  /// A savepoint is undone whatever the SQL inside of it tried, prepared or not.
  @Test(arguments: [
    "RELEASE sqlc_savepoint", "COMMIT", "ROLLBACK", "END", "BEGIN", "SAVEPOINT x", "release x", " /**/ Commit",
  ])
  func noQuery(sql: String) async throws {
    try await withStationFile { database, _ in
      let definition = StatementDefinition(name: "Rogue", sql: sql, isReadOnly: true)
      try await Text.$current.withValue(definition) {
        let alone = await error { try await database.run(Text()) }
        #expect(alone?.kind == .misuse && alone?.query == "Rogue", "\(String(describing: alone))")
        try await database.transaction { tx in
          try? tx.savepoint { inner in
            try inner.run(CreateTag(name: "undone"))
            #expect(throws: DatabaseError.self) { try inner.run(Text()) }
            throw CancellationError()
          }
          try tx.run(CreateTag(name: "kept"))
        }
      }
      #expect(try await database.run(ListTags()) == ["kept"])
    }
  }

  @Test(arguments: [
    "DELETE FROM tags; DELETE FROM agents", "DELETE FROM tags;\0DELETE FROM agents", "DELETE FROM tags\0",
    "DELETE FROM tags; x",
  ])
  func queriesOfSeveralStatements(sql: String) async throws {
    let database = try await stationInMemory()
    try await database.run(CreateTag(name: "kept"))
    let definition = StatementDefinition(name: "Two", sql: sql, isReadOnly: false)
    let found = await Text.$current.withValue(definition) { await error { try await database.run(Text()) } }
    #expect(found?.query == "Two")
    #expect(try await database.run(ListTags()) == ["kept"])
    let blank = StatementDefinition(
      name: "One", sql: "DELETE FROM tags; -- and no more;\n /* ; */ ;", isReadOnly: false)
    try await Text.$current.withValue(blank) { try await database.run(Text()) }
    #expect(try await database.run(ListTags()) == [])
    await database.close()
  }

  @Test func whatScriptsMayDo() async throws {
    try await withStationFile { database, _ in
      try await database.execute(
        """
        PRAGMA journal_mode; PRAGMA busy_timeout; PRAGMA table_info(tags); PRAGMA user_version = 7; EXPLAIN BEGIN;
        BEGIN; SAVEPOINT a; INSERT INTO tags VALUES ('1'); ROLLBACK TO a; INSERT INTO tags VALUES ('2'); COMMIT;
        SAVEPOINT a; SAVEPOINT A; INSERT INTO tags VALUES ('3'); RELEASE "a"; RELEASE a;
        """)
      try await database.transaction { tx in
        try tx.execute("SAVEPOINT sqlc_savepoint; INSERT INTO tags VALUES ('4'); RELEASE sqlc_savepoint")
        try tx.execute("INSERT INTO tags VALUES ('BEGIN; COMMIT')")
      }
      #expect(try await database.run(ListTags()).sorted() == ["2", "3", "4", "BEGIN; COMMIT"])
    }
    // One connection is all there is.
    let memory = try await Database.inMemory()
    try await memory.execute("ATTACH ':memory:' AS other; CREATE TABLE other.t (x)")
    await memory.close()
  }
}
