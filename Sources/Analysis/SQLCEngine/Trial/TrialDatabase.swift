// What `exercise` and `migrate check` need of an engine: a database to fill with rows and to try statements on.

public import SQLCModel

/// Makes databases to try things on, and knows the engine's values.
public protocol TrialEngine<Database>: Sendable {
  associatedtype Database: TrialDatabase

  /// As its users call it: `SQLite`.
  var name: String { get }
  var types: any TrialTypes { get }

  /// An empty database, with foreign keys enforced and with what the application registers.
  ///
  /// - Parameter deadline: a statement that runs then is interrupted.
  func open(until deadline: TrialDeadline) throws(TrialFailure) -> Database

  /// What queries expect of the values of columns, read from their text.
  func expectations(of queries: [QueryModel]) -> ColumnExpectations

  /// What a statement of a migration does, as far as its text tells.
  func effects(of statement: String) -> [StatementEffect]

  /// The transactions in which the statements of a migration run.
  func transactions(of statements: [String]) -> TransactionPlan
}

/// A database whose tables get rows. Belongs to one thread at a time.
///
/// Names of tables and columns are given as ``TrialTable`` has them.
public protocol FillableDatabase: AnyObject {
  var types: any TrialTypes { get }

  /// Rows of a table.
  func rows(of table: String, _ columns: [String], where filter: RowFilter, limit: Int?) throws(TrialFailure)
    -> [[TrialValue]]

  /// Sets a column in every row.
  func update(_ column: String, of table: String, to value: TrialValue) throws(TrialFailure)

  /// Makes the rows of a table that shows those of others.
  func refresh(_ table: TrialTable) throws(TrialFailure)

  // MARK: Filling

  /// Begins a transaction in which foreign keys may wait for rows that are yet to come.
  func beginRows() throws(TrialFailure)

  /// Ends it. Fails when a foreign key still waits.
  func commitRows() throws(TrialFailure)

  func rollBackRows()

  /// False after a failure that took the whole transaction along. Any other failing statement changes nothing.
  var isInTransaction: Bool { get }

  /// Inserts one row; columns that are not given take their defaults.
  ///
  /// - Returns: the values of the columns that refer to other tables, as they are kept; nothing where the table cannot tell.
  /// - Throws: a trigger's refusal also where it leaves the row out without a word.
  func insert(_ values: [String: TrialValue], into table: TrialTable) throws(TrialFailure) -> [String: TrialValue]

  /// What an expression of a constraint gives for a row that is in no table; nothing when it fails.
  func evaluate(_ expression: String, over row: [String: TrialValue], of table: TrialTable) -> TrialValue?

  /// A day or time moved by some days; nothing for other values.
  func moved(_ value: TrialValue, byDays days: Int64) -> TrialValue?

  /// False when the engine does not allow it.
  func setTriggers(_ state: TriggerState) -> Bool
}

/// A database to fill and to try statements on.
public protocol TrialDatabase: FillableDatabase {
  associatedtype Schema: TrialSchema

  /// Another empty database with the same settings, deadline and registrations.
  func makeAnother() throws(TrialFailure) -> Self

  /// A database with the schema and the rows that this one had when it was asked first. Neither what it gave before nor, from
  /// then on, this one itself is used any more.
  func fresh() throws(TrialFailure) -> Self

  /// Runs one statement of a schema.
  func execute(_ statement: String) throws(TrialFailure)

  // MARK: Tables

  /// Every table that can have rows, sorted by name.
  ///
  /// - Parameters:
  ///   - expectations: of queries, for the values that are generated.
  ///   - only: names in lower case; absent: all.
  func tables(_ expectations: ColumnExpectations, only: Set<String>?) throws(TrialFailure) -> [TrialTable]

  func count(of table: String) throws(TrialFailure) -> Int

  /// Removes every row, whatever triggers say.
  func removeRows(of table: String) throws(TrialFailure)

  /// Removes each row that has a key in common with this one, whatever triggers say.
  ///
  /// - Parameter key: the columns of the primary key; empty: the row as a whole.
  func removeRows(of table: String, inWayOf row: [String: TrialValue], key: [String])

  // MARK: Trying

  /// Runs a query and undoes what it changed.
  ///
  /// - Parameters:
  ///   - limit: rows beyond that many are left out.
  ///   - look: looks at the database before that is undone.
  func attempt<Seen>(
    _ query: TrialQuery, limit: Int, then look: () throws(TrialFailure) -> Seen
  ) throws(TrialFailure) -> (run: TrialRun, seen: Seen)

  /// Lets tables that number their rows go on behind the highest number that is there.
  func continueNumbers() throws(TrialFailure)

  /// How the engine would find the rows of a query, which is not run.
  func access(of query: TrialQuery) throws(TrialFailure) -> RowAccess

  /// Runs the statements of a migration as the application does.
  func migrate(_ statements: [String], _ mode: MigrationMode) throws(TrialFailure) -> MigrationOutcome

  /// Has from now on the schema and the rows of the other.
  func become(_ other: Self) throws(TrialFailure)

  /// The schema as it is now.
  func schema() throws(TrialFailure) -> Schema

  /// What the engine finds wrong with indexes and what they are of: without a rule broken, a fault of whoever changed them.
  func inconsistencies() throws(TrialFailure) -> [String]

  /// The numbers that tables gave to their last rows, by table in lower case, of tables that give none twice.
  func lastNumbers() throws(TrialFailure) -> [String: Int64]

  /// Lets such tables have given more numbers than there are rows.
  func useUpNumbers() throws(TrialFailure)

  /// What is kept beside definitions and rows, each with its lines: settings of virtual tables and the words that a full-text
  /// index has, by its name; numbers of the file, by the empty name.
  func hiddenState() throws(TrialFailure) -> [String: [String]]
}

extension TrialDatabase {
  /// Runs a query and undoes what it changed.
  ///
  /// - Parameter limit: rows beyond that many are left out.
  @discardableResult
  public func attempt(_ query: TrialQuery, limit: Int) throws(TrialFailure) -> TrialRun {
    try attempt(query, limit: limit) { () throws(TrialFailure) in () }.run
  }

  public func continueNumbers() throws(TrialFailure) {}
  public func inconsistencies() throws(TrialFailure) -> [String] { [] }
  public func lastNumbers() throws(TrialFailure) -> [String: Int64] { [:] }
  public func useUpNumbers() throws(TrialFailure) {}
  public func hiddenState() throws(TrialFailure) -> [String: [String]] { [:] }
}

/// How rows are found.
public struct RowAccess: Sendable, Hashable {
  /// Indexes that are searched or read in their order, by the names of ``TrialSchema/objects``.
  public var indexes: Set<String>
  /// Tables whose rows are all read.
  public var scannedTables: Set<String>

  public init(indexes: Set<String>, scannedTables: Set<String>) {
    self.indexes = indexes
    self.scannedTables = scannedTables
  }
}

public enum TriggerState: Sendable, Hashable { case on, off }

/// Which rows of a table.
public struct RowFilter: Sendable {
  /// Columns that are not NULL.
  public var notNull: [String]
  public var equal: [(column: String, value: TrialValue)]

  public init(notNull: [String] = [], equal: [(column: String, value: TrialValue)] = []) {
    self.notNull = notNull
    self.equal = equal
  }
}
