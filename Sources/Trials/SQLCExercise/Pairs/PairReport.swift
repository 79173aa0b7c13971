// What two engines answered to the same queries on the same rows.

public import SQLCModel

/// One way in which the engines differ.
public struct Difference: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The same rows in another order, though the query says which comes first.
    case order
    /// Other rows.
    case rows
    /// Rows that are the same but for these columns.
    case values(columns: [String])
    /// One engine refuses what the other does; who, and its words.
    case refusal(engine: String, message: String)
    /// The rows of a table afterwards.
    case effect(table: String)
  }

  public var kind: Kind
  public var family: DifferenceFamily
  /// The statement as each engine was given it, with its arguments in place.
  public var statements: [String]
  /// What each gave, row by row; of an effect, the rows that one alone has.
  public var answers: [[String]]
  /// The rows that are enough to show it, by table; none where they were not looked for.
  public var rows: [SeenRows] = []
}

/// Rows of one table, as both databases have them.
public struct SeenRows: Sendable, Hashable {
  public var table: String
  /// `(id, name) = (1, 'a')`
  public var rows: [String]
}

/// What lies behind a difference, as far as the answers tell. Each is a section of the article on two engines' answers.
public enum DifferenceFamily: String, Sendable, Hashable, CaseIterable {
  case nullOrder = "NULL in an order"
  case collation = "Order of texts"
  case letterCase = "LIKE and letters"
  case division = "Division and numbers"
  case textAndNumbers = "Texts and numbers"
  case times = "Times and zones"
  case limit = "LIMIT and open orders"
  case json = "JSON"
  case refusals = "What one engine refuses"
  case storage = "What a column keeps"
  case other = "Anything else"
}

/// A pair of queries, over all runs.
public struct PairOutcome: Sendable {
  public var first: QueryModel
  public var second: QueryModel
  /// Runs that both engines finished, and those that both refused.
  public var runs = 0
  public var refusals = 0
  public var rows = 0
  /// Each kind of difference once.
  public var differences: [Difference] = []
  /// Runs whose rows came in another order, which the query leaves open.
  public var openOrders = 0
  /// Runs that gave something else when they were repeated.
  public var varying = 0

  public init(first: QueryModel, second: QueryModel) {
    self.first = first
    self.second = second
  }
}

/// Rows that were put into both databases, and are not the same in them.
public struct StorageDifference: Sendable, Hashable {
  public var table: String
  public var columns: [String]
  /// A row as each engine has it.
  public var rows: [String]
}

public struct PairReport: Sendable {
  /// As their users call them.
  public var engines: [String]
  public var seed: UInt64
  /// Of each engine.
  public var databases = 0
  public var outcomes: [PairOutcome] = []
  /// Queries that were not compared, and why.
  public var uncompared: [(query: QueryModel, reason: String)] = []
  public var refusedRows: [RefusedRow] = []
  public var storage: [StorageDifference] = []
  /// Tables that no row could be put into, and why.
  public var unfilled: [String: String] = [:]
  /// Tables that one schema alone has, by engine.
  public var lonely: [String: [String]] = [:]
  public var isCutShort = false

  /// Of answers, effects and rows that are kept; a row that one engine refuses is in neither database.
  public var differences: Int {
    outcomes.reduce(0) { $0 + $1.differences.count } + storage.count
  }
}
