public import SQLCDiagnostics
public import SQLCSyntaxSQLite

/// What the schema has after its last statement. A value: definitions, no analysis of queries.
public struct Catalog: Sendable {
  /// Tables, views and virtual tables by `NameSyntax.key`; temp objects shadow main ones, as in SQLite.
  public var relations: [String: Relation] = [:]
  /// Keys of `relations` in the order of creation.
  public var order: [String] = []
  /// By key of the index's name.
  public var indexes: [String: Index] = [:]
  /// By key of the trigger's name.
  public var triggers: [String: Trigger] = [:]
  public var triggerOrder: [String] = []
  /// Main objects that a temp object of the same name hides.
  public var shadowed: [String: Relation] = [:]
  /// Some table has AUTOINCREMENT, so `sqlite_sequence` exists (SQLite, autoinc.html).
  public var hasSequenceTable = false
  /// There was an ANALYZE, so `sqlite_stat1` exists (SQLite, lang_analyze.html).
  public var hasStatisticsTable = false
  /// Key of a table to the keys of those with foreign keys to it; complete after `CatalogBuilder.finish()`.
  public var childTables: [String: [String]] = [:]
  /// Key of a table or view to the keys of its triggers, in the order of creation; complete after `CatalogBuilder.finish()`.
  public internal(set) var tableTriggers: [String: [String]] = [:]
  /// Keys of tables where writing one row may change another one of the same table, by triggers and foreign keys, its own or
  /// those of tables that refer to it, however far; complete after `CatalogBuilder.finish()`.
  public internal(set) var restlessTables: Set<String> = []
  /// By the definition of a view, those of the views that its query reads from; complete after `CatalogBuilder.finish()`.
  var viewUses: [SourceRange: Set<SourceRange>] = [:]
  /// Tables, views and columns that were renamed or dropped, in order.
  public var departures: [Departure] = []

  public init() {}
}

public enum Relation: Sendable {
  case table(Table)
  case view(View)
}

/// An ordinary or virtual table (or a table-valued function such as `json_each`, which SQLite has as a virtual table).
public struct Table: Sendable {
  public enum Kind: Sendable, Hashable {
    case ordinary
    /// The module, in lower case: `fts5`, `rtree`, …
    case virtual(module: String)
    /// Usable without being created: `json_each`, `pragma_table_info`, `sqlite_schema`.
    case eponymous(module: String)
  }

  public var name: String
  public var isTemporary: Bool
  public var kind: Kind
  public var columns: [Column] { didSet { places = nil } }
  /// Indexes into `columns` by the keys of their names, where that is worth it; see `indexColumns()`.
  private(set) var places: [String: Int]?
  /// Index into `columns` of the INTEGER PRIMARY KEY (SQLite, lang_createtable.html#rowid).
  public var rowidAlias: Int?
  public var isWithoutRowID: Bool
  public var isStrict: Bool
  /// Primary key, UNIQUE constraints and unique indexes that cover every row (no WHERE, plain columns) and compare each
  /// column as the column itself does.
  public var uniqueKeys: [UniqueKey]
  /// Unique indexes over expressions or some of the rows.
  public var indexKeys: [IndexKey] = []
  public var primaryKey: [Int]
  public var foreignKeys: [ForeignKey]
  public var isAutoincrement: Bool
  /// A constraint has ON CONFLICT IGNORE: a row that breaks it is skipped in silence (SQLite, lang_conflict.html).
  public var ignoresConflicts = false
  /// Columns of the keys with ON CONFLICT REPLACE: the row that is in the way is deleted.
  public var replacingKeys: [[Int]] = []
  /// Made by a virtual table for itself, as its module does it: SQLite's columns are the ones that count.
  public var isShadow = false
  /// Where the name stands in its CREATE statement; absent for eponymous tables.
  public var definition: SourceRange?

  public init(
    name: String, isTemporary: Bool = false, kind: Kind = .ordinary, columns: [Column], rowidAlias: Int? = nil,
    isWithoutRowID: Bool = false, isStrict: Bool = false, uniqueKeys: [UniqueKey] = [], primaryKey: [Int] = [],
    foreignKeys: [ForeignKey] = [], isAutoincrement: Bool = false, definition: SourceRange? = nil
  ) {
    self.name = name
    self.isTemporary = isTemporary
    self.kind = kind
    self.columns = columns
    self.rowidAlias = rowidAlias
    self.isWithoutRowID = isWithoutRowID
    self.isStrict = isStrict
    self.uniqueKeys = uniqueKeys
    self.primaryKey = primaryKey
    self.foreignKeys = foreignKeys
    self.isAutoincrement = isAutoincrement
    self.definition = definition
  }

  public var hasRowID: Bool { !isWithoutRowID }

