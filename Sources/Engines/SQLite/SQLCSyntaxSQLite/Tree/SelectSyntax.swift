public import SQLCDiagnostics

/// SQLite, lang_select.html: `WITH … body ORDER BY … LIMIT …`. A query, whether it stands alone or inside.
public struct SelectSyntax: Sendable {
  public var with: WithSyntax?
  public var body: SelectBodySyntax
  public var orderBy: [OrderingTermSyntax]
  public var limit: LimitSyntax?
  public var range: ByteRange
  public init(
    with: WithSyntax? = nil, body: SelectBodySyntax, orderBy: [OrderingTermSyntax] = [], limit: LimitSyntax? = nil,
    range: ByteRange
  ) {
    self.with = with
    self.body = body
    self.orderBy = orderBy
    self.limit = limit
    self.range = range
  }
}

public indirect enum SelectBodySyntax: Sendable {
  case select(SelectCoreSyntax)
  case values(ValuesSyntax)
  case compound(CompoundSyntax)

  public var range: ByteRange {
    switch self {
    case .select(let node): node.range
    case .values(let node): node.range
    case .compound(let node): node.range
    }
  }
}

/// Left-associative: `a UNION b EXCEPT c` is `(a UNION b) EXCEPT c` (lang_select.html#compound).
public struct CompoundSyntax: Sendable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case union = "UNION"
    case unionAll = "UNION ALL"
    case intersect = "INTERSECT"
    case except = "EXCEPT"
  }
  public var op: Operator
  public var opRange: ByteRange
  public var left: SelectBodySyntax
  public var right: SelectBodySyntax
  public var range: ByteRange
  public init(
    op: Operator, opRange: ByteRange, left: SelectBodySyntax, right: SelectBodySyntax, range: ByteRange
  ) {
    self.op = op
    self.opRange = opRange
    self.left = left
    self.right = right
    self.range = range
  }
}

public struct ValuesSyntax: Sendable {
  public struct Row: Sendable {
    public var elements: [ExpressionSyntax]
    /// With its parentheses.
    public var range: ByteRange
    public init(elements: [ExpressionSyntax], range: ByteRange) {
      self.elements = elements
      self.range = range
    }
  }
  public var rows: [Row]
  public var range: ByteRange
  public init(rows: [Row], range: ByteRange) {
    self.rows = rows
    self.range = range
  }
}

public struct SelectCoreSyntax: Sendable {
  public enum Quantifier: String, Sendable, Hashable {
    case distinct = "DISTINCT"
    case all = "ALL"
  }
  public var quantifier: Quantifier?
  public var columns: [ResultColumnSyntax]
  public var from: FromSyntax?
  public var whereClause: ExpressionSyntax?
  public var groupBy: [ExpressionSyntax]
  public var having: ExpressionSyntax?
  public var windows: [NamedWindowSyntax]
  public var range: ByteRange
  public init(
    quantifier: Quantifier? = nil, columns: [ResultColumnSyntax], from: FromSyntax? = nil,
    whereClause: ExpressionSyntax? = nil, groupBy: [ExpressionSyntax] = [], having: ExpressionSyntax? = nil,
    windows: [NamedWindowSyntax] = [], range: ByteRange
  ) {
    self.quantifier = quantifier
    self.columns = columns
    self.from = from
    self.whereClause = whereClause
    self.groupBy = groupBy
    self.having = having
    self.windows = windows
    self.range = range
  }
}

public struct NamedWindowSyntax: Sendable {
  public var name: NameSyntax
  public var window: WindowSyntax
  public var range: ByteRange
  public init(name: NameSyntax, window: WindowSyntax, range: ByteRange) {
    self.name = name
    self.window = window
    self.range = range
  }
}

public struct ResultColumnSyntax: Sendable {
  public enum Value: Sendable {
    /// `*`
    case star
    /// `t.*`
    case tableStar(NameSyntax)
    /// `expr AS alias`. `sqlc.embed(t)` is an expression: a macro.
    case expression(ExpressionSyntax, alias: NameSyntax?)
  }
  public var value: Value
  public var range: ByteRange
  public init(value: Value, range: ByteRange) {
    self.value = value
    self.range = range
  }
}

/// The FROM clause: a first source and what is joined to it, left to right.
public struct FromSyntax: Sendable {
  public var first: TableSourceSyntax
  public var joins: [JoinSyntax]
  public var range: ByteRange
  public init(first: TableSourceSyntax, joins: [JoinSyntax], range: ByteRange) {
    self.first = first
    self.joins = joins
    self.range = range
  }
}

