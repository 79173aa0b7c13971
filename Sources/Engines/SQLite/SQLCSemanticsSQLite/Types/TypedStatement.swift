public import SQLCDiagnostics

/// A bound statement with everything that is known about its values.
public struct TypedStatement: Sendable {
  /// Result columns, embeds flattened, in SQLite's order. Empty when the statement returns no rows.
  public var columns: [TypedColumn]
  /// Every `sqlc.embed`, by ordinal.
  public var embeds: [TypedEmbed]
  /// In the order of SQLite's parameter indexes.
  public var parameters: [TypedParameter]
  public var rowCount: ProvenRowCount
  /// Names of tables as in the catalog, sorted. Views and triggers are seen through.
  public var reads: [String]
  public var writes: [String]
  /// When rows are parents with lists of children (`sqlc.nest`).
  public var nesting: TypedNesting?
  /// What has to be added to the statement's text, in its order. Its columns follow the statement's own.
  public var markers: [PresenceMarker]

  public init(
    columns: [TypedColumn], embeds: [TypedEmbed], parameters: [TypedParameter], rowCount: ProvenRowCount,
    reads: [String], writes: [String], nesting: TypedNesting? = nil, markers: [PresenceMarker] = []
  ) {
    self.columns = columns
    self.embeds = embeds
    self.parameters = parameters
    self.rowCount = rowCount
    self.reads = reads
    self.writes = writes
    self.nesting = nesting
    self.markers = markers
  }
}

/// The column of a table that a value is, unchanged.
public struct ColumnOrigin: Sendable, Hashable {
  public var table: String
  public var column: String
  public init(table: String, column: String) {
    self.table = table
    self.column = column
  }
}

public struct TypedColumn: Sendable {
  public var name: String
  public var isNameGuaranteed: Bool
  public var facts: TypeFacts
  public var origin: ColumnOrigin?
  /// Origins in other arms of compounds, which SQLite may name instead.
  public var armOrigins: [ColumnOrigin] = []
  /// Index into the statement's embeds.
  public var embed: Int?
  public var range: ByteRange
  public init(
    name: String, isNameGuaranteed: Bool, facts: TypeFacts, origin: ColumnOrigin?, embed: Int?, range: ByteRange
  ) {
    self.name = name
    self.isNameGuaranteed = isNameGuaranteed
    self.facts = facts
    self.origin = origin
    self.embed = embed
    self.range = range
  }
}

public struct TypedEmbed: Sendable {
  public var name: String
  /// The table behind it, when its columns are that table's, all and in order.
  public var table: String?
  /// The whole row can be absent: the source is on the nullable side of an outer join. Its columns' facts are then those of
  /// the row when it is there.
  public var nullability: Nullability
  /// Written as `sqlc.nest`.
  public var isList: Bool
  /// The place of the column that is NULL in a row where this one is absent; without one, all of its own are.
  public var marker: Int?
  public init(name: String, table: String?, nullability: Nullability, isList: Bool = false, marker: Int? = nil) {
    self.name = name
    self.table = table
    self.nullability = nullability
    self.isList = isList
    self.marker = marker
  }
}

public struct TypedParameter: Sendable {
  public var index: Int
  /// As written, or from where it is used; unique within the statement.
  public var name: String
  public var isSlice: Bool
  /// Of one element, for a slice.
  public var facts: TypeFacts
  /// The column it is compared with or stored in, for overrides and enumerations.
  public var origin: ColumnOrigin?
  public var occurrences: [ByteRange]
  /// Written as `sqlc.narg`: whoever calls may leave it out.
  public var isNullableArgument: Bool
  public init(
    index: Int, name: String, isSlice: Bool, facts: TypeFacts, origin: ColumnOrigin?, occurrences: [ByteRange],
    isNullableArgument: Bool = false
  ) {
    self.index = index
    self.name = name
    self.isSlice = isSlice
    self.facts = facts
    self.origin = origin
    self.occurrences = occurrences
    self.isNullableArgument = isNullableArgument
  }
}

public struct ProvenRowCount: Sendable, Hashable {
  public enum Bound: Sendable, Hashable { case none, exactlyOne, atMostOne, many }
  public var bound: Bound
  /// In words: why this many ("`id` is the primary key of `agents`").
  public var reason: String
  public init(_ bound: Bound, because reason: String) {
    self.bound = bound
    self.reason = reason
  }
}

/// How joined rows become parents with lists. Columns are counted in the statement's flattened result, from 0.
public struct TypedNesting: Sendable, Hashable {
  public struct List: Sendable, Hashable {
    /// Index into the statement's embeds.
    public var embed: Int
    /// All NULL where a row has no child; none when it always has one.
    public var presence: [Int]
    /// What tells children of one parent apart; absent when no child can come twice.
    public var key: [Int]?
    /// Index of the list that this one's elements belong to; absent for lists of the parent.
    public var outer: Int?
    public init(embed: Int, presence: [Int], key: [Int]?, outer: Int?) {
      self.embed = embed
      self.presence = presence
      self.key = key
      self.outer = outer
    }
  }
  /// What tells parents apart; none when there is one at most.
  public var key: [Int]
  public var lists: [List]
  /// How many parents, not rows.
  public var parents: ProvenRowCount
  public init(key: [Int], lists: [List], parents: ProvenRowCount) {
    self.key = key
    self.lists = lists
    self.parents = parents
  }
}