  /// To be called when the columns are settled: their names are found without looking through all of them.
  mutating func indexColumns() {
    guard places == nil, columns.count > 16 else { return }
    places = Dictionary(
      columns.enumerated().map { ($0.element.name.asciiLowercased, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
  }
}

public struct Column: Sendable, Hashable {
  public enum Visibility: Sendable, Hashable {
    case visible
    /// Not in `*`: a hidden column of a virtual table.
    case hidden
  }
  public enum Generation: Sendable, Hashable {
    case stored, virtual
  }

  public var name: String
  /// As SQLite keeps it; absent when the column has no type.
  public var declaredType: String?
  public var affinity: Affinity
  /// What the column yields when read from its own table: declared type, NOT NULL, keys, CHECKs and, for a generated
  /// column, its expression, all taken into account.
  public var facts: TypeFacts
  /// NOT NULL is written, or follows from STRICT / WITHOUT ROWID keys.
  public var isNotNull: Bool
  /// There is a DEFAULT other than NULL.
  public var hasDefault: Bool
  /// The DEFAULT is proven to be a value.
  public var isDefaultNonNull = false
  public var generation: Generation?
  public var visibility: Visibility
  /// The values that `CHECK (column IN ('a', 'b'))` allows, in their order.
  public var enumeration: [String]?
  /// A key column that SQLite's letter lets be NULL and that is taken as non-null (`strict_primary_keys: false`).
  public var isAssumedNonNull: Bool
  /// Key of the declared COLLATE; absent for BINARY.
  public var collation: String?
  public var definition: SourceRange?

  public init(
    name: String, declaredType: String?, affinity: Affinity, facts: TypeFacts, isNotNull: Bool = false,
    hasDefault: Bool = false, generation: Generation? = nil, visibility: Visibility = .visible,
    enumeration: [String]? = nil, isAssumedNonNull: Bool = false, collation: String? = nil,
    definition: SourceRange? = nil
  ) {
    self.collation = collation
    self.name = name
    self.declaredType = declaredType
    self.affinity = affinity
    self.facts = facts
    self.isNotNull = isNotNull
    self.hasDefault = hasDefault
    self.generation = generation
    self.visibility = visibility
    self.enumeration = enumeration
    self.isAssumedNonNull = isAssumedNonNull
    self.definition = definition
  }
}

public struct UniqueKey: Sendable, Hashable {
  /// Indexes into the table's columns.
  public var columns: [Int]
  public init(columns: [Int]) { self.columns = columns }
}

public struct ForeignKey: Sendable {
  public var columns: [Int]
  public var parentTable: String
  /// Empty: the parent's primary key.
  public var parentColumns: [String]
  public var onDelete: ForeignKeyClauseSyntax.Action?
  public var onUpdate: ForeignKeyClauseSyntax.Action?
  /// DEFERRABLE INITIALLY DEFERRED.
  public var isDeferred: Bool
  /// Its REFERENCES clause.
  public var definition: SourceRange?
  public init(
    columns: [Int], parentTable: String, parentColumns: [String], onDelete: ForeignKeyClauseSyntax.Action?,
    onUpdate: ForeignKeyClauseSyntax.Action?, isDeferred: Bool = false, definition: SourceRange? = nil
  ) {
    self.isDeferred = isDeferred
    self.definition = definition
    self.columns = columns
    self.parentTable = parentTable
    self.parentColumns = parentColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
  }
}

public struct Index: Sendable {
  public var name: String
  public var table: String
  public var isUnique: Bool
  /// Column indexes; absent for an expression.
  public var columns: [Int?]
  public var isPartial: Bool
  public var definition: SourceRange
  public init(
    name: String, table: String, isUnique: Bool, columns: [Int?], isPartial: Bool, definition: SourceRange
  ) {
    self.name = name
    self.table = table
    self.isUnique = isUnique
    self.columns = columns
    self.isPartial = isPartial
    self.definition = definition
  }
}

/// A view is its query; types flow through it wherever it is used.
public struct View: Sendable {
  public var name: String
  public var isTemporary: Bool
  public var columnNames: [NameSyntax]?
  public var query: SelectSyntax
  /// The file the view is defined in, for diagnostics in its query.
  public var definition: SourceRange
  /// The text `query` was read from: names of result columns are spelled there.
  public var source: SourceFile?
  /// What ALTER TABLE did to names that `query` still spells the old way.
  public var renames: Renames
  public init(
    name: String, isTemporary: Bool, columnNames: [NameSyntax]?, query: SelectSyntax, definition: SourceRange,
    source: SourceFile? = nil, renames: Renames = Renames()
  ) {
    self.name = name
    self.isTemporary = isTemporary
    self.columnNames = columnNames
    self.query = query
    self.definition = definition
    self.source = source
    self.renames = renames
  }
}

public struct Trigger: Sendable {
  public var syntax: CreateTriggerSyntax
  public var definition: SourceRange
  /// Key of the table or view it watches, as that is called now.
  public var table: String
  /// The text `syntax` was read from.
  public var source: SourceFile?
  /// What ALTER TABLE did to names that `syntax` still spells the old way.
  public var renames: Renames
  public init(
    syntax: CreateTriggerSyntax, definition: SourceRange, source: SourceFile? = nil, renames: Renames = Renames()
  ) {
    self.syntax = syntax
    self.definition = definition
    self.table = syntax.table.name.key
    self.source = source
    self.renames = renames
  }

  /// The columns of `UPDATE OF`, as they are called now; none for UPDATE of any column and for other events.
  public var watchedColumns: [String] {
    guard case .update(let columns) = syntax.event else { return [] }
    return columns.map { renames.current($0).text }
  }
}
