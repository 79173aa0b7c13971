public import SQLCTreePostgreSQL

/// A row of `pg_class`, with what belongs to it.
public struct CatalogRelation: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case table = "r"
    case partitionedTable = "p"
    case view = "v"
    case materializedView = "m"
    case foreignTable = "f"
    case compositeType = "c"
    case sequence = "S"
    case toastTable = "t"
  }

  public var schema: String
  public var name: String
  public var kind: Kind
  /// By number; dropped ones are left out, so numbers can have gaps.
  public var columns: [CatalogColumn]
  /// Direct children: partitions, and tables that inherit (`pg_inherits`).
  public var children: [ObjectID]
  public var isPartition: Bool
  public var indexes: [CatalogIndex]
  public var foreignKeys: [CatalogForeignKey]
  public var checks: [CatalogCheck]
  /// Those users made, disabled ones too; the triggers that keep foreign keys are not among them.
  public var triggers: [CatalogTrigger]
  /// Rules other than the one that makes a view a view.
  public var rules: [CatalogRule]
  public var rowSecurity: RowSecurity
  /// The query of a view or materialised view: `pg_rewrite.ev_action` of its rule `_RETURN`.
  public var definition: NodeText?
  public var comment: String?
  /// The extension that it belongs to.
  public var `extension`: String?

  public init(
    schema: String, name: String, kind: Kind, columns: [CatalogColumn], children: [ObjectID] = [],
    isPartition: Bool = false, indexes: [CatalogIndex] = [], foreignKeys: [CatalogForeignKey] = [],
    checks: [CatalogCheck] = [], triggers: [CatalogTrigger] = [], rules: [CatalogRule] = [],
    rowSecurity: RowSecurity = .off, definition: NodeText? = nil, comment: String? = nil, extension: String? = nil
  ) {
    self.schema = schema
    self.name = name
    self.kind = kind
    self.columns = columns
    self.children = children
    self.isPartition = isPartition
    self.indexes = indexes
    self.foreignKeys = foreignKeys
    self.checks = checks
    self.triggers = triggers
    self.rules = rules
    self.rowSecurity = rowSecurity
    self.definition = definition
    self.comment = comment
    self.extension = `extension`
  }

  /// The column of that `attnum`; nil for system columns and dropped ones.
  public func column(_ number: Int) -> CatalogColumn? {
    // Numbers only ever have gaps, so the column stands at its number or before it.
    guard number > 0, !columns.isEmpty else { return nil }
    var at = min(number, columns.count) - 1
    while at >= 0, columns[at].number > number { at -= 1 }
    return at >= 0 && columns[at].number == number ? columns[at] : nil
  }
}

/// `relrowsecurity` and `relforcerowsecurity`.
public enum RowSecurity: Sendable, Hashable {
  case off, on
  /// Also for the owner.
  case forced
}

/// A row of `pg_attribute`.
public struct CatalogColumn: Sendable, Hashable {
  public enum NotNull: Sendable, Hashable {
    case absent, declared
    /// `NOT NULL … NOT VALID` (18 and later): rows that were there before may have NULL.
    case notValidated
  }
  public enum Generation: Sendable, Hashable {
    case stored(NodeText)
    /// 18 and later.
    case virtual(NodeText)
  }
  public enum Identity: Sendable, Hashable {
    case always, byDefault
  }

  /// `attnum`.
  public var number: Int
  public var name: String
  public var type: ObjectID
  /// `atttypmod`, -1 where there is none.
  public var typeModifier: Int32
  public var collation: ObjectID
  public var notNull: NotNull
  /// `pg_attrdef.adbin` where it is a default.
  public var defaultValue: NodeText?
  public var generation: Generation?
  public var identity: Identity?
  public var comment: String?

  public init(
    number: Int, name: String, type: ObjectID, typeModifier: Int32 = -1, collation: ObjectID = .none,
    notNull: NotNull = .absent, defaultValue: NodeText? = nil, generation: Generation? = nil,
    identity: Identity? = nil, comment: String? = nil
  ) {
    self.number = number
    self.name = name
    self.type = type
    self.typeModifier = typeModifier
    self.collation = collation
    self.notNull = notNull
    self.defaultValue = defaultValue
    self.generation = generation
    self.identity = identity
    self.comment = comment
  }
}
