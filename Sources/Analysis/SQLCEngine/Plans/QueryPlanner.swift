// How an engine would run statements: what `vet` and `plan` ask of those that can tell.

public import SQLCDiagnostics
public import SQLCModel

/// An engine that tells plans. Whoever holds an `Engine` asks whether it is one.
public protocol PlanningEngine: Engine {
  /// A planner over the schema that the files make, which has no errors.
  ///
  /// - Parameter statistics: of a database with rows; without any, the engine's own guesses hold.
  /// - Throws: what keeps the engine from planning at all.
  func planner(over schema: [SourceFile], statistics: PlanStatistics?) throws -> any QueryPlanner
}

/// A schema in which statements are planned and indexes tried. It belongs to one thread at a time.
public protocol QueryPlanner: AnyObject {
  /// How tables are joined where no index finds the rows.
  var joins: JoinMethod { get }

  /// The steps of a statement, each behind the one that it is part of.
  func plan(of statement: [SQLSegment]) throws(PlanFailure) -> [PlanStep]

  /// The steps of a statement in a schema that has some indexes more, each of which can be made. They are gone afterwards.
  func plan(of statement: [SQLSegment], with indexes: [ProposedIndex]) throws(PlanFailure) -> [PlanStep]

  /// How many rows the statistics say that a table has; nothing where they say nothing.
  func rowCount(of table: String) -> Int?

  /// `CREATE INDEX …`, without a semicolon.
  func definition(of index: ProposedIndex) -> String

  /// Makes an index, until it is removed.
  func add(_ index: ProposedIndex) throws(PlanFailure)

  /// Takes an index away, which was added or is the schema's.
  func remove(indexNamed name: String) throws(PlanFailure)

  /// Makes an index of the schema again, by the name under which it was removed.
  func restore(indexNamed name: String) throws(PlanFailure)
}

extension QueryPlanner {
  public func plan(
    of statement: [SQLSegment], with indexes: [ProposedIndex]
  ) throws(PlanFailure) -> [PlanStep] {
    var added: [ProposedIndex] = []
    defer { for index in added { try? remove(indexNamed: index.name) } }
    for index in indexes {
      try add(index)
      added.append(index)
    }
    return try plan(of: statement)
  }
}

/// How an engine joins tables that it reads whole.
public enum JoinMethod: Sendable, Hashable {
  /// One table is read, or indexed for this one run, for the rows of another.
  case nested
  /// Each is read once, and the rows that belong together are found by a hash: for all rows of both that is the best there is.
  case hashed
}

/// Why there is no plan, in the engine's words.
public struct PlanFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String
  public var description: String { message }

  public init(_ message: String) { self.message = message }
}

/// What a database has found of the rows of its tables and indexes, in its engine's own form.
public struct PlanStatistics: Sendable, Hashable {
  /// One row of a table of statistics.
  public struct Row: Sendable, Hashable {
    public var table: String
    /// Absent: of the table itself.
    public var index: String?
    public var text: String

    public init(table: String, index: String?, text: String) {
      self.table = table
      self.index = index
      self.text = text
    }
  }

  public var rows: [Row]

  public init(rows: [Row]) { self.rows = rows }
}

/// One step of a plan.
public struct PlanStep: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// Every row of a table.
    case scan
    /// Every entry of an index, in its order.
    case indexScan = "index scan"
    /// The rows that an index or a key finds.
    case search
    /// An index that is made for this one run.
    case automaticIndex = "automatic index"
    /// Rows are kept aside and put in order, or told apart.
    case sort
    /// Runs once.
    case subquery
    /// Runs for each row.
    case correlatedSubquery = "correlated subquery"
    /// Rows that another step has made.
    case intermediate
    case other
  }

  /// What is read where an index is used.
  public enum Reading: Sendable, Hashable {
    case rows
    /// All that is wanted stands in the index.
    case indexOnly
  }

  public var kind: Kind
  /// The place, in the plan, of the step that this one is part of.
  public var parent: Int?
  /// What the statement calls the table.
  public var source: String?
  /// Where the engine, or who looked into the statement, knows it.
  public var table: String?
  public var index: String?
  public var reading: Reading
  /// What rows are found by: `user_id=?`.
  public var terms: [String]
  /// Of a sort: `ORDER BY`.
  public var purpose: String?
  /// In the engine's words.
  public var detail: String

  public init(
    _ kind: Kind, parent: Int? = nil, source: String? = nil, table: String? = nil, index: String? = nil,
    reading: Reading = .rows, terms: [String] = [], purpose: String? = nil, detail: String
  ) {
    self.kind = kind
    self.parent = parent
    self.source = source
    self.table = table
    self.index = index
    self.reading = reading
    self.terms = terms
    self.purpose = purpose
    self.detail = detail
  }
}
