// A migration that is planned and not yet proven.

/// The statements of a migration, and what is claimed of them.
public struct SchemaPlan: Sendable, Hashable {
  public var up: [PlannedStatement]
  public var down: [PlannedStatement]
  /// In words for people, in the order of the plan: `column agents.status added`.
  public var changes: [String]
  /// What going up can refuse or lose.
  public var hazards: [PlanHazard]
  /// What the way back has to make up, in words for people.
  public var standIns: [String]
  /// Rows that are there after going up as they were before.
  public var kept: [KeptTable]

  public init(
    up: [PlannedStatement], down: [PlannedStatement], changes: [String], hazards: [PlanHazard], standIns: [String],
    kept: [KeptTable]
  ) {
    self.up = up
    self.down = down
    self.changes = changes
    self.hazards = hazards
    self.standIns = standIns
    self.kept = kept
  }
}

/// One statement, without its semicolon, and what it is there for.
public struct PlannedStatement: Sendable, Hashable {
  public var sql: String
  /// A line of prose that stands above it; absent where the statement says it all.
  public var comment: String?

  public init(_ sql: String, comment: String? = nil) {
    self.sql = sql
    self.comment = comment
  }
}

/// A change that some rows do not survive, or that fails on them.
public struct PlanHazard: Sendable, Hashable {
  /// What becomes of a row that breaks a new rule.
  public enum Conflict: Sendable, Hashable {
    /// The migration fails on it.
    case refused
    /// The definition says that it, or the row in its way, goes without a word (`ON CONFLICT REPLACE`, `IGNORE`).
    case deleted
  }

  public enum Kind: Sendable, Hashable {
    case droppedTable
    case droppedColumn(String)
    case changedType(String, from: String, to: String)
    case notNull(String, Conflict = .refused)
    case newCheck(String)
    /// By columns and expressions; of a partial one, the condition last.
    case newKey([String], Conflict = .refused)
    case newForeignKey([String])
    /// Stored values are computed from now on.
    case generated(String)
    /// Columns are held to their types.
    case strict
    /// A column that took every value as it was converts some.
    case converting(String, type: String)
    /// The number of its row is called by that name from now on.
    case rowNumber(String)
    /// A table that cannot be read back is made anew, empty.
    case unreadable
  }

  public var kind: Kind
  /// By the name that it has before.
  public var table: String

  public init(_ kind: Kind, of table: String) {
    self.kind = kind
    self.table = table
  }

  /// Does it destroy values? The others fail, and leave the database as it was.
  public var losesValues: Bool {
    switch kind {
    case .droppedTable, .droppedColumn, .changedType, .converting, .generated, .unreadable: true
    case .notNull(_, let conflict), .newKey(_, let conflict): conflict == .deleted
    case .newCheck, .newForeignKey, .rowNumber, .strict: false
    }
  }
}

/// A table before and after, and the columns whose values stay.
public struct KeptTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public enum Values: Sendable, Hashable {
      case same
      /// The new type may write them otherwise: a text of digits becomes a number.
      case converted
      /// A NULL gives way to something else, every other value stays.
      case sameUnlessNull
      /// A NULL gives way to something else, and the new type may write the others otherwise.
      case convertedUnlessNull
      /// On the way back they refer to rows that are gone, and become NULL.
      case sameGoingUp
    }
    public var old: String
    public var new: String
    public var values: Values

    public init(_ old: String, _ new: String, _ values: Values) {
      self.old = old
      self.new = new
      self.values = values
    }
  }

  public var old: String
  public var new: String
  public var columns: [Column]
  /// Numbers that it gave to rows once are not given again.
  public var keepsNumbers: Bool

  public init(old: String, new: String, columns: [Column], keepsNumbers: Bool = false) {
    self.old = old
    self.new = new
    self.columns = columns
    self.keepsNumbers = keepsNumbers
  }
}

extension PlanHazard: CustomStringConvertible {
  public var description: String {
    switch kind {
    case .droppedTable: "the rows of '\(table)' are lost"
    case .droppedColumn(let column): "the values of '\(table).\(column)' are lost"
    case .changedType(let column, let old, let new):
      "'\(table).\(column)' was \(old.isEmpty ? "without a type" : old) and becomes \(new.isEmpty ? "without a type" : new):"
        + " values may be written otherwise or be refused"
    case .notNull(let column, .refused): "'\(table).\(column)' becomes NOT NULL, and nothing says what stands for NULL"
    case .notNull(let column, .deleted):
      "'\(table).\(column)' becomes NOT NULL ON CONFLICT IGNORE: rows with NULL are lost"
    case .newCheck(let check): "a new CHECK of '\(table)' (\(check)) refuses rows that break it"
    case .newKey(let columns, .refused):
      "a new key of '\(table)' (\(columns.joined(separator: ", "))) refuses equal rows"
    case .newKey(let columns, .deleted):
      "a new key of '\(table)' (\(columns.joined(separator: ", "))) deletes equal rows but one, as its ON CONFLICT says"
    case .newForeignKey(let columns):
      "a new foreign key of '\(table)' (\(columns.joined(separator: ", "))) refuses rows whose parent is not there"
    case .generated(let column): "the values of '\(table).\(column)' are lost: they are computed from now on"
    case .converting(let column, let type):
      "'\(table).\(column)' kept every value as it was in a STRICT table; \(type) without STRICT writes text of digits as numbers"
    case .rowNumber(let column):
      "'\(table).\(column)' becomes the number of the row: NULL gets a number, and what is no integer is refused"
    case .strict: "'\(table)' becomes STRICT, and refuses values of other types"
    case .unreadable: "'\(table)' cannot be read back, and is made anew without its rows"
    }
  }
}
