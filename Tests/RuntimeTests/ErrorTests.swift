// What errors know: place, constraint, and nothing of what parameters said.

import Foundation
import SQLCRuntime
import Testing

@Suite struct ErrorTests {
  private func error(_ sql: String, in database: Database) async throws -> DatabaseError {
    do {
      try await database.execute(sql)
    } catch {
      return error
    }
    Issue.record("no error: \(sql)")
    return DatabaseError(kind: .misuse, message: "")
  }

  private static let schema = """
    CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE "odd, table" ("a, b" INTEGER UNIQUE);
    CREATE TABLE t (
      a INTEGER NOT NULL, b TEXT, c INTEGER CONSTRAINT positive CHECK (c > 0), d INTEGER CHECK (d <> 13),
      parent INTEGER REFERENCES parents (id), later INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED,
      UNIQUE (a, b));
    CREATE UNIQUE INDEX idx_partial ON t (b) WHERE c = 7;
    CREATE UNIQUE INDEX idx_expression ON t (lower(b), d);
    CREATE TABLE keys (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
    CREATE TABLE typed (n INTEGER, x ANY) STRICT;
    CREATE TRIGGER guard BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'rows of t stay'); END;
    INSERT INTO t (a, b, c, d) VALUES (1, 'One', 7, 1);
    INSERT INTO keys VALUES ('x', 'y');
    INSERT INTO "odd, table" VALUES (1);
    """

  nonisolated struct Case: Sendable {
    var sql: String
    var kind: Constraint.Kind
    var table: String?
    var columns: [String] = []
    var name: String?
  }

  @Test(arguments: [
    Case(sql: "INSERT INTO t (a, b, c) VALUES (1, 'One', 8)", kind: .unique, table: "t", columns: ["a", "b"]),
    Case(sql: "INSERT INTO t (a, b, c) VALUES (2, 'One', 7)", kind: .unique, table: "t", columns: ["b"]),
    Case(sql: "INSERT INTO t (a, b, d) VALUES (2, 'ONE', 1)", kind: .unique, name: "idx_expression"),
    Case(sql: "INSERT INTO t (b) VALUES ('x')", kind: .notNull, table: "t", columns: ["a"]),
    Case(sql: "INSERT INTO t (a, c) VALUES (3, -1)", kind: .check, name: "positive"),
    Case(sql: "INSERT INTO t (a, d) VALUES (3, 13)", kind: .check, name: "d <> 13"),
    Case(sql: "INSERT INTO t (a, parent) VALUES (3, 99)", kind: .foreignKey),
    Case(sql: "INSERT INTO t (a, later) VALUES (3, 99)", kind: .foreignKey),
    Case(sql: "INSERT INTO keys VALUES ('x', 'y')", kind: .primaryKey, table: "keys", columns: ["a", "b"]),
    Case(sql: "INSERT INTO parents VALUES (1), (1)", kind: .primaryKey, table: "parents", columns: ["id"]),
    Case(sql: "INSERT INTO t (rowid, a) VALUES (1, 5)", kind: .rowID, table: "t", columns: ["rowid"]),
    Case(sql: "INSERT INTO typed (n) VALUES ('x')", kind: .dataType, table: "typed", columns: ["n"]),
    Case(sql: "DELETE FROM t", kind: .trigger, name: "rows of t stay"),
    Case(sql: "INSERT INTO \"odd, table\" VALUES (1)", kind: .unique, table: "odd, table", columns: ["a, b"]),
  ])
  func constraintsAreRead(_ wanted: Case) async throws {
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    let error = try await error(wanted.sql, in: database)
    let constraint = try #require(error.constraint, "\(error)")
    #expect(ResultCode.constraint ~= error.code)
    #expect(constraint.kind == wanted.kind, "\(error)")
    #expect(constraint.table == wanted.table, "\(error)")
    #expect(constraint.columnNames == wanted.columns, "\(error)")
    #expect(constraint.name == wanted.name, "\(error)")
    #expect(constraint.columns == wanted.columns.map { "\(wanted.table ?? "").\($0)" })
  }

  @Test func anErrorHasItsPlace() async throws {
    let database = try await Database.inMemory()
    let script = try await error("CREATE TABLE a (x);\n-- grüße\nSELECT 'ü', y\n  FROM a;", in: database)
    #expect(script.position?.line == 3)
    #expect(script.position?.column == 13)
    #expect(script.position?.offset == 44)
    #expect(script.description == "no such column: y at 3:13 [SQLite 1]")
    let definition = StatementDefinition(name: "Broken", sql: "SELECT 1\nFROM a, WHERE x", isReadOnly: true)
    let query = await #expect(throws: DatabaseError.self) {
      try await database.read { tx in try tx.connection.values(of: definition) }
    }
    #expect(query?.query == "Broken")
    #expect(query?.position?.description == "2:9")
    #expect(query?.message == "near \"WHERE\": syntax error")
    // SQLite does not know where this one is.
    let missing = try await error("SELECT * FROM nowhere", in: database)
    #expect(missing.position == nil)
  }

  /// Some of SQLite's messages quote values.
  @Test(arguments: [
    ("SELECT x FROM docs WHERE docs MATCH ?1", "\"sec ret"), ("SELECT x FROM docs WHERE docs MATCH ?1", "secret : x"),
    ("SELECT x FROM docs WHERE docs MATCH ?1", "x AND AND secret"), ("SELECT json_extract('{}', ?1)", "secret"),

    ("INSERT INTO docs (docs) VALUES (?1)", "secret"), ("SELECT x FROM docs WHERE docs MATCH ?1", "secret(("),
  ])
  func parametersAreInNoError(sql: String, value: String) async throws {
    let database = try await Database.inMemory()
    try await database.execute("CREATE VIRTUAL TABLE docs USING fts5 (x); INSERT INTO docs VALUES ('a b')")
    let definition = StatementDefinition(name: "Secretive", sql: sql, parameters: 1, isReadOnly: false)
    let error = await #expect(throws: DatabaseError.self, "\(sql) \(value)") {
      try await database.transaction { tx in try tx.connection.values(of: definition, with: value) }
    }
    #expect(error?.query == "Secretive")
    #expect(error?.description.contains("secret") == false, "\(error?.description ?? "")")
    #expect(error?.message.isEmpty == false)
  }

  @Test func whatTheQueryItselfSaysIsTold() async throws {
    let database = try await Database.inMemory()
    let definition = StatementDefinition(
      name: "Path", sql: "SELECT json_extract(?1, 'nowhere')", parameters: 1, isReadOnly: true)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.read { tx in try tx.connection.values(of: definition, with: "{}") }
    }
    #expect(error?.message.contains("nowhere") == true, "\(error?.description ?? "")")
  }
}

nonisolated private struct AnyTextQuery: ManyQuery {
  typealias Row = SQLiteValue
  @TaskLocal static var current = StatementDefinition(name: "", sql: "SELECT 1", isReadOnly: true)
  var text: String
  static var statement: StatementDefinition { current }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(text, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> SQLiteValue { try row.decode(0) }
}

extension Connection {
  nonisolated fileprivate func values(of definition: StatementDefinition, with text: String) throws -> [SQLiteValue] {
    try AnyTextQuery.$current.withValue(definition) { try run(AnyTextQuery(text: text)) }
  }
}
