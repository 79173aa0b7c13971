// The facts of a schema, made from what SQLite tells of tables and from the words of definitions.

/// Reads the schemas of main databases, again and again, each from where it was when it was last read.
///
/// SQLite tells nothing of an object that is not in its definition, or in that of the table it belongs to: what is defined by
/// the same words is not read again, whichever database it was in. The databases know the same functions, modules and
/// collations.
public struct SchemaReader {
  /// What has been read of one database.
  public struct State {
    fileprivate var definitions = DefinitionTable()
    fileprivate var details: [SchemaObject: Set<SchemaDetail>] = [:]
    /// Of the tables and indexes that constraints keep without a name of their own.
    fileprivate var shadows: Set<String> = []

    public init() {}

    /// The definitions of what has been read, in the order in which the objects were made.
    package var texts: [String] {
      definitions.rows.filter {
        !asciiLowercased($0.name).hasPrefix("sqlite_") && !shadows.contains(asciiLowercased($0.table))
      }.compactMap(\.sql)
    }
  }

  private struct Definition: Hashable {
    var object: SchemaObject
    var sql: String
    /// Of the table that an index belongs to: it says by what its columns are compared.
    var table: String?
  }

  private var known: [Definition: Set<SchemaDetail>] = [:]

  public init() {}

  public mutating func read(
    _ database: DatabaseHandle, since state: inout State
  ) throws(SQLiteFailure) -> SchemaSnapshot {
    let change = try state.definitions.update(from: database)
    if !change.isEmpty {
      let changed = try apply(change, to: &state, database)
      try describe(changed, in: &state, database)
    }
    return SchemaSnapshot(details: state.details)
  }

  /// Takes out what is gone, and gives what is to be read: what is new, and the indexes of tables that are.
  private func apply(
    _ change: DefinitionTable.Change, to state: inout State, _ database: DatabaseHandle
  ) throws(SQLiteFailure) -> [DefinitionTable.Row] {
    let rows = state.definitions.rows
    for row in change.removed { if let object = SchemaObject(row) { state.details[object] = nil } }
    var changed = change.added
    let tables = Set(changed.filter { $0.type == "table" }.map { asciiLowercased($0.name) })
    if !tables.isEmpty {
      let new = Set(changed)
      changed += rows.filter { $0.type == "index" && tables.contains(asciiLowercased($0.table)) && !new.contains($0) }
    }
    // Only a virtual table keeps tables of its own, and only SQLite knows which.
    if (change.added + change.removed).contains(where: \.isVirtual) || !state.shadows.isEmpty {
      let shadows = Set(try database.listTables().filter(\.isShadow).map { asciiLowercased($0.name) })
      if shadows != state.shadows {
        state.shadows = shadows
        state.details = [:]
        changed = rows
      }
    }
    return changed.filter { !state.shadows.contains(asciiLowercased($0.table)) }
  }

  private mutating func describe(
    _ rows: [DefinitionTable.Row], in state: inout State, _ database: DatabaseHandle
  ) throws(SQLiteFailure) {
    var unread: [(definition: Definition, row: DefinitionTable.Row, words: SchemaTokens)] = []
    var tables: [String: TableDescription] = [:]
    var sqlOfTables: [String: String]?
    for row in rows {
      guard let object = SchemaObject(row), let sql = row.sql else { continue }
      var definition = Definition(object: object, sql: sql)
      if object.kind == .index {
        let all =
          sqlOfTables
          ?? Dictionary(
            state.definitions.rows.filter { $0.type == "table" }.map { (asciiLowercased($0.name), $0.sql ?? "") },
            uniquingKeysWith: { first, _ in first })
        sqlOfTables = all
        definition.table = all[asciiLowercased(row.table)]
      }
      if let found = known[definition] {
        state.details[object] = found
        continue
      }
      unread.append((definition, row, SchemaTokens(sql)))
      if object.kind == .table || object.kind == .index, tables[row.table] == nil {
        tables[row.table] = TableDescription(name: row.table, kind: .table)
      }
    }
    var described = Array(tables.values)
    try database.describe(&described)
    for table in described { tables[table.name] = table }
    for (definition, row, words) in unread {
      let details = Set(details(of: definition.object, row, words, tables[row.table]))
      known[definition] = details
      state.details[definition.object] = details
    }
  }

