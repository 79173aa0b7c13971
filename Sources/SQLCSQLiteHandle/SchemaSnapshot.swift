// What a database's schema is, apart from how it was written and how it came to be (SQLite, pragma.html: table_list,
// table_xinfo, foreign_key_list, index_list, index_xinfo).

import CSQLite

/// A schema as a set of facts in words, such as `column agents.name TEXT NOT NULL`.
///
/// Blanks, comments, quotes, the order of tables and whether a column came by CREATE or by ALTER make no difference. The
/// tables in which migration tools keep their books are left out, and so are SQLite's own.
public struct SchemaSnapshot: Sendable, Hashable {
  public var facts: Set<String>

  public init(facts: Set<String>) { self.facts = facts }

  /// Tables of migration tools, by name in lower case.
  public static let bookkeeping: Set<String> = [
    "sqlc_schema_migrations", "goose_db_version", "schema_migrations", "gorp_migrations", "schema_version",
    "atlas_schema_revisions",
  ]

  /// The schema of the connection's main database.
  public init(of database: DatabaseHandle) throws(SQLiteFailure) {
    var facts: Set<String> = []
    let objects = try database.texts(
      """
      SELECT s.type, s.name, s.tbl_name, s.sql, l.type, l.wr, l.strict FROM sqlite_schema AS s
      LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name AND s.type IN ('table', 'view')
      """)
    let shadows = Set(objects.filter { $0[4] == "shadow" }.compactMap { $0[1]?.lowercased() })
    for object in objects {
      guard let type = object[0], let name = object[1], let table = object[2]?.lowercased() else { continue }
      let key = name.lowercased()
      if key.hasPrefix("sqlite_") || Self.bookkeeping.contains(table) || shadows.contains(table) { continue }
      let words = SchemaTokens(object[3] ?? "")
      switch type {
      case "table" where object[4] == "virtual": facts.insert("virtual table \(key): \(Self.definition(words))")
      case "table":
        var line = "table \(key)"
        if object[6] == "1" { line += " STRICT" }
        if object[5] == "1" { line += " WITHOUT ROWID" }
        facts.insert(line)
        facts.formUnion(try Self.facts(ofTable: name, words, in: database))
      case "index": facts.insert(try Self.fact(ofIndex: name, on: table, words, in: database))
      case "view": facts.insert("view \(key): \(Self.definition(words))")
      case "trigger": facts.insert("trigger \(key) on \(table): \(Self.definition(words))")
      default: continue
      }
    }
    self.facts = facts
  }

  /// What `other` has and this lacks, and the other way around, in an order for people.
  public func differences(from other: SchemaSnapshot) -> [String] {
    let missing = other.facts.subtracting(facts).sorted().map { "missing: \($0)" }
    let unexpected = facts.subtracting(other.facts).sorted().map { "unexpected: \($0)" }
    return missing + unexpected
  }

  /// Without the tables, views, indexes and triggers that `other` does not have.
  public func withoutObjects(unknownTo other: SchemaSnapshot) -> SchemaSnapshot {
    let known = Set(other.facts.compactMap(Self.object))
    return SchemaSnapshot(facts: facts.filter { fact in Self.object(fact).map(known.contains) ?? true })
  }

  /// What the fact is about: "table agents" for its columns and constraints too, "index by_name", "trigger guard".
  private static func object(_ fact: String) -> String? {
    let words = fact.split(separator: " ").map { $0.prefix { $0 != ":" } }
    func name(_ place: Int) -> Substring { words.count > place ? words[place].prefix { $0 != "." } : "" }
    switch words.first {
    case "table", "column", "check", "generated": return "table \(name(1))"
    case "virtual", "foreign", "primary": return "table \(name(2))"
    case "unique": return name(1) == "index" ? "index \(name(2))" : "table \(name(1))"
    case "index", "view", "trigger": return "\(words[0]) \(name(1))"
    default: return nil
    }
  }

  /// A short text that is the same for the same schema (FNV-1a over the sorted facts).
  public var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in facts.sorted().joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Without the words that only matter while it is created.
  private static func definition(_ words: SchemaTokens) -> String {
    var text = words.text
    for phrase in [" if not exists", " temporary", " temp"] {
      if let range = text.firstRange(of: phrase) { text.removeSubrange(range) }
    }
    return text
  }

