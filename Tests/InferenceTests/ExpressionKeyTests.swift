// Unique indexes over expressions as proofs that a query gives one row at most; what is proven holds on SQLite, for indexes,
// rows and conditions that nobody chose.

import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct ExpressionKeyTests {
  static let schema = """
    CREATE TABLE u (id INTEGER PRIMARY KEY, team INT NOT NULL, parent INT, email TEXT NOT NULL, nick TEXT COLLATE NOCASE,
      alias TEXT, code, doc TEXT, gone DATETIME);
    CREATE UNIQUE INDEX u1 ON u(lower(email));
    CREATE UNIQUE INDEX u2 ON u(team, coalesce(parent, 0), alias);
    CREATE UNIQUE INDEX u3 ON u(alias COLLATE NOCASE, team);
    CREATE UNIQUE INDEX u4 ON u(nick COLLATE BINARY);
    CREATE UNIQUE INDEX u5 ON u(json_extract(doc, '$.key')) WHERE gone IS NULL;
    CREATE UNIQUE INDEX u6 ON u(nullif(code, 'x'));
    CREATE UNIQUE INDEX u7 ON u(upper(doc) COLLATE NOCASE);
    CREATE TABLE o (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tag TEXT COLLATE NOCASE NOT NULL, n INT NOT NULL);
    CREATE VIEW mails AS SELECT id, lower(email) AS mail FROM u;
    """

  @Test(arguments: [
    ("SELECT id FROM u WHERE lower(email) = ?", true),
    ("SELECT id FROM u WHERE lower(email) = lower(?)", true),
    ("SELECT id FROM u WHERE ? = lower(u.email)", true),
    ("SELECT x.id FROM u x WHERE lower(x.email) IN ('a')", true),
    ("UPDATE u SET gone = 1 WHERE lower(email) = ? RETURNING id", true),
    ("SELECT id FROM u WHERE lower(email) = ? COLLATE NOCASE", false),
    ("SELECT id FROM u WHERE lower(email) IS ?", false),
    ("SELECT id FROM u WHERE upper(email) = ?", false),
    ("SELECT id FROM u WHERE lower(email) LIKE ?", false),
    ("SELECT id FROM u WHERE lower(email) = ? OR id = 1", false),
    // A column has one value: so has what is made of it.
    ("SELECT id FROM u WHERE email = ?", true),
    ("SELECT id FROM u WHERE email LIKE ?", false),
    ("SELECT id FROM u WHERE team = ? AND parent = ? AND alias = ?", true),
    ("SELECT id FROM u WHERE team = ? AND parent IS NULL AND alias = ?", true),
    ("SELECT id FROM u WHERE team = ? AND coalesce(parent, 0) = ? AND alias = ?", true),
    ("SELECT id FROM u WHERE team = ? AND coalesce(parent, 1) = ? AND code = ?", false),
    ("SELECT id FROM u WHERE code = ?", false),
    ("SELECT id FROM u WHERE nullif(code, 'x') = ?", true),
    // Collations: BINARY is finer than any.
    ("SELECT id FROM u WHERE alias = ? AND team = ?", true),
    ("SELECT id FROM u WHERE alias = ? COLLATE NOCASE AND team = ?", false),
    ("SELECT id FROM u WHERE alias COLLATE NOCASE = ? AND team = ?", true),
    ("SELECT id FROM u WHERE alias COLLATE RTRIM = ? AND team = ?", false),
    ("SELECT id FROM u WHERE nick = ?", false),
    ("SELECT id FROM u WHERE nick COLLATE BINARY = ?", true),
    ("SELECT id FROM u WHERE upper(doc) = ?", true),
    ("SELECT id FROM u WHERE upper(doc) COLLATE NOCASE = ?", true),
    // Joins: by another collation, and by an affinity that makes equal what the index tells apart.
    ("SELECT u.id FROM o JOIN u ON lower(u.email) = o.name WHERE o.id = ?", true),
    ("SELECT u.id FROM o JOIN u ON lower(u.email) = o.tag WHERE o.id = ?", false),
    ("SELECT u.id FROM o JOIN u ON lower(u.email) = lower(o.tag) WHERE o.id = ?", true),
    ("SELECT u.id FROM o JOIN u ON lower(u.email) = o.n WHERE o.id = ?", false),
    ("SELECT u.id FROM o JOIN u ON nullif(u.code, 'x') = o.name WHERE o.id = ?", false),
    ("SELECT o.id FROM o LEFT JOIN u ON lower(u.email) = o.name WHERE o.id = ?", true),
    // Of some rows.
    ("SELECT id FROM u WHERE json_extract(doc, '$.key') = ? AND gone IS NULL", true),
    ("SELECT id FROM u WHERE doc ->> '$.key' = ? AND gone IS NULL", false),
    ("SELECT id FROM u WHERE json_extract(doc, '$.key') = ?", false),
    ("SELECT id FROM mails WHERE mail = ?", true),
    ("SELECT id FROM (SELECT id, upper(email) AS mail FROM u) WHERE mail = ?", false),
  ]) func proofs(_ sql: String, isAtMostOne: Bool) {
    let result = Analysis(schema: Self.schema, options: .newest).analyze(sql, options: .newest).first?.1
    #expect(result?.diagnostics.hasErrors == false)
    #expect((result?.value.rowCount.bound == .atMostOne) == isAtMostOne)
  }

  @Test func aDroppedIndexProvesNothing() {
    let schema = Self.schema + "DROP INDEX u1;"
    let result = Analysis(schema: schema).analyze("SELECT id FROM u WHERE lower(email) = ?")
    #expect(result.first?.1.value.rowCount.bound == .many)
  }

  @Test func holdOnRows() throws {
    var random = SeededNumbers(state: 7)
    func some(_ values: [String]) -> String { values.randomElement(using: &random) ?? "NULL" }
    let expressions = [
      "lower(a)", "lower(b)", "a COLLATE NOCASE", "b COLLATE BINARY", "upper(d)", "a || b", "coalesce(c, 0)",
      "coalesce(a, 'x')", "c + 0", "abs(c)", "CAST(a AS INTEGER)", "CAST(d AS TEXT)", "nullif(a, 'x')",
      "substr(a, 1, 1)",
      "typeof(d)", "ifnull(d, 0)", "b || ''", "+b", "a = b", "lower(a) COLLATE NOCASE", "trim(a)", "a COLLATE RTRIM",
      "a", "c", "d",
    ]
    let values = ["'x'", "'X'", "'x '", "'1'", "'01'", "1", "0", "1.0", "NULL", "x'78'", "'y'", "'xx'"]
    var proven = 0
    for _ in 0..<300 {
      let terms = (0..<Int.random(in: 1...2, using: &random)).map { _ in some(expressions) }
      let partial = some(["", "", " WHERE c IS NOT NULL", " WHERE a > 'X'"])
      let schema = """
        CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE, c INT, d);
        CREATE TABLE o (id INTEGER PRIMARY KEY, t TEXT, nc TEXT COLLATE NOCASE, i INT, n);
        CREATE UNIQUE INDEX i ON t (\(terms.joined(separator: ", ")))\(partial);
        CREATE VIEW v AS SELECT a, b, c, d, \(terms[0]) AS k FROM t;
        """
      let soundness = try Soundness(schema: schema)
      for _ in 0..<60 {
        try soundness.database.execute(
          "INSERT OR IGNORE INTO t VALUES (\(some(values)), \(some(values)), \(some(values)), \(some(values)))")
      }
      try soundness.database.execute(
        "INSERT INTO o VALUES (1, '1', 'x', 1, 1), (2, 'x', 'X', 0, 'x'), (3, '01', '1', 2, 1.0)")
      let analysis = Analysis(schema: schema)
      for _ in 0..<40 {
        var conditions: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let left = Int.random(in: 0...2, using: &random) == 0 ? some(expressions) : some(terms)
          let right = some(values.map { $0 } + ["o.t", "o.nc", "o.i", "o.n", "lower(o.nc)", "o.i || ''"])
          conditions.append(
            some([
              "\(left) = \(right)", "\(right) = \(left)", "\(left) = \(right) COLLATE NOCASE", "\(left) IS \(right)",
              "(\(left)) COLLATE NOCASE = \(right)", "c IS NOT NULL", "a > 'X'", "k = \(right)", "c IS NULL",
            ]))
        }
        let isView = conditions.contains { $0.hasPrefix("k =") } || Bool.random(using: &random)
        let from = "o JOIN \(isView ? "v" : "t") ON \(conditions.joined(separator: " AND "))"
        let sql = "SELECT a, b, c, d FROM \(from) WHERE o.id = \(Int.random(in: 1...3, using: &random))"
        guard let typed = analysis.analyze(sql).first?.1, !typed.diagnostics.hasErrors,
          typed.value.rowCount.bound == .atMostOne
        else { continue }
        proven += 1
        let wrong = soundness.check(sql, against: typed.value).filter { $0.problem.contains("rows") }
        #expect(wrong.isEmpty, "\(wrong) \(schema)")
      }
    }
    #expect(proven > 600)
  }
}

private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
