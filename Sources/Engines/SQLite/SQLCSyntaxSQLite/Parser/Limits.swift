// SQLite's limits that concern the syntax (limits.html), and the one of this parser.

/// How much of a statement SQLite takes. Those of the library that compiles the statements are asked of it; these are its
/// defaults.
public struct SQLiteLimits: Sendable, Hashable {
  /// SQLITE_LIMIT_EXPR_DEPTH: "the maximum depth of the parse tree on any expression".
  public var expressionDepth = 1000
  /// SQLITE_LIMIT_COMPOUND_SELECT: "the maximum number of terms in a compound SELECT statement". VALUES does not count.
  public var compoundTerms = 500
  /// SQLITE_LIMIT_VARIABLE_NUMBER is 32,766 by default and 250,000 in the builds of Debian and Ubuntu. The syntax takes what
  /// some SQLite takes; the one at hand has the last word.
  public var parameterNumber = 250_000
  /// SQLITE_LIMIT_COLUMN: result columns, among others.
  public var columns = 2000
  /// "SQLite does not support joins containing more than 64 tables." No library can be asked or told otherwise.
  public var tables: Int { 64 }

  public init() {}
}

/// What may not be exceeded.
enum SyntaxLimit: Sendable {
  case expressionDepth(Int)
  case compoundTerms(Int)
  /// How far productions may nest.
  case nesting

  /// In grammar symbols: one for an operator or a parenthesis, more for a call or a query. SQLite 3.40 has a stack of 100
  /// symbols and rejects what needs more; later versions let it grow. Ours guards the native stack, and takes all that 3.40
  /// takes.
  static var mostNesting: Int { 150 }
}

extension Parser {
  /// Opens a production that can contain itself; `leave` closes it.
  mutating func enter(cost: Int = 1) throws(SyntaxFailure) {
    nesting += cost
    guard nesting <= SyntaxLimit.mostNesting else {
      nesting -= cost
      throw fail(.exceededLimit(.nesting, at: token.range))
    }
  }

  mutating func leave(cost: Int = 1) { nesting -= cost }

  /// Notes the height of an expression whose highest operand has `operandHeight`
  /// (expr.c, `exprSetHeight`: one more than the highest operand; parentheses do not count).
  @inline(__always)
  mutating func grow(over operandHeight: Int, from start: Int) throws(SyntaxFailure) {
    height = operandHeight + 1
    if height > options.limits.expressionDepth {
      throw fail(.exceededLimit(.expressionDepth(options.limits.expressionDepth), at: range(from: start)))
    }
  }
}
