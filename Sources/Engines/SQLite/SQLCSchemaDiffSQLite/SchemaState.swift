// A schema as it has to be known to be changed: the facts that are compared, and the texts that are written.

import SQLCDiagnostics
import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// One object of a schema with its definition.
struct ObjectState {
  let object: SchemaObject
  /// As it is written.
  let name: String
  /// What an index or trigger belongs to, as it is written.
  let owner: String
  /// As SQLite keeps it.
  let sql: String
  /// What is compared; foreign keys name their parent's columns.
  let details: Set<SchemaDetail>
  /// Whatever the definition may name, in lower case.
  let mentions: Set<String>
  /// As SQLite compares it.
  var key: String { object.name }
}

/// An ordinary table.
struct TableState {
  let object: ObjectState
  let description: TableDescription
  let definition: TableDefinition
  var key: String { object.key }
  var name: String { object.name }
}

/// The objects of a schema in the order in which they were made, without what SQLite and migration tools keep for themselves.
struct SchemaState {
  private(set) var tables: [TableState] = []
  private(set) var modules: [ModuleState] = []
  private(set) var views: [ObjectState] = []
  private(set) var indexes: [ObjectState] = []
  private(set) var triggers: [ObjectState] = []

  init(of connection: ProjectConnection) throws(SQLiteFailure) {
    let database = connection.database
    let snapshot = try SchemaSnapshot(of: database)
    let objects = try database.texts(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ).compactMap { row in Self.object(row, in: snapshot) }
    let tableObjects = objects.filter { $0.object.kind == .table }
    var described = try database.listTables().filter { !$0.isTemporary && $0.kind != .view && $0.kind != .shadow }
    try database.describe(&described)
    let descriptions = Dictionary(
      described.map { ($0.name.asciiLowercased, $0) }, uniquingKeysWith: { first, _ in first })
    for object in tableObjects {
      guard let description = descriptions[object.key] else { continue }
      if description.kind == .virtual {
        modules.append(ModuleState(object: object, description: description))
      } else {
        let definition = TableDefinition(object.sql)
        tables.append(TableState(object: object, description: description, definition: definition))
      }
    }
    views = objects.filter { $0.object.kind == .view }
    indexes = objects.filter { $0.object.kind == .index }
    triggers = objects.filter { $0.object.kind == .trigger }
  }

  /// - Parameter row: type, name, tbl_name, sql.
  private static func object(_ row: [String?], in snapshot: SchemaSnapshot) -> ObjectState? {
    guard let kind = SchemaObject.Kind(rawValue: row[0] ?? ""), let name = row[1], let owner = row[2], let sql = row[3]
    else { return nil }
    let belongs = kind == .index || kind == .trigger
    let object = SchemaObject(kind, name.asciiLowercased, owner: belongs ? owner.asciiLowercased : nil)
    guard snapshot.contains(object) else { return nil }
    return ObjectState(
      object: object, name: name, owner: owner, sql: sql, details: snapshot.details(of: object),
      mentions: SchemaTokens(sql).names)
  }

  func table(_ key: String) -> TableState? { tables.first { $0.key == key } }
  func module(_ key: String) -> ModuleState? { modules.first { $0.key == key } }
  func object(_ kind: SchemaObject.Kind, _ key: String) -> ObjectState? {
    switch kind {
    case .table: tables.first { $0.key == key }?.object ?? modules.first { $0.key == key }?.object
    case .view: views.first { $0.key == key }
    case .index: indexes.first { $0.key == key }
    case .trigger: triggers.first { $0.key == key }
    }
  }

  /// Views and triggers that name one of these, or a view that does.
  func dependents(of tables: [String]) -> [ObjectState] {
    var names = Set(tables)
    var found: Set<SchemaObject> = []
    var count = -1
    while !names.isEmpty, count != found.count {
      count = found.count
      for object in views + triggers where !object.mentions.isDisjoint(with: names) {
        found.insert(object.object)
        if object.object.kind == .view { names.insert(object.key) }
      }
    }
    return (views + triggers).filter { found.contains($0.object) }
  }

  /// Names in lower case of everything that shares the names of tables.
  var takenNames: Set<String> {
    Set(tables.map(\.key) + modules.map(\.key) + views.map(\.key) + indexes.map(\.key))
  }

  /// A name that nothing has.
  func freeName(_ wanted: String, besides other: SchemaState) -> String {
    let taken = takenNames.union(other.takenNames)
    var name = wanted
    var number = 2
    while taken.contains(name.asciiLowercased) {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }
}

/// A name as it stands in a migration.
func sqlName(_ name: String) -> String { spelledName(name, quoting: .everyKeyword) }
