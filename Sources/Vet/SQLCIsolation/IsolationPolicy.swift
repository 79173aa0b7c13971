// What is to be proven of statements: that the rows of guarded tables that they read and write are all of one kind.

/// A column that says whose a row is, or whether it still counts, and what it has to be.
public struct IsolationPolicy: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// All rows belong to one tenant, whom a parameter names.
    case tenant
    /// No row is deleted: the column is NULL.
    case softDelete
  }

  public var kind: Kind
  /// A table that has a column of this name is guarded by it.
  public var column: String
  /// Tables that another column guards, by name: `users` by `id`.
  public var columns: [String: String]
  /// Tables that everybody shares, whatever columns they have.
  public var shared: Set<String>

  public init(_ kind: Kind, column: String, columns: [String: String] = [:], shared: Set<String> = []) {
    self.kind = kind
    self.column = column
    self.columns = columns
    self.shared = shared
  }
}

/// An occurrence of a guarded table that is not proven to be restricted, or a write that leaves the restriction.
public struct IsolationFinding: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Nothing that every row fulfils equates the column with a parameter.
    case unrestricted
    /// It is read by an inner query that aggregates, ranks or cuts off before the restriction applies.
    case late
    /// The restriction is beyond a set of columns that does not have the guarding one.
    case hidden
    /// Parts of the statement are restricted by different parameters.
    case several
    /// A value that depends on all rows of an index: the rank of a full-text search.
    case standing
    /// A row is written without the column, or with a value of its own.
    case unowned
    /// SET gives the row to somebody else.
    case reassigned
    /// An upsert or OR REPLACE on a key that others' rows can have.
    case overwritten
    /// A reference is written to a row that is not proven to be the tenant's.
    case foreign
    /// The statement is too large to be looked through.
    case unexplored
  }

  public var kind: Kind
  public var table: String
  public var column: String
  /// Why, in words.
  public var reason: String
  public var range: Range<Int>

  public init(kind: Kind, table: String, column: String, reason: String, range: Range<Int>) {
    self.kind = kind
    self.table = table
    self.column = column
    self.reason = reason
    self.range = range
  }
}
