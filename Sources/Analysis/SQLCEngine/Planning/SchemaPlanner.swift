// What `migrate diff` asks of an engine: the statements that take one schema to another.

public import SQLCModel

/// Compares two schemas and writes the statements that lead from one to the other and back.
///
/// A schema is given as the definitions that make it, each of which can be run after those before it.
public protocol SchemaPlanner: Sendable {
  /// - Throws: ``SchemaPlanFailure`` where a definition or a choice cannot be used.
  func plan(
    from definitions: [String], to wanted: [String], _ choices: PlanChoices
  ) throws(SchemaPlanFailure) -> SchemaPlanAnswer

  /// What migrations make of an empty database, definitions and rows, as statements that make it at once.
  ///
  /// - Throws: ``SchemaPlanFailure`` where something cannot be read back.
  func snapshot(of migrations: [MigrationModel]) throws(SchemaPlanFailure) -> SnapshotPlan
}

/// A migration that makes at once what others made step by step.
public struct SnapshotPlan: Sendable, Hashable {
  public var up: [PlannedStatement]
  public var down: [PlannedStatement]
  /// How many rows the migrations wrote, by table.
  public var rows: [String: Int]
  /// What a run writes of the clock or of chance, in lower case: `current_timestamp`. Rows have the values of this run.
  public var varying: [String]
  /// Statements that change neither definitions nor rows and are not kept.
  public var leftOut: [String]

  public init(
    up: [PlannedStatement], down: [PlannedStatement], rows: [String: Int], varying: [String], leftOut: [String]
  ) {
    self.up = up
    self.down = down
    self.rows = rows
    self.varying = varying
    self.leftOut = leftOut
  }
}

/// What a plan came to.
public enum SchemaPlanAnswer: Sendable, Hashable {
  /// Both schemas say the same.
  case same
  /// Something has gone and something like it has come: a rename, or the one dropped and the other new? Only the user knows.
  case undecided([RenameQuestion])
  case plan(SchemaPlan)
}

/// A schema or a choice that cannot be used.
public struct SchemaPlanFailure: Error, Sendable, Hashable {
  public var message: String
  public init(_ message: String) { self.message = message }
}

// MARK: Choices

/// What the user decides, since nothing in two schemas tells it.
public struct PlanChoices: Sendable, Hashable {
  public var renames: [Rename]
  /// What is dropped on purpose, with its values, although something new is like it.
  public var drops: [Subject]
  /// Values for columns that have none, or not in every row.
  public var backfills: [Backfill]
  public var repeatables: RepeatableObjects

  public init(
    renames: [Rename] = [], drops: [Subject] = [], backfills: [Backfill] = [], repeatables: RepeatableObjects = .none
  ) {
    self.renames = renames
    self.drops = drops
    self.backfills = backfills
    self.repeatables = repeatables
  }

  /// What repeatable migrations make, which are applied after every step: none of the steps' business.
  public enum RepeatableObjects: Sendable, Hashable {
    case none
    /// In both schemas. A new database does not have them yet when the step runs.
    case staying([TrialObject])
    /// In neither. They are made again after the step, and could be in its way: it drops them where they are there.
    case madeAnew([TrialObject])
  }

  /// A table, or a column of one, by name in any case.
  public enum Subject: Sendable, Hashable {
    case table(String)
    case column(String, of: String)
  }

  public struct Rename: Sendable, Hashable {
    public var old: Subject
    /// The new name alone.
    public var new: String

    public init(_ old: Subject, to new: String) {
      self.old = old
      self.new = new
    }
  }

  /// An expression over the columns that the table's rows have before the change.
  public struct Backfill: Sendable, Hashable {
    public var table: String
    public var column: String
    public var expression: String

    public init(table: String, column: String, expression: String) {
      self.table = table
      self.column = column
      self.expression = expression
    }
  }
}

/// What is gone, and what it may be called now, the likeliest first.
public struct RenameQuestion: Sendable, Hashable {
  public var subject: PlanChoices.Subject
  public var candidates: [String]

  public init(_ subject: PlanChoices.Subject, candidates: [String]) {
    self.subject = subject
    self.candidates = candidates
  }
}

extension PlanChoices.Subject: CustomStringConvertible {
  /// As `--rename` and `--drop` take it.
  public var description: String {
    switch self {
    case .table(let table): table
    case .column(let column, let table): "\(table).\(column)"
    }
  }
}
