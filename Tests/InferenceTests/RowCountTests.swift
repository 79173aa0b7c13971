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
    CREATE TABLE n (id INTEGER PRIMARY KEY, number INT, tenant INT, email TEXT, verified_at DATETIME, code TEXT, kind TEXT,
      rank INT, slug TEXT, state TEXT);
    CREATE UNIQUE INDEX n1 ON n(number) WHERE number IS NOT NULL;
    CREATE UNIQUE INDEX n2 ON n(tenant, email) WHERE verified_at IS NOT NULL;
    CREATE UNIQUE INDEX n3 ON n(code) WHERE kind = 'a' AND rank >= 3;
    CREATE UNIQUE INDEX n4 ON n(slug) WHERE state IN ('open', 'held');
    CREATE TABLE m (id INTEGER PRIMARY KEY, label TEXT COLLATE NOCASE);
    CREATE VIEW verified AS SELECT * FROM n WHERE verified_at IS NOT NULL;
    """

  /// A table's own ON CONFLICT IGNORE skips rows unless the statement says otherwise.
  @Test(arguments: [
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE ON CONFLICT IGNORE)", "INSERT INTO t (k)", false),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT NOT NULL ON CONFLICT IGNORE)", "INSERT INTO t (k)", false),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT, UNIQUE (k) ON CONFLICT IGNORE)", "INSERT INTO t (k)", false),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, k TEXT)", "INSERT INTO t (k)", false),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE ON CONFLICT IGNORE)", "INSERT OR ABORT INTO t (k)", true),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE ON CONFLICT REPLACE)", "INSERT INTO t (k)", true),
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE)", "INSERT INTO t (k)", true),
  ]) func insertedRows(_ schema: String, _ insert: String, _ isCertain: Bool) throws {
    let result = try #require(Analysis(schema: schema).analyze("\(insert) VALUES (?) RETURNING id").first?.1)
    #expect(!result.diagnostics.hasErrors)
    #expect(result.value.rowCount.bound == (isCertain ? .exactlyOne : .atMostOne))
  }

  @Test(arguments: [
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL", true),
    ("UPDATE a SET status = 'x' WHERE ns = ? AND name = ? AND deleted_at ISNULL RETURNING id", true),
    ("SELECT id FROM a WHERE name = ? AND active = 1 AND status = 'live'", true),
    ("SELECT b.id FROM b JOIN a ON a.name = b.a_name AND a.active AND a.status = 'live' WHERE b.id = ?", true),
    ("SELECT id FROM a WHERE ns = ? AND name = ?", false),
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NOT NULL", false),
    ("SELECT id FROM a WHERE name = ? AND active AND status = ?", false),
    ("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL OR id = 1", false),
    ("SELECT b.id FROM b LEFT JOIN a ON a.name = b.a_name AND a.active AND a.status = 'live' WHERE b.id = ?", true),
    ("SELECT b.id FROM b LEFT JOIN a ON a.name = b.a_name WHERE b.id = ? AND (a.active AND a.status = 'live')", true),
    ("SELECT b.id FROM b LEFT JOIN a ON a.name = b.a_name AND a.active AND a.status = 'live'", false),
    ("SELECT b.id FROM b LEFT JOIN a ON a.name = b.a_name AND a.active WHERE b.id = ?", false),
    // What a NULL would not fulfil.
    ("SELECT id FROM n WHERE number = ?", true),
    ("SELECT id FROM n WHERE ? = number", true),
    ("SELECT id FROM n WHERE number IN (7)", true),
    ("SELECT id FROM n WHERE number IS 7", false),
    ("SELECT id FROM n WHERE (tenant, email) = (?, ?)", false),
    ("SELECT id FROM n WHERE (tenant, email) = (?, ?) AND verified_at > ?", true),
    ("SELECT id FROM n WHERE (tenant, email) = (?, ?) AND verified_at IS NOT NULL", true),
    ("SELECT id FROM n WHERE tenant = ? AND email = ? AND NOT (verified_at IS NULL)", true),
    ("SELECT id FROM n WHERE tenant = ? AND email = ? AND verified_at IS NULL", false),
    ("SELECT id FROM n WHERE tenant = ? AND email = ? AND coalesce(verified_at, 1) = ?", false),
    ("SELECT id FROM n WHERE tenant = ? AND email = ? AND verified_at NOT IN (?)", false),
    // The condition repeated: sides exchanged, in another order, within BETWEEN.
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank >= 3", true),
    ("SELECT id FROM n WHERE 3 <= rank AND 'a' = kind AND ? = code", true),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank > 5", true),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank BETWEEN 4 AND 9", true),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank = 4", true),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank > 2", false),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' AND rank = ?", false),
    ("SELECT id FROM n WHERE code = ? AND kind = 'a' COLLATE NOCASE AND rank = 4", false),
    ("SELECT id FROM n WHERE code = ? AND kind = 'A' AND rank = 4", false),
    ("SELECT id FROM n WHERE code = ? COLLATE NOCASE AND kind = 'a' AND rank = 4", false),
    ("SELECT id FROM n WHERE slug = ? AND state = 'open'", true),
    ("SELECT id FROM n WHERE slug = ? AND state IN ('held', 'open')", true),
    ("SELECT id FROM n WHERE slug = ? AND (state = 'held' OR state = 'open')", true),
    ("SELECT id FROM n WHERE slug = ? AND state IN ('open', 'shut')", false),
    ("SELECT id FROM n WHERE slug = ? AND state = ?", false),
    // Through a view and a common table.
    ("SELECT id FROM verified WHERE tenant = ? AND email = ?", true),
    ("WITH v AS (SELECT * FROM n WHERE verified_at = ?) SELECT id FROM v WHERE tenant = ? AND email = ?", true),
    ("SELECT id FROM verified WHERE email = ?", false),
    // An equality that takes for the same what the key tells apart.
    ("SELECT n.id FROM n JOIN m ON +m.label = n.code WHERE m.id = ? AND n.kind = 'a' AND n.rank = 3", false),
    ("SELECT id FROM n WHERE code = (SELECT id FROM m) AND kind = 'a' AND rank = 3", false),
  ]) func partialKeys(_ sql: String, isAtMostOne: Bool) {
    let result = Analysis(schema: Self.schema).analyze(sql).first?.1
    #expect(result?.diagnostics.hasErrors == false)
    #expect((result?.value.rowCount.bound == .atMostOne) == isAtMostOne)
  }

  /// One group, one row: what is grouped by has one value.
  @Test(arguments: [
    (
      "SELECT l.order_id FROM line l LEFT JOIN orders o ON o.id = l.order_id WHERE l.order_id = ? GROUP BY l.order_id",
      true
    ),
    ("SELECT l.order_id FROM line l LEFT JOIN orders o ON o.id = l.order_id WHERE o.id = ? GROUP BY l.order_id", true),
    ("SELECT o.id FROM line l LEFT JOIN orders o ON o.id = l.order_id WHERE l.order_id = ? GROUP BY o.id", false),
    (
      "SELECT o.note FROM orders o LEFT JOIN line l ON l.order_id = o.id WHERE o.id = ? GROUP BY o.note, l.order_id",
      true
    ),
    (
      "SELECT max(l.id) FROM orders o LEFT JOIN line l ON l.order_id = o.id WHERE o.id = ? GROUP BY upper(o.note)", true
    ),
    ("SELECT 1 FROM line l JOIN orders o ON o.id = l.order_id WHERE o.id = ? GROUP BY l.order_id, o.note", true),
    ("SELECT 1 FROM line l FULL JOIN orders o ON o.id = l.order_id WHERE l.order_id = ? GROUP BY l.order_id", true),
    ("SELECT 1 FROM line l FULL JOIN orders o ON o.id = l.order_id AND l.order_id = 3 GROUP BY l.order_id", false),
    ("SELECT 1 FROM line WHERE order_id IS NULL GROUP BY order_id", true),
    ("SELECT 1 FROM line WHERE order_id = ? AND kind = 'a' GROUP BY kind || order_id", true),
    ("SELECT 1 FROM line WHERE tag = ? GROUP BY tag", true),
    ("SELECT 1 FROM line WHERE tag = ? GROUP BY hex(tag)", false),
    ("SELECT 1 FROM line WHERE tag = ? GROUP BY tag COLLATE BINARY", false),
    ("SELECT 1 FROM line WHERE kind = ? COLLATE NOCASE GROUP BY kind", false),
    ("SELECT 1 FROM line WHERE loose = ? GROUP BY loose", true),
    ("SELECT 1 FROM line WHERE loose = ? GROUP BY typeof(loose)", false),
    ("SELECT 1 FROM line WHERE order_id > ? GROUP BY order_id", false),
    ("SELECT 1 FROM line WHERE order_id = ? GROUP BY order_id, random()", false),
    ("SELECT DISTINCT l.order_id FROM line l LEFT JOIN orders o ON o.id = l.order_id WHERE l.order_id = ?", true),
    ("SELECT DISTINCT l.order_id, l.id FROM line l WHERE l.order_id = ?", false),
  ]) func groups(_ sql: String, isAtMostOne: Bool) {
    let schema = """
      CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
      CREATE TABLE line (id INTEGER PRIMARY KEY, order_id INT, kind TEXT NOT NULL, tag TEXT COLLATE NOCASE, loose);
      """
    let result = Analysis(schema: schema, options: .newest).analyze(sql, options: .newest).first?.1
    #expect(result?.diagnostics.hasErrors == false)
    #expect((result?.value.rowCount.bound == .atMostOne) == isAtMostOne)
  }

  /// A column that is another value whenever it is looked at is fixed by nothing.
  @Test(arguments: [
    ("SELECT x FROM v WHERE x = 1 GROUP BY x", false),
    ("SELECT DISTINCT x FROM v WHERE x = 1", false),
    ("SELECT x FROM (SELECT random() % 2 AS x FROM t) WHERE x = 1 GROUP BY x", false),
    ("WITH c AS (SELECT random() % 2 AS x FROM t) SELECT x FROM c WHERE x = 1 GROUP BY x", false),
    ("SELECT y FROM (SELECT x + 1 AS y FROM v) WHERE y = 1 GROUP BY y", false),
    ("SELECT x FROM (SELECT 1 AS x FROM t UNION ALL SELECT random() FROM t) WHERE x = 1 GROUP BY x", false),
    ("SELECT x FROM (SELECT (SELECT c.x FROM v c LIMIT 1) AS x FROM t) WHERE x = 1 GROUP BY x", false),
    ("SELECT u.id FROM (SELECT random() AS x FROM t WHERE id = 1) s JOIN t u ON +u.id = s.x", false),
    ("SELECT x, y FROM v WHERE y = 1 GROUP BY y", true),
    ("SELECT x FROM (SELECT abs(id) AS x FROM t) WHERE x = 1 GROUP BY x", true),
    ("SELECT n FROM (SELECT id % 2 AS k, count(*) AS n FROM t GROUP BY k) WHERE k = 1", true),
    ("SELECT n FROM (SELECT random() % 2 AS k, count(*) AS n FROM t GROUP BY k) WHERE k = 1", false),
    ("SELECT x FROM v LIMIT 1", true),
    // 1 and '1' are two groups, and both equal a text.
    ("SELECT s.j FROM (SELECT coalesce(d, 1) AS j, 1 FROM t GROUP BY j) s JOIN w ON s.j = w.k WHERE w.k = ?", false),
    ("SELECT s.j FROM (SELECT lower(d) AS j, 1 FROM t GROUP BY j) s JOIN w ON s.j = w.k WHERE w.k = ?", true),
  ]) func volatileColumns(_ sql: String, isAtMostOne: Bool) {
    let schema = """
      CREATE TABLE t (id INTEGER PRIMARY KEY, d);
      CREATE TABLE w (k TEXT PRIMARY KEY NOT NULL);
      CREATE VIEW v AS SELECT nullif(random() % 2, 0) AS x, id AS y FROM t;
      """
    let result = Analysis(schema: schema).analyze(sql).first?.1
    #expect(result?.diagnostics.hasErrors == false)
    #expect((result?.value.rowCount.bound == .atMostOne) == isAtMostOne)
  }

  @Test func aDroppedIndexProvesNothing() {
    let schema = Self.schema + "DROP INDEX u1;"
    let result = Analysis(schema: schema).analyze("SELECT id FROM a WHERE ns = ? AND name = ? AND deleted_at IS NULL")
    #expect(result.first?.1.value.rowCount.bound == .many)
  }
}
