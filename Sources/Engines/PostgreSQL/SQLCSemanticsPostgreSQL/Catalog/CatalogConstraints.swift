public import SQLCTreePostgreSQL

/// A row of `pg_index`. Only unique ones matter to the analysis; others may be left out.
public struct CatalogIndex: Sendable, Hashable {
  public var name: String
  public var isUnique: Bool
  public var isPrimary: Bool
  /// `indimmediate`: checked at once, not at the end of the transaction.
  public var isImmediate: Bool
  /// `indisvalid`, `indisready` and `indislive`.
  public var isUsable: Bool
  public var nullsNotDistinct: Bool
  /// `indkey` without the included columns: `attnum`, or 0 for the next of `expressions`.
  public var keys: [Int]
  /// The operator family of each key (`pg_opclass.opcfamily` of `indclass`).
  public var families: [ObjectID]
  /// `indcollation` of each key.
  public var collations: [ObjectID]
  /// `indexprs`: a list.
  public var expressions: NodeText?
  /// `indpred`.
  public var predicate: NodeText?

  public init(
    name: String, isUnique: Bool, isPrimary: Bool = false, isImmediate: Bool = true, isUsable: Bool = true,
    nullsNotDistinct: Bool = false, keys: [Int], families: [ObjectID], collations: [ObjectID],
    expressions: NodeText? = nil, predicate: NodeText? = nil
  ) {
    self.name = name
    self.isUnique = isUnique
    self.isPrimary = isPrimary
    self.isImmediate = isImmediate
    self.isUsable = isUsable
    self.nullsNotDistinct = nullsNotDistinct
    self.keys = keys
    self.families = families
    self.collations = collations
    self.expressions = expressions
    self.predicate = predicate
  }
}

/// A row of `pg_constraint` of type `f`.
public struct CatalogForeignKey: Sendable, Hashable {
  public enum Action: String, Sendable, Hashable, CaseIterable {
    case noAction = "a"
    case restrict = "r"
    case cascade = "c"
    case setNull = "n"
    case setDefault = "d"
  }
  public var name: String
  public var columns: [Int]
  public var referenced: ObjectID
  public var referencedColumns: [Int]
  public var onDelete: Action
  public var onUpdate: Action
  /// `convalidated`, and `conenforced` from 18 on.
  public var isValidated: Bool
  /// `condeferrable`: inside a transaction it may be broken.
  public var isDeferrable: Bool
  /// The triggers that keep it are enabled.
  public var isEnabled: Bool
  public init(
    name: String, columns: [Int], referenced: ObjectID, referencedColumns: [Int], onDelete: Action = .noAction,
    onUpdate: Action = .noAction, isValidated: Bool = true, isDeferrable: Bool = false, isEnabled: Bool = true
  ) {
    self.name = name
    self.columns = columns
    self.referenced = referenced
    self.referencedColumns = referencedColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.isValidated = isValidated
    self.isDeferrable = isDeferrable
    self.isEnabled = isEnabled
  }
}

/// A row of `pg_constraint` of type `c`.
public struct CatalogCheck: Sendable, Hashable {
  public var name: String
  /// `conbin`.
  public var expression: NodeText
  /// `convalidated`, and `conenforced` from 18 on.
  public var isValidated: Bool
  /// `connoinherit`: children need not keep it.
  public var isLocal: Bool
  public init(name: String, expression: NodeText, isValidated: Bool = true, isLocal: Bool = false) {
    self.name = name
    self.expression = expression
    self.isValidated = isValidated
    self.isLocal = isLocal
  }
}

/// What a statement does to a table.
public enum TableEvent: Sendable, Hashable, CaseIterable {
  case insert, update, delete, truncate
}

/// A row of `pg_trigger` that is not internal.
public struct CatalogTrigger: Sendable, Hashable {
  public enum Timing: Sendable, Hashable { case before, after, insteadOf }
  public enum Level: Sendable, Hashable { case row, statement }
  public var name: String
  public var timing: Timing
  public var level: Level
  public var events: Set<TableEvent>
  public var function: ObjectID
  /// `tgenabled` is not `D`.
  public var isEnabled: Bool
  public init(
    name: String, timing: Timing, level: Level, events: Set<TableEvent>, function: ObjectID, isEnabled: Bool = true
  ) {
    self.name = name
    self.timing = timing
    self.level = level
    self.events = events
    self.function = function
    self.isEnabled = isEnabled
  }
}

/// A row of `pg_rewrite` besides `_RETURN`.
public struct CatalogRule: Sendable, Hashable {
  /// As the server counts commands.
  public enum Event: String, Sendable, Hashable, CaseIterable {
    case select = "1"
    case update = "2"
    case insert = "3"
    case delete = "4"
  }
  public var name: String
  public var event: Event
  public var isInstead: Bool
  /// The statements that it adds, or that stand in (`pg_rewrite.ev_action`).
  public var action: NodeText?
  public init(name: String, event: Event, isInstead: Bool, action: NodeText? = nil) {
    self.name = name
    self.event = event
    self.isInstead = isInstead
    self.action = action
  }
}
