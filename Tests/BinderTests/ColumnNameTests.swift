// Names of the columns of views, subqueries and common tables, held against SQLite's on random joins.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

@testable import SQLCSemanticsSQLite

private let tables = """
  CREATE TABLE n (x, y); CREATE TABLE m (x, z); CREATE TABLE k (X INTEGER PRIMARY KEY, "y:");
  CREATE TABLE w (a, "b c", x); CREATE TABLE d ("x:1", x); CREATE TABLE e ("x:2", "X:1", "y:1");

  """

@Suite struct ColumnNameTests {
  private let options = SemanticsOptions(minimumVersion: SQLiteVersion(3, 40))

  private func bound(_ sql: String, in schema: String) -> Diagnosed<BoundStatement> {
    let script = parseScript(SourceFile(path: "s.sql", text: schema))
    let catalog = buildCatalog(from: [script.value], options: options)
    let source = SourceFile(path: "q.sql", text: sql)
    return bind(parseScript(source).value.items[0].statement, in: catalog.value, source: source, options: options)
  }

  private func errors(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.filter { $0.severity == .error }.map(\.message)
  }

  /// Of what SQLite accepts we find the same columns, and each can be named by the name that SQLite gave it.
  @Test(arguments: 0..<80) func areThoseOfSQLite(seed: Int) throws {
    var random = RandomJoins(seed: UInt64(seed))
    let database = try #require(TestDatabase())
    database.run(tables)
    var schema = tables
    var count = 0
    while count < 8 {
      let body = random.select(depth: random.below(3))
      let view = "v\(count)"
      database.run("CREATE VIEW \(view) AS \(body)")
      guard let described = database.describe("SELECT * FROM \(view)"), described.columns.count <= 12,
        !described.columns.contains(where: isByChance)
      else {
        database.run("DROP VIEW IF EXISTS \(view)")
        continue
      }
      schema += "CREATE VIEW \(view) AS \(body);\n"
      for sql in ["SELECT * FROM \(view)", "SELECT * FROM (SELECT * FROM \(view)) q"] {
        let found = bound(sql, in: schema)
        #expect(errors(found.diagnostics) == [], "\(schema)")
        #expect(found.value.columnNames == described.columns, "\(schema)")
      }
      for name in described.columns {
        let sql = "SELECT q.\(spelledName(name, quoting: .everyKeyword)) FROM \(view) q"
        #expect(errors(bound(sql, in: schema).diagnostics) == [], "\(sql)\n\(schema)")
      }
      if random.below(3) == 0 { random.tables.append(view) }
      count += 1
    }
  }

  /// After `x:4` SQLite numbers by chance.
  private func isByChance(_ name: String) -> Bool {
    name.split(separator: ":").last.map { $0.count > 1 && $0.allSatisfy(\.isNumber) } ?? false
  }

  /// What SQLite calls the columns of a view over this.
  @Test(arguments: [
    ("SELECT t.* FROM m JOIN (n s JOIN n t)", ["x:1", "y:1"]),
    ("SELECT * FROM w c JOIN (m NATURAL JOIN n)", ["a", "b c", "x", "x:1", "z", "y"]),
    ("SELECT g.x, g.\"x:1\" FROM (n a JOIN n b) g", ["x", "x:1"]),
    ("SELECT h.x FROM ((n a JOIN n b) g JOIN m c) h", ["x"]),
    ("SELECT rowid, k.\"y:\", \"zz\" FROM k", ["X", "y:", "\"zz\""]),
    (
      "SELECT \"x\", [y], (x), x COLLATE nocase FROM n FULL JOIN m USING (x)",
      ["\"x\"", "y", "(x)", "x COLLATE nocase"]
    ),
    ("SELECT TRUE, 1 AS \"false\" FROM n", ["column1", "column2"]),
  ])
  func inParentheses(body: String, names: [String]) throws {
    let database = try #require(TestDatabase())
    let schema = tables + "CREATE VIEW v AS \(body);\n"
    database.run(schema)
    #expect(database.describe("SELECT * FROM v")?.columns == names)
    let found = bound("SELECT * FROM v", in: schema)
    #expect(errors(found.diagnostics) == [])
    #expect(found.value.columnNames == names)
  }

