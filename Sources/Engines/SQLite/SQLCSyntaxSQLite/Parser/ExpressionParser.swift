// Expressions: operators by precedence climbing. What stands between operators is in PrimaryParser.swift.

import SQLCDiagnostics

/// Where an expression stands, as far as it decides which AND belongs to it.
enum ExpressionContext {
  case plain
  /// Between BETWEEN and its AND: the first AND that is not inside an OR ends the operand. (parse.y resolves the conflict
  /// of `expr BETWEEN expr AND expr` with `expr AND expr` in favour of BETWEEN.)
  case lowerBound
}

extension Parser {
  mutating func parseExpression() throws(SyntaxFailure) -> ExpressionSyntax {
    try parseOperators(Precedence.or)
  }

  /// An expression of operators that bind at least as tightly as `minimum`.
  mutating func parseOperators(
    _ minimum: Int, _ context: ExpressionContext = .plain
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    try enter()
    let start = start
    var left = try parsePrefix()
    while true {
      let precedence = Precedence.ofInfix(kind)
      guard precedence >= minimum, precedence > 0 else { break }
      if kind == .and, context == .lowerBound { break }
      if let op = Precedence.binaryOperator(kind) {
        left = try parseBinary(op, precedence, left, from: start)
      } else if kind == .not {
        guard let negated = try parseNegated(left, from: start) else { break }
        left = negated
      } else {
        left = try parseSpecialOperator(left, from: start)
      }
    }
    expected.insert(.and)
    leave()
    return left
  }

  /// parse.y: `expr op expr`.
  private mutating func parseBinary(
    _ op: BinarySyntax.Operator, _ precedence: Int, _ left: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let leftHeight = height
    let opRange = advance().range
    if precedence == Precedence.concatenation, op != .concat { use(.jsonArrow, at: opRange) }
    let right = try parseOperators(precedence + 1)
    try grow(over: max(leftHeight, height), from: start)
    return .binary(BinarySyntax(op: op, opRange: opRange, left: left, right: right, range: range(from: start)))
  }

  /// `NOT x`, `-x`, `+x`, `~x`, or what has no operator before it.
  private mutating func parsePrefix() throws(SyntaxFailure) -> ExpressionSyntax {
    let op: UnarySyntax.Operator
    switch kind {
    case .not: op = .not
    case .minus: op = .minus
    case .plus: op = .plus
    case .tilde: op = .bitNot
    default: return try parsePrimary()
    }
    let start = start
    advance()
    let operand = op == .not ? try parseOperators(Precedence.not) : try parseSignOperand()
    try grow(over: height, from: start)
    return .unary(UnarySyntax(op: op, operand: operand, range: range(from: start)))
  }

  /// What `-`, `+` and `~` stand before; nothing binds tighter than they do.
  private mutating func parseSignOperand() throws(SyntaxFailure) -> ExpressionSyntax {
    try enter()
    let operand = try parsePrefix()
    leave()
    return operand
  }

  /// `x NOT LIKE y`, `x NOT IN (…)`, `x NOT BETWEEN …`, `x NOT NULL`; nil when the NOT is not of this expression.
  private mutating func parseNegated(
    _ operand: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax? {
    switch peek(1) {
    case .null:
      advance()
      advance()
      try grow(over: height, from: start)
      return .nullTest(NullTestSyntax(operand: operand, isNull: false, range: range(from: start)))
    case .like, .glob, .regexp, .match, .between, .in:
      advance()
      let negated = try parseSpecialOperator(operand, .negated, from: start)
      // SQLite wraps the positive form in a NOT (parse.y, `sqlite3PExpr(pParse, TK_NOT, A, 0)`).
      try grow(over: height, from: start)
      return negated
    default:
      return nil
    }
  }

  enum Polarity { case affirmed, negated }

  private mutating func parseSpecialOperator(
    _ operand: ExpressionSyntax, _ polarity: Polarity = .affirmed, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    switch kind {
    case .isNull, .notNull:
      let isNull = advance().kind == .isNull
      try grow(over: height, from: start)
      return .nullTest(NullTestSyntax(operand: operand, isNull: isNull, range: range(from: start)))
    case .is: return try parseIs(operand, from: start)
    case .between: return try parseBetween(operand, polarity, from: start)
    case .in: return try parseIn(operand, polarity, from: start)
    case .collate:
      advance()
      let collation = try parseIdentifierOrString(.collation)
      try grow(over: height, from: start)
      return .collate(CollateSyntax(operand: operand, collation: collation, range: range(from: start)))
    default: return try parseLike(operand, polarity, from: start)
    }
  }

  /// `IS`, `IS NOT`, `IS NOT DISTINCT FROM`, `IS DISTINCT FROM`.
  private mutating func parseIs(
    _ left: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let leftHeight = height
    let opStart = self.start
    advance()
    var op = accept(.not) ? BinarySyntax.Operator.isNot : .is
    if at(.distinct) {
      advance()
      try expect(.from)
      op = op == .is ? .isNot : .is
      use(.isDistinctFrom, at: range(from: opStart))
    }
    let opRange = range(from: opStart)
    let right = try parseOperators(Precedence.equality + 1)
    try grow(over: max(leftHeight, height), from: start)
    return .binary(BinarySyntax(op: op, opRange: opRange, left: left, right: right, range: range(from: start)))
  }

  /// `x LIKE y`, `x LIKE y ESCAPE z` and the same with GLOB, REGEXP, MATCH.
  private mutating func parseLike(
    _ operand: ExpressionSyntax, _ polarity: Polarity, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var highest = height
    let op: LikeSyntax.Operator =
      switch advance().kind {
      case .glob: .glob
      case .regexp: .regexp
      case .match: .match
      default: .like
      }
    let pattern = try parseOperators(Precedence.equality + 1)
    highest = max(highest, height)
    var escape: ExpressionSyntax?
    if accept(.escape) {
      escape = try parseOperators(Precedence.equality + 1)
      highest = max(highest, height)
    }
    try grow(over: highest, from: start)
    return .like(
      LikeSyntax(
        op: op, isNegated: polarity == .negated, operand: operand, pattern: pattern, escape: escape,
        range: range(from: start)))
  }

  private mutating func parseBetween(
    _ operand: ExpressionSyntax, _ polarity: Polarity, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var highest = height
    advance()
    let low = try parseOperators(Precedence.or, .lowerBound)
    highest = max(highest, height)
    try expect(.and)
    let high = try parseOperators(Precedence.equality + 1)
    try grow(over: max(highest, height), from: start)
    return .between(
      BetweenSyntax(
        isNegated: polarity == .negated, operand: operand, low: low, high: high, range: range(from: start)))
  }

  /// `expr , expr , …` or nothing, up to a closing parenthesis; `height` is that of the highest.
  mutating func parseExpressionList() throws(SyntaxFailure) -> [ExpressionSyntax] {
    height = 0
    if at(.rightParen) { return [] }
    return try parseNonemptyExpressionList()
  }

  mutating func parseNonemptyExpressionList() throws(SyntaxFailure) -> [ExpressionSyntax] {
    var elements: [ExpressionSyntax] = []
    var highest = 0
    repeat {
      elements.append(try parseExpression())
      highest = max(highest, height)
    } while accept(.comma)
    height = highest
    return elements
  }
}
