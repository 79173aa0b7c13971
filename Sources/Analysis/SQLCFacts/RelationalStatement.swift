// A statement as relations: what each row of a result is made of, and which conditions it fulfils. In words of no engine, so
// that what is proven over it is proven for all.
//
// It says less than an engine's own tree: how an expression computes its value matters only where that decides which rows
// there are. Names are resolved, stars are spelled out, `USING` is an equality.

public import SQLCDiagnostics

/// One statement; of a query with choices, one of its combinations.
public struct RelationalStatement: Sendable {
  public enum Body: Sendable {
    case query(RelationalQuery)
    case insert(RelationalInsert)
    case update(RelationalUpdate)
    case delete(RelationalDelete)
    /// It reads and writes no rows of tables.
    case other
  }

  public var body: Body
  /// Names of parameters by index: element 0 has index 1; absent for `?`.
  public var parameterNames: [String?]
  /// The file that ranges outside of views are in.
  public var path: String
  /// Indexes of parameters that stand for many values, though each occurrence is of one: the fields of lists of rows.
  public var listParameters: Set<Int> = []

  public init(body: Body, parameterNames: [String?], path: String) {
    self.body = body
    self.parameterNames = parameterNames
    self.path = path
  }
}

extension RelationalStatement {
  /// With the fields of a query's lists of rows known for what they are.
  public func marking(_ isField: (String) -> Bool) -> RelationalStatement {
    var marked = self
    for (index, name) in parameterNames.enumerated() where name.map(isField) ?? false {
      marked.listParameters.insert(index + 1)
    }
    return marked
  }
}

/// `WITH … body ORDER BY … LIMIT …`
public struct RelationalQuery: Sendable {
  public indirect enum Body: Sendable {
    case select(RelationalSelect)
    case values([[RelationalExpression]])
    case compound(CompoundOperator, Body, Body)
  }

  public enum CompoundOperator: Sendable, Hashable { case union, unionAll, intersect, except }

  public var commonTables: [RelationalCommonTable]
  public var body: Body
  public var orderBy: [RelationalExpression]
  public var limit: RelationalExpression?
  public var offset: RelationalExpression?
  public var range: ByteRange

  public init(
    commonTables: [RelationalCommonTable], body: Body, orderBy: [RelationalExpression],
    limit: RelationalExpression?, offset: RelationalExpression?, range: ByteRange
  ) {
    self.commonTables = commonTables
    self.body = body
    self.orderBy = orderBy
    self.limit = limit
    self.offset = offset
    self.range = range
  }
}

public struct RelationalCommonTable: Sendable {
  /// Unique within the statement.
  public var id: Int
  public var name: String
  public var isRecursive: Bool
  public var query: RelationalQuery

  public init(id: Int, name: String, isRecursive: Bool, query: RelationalQuery) {
    self.id = id
    self.name = name
    self.isRecursive = isRecursive
    self.query = query
  }
}

public struct RelationalSelect: Sendable {
  public enum Grouping: Sendable {
    case none
    /// Aggregates over all rows: one row comes out, whatever goes in.
    case all
    case by([RelationalExpression])
  }

  public enum Duplicates: Sendable, Hashable { case kept, removed }

  public var duplicates: Duplicates
  public var outputs: [RelationalExpression]
  public var from: RelationalFrom?
  public var condition: RelationalExpression?
  public var grouping: Grouping
  public var having: RelationalExpression?
  public var range: ByteRange

  public init(
    duplicates: Duplicates, outputs: [RelationalExpression], from: RelationalFrom?, condition: RelationalExpression?,
    grouping: Grouping, having: RelationalExpression?, range: ByteRange
  ) {
    self.duplicates = duplicates
    self.outputs = outputs
    self.from = from
    self.condition = condition
    self.grouping = grouping
    self.having = having
    self.range = range
  }
}

public indirect enum RelationalFrom: Sendable {
  public enum JoinKind: Sendable, Hashable { case inner, left, right, full }

  case source(RelationalSource)
  case join(JoinKind, RelationalFrom, RelationalFrom, condition: RelationalExpression?)
}

