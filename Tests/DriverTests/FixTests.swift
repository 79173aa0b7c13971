// `check --fix`: what it changes, what it leaves, and that strings stay what they were to SQLite.

import SQLCDriver
import SQLCSQLiteHandle
import Testing

@Suite struct FixTests {
  static let schema = #"""
    CREATE TABLE t (
      id INTEGER PRIMARY KEY, name TEXT DEFAULT "none", kind TEXT CHECK (kind IN ("it's", "a ""b""", 'c')),
      both TEXT AS (name || " of " || kind)
    );
    CREATE INDEX named ON t (name) WHERE kind <> "c";
    CREATE TABLE log (what TEXT);
    CREATE TRIGGER noted AFTER INSERT ON t WHEN new.kind = "c" BEGIN INSERT INTO log VALUES ("made " || new.name); END;
    INSERT INTO t (name, kind) VALUES ("first", "it's"), ("zweite ü", 'c');
    UPDATE t SET kind = "c" WHERE "name" = "first";
    INSERT INTO t (name, kind) SELECT "third", "c" FROM t LIMIT 1;
    CREATE VIEW v AS SELECT id, "name", "a constant" AS c FROM t WHERE "kind" <> "d";

    """#
  static let queries = """
    -- name: Named :many
    SELECT "id", "name" FROM t WHERE kind = "it's";
    -- name: Insert :exec
    INSERT INTO t (name, kind) VALUES ("new", "c");

    """

  private func contents(_ disk: MemoryFileSystem, _ path: String) -> String {
    (try? disk.read("/p/" + path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test func everyStringInDoubleQuotesIsMended() throws {
    let disk = project(["schema/001_agents.sql": Self.schema, "queries/agents.sql": Self.queries])
    let before = try check(context(disk))
    #expect(before.exit == .failure && before.standardError.contains("schema/double-quoted-string"))
    let fixed = try fix(context(disk))
    #expect(fixed.exit == .success, "\(fixed.standardError)")
    #expect(fixed.standardError.isEmpty, "\(fixed.standardError)")
    #expect(fixed.standardOutput.contains("fixed schema/001_agents.sql:2:"))
    #expect(fixed.standardOutput.contains("fixed queries/agents.sql:2:"))
    let schema = contents(disk, "schema/001_agents.sql")
    #expect(schema.contains("('it''s', 'a \"b\"', 'c')") && schema.contains("WHERE \"name\" = 'first'"))
    // What SQLite makes of both, with such strings and without.
    #expect(try rows(of: Self.schema, isLenient: 1) == rows(of: schema, isLenient: 0))
    let again = try fix(context(disk))
    #expect(again.standardOutput.hasPrefix("nothing to fix\n"))
    #expect(contents(disk, "schema/001_agents.sql") == schema)
  }

  private func rows(of schema: String, isLenient: Int32) throws -> [[String?]] {
    let database = try DatabaseHandle(filename: ":memory:", flags: 6)
    // SQLITE_DBCONFIG_DQS_DML and _DDL (c3ref/c_dbconfig_defensive.html).
    for verb: Int32 in [1013, 1014] { try database.configure(verb, isOn: isLenient) }
    try database.execute(schema)
    return try database.texts("SELECT id, name, kind, both FROM t") + database.texts("SELECT what FROM log")
      + database.texts("SELECT * FROM v")
  }

  /// A column of nearly that name may be meant: a person should look.
  @Test func doubtIsLeft() throws {
    let query = "-- name: Q :many\nSELECT id FROM agents WHERE \"nmae\" = 'x';\n"
    let disk = project(["queries/agents.sql": query])
    let outcome = try fix(context(disk))
    #expect(outcome.exit == .failure && outcome.standardOutput.hasPrefix("nothing to fix"))
    #expect(contents(disk, "queries/agents.sql") == query)
  }
}
