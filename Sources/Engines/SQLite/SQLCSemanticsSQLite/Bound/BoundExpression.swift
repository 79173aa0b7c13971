public import SQLCDiagnostics
public import SQLCSyntaxSQLite

/// An expression with its names resolved. Parentheses are gone; ordinals and aliases in ORDER BY and GROUP BY are the
/// expressions they stand for.
public struct BoundExpression: Sendable {
  public indirect enum Kind: Sendable {
    case literal(LiteralSyntax.Value)
    /// TRUE or FALSE that is no column.
    case boolean(Bool)
    /// 1-based index into the statement's parameters.
    case parameter(Int)
    case column(BoundColumn)
    /// An unqualified column that USING or NATURAL merged: the first of these that is not NULL. (With only inner and left
    /// joins the binder yields `.column` of the left one instead.)
    case mergedColumn([BoundColumn])
    case unary(UnarySyntax.Operator, BoundExpression)
    case binary(BinarySyntax.Operator, BoundExpression, BoundExpression)
    case nullTest(BoundExpression, isNull: Bool)
    case like(LikeSyntax.Operator, isNegated: Bool, BoundExpression, pattern: BoundExpression, escape: BoundExpression?)
    case between(BoundExpression, low: BoundExpression, high: BoundExpression, isNegated: Bool)
    case inList(BoundExpression, [BoundExpression], isNegated: Bool)
    case inQuery(BoundExpression, BoundQuery, isNegated: Bool)
    case collate(BoundExpression, collation: String)
    case cast(BoundExpression, TypeNameSyntax)
    case caseWhen(operand: BoundExpression?, branches: [BoundCaseBranch], elseBranch: BoundExpression?)
    case call(BoundCall)
    case exists(BoundQuery)
    case subquery(BoundQuery)
    case row([BoundExpression])
    case raise(RaiseSyntax.Action)
    /// A table's name where a column is expected: `MATCH`, `bm25(f)` and their like on the hidden column of FTS tables.
    case tableColumn(SourceID)
    /// An error was reported here.
    case invalid
  }

  public var kind: Kind
  public var range: ByteRange

  public init(_ kind: Kind, range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

/// A column of a source; `-1` is its rowid.
public struct BoundColumn: Sendable, Hashable {
  public static let rowid = -1

  public var source: SourceID
  public var index: Int
  /// As the column is called in its source (`rowid` for the rowid).
  public var name: String
  public init(source: SourceID, index: Int, name: String) {
    self.source = source
    self.index = index
    self.name = name
  }
}

public struct BoundCaseBranch: Sendable {
  public var when: BoundExpression
  public var then: BoundExpression
  public init(when: BoundExpression, then: BoundExpression) {
    self.when = when
    self.then = then
  }
}

public struct BoundCall: Sendable {
  public enum Role: Sendable, Hashable {
    case scalar
    /// Over the rows (or groups) of that core.
    case aggregate(SelectID)
    /// With OVER: evaluated for every row of that core.
    case window(SelectID)
  }
  public var function: FunctionDefinition
  public var role: Role
  public var isDistinct: Bool
  /// `f(*)`
  public var isStar: Bool
  public var arguments: [BoundExpression]
  public var orderBy: [BoundExpression]
  public var filter: BoundExpression?
  public var window: BoundWindow?
  public var nameRange: ByteRange
  public init(
    function: FunctionDefinition, role: Role, isDistinct: Bool, isStar: Bool, arguments: [BoundExpression],
    orderBy: [BoundExpression], filter: BoundExpression?, window: BoundWindow?, nameRange: ByteRange
  ) {
    self.function = function
    self.role = role
    self.isDistinct = isDistinct
    self.isStar = isStar
    self.arguments = arguments
    self.orderBy = orderBy
    self.filter = filter
    self.window = window
    self.nameRange = nameRange
  }
}

/// A window with its base windows folded in.
public struct BoundWindow: Sendable {
  public enum FrameBound: Sendable {
    case unboundedPreceding
    case preceding(BoundExpression)
    case currentRow
    case following(BoundExpression)
    case unboundedFollowing
  }
  public struct Frame: Sendable {
    public var unit: FrameSyntax.Unit
    public var start: FrameBound
    public var end: FrameBound
    public var exclusion: FrameSyntax.Exclusion
    public init(unit: FrameSyntax.Unit, start: FrameBound, end: FrameBound, exclusion: FrameSyntax.Exclusion) {
      self.unit = unit
      self.start = start
      self.end = end
      self.exclusion = exclusion
    }
  }
  public var partitionBy: [BoundExpression]
  public var orderBy: [BoundExpression]
  /// The default frame when none is written (SQLite, windowfunctions.html#framespec).
  public var frame: Frame
  public init(partitionBy: [BoundExpression], orderBy: [BoundExpression], frame: Frame) {
    self.partitionBy = partitionBy
    self.orderBy = orderBy
    self.frame = frame
  }
}
