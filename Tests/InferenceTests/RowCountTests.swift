// How many rows a query can give, by keys that cover some of the rows.

import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct RowCountTests {
  static let schema = """
    CREATE TABLE a (id INTEGER PRIMARY KEY, ns TEXT NOT NULL, name TEXT NOT NULL, deleted_at DATETIME,
      active BOOLEAN NOT NULL, status TEXT);
    CREATE UNIQUE INDEX u1 ON a(ns, name) WHERE deleted_at IS NULL;
    CREATE UNIQUE INDEX u2 ON a(name) WHERE active AND status = 'live';
    CREATE TABLE b (id INTEGER PRIMARY KEY, a_name TEXT NOT NULL);
    """

  @Test(arguments: [
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL", true),
    ("UPDATE a SET status = 'x' WHERE ns = ? AND name = ? AND deleted_at ISNULL RETURNING id", true),
    ("SELECT id FROM a WHERE name = ? AND active = 1 AND status = 'live'", true),
    ("SELECT b.id FROM b JOIN a ON a.name = b.a_name AND a.active AND a.status = 'live' WHERE b.id = ?", true),
    ("SELECT id FROM a WHERE ns = ? AND name = ?", false),
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NOT NULL", false),
    ("SELECT id FROM a WHERE name = ? AND active AND status = ?", false),
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL OR id = 1", false),
    ("SELECT b.id FROM b LEFT JOIN a ON a.name = b.a_name AND a.active AND a.status = 'live' WHERE b.id = ?", false),
  ]) func partialKeys(_ sql: String, isAtMostOne: Bool) {
    let result = Analysis(schema: Self.schema).analyze(sql).first?.1
    #expect(result?.diagnostics.hasErrors == false)
    #expect((result?.value.rowCount.bound == .atMostOne) == isAtMostOne)
  }

  @Test func aDroppedIndexProvesNothing() {
    let schema = Self.schema + "DROP INDEX u1;"
    let result = Analysis(schema: schema).analyze("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL")
    #expect(result.first?.1.value.rowCount.bound == .many)
  }
}
