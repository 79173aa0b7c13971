// Random statements of every other kind: parameters in each style, writes with RETURNING, ON CONFLICT and FROM, JSON
// table functions, several and recursive common tables, full-text search, views, triggers and generated columns.
// Expressions and predicates are those of `QueryGenerator`.

import Foundation

struct StatementGenerator {
  static let schema =
    QueryGenerator.schema + """
      CREATE TABLE g(id INTEGER PRIMARY KEY, n INT NOT NULL, x TEXT, doubled INT AS (n * 2),
        label TEXT NOT NULL AS (coalesce(x, 'none') || '-' || n) STORED);
      CREATE TABLE s(id INTEGER PRIMARY KEY, i INTEGER NOT NULL UNIQUE, r REAL, x TEXT, b BLOB, y ANY) STRICT;
      CREATE TABLE j(id INTEGER PRIMARY KEY, doc JSON NOT NULL, extra TEXT);
      CREATE TABLE h(code TEXT NOT NULL PRIMARY KEY, amount REAL NOT NULL DEFAULT 0.5,
        status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'done')), parent TEXT REFERENCES h(code)) WITHOUT ROWID;
      CREATE TABLE log(id INTEGER PRIMARY KEY, what TEXT NOT NULL, n INT);
      CREATE VIEW v AS SELECT g.id, g.label, s.i AS si, count(s.id) OVER () AS c FROM g LEFT JOIN s ON s.i = g.n;
      CREATE VIEW o AS SELECT status, count(*) AS c, sum(amount) AS t, max(parent) AS p FROM h GROUP BY status;
      CREATE VIRTUAL TABLE f USING fts5(title, body);
      CREATE TRIGGER logged AFTER INSERT ON s BEGIN INSERT INTO log(what, n) VALUES ('s', new.i); END;
      CREATE TRIGGER cleared AFTER DELETE ON e BEGIN DELETE FROM log WHERE n = old.k; END;
      CREATE TRIGGER adds INSTEAD OF INSERT ON v BEGIN INSERT INTO g(n, x) VALUES (1, new.label); END;
      CREATE TRIGGER drops INSTEAD OF DELETE ON v BEGIN DELETE FROM g WHERE id = old.id; END;
      CREATE TRIGGER changes INSTEAD OF UPDATE ON v BEGIN UPDATE g SET x = new.label WHERE id = old.id; END;
      INSERT INTO g(id, n, x) VALUES (1, 1, 'x'), (2, 3, NULL), (3, 9, '');
      INSERT INTO s VALUES (1, 1, 1.5, 'a', x'00', 'any'), (2, 7, NULL, NULL, NULL, NULL), (3, 3, 0.0, '', x'', 2.5);
      INSERT INTO j VALUES (1, '{"k":1,"v":[1,2]}', NULL), (2, '[null,"a"]', 'x'), (3, '"s"', ''), (4, 'null', NULL);
      INSERT INTO h VALUES ('r', 1.0, 'new', NULL), ('r1', 2.5, 'done', 'r'), ('r2', -1.0, 'new', 'r1');
      INSERT INTO log VALUES (10, 'start', NULL), (11, 's', 3);
      INSERT INTO f VALUES ('alpha', 'one two'), ('beta', 'two alpha');
      """

  /// What may be stored in a column, so that its declared type holds.
  private enum Kind { case integer, real, text, blob, any, json, status, boolean, dateTime }
  private typealias Target = (name: String, columns: [(name: String, kind: Kind, isNullable: Bool)], keys: [String])

  private static let targets: [Target] = [
    (
      "a",
      [
        ("id", .integer, false), ("n", .integer, false), ("i", .integer, true), ("r", .real, true), ("x", .text, true),
        ("nn", .text, false), ("flag", .boolean, false),
      ], ["id"]
    ),
    ("b", [("k", .integer, false), ("v", .text, false), ("w", .real, false), ("i", .integer, true)], ["i"]),
    ("c", [("p", .integer, false), ("s", .text, false), ("z", .blob, true), ("d", .dateTime, true)], ["p, s"]),
    ("e", [("k", .integer, false), ("m", .text, true)], []),
    ("g", [("id", .integer, false), ("n", .integer, false), ("x", .text, true)], ["id"]),
    (
      "s",
      [
        ("i", .integer, false), ("r", .real, true), ("x", .text, true), ("b", .blob, true), ("y", .any, true),
      ], ["i", "id"]
    ),
    ("j", [("id", .integer, false), ("doc", .json, false), ("extra", .text, true)], ["id"]),
    (
      "h", [("code", .text, false), ("amount", .real, false), ("status", .status, false), ("parent", .text, true)],
      ["code"]
    ),
    ("log", [("what", .text, false), ("n", .integer, true)], []),
    ("f", [("title", .text, false), ("body", .text, false)], []),
  ]

