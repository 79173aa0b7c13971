public import SQLCDiagnostics

/// SQLite, lang_createtable.html.
public struct CreateTableSyntax: Sendable {
  public enum Body: Sendable {
    case columns([ColumnDefinitionSyntax], constraints: [TableConstraintSyntax], options: [TableOptionSyntax])
    case select(SelectSyntax)
  }
  public var isTemporary: Bool
  public var ifNotExists: Bool
  public var name: QualifiedNameSyntax
  public var body: Body
  public var range: ByteRange
  public init(
    isTemporary: Bool, ifNotExists: Bool, name: QualifiedNameSyntax, body: Body, range: ByteRange
  ) {
    self.isTemporary = isTemporary
    self.ifNotExists = ifNotExists
    self.name = name
    self.body = body
    self.range = range
  }
}

public struct TableOptionSyntax: Sendable {
  public enum Option: String, Sendable, Hashable {
    case withoutRowID = "WITHOUT ROWID"
    case strict = "STRICT"
  }
  public var option: Option
  public var range: ByteRange
  public init(option: Option, range: ByteRange) {
    self.option = option
    self.range = range
  }
}

public struct ColumnDefinitionSyntax: Sendable {
  public var name: NameSyntax
  public var type: TypeNameSyntax?
  public var constraints: [ColumnConstraintSyntax]
  public var range: ByteRange
  public init(name: NameSyntax, type: TypeNameSyntax?, constraints: [ColumnConstraintSyntax], range: ByteRange) {
    self.name = name
    self.type = type
    self.constraints = constraints
    self.range = range
  }
}

public struct ColumnConstraintSyntax: Sendable {
  public enum Kind: Sendable {
    case primaryKey(OrderingTermSyntax.Direction?, ConflictResolution?, autoincrement: Bool)
    case notNull(ConflictResolution?)
    /// The lone word NULL, which SQLite reads and ignores.
    case null(ConflictResolution?)
    case unique(ConflictResolution?)
    case check(ExpressionSyntax)
    /// A literal, a signed number, a bare word, or an expression in parentheses.
    case defaultValue(ExpressionSyntax)
    case collate(NameSyntax)
    case references(ForeignKeyClauseSyntax)
    case generated(ExpressionSyntax, storage: GeneratedStorage?)
    /// `DEFERRABLE …` that does not directly follow a REFERENCES clause; it is about the last foreign key before it.
    case deferral(isDeferrable: Bool, initially: ForeignKeyClauseSyntax.Deferral?)
    /// `CONSTRAINT name` and nothing more, which SQLite reads and ignores.
    case nothing
  }
  public enum GeneratedStorage: String, Sendable, Hashable {
    case stored = "STORED"
    case virtual = "VIRTUAL"
  }
  public var name: NameSyntax?
  public var kind: Kind
  public var range: ByteRange
  public init(name: NameSyntax?, kind: Kind, range: ByteRange) {
    self.name = name
    self.kind = kind
    self.range = range
  }
}

public struct TableConstraintSyntax: Sendable {
  public enum Kind: Sendable {
    case primaryKey([IndexedColumnSyntax], ConflictResolution?, autoincrement: Bool)
    case unique([IndexedColumnSyntax], ConflictResolution?)
    case check(ExpressionSyntax, ConflictResolution?)
    case foreignKey([NameSyntax], ForeignKeyClauseSyntax)
    /// `CONSTRAINT name` and nothing more, which SQLite reads and ignores.
    case nothing
  }
  public var name: NameSyntax?
  public var kind: Kind
  public var range: ByteRange
  public init(name: NameSyntax?, kind: Kind, range: ByteRange) {
    self.name = name
    self.kind = kind
    self.range = range
  }
}

/// SQLite, foreignkeys.html: `REFERENCES table (columns) ON DELETE … DEFERRABLE …`.
public struct ForeignKeyClauseSyntax: Sendable {
  public enum Event: String, Sendable, Hashable {
    case delete = "DELETE"
    case update = "UPDATE"
  }
  public enum Action: String, Sendable, Hashable {
    case setNull = "SET NULL"
    case setDefault = "SET DEFAULT"
    case cascade = "CASCADE"
    case restrict = "RESTRICT"
    case noAction = "NO ACTION"
  }
  public enum Deferral: String, Sendable, Hashable {
    case deferred = "DEFERRED"
    case immediate = "IMMEDIATE"
  }
  public var table: NameSyntax
  /// Absent when there is no list: the parent's primary key.
  public var columns: [NameSyntax]?
  public var actions: [Event: Action]
  public var match: NameSyntax?
  public var isDeferrable: Bool?
  public var initially: Deferral?
  public var range: ByteRange
  public init(
    table: NameSyntax, columns: [NameSyntax]?, actions: [Event: Action], match: NameSyntax?, isDeferrable: Bool?,
    initially: Deferral?, range: ByteRange
  ) {
    self.table = table
    self.columns = columns
    self.actions = actions
    self.match = match
    self.isDeferrable = isDeferrable
    self.initially = initially
    self.range = range
  }
}

/// A column or expression in an index, key or conflict target. `COLLATE` is part of the expression.
public struct IndexedColumnSyntax: Sendable {
  public var expression: ExpressionSyntax
  public var direction: OrderingTermSyntax.Direction?
  /// Only in a conflict target, where SQLite reads it without effect.
  public var nulls: OrderingTermSyntax.Nulls?
  public var range: ByteRange
  public init(
    expression: ExpressionSyntax, direction: OrderingTermSyntax.Direction?, range: ByteRange,
    nulls: OrderingTermSyntax.Nulls? = nil
  ) {
    self.expression = expression
    self.direction = direction
    self.range = range
    self.nulls = nulls
  }
}

