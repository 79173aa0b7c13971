// Function calls, with what an aggregate or window function takes besides its arguments.

public import SQLCDiagnostics

public struct FunctionCallSyntax: Sendable {
  public enum Arguments: Sendable {
    case none
    /// `count(*)`
    case star
    case list([ExpressionSyntax])
  }
  public var name: NameSyntax
  public var isDistinct: Bool
  public var arguments: Arguments
  /// `group_concat(x ORDER BY y)`, SQLite 3.44.
  public var orderBy: [OrderingTermSyntax]
  /// `percentile(50) WITHIN GROUP (ORDER BY x)`, SQLite 3.47 where it is compiled in.
  public var withinGroup: ExpressionSyntax?
  public var filter: ExpressionSyntax?
  public var over: OverSyntax?
  public var range: ByteRange
  public init(
    name: NameSyntax, isDistinct: Bool = false, arguments: Arguments, orderBy: [OrderingTermSyntax] = [],
    withinGroup: ExpressionSyntax? = nil, filter: ExpressionSyntax? = nil, over: OverSyntax? = nil, range: ByteRange
  ) {
    self.name = name
    self.isDistinct = isDistinct
    self.arguments = arguments
    self.orderBy = orderBy
    self.withinGroup = withinGroup
    self.filter = filter
    self.over = over
    self.range = range
  }
}

public enum OverSyntax: Sendable {
  case name(NameSyntax)
  case definition(WindowSyntax)
}

/// SQLite, windowfunctions.html: `(base PARTITION BY … ORDER BY … frame)`.
public struct WindowSyntax: Sendable {
  public var baseName: NameSyntax?
  public var partitionBy: [ExpressionSyntax]
  public var orderBy: [OrderingTermSyntax]
  public var frame: FrameSyntax?
  /// With its parentheses.
  public var range: ByteRange
  public init(
    baseName: NameSyntax?, partitionBy: [ExpressionSyntax], orderBy: [OrderingTermSyntax], frame: FrameSyntax?,
    range: ByteRange
  ) {
    self.baseName = baseName
    self.partitionBy = partitionBy
    self.orderBy = orderBy
    self.frame = frame
    self.range = range
  }
}

public struct FrameSyntax: Sendable {
  public enum Unit: String, Sendable, Hashable {
    case range = "RANGE"
    case rows = "ROWS"
    case groups = "GROUPS"
  }
  public enum Bound: Sendable {
    case unboundedPreceding
    case preceding(ExpressionSyntax)
    case currentRow
    case following(ExpressionSyntax)
    case unboundedFollowing
  }
  public enum Exclusion: String, Sendable, Hashable {
    case noOthers = "NO OTHERS"
    case currentRow = "CURRENT ROW"
    case group = "GROUP"
    case ties = "TIES"
  }
  public var unit: Unit
  public var start: Bound
  /// Absent in the short form, where it means CURRENT ROW.
  public var end: Bound?
  public var exclusion: Exclusion?
  public var range: ByteRange
  public init(unit: Unit, start: Bound, end: Bound?, exclusion: Exclusion?, range: ByteRange) {
    self.unit = unit
    self.start = start
    self.end = end
    self.exclusion = exclusion
    self.range = range
  }
}
