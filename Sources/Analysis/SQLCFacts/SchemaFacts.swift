// A schema as rules see it: every definition with its name and its place, in words of no engine.

public import SQLCDiagnostics

/// What a schema defines, after its last migration.
public struct SchemaFacts: Sendable {
  /// Tables and views in the order of their creation.
  public var tables: [TableFact]
  public var indexes: [IndexFact]
  public var triggers: [TriggerFact]

  public init(tables: [TableFact] = [], indexes: [IndexFact] = [], triggers: [TriggerFact] = []) {
    self.tables = tables
    self.indexes = indexes
    self.triggers = triggers
  }
}

public struct TableFact: Sendable {
  public enum Kind: Sendable, Hashable {
    case table, view
    /// Its rows are kept by a module, whose name this is: a full-text index.
    case module(String)
  }

  /// What the types of columns bind.
  public enum Typing: Sendable, Hashable { case strict, flexible }

  public var name: String
  public var kind: Kind
  public var typing: Typing
  /// The columns by which rows are found where no key is declared: SQLite's rowid; nothing where there is none.
  public var rowKey: RowKey
  public var columns: [ColumnFact]
  /// The primary key first.
  public var keys: [KeyFact]
  public var foreignKeys: [ForeignKeyFact]
  public var checks: [CheckFact]
  /// The table whose rows a module indexes, where its definition says so.
  public var content: ContentFact?
  public var documentation: [String]
  public var source: SourceRange?

  public init(
    name: String, kind: Kind, typing: Typing = .flexible, rowKey: RowKey = .none, columns: [ColumnFact],
    keys: [KeyFact] = [], foreignKeys: [ForeignKeyFact] = [], checks: [CheckFact] = [], content: ContentFact? = nil,
    documentation: [String] = [], source: SourceRange?
  ) {
    self.name = name
    self.kind = kind
    self.typing = typing
    self.rowKey = rowKey
    self.columns = columns
    self.keys = keys
    self.foreignKeys = foreignKeys
    self.checks = checks
    self.content = content
    self.documentation = documentation
    self.source = source
  }
}

/// A number that a database gives each row by itself.
public enum RowKey: Sendable, Hashable {
  case none
  /// It is in no column; expressions name it ``RelationColumn/rowKey``.
  case hidden
  /// The column of that index is it.
  case column(Int)
}

/// Where the rows of a module's table come from.
public enum ContentFact: Sendable, Hashable {
  /// Nowhere: it keeps no rows of its own, or those that it is given.
  case own
  /// The table of that name, row by row, by the key in the column.
  case table(String, key: String?)
}

public struct ColumnFact: Sendable {
  public enum Presence: Sendable, Hashable { case visible, hidden }

  public var name: String
  /// As the schema spells it.
  public var declaredType: String?
  /// The engine's spelling of the type that its values have: `INTEGER`, `numeric(10,2)`.
  public var typeName: String
  public var isNullable: Bool
  /// NOT NULL is written, or follows from the kind of table.
  public var isNotNull: Bool
  /// As written.
  public var defaultText: String?
  public var isGenerated: Bool
  public var presence: Presence
  public var collation: String?
  /// The values that a CHECK allows.
  public var allowedValues: [String]
  public var documentation: [String]
  public var source: SourceRange?

  public init(
    name: String, declaredType: String?, typeName: String, isNullable: Bool, isNotNull: Bool, defaultText: String?,
    isGenerated: Bool, presence: Presence, collation: String?, allowedValues: [String] = [],
    documentation: [String] = [], source: SourceRange?
  ) {
    self.name = name
    self.declaredType = declaredType
    self.typeName = typeName
    self.isNullable = isNullable
    self.isNotNull = isNotNull
    self.defaultText = defaultText
    self.isGenerated = isGenerated
    self.presence = presence
    self.collation = collation
    self.allowedValues = allowedValues
    self.documentation = documentation
    self.source = source
  }
}

/// What keeps the rows of a table apart, all of them, by plain columns.
public struct KeyFact: Sendable {
  public enum Kind: String, Sendable, Hashable { case primary, unique, index }

  public var kind: Kind
  /// Of the constraint or the index; absent where it has none.
  public var name: String?
  /// Indexes into the table's columns.
  public var columns: [Int]
  public var source: SourceRange?

  public init(kind: Kind, name: String?, columns: [Int], source: SourceRange?) {
    self.kind = kind
    self.name = name
    self.columns = columns
    self.source = source
  }
}

public struct ForeignKeyFact: Sendable {
  public var name: String?
  /// Indexes into the table's columns.
  public var columns: [Int]
  public var parent: String
  /// By name, in the order of ``columns``; those of the parent's primary key where none are written.
  public var parentColumns: [String]
  /// `CASCADE`; absent where none is written.
  public var onDelete: String?
  public var onUpdate: String?
  public var source: SourceRange?

  public init(
    name: String?, columns: [Int], parent: String, parentColumns: [String], onDelete: String?, onUpdate: String?,
    source: SourceRange?
  ) {
    self.name = name
    self.columns = columns
    self.parent = parent
    self.parentColumns = parentColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.source = source
  }
}

public struct CheckFact: Sendable {
  public var name: String?
  /// The condition as written.
  public var text: String
  public var source: SourceRange?

  public init(name: String?, text: String, source: SourceRange?) {
    self.name = name
    self.text = text
    self.source = source
  }
}

public struct IndexFact: Sendable {
  public struct Term: Sendable {
    /// The column's name; absent for an expression.
    public var column: String?
    /// As written.
    public var text: String
    public init(column: String?, text: String) {
      self.column = column
      self.text = text
    }
  }

  public enum Reach: Sendable, Hashable {
    case allRows
    /// Rows that fulfil the condition, as written.
    case rows(where: String)
  }

  /// How entries are found.
  public enum Method: Sendable, Hashable {
    /// They are in an order, so that equalities, bounds and ORDER BY are served.
    case ordered
    /// By a method that this is the name of: `gin`, `hash`.
    case other(String)
  }

  public var name: String
  public var table: String
  public var isUnique: Bool
  public var method: Method
  public var reach: Reach
  public var terms: [Term]
  public var source: SourceRange?

  public init(
    name: String, table: String, isUnique: Bool, method: Method = .ordered, reach: Reach, terms: [Term],
    source: SourceRange?
  ) {
    self.method = method
    self.name = name
    self.table = table
    self.isUnique = isUnique
    self.reach = reach
    self.terms = terms
    self.source = source
  }
}

public struct TriggerFact: Sendable {
  public enum Event: String, Sendable, Hashable { case insert, update, delete }

  public var name: String
  public var table: String
  /// `BEFORE`, `AFTER`, `INSTEAD OF`.
  public var timing: String
  public var event: Event
  /// As written.
  public var text: String
  public var source: SourceRange?

  public init(name: String, table: String, timing: String, event: Event, text: String, source: SourceRange?) {
    self.name = name
    self.table = table
    self.timing = timing
    self.event = event
    self.text = text
    self.source = source
  }
}
