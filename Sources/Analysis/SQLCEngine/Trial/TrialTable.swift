// What a table wants of its rows.

public import SQLCModel

/// A table to fill.
public struct TrialTable: Sendable {
  public enum Kind: Sendable, Hashable {
    case ordinary
    /// Its rows are kept by a module of the engine's: a full-text index.
    case module
    /// It shows rows of other tables, and is refreshed and not filled.
    case derived
  }

  public struct Column: Sendable {
    public var name: String
    /// As messages call it.
    public var declaredType: String
    /// May generated rows have NULL in it?
    public var mayBeNull: Bool
    /// 1-based place in the primary key, 0 outside it.
    public var keyPlace: Int
    public var isGenerated: Bool
    /// The database numbers rows that give it no value.
    public var isNumbered: Bool
    /// Must differ from row to row.
    public var isUnique = false
    /// Columns of numbers refer to this one of text: its texts have to be numbers.
    public var isReferredToByNumbers = false
    public var kind: ValueKind
    public var hints = ValueHints()
    /// In lower case.
    public var key: String { name.lowercased() }

    public init(
      name: String, declaredType: String, mayBeNull: Bool, keyPlace: Int, isGenerated: Bool, isNumbered: Bool = false,
      kind: ValueKind
    ) {
      self.name = name
      self.declaredType = declaredType
      self.mayBeNull = mayBeNull
      self.keyPlace = keyPlace
      self.isGenerated = isGenerated
      self.isNumbered = isNumbered
      self.kind = kind
    }
  }

  public struct ForeignKey: Sendable {
    public var columns: [String]
    public var parent: String
    /// Empty when the parent's primary key is meant.
    public var parentColumns: [String]

    public init(columns: [String], parent: String, parentColumns: [String]) {
      self.columns = columns
      self.parent = parent
      self.parentColumns = parentColumns
    }

    public func has(_ column: Column) -> Bool { columns.contains { $0.lowercased() == column.key } }

    /// The columns that are referred to, in the order of ``columns``.
    public func targets(in parent: TrialTable) -> [String] {
      parentColumns.isEmpty ? parent.primaryKey : parentColumns
    }
  }

  public var name: String
  public var kind: Kind
  public var columns: [Column]
  public var foreignKeys: [ForeignKey]
  public var rules = RowRules()

  public init(name: String, kind: Kind, columns: [Column], foreignKeys: [ForeignKey]) {
    self.name = name
    self.kind = kind
    self.columns = columns
    self.foreignKeys = foreignKeys
  }

  /// In lower case.
  public var key: String { name.lowercased() }

  public var primaryKey: [String] {
    columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name)
  }

  public func column(_ name: String) -> Column? { columns.first { $0.key == name.lowercased() } }
}

/// What can refuse a row of a table, so that a refusal leads to the columns that are to change. Columns are named in lower
/// case.
public struct RowRules: Sendable {
  /// A CHECK, or what a trigger asks before it raises.
  public struct Condition: Sendable {
    /// How messages name it, in lower case and without blanks: the constraint's name, or its text.
    public var names: Set<String>
    public var columns: [String]
    public var relations: [Relation]

    public init(names: Set<String> = [], columns: [String], relations: [Relation] = []) {
      self.names = names
      self.columns = columns
      self.relations = relations
    }
  }

  /// A column that is compared with something: what the other side gives is a candidate for the column's value.
  public struct Relation: Sendable {
    public enum Place: Sendable { case equal, above, below }
    public var column: String
    /// Where the column's value has to lie, seen from the other side.
    public var place: Place
    /// The other side, as SQL over the columns of the row.
    public var other: String

    public init(column: String, place: Place, other: String) {
      self.column = column
      self.place = place
      self.other = other
    }
  }

  public var checks: [Condition] = []
  /// Of triggers that refuse rows that are inserted.
  public var guards: [Condition] = []
  /// What each generated column is made of.
  public var sources: [String: [String]] = [:]
  /// The columns of each unique index, those of its expressions and of its condition among them.
  public var unique: [[String]] = []

  public init() {}

  /// The check that a message is about.
  public func check(named name: String) -> Condition? {
    let plain = name.filter { !$0.isWhitespace }.lowercased()
    return checks.first { $0.names.contains(plain) }
  }
}

/// What constraints and queries say about good values of a column. Nothing is proven by it: a value that the database refuses
/// is thrown away and another one is tried.
public struct ValueHints: Sendable {
  /// Values that the column is compared with.
  public var literals: [TrialValue] = []
  /// GLOB and LIKE patterns, and regular expressions.
  public var patterns: [Pattern] = []
  public var wantsJSON = false
  /// Members of a JSON object that constraints and generated columns look at.
  public var jsonKeys: [String] = []
  /// Lengths that the column's length is compared with.
  public var lengths: [Int] = []
  /// The characters that a text may have, as between the brackets of GLOB: of `NOT GLOB '*[^A-Z0-9]*'`.
  public var alphabets: [String] = []
  /// Values that queries look for.
  public var asked: [TrialValue] = []
  /// What the JSON has to be: `json_type(x) = 'array'`.
  public var jsonTypes: [String] = []

  public struct Pattern: Sendable {
    public enum Language: Sendable {
      case glob, like
      /// A regular expression.
      case regular
    }

    public var language: Language
    public var text: String

    public init(language: Language, text: String) {
      self.language = language
      self.text = text
    }
  }

  public init() {}

  /// Adds what another constraint says.
  public mutating func merge(_ other: ValueHints) {
    literals += other.literals
    patterns += other.patterns
    lengths += other.lengths
    alphabets += other.alphabets
    asked += other.asked
    jsonKeys += other.jsonKeys
    jsonTypes += other.jsonTypes
    wantsJSON = wantsJSON || other.wantsJSON
  }
}

/// What queries and the analysis expect of columns. Names are in lower case.
public struct ColumnExpectations: Sendable {
  /// The type of each column, by table.
  public var types: [String: [String: ValueType]] = [:]
  /// Columns that some query hands to a JSON function: text that is no JSON would only make the query fail.
  public var json: Set<String> = []
  /// Values that queries look for in columns: `WHERE status = 'pending'` finds nothing unless some row has it.
  public var asked: [String: [TrialValue]] = [:]

  public init() {}
}
