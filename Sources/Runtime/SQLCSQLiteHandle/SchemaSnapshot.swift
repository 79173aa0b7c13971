// What a database's schema is, apart from how it was written and how it came to be.

import CSQLite
import SQLCRuntimeKit

/// A schema as facts about its objects.
///
/// Blanks, comments, quotes, the order of tables and whether a column came by CREATE or by ALTER make no difference. The
/// version tables of migration tools are left out, and so are SQLite's own.
public struct SchemaSnapshot: Sendable, Hashable {
  private var details: [SchemaObject: Set<SchemaDetail>]

  init(details: [SchemaObject: Set<SchemaDetail>]) { self.details = details }

  public init() { details = [:] }

  /// Tables of migration tools, by name in lower case.
  public static let versionTables = MigrationTool.versionTables

  /// The schema of the connection's main database.
  public init(of database: DatabaseHandle) throws(SQLiteFailure) {
    var reader = SchemaReader()
    var state = SchemaReader.State()
    self = try reader.read(database, since: &state)
  }

  public var objects: some Collection<SchemaObject> { details.keys }
  public func contains(_ object: SchemaObject) -> Bool { details[object] != nil }
  public func hasTable(_ name: String) -> Bool { contains(SchemaObject(.table, name)) }

  /// What there is to say of a table, view, index or trigger; nothing when it is not there.
  ///
  /// Foreign keys that name no column of their parent name its primary key (foreignkeys.html §3).
  public func details(of object: SchemaObject) -> Set<SchemaDetail> {
    Set((details[object] ?? []).map(resolved))
  }

  private func resolved(_ detail: SchemaDetail) -> SchemaDetail {
    guard case .foreignKey(var key) = detail, key.parentColumns.isEmpty else { return detail }
    key.parentColumns = columns(of: key.parent).filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }
      .map(\.name)
    return .foreignKey(key)
  }

  public func columns(of table: String) -> [ColumnFact] {
    (details[SchemaObject(.table, table)] ?? []).compactMap { detail in
      if case .column(let column) = detail { column } else { nil }
    }
  }

  /// Objects that are not the same in both, or not in both.
  public func changedObjects(from other: SchemaSnapshot) -> [SchemaObject] {
    details.filter { other.details[$0.key] != $0.value }.map(\.key)
      + other.details.keys.filter { details[$0] == nil }
  }

  /// What `other` has and this lacks, and the other way around, in an order for people.
  public func differences(from other: SchemaSnapshot) -> [String] {
    var missing: [String] = []
    var unexpected: [String] = []
    for object in changedObjects(from: other) {
      let (ours, theirs) = (self.details(of: object), other.details(of: object))
      missing += theirs.subtracting(ours).map { "missing: \(SchemaFact(object, $0))" }
      unexpected += ours.subtracting(theirs).map { "unexpected: \(SchemaFact(object, $0))" }
    }
    return missing.sorted() + unexpected.sorted()
  }

  /// Without the tables, views, indexes and triggers that `other` does not have.
  public func withoutObjects(unknownTo other: SchemaSnapshot) -> SchemaSnapshot {
    let known = Set(other.details.keys.map { SchemaObject($0.kind, $0.name) })
    return SchemaSnapshot(details: details.filter { known.contains(SchemaObject($0.key.kind, $0.key.name)) })
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
