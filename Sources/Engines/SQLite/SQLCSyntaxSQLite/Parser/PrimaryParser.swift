// What stands between operators: literals, parameters, columns, calls, and everything in parentheses.

import SQLCDiagnostics

extension Parser {
  mutating func parsePrimary() throws(SyntaxFailure) -> ExpressionSyntax {
    switch kind {
    case .leftParen: return try parseParenthesized()
    case .case: return try parseCase()
    case .cast: return try parseCast()
    case .exists: return try parseExists()
    case .raise: return try parseRaise()
    case .integer, .real, .blob, .null, .currentDate, .currentTime, .currentTimestamp:
      height = 1
      return .literal(parseLiteral())
    case .string:
      if peek(1) == .dot { return try parseColumn() }
      height = 1
      return .literal(parseLiteral())
    case .parameter:
      height = 1
      return .parameter(parseParameter())
    default:
      guard kind.isIdentifierOrJoinWord else { throw fail(.expression) }
      if startsMacro {
        height = 1
        return parseMacroOrMissing()
      }
      // parse.y of 3.40: `id LP`; LEFT and its like are no functions.
      if peek(1) == .leftParen, !kind.isJoinKeyword { return try parseFunctionCall() }
      return try parseColumn()
    }
  }

  /// parse.y: `idj`, `nm DOT nm`, `nm DOT nm DOT nm`.
  private mutating func parseColumn() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    let first = name(advance())
    height = 1
    guard accept(.dot) else { return .column(ColumnReferenceSyntax(column: first, range: first.range)) }
    let second = try parseName(.column)
    guard accept(.dot) else {
      if kind == .leftParen {
        throw fail(.qualifiedFunction(name: second.text, at: range(from: start)))
      }
      height = 2
      return .column(ColumnReferenceSyntax(table: first, column: second, range: range(from: start)))
    }
    let third = try parseName(.column)
    height = 3
    return .column(ColumnReferenceSyntax(schema: first, table: second, column: third, range: range(from: start)))
  }

  /// `(x)`, `(x, y)` or `(SELECT …)`.
  private mutating func parseParenthesized() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    advance()
    if kind.startsQuery {
      let query = try parseSelect()
      try expect(.rightParen)
      try grow(over: height, from: start)
      return .subquery(SubqueryExpressionSyntax(query: query, range: range(from: start)))
    }
    var elements = [try parseExpression()]
    var highest = height
    while accept(.comma) {
      elements.append(try parseExpression())
      highest = max(highest, height)
    }
    try closeList()
    let whole = range(from: start)
    height = highest
    if elements.count == 1 { return .parenthesized(ParenthesizedSyntax(expression: elements[0], range: whole)) }
    try grow(over: highest, from: start)
    return .row(RowValueSyntax(elements: elements, range: whole))
  }

  /// parse.y: `EXISTS LP select RP`.
  private mutating func parseExists() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    advance()
    try expect(.leftParen)
    let query = try parseSelect()
    try expect(.rightParen)
    try grow(over: height, from: start)
    return .exists(ExistsSyntax(query: query, range: range(from: start)))
  }

  /// parse.y: `CAST LP expr AS typetoken RP`; the type may be empty.
  private mutating func parseCast() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    advance()
    try expect(.leftParen)
    let operand = try parseExpression()
    let operandHeight = height
    try expect(.as)
    let typePosition = self.start
    let type =
      try parseTypeName() ?? TypeNameSyntax(words: [], arguments: [], text: "", range: ByteRange(at: typePosition))
    try expect(.rightParen)
    try grow(over: operandHeight, from: start)
    return .cast(CastSyntax(operand: operand, type: type, range: range(from: start)))
  }

  /// parse.y: `CASE case_operand case_exprlist case_else END`.
  private mutating func parseCase() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    try enter(cost: 2)
    advance()
    var highest = 0
    var operand: ExpressionSyntax?
    if !at(.when) {
      operand = try parseExpression()
      highest = height
    }
    var branches: [CaseSyntax.Branch] = []
    repeat {
      branches.append(try parseBranch(&highest))
    } while at(.when)
    var elseBranch: ExpressionSyntax?
    if accept(.else) {
      elseBranch = try parseExpression()
      highest = max(highest, height)
    }
    try expect(.end)
    leave(cost: 2)
    try grow(over: highest, from: start)
    return .caseWhen(
      CaseSyntax(operand: operand, branches: branches, elseBranch: elseBranch, range: range(from: start)))
  }

  private mutating func parseBranch(_ highest: inout Int) throws(SyntaxFailure) -> CaseSyntax.Branch {
    let start = start
    try expect(.when)
    let when = try parseExpression()
    highest = max(highest, height)
    try expect(.then)
    let then = try parseExpression()
    highest = max(highest, height)
    return CaseSyntax.Branch(when: when, then: then, range: range(from: start))
  }

  /// SQLite, lang_createtrigger.html#raise. Whether it stands in a trigger is not for the syntax.
  private mutating func parseRaise() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    advance()
    try expect(.leftParen)
    let action: RaiseSyntax.Action
    if accept(.ignore) {
      action = .ignore
    } else if accept(.rollback) {
      action = .rollback
    } else if accept(.abort) {
      action = .abort
    } else if accept(.fail) {
      action = .fail
    } else {
      throw fail(.anyOf([.ignore, .rollback, .abort, .fail]))
    }
    var message: ExpressionSyntax?
    height = 0
    if action != .ignore {
      try expect(.comma)
      let isComputed = !((kind.isIdentifierOrJoinWord || kind == .string) && peek(1) == .rightParen)
      let parsed = try parseExpression()
      if isComputed { use(.raiseExpression, at: parsed.range) }
      message = parsed
    }
    try expect(.rightParen)
    try grow(over: height, from: start)
    return .raise(RaiseSyntax(action: action, message: message, range: range(from: start)))
  }
}
