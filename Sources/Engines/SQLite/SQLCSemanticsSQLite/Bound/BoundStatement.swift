public import SQLCDiagnostics
public import SQLCSyntaxSQLite

/// A statement whose names are resolved to catalog objects and whose stars are spelled out. No types yet.
public struct BoundStatement: Sendable {
  public indirect enum Body: Sendable {
    case query(BoundQuery)
    case insert(BoundInsert)
    case update(BoundUpdate)
    case delete(BoundDelete)
    /// PRAGMA, transaction control and the like: nothing to bind.
    case utility(StatementSyntax)
    /// Errors were reported; there is nothing to infer.
    case invalid
  }

  public var body: Body
  /// In the order of SQLite's parameter indexes: element 0 has index 1.
  public var parameters: [BoundParameter]
  /// What every `*` and `t.*` at the top level stands for, and every `sqlc.embed(t)`.
  public var expansions: [StarExpansion]
  public var range: ByteRange

  public init(body: Body, parameters: [BoundParameter], expansions: [StarExpansion], range: ByteRange) {
    self.body = body
    self.parameters = parameters
    self.expansions = expansions
    self.range = range
  }
}

/// One occurrence of a table, view, subquery or function in a FROM clause (or the target of a modification).
/// Unique within a statement.
public struct SourceID: Sendable, Hashable {
  public let rawValue: Int
  public init(_ rawValue: Int) { self.rawValue = rawValue }
}

/// A common table expression; unique within a statement.
public struct CommonTableID: Sendable, Hashable {
  public let rawValue: Int
  public init(_ rawValue: Int) { self.rawValue = rawValue }
}

/// One SELECT core; unique within a statement. Aggregates name the core they aggregate over.
public struct SelectID: Sendable, Hashable {
  public let rawValue: Int
  public init(_ rawValue: Int) { self.rawValue = rawValue }
}

/// Text that replaces a star: each column as it must be written to mean the same.
public struct StarExpansion: Sendable, Hashable {
  public var range: ByteRange
  /// `name`, `t.name`, quoted where needed.
  public var columns: [String]
  public init(range: ByteRange, columns: [String]) {
    self.range = range
    self.columns = columns
  }
}

public struct BoundParameter: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// `?`, `?1`, `:x`, `@x`, `$x`, `sqlc.arg(x)`
    case argument
    /// `sqlc.narg(x)`: nullable because the user says so
    case nullableArgument
    /// `sqlc.slice(x)`: a list
    case slice
  }
  public var index: Int
  public var kind: Kind
  /// Absent for `?` and `?1`.
  public var name: String?
  /// In source order; each is the whole parameter or macro.
  public var occurrences: [ByteRange]
  public init(index: Int, kind: Kind, name: String?, occurrences: [ByteRange]) {
    self.index = index
    self.kind = kind
    self.name = name
    self.occurrences = occurrences
  }
}

/// `WITH … body ORDER BY … LIMIT …`
public struct BoundQuery: Sendable {
  public var commonTables: [BoundCommonTable]
  public var body: BoundQueryBody
  /// Names of the result columns, as SQLite reports them (of the first arm of a compound).
  public var columnNames: [String]
  public var orderBy: [BoundExpression]
  public var limit: BoundExpression?
  public var offset: BoundExpression?
  public var range: ByteRange
  public init(
    commonTables: [BoundCommonTable], body: BoundQueryBody, columnNames: [String], orderBy: [BoundExpression],
    limit: BoundExpression?, offset: BoundExpression?, range: ByteRange
  ) {
    self.commonTables = commonTables
    self.body = body
    self.columnNames = columnNames
    self.orderBy = orderBy
    self.limit = limit
    self.offset = offset
    self.range = range
  }
}

public indirect enum BoundQueryBody: Sendable {
  case select(BoundSelect)
  case values(rows: [[BoundExpression]], range: ByteRange)
  case compound(
    CompoundSyntax.Operator, left: BoundQueryBody, right: BoundQueryBody, range: ByteRange)
}

