// Schemas that attack the process that reads them: each runs in a child, so that a crash is a failure of its test alone.

import Foundation
import Testing

@Suite struct HostileSchemaTests {
  private static let tokenizer = "fts3_tokenizer('simple', x'4242420000000000')"

  /// The payload of a jump to an address of the attacker's choice, and its kin, wherever SQL is run.
  static let schemas: [(String, String)] = [
    (
      "INSERT INTO t VALUES (1, \(tokenizer)); CREATE VIRTUAL TABLE f USING fts3(x);",
      "refuses the function fts3_tokenizer"
    ),
    (
      "CREATE TABLE d (a DEFAULT (\(tokenizer)), b INT); INSERT INTO d (b) VALUES (1); CREATE VIRTUAL TABLE f USING fts4(x);",
      "refuses the function fts3_tokenizer"
    ),
    ("CREATE TABLE d (a CHECK (a <> \(tokenizer)));", "refuses 'fts3_tokenizer'"),
    ("CREATE TABLE d (a, b AS (\(tokenizer)));", "refuses 'fts3_tokenizer'"),
    ("CREATE INDEX i ON t (\(tokenizer));", "refuses 'fts3_tokenizer'"),
    ("CREATE VIEW v AS SELECT \(tokenizer) AS x;", "refuses 'fts3_tokenizer'"),
    ("CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT \(tokenizer); END;", "refuses 'fts3_tokenizer'"),
    ("SELECT FTS3_Tokenizer('simple');", "refuses the function fts3_tokenizer"),
    ("INSERT INTO t VALUES (1, load_extension('./evil.so'));", "refuses the function load_extension"),
    (
      "CREATE TABLE d (a DEFAULT (load_extension('./evil.so')), b INT); INSERT INTO d (b) VALUES (1);", "load_extension"
    ),
    ("ATTACH 'evil.db' AS x;", "refuses ATTACH"),
    ("PRAGMA writable_schema = ON;", "refuses PRAGMA writable_schema"),
    ("PRAGMA temp_store_directory = '/';", "refuses PRAGMA temp_store_directory"),
    ("PRAGMA data_store_directory = '/';", "refuses PRAGMA data_store_directory"),
    ("INSERT INTO t VALUES (1, zeroblob(900000000));", "the budget is 64 MiB for one value"),
    ("INSERT INTO t VALUES (1, readfile('/etc/passwd'));", "no such function: readfile"),
    ("INSERT INTO t VALUES (1, writefile('evil.db', 'x'));", "no such function: writefile"),
  ]

  @Test(arguments: schemas) func schema(sql: String, says: String) throws {
    let found = try check("CREATE TABLE t (id INTEGER PRIMARY KEY, a);\n" + sql, "SELECT 1 AS one;")
    #expect(found.exit == 2 && found.error.contains(says), "\(found)")
  }

  @Test(arguments: ["\(tokenizer)", "load_extension('./evil.so')"]) func query(call: String) throws {
    let found = try check("CREATE TABLE t (id INTEGER PRIMARY KEY, a);", "SELECT \(call) AS x FROM t;")
    #expect(found.exit == 2 && found.error.contains("refuses"), "\(found)")
    #expect(!found.error.contains("SQLite rejects"))
  }

  /// The way back is no part of the schema: `migrate check` runs it.
  @Test(arguments: [
    ("SELECT \(tokenizer); CREATE VIRTUAL TABLE f USING fts3(x)", "refuses"),
    ("ATTACH 'evil.db' AS x", "refuses ATTACH"),
    ("PRAGMA writable_schema = ON", "refuses PRAGMA writable_schema"),
  ]) func migration(sql: String, says: String) throws {
    let found = try check(
      "-- +goose Up\nCREATE TABLE t (id INTEGER PRIMARY KEY, a);\n-- +goose Down\n\(sql);\nDROP TABLE t;\n",
      "SELECT 1 AS one;", named: "001_first.sql")
    #expect(found.exit != 0 && found.error.contains(says), "\(found)")
  }

  @Test func nothingIsWritten() throws {
    let found = try check("CREATE TABLE t (id INTEGER PRIMARY KEY, a);\nVACUUM INTO 'evil.db';", "SELECT 1 AS one;")
    #expect(found.exit == 0 && found.error.contains("leaves VACUUM INTO out"), "\(found)")
  }

  private func check(_ schema: String, _ query: String, named name: String = "schema.sql") throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "schema"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings =
      "version: \"2\"\nsql:\n- engine: sqlite\n  schema: schema\n  queries: queries.sql\n  gen: { swift: { out: Out } }\n"
    try Data(settings.utf8).write(to: folder.appending(path: "sqlc-swift.yaml"))
    try Data(schema.utf8).write(to: folder.appending(path: "schema/" + name))
    try Data("-- name: Q :many\n\(query)\n".utf8).write(to: folder.appending(path: "queries.sql"))
    let found = try run(["check"], in: folder)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == ["queries.sql", "schema", "sqlc-swift.yaml"])
    return found
  }
}
