extension RandomStatements {
  /// Tables that are written, with the columns that a statement may set.
  private static let writable: [(table: RandomTable, set: [String])] = [
    (RandomSchema.tables[0], ["n", "t", "flag", "m", "at"]),
    (RandomSchema.tables[1], ["n", "t", "amount", "tags", "flag", "made"]),
    (RandomSchema.tables[2], ["b", "v", "amount"]),
    (RandomSchema.tables[4], ["s", "n"]),
    (RandomSchema.tables[5], ["a", "b"]),
    (RandomSchema.views[3], ["n", "t"]),
  ]

  private mutating func returning(_ kinds: [Kind]?) -> String {
    let shape = kinds ?? (0..<(1 + dice.roll(4))).map { _ in dice.pick(Kind.allCases) }
    return " RETURNING \(shape.map { expression($0, 1) }.joined(separator: ", "))"
  }

  /// INSERT, UPDATE or DELETE with RETURNING.
  mutating func write(returning kinds: [Kind]? = nil) -> String {
    switch dice.roll(3) {
    case 0: insert(kinds)
    case 1: update(kinds)
    default: delete(kinds)
    }
  }

  /// A value for a column, often a bare parameter.
  private mutating func value(_ kind: Kind, _ depth: Int) -> String {
    if dice.one(in: 4) {
      parameters += 1
      return "$\(parameters)"
    }
    return dice.one(in: 8) ? "DEFAULT" : expression(kind, depth)
  }

  private mutating func update(_ kinds: [Kind]?) -> String {
    let (table, settable) = dice.pick(Self.writable)
    let name = freshName()
    let range = RandomRange(name: name, columns: table.columns, keys: table.keys)
    scopes.append([range])
    defer { scopes.removeLast() }
    var from = ""
    if dice.one(in: 3) {
      let (text, other) = tableRange()
      from = " FROM \(text)"
      scopes[scopes.count - 1].append(other)
      if dice.one(in: 3) {
        let (second, more) = tableRange()
        let on = "\(other.name).\(other.columns[0].name) = \(more.name).\(more.columns[0].name)"
        if other.columns[0].kind == more.columns[0].kind {
          from += " \(dice.pick(["LEFT JOIN", "RIGHT JOIN", "JOIN"])) \(second) ON \(on)"
          scopes[scopes.count - 1].append(more)
        }
      }
    }
    let columns = settable.filter { _ in dice.one(in: 2) }
    let set = (columns.isEmpty ? [settable[0]] : columns).map { column in
      let kind = table.columns.first { $0.name == column }?.kind ?? .int
      return "\(column) = \(value(kind, 1))"
    }
    var text = "UPDATE \(table.name) AS \(name) SET \(set.joined(separator: ", "))\(from)"
    text += writeCondition()
    return text + returning(kinds)
  }

  private mutating func delete(_ kinds: [Kind]?) -> String {
    let (table, _) = dice.pick(Self.writable)
    let name = freshName()
    scopes.append([RandomRange(name: name, columns: table.columns, keys: table.keys)])
    defer { scopes.removeLast() }
    var using = ""
    if dice.one(in: 3) {
      let (text, other) = tableRange()
      using = " USING \(text)"
      scopes[scopes.count - 1].append(other)
    }
    return "DELETE FROM \(table.name) AS \(name)\(using)\(writeCondition())\(returning(kinds))"
  }

  private mutating func writeCondition() -> String {
    var text = dice.percent(70) ? " WHERE \(condition(1))" : ""
    if dice.one(in: 2), let key = keyCondition() { text += text.isEmpty ? " WHERE \(key)" : " AND \(key)" }
    return text
  }

  private mutating func insert(_ kinds: [Kind]?) -> String {
    let (table, settable) = dice.pick(Self.writable)
    let name = freshName()
    // What must be given.
    let required: [(String, Kind)]
    switch table.name {
    case "p", "v_write": required = [("id", .int), ("code", .text)]
    case "c": required = [("id", .int), ("p_id", .int), ("doc", .json)]
    case "d": required = [("v", .text), ("checked", .int), ("x", .int), ("later", .int)]
    case "parts": required = [("k", .int), ("n", .int)]
    default: required = [("id", .int)]
    }
    let optional = settable.filter { column in !required.contains { $0.0 == column } && dice.one(in: 2) }
    let columns = required.map(\.0) + optional
    let columnKinds =
      required.map(\.1) + optional.map { column in table.columns.first { $0.name == column }?.kind ?? .int }
    var text = "INSERT INTO \(table.name) AS \(name) (\(columns.joined(separator: ", "))) "
    if dice.one(in: 4) {
      text += select(columnKinds, 1)
    } else {
      scopes.append([])
      let rows = (0..<(dice.one(in: 3) ? 2 : 1)).map { _ in
        let values = columnKinds.enumerated().map { index, kind in
          index < required.count
            ? (kind == .int ? String(dice.roll(12)) : dice.one(in: 3) ? value(kind, 0) : literal(kind)) : value(kind, 1)
        }
        return "(\(values.joined(separator: ", ")))"
      }
      scopes.removeLast()
      text += "VALUES \(rows.joined(separator: ", "))"
    }
    scopes.append([RandomRange(name: name, columns: table.columns, keys: table.keys)])
    defer { scopes.removeLast() }
    if let target = ["p": "id", "c": "id", "parts": "k", "trg": "id", "v_write": "id", "d": "a, b"][table.name],
      dice.one(in: 2)
    {
      if dice.one(in: 3) {
        text += " ON CONFLICT (\(target)) DO NOTHING"
      } else {
        let column = dice.pick(settable)
        let kind = table.columns.first { $0.name == column }?.kind ?? .int
        let new = dice.pick(["excluded.\(column)", "coalesce(excluded.\(column), \(name).\(column))", value(kind, 1)])
        text += " ON CONFLICT (\(target)) DO UPDATE SET \(column) = \(new)"
        if dice.one(in: 4) { text += " WHERE \(condition(1))" }
      }
    }
    return text + returning(kinds)
  }

  /// MERGE gives no rows before 17: what is checked are its parameters.
  mutating func merge() -> String {
    scopes.append([RandomRange(name: "s", columns: RandomSchema.tables[0].columns, keys: ["id"])])
    defer { scopes.removeLast() }
    parameters += 2
    return """
      MERGE INTO parts AS m USING p AS s ON m.k = s.id AND \(condition(0)) \
      WHEN MATCHED THEN UPDATE SET s = $\(parameters), n = \(dice.roll(3)) \
      WHEN NOT MATCHED THEN INSERT (k, s, n) VALUES (s.id + 100, \(expression(.text, 1)), $\(parameters - 1))
      """
  }

  /// Any statement, its parameters numbered in the order in which they stand.
  mutating func statement() -> String {
    let text: String
    switch dice.roll(10) {
    case 0, 1, 2: text = write()
    case 3 where dice.one(in: 4): text = merge()
    default: text = query()
    }
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    return parts.dropFirst().enumerated().reduce(String(parts[0])) { result, part in
      "\(result)$\(part.offset + 1)\(part.element.drop { $0.isNumber })"
    }
  }
}