  /// SQLite forgets these names, and so do we.
  @Test(arguments: [
    "SELECT g.x FROM ((n a JOIN n b) g JOIN m c) h", "SELECT g.x FROM m JOIN ((n a JOIN n b) g)",
    "SELECT a.x FROM m JOIN ((n a))", "SELECT 1 FROM n a JOIN ((n b) c) WHERE c.x = 1",
    "SELECT 1 FROM n a JOIN ((n b) c) ORDER BY c.x", "SELECT 1 FROM n a JOIN (((n b)) c) GROUP BY c.x",
    "SELECT g.* FROM (n a JOIN n b) g", "SELECT 1 FROM m JOIN (n a JOIN n b ON m.x = a.x)",
  ])
  func forgotten(sql: String) throws {
    let database = try #require(TestDatabase())
    database.run(tables)
    #expect(database.describe(sql) == nil)
    #expect(errors(bound(sql, in: tables).diagnostics) != [])
  }
}

/// Joins with parentheses, aliases, stars, USING and NATURAL, nested at random.
struct RandomJoins {
  var seed: UInt64
  var tables = ["n", "m", "k", "w", "d", "e"]
  private var count = 0

  init(seed: UInt64) { self.seed = seed &* 7919 &+ 17 }

  mutating func below(_ bound: Int) -> Int {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: (seed >> 33) % UInt64(bound))
  }

  private mutating func one(of words: [String]) -> String { words[below(words.count)] }

  private mutating func alias() -> String {
    count += 1
    return "t\(count)"
  }

  mutating func select(depth: Int) -> String {
    var names: [String] = []
    let from = self.from(depth, &names, sources: 1 + below(3))
    let columns = (0...below(3)).map { _ in column(names) }.joined(separator: ", ")
    let core = "SELECT \(columns) FROM \(from)"
    switch below(12) {
    case 0: return "\(core) UNION ALL \(core)"
    case 1: return "WITH c AS (\(core)) SELECT * FROM c c1, c c2"
    default: return core
    }
  }

  private mutating func from(_ depth: Int, _ names: inout [String], sources: Int) -> String {
    var text = source(depth, &names)
    for _ in 1..<max(sources, 1) {
      let next = source(depth, &names)
      text += one(of: [
        ", \(next)", " JOIN \(next)", " NATURAL JOIN \(next)", " JOIN \(next) USING (x)", " LEFT JOIN \(next) ON TRUE",
        " NATURAL LEFT JOIN \(next)", " RIGHT JOIN \(next) ON 1", " FULL JOIN \(next) USING (x)",
      ])
    }
    return text
  }

  private mutating func source(_ depth: Int, _ names: inout [String]) -> String {
    let kind = below(10)
    let alias = below(4) == 0 ? "" : self.alias()
    if kind < 6 || depth == 0 {
      let table = one(of: tables)
      names.append(alias.isEmpty ? table : alias)
      let text = alias.isEmpty ? table : "\(table) AS \(alias)"
      return kind == 0 ? "(\(text))" : text
    }
    if kind < 8 {
      if !alias.isEmpty { names.append(alias) }
      return "(\(select(depth: depth - 1))) \(alias)"
    }
    let inner = from(depth - 1, &names, sources: 2 + below(2))
    guard below(3) == 0, !alias.isEmpty else { return "(\(inner))" }
    names.append(alias)
    return "(\(inner)) \(alias)"
  }

  private mutating func column(_ names: [String]) -> String {
    let name = names.isEmpty ? "n" : one(of: names)
    switch below(10) {
    case 0...2: return "*"
    case 3, 4: return "\(name).*"
    default: break
    }
    var text = one(of: ["x", "y", "z", "X", "\"x:1\"", "\"y:\"", "[x]", "a", "\"b c\""])
    if below(3) > 0 { text = "\(name).\(text)" }
    switch below(8) {
    case 0: text = "(\(text))"
    case 1: text = "\(text) COLLATE nocase"
    case 2: text = one(of: ["1", "TRUE", "count(*)", "+\(text)", "'a'"])
    default: break
    }
    return below(4) == 0 ? "\(text) AS \(one(of: ["x", "y", "\"x:1\"", "X"]))" : text
  }
}
