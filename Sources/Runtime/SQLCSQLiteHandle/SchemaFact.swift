// What there is to say of a schema, each thing typed, so that nothing is read back out of words.

/// A table, view, index or trigger of a schema.
public struct SchemaObject: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case table, view, index, trigger }

  public var kind: Kind
  /// As SQLite compares it: in lower case.
  public var name: String
  /// What an index or trigger belongs to.
  public var owner: String?

  public init(_ kind: Kind, _ name: String, owner: String? = nil) {
    self.kind = kind
    self.name = name
    self.owner = owner
  }
}

/// One fact about one object. Names are in lower case.
public struct SchemaFact: Sendable, Hashable {
  public var object: SchemaObject
  public var detail: SchemaDetail

  public init(_ object: SchemaObject, _ detail: SchemaDetail) {
    self.object = object
    self.detail = detail
  }
}

public enum SchemaDetail: Sendable, Hashable {
  /// The table itself, with the words that follow its columns.
  case table(TableOptions)
  case virtualTable(SchemaTokens)
  case column(ColumnFact)
  case foreignKey(ForeignKeyFact)
  case check(SchemaTokens)
  case generated(SchemaTokens)
  /// PRIMARY KEY or UNIQUE in a table's definition.
  case key(KeyKind, [KeyColumn])
  case index(IndexFact)
  /// A view's or trigger's definition behind its name.
  case definition(SchemaTokens)

  public enum KeyKind: String, Sendable, Hashable {
    case primary = "primary key"
    case unique
  }
}

public struct TableOptions: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let strict = TableOptions(rawValue: 1)
  public static let withoutRowID = TableOptions(rawValue: 2)
}

public struct ColumnFact: Sendable, Hashable {
  public enum Storage: Sendable, Hashable { case stored, hidden, generatedVirtual, generatedStored }
  public enum NullRule: Sendable, Hashable { case nullable, notNull }

  public var name: String
  /// In capitals, as declared.
  public var type: String
  public var nulls: NullRule
  public var defaultValue: SchemaTokens?
  /// 1-based place in the primary key, 0 outside it.
  public var keyPlace: Int
  public var storage: Storage
  /// Absent: BINARY.
  public var collation: String?
  public var isAutoincrement: Bool
}

public struct ForeignKeyFact: Sendable, Hashable {
  public var columns: [String]
  public var parent: String
  /// `REFERENCES files` says the same as `REFERENCES files (id)` where that is its primary key.
  public var parentColumns: [String]
  public var onUpdate: String
  public var onDelete: String
}

/// A column of a key or index.
public struct KeyColumn: Sendable, Hashable {
  /// Nothing for an expression.
  public var name: String?
  public var isDescending: Bool
  /// Absent: BINARY.
  public var collation: String?

  public init(name: String?, isDescending: Bool = false, collation: String? = nil) {
    self.name = name
    self.isDescending = isDescending
    self.collation = collation
  }
}

public struct IndexFact: Sendable, Hashable {
  public enum Uniqueness: Sendable, Hashable { case unique, plain }
  public var table: String
  public var uniqueness: Uniqueness
  public var columns: [KeyColumn]
  /// Of an index on expressions, which have no name to compare by, the text of its columns.
  public var expressions: SchemaTokens?
  public var condition: SchemaTokens?
}

// MARK: In words

extension SchemaFact: CustomStringConvertible {
  /// Such as `column agents.name TEXT NOT NULL`.
  public var description: String {
    let name = shown(object.name)
    let owner = shown(object.owner ?? "")
    switch detail {
    case .table(let options):
      return "table \(name)" + (options.contains(.strict) ? " STRICT" : "")
        + (options.contains(.withoutRowID) ? " WITHOUT ROWID" : "")
    case .virtualTable(let words): return "virtual table \(name): \(words)"
    case .column(let column): return "column \(name).\(column)"
    case .foreignKey(let key): return "foreign key \(name): \(key)"
    case .check(let words): return "check \(name): \(words)"
    case .generated(let words): return "generated \(name): \(words)"
    case .key(let kind, let columns):
      return "\(kind.rawValue) \(name) (\(columns.map(\.description).joined(separator: ", ")))"
    case .index(let index):
      return "\(index.uniqueness == .unique ? "unique index" : "index") \(name) on \(shown(index.table)) \(index)"
    case .definition(let words):
      return object.kind == .trigger ? "trigger \(name) on \(owner): \(words)" : "view \(name): \(words)"
    }
  }
}

extension ColumnFact: CustomStringConvertible {
  public var description: String {
    var line = "\(shown(name)) \(type)"
    if nulls == .notNull { line += " NOT NULL" }
    if let defaultValue { line += " DEFAULT \(defaultValue)" }
    if keyPlace > 0 { line += " PRIMARY KEY \(keyPlace)" }
    switch storage {
    case .stored: break
    case .hidden: line += " HIDDEN"
    case .generatedVirtual: line += " GENERATED VIRTUAL"
    case .generatedStored: line += " GENERATED STORED"
    }
    if let collation { line += " COLLATE \(collation)" }
    if isAutoincrement { line += " AUTOINCREMENT" }
    return line
  }
}

extension ForeignKeyFact: CustomStringConvertible {
  public var description: String {
    let links = columns.indices.map { index in
      "\(shown(columns[index])) -> \(shown(parent)).\(index < parentColumns.count ? shown(parentColumns[index]) : "")"
    }
    return "\(links.joined(separator: ", ")) ON UPDATE \(onUpdate) ON DELETE \(onDelete)"
  }
}

extension KeyColumn: CustomStringConvertible {
  public var description: String {
    (name.map(shown) ?? "?") + (isDescending ? " DESC" : "") + (collation.map { " COLLATE \($0)" } ?? "")
  }
}

extension IndexFact: CustomStringConvertible {
  public var description: String {
    let what = expressions.map { "\($0)" } ?? "(\(columns.map(\.description).joined(separator: ", ")))"
    return what + (condition.map { " WHERE \($0)" } ?? "")
  }
}
