/// A list of child rows that the result of a query shall have (`sqlc.nest`).
public struct ListRequest: Sendable, Hashable {
  /// The places of its columns in the result, from 0.
  public var columns: Range<Int>
  /// The list to whose elements it belongs, by its place among the lists.
  public var outer: Int?

  public init(columns: Range<Int>, outer: Int?) {
    self.columns = columns
    self.outer = outer
  }
}

/// How rows of a join become parents with lists, or why they cannot.
public struct NestingFacts: Sendable, Hashable {
  public struct List: Sendable, Hashable {
    /// Places that are NULL in a row without a child; none when there always is one.
    public var presence: [Int]
    /// Places that tell the children of one parent apart; absent when none comes twice.
    public var key: [Int]?
  }
  /// Places that tell parents apart; none when there is one at most.
  public var key: [Int]
  public var lists: [List]
  public var parents: StatementFacts.RowCount
  public var parentsReason: String
}

/// Why rows cannot be nested, and the place in the result that shows it.
public struct NestingProblem: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// INSERT, UPDATE, DELETE, MERGE.
    case modification
    case setOperation
    /// Aggregates, GROUP BY, or functions that give sets.
    case groups
    case noParent
    case repeatedRange(String)
    case limited
    case fullJoin
    /// No key of that range is in the result; what keys there are.
    case unkeyedParent(range: String, keys: [[String]])
    case unkeyedChild(range: String)
    /// A column of the parent that is none of the parent's own; the range of a list that it asks, if it asks one.
    case dependentColumn(name: String, list: String?)
    /// A list's columns are those of no one range.
    case unknownRange
  }
  public var kind: Kind
  /// The place of a column in the result.
  public var column: Int?

  public init(_ kind: Kind, at column: Int? = nil) {
    self.kind = kind
    self.column = column
  }
}
