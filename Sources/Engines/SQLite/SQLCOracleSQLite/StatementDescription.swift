// Everything SQLite knows of a statement without running it.

/// A statement as SQLite compiled it.
public struct StatementDescription: Sendable, Hashable {
  /// One result column. SQLite describes the left arm of a compound only, and knows nothing of outer joins.
  public struct Column: Sendable, Hashable {
    public var name: String
    /// Where the value comes from, through views and subqueries; nil for an expression.
    public var originDatabase: String?
    public var originTable: String?
    public var originColumn: String?
  }

  /// One thing that running the statement may do to a table.
  public struct Access: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case read, insert, update, delete }
    public var kind: Kind
    public var table: String
    /// Of a read or an update; nil when no column's value is used (`count(*)`).
    public var column: String?
    /// The innermost view or trigger that does it; nil when the statement's own text does.
    public var cause: String?
    /// Only happens where foreign keys are enforced, as the action or the check of one.
    public var isForeignKeyWork: Bool
  }

  public var columns: [Column]
  /// The largest parameter number.
  public var parameterCount: Int
  /// By index, with their prefix (":id"); element 0 has index 1. Nil for `?`.
  public var parameterNames: [String?]
  public var isReadOnly: Bool
  /// Each once, in SQLite's order.
  public var accesses: [Access]
  /// Tables whose rows the statement looks at, sorted; views and triggers are seen through.
  public var reads: [String]
  /// Tables whose rows it may change, sorted, with those that triggers and foreign-key actions change.
  public var writes: [String]
  /// Why the statement cannot run where foreign keys are enforced (`foreign key mismatch …`), though it is valid.
  public var foreignKeyProblem: String?
}
