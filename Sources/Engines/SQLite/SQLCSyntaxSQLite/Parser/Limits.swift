// SQLite's limits that concern the syntax (limits.html), and the one of this parser.

/// What may not be exceeded.
enum SyntaxLimit: Int, Sendable {
  /// SQLITE_MAX_EXPR_DEPTH: "the maximum depth of an expression tree".
  case expressionDepth = 1000
  /// SQLITE_MAX_COMPOUND_SELECT: "the maximum number of terms in a compound SELECT statement". VALUES does not count.
  case compoundTerms = 500
  /// SQLITE_MAX_VARIABLE_NUMBER is 32,766 by default and 250,000 in the builds of Debian and Ubuntu. The syntax takes what
  /// some SQLite takes; the one at hand has the last word.
  case parameterNumber = 250_000
  /// How far productions may nest, in grammar symbols: one for an operator or a parenthesis, more for a call or a query.
  /// SQLite 3.40 has a stack of 100 symbols and rejects what needs more; later versions let it grow. Ours guards the native
  /// stack, and takes all that 3.40 takes.
  case nesting = 150
}

extension Parser {
  /// Opens a production that can contain itself; `leave` closes it.
  mutating func enter(cost: Int = 1) throws(SyntaxFailure) {
    nesting += cost
    guard nesting <= SyntaxLimit.nesting.rawValue else {
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
    if height > SyntaxLimit.expressionDepth.rawValue {
      throw fail(.exceededLimit(.expressionDepth, at: range(from: start)))
    }
  }
}
