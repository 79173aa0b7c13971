extension RandomStatements {
  /// A table, a view or a common table under a new name: what stands in FROM, and what it offers.
  mutating func tableRange() -> (String, RandomRange) {
    var all = RandomSchema.tables + RandomSchema.tables + RandomSchema.views
    all += commonTables + commonTables
    let table = dice.pick(all)
    let only = table.name == "par" && dice.one(in: 2) ? "ONLY " : ""
    let name =
      table.name == "c" && !(scopes.last ?? []).contains { $0.name == "c" } && dice.one(in: 2) ? "c" : freshName()
    return ("\(only)\(table.name) AS \(name)", RandomRange(name: name, columns: table.columns, keys: table.keys))
  }

  /// Something in FROM. `lateral`: it may ask for the ranges before it, which are in the innermost scope.
  private mutating func item(_ depth: Int, lateral: Bool) -> (String, RandomRange) {
    switch dice.roll(depth > 0 ? 12 : 5) {
    case 5, 6:
      let name = freshName()
      let kinds = (0..<(1 + dice.roll(3))).map { _ in dice.pick(Kind.allCases) }
      let isLateral = lateral && dice.one(in: 2)
      let around = scopes
      if !isLateral { scopes = Array(scopes.dropLast()) }
      let query = select(kinds, depth - 1)
      scopes = around
      let columns = kinds.indices.map { RandomColumn(name: "x\($0)", kind: kinds[$0]) }
      let names = columns.map(\.name).joined(separator: ", ")
      return (
        "\(isLateral ? "LATERAL " : "")(\(query)) AS \(name)(\(names))",
        RandomRange(name: name, columns: columns, keys: columns.filter { $0.kind == .int }.map(\.name))
      )
    case 7:
      let name = freshName()
      let rows = (0...dice.roll(3)).map { _ in "(\(literalOrNull(.int)), \(literalOrNull(.text)))" }
      return (
        "(VALUES \(rows.joined(separator: ", "))) AS \(name)(i, s)",
        RandomRange(
          name: name, columns: [RandomColumn(name: "i", kind: .int), RandomColumn(name: "s", kind: .text)], keys: ["i"])
      )
    case 8:
      let name = freshName()
      let around = scopes
      if !lateral { scopes = Array(scopes.dropLast()) }
      let source = dice.pick([
        "generate_series(0, \(dice.roll(3)))", "unnest(\(expression(.array, 1)))", "f_zero(\(leaf(.int)))",
        "unnest(\(parameter(.array)))", "f_maybe(\(leaf(.int)))",
      ])
      scopes = around
      return (
        "\(source) AS \(name)(i)",
        RandomRange(name: name, columns: [RandomColumn(name: "i", kind: .int)], keys: ["i"])
      )
    case 9:
      let name = freshName()
      return (
        "f_rows(\(dice.roll(3))) AS \(name)",
        RandomRange(name: name, columns: [RandomColumn(name: "i", kind: .int), RandomColumn(name: "s", kind: .text)])
      )
    default: return tableRange()
    }
  }

  private mutating func literalOrNull(_ kind: Kind) -> String {
    dice.one(in: 5) ? "NULL::\(kind.spelling)" : literal(kind)
  }

  /// Joins, nested on either side; the ranges are added to the innermost scope.
  private mutating func joined(_ depth: Int, _ joins: Int) -> String {
    let level = scopes.count - 1
    var (text, range) = item(depth, lateral: !scopes[level].isEmpty)
    let first = scopes[level].count
    scopes[level].append(range)
    for _ in 0..<joins {
      let kind = dice.pick(["JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"])
      let right: String
      if dice.one(in: 5), joins > 1 {
        // LATERAL may not look to the left of RIGHT and FULL.
        let left = Array(scopes[level][first...])
        scopes[level].removeSubrange(first...)
        right = "(\(joined(0, 1)))"
        scopes[level] = Array(scopes[level][..<first]) + left + scopes[level][first...]
      } else {
        let mayLook = kind == "JOIN" || kind == "LEFT JOIN" || kind == "CROSS JOIN"
        (right, range) = item(depth, lateral: mayLook)
        scopes[level].append(range)
      }
      if kind == "CROSS JOIN" {
        text += " CROSS JOIN \(right)"
        continue
      }
      let inner = scopes
      scopes[level] = Array(scopes[level][first...])
      let condition =
        kind == "FULL JOIN"
        ? mergeable(first)
        : dice.one(in: 10) ? "true" : dice.one(in: 3) ? foreignKeyCondition() ?? condition(1) : condition(1)
      scopes = inner
      text += " \(kind) \(right) ON \(condition)"
    }
    return text
  }

  /// What FULL JOIN needs: a column of either side.
  private mutating func mergeable(_ first: Int) -> String {
    let ranges = scopes.last ?? []
    func columns(_ ranges: ArraySlice<RandomRange>) -> [String] {
      ranges.flatMap { range in range.columns.filter { $0.kind == .int }.map { "\(range.name).\($0.name)" } }
    }
    let left = columns(ranges.dropLast())
    let right = columns(ranges.suffix(1))
    return left.isEmpty || right.isEmpty ? "true" : "\(dice.pick(left)) = \(dice.pick(right))"
  }

  private mutating func foreignKeyCondition() -> String? {
    guard let ranges = scopes.last,
      let from = ranges.first(where: { $0.columns.contains { $0.name == "p_id" || $0.name == "later" } }),
      let to = ranges.first(where: { range in range.columns.contains { $0.name == "code" } }), from.name != to.name
    else { return nil }
    let key = from.columns.contains { $0.name == "p_id" } ? dice.pick(["p_id", "p_id", "q_id"]) : "later"
    guard from.columns.contains(where: { $0.name == key }) else { return nil }
    return "\(to.name).id = \(from.name).\(key)\(dice.one(in: 5) ? " AND \(condition(0))" : "")"
  }

  /// A query whose columns have those types.
  mutating func select(_ kinds: [Kind], _ depth: Int) -> String {
    if depth > 0, dice.one(in: 7) {
      let operation = dice.pick(["UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"])
      return "(\(select(kinds, depth - 1))) \(operation) (\(select(kinds, depth - 1)))"
    }
    scopes.append([])
    defer { scopes.removeLast() }
    var from = ""
    if !dice.one(in: 12) {
      from = " FROM \(joined(depth, dice.pick([0, 0, 1, 1, 2, 3])))"
      if dice.one(in: 6) { from += ", \(joined(depth, 0))" }
    }
    var filter = ""
    if dice.percent(60) { filter = " WHERE \(condition(2))" }
    if dice.one(in: 4), let key = keyCondition() { filter += filter.isEmpty ? " WHERE \(key)" : " AND \(key)" }
    if dice.one(in: 4) { return grouped(kinds, from + filter) }
    let hasWindows = dice.one(in: 5)
    let hasSets = dice.one(in: 12)
    let targets = kinds.map { kind in
      if hasSets, let set = setReturning(kind) { return set }
      return hasWindows && dice.one(in: 2) ? windowTarget(kind) : expression(kind, 2)
    }
    var text = "SELECT \(dice.one(in: 10) ? "DISTINCT " : "")\(targets.joined(separator: ", "))\(from)\(filter)"
    if dice.one(in: 8), !targets.isEmpty { text += " ORDER BY 1" }
    return text + limit()
  }

  /// A function in the target list that gives several rows.
  private mutating func setReturning(_ kind: Kind) -> String? {
    switch kind {
    case .int:
      dice.pick([
        "unnest(\(expression(.array, 1)))", "generate_series(1, \(leaf(.int)))", "(f_rows(\(dice.roll(3)))).i",
      ])
    case .text:
      dice.pick(["unnest(ARRAY[\(leaf(.text))])", "jsonb_array_elements_text('[\"a\", null]')", "(f_rows(1)).s"])
    case .json: dice.pick(["jsonb_array_elements('[1, null]')", "jsonb_path_query(\(leaf(.json)), '$.a')"])
    case .bool, .number, .time, .array, .mood: nil
    }
  }

  private mutating func windowTarget(_ kind: Kind) -> String {
    let call = window(kind)
    guard dice.one(in: 3) else { return call }
    return "CASE WHEN \(condition(1)) THEN \(call) ELSE \(expression(kind, 1)) END"
  }

  private mutating func limit() -> String {
    switch dice.roll(20) {
    case 0: " LIMIT 1"
    case 1: " LIMIT 2 OFFSET 1"
    case 2: " OFFSET 1"
    case 3: " ORDER BY 1 FETCH FIRST 1 ROW WITH TIES"
    default: ""
    }
  }

  private mutating func grouped(_ kinds: [Kind], _ rest: String) -> String {
    let shape = dice.roll(8)
    guard shape > 1 else {
      let having = dice.one(in: 5) ? " HAVING \(aggregate(.int, inner: false)) > 0" : ""
      let targets = kinds.map { groupTarget($0, []) }
      // Without an aggregate there would be no group.
      return "SELECT \((targets + ["count(*)"]).joined(separator: ", "))\(rest)\(having)".dropLastColumn(
        kinds.count, of: targets, rest: rest, having: having)
    }
    let keys = (0..<(1 + dice.roll(2))).map { _ in
      let kind = dice.pick([Kind.int, .int, .text, .mood, .number])
      return (kind, dice.one(in: 3) ? expression(kind, 1) : column(kind) ?? expression(kind, 1))
    }.filter { !$0.1.contains("$") && !$0.1.contains("SELECT") && Int($0.1) == nil }
    guard !keys.isEmpty else { return "SELECT \(kinds.map { literal($0) }.joined(separator: ", "))\(rest)" }
    let list = keys.map(\.1).joined(separator: ", ")
    let group: String
    switch shape {
    case 2: group = "ROLLUP (\(list))"
    case 3: group = "CUBE (\(list))"
    case 4: group = "GROUPING SETS ((\(list)), (\(keys[0].1)))"
    case 5 where keys.count > 1: group = "\(keys[0].1), ROLLUP (\(keys[1].1))"
    default: group = list
    }
    let key = dice.pick(keys)
    let having: String
    switch dice.roll(8) {
    case 0: having = " HAVING count(*) > 1"
    case 1: having = " HAVING \(key.1) IS NOT NULL"
    case 2: having = " HAVING max(\(expression(.int, 1))) > 0"
    default: having = ""
    }
    let targets = kinds.map { groupTarget($0, keys) }
    return "SELECT \(targets.joined(separator: ", "))\(rest) GROUP BY \(group)\(having)\(limit())"
  }

  private mutating func groupTarget(_ kind: Kind, _ keys: [(Kind, String)]) -> String {
    let same = keys.filter { $0.0 == kind }.map(\.1)
    if !same.isEmpty, dice.percent(60) {
      let key = dice.pick(same)
      switch dice.roll(6) {
      case 0: return "coalesce(\(key), \(aggregate(kind, inner: false)))"
      case 1: return "(SELECT \(key))"
      case 2: return "CASE WHEN \(key) IS NOT NULL THEN \(key) ELSE \(literal(kind)) END"
      default: return key
      }
    }
    if dice.one(in: 4), let key = keys.first, dice.one(in: 2) {
      return "CASE WHEN \(key.1) IS NOT NULL THEN \(aggregate(kind, inner: false)) ELSE \(literal(kind)) END"
    }
    return dice.one(in: 6)
      ? "coalesce(\(aggregate(kind, inner: false)), \(literal(kind)))" : aggregate(kind, inner: false)
  }

  /// A whole statement that reads.
  mutating func query() -> String {
    var with: [String] = []
    let kinds = { (make: inout RandomStatements) in
      (0..<(1 + make.dice.roll(4))).map { _ in make.dice.pick(Kind.allCases) }
    }
    if dice.one(in: 5) {
      let shape = kinds(&self)
      let name = freshName()
      let columns = shape.indices.map { RandomColumn(name: "x\($0)", kind: shape[$0]) }
      let names = columns.map(\.name).joined(separator: ", ")
      if dice.one(in: 3) {
        with.append(
          "RECURSIVE \(name)(id, up, label) AS (SELECT id, n, t FROM p WHERE \(dice.pick(["n IS NULL", "t IS NOT NULL", "id = 1"])) UNION SELECT p.id, p.n, \(dice.pick(["p.t", "q.label", "coalesce(p.t, q.label)", "q.label || p.code"])) FROM p JOIN \(name) q ON \(dice.pick(["p.n = q.id", "p.id = q.up"])) AND length(q.label) < 9)"
        )
        commonTables = [
          RandomTable(
            name: name,
            columns: [
              RandomColumn(name: "id", kind: .int), RandomColumn(name: "up", kind: .int),
              RandomColumn(name: "label", kind: .text),
            ],
            keys: ["id"])
        ]
      } else {
        let query = dice.one(in: 4) ? write(returning: shape) : select(shape, 1)
        with.append("\(name)(\(names)) AS (\(query))")
        commonTables = [RandomTable(name: name, columns: columns, keys: columns.filter { $0.kind == .int }.map(\.name))]
      }
    }
    let shape = kinds(&self)
    let text = select(shape, 2)
    return (with.isEmpty ? "" : "WITH \(with.joined(separator: ", ")) ") + text
  }
}

extension String {
  /// `SELECT a, b, count(*) …` as `SELECT a, b …` where a or b is an aggregate already.
  fileprivate func dropLastColumn(_ count: Int, of targets: [String], rest: String, having: String) -> String {
    let aggregates = ["count(", "sum(", "min(", "max(", "avg(", "agg(", "bool_", "stddev("]
    let isGrouped = !having.isEmpty || targets.contains { target in aggregates.contains { target.contains($0) } }
    return isGrouped ? "SELECT \(targets.joined(separator: ", "))\(rest)\(having)" : self
  }
}
