// Foreign keys that cannot work, held against SQLite: the catalog objects to a schema exactly where SQLite, with foreign keys
// enforced, refuses to write to the child.

import CSQLite
import SQLCDiagnostics
import SQLCSQLiteHandle
import SQLCSemanticsSQLite
import Testing

@Suite struct ForeignKeyTests {
  /// A schema, and what is underlined; nothing where there is nothing to say.
  static let cases: [(String, String?)] = [
    ("CREATE TABLE p(a TEXT, b INT UNIQUE); CREATE TABLE c(x TEXT REFERENCES p(a));", "REFERENCES p(a)"),
    ("CREATE TABLE p(a TEXT, b INT UNIQUE); CREATE TABLE c(x INT REFERENCES p(b));", nil),
    ("CREATE TABLE c(x INT REFERENCES p(a)); CREATE TABLE p(a INTEGER PRIMARY KEY);", nil),
    ("CREATE TABLE c(x INT REFERENCES nowhere);", "REFERENCES nowhere"),
    ("CREATE TABLE p(a INT); CREATE TABLE c(x INT REFERENCES p);", "REFERENCES p"),
    ("CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE c(x INT REFERENCES p);", "REFERENCES p"),
    ("CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE c(x INT REFERENCES p(a));", "REFERENCES p(a)"),
    (
      "CREATE TABLE p(a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE c(x, y, FOREIGN KEY (x, y) REFERENCES p(b, a));",
      nil
    ),
    ("CREATE TABLE p(a INTEGER PRIMARY KEY); CREATE TABLE c(x INT REFERENCES p(nosuch));", "REFERENCES p(nosuch)"),
    ("CREATE TABLE p(a INTEGER PRIMARY KEY); CREATE TABLE c(x INT REFERENCES p(rowid));", "REFERENCES p(rowid)"),
    ("CREATE TABLE p(a INT); CREATE UNIQUE INDEX i ON p(a); CREATE TABLE c(x INT REFERENCES p(a));", nil),
    (
      "CREATE TABLE p(a INT); CREATE UNIQUE INDEX i ON p(a) WHERE a > 0; CREATE TABLE c(x INT REFERENCES p(a));",
      "REFERENCES p(a)"
    ),
    (
      "CREATE TABLE p(a TEXT COLLATE NOCASE); CREATE UNIQUE INDEX i ON p(a COLLATE BINARY);"
        + "CREATE TABLE c(x TEXT REFERENCES p(a));", "REFERENCES p(a)"
    ),
    ("CREATE TABLE p(a TEXT, PRIMARY KEY (a COLLATE NOCASE)); CREATE TABLE c(x TEXT REFERENCES p);", nil),
    (
      "CREATE TABLE p(a TEXT, PRIMARY KEY (a COLLATE NOCASE)); CREATE TABLE c(x TEXT REFERENCES p(a));",
      "REFERENCES p(a)"
    ),
    ("CREATE TABLE p(a TEXT); CREATE INDEX i ON p(a); CREATE TABLE c(x TEXT REFERENCES p(a));", "REFERENCES p(a)"),
    ("CREATE VIEW p AS SELECT 1 AS a; CREATE TABLE c(x INT REFERENCES p(a));", "REFERENCES p(a)"),
    ("CREATE TABLE c(id INTEGER PRIMARY KEY, up INT REFERENCES c, twin INT REFERENCES c(up));", "REFERENCES c(up)"),
    // The schema as it is in the end.
    ("CREATE TABLE p(a TEXT); CREATE TABLE c(x TEXT REFERENCES p(a)); CREATE UNIQUE INDEX i ON p(a);", nil),
    (
      "CREATE TABLE p(a TEXT); CREATE UNIQUE INDEX i ON p(a); CREATE TABLE c(x TEXT REFERENCES p(a)); DROP INDEX i;",
      "REFERENCES p(a)"
    ),
    ("CREATE TABLE p(a INTEGER PRIMARY KEY); CREATE TABLE c(x INT REFERENCES p); DROP TABLE p;", "REFERENCES p"),
    (
      "CREATE TABLE p(a INTEGER PRIMARY KEY); CREATE TABLE c(x INT REFERENCES p(a));"
        + "ALTER TABLE p RENAME COLUMN a TO b; ALTER TABLE p RENAME TO q;", nil
    ),
    (
      "CREATE TABLE p(a INTEGER PRIMARY KEY); CREATE TABLE c(x INT); ALTER TABLE c ADD COLUMN y REFERENCES p(z);",
      "REFERENCES p(z)"
    ),
  ]

  @Test(arguments: cases) func agreesWithSQLite(_ schema: String, _ underlined: String?) throws {
    #expect(try refuses(schema, child: "c") == (underlined != nil))
    let found = Analysis(schema: schema).schemaDiagnostics.filter { $0.severity == .error }
    #expect(found.map(\.id.name) == (underlined == nil ? [] : ["foreign-key-mismatch"]), "\(found)")
    for diagnostic in found {
      let range = diagnostic.primary.source.range
      #expect(String(decoding: Array(schema.utf8)[range.lower..<range.upper], as: UTF8.self) == underlined)
    }
  }

  @Test func randomKeysAgreeWithSQLite() throws {
    var random = SeededGenerator(seed: 4)
    func pick(_ choices: String...) -> String { choices.randomElement(using: &random) ?? "" }
    var refused = 0
    for _ in 0..<600 {
      let key = pick(
        "", ", PRIMARY KEY (a)", ", PRIMARY KEY (a, b)", ", PRIMARY KEY (b COLLATE NOCASE)", ", UNIQUE (b, a)")
      let more = pick(
        "",
        "CREATE UNIQUE INDEX i ON p(\(pick("a", "b", "a, b", "lower(b)", "b COLLATE NOCASE", "b COLLATE BINARY"))) "
          + "\(pick("", "", "WHERE a > 1"));")
      let options = key.contains("PRIMARY") ? pick("", "WITHOUT ROWID") : ""
      let count = Int.random(in: 1...2, using: &random)
      let columns = count == 1 ? pick("", "(a)", "(b)", "(z)") : pick("", "(a, b)", "(b, a)")
      let schema = """
        CREATE TABLE p(a \(pick("INT", "INTEGER", "TEXT COLLATE NOCASE")), b TEXT \(pick("", "COLLATE NOCASE", "UNIQUE"))\(key)) \(options);
        CREATE TABLE c(x, y, FOREIGN KEY (\(count == 1 ? "x" : "x, y")) REFERENCES p\(columns));
        \(more)
        """
      let isRefused = try refuses(schema, child: "c")
      refused += isRefused ? 1 : 0
      let errors = Analysis(schema: schema).schemaDiagnostics.filter { $0.severity == .error }
      #expect(
        errors.contains { $0.id.name == "foreign-key-mismatch" } == isRefused, "\(schema): \(errors.map(\.message))")
    }
    #expect(refused > 100 && refused < 500, "\(refused)")
  }

  /// Does SQLite refuse to compile an INSERT into the table?
  private func refuses(_ schema: String, child: String) throws -> Bool {
    let database = try DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try database.execute(schema)
    try database.execute("PRAGMA foreign_keys = ON")
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    return sqlite3_prepare_v2(database.pointer, "INSERT INTO \(child) DEFAULT VALUES", -1, &statement, nil) != SQLITE_OK
  }
}
