// Statements that were run on SQLite 3.40 and on PostgreSQL 15 with the same rows: where the answers differ the pack says so, and
// where they agree it is silent.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCVet
import Testing

private let schema = """
  CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, big BIGINT, r DOUBLE PRECISION, s TEXT, flag BOOLEAN, d NUMERIC(10,2), b BLOB);
  CREATE TABLE j (id INTEGER PRIMARY KEY, doc TEXT);
  CREATE TABLE y (id INTEGER PRIMARY KEY);
  """

@Suite struct PortableTests {
  /// What is said of a statement, order of rows left out: whether that matters depends on who reads them.
  private func found(in sql: String) throws -> [String] {
    let command = sql.hasPrefix("SELECT") || sql.hasPrefix("WITH") ? ":many" : ":exec"
    let facts = try vetting(schema: schema, queries: "-- name: Q \(command)\n\(sql);\n")
    let ids = VetPackName.portable.rules.filter { !facts.violations(of: $0).isEmpty }.map(\.id.name)
    return ids.filter { $0 != "unordered-rows" }.sorted()
  }

  static let different: [(sql: String, rules: [String])] = [
    ("SELECT n/(n-n) FROM t WHERE id=1", ["division"]),
    ("SELECT 7.5 % 2", ["fraction-modulo"]),
    ("SELECT r % 2 FROM t WHERE id=2", ["fraction-modulo"]),
    ("SELECT n * 1000000000 FROM t WHERE id=1", ["overflow"]),
    ("SELECT avg(n) FROM t WHERE id<3 OR id=4", ["integer-average", "numeric-result"]),
    ("SELECT max(flag) FROM t", ["boolean-arithmetic"]),
    ("SELECT 1 << 40", ["shift"]),
    ("SELECT CAST(1 AS BIGINT) << 64", ["shift"]),
    ("SELECT CAST(8 AS BIGINT) << -1", ["shift"]),
    ("SELECT round(r) FROM t WHERE id IN (1,4) ORDER BY id", ["rounding"]),
    ("SELECT round(2.5), round(3.5), round(-2.5)", ["numeric-result"]),
    ("SELECT round(r, 1) FROM t WHERE id=1", ["numeric-result", "rounding"]),
    ("SELECT round(1234.5, -2)", ["numeric-result", "rounding"]),
    ("SELECT CAST(r AS INTEGER) FROM t WHERE r IS NOT NULL ORDER BY id", ["truncating-cast"]),
    ("SELECT CAST(2.7 AS INTEGER), CAST(-2.5 AS INTEGER)", ["truncating-cast"]),
    ("SELECT sqrt(-1)", ["domain"]),
    ("SELECT log(2, 8)", ["numeric-result"]),
    ("SELECT floor(n), ceil(n), sign(n) FROM t WHERE id=1", ["rounded-integer"]),
    ("SELECT 0x10", ["hexadecimal"]),
    ("SELECT 1 || 2", ["joined-numbers"]),
    ("SELECT 'a' || 1 + 2", ["precedence", "text-arithmetic"]),
    ("SELECT '1' || 2 * 3", ["precedence", "text-arithmetic"]),
    ("SELECT count(*) FROM t WHERE s LIKE 'abc'", ["like-case"]),
    (#"SELECT 'a%b' LIKE 'a\%b'"#, ["like-case", "like-escape"]),
    (#"SELECT 'C:\dir' LIKE 'C:\d%'"#, ["like-case", "like-escape"]),
    ("SELECT count(*) FROM t WHERE s GLOB 'a*'", ["pattern-operator"]),
    ("SELECT substr('abcde', -2, 3)", ["substring"]),
    ("SELECT substr('abc', 2, -1)", ["substring"]),
    ("SELECT instr('abc','b')", ["missing-function"]),
    ("SELECT upper('éa'), lower('ÉA')", ["letter-case"]),
    ("SELECT length(n) FROM t WHERE id=2", ["text-length"]),
    ("SELECT length('a' || char(0) || 'b')", ["missing-function"]),
    ("SELECT char(65)", ["missing-function"]),
    ("SELECT hex(CAST('az' AS BLOB))", ["missing-function"]),
    ("SELECT CAST('abcdef' AS VARCHAR(3))", ["cut-cast"]),
    ("SELECT upper('ß')", ["letter-case"]),
    ("SELECT count(*) FROM t WHERE id = '1.0'", ["loose-comparison"]),
    ("SELECT count(*) FROM t WHERE length(s) = '3'", ["loose-comparison"]),
    ("SELECT '5' > 9", ["loose-comparison"]),
    ("SELECT CAST('abc' AS INTEGER)", ["text-to-number"]),
    ("SELECT CAST('12abc' AS INTEGER)", ["text-to-number"]),
    ("SELECT CAST('' AS INTEGER)", ["text-to-number"]),
    ("SELECT CAST('1e3' AS INTEGER)", ["text-to-number"]),
    ("SELECT CAST(d AS TEXT) FROM t WHERE id=1", ["written-text"]),
    ("SELECT CAST(flag AS TEXT) FROM t WHERE id<3 ORDER BY id", ["written-text"]),
    ("SELECT CAST(2 AS BOOLEAN)", ["boolean-cast"]),
    ("SELECT CAST('12.50' AS NUMERIC)", ["text-to-number"]),
    ("SELECT CASE WHEN n > 0 THEN n ELSE 'neg' END FROM t WHERE id=1", ["mixed-branches"]),
    ("SELECT ifnull(n, 0), iif(n IS NULL, 1, 2) FROM t WHERE id=3", ["missing-function"]),
    ("SELECT max(n, 1) FROM t WHERE id=3", ["scalar-extreme"]),
    ("SELECT count(*) FROM (SELECT 1 AS a UNION SELECT '1') AS u", ["mixed-union"]),
    ("SELECT 1 + 0 IN ('1', 2)", ["loose-comparison"]),
    ("SELECT count(*) FROM t WHERE flag = 1", ["boolean-comparison"]),
    ("INSERT INTO t(id, flag) VALUES (9, 1)", ["boolean-value"]),
    ("SELECT count(*) FROM t WHERE n", ["integer-condition"]),
    ("SELECT count(*) FROM t WHERE 1", ["integer-condition"]),
    ("SELECT flag + 1 FROM t WHERE id=1", ["boolean-arithmetic"]),
    ("SELECT n = 7 = TRUE FROM t WHERE id=1", ["comparison-chain"]),
    ("SELECT count(*) FROM t WHERE s IS 'abc'", ["is-value"]),
    ("SELECT count(*) FROM t WHERE s NOT NULL", ["postfix-not-null"]),
    ("SELECT id FROM t ORDER BY n", ["null-order"]),
    ("SELECT id, row_number() OVER (ORDER BY n) FROM t ORDER BY id", ["null-order", "tied-window"]),
    ("SELECT id, -id AS neg FROM t ORDER BY neg + 1", ["alias-in-order"]),
    ("SELECT id, max(n) FROM t", ["bare-column"]),
    ("SELECT flag, count(*) AS c FROM t WHERE flag IS NOT NULL GROUP BY flag HAVING c > 1", ["alias-in-condition"]),
    ("SELECT id, n * 2 AS dbl FROM t WHERE dbl > 0", ["alias-in-condition"]),
    ("SELECT group_concat(s) FROM t WHERE id<3", ["missing-function"]),
    ("SELECT s, min(n), max(n) FROM t", ["bare-column"]),
    ("SELECT count(*) FROM (SELECT id FROM t LIMIT -1) AS q", ["negative-limit"]),
    ("SELECT id FROM t ORDER BY id LIMIT 1, 2", ["comma-limit"]),
    ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x*1.5 FROM c WHERE x<2) SELECT max(x) FROM c", ["mixed-union"]),
    ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 3) SELECT max(x) FROM c", ["recursion-limit"]),
    (
      "WITH RECURSIVE f(n, v) AS (SELECT 1, 1 UNION ALL SELECT n+1, v*(n+1) FROM f WHERE n<15) SELECT max(v) FROM f",
      ["overflow"]
    ),
    (
      "WITH RECURSIVE c(x, d) AS (SELECT 1, 0 UNION ALL SELECT x*2, d+1 FROM c WHERE d<2 ORDER BY 2 DESC) SELECT x FROM c",
      ["recursion-limit"]
    ),
    (#"SELECT key, value FROM json_each('{"a":1,"b":"x"}')"#, ["missing-function"]),
    ("SELECT value FROM json_each('[1,2]')", ["missing-function"]),
    (#"SELECT json_array_length('{"a":1}')"#, ["missing-function"]),
    ("SELECT json_object('a', 1, 'b', 'x')", ["missing-function"]),
    ("SELECT json_object('a', 1)", ["missing-function"]),
    ("SELECT json_group_array(id) FROM t WHERE id>99", ["missing-function"]),
    ("SELECT length(datetime('now'))", ["missing-function", "text-length"]),
    ("SELECT date('2024-01-31 10:11:12')", ["missing-function"]),
    ("SELECT CURRENT_DATE = date('now')", ["current-time", "missing-function"]),
    ("SELECT count(*) FROM t WHERE n + 0 IN (SELECT value FROM json_each(?1))", ["missing-function"]),
    ("SELECT count(*) FROM t WHERE id IN y", ["table-membership"]),
    ("SELECT [n] FROM t WHERE id=1", ["bracketed-name"]),
    ("SELECT n year FROM t WHERE id=1", ["bare-alias"]),
    ("SELECT 1 /* a /* b */", ["nested-comment"]),
    ("SELECT $2 || '-' || $1", ["numbered-parameter"]),
    ("SELECT @n FROM t WHERE id=2", ["untyped-result"]),
    ("SELECT ?1", ["untyped-result"]),
    ("SELECT count(*) FROM t WHERE id == 1", ["double-equals"]),
    ("SELECT count(*) FROM t JOIN t AS u", ["join-condition"]),
    ("SELECT count(*) FROM t FULL JOIN (SELECT 2 AS id) AS o ON o.id < t.id", ["join-condition"]),
    ("SELECT count(*) FROM main.t", ["schema-name"]),
    ("SELECT -'5'", ["text-arithmetic"]),
    ("SELECT count(*) FROM t NOT INDEXED", ["index-hint"]),
    ("SELECT count(*) FROM t WHERE flag = 'true'", ["boolean-comparison"]),
    ("SELECT count(*) FROM t WHERE coalesce(flag, 0)", ["mixed-branches"]),
    ("SELECT CASE WHEN 'a' < 'B' THEN 1 ELSE 0 END", ["text-order"]),
    ("SELECT date('2024-01-01 02:00:00+00') IS NULL", ["missing-function"]),
  ]

  @Test(arguments: different)
  func whatDiffersIsSaid(_ statement: (sql: String, rules: [String])) throws {
    #expect(try found(in: statement.sql) == statement.rules)
  }

  /// A window by name is that of the functions that name it.
  @Test func namedWindowsAreLookedAt() throws {
    #expect(
      try found(in: "SELECT id, row_number() OVER w AS k FROM t WINDOW w AS (ORDER BY flag NULLS LAST) ORDER BY id")
        == ["tied-window"])
  }

  /// Rules of one's own may name the view alone.
  @Test func comparisonsAreFilledWhereTheyAreNamed() {
    let rule = VetRule(
      id: DiagnosticID("own", "rule"), level: .note, message: "m", select: "SELECT place FROM comparisons",
      source: SourceRange(path: "r.sql", range: ByteRange(at: 0)))
    #expect(VetScope(neededBy: [rule]) == .syntax)
  }

  static let alike: [String] = [
    "SELECT 7/2, -7/2, 7%2, -7%2",
    "SELECT sum(n) FROM t",
    "SELECT -8 >> 1, ~5, 6 & 3, 6 | 3",
    "SELECT round(n) FROM t WHERE id=1",
    "SELECT n || 'x' FROM t WHERE id=1",
    "SELECT trim('xxaxx','x'), ltrim('xxa','x'), trim('  a  ')",
    "SELECT replace('aXbX','X','-'), replace('abc','','x')",
    "SELECT count(*) FROM t WHERE id = '1'",
    "SELECT CAST(' 12 ' AS INTEGER)",
    "SELECT CAST(flag AS INTEGER) FROM t WHERE id<3 ORDER BY id",
    "SELECT count(*) FROM t WHERE flag AND NOT (flag IS FALSE)",
    "SELECT count(*) FROM t WHERE id NOT IN (1, NULL)",
    "SELECT count(DISTINCT n), (SELECT count(*) FROM (SELECT n FROM t GROUP BY n) AS g) FROM t",
    "SELECT id, s, count(*) FROM t GROUP BY id ORDER BY id LIMIT 1",
    "SELECT lower(s) AS s, count(*) FROM t WHERE id<3 GROUP BY s ORDER BY 2 DESC",
    "SELECT count(*) FROM t HAVING count(*) > 3",
    "WITH RECURSIVE c(x, n) AS (SELECT 'a', 1 UNION ALL SELECT x || 'b', n+1 FROM c WHERE n<3) SELECT max(x) FROM c",
    "WITH RECURSIVE c(x) AS (VALUES (1),(10) UNION ALL SELECT x+1 FROM c WHERE x IN (1,2,10)) SELECT x FROM c",
    "SELECT count(*) FROM t WHERE (id, n) IN ((1, 7), (2, 3))",
    "SELECT count(*) FROM t WHERE id != 1 AND id <> 2",
    "SELECT * FROM (SELECT 1 AS a, 2 AS b) AS x JOIN (SELECT 1 AS a, 3 AS c) AS y USING (a)",
    "SELECT CASE WHEN NOT n = 7 THEN 1 ELSE 0 END FROM t WHERE id=1",
    "SELECT CASE WHEN n = 0 IS NOT NULL THEN 1 ELSE 0 END FROM t WHERE id=1",
    "SELECT CASE WHEN id BETWEEN 0 AND 5 = (1=1) THEN 1 ELSE 0 END FROM t WHERE id=1",
    "SELECT count(*), count(n), count(DISTINCT flag) FROM t",
  ]

  @Test(arguments: alike)
  func whatAgreesIsPassedOver(_ sql: String) throws { #expect(try found(in: sql) == []) }
}
