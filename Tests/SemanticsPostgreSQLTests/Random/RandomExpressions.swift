/// A name in FROM, with its columns.
struct RandomRange {
  var name: String
  var columns: [RandomColumn]
  var keys: [String] = []
}

/// Makes statements: text and nothing else; the server says whether they are right.
struct RandomStatements {
  var dice: Dice
  /// Ranges that an expression may use, innermost query last.
  var scopes: [[RandomRange]] = []
  var commonTables: [RandomTable] = []
  var parameters = 0
  private var names = 0

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func freshName() -> String {
    names += 1
    return "r\(names)"
  }

  // MARK: - Columns

  /// A column of that kind from the ranges in sight, mostly of the innermost query.
  mutating func column(_ kind: Kind) -> String? {
    let levels = scopes.indices.reversed()
    for level in levels where level == scopes.count - 1 || dice.one(in: 2) {
      let all = scopes[level].flatMap { range in
        range.columns.filter { $0.kind == kind }.map { "\(range.name).\($0.name)" }
      }
      if !all.isEmpty { return dice.pick(all) }
    }
    return nil
  }

  mutating func parameter(_ kind: Kind) -> String {
    parameters += 1
    return "$\(parameters)::\(kind.spelling)"
  }

  mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .int: String(dice.roll(4))
    case .text: dice.pick(["''", "'a'", "'b'", "'x'"]) + "::text"
    case .bool: dice.pick(["true", "false"])
    case .number: dice.pick(["1.0", "2.50", "0"]) + "::numeric"
    case .time: dice.pick(["'2024-01-01'::timestamptz", "now()"])
    case .json: dice.pick(["'{\"a\": 1}'::jsonb", "'[1, null]'::jsonb", "'{}'::jsonb"])
    case .array: dice.pick(["'{}'::integer[]", "'{1,2}'::integer[]", "'{1,NULL}'::integer[]"])
    case .mood: dice.pick(["'sad'", "'ok'"]) + "::mood"
    }
  }

  // MARK: - Expressions

  mutating func leaf(_ kind: Kind) -> String {
    if dice.percent(80), let column = column(kind) { return column }
    if dice.one(in: 12) { return "NULL::\(kind.spelling)" }
    if dice.one(in: 8) { return parameter(kind) }
    return literal(kind)
  }

  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    guard depth > 0, dice.percent(65) else { return leaf(kind) }
    let d = depth - 1
    switch dice.roll(14) {
    case 0: return "coalesce(\(expression(kind, d)), \(expression(kind, d)))"
    case 1 where kind != .json: return "nullif(\(expression(kind, d)), \(expression(kind, d)))"
    case 2:
      let otherwise = dice.one(in: 3) ? "" : " ELSE \(expression(kind, d))"
      return "CASE WHEN \(condition(d)) THEN \(expression(kind, d))\(otherwise) END"
    case 3: return "CASE \(expression(.int, d)) WHEN 1 THEN \(expression(kind, d)) ELSE \(expression(kind, d)) END"
    case 4 where kind != .json:
      return "\(dice.pick(["greatest", "least"]))(\(expression(kind, d)), \(expression(kind, d)))"
    case 5 where depth > 1: return scalarSubquery(kind)
    default: return operation(kind, d)
    }
  }

  private mutating func operation(_ kind: Kind, _ d: Int) -> String {
    switch kind {
    case .int:
      switch dice.roll(16) {
      case 0: return "(\(expression(.int, d)) + \(expression(.int, d)))"
      case 1: return "abs(\(expression(.int, d)))"
      case 2: return "length(\(expression(.text, d)))"
      case 3: return "(\(expression(.array, d)))[1]"
      case 4: return "cardinality(\(expression(.array, d)))"
      case 5: return "array_length(\(expression(.array, d)), 1)"
      case 6: return "f_zero(\(expression(.int, d)))"
      case 7: return "f_maybe(\(expression(.int, d)))"
      case 8: return "f_plus(\(expression(.int, d)))"
      case 9: return "f_plus(w => \(expression(.int, d)), v => \(expression(.int, d)))"
      case 10: return "f_count(\(expression(.int, d)))"
      case 11: return "((\(expression(.json, d))) ->> 'a')::integer"
      case 12: return "extract(day from \(expression(.time, d)))::integer"
      case 13: return "num_nulls(\(expression(.int, d)), \(expression(.text, d)))"
      case 14:
        return scopes.last?.first { $0.name == "c" } != nil ? "(c.pr).a" : "sign(\(expression(.number, d)))::integer"
      default: return "position('a' in \(expression(.text, d)))"
      }
    case .text:
      switch dice.roll(10) {
      case 0: return "(\(expression(.text, d)) || \(expression(.text, d)))"
      case 1: return "\(dice.pick(["lower", "upper", "trim", "md5"]))(\(expression(.text, d)))"
      case 2: return "concat(\(expression(.text, d)), \(expression(.int, d)))"
      case 3: return "substring(\(expression(.text, d)) from 'a')"
      case 4: return "(\(expression(.json, d)) ->> 'a')"
      case 5: return "to_char(\(expression(.time, d)), 'YYYY')"
      case 6: return "(\(expression(.int, d)))::text"
      case 7: return "f_code(\(expression(.int, d)))"
      case 8: return "concat_ws(\(expression(.text, d)), \(expression(.text, d)))"
      default: return "(\(expression(.mood, d)))::text"
      }
    case .bool: return condition(d)
    case .number:
      switch dice.roll(4) {
      case 0: return "(\(expression(.number, d)) * \(expression(.number, d)))"
      case 1: return "round(\(expression(.number, d)), 1)"
      case 2: return "(\(expression(.int, d)))::numeric"
      default: return "(\(expression(.number, d)) + 1)"
      }
    case .time:
      return dice.one(in: 2)
        ? "date_trunc('day', \(expression(.time, d)))" : "(\(expression(.time, d)) + interval '1 day')"
    case .json:
      switch dice.roll(5) {
      case 0: return "to_jsonb(\(expression(.int, d)))"
      case 1: return "jsonb_build_object('a', \(expression(.int, d)))"
      case 2: return "(\(expression(.json, d)) -> 'a')"
      case 3: return "jsonb_build_array(\(expression(.text, d)))"
      default: return "(\(expression(.json, d)) || '{\"b\": 1}')"
      }
    case .array:
      switch dice.roll(5) {
      case 0: return "ARRAY[\(expression(.int, d)), \(expression(.int, d))]"
      case 1: return "array_append(\(expression(.array, d)), \(expression(.int, d)))"
      case 2: return "array_remove(\(expression(.array, d)), \(expression(.int, d)))"
      case 3: return "ARRAY(\(subselect(.int)))"
      default: return "(\(expression(.array, d)))[1:2]"
      }
    case .mood: return leaf(.mood)
    }
  }

  mutating func scalarSubquery(_ kind: Kind) -> String {
    switch dice.roll(4) {
    case 0:
      // By a foreign key, or nearly so.
      let table = dice.pick(["p", "c"])
      if let range = scopes.last?.first(where: { $0.columns.contains { $0.name == "p_id" || $0.name == "later" } }) {
        let key = range.columns.contains { $0.name == "p_id" } ? dice.pick(["p_id", "q_id", "p_id"]) : "later"
        guard kind == .int || kind == .text, range.columns.contains(where: { $0.name == key }) else { break }
        let more = dice.one(in: 4) ? " AND f.n = 1" : ""
        return
          "(SELECT \(kind == .int ? "f.id" : "f.\(table == "p" ? "code" : "t")") FROM \(table) f WHERE f.id = \(range.name).\(key)\(more))"
      }
    case 1: return "(SELECT \(aggregate(kind, inner: true)))"
    default: break
    }
    return "(\(subselect(kind)) LIMIT 1)"
  }

  /// A query of one column, over a table or two.
  mutating func subselect(_ kind: Kind) -> String {
    var text = ""
    let range = tableRange()
    scopes.append([range.1])
    let isAggregate = dice.one(in: 3)
    text = "SELECT \(isAggregate ? aggregate(kind, inner: false) : expression(kind, 1)) FROM \(range.0)"
    if dice.percent(70) { text += " WHERE \(condition(1))" }
    scopes.removeLast()
    return text
  }

  // MARK: - Conditions

  mutating func condition(_ depth: Int) -> String {
    let d = max(depth - 1, 0)
    let kinds: [Kind] = [.int, .int, .text, .number, .time, .mood]
    let kind = dice.pick(kinds)
    switch dice.roll(depth > 0 ? 30 : 12) {
    case 0, 1: return "\(expression(kind, d)) \(dice.pick(["=", "<>", "<", ">=", ">"])) \(expression(kind, d))"
    case 2: return "\(expression(kind, d)) IS NOT NULL"
    case 3: return "\(expression(kind, d)) IS NULL"
    case 4: return keyCondition() ?? "\(leaf(.int)) = \(leaf(.int))"
    case 5: return keyCondition() ?? "\(leaf(.text)) = \(leaf(.text))"
    case 6: return leaf(.bool)
    case 7: return "\(leaf(.int)) IN (\(leaf(.int)), \(leaf(.int)))"
    case 8: return "\(leaf(.int)) \(dice.pick(["= ANY", "<> ALL", "= ALL", "<> ANY"])) (\(leaf(.array)))"
    case 9: return "\(leaf(.text)) LIKE '%a%'"
    case 10: return "\(leaf(.int)) BETWEEN \(dice.one(in: 3) ? "SYMMETRIC " : "")\(leaf(.int)) AND \(leaf(.int))"
    case 11: return "\(leaf(.int)) IS \(dice.one(in: 2) ? "NOT " : "")DISTINCT FROM \(leaf(.int))"
    case 12...15: return "(\(condition(d)) AND \(condition(d)))"
    case 16...18: return "(\(condition(d)) OR \(condition(d)))"
    case 19, 20: return "NOT (\(condition(d)))"
    case 21: return "(\(condition(d))) IS \(dice.one(in: 2) ? "NOT " : "")\(dice.pick(["TRUE", "FALSE", "UNKNOWN"]))"
    case 22: return "\(leaf(.int)) \(dice.one(in: 3) ? "NOT " : "")IN (\(subselect(.int)))"
    case 23: return "\(dice.one(in: 3) ? "NOT " : "")EXISTS (\(subselect(.int)))"
    case 24:
      return "(\(leaf(.int)), \(leaf(.text))) \(dice.pick(["<", ">=", "=", "<>"])) (\(leaf(.int)), \(leaf(.text)))"
    case 25: return "coalesce(\(condition(d)), \(dice.pick(["true", "false"])))"
    case 26: return wholeRow() ?? "\(leaf(.json)) @> \(leaf(.json))"
    case 27: return "\(leaf(.int)) \(dice.pick(["=", "<"])) \(dice.pick(["ANY", "ALL"])) (\(subselect(.int)))"
    case 28: return "CASE WHEN \(condition(d)) THEN \(condition(d)) ELSE \(condition(d)) END"
    default: return "(\(leaf(.int)), \(leaf(.text))) IN (SELECT s.n, s.t FROM v_union s)"
    }
  }

  private mutating func wholeRow() -> String? {
    guard let range = scopes.last.flatMap({ $0.isEmpty ? nil : dice.pick($0) }) else { return nil }
    return dice.one(in: 2) ? "\(range.name) IS NOT NULL" : "NOT (\(range.name) IS NULL)"
  }

  /// A key that equals something: what proofs of row counts live on.
  mutating func keyCondition() -> String? {
    let keyed = (scopes.last ?? []).filter { !$0.keys.isEmpty }
    guard !keyed.isEmpty else { return nil }
    let range = dice.pick(keyed)
    let key = dice.pick(range.keys)
    guard let kind = range.columns.first(where: { $0.name == key })?.kind else { return nil }
    switch dice.roll(8) {
    case 0: return "\(range.name).\(key) = \(expression(kind, 1))"
    case 1: return "\(range.name).\(key) = (\(subselect(kind)) LIMIT 1)"
    case 2: return "\(range.name).\(key) IS NOT DISTINCT FROM \(leaf(kind))"
    case 3 where kind == .int: return "\(range.name).\(key) = (random() * 3)::integer"
    case 4: return "\(range.name).\(key) IS NULL"
    default: return "\(range.name).\(key) = \(dice.one(in: 4) ? parameter(kind) : literal(kind))"
    }
  }

  // MARK: - Aggregates and windows

  mutating func filter() -> String { dice.one(in: 5) ? " FILTER (WHERE \(condition(1)))" : "" }

  /// `inner`: of columns of the query around, as in `(SELECT max(outer.x))`.
  mutating func aggregate(_ kind: Kind, inner: Bool) -> String {
    func argument(_ kind: Kind, _ make: inout RandomStatements) -> String {
      inner ? make.column(kind) ?? make.literal(kind) : make.expression(kind, 1)
    }
    let distinct = dice.one(in: 6) ? "DISTINCT " : ""
    let end = inner ? "" : filter()
    switch kind {
    case .int:
      switch dice.roll(4) {
      case 0: return "count(*)\(end)::integer"
      case 1: return "count(\(argument(.text, &self)))\(end)::integer"
      case 2: return "sum(\(distinct)\(argument(.int, &self)))\(end)::integer"
      default: return "\(dice.pick(["min", "max"]))(\(argument(.int, &self)))\(end)"
      }
    case .text:
      return dice.one(in: 2)
        ? "string_agg(\(argument(.text, &self)), ',')\(end)" : "max(\(argument(.text, &self)))\(end)"
    case .bool: return "\(dice.pick(["bool_or", "bool_and"]))(\(inner ? argument(.bool, &self) : condition(1)))\(end)"
    case .number: return "\(dice.pick(["avg", "sum", "stddev"]))(\(argument(.number, &self)))\(end)"
    case .time: return "max(\(argument(.time, &self)))\(end)"
    case .json: return "jsonb_agg(\(argument(.int, &self)))\(end)"
    case .array: return "array_agg(\(argument(.int, &self)))\(end)"
    case .mood: return "min(\(argument(.mood, &self)))\(end)"
    }
  }

  mutating func window(_ kind: Kind) -> String {
    let partition = dice.one(in: 2) ? "PARTITION BY \(leaf(.int)) " : ""
    let order = "ORDER BY \(leaf(.int)), \(leaf(.text)) "
    let unit = dice.pick(["ROWS", "GROUPS"])
    let start = dice.pick(["UNBOUNDED PRECEDING", "2 PRECEDING", "CURRENT ROW", "1 FOLLOWING"])
    let ends =
      start == "1 FOLLOWING"
      ? ["2 FOLLOWING", "UNBOUNDED FOLLOWING"]
      : start == "CURRENT ROW"
        ? ["CURRENT ROW", "1 FOLLOWING", "UNBOUNDED FOLLOWING"]
        : ["1 PRECEDING", "CURRENT ROW", "1 FOLLOWING", "UNBOUNDED FOLLOWING"]
    let exclude = dice.pick(["", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"])
    let frame = dice.one(in: 2) ? "" : "\(unit) BETWEEN \(start) AND \(dice.pick(ends))\(exclude)"
    let over = " OVER (\(partition)\(order)\(frame))"
    let plain = " OVER (\(partition)\(order))"
    switch dice.roll(8) {
    case 0 where kind == .int: return "(\(dice.pick(["row_number", "rank", "dense_rank"]))()\(plain))::integer"
    case 1: return "lag(\(expression(kind, 1)))\(plain)"
    case 2: return "lead(\(expression(kind, 1)), 1, \(expression(kind, 1)))\(plain)"
    case 3: return "nth_value(\(expression(kind, 1)), 2)\(over)"
    case 4, 5: return "\(dice.pick(["first_value", "last_value"]))(\(expression(kind, 1)))\(over)"
    default:
      switch kind {
      case .int:
        return "\(dice.pick(["sum", "min", "max", "count"]))(\(expression(.int, 1)))\(filter())\(over)::integer"
      case .array: return "array_agg(\(expression(.int, 1)))\(filter())\(over)"
      case .json: return "jsonb_agg(\(expression(.int, 1)))\(over)"
      case .bool: return "bool_or(\(condition(1)))\(over)"
      default: return "max(\(expression(kind, 1)))\(filter())\(over)"
      }
    }
  }
}