  private static let sources = QueryGenerator.tables.merging(
    [
      "g": ["id", "n", "x", "doubled", "label"], "s": ["id", "i", "r", "x", "b", "y"], "j": ["id", "doc", "extra"],
      "h": ["code", "amount", "status", "parent"], "log": ["id", "what", "n"], "v": ["id", "label", "si", "c"],
      "o": ["status", "c", "t", "p"], "f": ["title", "body", "rowid"],
    ], uniquingKeysWith: { first, _ in first })

  private var queries: QueryGenerator

  init(seed: UInt64) {
    queries = QueryGenerator(seed: seed)
    queries.sources = Self.sources
    queries.weights = Self.sources.keys.sorted()
    queries.readsJSON = true
    queries.parameters = [.anonymous, .numbered, .named, .none][Int.random(in: 0..<4, using: &queries.random)]
  }

  mutating func statement() -> String {
    let sql =
      switch Int.random(in: 0..<12, using: &queries.random) {
      case 0...3: queries.query()
      case 4: commonTables()
      case 5: tree()
      case 6: search()
      case 7, 8: insert()
      case 9, 10: update()
      default: delete()
      }
    return queries.styled(sql)
  }

  // MARK: Queries

  private mutating func commonTables() -> String {
    let first = queries.select(columns: 2)
    queries.scope = []
    queries.sources["ct1"] = ["o0", "o1"]
    queries.weights += ["ct1", "ct1", "ct1"]
    let second = queries.select(columns: 2)
    queries.scope = []
    queries.sources["ct2"] = ["c1", "c2"]
    queries.weights += Array(repeating: "ct2", count: 6)
    let hint = queries.pick(["", "", "MATERIALIZED ", "NOT MATERIALIZED "])
    return "WITH ct1 AS \(hint)(\(first)), ct2(c1, c2) AS (\(second)) \(queries.select(columns: 3))"
  }

  private mutating func tree() -> String {
    queries.sources["tree"] = ["code", "up", "depth", "sum"]
    queries.weights += Array(repeating: "tree", count: 12)
    let step = queries.pick(["amount", "tree.sum + amount", "nullif(amount, 1.0)", "depth", "NULL"])
    let anchor = queries.pick(["WHERE parent IS NULL", "WHERE code = \(queries.parameter() ?? "'r'")", ""])
    return "WITH RECURSIVE tree(code, up, depth, sum) AS (SELECT code, parent, 0, amount FROM h \(anchor) UNION "
      + "\(queries.pick(["", "ALL "]))SELECT h.code, h.parent, depth + 1, \(step) FROM h JOIN tree "
      + "ON h.parent = tree.code WHERE depth < 4) \(queries.select(columns: 3))"
  }

  private mutating func search() -> String {
    queries.scope = ["f.title", "f.body", "f.rank", "f.rowid", "e.id", "e.k", "e.m"]
    let outputs = queries.pick([
      "highlight(f, 0, '<', '>') AS hit", "snippet(f, 1, '', '', '…', 4) AS part", "bm25(f) AS score", "f.rank", "f.*",
      "\(queries.expression(2)) AS x", "f.title || e.m AS y", "e.*",
    ])
    let join = queries.pick(["JOIN", "LEFT JOIN"])
    let wanted = queries.parameter() ?? queries.pick(["'alpha'", "'tw*'", "'title: beta'"])
    return "SELECT f.rowid AS r, \(outputs), \(queries.expression(1)) AS z FROM f \(join) e ON e.id = f.rowid "
      + "WHERE f MATCH \(wanted) \(queries.pick(["", "ORDER BY rank", "AND \(queries.predicate(1))", "LIMIT 1"]))"
  }

  // MARK: Writes

  private mutating func target() -> Target { Self.targets.randomElement(using: &queries.random) ?? Self.targets[0] }

  /// A value that the column's declared type admits; for a STRICT table SQLite sees to that itself.
  private mutating func value(_ kind: Kind, isNullable: Bool, isStrict: Bool) -> String {
    if isStrict, queries.chance(40) { return queries.expression(1) }
    if isNullable, queries.chance(20) { return "NULL" }
    // One parameter is for one kind of column: what it stores in another would break that one's promise.
    if queries.chance(40), let parameter = queries.parameter("\(kind)\(queries.pick(["1", "2"]))") { return parameter }
    return switch kind {
    case .integer: queries.pick(["0", "1", "3", "-7", "42", "(SELECT max(id) + 1 FROM log)", "abs(-4)"])
    case .boolean: queries.pick(["0", "1", "TRUE"])
    case .real: queries.pick(["1.5", "-0.25", "2", "round(2.5)"])
    case .text: queries.pick(["'a'", "''", "'é'", "'r1'", "lower('Q')", "12"])
    case .blob: queries.pick(["x'00ff'", "x''", "zeroblob(2)"])
    case .any: queries.pick(["1", "'t'", "x'01'", "1.5"])
    case .json: queries.pick(["'{\"k\":2}'", "'[]'", "json_array(1, NULL)", "json_object('k', 1.5)"])
    case .status: queries.pick(["'new'", "'done'"])
    case .dateTime: queries.pick(["'2024-01-31 10:00:00'", "datetime('now')", "CURRENT_TIMESTAMP"])
    }
  }

