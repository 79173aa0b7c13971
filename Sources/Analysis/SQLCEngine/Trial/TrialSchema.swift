// What the trial of migrations asks of a schema, and of the statements that change it.

public import SQLCDiagnostics

/// A table, view, index or trigger, by the name under which the engine finds it.
public struct TrialObject: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case table, view, index, trigger }

  public var kind: Kind
  public var name: String
  /// What an index or trigger belongs to.
  public var owner: String?

  public init(_ kind: Kind, _ name: String, owner: String? = nil) {
    self.kind = kind
    self.name = name
    self.owner = owner
  }
}

/// The schema of a database at one version: a value.
public protocol TrialSchema: Sendable {
  /// Of the version before the first migration.
  init()

  var objects: [TrialObject] { get }
  func contains(_ object: TrialObject) -> Bool
  func columns(of table: String) -> [String]
  /// Without those that are generated.
  func storedColumns(of table: String) -> [String]
  func primaryKey(of table: String) -> [String]
  func uniqueKeys(of table: String) -> [UniqueKey]
  /// Of the columns that are stored, what they take.
  func columnRules(of table: String) -> [ColumnRule]
  func foreignKeys(of table: String) -> Set<ForeignKeyRule>
  /// Tables that the triggers on a table name.
  func tablesNamedByTriggers(on table: String) -> [String]

  /// Objects that are not the same in both, or not in both.
  func changedObjects(from other: Self) -> [TrialObject]
  /// What `other` has and this lacks, and the other way around, for people.
  func differences(from other: Self) -> [String]
  /// Does an object that this has say what one of the other schema says, apart from their names?
  func isSame(_ object: TrialObject, as counterpart: TrialObject, of other: Self) -> Bool
  /// Does a constraint of the table keep rows apart as this index of the other schema did?
  func hasConstraint(insteadOf index: TrialObject, of other: Self) -> Bool
  /// Columns that an index is over.
  func columns(ofIndex index: TrialObject) -> [String]
}

extension TrialSchema {
  public func hasTable(_ name: String) -> Bool { contains(TrialObject(.table, name)) }
}

/// What a column takes.
public struct ColumnRule: Sendable, Hashable {
  public enum NullRule: Sendable, Hashable { case nullable, notNull }

  public var name: String
  /// As the engine calls it, the same for types whose values are the same to callers; empty: none.
  public var type: String
  public var nulls: NullRule

  public init(name: String, type: String, nulls: NullRule) {
    self.name = name
    self.type = type
    self.nulls = nulls
  }
}

/// What keeps rows referring to others.
public struct ForeignKeyRule: Sendable, Hashable {
  public var columns: [String]
  public var parent: String

  public init(columns: [String], parent: String) {
    self.columns = columns
    self.parent = parent
  }
}

/// What keeps rows apart.
public struct UniqueKey: Sendable, Hashable {
  /// By name, each with what tells two of its values apart: a collation.
  public var columns: [String: String]
  /// Rows that it is about, in the engine's words; absent: all.
  public var condition: String?
  /// Of an index on expressions, in the engine's words.
  public var expressions: String?
  /// Absent: a constraint.
  public var index: String?

  public init(columns: [String: String], condition: String? = nil, expressions: String? = nil, index: String? = nil) {
    self.columns = columns
    self.condition = condition
    self.expressions = expressions
    self.index = index
  }

  /// Rows that this keeps apart are kept apart by the other too.
  public func implies(_ other: UniqueKey) -> Bool {
    if expressions != nil || other.expressions != nil {
      return expressions == other.expressions && condition == other.condition
    }
    return columns.allSatisfy { other.columns[$0.key] == $0.value }
      && (condition == nil || condition == other.condition)
  }
}

/// One thing that a statement of a migration does.
public enum StatementEffect: Sendable, Hashable {
  /// A name as the engine finds it and as it is written.
  public struct Name: Sendable, Hashable {
    public var key: String
    public var text: String

    public init(key: String, text: String) {
      self.key = key
      self.text = text
    }
  }

  case inserts(into: String)
  /// Inserts the rows of a query, and leaves out those that are refused, or those in their way: `INSERT OR IGNORE`.
  case passesOver(clause: String, table: Name)
  /// Updates or deletes rows.
  case changesRows(of: String)
  case creates(TrialObject.Kind, String)
  /// Adds a constraint that keeps rows of a table apart.
  case addsKey(to: String)
  case drops(TrialObject.Kind, Name)
  case dropsColumn(Name, of: Name)
  case renames(table: Name, to: Name)
  case renamesColumn(Name, of: Name, to: Name)
  case beginsTransaction
  case commitsTransaction
  /// A setting that the engine ignores inside a transaction.
  case setsOutsideTransactions
}

/// In which transactions the statements of a migration run.
public struct TransactionPlan: Sendable, Hashable {
  public var count: Int
  /// The first statement that the engine refuses inside a transaction.
  public var firstAlone: Int?

  public init(count: Int, firstAlone: Int?) {
    self.count = count
    self.firstAlone = firstAlone
  }
}

/// May statements of a migration run outside a transaction?
public enum MigrationMode: Sendable, Hashable {
  /// All of them run in one; the engine refuses what cannot.
  case oneTransaction
  /// Those run outside that the engine refuses inside, the others together.
  case whereAllowed
  /// Each by itself, and whatever fails is left out.
  case loose
}

public struct MigrationOutcome: Sendable, Hashable {
  public struct Failure: Sendable, Hashable {
    /// Of the statement, from 0.
    public var index: Int
    public var reason: String

    public init(index: Int, reason: String) {
      self.index = index
      self.reason = reason
    }
  }

  /// What the engine itself holds against a statement that ran, or why it says that one cannot.
  public struct Remark: Sendable, Hashable {
    /// Of the statement, from 0.
    public var index: Int
    public var rule: Rule
    public var message: String
    public var notes: [String]

    public init(index: Int, rule: Rule, message: String, notes: [String] = []) {
      self.index = index
      self.rule = rule
      self.message = message
      self.notes = notes
    }
  }

  public var failure: Failure?
  /// Tables with rows that refer to rows which are gone.
  public var brokenReferences: [String]
  public var remarks: [Remark]

  public init(failure: Failure? = nil, brokenReferences: [String] = [], remarks: [Remark] = []) {
    self.failure = failure
    self.brokenReferences = brokenReferences
    self.remarks = remarks
  }
}