/// One occurrence of a relation. Ids are unique within a statement, but the sources in a view's query or a common table's
/// occur wherever that is read.
public struct RelationalSource: Sendable {
  public indirect enum Kind: Sendable {
    case table(String)
    case view(String, RelationalQuery)
    case subquery(RelationalQuery)
    case commonTable(Int)
    /// A function that gives rows; what it reads is in its arguments.
    case function([RelationalExpression])
    /// One row of a table that is not read from it: the one that an upsert was to insert.
    case row(of: String)
  }

  public var id: Int
  public var name: String
  public var kind: Kind
  public var range: ByteRange

  public init(id: Int, name: String, kind: Kind, range: ByteRange) {
    self.id = id
    self.name = name
    self.kind = kind
    self.range = range
  }
}

public struct RelationalAssignment: Sendable {
  /// Indexes into the target's columns.
  public var columns: [Int]
  /// One for each column, or one for all of them: a query that gives a row.
  public var value: RelationalExpression
  public var range: ByteRange

  public init(columns: [Int], value: RelationalExpression, range: ByteRange) {
    self.columns = columns
    self.value = value
    self.range = range
  }
}

/// What becomes of rows that are in the way of one that is written.
public enum ConflictPolicy: Sendable, Hashable { case failure, ignored, replaced }

public struct RelationalInsert: Sendable {
  public var commonTables: [RelationalCommonTable]
  public var target: RelationalSource
  public var policy: ConflictPolicy
  /// Indexes into the target's columns, one for each value.
  public var columns: [Int]
  /// Absent: DEFAULT VALUES.
  public var source: RelationalQuery?
  public var upserts: [RelationalUpsert]
  public var returning: [RelationalExpression]

  public init(
    commonTables: [RelationalCommonTable], target: RelationalSource, policy: ConflictPolicy, columns: [Int],
    source: RelationalQuery?, upserts: [RelationalUpsert], returning: [RelationalExpression]
  ) {
    self.commonTables = commonTables
    self.target = target
    self.policy = policy
    self.columns = columns
    self.source = source
    self.upserts = upserts
    self.returning = returning
  }
}

public struct RelationalUpsert: Sendable {
  public enum Action: Sendable {
    case nothing
    case update([RelationalAssignment], condition: RelationalExpression?)
  }

  /// The columns of the key that rows collide on; absent where any key may be meant.
  public var key: [Int]?
  /// The rows that a partial index is about.
  public var keyCondition: RelationalExpression?
  /// The id of the row that was to be inserted.
  public var excluded: Int
  public var action: Action
  public var range: ByteRange

  public init(
    key: [Int]?, keyCondition: RelationalExpression?, excluded: Int, action: Action, range: ByteRange
  ) {
    self.key = key
    self.keyCondition = keyCondition
    self.excluded = excluded
    self.action = action
    self.range = range
  }
}

public struct RelationalUpdate: Sendable {
  public var commonTables: [RelationalCommonTable]
  public var target: RelationalSource
  public var policy: ConflictPolicy
  public var assignments: [RelationalAssignment]
  public var from: RelationalFrom?
  public var condition: RelationalExpression?
  public var returning: [RelationalExpression]
  public var limit: RelationalExpression?

  public init(
    commonTables: [RelationalCommonTable], target: RelationalSource, policy: ConflictPolicy,
    assignments: [RelationalAssignment], from: RelationalFrom?, condition: RelationalExpression?,
    returning: [RelationalExpression], limit: RelationalExpression?
  ) {
    self.commonTables = commonTables
    self.target = target
    self.policy = policy
    self.assignments = assignments
    self.from = from
    self.condition = condition
    self.returning = returning
    self.limit = limit
  }
}

public struct RelationalDelete: Sendable {
  public var commonTables: [RelationalCommonTable]
  public var target: RelationalSource
  public var condition: RelationalExpression?
  public var returning: [RelationalExpression]
  public var limit: RelationalExpression?

  public init(
    commonTables: [RelationalCommonTable], target: RelationalSource, condition: RelationalExpression?,
    returning: [RelationalExpression], limit: RelationalExpression?
  ) {
    self.commonTables = commonTables
    self.target = target
    self.condition = condition
    self.returning = returning
    self.limit = limit
  }
}
