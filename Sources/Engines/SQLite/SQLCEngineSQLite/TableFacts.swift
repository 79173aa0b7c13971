// What is known of a table from either side, in one form, so that the two can be compared fact by fact.
//
// | fact                          | our catalog                      | SQLite                                  |
// |-------------------------------|----------------------------------|-----------------------------------------|
// | STRICT, WITHOUT ROWID         | table options                    | `table_list`                            |
// | AUTOINCREMENT, collation      | constraints                      | `sqlite3_table_column_metadata`         |
// | type, NOT NULL, default, kind | column definitions               | `table_xinfo`                           |
// | primary key                   | constraints                      | `table_xinfo`                           |
// | rowid alias                   | type and key                     | a primary key without an index          |
// | unique keys                   | constraints, unique indexes      | `index_list`, `index_xinfo`             |
// | foreign keys                  | constraints                      | `foreign_key_list`                      |
//
// Keys are compared as sets: neither their order nor the order of their columns proves anything. A unique index over an
// expression, or with another collation than its column's, is no key of ours and left out on SQLite's side too. Partial
// keys are those of our catalog that SQLite must have; it may have more.

import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSemanticsSQLite

/// One fact as text, by what it is about.
struct TableFact {
  /// `STRICT`, or `type` of a column.
  var subject: StaticString
  var column: String?
  var value: String

  var words: String { column.map { "\(subject) of '\($0)'" } ?? "\(subject)" }
}

/// A fact on which the two sides differ.
struct FactDifference: Hashable {
  var subject: String
  var ours: String
  var sqlite: String
}

struct TableFacts {
  /// In a fixed order: of the table first, then of each column.
  private var facts: [TableFact] = []
  private var partialKeys: Set<String> = []

  private mutating func add(_ subject: StaticString, of column: String? = nil, _ value: String) {
    facts.append(TableFact(subject: subject, column: column, value: value))
  }

  private mutating func add(_ subject: StaticString, of column: String? = nil, _ holds: Bool) {
    add(subject, of: column, holds ? "yes" : "no")
  }

  /// Where the sides differ; nothing when they agree. Both must be of the same columns.
  static func differences(_ ours: TableFacts, _ sqlite: TableFacts) -> [FactDifference] {
    var differences = zip(ours.facts, sqlite.facts).filter { $0.value != $1.value }.map {
      FactDifference(subject: $0.words, ours: $0.value, sqlite: $1.value)
    }
    let unknown = ours.partialKeys.subtracting(sqlite.partialKeys).sorted()
    if !unknown.isEmpty {
      differences.append(
        FactDifference(
          subject: "keys with a WHERE", ours: unknown.joined(separator: " "),
          sqlite: sqlite.partialKeys.sorted().joined(separator: " ")))
    }
    return differences
  }
}

extension TableFacts {
  init(_ table: Table) {
    func name(_ index: Int) -> String { table.columns[index].name }
    add("STRICT", table.isStrict)
    add("WITHOUT ROWID", table.isWithoutRowID)
    add("AUTOINCREMENT", table.isAutoincrement)
    add("primary key", list(table.primaryKey.map(name)))
    add("rowid alias", table.rowidAlias.map(name)?.asciiLowercased ?? "none")
    add("unique keys", sets(table.uniqueKeys.map { $0.columns.map(name) }))
    add(
      "foreign keys",
      sorted(
        table.foreignKeys.map { key in
          foreignKey(
            key.columns.map(name), key.parentTable, key.parentColumns, key.onUpdate?.rawValue, key.onDelete?.rawValue)
        }))
    for column in table.columns {
      add("type", of: column.name, typeText(column.declaredType ?? ""))
      add("NOT NULL", of: column.name, column.isNotNull)
      add("default", of: column.name, column.hasDefault)
      add("collation", of: column.name, column.collation ?? "binary")
      add("storage", of: column.name, storage(column.generation))
    }
    partialKeys = Set(
      table.indexKeys.filter(\.isPartial).compactMap(\.plainColumns).map { list($0.map(name).sorted()) })
  }

