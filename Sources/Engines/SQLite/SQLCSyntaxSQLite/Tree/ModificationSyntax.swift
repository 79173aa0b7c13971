public import SQLCDiagnostics

/// The conflict clause, SQLite, lang_conflict.html.
public enum ConflictResolution: String, Sendable, Hashable, CaseIterable {
  case rollback = "ROLLBACK"
  case abort = "ABORT"
  case fail = "FAIL"
  case ignore = "IGNORE"
  case replace = "REPLACE"
}

/// SQLite, lang_insert.html.
public struct InsertSyntax: Sendable {
  public enum Source: Sendable {
    case select(SelectSyntax)  // VALUES lists are a select with a values body
    case defaultValues(ByteRange)
  }
  public var with: WithSyntax?
  /// `OR IGNORE`, or REPLACE for the statement of that name.
  public var onConflict: ConflictResolution?
  public var isReplace: Bool
  public var table: QualifiedNameSyntax
  public var alias: NameSyntax?
  /// Absent when there is no list.
  public var columns: [NameSyntax]?
  public var source: Source
  public var upserts: [UpsertSyntax]
  public var returning: ReturningSyntax?
  public var range: ByteRange
  public init(
    with: WithSyntax? = nil, onConflict: ConflictResolution? = nil, isReplace: Bool = false,
    table: QualifiedNameSyntax, alias: NameSyntax? = nil, columns: [NameSyntax]? = nil, source: Source,
    upserts: [UpsertSyntax] = [], returning: ReturningSyntax? = nil, range: ByteRange
  ) {
    self.with = with
    self.onConflict = onConflict
    self.isReplace = isReplace
    self.table = table
    self.alias = alias
    self.columns = columns
    self.source = source
    self.upserts = upserts
    self.returning = returning
    self.range = range
  }
}

/// SQLite, lang_upsert.html: one ON CONFLICT clause.
public struct UpsertSyntax: Sendable {
  public enum Action: Sendable {
    case nothing
    case update([AssignmentSyntax], whereClause: ExpressionSyntax?)
  }
  /// Empty when no target is given.
  public var target: [IndexedColumnSyntax]
  public var targetWhere: ExpressionSyntax?
  public var action: Action
  public var range: ByteRange
  public init(
    target: [IndexedColumnSyntax], targetWhere: ExpressionSyntax?, action: Action, range: ByteRange
  ) {
    self.target = target
    self.targetWhere = targetWhere
    self.action = action
    self.range = range
  }
}

/// `column = expression` or `(a, b) = row`.
public struct AssignmentSyntax: Sendable {
  public var columns: [NameSyntax]
  /// Written with parentheses around the columns.
  public var isRow: Bool
  public var value: ExpressionSyntax
  public var range: ByteRange
  public init(columns: [NameSyntax], isRow: Bool, value: ExpressionSyntax, range: ByteRange) {
    self.columns = columns
    self.isRow = isRow
    self.value = value
    self.range = range
  }
}

/// SQLite, lang_update.html.
public struct UpdateSyntax: Sendable {
  public var with: WithSyntax?
  public var onConflict: ConflictResolution?
  public var table: TableReferenceSyntax
  public var assignments: [AssignmentSyntax]
  public var from: FromSyntax?
  public var whereClause: ExpressionSyntax?
  public var returning: ReturningSyntax?
  public var orderBy: [OrderingTermSyntax]
  public var limit: LimitSyntax?
  public var range: ByteRange
  public init(
    with: WithSyntax? = nil, onConflict: ConflictResolution? = nil, table: TableReferenceSyntax,
    assignments: [AssignmentSyntax], from: FromSyntax? = nil, whereClause: ExpressionSyntax? = nil,
    returning: ReturningSyntax? = nil, orderBy: [OrderingTermSyntax] = [], limit: LimitSyntax? = nil, range: ByteRange
  ) {
    self.with = with
    self.onConflict = onConflict
    self.table = table
    self.assignments = assignments
    self.from = from
    self.whereClause = whereClause
    self.returning = returning
    self.orderBy = orderBy
    self.limit = limit
    self.range = range
  }
}

/// SQLite, lang_delete.html.
public struct DeleteSyntax: Sendable {
  public var with: WithSyntax?
  public var table: TableReferenceSyntax
  public var whereClause: ExpressionSyntax?
  public var returning: ReturningSyntax?
  public var orderBy: [OrderingTermSyntax]
  public var limit: LimitSyntax?
  public var range: ByteRange
  public init(
    with: WithSyntax? = nil, table: TableReferenceSyntax, whereClause: ExpressionSyntax? = nil,
    returning: ReturningSyntax? = nil, orderBy: [OrderingTermSyntax] = [], limit: LimitSyntax? = nil, range: ByteRange
  ) {
    self.with = with
    self.table = table
    self.whereClause = whereClause
    self.returning = returning
    self.orderBy = orderBy
    self.limit = limit
    self.range = range
  }
}

/// SQLite, lang_returning.html.
public struct ReturningSyntax: Sendable {
  public var columns: [ResultColumnSyntax]
  /// From RETURNING.
  public var range: ByteRange
  public init(columns: [ResultColumnSyntax], range: ByteRange) {
    self.columns = columns
    self.range = range
  }
}
