// The schema's facts as rows.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCFacts
import SQLCQueryFile

/// Puts facts into a database, giving them ids.
struct FactWriter {
  let database: any FactDatabase
  private(set) var rows: [String: [[FactValue]]] = [:]
  private var places: [SourceRange: Int] = [:]
  private var ids: [String: Int] = [:]
  private let sources: SourceSet
  /// Statements that are in no file as they are, by their paths.
  private let expansions: [String: Expansion]
  private var lines: [String: LineIndex] = [:]
  /// Ids of tables and columns of the block at hand, by names in lower case.
  var tables: [String: Int] = [:]
  var columns: [String: [String: Int]] = [:]
  /// Ids of the block's indexes, likewise.
  fileprivate(set) var indexes: [String: Int] = [:]

  init(_ database: any FactDatabase, _ snapshot: Snapshot) {
    self.database = database
    sources = snapshot.project.sources
    let expansions = snapshot.blocks.flatMap(\.queries).compactMap(\.expansion)
    self.expansions = Dictionary(
      expansions.map { ($0.query.source.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func add(_ table: String, _ values: FactValue...) { rows[table, default: []].append(values) }

  mutating func newID(_ table: String) -> Int {
    ids[table, default: 0] += 1
    return ids[table, default: 0]
  }

  mutating func place(_ source: SourceRange?) -> FactValue {
    guard var source else { return .null }
    source = expansions[source.path]?.place(of: source) ?? source
    if let known = places[source] { return .integer(known) }
    let id = places.count + 1
    places[source] = id
    var position = LinePosition(line: 1, column: 1)
    if let text = sources[source.path]?.source.text {
      let index = lines[source.path] ?? LineIndex(text)
      lines[source.path] = index
      position = index.position(at: source.range.lower)
    }
    add(
      "places", .integer(id), .text(source.path), .integer(source.range.lower), .integer(source.range.upper),
      .integer(position.line), .integer(position.column))
    return .integer(id)
  }

  /// The places, by their ids from 1.
  var placesByID: [SourceRange] {
    places.sorted { $0.value < $1.value }.map(\.key)
  }

  /// Writes what was added.
  func finish() throws(FactFailure) {
    for (table, rows) in rows.sorted(by: { $0.key < $1.key }) { try database.insert(rows, into: table) }
    try database.execute(factIndexes)
  }
}

extension FactWriter {
  mutating func add(_ schema: SchemaFacts, block: Int) {
    tables = [:]
    columns = [:]
    indexes = [:]
    for table in schema.tables { addTable(table, block) }
    for table in schema.tables { addConstraints(of: table) }
    for index in schema.indexes { add(index) }
    for trigger in schema.triggers {
      add(
        "triggers", .integer(newID("triggers")), FactValue(tables[trigger.table.lowercased()]), .text(trigger.name),
        .text(trigger.timing), .text(trigger.event.rawValue), .text(trigger.text), place(trigger.source))
    }
  }

  func column(_ name: String, of table: String) -> Int? { columns[table.lowercased()]?[name.lowercased()] }

  private mutating func addTable(_ table: TableFact, _ block: Int) {
    let id = newID("tables")
    tables[table.name.lowercased()] = id
    let (kind, module): (String, String?) =
      switch table.kind {
      case .table: ("table", nil)
      case .view: ("view", nil)
      case .module(let name): ("module", name)
      }
    add(
      "tables", .integer(id), .integer(block), .text(table.name), .text(kind), FactValue(module),
      FactValue(flag: table.typing == .strict), FactValue(flag: table.rowKey != .none), place(table.source))
    for (ordinal, column) in table.columns.enumerated() {
      let columnID = newID("columns")
      columns[table.name.lowercased(), default: [:]][column.name.lowercased()] = columnID
      let values =
        column.allowedValues.isEmpty
        ? nil : (try? JSONEncoder().encode(column.allowedValues)).map { String(decoding: $0, as: UTF8.self) }
      add(
        "columns", .integer(columnID), .integer(id), .integer(ordinal), .text(column.name),
        FactValue(column.declaredType), .text(column.typeName), FactValue(flag: column.isNullable),
        FactValue(flag: column.isNotNull), FactValue(column.defaultText), FactValue(flag: column.isGenerated),
        FactValue(flag: column.presence == .hidden), FactValue(column.collation), FactValue(values),
        place(column.source))
    }
  }

  private mutating func addConstraints(of table: TableFact) {
    guard let id = tables[table.name.lowercased()] else { return }
    func columnID(_ index: Int) -> Int? {
      table.columns.indices.contains(index) ? column(table.columns[index].name, of: table.name) : nil
    }
    for key in table.keys {
      let keyID = newID("keys")
      add("keys", .integer(keyID), .integer(id), .text(key.kind.rawValue), FactValue(key.name), place(key.source))
      for (ordinal, index) in key.columns.enumerated() {
        add("key_columns", .integer(keyID), .integer(ordinal), FactValue(columnID(index)))
      }
    }
    for key in table.foreignKeys {
      let keyID = newID("foreign_keys")
      add(
        "foreign_keys", .integer(keyID), .integer(id), FactValue(key.name), .text(key.parent),
        FactValue(tables[key.parent.lowercased()]), FactValue(key.onDelete), FactValue(key.onUpdate), place(key.source))
      for (ordinal, index) in key.columns.enumerated() {
        let parent = ordinal < key.parentColumns.count ? column(key.parentColumns[ordinal], of: key.parent) : nil
        add(
          "foreign_key_columns", .integer(keyID), .integer(ordinal), FactValue(columnID(index)), FactValue(parent))
      }
    }
    for check in table.checks {
      add(
        "checks", .integer(newID("checks")), .integer(id), FactValue(check.name), .text(check.text), place(check.source)
      )
    }
  }

  private mutating func add(_ index: IndexFact) {
    guard let table = tables[index.table.lowercased()] else { return }
    let id = newID("indexes")
    indexes[index.name.lowercased()] = id
    let condition: String? = if case .rows(let text) = index.reach { text } else { nil }
    add(
      "indexes", .integer(id), .integer(table), .text(index.name), FactValue(flag: index.isUnique),
      FactValue(condition), place(index.source))
    for (ordinal, term) in index.terms.enumerated() {
      add(
        "index_columns", .integer(id), .integer(ordinal),
        FactValue(term.column.flatMap { column($0, of: index.table) }),
        .text(term.text))
    }
  }
}