public struct JoinSyntax: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case comma = ","
    case inner = "INNER"
    case cross = "CROSS"
    case left = "LEFT"
    case right = "RIGHT"
    case full = "FULL"
  }
  public enum Constraint: Sendable {
    case on(ExpressionSyntax)
    case using([NameSyntax])
  }
  public var kind: Kind
  public var isNatural: Bool
  /// The comma, or from NATURAL/LEFT/… to JOIN.
  public var operatorRange: ByteRange
  public var source: TableSourceSyntax
  public var constraint: Constraint?
  public var range: ByteRange
  public init(
    kind: Kind, isNatural: Bool, operatorRange: ByteRange, source: TableSourceSyntax, constraint: Constraint?,
    range: ByteRange
  ) {
    self.kind = kind
    self.isNatural = isNatural
    self.operatorRange = operatorRange
    self.source = source
    self.constraint = constraint
    self.range = range
  }
}

public indirect enum TableSourceSyntax: Sendable {
  case table(TableReferenceSyntax)
  case subquery(TableSubquerySyntax)
  /// `( a JOIN b ON … )`
  case nested(NestedFromSyntax)

  public var range: ByteRange {
    switch self {
    case .table(let node): node.range
    case .subquery(let node): node.range
    case .nested(let node): node.range
    }
  }
}

/// A table, view, CTE or table-valued function.
public struct TableReferenceSyntax: Sendable {
  public enum IndexHint: Sendable {
    case indexedBy(NameSyntax)
    case notIndexed
  }
  public var name: QualifiedNameSyntax
  /// Present, maybe empty, when it is a table-valued function.
  public var arguments: [ExpressionSyntax]?
  public var alias: NameSyntax?
  public var indexHint: IndexHint?
  public var range: ByteRange
  public init(
    name: QualifiedNameSyntax, arguments: [ExpressionSyntax]? = nil, alias: NameSyntax? = nil,
    indexHint: IndexHint? = nil, range: ByteRange
  ) {
    self.name = name
    self.arguments = arguments
    self.alias = alias
    self.indexHint = indexHint
    self.range = range
  }
}

public struct TableSubquerySyntax: Sendable {
  public var query: SelectSyntax
  public var alias: NameSyntax?
  public var range: ByteRange
  public init(query: SelectSyntax, alias: NameSyntax?, range: ByteRange) {
    self.query = query
    self.alias = alias
    self.range = range
  }
}

public struct NestedFromSyntax: Sendable {
  public var from: FromSyntax
  public var alias: NameSyntax?
  public var range: ByteRange
  public init(from: FromSyntax, alias: NameSyntax?, range: ByteRange) {
    self.from = from
    self.alias = alias
    self.range = range
  }
}

public struct OrderingTermSyntax: Sendable {
  public enum Direction: String, Sendable, Hashable {
    case ascending = "ASC"
    case descending = "DESC"
  }
  public enum Nulls: String, Sendable, Hashable {
    case first = "FIRST"
    case last = "LAST"
  }
  public var expression: ExpressionSyntax
  public var direction: Direction?
  public var nulls: Nulls?
  public var range: ByteRange
  public init(expression: ExpressionSyntax, direction: Direction?, nulls: Nulls?, range: ByteRange) {
    self.expression = expression
    self.direction = direction
    self.nulls = nulls
    self.range = range
  }
}

/// `LIMIT count OFFSET offset`, or `LIMIT offset, count`.
public struct LimitSyntax: Sendable {
  public var count: ExpressionSyntax
  public var offset: ExpressionSyntax?
  /// Written with a comma, so that the offset stands first.
  public var offsetFirst: Bool
  public var range: ByteRange
  public init(count: ExpressionSyntax, offset: ExpressionSyntax?, offsetFirst: Bool, range: ByteRange) {
    self.count = count
    self.offset = offset
    self.offsetFirst = offsetFirst
    self.range = range
  }
}

/// SQLite, lang_with.html.
public struct WithSyntax: Sendable {
  public var isRecursive: Bool
  public var tables: [CommonTableSyntax]
  public var range: ByteRange
  public init(isRecursive: Bool, tables: [CommonTableSyntax], range: ByteRange) {
    self.isRecursive = isRecursive
    self.tables = tables
    self.range = range
  }
}

public struct CommonTableSyntax: Sendable {
  public enum Hint: String, Sendable, Hashable {
    case materialized = "MATERIALIZED"
    case notMaterialized = "NOT MATERIALIZED"
  }
  public var name: NameSyntax
  /// Absent when there is no list.
  public var columns: [NameSyntax]?
  public var hint: Hint?
  public var query: SelectSyntax
  public var range: ByteRange
  public init(name: NameSyntax, columns: [NameSyntax]?, hint: Hint?, query: SelectSyntax, range: ByteRange) {
    self.name = name
    self.columns = columns
    self.hint = hint
    self.query = query
    self.range = range
  }
}