  private static func facts(
    ofTable table: String, _ words: SchemaTokens, in database: DatabaseHandle
  ) throws(SQLiteFailure) -> Set<String> {
    let key = table.lowercased()
    var facts: Set<String> = []
    for column in try database.texts(
      "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)", [table])
    {
      guard let name = column[0] else { continue }
      var line = "column \(key).\(name.lowercased()) \((column[1] ?? "").uppercased())"
      if column[2] == "1" { line += " NOT NULL" }
      if let value = column[3] { line += " DEFAULT \(SchemaTokens(value).text)" }
      if let place = column[4], place != "0" { line += " PRIMARY KEY \(place)" }
      if column[5] == "2" { line += " GENERATED VIRTUAL" }
      if column[5] == "3" { line += " GENERATED STORED" }
      var collation: UnsafePointer<CChar>?
      var isAutoincrement: CInt = 0
      if sqlite3_table_column_metadata(
        database.pointer, "main", table, name, nil, &collation, nil, nil, &isAutoincrement) == SQLITE_OK
      {
        if let collation, String(cString: collation).uppercased() != "BINARY" {
          line += " COLLATE \(String(cString: collation).uppercased())"
        }
        if isAutoincrement != 0 { line += " AUTOINCREMENT" }
      }
      facts.insert(line)
    }
    var keys: [String: String] = [:]
    for part in try database.texts(
      """
      SELECT id, "from", "table", coalesce("to", ''), on_update, on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq
      """, [table])
    {
      guard let id = part[0] else { continue }
      let link = "\(part[1]?.lowercased() ?? "") -> \(part[2]?.lowercased() ?? "").\(part[3]?.lowercased() ?? "")"
      let actions = "ON UPDATE \(part[4] ?? "") ON DELETE \(part[5] ?? "")"
      keys[id] = keys[id].map { "\(link), \($0)" } ?? "\(link) \(actions)"
    }
    for link in keys.values { facts.insert("foreign key \(key): \(link)") }
    for condition in words.parenthesized(after: "check") { facts.insert("check \(key): \(condition)") }
    for expression in words.parenthesized(after: "as") { facts.insert("generated \(key): \(expression)") }
    // Keys and UNIQUE constraints keep their indexes without a definition.
    for index in try database.texts(
      "SELECT name, origin FROM pragma_index_list(?1) WHERE origin <> 'c'", [table])
    {
      guard let name = index[0] else { continue }
      let columns = try columns(ofIndex: name, in: database)
      facts.insert("\(index[1] == "pk" ? "primary key" : "unique") \(key) (\(columns))")
    }
    return facts
  }

  private static func fact(
    ofIndex index: String, on table: String, _ words: SchemaTokens, in database: DatabaseHandle
  ) throws(SQLiteFailure) -> String {
    let isUnique = words.words.dropFirst().first == "unique"
    let condition = words.words.lastIndex(of: "where").map {
      " WHERE " + words.words[($0 + 1)...].joined(separator: " ")
    }
    let columns = try columns(ofIndex: index, in: database)
    // An expression has no name to compare by, so the text does.
    let what =
      columns.contains("?")
      ? words.words.drop { $0 != "(" }.joined(separator: " ") : "(\(columns))" + (condition ?? "")
    return "\(isUnique ? "unique index" : "index") \(index.lowercased()) on \(table) \(what)"
  }

  private static func columns(ofIndex index: String, in database: DatabaseHandle) throws(SQLiteFailure) -> String {
    try database.texts(
      "SELECT name, \"desc\", coll FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno", [index]
    ).map { column in
      var text = column[0]?.lowercased() ?? "?"
      if column[1] == "1" { text += " DESC" }
      if let collation = column[2]?.uppercased(), collation != "BINARY" { text += " COLLATE \(collation)" }
      return text
    }.joined(separator: ", ")
  }
}

extension DatabaseHandle {
  /// Every row of a query as texts, NULL as nil.
  package func texts(_ sql: String, _ arguments: [String] = []) throws(SQLiteFailure) -> [[String?]] {
    guard let statement = try prepare(sql).statement else { return [] }
    for (index, var argument) in arguments.enumerated() {
      try check(argument.withUTF8 { statement.reference.bindText(copying: $0, at: Int32(clamping: index + 1)) })
    }
    var rows: [[String?]] = []
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw statement.failure(code) }
      rows.append(
        (0..<statement.columnCount).map { column in
          let value = statement.reference.value(column)
          return value.isNull ? nil : String(decoding: value.text, as: UTF8.self)
        })
    }
  }
}