public struct BoundCommonTable: Sendable {
  public var id: CommonTableID
  public var name: String
  public var columnNames: [String]
  /// Its own name occurs in its query.
  public var isRecursive: Bool
  public var query: BoundQuery
  public var nameRange: ByteRange
  /// How often statements refer to it, its own recursion not counted.
  public var referenceCount: Int
  public init(
    id: CommonTableID, name: String, columnNames: [String], isRecursive: Bool, query: BoundQuery,
    nameRange: ByteRange, referenceCount: Int
  ) {
    self.id = id
    self.name = name
    self.columnNames = columnNames
    self.isRecursive = isRecursive
    self.query = query
    self.nameRange = nameRange
    self.referenceCount = referenceCount
  }
}

public struct BoundSelect: Sendable {
  public var id: SelectID
  public var isDistinct: Bool
  public var outputs: [BoundOutput]
  public var from: BoundFrom?
  public var whereClause: BoundExpression?
  public var groupBy: [BoundExpression]
  public var having: BoundExpression?
  /// An aggregate function belongs to this core (it may stand in a subquery of it), or there is a GROUP BY.
  public var isAggregate: Bool
  public var range: ByteRange
  public init(
    id: SelectID, isDistinct: Bool, outputs: [BoundOutput], from: BoundFrom?, whereClause: BoundExpression?,
    groupBy: [BoundExpression], having: BoundExpression?, isAggregate: Bool, range: ByteRange
  ) {
    self.id = id
    self.isDistinct = isDistinct
    self.outputs = outputs
    self.from = from
    self.whereClause = whereClause
    self.groupBy = groupBy
    self.having = having
    self.isAggregate = isAggregate
    self.range = range
  }
}

/// A result column; stars are already spelled out.
public struct BoundOutput: Sendable {
  public var expression: BoundExpression
  public var name: String
  /// The alias was written, or the expression is a column: the name is guaranteed (SQLite, c3ref/column_name.html).
  public var isNameGuaranteed: Bool
  /// Part of `sqlc.embed(t)`: the source it spells out.
  public var embed: BoundEmbed?
  public var range: ByteRange
  public init(
    expression: BoundExpression, name: String, isNameGuaranteed: Bool, embed: BoundEmbed? = nil, range: ByteRange
  ) {
    self.expression = expression
    self.name = name
    self.isNameGuaranteed = isNameGuaranteed
    self.embed = embed
    self.range = range
  }
}

public struct BoundEmbed: Sendable, Hashable {
  /// The nth `sqlc.embed` of the statement, from 0.
  public var ordinal: Int
  public var source: SourceID
  /// The name in the macro: `e` in `sqlc.embed(e)`.
  public var name: String
  /// The table, view or CTE behind it.
  public var relation: String
  public enum Role: Sendable, Hashable {
    case row
    /// `sqlc.nest(t)`: the rows of `t` are a list of whoever they are joined to; the name of that one, where it is a list
    /// itself.
    case list(within: String?)
  }
  public var role: Role
  public init(ordinal: Int, source: SourceID, name: String, relation: String, role: Role = .row) {
    self.ordinal = ordinal
    self.source = source
    self.name = name
    self.relation = relation
    self.role = role
  }

  public var isList: Bool { role != .row }
}

public indirect enum BoundFrom: Sendable {
  case source(BoundSource)
  case join(BoundJoin)
}

public struct BoundJoin: Sendable {
  public var kind: JoinSyntax.Kind
  public var left: BoundFrom
  public var right: BoundFrom
  /// ON, or the equalities that USING and NATURAL stand for.
  public var condition: BoundExpression?
  /// From LEFT / RIGHT / FULL / … to JOIN.
  public var operatorRange: ByteRange
  public init(
    kind: JoinSyntax.Kind, left: BoundFrom, right: BoundFrom, condition: BoundExpression?, operatorRange: ByteRange
  ) {
    self.kind = kind
    self.left = left
    self.right = right
    self.condition = condition
    self.operatorRange = operatorRange
  }
}

public struct BoundSource: Sendable {
  public indirect enum Kind: Sendable {
    case table(Table)
    /// The view's query is bound in a statement of its own ids: `BoundView` has its sources.
    case view(View, BoundQuery)
    case subquery(BoundQuery)
    case commonTable(CommonTableID)
    case tableFunction(Table, arguments: [BoundExpression])
    /// `excluded` in an upsert: the row that was to be inserted.
    case excluded(Table)
    /// `old` and `new` in a trigger.
    case triggerRow(Table)
  }
  public var id: SourceID
  /// Alias, or the table's name.
  public var name: String
  public var kind: Kind
  /// What `*` and names see; hidden columns included.
  public var columns: [BoundSourceColumn]
  public var range: ByteRange
  /// The relation's name in the text, its schema included and its alias not; absent for subqueries.
  public var nameRange: ByteRange?
  public init(
    id: SourceID, name: String, kind: Kind, columns: [BoundSourceColumn], range: ByteRange, nameRange: ByteRange? = nil
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.columns = columns
    self.range = range
    self.nameRange = nameRange
  }
}