  private mutating func assignments(_ target: Target, from: [String] = []) -> String {
    let count = Int.random(in: 1...min(2, target.columns.count), using: &queries.random)
    return target.columns.shuffled(using: &queries.random).prefix(count).map { column in
      let plain = value(column.kind, isNullable: column.isNullable, isStrict: target.name == "s")
      let own = "\(target.name).\(column.name)"
      let new = queries.pick(
        [plain, plain, "coalesce(\(plain), \(own))", "iif(\(queries.predicate(0)), \(own), \(plain))"]
          + from.map { "\($0).\(column.name)" })
      return "\(column.name) = \(new)"
    }.joined(separator: ", ")
  }

  private mutating func returning(_ target: Target) -> String {
    guard target.name != "f" else { return "" }
    queries.scope = (queries.sources[target.name] ?? []).flatMap {
      queries.chance(50) ? [$0] : ["\(target.name).\($0)"]
    }
    let outputs = queries.pick([
      "*", "\(queries.column()), \(queries.expression(2)) AS q", "\(queries.expression(3)) AS q, *",
    ])
    // SQLite 3.40.1 converts the returned value itself for `column IN (SELECT …)`: the text '12' comes back as 12.
    return " RETURNING "
      + outputs.replacingOccurrences(of: "IN (SELECT k FROM ", with: "IN (1, 'a') OR 1 IN (SELECT k FROM ")
  }

  private mutating func insert() -> String {
    let target = target()
    let isStrict = target.name == "s"
    queries.scope = []
    let columns = target.columns.filter { !$0.isNullable || queries.chance(60) }
    let names = columns.map(\.name).joined(separator: ", ")
    let rows = (0..<queries.random.count(1...3)).map { _ in
      "(" + columns.map { value($0.kind, isNullable: $0.isNullable, isStrict: isStrict) }.joined(separator: ", ") + ")"
    }.joined(separator: ", ")
    var body = "(\(names)) VALUES \(rows)"
    if target.name == "log", queries.chance(60) {
      body = "(what, n) SELECT v, k FROM b WHERE \(queries.pick(["k > \(queries.literal())", "true", "id = 2"]))"
    }
    var conflict = ""
    let verb = queries.chance(15) ? "INSERT OR \(queries.pick(["IGNORE", "REPLACE"]))" : "INSERT"
    if let key = target.keys.randomElement(using: &queries.random), queries.chance(45), !body.hasSuffix("true") {
      queries.scope =
        target.columns.map { "\(target.name).\($0.name)" } + target.columns.map { "excluded.\($0.name)" }
      conflict =
        queries.chance(30)
        ? " ON CONFLICT DO NOTHING"
        : " ON CONFLICT (\(key)) DO UPDATE SET \(assignments(target, from: ["excluded"]))"
          + (queries.chance(40) ? " WHERE \(queries.predicate(1))" : "")
    }
    return "\(verb) INTO \(target.name) \(body)\(conflict)\(returning(target))"
  }

  private mutating func update() -> String {
    if queries.chance(6) {
      let label = queries.pick(["'l'", "5", "NULL", queries.parameter("label") ?? "x''"])
      return queries.pick([
        "UPDATE v SET label = \(label) WHERE id = \(queries.literal()) RETURNING id, label, c, length(label) AS l",
        "INSERT INTO v(label) VALUES (\(label)) RETURNING *, coalesce(label, id) AS q",
        "DELETE FROM v WHERE id = \(queries.literal()) RETURNING *",
      ])
    }
    let target = target()
    queries.scope = (queries.sources[target.name] ?? []).map { "\(target.name).\($0)" }
    let from = queries.chance(35) && target.name != "b"
    let set = assignments(target)
    if from { queries.scope += ["z.k", "z.v", "z.w", "z.i"] }
    let key = target.keys.first.map { $0.split(separator: ",")[0] }.map { "\(target.name).\($0) = " }
    let filter =
      queries.chance(40) ? key.map { $0 + (queries.parameter() ?? "1") } ?? queries.predicate() : queries.predicate()
    return "UPDATE \(target.name) SET \(set)\(from ? " FROM b z" : "") WHERE \(filter)\(returning(target))"
  }

  private mutating func delete() -> String {
    let target = target()
    queries.scope = (queries.sources[target.name] ?? []).map { "\(target.name).\($0)" }
    let with = queries.chance(25) ? "WITH d AS (SELECT k, v FROM b WHERE k > \(queries.literal())) " : ""
    let filter = with.isEmpty ? queries.predicate() : "\(queries.column()) IN (SELECT k FROM d)"
    return "\(with)DELETE FROM \(target.name) WHERE \(filter)\(returning(target))"
  }
}

extension SeededGenerator {
  mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
