// What a page shows of a project: texts and numbers, in words of no engine.

/// A project, described.
public struct DocumentedProject: Sendable, Hashable {
  public var title: String
  public var blocks: [DocumentedBlock]

  public init(title: String, blocks: [DocumentedBlock]) {
    self.title = title
    self.blocks = blocks
  }
}

/// One schema and its queries.
public struct DocumentedBlock: Sendable, Hashable {
  /// `SQLite`
  public var engine: String
  /// What tells it from other blocks: where its code goes.
  public var name: String
  /// By name.
  public var tables: [DocumentedTable]
  /// In the order of files and, within one, of the file.
  public var queries: [DocumentedQuery]
  /// What is not known of the block, in sentences.
  public var gaps: [String]

  public init(
    engine: String, name: String, tables: [DocumentedTable], queries: [DocumentedQuery], gaps: [String] = []
  ) {
    self.engine = engine
    self.name = name
    self.tables = tables
    self.queries = queries
    self.gaps = gaps
  }
}

public struct DocumentedTable: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case table, view
    /// Its rows are kept by a module, whose name this is: a full-text index.
    case module(String)
  }

  public var name: String
  public var kind: Kind
  /// Lines of the comment above it.
  public var documentation: [String]
  public var columns: [DocumentedColumn]
  /// Indexes into the columns.
  public var primaryKey: [Int]
  public var references: [DocumentedReference]
  /// `UNIQUE (a, b)`, `CHECK (…)`, indexes and triggers, in words of SQL.
  public var constraints: [String]
  /// Names of queries.
  public var readers: [String]
  public var writers: [String]
  /// `schema/001.sql:12`
  public var place: String?

  public init(
    name: String, kind: Kind = .table, documentation: [String] = [], columns: [DocumentedColumn],
    primaryKey: [Int] = [], references: [DocumentedReference] = [], constraints: [String] = [], readers: [String] = [],
    writers: [String] = [], place: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.documentation = documentation
    self.columns = columns
    self.primaryKey = primaryKey
    self.references = references
    self.constraints = constraints
    self.readers = readers
    self.writers = writers
    self.place = place
  }
}

public struct DocumentedColumn: Sendable, Hashable {
  public var name: String
  public var type: String
  public var swiftType: String?
  public var isNullable: Bool
  /// `DEFAULT 0`, `GENERATED`, `COLLATE NOCASE`, the values that it may have.
  public var properties: [String]
  public var documentation: [String]
  /// Names of queries.
  public var readers: [String]
  public var writers: [String]

  public init(
    name: String, type: String, swiftType: String? = nil, isNullable: Bool = false, properties: [String] = [],
    documentation: [String] = [], readers: [String] = [], writers: [String] = []
  ) {
    self.name = name
    self.type = type
    self.swiftType = swiftType
    self.isNullable = isNullable
    self.properties = properties
    self.documentation = documentation
    self.readers = readers
    self.writers = writers
  }
}

/// A foreign key.
public struct DocumentedReference: Sendable, Hashable {
  /// How many rows may refer to one.
  public enum Multiplicity: Sendable, Hashable { case one, many }
  /// Whether a row refers to one.
  public enum Presence: Sendable, Hashable { case required, optional }

  /// Indexes into the columns of the table that has it.
  public var columns: [Int]
  public var parent: String
  /// By name, in the order of ``columns``.
  public var parentColumns: [String]
  /// `ON DELETE CASCADE`
  public var actions: [String]
  public var multiplicity: Multiplicity
  public var presence: Presence

  public init(
    columns: [Int], parent: String, parentColumns: [String], actions: [String] = [], multiplicity: Multiplicity = .many,
    presence: Presence = .required
  ) {
    self.columns = columns
    self.parent = parent
    self.parentColumns = parentColumns
    self.actions = actions
    self.multiplicity = multiplicity
    self.presence = presence
  }
}

public struct DocumentedQuery: Sendable, Hashable {
  public enum Effect: Sendable, Hashable { case reads, writes }

  public var name: String
  /// `:one`
  public var command: String
  /// `at most one row`
  public var rows: String
  public var rowsReason: String
  public var effect: Effect
  public var documentation: [String]
  public var sql: String
  public var parameters: [DocumentedValue]
  public var results: [DocumentedValue]
  /// What a caller chooses: a predicate, a column that is set, an order.
  public var choices: [DocumentedChoice]
  /// Names of tables and views.
  public var reads: [String]
  public var writes: [String]
  public var plans: [DocumentedPlan]
  /// `queries/agents.sql:12`
  public var place: String

  public init(
    name: String, command: String, rows: String, rowsReason: String, effect: Effect = .reads,
    documentation: [String] = [], sql: String, parameters: [DocumentedValue] = [], results: [DocumentedValue] = [],
    choices: [DocumentedChoice] = [], reads: [String] = [], writes: [String] = [], plans: [DocumentedPlan] = [],
    place: String
  ) {
    self.name = name
    self.command = command
    self.rows = rows
    self.rowsReason = rowsReason
    self.effect = effect
    self.documentation = documentation
    self.sql = sql
    self.parameters = parameters
    self.results = results
    self.choices = choices
    self.reads = reads
    self.writes = writes
    self.plans = plans
    self.place = place
  }
}

/// A parameter, or a column of a result.
public struct DocumentedValue: Sendable, Hashable {
  public var name: String
  public var type: String
  public var swiftType: String?
  public var isNullable: Bool
  /// Why it can be NULL, and where that is written.
  public var reason: String?
  /// `agents.name`
  public var origin: DocumentedOrigin?

  public init(
    name: String, type: String, swiftType: String? = nil, isNullable: Bool, reason: String? = nil,
    origin: DocumentedOrigin? = nil
  ) {
    self.name = name
    self.type = type
    self.swiftType = swiftType
    self.isNullable = isNullable
    self.reason = reason
    self.origin = origin
  }
}

/// The column that a value comes from, is compared with or is stored in.
public struct DocumentedOrigin: Sendable, Hashable {
  public var table: String
  public var column: String

  public init(table: String, column: String) {
    self.table = table
    self.column = column
  }
}

public struct DocumentedChoice: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case predicate, assignment, order }

  public var kind: Kind
  public var name: String
  /// As it is written.
  public var text: String

  public init(kind: Kind, name: String, text: String) {
    self.kind = kind
    self.name = name
    self.text = text
  }
}

/// How the database runs a statement.
public struct DocumentedPlan: Sendable, Hashable {
  /// The combinations of a query's choices that run so; one empty text without choices.
  public var combinations: [String]
  /// Lines of a tree; none where no table is read.
  public var steps: [String]

  public init(combinations: [String] = [""], steps: [String]) {
    self.combinations = combinations
    self.steps = steps
  }
}
