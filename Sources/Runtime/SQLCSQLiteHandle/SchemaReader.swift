// Reads a schema out of SQLite (pragma.html: table_list, table_xinfo, foreign_key_list, index_list, index_xinfo).

import CSQLite

/// Reads the schemas of main databases, again and again: what is defined by the same words as something that was read before
/// is not read again, since SQLite tells nothing of an object that is not in its definition.
///
/// The databases know the same functions, modules and collations.
public struct SchemaReader {
  private var known: [Definition: Set<SchemaDetail>] = [:]

  private struct Definition: Hashable {
    var object: SchemaObject
    var name: String
    var sql: String
  }

  public init() {}

  public mutating func read(_ database: DatabaseHandle) throws(SQLiteFailure) -> SchemaSnapshot {
    var kinds: [String: TableKind] = [:]
    for row in try database.texts("SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'") {
      kinds[asciiLowercased(row[0] ?? "")] = TableKind(row)
    }
    var details: [SchemaObject: Set<SchemaDetail>] = [:]
    for row in try database.texts("SELECT type, name, tbl_name, sql FROM sqlite_schema") {
      guard let kind = row[0].flatMap(SchemaObject.Kind.init), let name = row[1],
        let table = row[2].map(asciiLowercased)
      else { continue }
      let key = asciiLowercased(name)
      if key.hasPrefix("sqlite_") || SchemaSnapshot.bookkeeping.contains(table) || kinds[table]?.type == "shadow" {
        continue
      }
      let object = SchemaObject(kind, key, owner: kind == .index || kind == .trigger ? table : nil)
      let definition = Definition(object: object, name: name, sql: row[3] ?? "")
      if let found = known[definition] {
        details[object] = found
      } else {
        let read = DefinitionReader(database: database, kind: kinds[key])
        let found = try read.details(of: object, named: name, SchemaTokens(definition.sql))
        known[definition] = found
        details[object] = found
      }
    }
    return SchemaSnapshot(details: details)
  }
}

/// What `pragma table_list` says of a table.
private struct TableKind {
  var type: String
  var options: TableOptions = []

  init(_ row: [String?]) {
    type = row[1] ?? ""
    if row[2] == "1" { options.insert(.withoutRowID) }
    if row[3] == "1" { options.insert(.strict) }
  }
}

private struct DefinitionReader {
  let database: DatabaseHandle
  let kind: TableKind?

  func details(
    of object: SchemaObject, named name: String, _ words: SchemaTokens
  ) throws(SQLiteFailure) -> Set<SchemaDetail> {
    switch object.kind {
    case .table where kind?.type == "virtual": [.virtualTable(words.afterName)]
    case .table: try details(ofTable: name, words)
    case .index: [.index(try index(name, on: object.owner ?? "", words))]
    case .view, .trigger: [.definition(words.afterName)]
    }
  }

  private func details(ofTable table: String, _ words: SchemaTokens) throws(SQLiteFailure) -> Set<SchemaDetail> {
    var details: [SchemaDetail] = [.table(kind?.options ?? [])]
    for row in try database.texts(
      "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)", [table])
    {
      if let column = column(row, of: table) { details.append(.column(column)) }
    }
    details += try foreignKeys(of: table).map { .foreignKey($0) }
    details += words.parenthesized(after: "check").map { .check($0) }
    details += words.parenthesized(after: "as").map { .generated($0) }
    // Keys and UNIQUE constraints keep their indexes without a definition.
    for row in try database.texts("SELECT name, origin FROM pragma_index_list(?1) WHERE origin <> 'c'", [table]) {
      guard let name = row[0] else { continue }
      details.append(.key(row[1] == "pk" ? .primary : .unique, try columns(ofIndex: name)))
    }
    return Set(details)
  }

  private func column(_ row: [String?], of table: String) -> ColumnFact? {
    guard let name = row[0] else { return nil }
    var collation: UnsafePointer<CChar>?
    var isAutoincrement: CInt = 0
    var found: String?
    if sqlite3_table_column_metadata(
      database.pointer, "main", table, name, nil, &collation, nil, nil, &isAutoincrement) == SQLITE_OK, let collation
    {
      found = String(cString: collation).uppercased()
    }
    let storage: ColumnFact.Storage =
      switch row[5] {
      case "1": .hidden
      case "2": .generatedVirtual
      case "3": .generatedStored
      default: .stored
      }
    return ColumnFact(
      name: asciiLowercased(name), type: (row[1] ?? "").uppercased(), nulls: row[2] == "1" ? .notNull : .nullable,
      defaultValue: row[3].map { SchemaTokens($0) }, keyPlace: row[4].flatMap { Int($0) } ?? 0, storage: storage,
      collation: found == "BINARY" ? nil : found, isAutoincrement: isAutoincrement != 0)
  }

  private func foreignKeys(of table: String) throws(SQLiteFailure) -> [ForeignKeyFact] {
    var keys: [String: ForeignKeyFact] = [:]
    for row in try database.texts(
      "SELECT id, \"from\", \"table\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
      [table])
    {
      guard let id = row[0] else { continue }
      var key =
        keys[id]
        ?? ForeignKeyFact(
          columns: [], parent: asciiLowercased(row[2] ?? ""), parentColumns: [], onUpdate: row[4] ?? "",
          onDelete: row[5] ?? "")
      key.columns.append(asciiLowercased(row[1] ?? ""))
      if let to = row[3] { key.parentColumns.append(asciiLowercased(to)) }
      keys[id] = key
    }
    return Array(keys.values)
  }

  private func index(
    _ index: String, on table: String, _ words: SchemaTokens
  ) throws(SQLiteFailure) -> IndexFact {
    let columns = try columns(ofIndex: index)
    let list = words.words.firstIndex { $0.isSymbol("(") } ?? words.words.endIndex
    let condition = words.words.lastIndex { $0.isKeyword("where") }
    return IndexFact(
      table: table, uniqueness: words.words.dropFirst().first?.isKeyword("unique") == true ? .unique : .plain,
      columns: columns,
      expressions: columns.contains { $0.name == nil }
        ? SchemaTokens(words: words.words[list..<(condition ?? words.words.endIndex)]) : nil,
      condition: condition.map { SchemaTokens(words: words.words[($0 + 1)...]) })
  }

  private func columns(ofIndex index: String) throws(SQLiteFailure) -> [KeyColumn] {
    try database.texts(
      "SELECT name, \"desc\", coll FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno", [index]
    ).map { row in
      let collation = row[2]?.uppercased()
      return KeyColumn(
        name: row[0].map(asciiLowercased), isDescending: row[1] == "1",
        collation: collation == "BINARY" ? nil : collation)
    }
  }
}
