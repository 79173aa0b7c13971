// What `transfer` needs of an engine: databases of applications, to read rows from and to write rows to.

public import SQLCEngine
public import SQLCModel

/// A table whose rows go from one database to another.
public struct TransferTable: Sendable {
  public struct Column: Sendable {
    public var name: String
    public var type: ValueType
    /// As the engine spells it.
    public var typeName: String

    public init(name: String, type: ValueType, typeName: String) {
      self.name = name
      self.type = type
      self.typeName = typeName
    }
  }

  public var name: QualifiedName
  /// Those that both databases have, without generated ones.
  public var columns: [Column]
  /// Names of the primary key's columns.
  public var key: [String]

  public init(name: QualifiedName, columns: [Column], key: [String]) {
    self.name = name
    self.columns = columns
    self.key = key
  }
}

/// Rows that were read, and where the next begin.
public struct TransferPage: Sendable {
  public var rows: [[TrialValue]]
  /// Of the last row, in words of the database that gave it.
  public var place: String?

  public init(rows: [[TrialValue]], place: String?) {
    self.rows = rows
    self.place = place
  }
}

/// How far a transfer has come with one table, kept in the database that gets the rows.
public struct TransferProgress: Sendable, Hashable {
  public enum State: String, Sendable, Hashable { case begun, done }

  public var table: String
  public var place: String?
  public var rows: Int
  public var state: State

  public init(table: String, place: String?, rows: Int, state: State) {
    self.table = table
    self.place = place
    self.rows = rows
    self.state = state
  }
}

/// A database of an application. Belongs to one thread at a time.
public protocol TransferDatabase: AnyObject {
  /// As messages call it, without a password.
  var name: String { get }
  var types: any TrialTypes { get }

  /// What of these tables is not there, for people.
  func missing(_ tables: [TransferTable]) throws(TrialFailure) -> [String]

  func count(of table: TransferTable) throws(TrialFailure) -> Int

  /// Rows behind a place, in an order in which each row has one.
  func page(of table: TransferTable, after place: String?, limit: Int) throws(TrialFailure) -> TransferPage

  /// The highest numbers that tables have given to rows, by table in lower case, of tables that give none twice.
  func givenNumbers() throws(TrialFailure) -> [String: Int64]

  // MARK: Writing

  /// Makes the table that says how far a transfer has come, unless it is there.
  func prepareProgress() throws(TrialFailure)

  /// What that table says; nothing where there is none.
  func progress() throws(TrialFailure) -> [TransferProgress]?

  func note(_ progress: TransferProgress) throws(TrialFailure)

  /// Removes that table.
  func forgetProgress() throws(TrialFailure)

  /// Begins a transaction for rows of these tables: triggers are off, and foreign keys between them may wait for its end.
  func begin(_ tables: [TransferTable]) throws(TrialFailure)

  func commit(_ tables: [TransferTable]) throws(TrialFailure)

  func rollBack()

  /// Inserts rows in a transaction; a failing call changes nothing.
  func insert(_ rows: [[TrialValue]], into table: TransferTable) throws(TrialFailure)

  /// Removes all rows of all these tables in a transaction.
  func removeRows(of tables: [TransferTable]) throws(TrialFailure)

  /// Lets tables that number their rows go on behind these numbers and those that are there.
  func continueNumbers(_ tables: [TransferTable], behind given: [String: Int64]) throws(TrialFailure)

  /// Rows that refer to none, for people, where foreign keys were not enforced.
  func brokenReferences() throws(TrialFailure) -> [String]
}
