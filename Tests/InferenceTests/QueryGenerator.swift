// Random valid SELECTs over a small schema: joins of every kind, narrowing predicates, aggregates, windows, subqueries,
// compounds and common tables. The same seed gives the same queries.

import Foundation

struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

struct QueryGenerator {
  static let schema = """
    CREATE TABLE a(id INTEGER PRIMARY KEY, n INT NOT NULL, i INT, r REAL, x TEXT, nn TEXT NOT NULL, flag BOOLEAN NOT NULL);
    CREATE TABLE b(id INTEGER PRIMARY KEY, k INT NOT NULL, v TEXT NOT NULL, w REAL NOT NULL, i INT UNIQUE);
    CREATE TABLE c(p INT NOT NULL, s TEXT NOT NULL, z BLOB, d DATETIME, PRIMARY KEY (p, s)) WITHOUT ROWID;
    CREATE TABLE e(id INTEGER PRIMARY KEY, k INT NOT NULL, m TEXT);
    CREATE TABLE k(id INTEGER PRIMARY KEY, no INT, tag TEXT COLLATE NOCASE, y, state TEXT NOT NULL, at INT, code TEXT);
    CREATE UNIQUE INDEX k1 ON k(no) WHERE no IS NOT NULL AND state <> 'gone';
    CREATE UNIQUE INDEX k2 ON k(tag) WHERE state = 'live';
    CREATE UNIQUE INDEX k3 ON k(y) WHERE at > 2;
    CREATE UNIQUE INDEX k4 ON k(code) WHERE at BETWEEN 1 AND 3 OR state IN ('live', 'new');
    CREATE UNIQUE INDEX k5 ON k(at, code) WHERE code IS NOT NULL AND tag IS NOT NULL;
    CREATE VIEW u AS SELECT a.id, a.n, b.v, b.w FROM a LEFT JOIN b ON b.k = a.n;
    CREATE VIEW x AS SELECT a.id, b.k AS bk, b.v AS bv, b.w + 1 AS bw, coalesce(b.i, 7) AS bi, e.m, e.k AS ek, e.k || b.v AS kv
      FROM a LEFT JOIN b ON b.k = a.n LEFT JOIN e ON e.k = b.k AND e.m IS NOT NULL;
    CREATE VIEW l AS SELECT id, no, tag, state, at, code FROM k WHERE state = 'live' AND at IS NOT NULL;
    CREATE VIEW y AS SELECT b.id AS i1, b.v AS v1, c.s, c.z, c.d FROM b FULL JOIN c ON c.p = b.k AND c.s = b.v
      UNION ALL SELECT NULL, bv, kv, m, ek FROM x;
    INSERT INTO a VALUES (1,1,1,1.5,'a','p',1),(2,2,NULL,NULL,NULL,'q',0),(3,0,0,0.0,'','',1),(4,1,-5,-2.25,'12','a',0);
    INSERT INTO b VALUES (1,2,'z',1.0,NULL),(2,3,'y',-0.5,3),(3,1,'a',0.0,1),(4,1,'','2.5',NULL);
    INSERT INTO e VALUES (1,1,'m'),(2,2,NULL),(3,3,'');
    INSERT INTO k VALUES (1,1,'a',1,'live',1,'p'),(2,1,'A',1.0,'gone',2,NULL),(3,NULL,NULL,'x','new',3,'s'),
      (4,NULL,'b',NULL,'live',NULL,''),(5,2,'B',2,'gone',3,'q'),(6,3,'c',5,'old',4,'q'),(7,1,'C',x'01','gone',NULL,'p'),(10,NULL,'d',2,'old',NULL,'p'),
      (8,4,'a',3,'new',1,'r'),(9,5,'A',3.0,'old',NULL,'r');
    INSERT INTO c VALUES (1,'a',x'01','2024-01-02 03:04:05'),(1,'b',NULL,NULL),(2,'a',x'','2024-02-02 00:00:00');
    """

  static let tables: [String: [String]] = [
    "a": ["id", "n", "i", "r", "x", "nn", "flag"], "b": ["id", "k", "v", "w", "i"], "c": ["p", "s", "z", "d"],
    "e": ["id", "k", "m"], "u": ["id", "n", "v", "w"], "k": ["id", "no", "tag", "y", "state", "at", "code"],
    "x": ["id", "bk", "bv", "bw", "bi", "m", "ek", "kv"], "l": ["id", "no", "tag", "state", "at", "code"],
    "y": ["i1", "v1", "s", "z", "d"],
  ]

