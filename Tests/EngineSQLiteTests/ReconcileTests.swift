// Statements that are described otherwise by SQLite than they mean, and yet are right: no `internal/…` is said of them.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import Testing

@Suite struct ReconcileTests {
  private static let schema = """
    CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE u (b TEXT, c TEXT);
    CREATE TABLE n (x INT, p INT);
    CREATE VIEW vx AS SELECT name AS b FROM p EXCEPT SELECT b FROM u;
    CREATE TABLE a (id INTEGER PRIMARY KEY, u INT UNIQUE, v INT);
    CREATE TABLE b (id INTEGER PRIMARY KEY, aid INT REFERENCES a ON DELETE CASCADE);
    CREATE TABLE k (id INTEGER PRIMARY KEY, u INT UNIQUE ON CONFLICT REPLACE, v INT);
    CREATE TABLE d (id INTEGER PRIMARY KEY, kid INT REFERENCES k ON DELETE CASCADE);
    CREATE TABLE l (v INT);
    CREATE TRIGGER tl AFTER INSERT ON l BEGIN INSERT INTO a VALUES (1, 2, 3); UPDATE k SET u = 1; END;
    """

  private func analyze(_ sql: String, _ command: String) throws -> (QueryModel?, [Diagnostic]) {
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: Self.schema)])
    let source = SourceFile(path: "q.sql", text: "-- name: Q \(command)\n\(sql);\n")
    let query = try #require(splitQueries(of: source, rules: .sqlite).value.first)
    let analyzed = try schema.value.analyze(query)
    return (analyzed.value, analyzed.diagnostics)
  }

  /// SQLite names the origin in the last arm of a compound that is read from; the values are of the first.
  @Test(arguments: [
    "SELECT b FROM (SELECT name AS b FROM p EXCEPT SELECT b FROM u)",
    "SELECT b FROM (SELECT name AS b FROM p INTERSECT SELECT b FROM u)",
    "SELECT b FROM vx",
    "WITH c AS (SELECT name AS b FROM p INTERSECT SELECT b FROM u) SELECT b FROM c",
    "SELECT (SELECT name FROM p EXCEPT SELECT b FROM u) AS b",
    "SELECT b FROM (SELECT name AS b FROM p EXCEPT SELECT b FROM u EXCEPT SELECT c FROM u)",
    "SELECT b FROM (SELECT b FROM vx UNION SELECT name FROM p)",
    "SELECT b FROM (SELECT b FROM vx INTERSECT SELECT c FROM u) INTERSECT SELECT name FROM p",
  ])
  func originsOfCompounds(sql: String) throws {
    let (model, diagnostics) = try analyze(sql, ":many")
    #expect(diagnostics == [])
    guard case .column(let column)? = model?.results.first else {
      Issue.record("no column")
      return
    }
    #expect(column.origin?.column == "name")
  }

  /// SQLite reads a join in parentheses as a subquery, whose columns of one name it numbers.
  @Test(arguments: [
    ("SELECT a.p, b.p FROM p LEFT JOIN (n a JOIN n b ON a.x = b.x) ON true", ["p", "p"]),
    ("SELECT * FROM p LEFT JOIN (n a JOIN n b ON a.x = b.x) ON true", ["id", "name", "x", "p", "x", "p"]),
    ("SELECT c.p, b.p FROM p LEFT JOIN (n a JOIN n b JOIN n c) ON true", ["p", "p"]),
    ("SELECT b.x, x FROM p LEFT JOIN (n a JOIN n b USING (x))", ["x", "x"]),
    ("SELECT x FROM p LEFT JOIN (n AS a)", ["x"]),
    ("SELECT n.x FROM p LEFT JOIN (n AS a)", ["x"]),
    ("SELECT a.x FROM (n AS a) LEFT JOIN p", ["x"]),
  ])
  func namesInParentheses(sql: String, names: [String]) throws {
    let (model, diagnostics) = try analyze(sql, ":many")
    #expect(diagnostics == [])
    let found = model?.results.map { if case .column(let column) = $0 { column.name } else { "" } }
    #expect(found == names)
  }

  /// SQLite forgets the alias of one table in parentheses on the right of a join.
  @Test(arguments: [
    "SELECT a.x FROM p LEFT JOIN (n AS a)", "SELECT p.id, sqlc.embed(a) FROM p LEFT JOIN (n AS a)",
    "SELECT a.* FROM p JOIN ((n AS a)) ON true", "SELECT a.x FROM p, (SELECT x FROM n) b JOIN ((SELECT x FROM n) a)",
  ])
  func lostAliases(sql: String) throws {
    let (model, diagnostics) = try analyze(sql, ":many")
    #expect(model == nil)
    #expect(diagnostics.map(\.id.description) == ["binder/unknown-source"])
    #expect(diagnostics.first?.notes.first?.hasPrefix("SQLite forgets the alias") == true)
  }

  /// Rows that are in the way are deleted, and what refers to them: by OR REPLACE, by a key's own ON CONFLICT, in triggers by
  /// what the outer statement says.
  @Test(arguments: [
    ("UPDATE OR REPLACE a SET u = 1", ["a", "b"]), ("UPDATE OR REPLACE a SET v = 1", ["a"]),
    ("UPDATE OR REPLACE a SET id = 1", ["a", "b"]), ("UPDATE a SET u = 1", ["a"]), ("UPDATE k SET u = 1", ["d", "k"]),
    ("UPDATE k SET v = 1", ["k"]), ("UPDATE k SET id = 1", ["d", "k"]), ("UPDATE OR IGNORE k SET u = 1", ["k"]),
    ("INSERT INTO k VALUES (1, 2, 3)", ["d", "k"]), ("INSERT OR IGNORE INTO k VALUES (1, 2, 3)", ["k"]),
    ("REPLACE INTO a VALUES (1, 2, 3)", ["a", "b"]), ("INSERT INTO a VALUES (1, 2, 3)", ["a"]),
    ("INSERT INTO k VALUES (1, 2, 3) ON CONFLICT (id) DO UPDATE SET v = 1", ["d", "k"]),
    ("INSERT INTO k VALUES (1, 2, 3) ON CONFLICT (u) DO UPDATE SET v = 1", ["k"]),
    ("INSERT INTO k VALUES (1, 2, 3) ON CONFLICT DO NOTHING", ["k"]),
    ("REPLACE INTO k VALUES (1, 2, 3) ON CONFLICT (u) DO UPDATE SET v = 1", ["d", "k"]),
    ("INSERT INTO l VALUES (1)", ["a", "d", "k", "l"]),
    ("INSERT OR REPLACE INTO l VALUES (1)", ["a", "b", "d", "k", "l"]),
    ("INSERT OR IGNORE INTO l VALUES (1)", ["a", "k", "l"]),
  ])
  func replacedRows(sql: String, writes: [String]) throws {
    let (model, diagnostics) = try analyze(sql, ":exec")
    #expect(diagnostics == [])
    #expect(model?.writes.map(\.name) == writes)
  }
}
