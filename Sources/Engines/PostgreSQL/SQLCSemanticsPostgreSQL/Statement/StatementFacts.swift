public import SQLCTreePostgreSQL

/// What is proven of one statement.
public struct StatementFacts: Sendable, Hashable {
  public enum Command: Sendable, Hashable, CaseIterable {
    case select, insert, update, delete, merge
    /// Everything that is not analysed: no rows or parameters are known of it besides what Describe says.
    case utility
  }
  public enum RowCount: Sendable, Hashable, CaseIterable {
    case exactlyOne, atMostOne, many
  }
  public var command: Command
  /// By number: `$1` first.
  public var parameters: [ParameterFacts]
  /// In the order of Describe.
  public var columns: [ColumnFacts]
  public var rowCount: RowCount
  /// In words.
  public var rowCountReason: String
  public var effects: StatementEffects
  /// The ranges of FROM, for `sqlc.embed`: by the number that `ColumnFacts.range` has.
  public var ranges: [Int: RangeFacts]
  /// Of `INSERT … VALUES` with one row.
  public var insertedRow: InsertedRowFacts?
  /// Where lists were asked for.
  public var nesting: Result<NestingFacts, NestingProblem>?
}

/// Whether a value can be NULL.
public enum ValueNullability: Sendable, Hashable {
  case never
  /// Why, in words; and the byte of the statement's text where its cause is written, where it is written there.
  case optional(reason: String, byteOffset: Int?)

  public var isOptional: Bool {
    switch self {
    case .never: false
    case .optional: true
    }
  }
}

public struct ParameterFacts: Sendable, Hashable {
  /// The author's, or one made from where it is used; unique within the statement.
  public var name: String
  public var type: ObjectID
  public var nullability: ValueNullability
  /// The column it is compared with or stored in.
  public var origin: ColumnOrigin?
  /// The column whose values it has, wherever it stands: compared by equality, or stored.
  public var valueOf: ColumnOrigin?
  /// An array of which each element is one of the values asked for: `= ANY($1)`, `unnest($1)`.
  public var role: Role
  /// The bytes of the statement's text where it stands, in order.
  public var byteOffsets: [Int]

  public enum Role: Sendable, Hashable {
    case value
    case list
  }
}

public struct ColumnFacts: Sendable, Hashable {
  public var name: String
  /// What Describe says; of a domain, its base.
  public var type: ObjectID
  public var typeModifier: Int32
  /// The domain of the table column that it shows unchanged.
  public var domain: ObjectID?
  public var nullability: ValueNullability
  /// The same, in the rows in which `range` is there.
  public var nullabilityWhenPresent: ValueNullability
  /// The table column that it shows unchanged.
  public var origin: ColumnOrigin?
  /// The range of the statement's own FROM whose column it is, and which.
  public var range: Int?
  public var rangeColumn: Int?
}

public struct ColumnOrigin: Sendable, Hashable {
  public var relation: ObjectID
  /// `attnum`.
  public var attribute: Int
  public init(relation: ObjectID, attribute: Int) {
    self.relation = relation
    self.attribute = attribute
  }
}

/// A table, view or subquery in FROM.
public struct RangeFacts: Sendable, Hashable {
  /// Its alias, or its own name.
  public var name: String
  /// The table or view whose rows it gives.
  public var relation: ObjectID?
  /// Whether its row as a whole can be missing: on the outer side of a join.
  public var absence: ValueNullability
}

/// What running the statement can touch. Views, foreign keys' actions and SQL functions with a body are seen through; a table's
/// children and partitions are touched with it. Row security policies are not looked into.
public struct StatementEffects: Sendable, Hashable {
  /// Tables and materialised views, sorted by number.
  public var reads: [ObjectID]
  public var writes: [ObjectID]
  /// Rows are locked (`FOR UPDATE`): the statement belongs in a transaction.
  public var locksRows: Bool
  /// Functions and triggers of users whose bodies are not seen and which may read and, where they are volatile, write tables.
  public var opaqueFunctions: [ObjectID]
  /// All volatile functions that it calls, those of PostgreSQL too: `nextval`, `set_config`, `pg_advisory_lock`.
  public var volatileFunctions: [ObjectID]
}