public struct BoundSourceColumn: Sendable, Hashable {
  public var name: String
  public var isHidden: Bool
  public init(name: String, isHidden: Bool) {
    self.name = name
    self.isHidden = isHidden
  }
}

public struct BoundAssignment: Sendable {
  /// Indexes into the target's columns. More than one for `(a, b) = …`. `-1` is the rowid.
  public var columns: [Int]
  public var value: BoundExpression
  public var range: ByteRange
  public init(columns: [Int], value: BoundExpression, range: ByteRange) {
    self.columns = columns
    self.value = value
    self.range = range
  }
}

public struct BoundInsert: Sendable {
  public enum Source: Sendable {
    case query(BoundQuery)
    case defaultValues
  }
  public var commonTables: [BoundCommonTable]
  public var target: BoundSource
  public var onConflict: ConflictResolution?
  /// Indexes into the target's columns, one for each value. `-1` is the rowid.
  public var columns: [Int]
  public var source: Source
  public var upserts: [BoundUpsert]
  public var returning: [BoundOutput]?
  public init(
    commonTables: [BoundCommonTable], target: BoundSource, onConflict: ConflictResolution?, columns: [Int],
    source: Source, upserts: [BoundUpsert], returning: [BoundOutput]?
  ) {
    self.commonTables = commonTables
    self.target = target
    self.onConflict = onConflict
    self.columns = columns
    self.source = source
    self.upserts = upserts
    self.returning = returning
  }
}

public struct BoundUpsert: Sendable {
  public enum Action: Sendable {
    case nothing
    case update([BoundAssignment], whereClause: BoundExpression?)
  }
  public var target: [BoundExpression]
  public var targetWhere: BoundExpression?
  /// `excluded`
  public var excluded: BoundSource
  public var action: Action
  public init(
    target: [BoundExpression], targetWhere: BoundExpression?, excluded: BoundSource, action: Action
  ) {
    self.target = target
    self.targetWhere = targetWhere
    self.excluded = excluded
    self.action = action
  }
}

public struct BoundUpdate: Sendable {
  public var commonTables: [BoundCommonTable]
  public var target: BoundSource
  public var onConflict: ConflictResolution?
  public var assignments: [BoundAssignment]
  public var from: BoundFrom?
  public var whereClause: BoundExpression?
  public var returning: [BoundOutput]?
  public var orderBy: [BoundExpression]
  public var limit: BoundExpression?
  public var offset: BoundExpression?
  public init(
    commonTables: [BoundCommonTable], target: BoundSource, onConflict: ConflictResolution?,
    assignments: [BoundAssignment], from: BoundFrom?, whereClause: BoundExpression?, returning: [BoundOutput]?,
    orderBy: [BoundExpression], limit: BoundExpression?, offset: BoundExpression?
  ) {
    self.commonTables = commonTables
    self.target = target
    self.onConflict = onConflict
    self.assignments = assignments
    self.from = from
    self.whereClause = whereClause
    self.returning = returning
    self.orderBy = orderBy
    self.limit = limit
    self.offset = offset
  }
}

public struct BoundDelete: Sendable {
  public var commonTables: [BoundCommonTable]
  public var target: BoundSource
  public var whereClause: BoundExpression?
  public var returning: [BoundOutput]?
  public var orderBy: [BoundExpression]
  public var limit: BoundExpression?
  public var offset: BoundExpression?
  public init(
    commonTables: [BoundCommonTable], target: BoundSource, whereClause: BoundExpression?, returning: [BoundOutput]?,
    orderBy: [BoundExpression], limit: BoundExpression?, offset: BoundExpression?
  ) {
    self.commonTables = commonTables
    self.target = target
    self.whereClause = whereClause
    self.returning = returning
    self.orderBy = orderBy
    self.limit = limit
    self.offset = offset
  }
}