/// SQLite, lang_createindex.html.
public struct CreateIndexSyntax: Sendable {
  public var isUnique: Bool
  public var ifNotExists: Bool
  public var name: QualifiedNameSyntax
  public var table: NameSyntax
  public var columns: [IndexedColumnSyntax]
  public var whereClause: ExpressionSyntax?
  public var range: ByteRange
  public init(
    isUnique: Bool, ifNotExists: Bool, name: QualifiedNameSyntax, table: NameSyntax, columns: [IndexedColumnSyntax],
    whereClause: ExpressionSyntax?, range: ByteRange
  ) {
    self.isUnique = isUnique
    self.ifNotExists = ifNotExists
    self.name = name
    self.table = table
    self.columns = columns
    self.whereClause = whereClause
    self.range = range
  }
}

/// SQLite, lang_createview.html.
public struct CreateViewSyntax: Sendable {
  public var isTemporary: Bool
  public var ifNotExists: Bool
  public var name: QualifiedNameSyntax
  public var columns: [NameSyntax]?
  public var query: SelectSyntax
  public var range: ByteRange
  public init(
    isTemporary: Bool, ifNotExists: Bool, name: QualifiedNameSyntax, columns: [NameSyntax]?, query: SelectSyntax,
    range: ByteRange
  ) {
    self.isTemporary = isTemporary
    self.ifNotExists = ifNotExists
    self.name = name
    self.columns = columns
    self.query = query
    self.range = range
  }
}

/// SQLite, lang_createtrigger.html.
public struct CreateTriggerSyntax: Sendable {
  public enum Time: String, Sendable, Hashable {
    case before = "BEFORE"
    case after = "AFTER"
    case insteadOf = "INSTEAD OF"
  }
  public enum Event: Sendable {
    case delete
    case insert
    /// `UPDATE` or `UPDATE OF a, b`.
    case update(of: [NameSyntax])
  }
  public enum Step: Sendable {
    case insert(InsertSyntax)
    case update(UpdateSyntax)
    case delete(DeleteSyntax)
    case select(SelectSyntax)
  }
  public var isTemporary: Bool
  public var ifNotExists: Bool
  public var name: QualifiedNameSyntax
  public var time: Time?
  public var event: Event
  public var table: QualifiedNameSyntax
  public var forEachRow: Bool
  public var when: ExpressionSyntax?
  public var body: [Step]
  public var range: ByteRange
  public init(
    isTemporary: Bool, ifNotExists: Bool, name: QualifiedNameSyntax, time: Time?, event: Event,
    table: QualifiedNameSyntax, forEachRow: Bool, when: ExpressionSyntax?, body: [Step], range: ByteRange
  ) {
    self.isTemporary = isTemporary
    self.ifNotExists = ifNotExists
    self.name = name
    self.time = time
    self.event = event
    self.table = table
    self.forEachRow = forEachRow
    self.when = when
    self.body = body
    self.range = range
  }
}

/// SQLite, lang_createvtab.html. Arguments are text between top-level commas, blanks trimmed, as the module gets them.
public struct CreateVirtualTableSyntax: Sendable {
  public struct Argument: Sendable {
    public var text: String
    public var range: ByteRange
    public init(text: String, range: ByteRange) {
      self.text = text
      self.range = range
    }
  }
  public var ifNotExists: Bool
  public var name: QualifiedNameSyntax
  public var module: NameSyntax
  public var arguments: [Argument]
  public var range: ByteRange
  public init(
    ifNotExists: Bool, name: QualifiedNameSyntax, module: NameSyntax, arguments: [Argument], range: ByteRange
  ) {
    self.ifNotExists = ifNotExists
    self.name = name
    self.module = module
    self.arguments = arguments
    self.range = range
  }
}

/// SQLite, lang_altertable.html.
public struct AlterTableSyntax: Sendable {
  public enum Action: Sendable {
    case renameTable(NameSyntax)
    case renameColumn(NameSyntax, to: NameSyntax)
    case addColumn(ColumnDefinitionSyntax)
    case dropColumn(NameSyntax)
    /// `ADD [CONSTRAINT name] CHECK (…)`, SQLite 3.53.
    case addConstraint(TableConstraintSyntax)
    /// SQLite 3.53.
    case dropConstraint(NameSyntax)
    /// `ALTER COLUMN name SET NOT NULL`, SQLite 3.53.
    case setNotNull(NameSyntax, ConflictResolution?)
    /// `ALTER COLUMN name DROP NOT NULL`, SQLite 3.53.
    case dropNotNull(NameSyntax)
  }
  public var table: QualifiedNameSyntax
  public var action: Action
  public var range: ByteRange
  public init(table: QualifiedNameSyntax, action: Action, range: ByteRange) {
    self.table = table
    self.action = action
    self.range = range
  }
}

/// SQLite, lang_droptable.html and its sisters.
public struct DropSyntax: Sendable {
  public enum Object: String, Sendable, Hashable {
    case table = "TABLE"
    case view = "VIEW"
    case index = "INDEX"
    case trigger = "TRIGGER"
  }
  public var object: Object
  public var ifExists: Bool
  public var name: QualifiedNameSyntax
  public var range: ByteRange
  public init(object: Object, ifExists: Bool, name: QualifiedNameSyntax, range: ByteRange) {
    self.object = object
    self.ifExists = ifExists
    self.name = name
    self.range = range
  }
}