  /// How parameters are written where a literal could stand; `none` writes no parameters.
  enum ParameterStyle { case none, anonymous, numbered, named }

  var random: SeededGenerator
  /// What a FROM clause can name: tables, views and, inside a WITH, common tables.
  var sources = QueryGenerator.tables
  /// Names of `sources`, as often as they are wanted.
  var weights = ["a", "a", "b", "b", "c", "e", "u", "k", "x", "x", "l", "y"]
  var parameters = ParameterStyle.none
  /// Table-valued functions stand in FROM too.
  var readsJSON = false
  private var depth = 0
  /// `alias.column`
  var scope: [String] = []
  private var aliases = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "1" }

  mutating func query() -> String {
    depth = 0
    scope = []
    aliases = 0
    if chance(8) {
      let inner = select(columns: 2)
      scope = []
      return
        "WITH w(c1, c2) AS (\(inner)) SELECT w.c1, w.c2, t.n FROM w \(pick(["JOIN", "LEFT JOIN"])) a t ON t.id = w.c1"
    }
    if chance(4) {
      return "WITH RECURSIVE w(c1, c2) AS (SELECT 1, \(literal()) UNION ALL SELECT c1 + 1, "
        + "\(pick(["c2", "CASE WHEN c1 > 2 THEN NULL ELSE c2 END", "c1 || 'x'", "c1 * 1.5"])) FROM w WHERE c1 < 5) SELECT * FROM w"
    }
    if chance(8) { return keyed() }
    if chance(10) {
      let left = select(columns: 2)
      scope = []
      return "\(left) \(pick(["UNION", "UNION ALL", "EXCEPT", "INTERSECT"])) \(select(columns: 2))"
    }
    return select(columns: Int.random(in: 1...4, using: &random))
  }

  mutating func select(columns: Int) -> String {
    depth += 1
    let outer = scope
    defer {
      depth -= 1
      scope = outer
    }
    let from = from()
    var filter = chance(55) ? " WHERE \(predicate())" : ""
    var tail = ""
    var outputs: [String] = []
    func also(_ condition: String) { filter = filter.isEmpty ? " WHERE \(condition)" : "\(filter) AND \(condition)" }
    if chance(12) {
      // One group, as far as its key is one value.
      let key = column()
      also(
        pick([
          "\(key) = \(literal())", "\(literal()) = \(key)", "\(key) IS NULL", "\(key) IS \(literal())",
          "\(key) = \(column())",
        ]))
      let value =
        chance(50) ? key : pick(["hex(\(key))", "lower(\(key))", "\(key) || ''", "\(key) + 1", "typeof(\(key))"])
      if chance(30) {
        return
          "SELECT DISTINCT \((0..<columns).map { "\(value) AS o\($0)" }.joined(separator: ", ")) FROM \(from)\(filter)"
      }
      tail = " GROUP BY \(value)" + (chance(30) ? ", \(column())" : "")
      outputs.append(value)
      while outputs.count < columns { outputs.append(aggregate()) }
    } else if chance(15) {
      // What is asked for is written again.
      let wanted =
        chance(60)
        ? expression(2)
        : "\(pick(["nullif", "ifnull", "json_extract", "substr", "min"]))(\(column()), \(pick(["'$'", "1", column()])))"
      also(
        pick([
          "\(wanted) IS NOT NULL", "\(wanted) = \(literal())", "\(wanted) > \(column())", "NOT (\(wanted) IS NULL)",
          "\(wanted)",
          "length(\(wanted)) > 0",
        ]))
      outputs.append(pick([wanted, "\(wanted) || 'x'", "coalesce(\(wanted), NULL)"]))
      if chance(25) {
        let key = column()
        tail =
          " GROUP BY \(key) HAVING \(pick(["max(\(wanted)) IS NOT NULL", "nullif(\(key), 1) IS NOT NULL", "lower(max(\(key))) > ''"]))"
        outputs = [pick(["max(\(wanted))", "nullif(\(key), 1)", "lower(max(\(key)))", wanted])]
      }
      while outputs.count < columns {
        outputs.append(tail.isEmpty ? (chance(8) ? aggregate() : expression(2)) : aggregate())
      }
    } else if chance(25) {
      if chance(60) {
        let key = column()
        tail = " GROUP BY \(key)"
        if chance(30) {
          tail +=
            " HAVING \(pick(["count(*) > 1", "\(key) IS NOT NULL", "max(\(column())) > 0", "\(key) > 0 AND count(*) > 0"]))"
        }
        outputs.append(key)
      } else if chance(20) {
        tail = " HAVING count(*) > \(pick(["0", "1"]))"
        outputs.append("count(*)")
      }
      while outputs.count < columns { outputs.append(chance(75) ? aggregate() : expression(2)) }
    } else {
      while outputs.count < columns { outputs.append(chance(12) ? window() : expression(3)) }
    }
    if chance(10) {
      tail += " LIMIT \(chance(40) ? parameter() ?? "2" : pick(["0", "1", "2"]))" + (chance(30) ? " OFFSET 1" : "")
    }
    let isCompoundSafe = !tail.contains("LIMIT") || depth == 1 && columns != 2
    if !isCompoundSafe, let limit = tail.range(of: " LIMIT") { tail.removeSubrange(limit.lowerBound...) }
    outputs = Array(outputs.prefix(columns))
    return
      "SELECT \(chance(8) ? "DISTINCT " : "")\(outputs.enumerated().map { "\($1) AS o\($0)" }.joined(separator: ", "))"
      + " FROM \(from)\(filter)\(tail)"
  }

  /// Rows found by the keys of partial indexes.
  private mutating func keyed() -> String {
    let table = pick(["k", "k", "l"])
    func conjunct() -> String {
      pick(
        [
          "t.no = \(pick(["1", "2", "'1'", "s.k", "s.id"]))", "t.tag = \(pick(["'a'", "'A'", "'b'", "s.v"]))",
          "t.code = \(pick(["'p'", "'q'", "s.v", "('P' COLLATE NOCASE)", "+t.tag"]))",
          "t.state = \(pick(["'live'", "'new'", "'gone'"]))", "'live' = t.state", "t.state IN ('live', 'new')",
          "t.state <> 'gone'", "t.state > 'h'", "NOT (t.state = 'gone')",
          "t.at \(pick([">", ">=", "=", "<", "<>"])) \(pick(["1", "2", "3"]))",
          "t.at BETWEEN \(pick(["1", "2"])) AND \(pick(["2", "3", "4"]))", "t.code IS NOT NULL", "t.tag LIKE 'a%'",
          "t.tag IS NOT NULL",
          "(t.at, t.code) = (\(pick(["1", "2", "3"])), 'p')", "t.id = s.id", "t.at IS \(pick(["NULL", "2"]))",
        ] + (table == "k" ? ["t.y = \(pick(["1", "2", "3", "s.k"]))", "t.y = 2"] : []))
    }
    let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in conjunct() }
    let join = pick(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"])
    let condition = parts.joined(separator: pick([" AND ", " AND ", " AND ", " OR "]))
    let outputs = pick(["t.id AS o0, t.at AS o1, s.v AS o2", "t.*", "s.id AS o0, t.tag AS o1"])
    let group =
      chance(20) ? " GROUP BY \(pick(["t.no", "t.tag", "t.state, t.at", "s.id", "hex(t.tag)", "t.code"]))" : ""
    if chance(40) {
      let more = chance(60) ? " AND s.id = \(pick(["1", "2", "3"]))" : ""
      return
        "SELECT \(outputs) FROM \(table) t \(join) b s ON \(chance(60) ? "s.id = t.id" : conjunct()) WHERE \(condition)\(more)\(group)"
    }
    return
      "SELECT \(outputs) FROM b s \(join) \(table) t ON \(condition) WHERE \(pick(["s.id = 1", "s.id = 2", "t.id IS NOT NULL", conjunct()]))\(group)"
  }

  private mutating func source() -> String {
    aliases += 1
    let alias = "t\(aliases)"
    if chance(12), depth < 3 {
      let outer = scope
      scope = []
      let inner = select(columns: 2)
      scope = outer + ["\(alias).o0", "\(alias).o1"]
      return "(\(inner)) \(alias)"
    }
    if readsJSON, chance(15) {
      let document = pick(
        ["'[1,2.5,null,\"a\",[true]]'", "'{\"k\":1,\"v\":null}'", "'[]'", "NULL", parameter() ?? "'{}'"]
          + scope.filter { $0.hasSuffix(".doc") })
      scope += ["key", "value", "type", "atom", "id", "parent", "fullkey", "path"].map { "\(alias).\($0)" }
      return "\(pick(["json_each", "json_tree"]))(\(document)\(chance(20) ? ", '$.k'" : "")) \(alias)"
    }
    let table = pick(weights)
    scope += (sources[table] ?? []).map { "\(alias).\($0)" }
    return "\(table) \(alias)"
  }

  /// Joins that merge columns, in parentheses and outside: `id` is that of all of them.
  private mutating func merged(levels: Int = 2) -> String {
    var items: [String] = []
    for _ in 0..<Int.random(in: 2...3, using: &random) {
      if levels > 0, chance(35) {
        items.append("(\(merged(levels: levels - 1)))")
      } else {
        aliases += 1
        let table = pick(["a", "b", "e", "k", "u", "x", "l"])
        scope += (sources[table] ?? []).map { "t\(aliases).\($0)" }
        items.append("\(table) t\(aliases)")
      }
    }
    return items.dropFirst().reduce(items[0]) { text, item in
      let kind = pick(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"])
      return chance(25) ? "\(text) NATURAL \(kind) \(item)" : "\(text) \(kind) \(item) USING (id)"
    }
  }

  private mutating func from() -> String {
    if chance(12) {
      defer { scope += ["id", "id"] }
      return merged()
    }
    var text = source()
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let kind = pick(["JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"])
      if chance(10), kind != "CROSS JOIN" {
        // ON in parentheses sees what stands in them.
        let outer = scope
        scope = []
        let nested =
          "(\(source()) \(pick(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"])) \(source()) ON \(predicate()))"
        scope = outer + scope
        text += " \(kind) \(nested) ON \(predicate())"
      } else {
        text += " \(kind) \(source())"
        text += kind == "CROSS JOIN" ? "" : " ON \(predicate())"
      }
    }
    return text
  }

  mutating func column() -> String { scope.isEmpty ? "1" : pick(scope) }

  /// A parameter, to be written in the wanted style by `styled`; nil when none are wanted.
  mutating func parameter(_ name: String? = nil) -> String? {
    guard parameters != .none else { return nil }
    let other = pick(["p", "q", "r"])
    return "⟨\(name ?? other)⟩"
  }

  /// `⟨p⟩` as `?`, `?1` or `:p`. Numbers have no gaps: one that is never used is an error on purpose.
  func styled(_ sql: String) -> String {
    var names: [String] = []
    return sql.components(separatedBy: "⟨").enumerated().map { index, part in
      guard index > 0, let end = part.firstIndex(of: "⟩") else { return part }
      let name = String(part[..<end])
      if !names.contains(name) { names.append(name) }
      let rest = part[part.index(after: end)...]
      return switch parameters {
      case .none, .anonymous: "?\(rest)"
      case .numbered: "?\((names.firstIndex(of: name) ?? 0) + 1)\(rest)"
      case .named: "\([":", "@", "$"][names.firstIndex(of: name).map { $0 % 3 } ?? 0])\(name)\(rest)"
      }
    }.joined()
  }

  mutating func literal() -> String {
    if chance(30), let parameter = parameter() { return parameter }
    return pick(["0", "1", "2", "-3", "1.5", "'a'", "''", "'12'", "NULL", "x'01'", "TRUE"])
  }

  mutating func predicate(_ budget: Int = 2) -> String {
    if budget > 0, chance(35) {
      let a = predicate(budget - 1)
      let b = predicate(budget - 1)
      return pick([
        "(\(a) AND \(b))", "(\(a) AND \(b))", "(\(a) OR \(b))", "NOT (\(a))", "NOT (\(a) AND \(b))",
        "NOT (\(a) OR \(b))",
      ])
    }
    let x = chance(70) ? column() : expression(1)
    let y = chance(60) ? column() : expression(1)
    switch Int.random(in: 0..<16, using: &random) {
    case 0...4: return "\(x) \(pick(["=", "<>", "<", "<=", ">", ">="])) \(y)"
    case 5: return "\(x) IS NOT NULL"
    case 6: return "\(x) IS NULL"
    case 7: return "\(x) IS \(pick(["", "NOT "]))\(y)"
    case 8: return "\(x) \(pick(["", "NOT "]))BETWEEN \(y) AND \(expression(0))"
    case 9: return "\(x) \(pick(["", "NOT "]))IN (\(literal()), \(y))"
    case 10: return "\(x) \(pick(["", "NOT "]))IN (SELECT k FROM \(pick(["b", "e"])))"
    case 11: return "\(x) \(pick(["", "NOT "]))LIKE \(pick(["'%a%'", "'%'", y]))"
    case 12: return "\(x)"
    case 13: return "(\(x), \(y)) \(pick(["=", "<", "<>", ">="])) (\(column()), \(literal()))"
    case 14: return "(\(x) \(pick(["=", "<"])) \(y)) \(pick(["IS TRUE", "IS FALSE", "IS NOT TRUE", "IS NOT FALSE"]))"
    default: return "EXISTS (SELECT 1 FROM b q WHERE q.k = \(x))"
    }
  }

  mutating func expression(_ budget: Int) -> String {
    if budget == 0 || chance(30) { return chance(80) ? column() : literal() }
    let a = expression(budget - 1)
    let b = expression(budget - 1)
    switch Int.random(in: 0..<22, using: &random) {
    case 0: return "(\(a) \(pick(["+", "-", "*"])) \(b))"
    case 1: return "(\(a) \(pick(["/", "%"])) \(pick([b, "2", "2.5", "0"])))"
    case 2: return "(\(a) || \(b))"
    case 3: return "(\(predicate(1)))"
    case 4: return "coalesce(\(a), \(b))"
    case 5: return "ifnull(\(a), \(b))"
    case 6: return "nullif(\(a), \(b))"
    case 7: return "iif(\(predicate(1)), \(a), \(b))"
    case 8: return "CASE WHEN \(predicate(1)) THEN \(a) ELSE \(b) END"
    case 9: return "CASE \(column()) WHEN \(literal()) THEN \(a) END"
    case 10: return "CAST(\(a) AS \(pick(["INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC", "BOOLEAN"])))"
    case 11:
      return "\(pick(["lower", "length", "typeof", "hex", "quote", "abs", "sign", "round", "unicode", "trim"]))(\(a))"
    case 12: return "\(pick(["min", "max"]))(\(a), \(b))"
    case 13: return "substr(\(a), 1, 2)"
    case 14: return "(- \(a))"
    case 15: return "(~ \(a))"
    case 16: return "\(pick(["date", "datetime", "julianday", "unixepoch"]))(\(pick(["'now'", "'now', '-1 day'", a])))"
    case 17: return scalarSubquery()
    case 18: return "CASE WHEN \(a) IS NULL THEN \(literal()) ELSE \(a) END"
    case 19: return "replace(\(a), \(b), 'q')"
    case 20: return "\(pick(["json_array", "json_object"]))('k', \(column().hasSuffix(".z") ? "1" : "2"))"
    default: return "printf('%s', \(a))"
    }
  }

  private mutating func scalarSubquery() -> String {
    pick([
      "(SELECT count(*) FROM e)", "(SELECT max(k) FROM e)", "(SELECT v FROM b WHERE b.id = \(column()))",
      "(SELECT q.n + \(column()) FROM a q WHERE q.n = \(column()))", "(SELECT 1)", "(SELECT sum(w) FROM b)",
      "(SELECT q.k FROM b q LEFT JOIN e ON e.k = q.k WHERE q.w > 0)", "(SELECT \(column()))",
      "(SELECT \(column()) WHERE \(column()) IS NOT NULL)",
    ])
  }

  private mutating func aggregate() -> String {
    let x = expression(1)
    let filter = chance(15) ? " FILTER (WHERE \(predicate(0)))" : ""
    return pick([
      "count(*)", "count(\(x))", "sum(\(x))", "avg(\(x))", "total(\(x))", "min(\(x))", "max(\(x))",
      "group_concat(\(x))",
      "count(DISTINCT \(x))",
    ]) + filter
  }

  private mutating func window() -> String {
    let x = column()
    let frame = pick([
      "", "", " ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING", " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
      " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW", " ROWS 1 PRECEDING",
    ])
    let function = pick([
      "row_number()", "rank()", "ntile(2)", "lag(\(x))", "lead(\(x), 1, 0)", "first_value(\(x))", "last_value(\(x))",
      "nth_value(\(x), 2)", "sum(\(x))", "max(\(x))", "count(\(x))", "cume_dist()", "avg(\(x))",
    ])
    return "\(function) OVER (\(chance(30) ? "PARTITION BY \(column()) " : "")ORDER BY \(column())\(frame))"
  }
}
