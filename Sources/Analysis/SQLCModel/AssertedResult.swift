// What a query's author says of a result that the analysis cannot know.

public import SQLCDiagnostics

/// `sqlc.notnull(expression)` or `sqlc.nullable(expression)` as a result column.
public struct AssertedResult: Sendable, Hashable, Codable {
  public enum Claim: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is never NULL: what the schema does not say and the author knows.
    case notNull = "notnull"
    /// It can be NULL, whatever is proven.
    case nullable
  }
  public var claim: Claim
  /// From `sqlc` to the parenthesis.
  public var range: ByteRange
  /// What is said of.
  public var expression: ByteRange
  public init(_ claim: Claim, range: ByteRange, expression: ByteRange) {
    self.claim = claim
    self.range = range
    self.expression = expression
  }
}

extension AssertedResult {
  /// With its places counted from there.
  public func counted(from start: Int) -> AssertedResult {
    AssertedResult(
      claim, range: ByteRange(range.lower - start, range.upper - start),
      expression: ByteRange(expression.lower - start, expression.upper - start))
  }
}