  init(_ table: TableDescription) {
    let columns = table.columns
    let primaryKey = columns.filter { $0.primaryKeyIndex != nil }
      .sorted { ($0.primaryKeyIndex ?? 0) < ($1.primaryKeyIndex ?? 0) }.map(\.name)
    let hasKeyIndex = table.uniqueKeys.contains { $0.origin == .primaryKey }
    let alias = !table.isWithoutRowID && !hasKeyIndex ? primaryKey.first : nil
    add("STRICT", table.isStrict)
    add("WITHOUT ROWID", table.isWithoutRowID)
    add("AUTOINCREMENT", columns.contains(where: \.isAutoincrement))
    add("primary key", list(primaryKey))
    add("rowid alias", alias?.asciiLowercased ?? "none")
    let whole = table.uniqueKeys.filter { !$0.isPartial }.compactMap { plainColumns(of: $0, in: table) }
    add("unique keys", sets(whole + (alias.map { [[$0]] } ?? [])))
    add(
      "foreign keys",
      sorted(
        table.foreignKeys.map { key in
          foreignKey(key.columns, key.parentTable, key.parentColumns, key.onUpdate, key.onDelete)
        }))
    for column in columns {
      add("type", of: column.name, typeText(column.declaredType))
      add("NOT NULL", of: column.name, column.isNotNull)
      add("default", of: column.name, column.defaultValue.map { !isNull($0) } ?? false)
      add("collation", of: column.name, column.collation?.asciiLowercased ?? "binary")
      add("storage", of: column.name, storage(column.visibility))
    }
    partialKeys = Set(
      table.uniqueKeys.filter(\.isPartial).compactMap { plainColumns(of: $0, in: table) }.map { list($0.sorted()) })
  }
}

/// The columns of a key that compares each as the column itself does.
private func plainColumns(of key: TableDescription.Index, in table: TableDescription) -> [String]? {
  let names = key.terms.compactMap { term -> String? in
    guard let name = term.column, let column = table.columns.first(where: { $0.name == name }) else { return nil }
    return (column.collation ?? "BINARY").asciiLowercased == term.collation.asciiLowercased ? name : nil
  }
  return names.count == key.terms.count ? names : nil
}

private func list(_ names: [String]) -> String {
  names.isEmpty ? "none" : "(" + names.map(\.asciiLowercased).joined(separator: ", ") + ")"
}

private func sets(_ keys: [[String]]) -> String { sorted(keys.map { list(Set($0.map(\.asciiLowercased)).sorted()) }) }

private func sorted(_ texts: [String]) -> String {
  texts.isEmpty ? "none" : Set(texts).sorted().joined(separator: " ")
}

private func foreignKey(
  _ columns: [String], _ parent: String, _ parentColumns: [String], _ onUpdate: String?, _ onDelete: String?
) -> String {
  let target = parent.asciiLowercased + (parentColumns.isEmpty ? "" : list(parentColumns))
  return "\(list(columns)) to \(target) ON UPDATE \(onUpdate ?? "NO ACTION") ON DELETE \(onDelete ?? "NO ACTION")"
}

/// Blanks and case mean nothing in a type (SQLite, datatype3.html §3.1), and of quotes SQLite keeps odd remains: `[a] (1)`
/// becomes `a] (1`, `"a"(1)` stays. So only letters and digits are compared.
private func typeText(_ declared: String) -> String {
  let text = declared.asciiLowercased
  func isLeftOut(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      true
    default: false
    }
  }
  if text.isEmpty { return "none" }
  guard text.utf8.contains(where: isLeftOut) else { return text }
  let letters = String(decoding: text.utf8.filter { !isLeftOut($0) }, as: UTF8.self)
  return letters.isEmpty ? "none" : letters
}

private func isNull(_ expression: String) -> Bool {
  expression.asciiLowercased.filter { $0 != " " && $0 != "(" && $0 != ")" } == "null"
}

private func storage(_ generation: Column.Generation?) -> String {
  switch generation {
  case .stored: "stored"
  case .virtual: "virtual"
  case nil: "ordinary"
  }
}

private func storage(_ visibility: TableDescription.Visibility) -> String {
  switch visibility {
  case .generatedStored: "stored"
  case .generatedVirtual: "virtual"
  case .visible, .hidden: "ordinary"
  }
}
