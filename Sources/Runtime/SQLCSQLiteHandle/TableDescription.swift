// The tables of a schema as SQLite has them: what every reader of a schema is made from.

/// One table or view (SQLite, pragma.html, `table_list`, `table_xinfo`, `index_list`, `index_xinfo`, `foreign_key_list`).
public struct TableDescription: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case table, view, virtual, shadow }

  public struct Column: Sendable, Hashable {
    public var name: String
    /// As declared; empty when nothing was.
    public var declaredType: String
    /// Declared NOT NULL. Not set for an `INTEGER PRIMARY KEY`, which is never NULL either.
    public var isNotNull: Bool
    /// The default's SQL text.
    public var defaultValue: String?
    /// 1-based place in the primary key.
    public var primaryKeyIndex: Int?
    public var visibility: Visibility
    /// The collating sequence's name.
    public var collation: String?
    public var isAutoincrement: Bool
    /// Not part of `SELECT *`: a hidden column of a virtual table.
    public var isHidden: Bool { visibility == .hidden }
  }

  /// The `hidden` value of `table_xinfo`.
  public enum Visibility: Int, Sendable, Hashable {
    case visible = 0
    case hidden = 1
    case generatedVirtual = 2
    case generatedStored = 3
  }

  /// An index, of a constraint or created by itself.
  public struct Index: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable {
      case createIndex = "c"
      case unique = "u"
      case primaryKey = "pk"
    }
    /// One term of the index.
    public struct Term: Sendable, Hashable {
      /// Absent for an expression.
      public var column: String?
      public var collation: String
      public var isDescending: Bool
    }
    public var name: String
    public var origin: Origin
    public var isUnique: Bool
    /// It has a WHERE.
    public var isPartial: Bool
    public var terms: [Term]
  }

  public struct ForeignKey: Sendable, Hashable {
    /// SQLite's number, the last declared first.
    public var id: Int
    public var columns: [String]
    public var parentTable: String
    /// Empty: the parent's primary key.
    public var parentColumns: [String]
    /// As SQLite spells it: `CASCADE`, `NO ACTION`, …
    public var onUpdate: String
    public var onDelete: String
  }

  public var name: String
  public var isTemporary: Bool
  public var kind: Kind
  public var isWithoutRowID: Bool
  public var isStrict: Bool
  /// Of views none: SQLite compiles them to find their columns, which a query over them does as well.
  public var columns: [Column] = []
  public var indexes: [Index] = []
  public var foreignKeys: [ForeignKey] = []
  /// A table that a virtual table keeps for itself.
  public var isShadow: Bool { kind == .shadow }
  public var uniqueKeys: [Index] { indexes.filter(\.isUnique) }

  package init(
    name: String, isTemporary: Bool = false, kind: Kind, isWithoutRowID: Bool = false, isStrict: Bool = false
  ) {
    self.name = name
    self.isTemporary = isTemporary
    self.kind = kind
    self.isWithoutRowID = isWithoutRowID
    self.isStrict = isStrict
  }
}
