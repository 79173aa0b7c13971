// What the columns and keys of a table are, in the words of the comparison.

import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// How a column's values are converted (datatype3.html §3.1), or held to a type (stricttables.html).
enum ColumnStorage: Hashable {
  enum Affinity: Hashable { case integer, text, blob, real, numeric }
  case affinity(Affinity)
  case strict(String)

  init(type: String, isStrict: Bool) {
    let type = type.asciiLowercased
    if isStrict {
      self = .strict(type == "int" ? "integer" : type)
      return
    }
    func has(_ part: String) -> Bool { type.contains(part) }
    if has("int") {
      self = .affinity(.integer)
    } else if has("char") || has("clob") || has("text") {
      self = .affinity(.text)
    } else if has("blob") || type.isEmpty {
      self = .affinity(.blob)
    } else if has("real") || has("floa") || has("doub") {
      self = .affinity(.real)
    } else {
      self = .affinity(.numeric)
    }
  }

  /// Is every value that the other may hold, and that this takes, the same in this?
  func keepsValues(of other: ColumnStorage) -> Bool {
    if self == other { return true }
    return switch (other, self) {
    case (_, .affinity(.blob)), (_, .strict("any")): true
    // No type converts a BLOB.
    case (.strict("blob"), _): true
    // Affinity has done already what STRICT would do.
    case (.affinity(.integer), .affinity(.numeric)), (.affinity(.numeric), .affinity(.integer)),
      (.affinity(.integer), .strict("integer")), (.affinity(.numeric), .strict("integer")),
      (.affinity(.real), .strict("real")), (.affinity(.text), .strict("text")), (.affinity(.blob), .strict("blob")),
      (.strict("integer"), .affinity(.integer)), (.strict("integer"), .affinity(.numeric)),
      (.strict("real"), .affinity(.real)), (.strict("text"), .affinity(.text)):
      true
    default: false
    }
  }

  /// What stands for a value that is gone, as SQL.
  var neutralValue: String {
    switch self {
    case .affinity(.integer), .affinity(.real), .affinity(.numeric), .strict("integer"), .strict("real"): "0"
    case .affinity(.text), .strict("text"), .strict("any"): "''"
    case .affinity(.blob), .strict: "x''"
    }
  }
}

extension TableState {
  func column(_ key: String) -> TableDescription.Column? {
    description.columns.first { $0.name.asciiLowercased == key }
  }

  func storage(of column: TableDescription.Column) -> ColumnStorage {
    ColumnStorage(type: column.declaredType, isStrict: description.isStrict)
  }

  /// Columns that rows are given values for.
  var storedColumns: [TableDescription.Column] { description.columns.filter { $0.visibility == .visible } }

  /// The column that is the rowid by another name (lang_createtable.html#rowid).
  var rowIDAlias: TableDescription.Column? {
    let key = description.columns.filter { $0.primaryKeyIndex != nil }
    guard !description.isWithoutRowID, key.count == 1, key[0].declaredType.asciiLowercased == "integer",
      !description.indexes.contains(where: { $0.origin == .primaryKey })
    else { return nil }
    return key[0]
  }

  /// Is it the rowid by another name, and was a column of its own?
  func takesRowNumber(_ key: String, since before: TableState) -> Bool {
    rowIDAlias?.name.asciiLowercased == key && before.column(key) != nil
      && before.rowIDAlias?.name.asciiLowercased != key
  }

  /// A name by which the rowid can be read and written; nothing where there is none.
  var rowIDName: String? {
    if description.isWithoutRowID { return nil }
    return rowIDAlias?.name ?? ["rowid", "oid", "_rowid_"].first { column($0) == nil }
  }

  var isAutoincrement: Bool { description.columns.contains(where: \.isAutoincrement) }

  var primaryKey: [String] {
    description.columns.filter { $0.primaryKeyIndex != nil }
      .sorted { ($0.primaryKeyIndex ?? 0) < ($1.primaryKeyIndex ?? 0) }.map(\.name)
  }

  var columnFacts: [String: ColumnFact] {
    Dictionary(
      object.details.compactMap { detail in
        if case .column(let column) = detail { (column.name, column) } else { nil }
      }, uniquingKeysWith: { first, _ in first })
  }

  var foreignKeys: [ForeignKeyFact] {
    object.details.compactMap { if case .foreignKey(let key) = $0 { key } else { nil } }
      .sorted { $0.description < $1.description }
  }

  var checks: [SchemaTokens] {
    object.details.compactMap { if case .check(let check) = $0 { check } else { nil } }
      .sorted { $0.description < $1.description }
  }

  /// Both say the same, apart from their names.
  func isSame(as other: TableState) -> Bool {
    object.details == other.object.details && definition.clauses == other.definition.clauses
  }
}

/// What keeps rows apart, by its columns in lower case.
struct RowKey: Hashable {
  var columns: [String: String]
  /// Of an index on expressions.
  var expressions: SchemaTokens?
  /// Of a partial index.
  var condition: SchemaTokens?

  init(_ columns: [KeyColumn], expressions: SchemaTokens? = nil, condition: SchemaTokens? = nil) {
    self.expressions = expressions
    self.condition = condition
    self.columns = Dictionary(
      columns.compactMap { column in column.name.map { ($0, column.collation ?? "BINARY") } },
      uniquingKeysWith: { first, _ in first })
  }

  /// For people.
  var parts: [String] {
    var parts = expressions.map { [$0.compact] } ?? columns.keys.sorted()
    if let condition { parts[parts.count - 1] += " where \(condition.compact)" }
    return parts
  }

  /// Rows that this keeps apart are kept apart by the other too.
  func implies(_ other: RowKey) -> Bool {
    (expressions == nil || expressions == other.expressions) && (condition == nil || condition == other.condition)
      && columns.allSatisfy { other.columns[$0.key] == $0.value }
  }
}

extension SchemaState {
  /// Everything that keeps a table's rows apart.
  func keys(of table: TableState) -> [RowKey] {
    var keys = table.object.details.compactMap { detail -> RowKey? in
      if case .key(_, let columns) = detail { RowKey(columns) } else { nil }
    }
    if let alias = table.rowIDAlias { keys.append(RowKey([KeyColumn(name: alias.name.asciiLowercased)])) }
    for index in indexes where index.object.owner == table.key {
      guard case .index(let fact)? = index.details.first, fact.uniqueness == .unique else { continue }
      keys.append(RowKey(fact.columns, expressions: fact.expressions, condition: fact.condition))
    }
    return keys
  }
}

extension SchemaTokens {
  /// With no more blanks than are needed, and without parentheses around the whole.
  fileprivate var compact: String {
    var words = words[...]
    if words.first?.text == "(", words.last?.text == ")" { words = words.dropFirst().dropLast() }
    var text = ""
    var last: SchemaWord?
    for word in words {
      if let last, last.kind != .symbol || last.text == ",", word.kind != .symbol { text += " " }
      text += word.text
      last = word
    }
    return text
  }
}