  private func details(
    of object: SchemaObject, _ row: DefinitionTable.Row, _ words: SchemaTokens, _ table: TableDescription?
  ) -> [SchemaDetail] {
    switch object.kind {
    case .table where row.isVirtual: [.virtualTable(words.afterName)]
    case .table: table.map { details(of: $0, words) } ?? []
    case .index:
      table?.indexes.first { $0.name == row.name }.map { [.index(IndexFact($0, on: object.owner ?? "", words))] } ?? []
    case .view, .trigger: [.definition(words.afterName)]
    }
  }

  private func details(of table: TableDescription, _ words: SchemaTokens) -> [SchemaDetail] {
    var details: [SchemaDetail] = [.table(TableOptions(words))]
    details += table.columns.map { .column(ColumnFact($0)) }
    details += table.foreignKeys.map { .foreignKey(ForeignKeyFact($0)) }
    details += words.parenthesized(after: "check").map { .check($0) }
    details += words.parenthesized(after: "as").map { .generated($0) }
    // Keys and UNIQUE constraints keep their indexes without a definition.
    details += table.indexes.filter { $0.origin != .createIndex }.map { index in
      .key(index.origin == .primaryKey ? .primary : .unique, index.terms.map(KeyColumn.init))
    }
    return details
  }
}

extension SchemaObject {
  /// Nothing for what SQLite and migration tools keep for themselves.
  fileprivate init?(_ row: DefinitionTable.Row) {
    let key = asciiLowercased(row.name)
    let table = asciiLowercased(row.table)
    guard let kind = Kind(rawValue: row.type), !key.hasPrefix("sqlite_"), !SchemaSnapshot.versionTables.contains(table)
    else { return nil }
    self.init(kind, key, owner: kind == .index || kind == .trigger ? table : nil)
  }
}

extension DefinitionTable.Row {
  /// CREATE VIRTUAL TABLE
  package var isVirtual: Bool {
    guard type == "table", let sql, sql.utf8.count > 14 else { return false }
    return asciiLowercased(String(sql.prefix(14))) == "create virtual"
  }
}

// MARK: Facts

extension TableOptions {
  /// From the words behind the columns (lang_createtable.html); `pragma table_list` would compile every view to say the same.
  fileprivate init(_ words: SchemaTokens) {
    self = []
    let end = words.words.lastIndex { $0.isSymbol(")") } ?? words.words.startIndex
    for word in words.words[end...] {
      if word.isKeyword("strict") { insert(.strict) }
      if word.isKeyword("without") { insert(.withoutRowID) }
    }
  }
}

extension ColumnFact {
  fileprivate init(_ column: TableDescription.Column) {
    let storage: Storage =
      switch column.visibility {
      case .visible: .stored
      case .hidden: .hidden
      case .generatedVirtual: .generatedVirtual
      case .generatedStored: .generatedStored
      }
    self.init(
      name: asciiLowercased(column.name), type: column.declaredType.uppercased(),
      nulls: column.isNotNull ? .notNull : .nullable, defaultValue: column.defaultValue.map { SchemaTokens($0) },
      keyPlace: column.primaryKeyIndex ?? 0, storage: storage, collation: column.collation.flatMap(named),
      isAutoincrement: column.isAutoincrement)
  }
}

/// Nothing for BINARY.
private func named(_ collation: String) -> String? {
  let name = collation.uppercased()
  return name == "BINARY" ? nil : name
}

extension ForeignKeyFact {
  fileprivate init(_ key: TableDescription.ForeignKey) {
    self.init(
      columns: key.columns.map(asciiLowercased), parent: asciiLowercased(key.parentTable),
      parentColumns: key.parentColumns.map(asciiLowercased), onUpdate: key.onUpdate, onDelete: key.onDelete)
  }
}

extension KeyColumn {
  fileprivate init(_ term: TableDescription.Index.Term) {
    self.init(
      name: term.column.map(asciiLowercased), isDescending: term.isDescending, collation: named(term.collation))
  }
}

extension IndexFact {
  fileprivate init(_ index: TableDescription.Index, on table: String, _ words: SchemaTokens) {
    let columns = index.terms.map(KeyColumn.init)
    let list = words.words.firstIndex { $0.isSymbol("(") } ?? words.words.endIndex
    let condition = words.words.lastIndex { $0.isKeyword("where") }
    self.init(
      table: table, uniqueness: index.isUnique ? .unique : .plain, columns: columns,
      expressions: columns.contains { $0.name == nil }
        ? SchemaTokens(words: words.words[list..<(condition ?? words.words.endIndex)]) : nil,
      condition: condition.map { SchemaTokens(words: words.words[($0 + 1)...]) })
  }
}
