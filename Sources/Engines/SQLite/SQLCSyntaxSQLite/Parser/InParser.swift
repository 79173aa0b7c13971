// `x IN …` (SQLite, lang_expr.html#the_in_and_not_in_operators).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `expr in_op LP exprlist RP`, `expr in_op LP select RP`, `expr in_op nm dbnm paren_exprlist`; and, among
  /// macros, `x IN sqlc.slice('ids')`.
  mutating func parseIn(
    _ operand: ExpressionSyntax, _ polarity: Polarity, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let operandHeight = height
    advance()
    let sourceStart = self.start
    let source = try parseInSource()
    let sourceRange = range(from: sourceStart)
    try grow(over: max(operandHeight, height), from: start)
    return .inList(
      InSyntax(
        isNegated: polarity == .negated, operand: operand, source: source, sourceRange: sourceRange,
        range: range(from: start)))
  }

  private mutating func parseInSource() throws(SyntaxFailure) -> InSyntax.Source {
    if accept(.leftParen) {
      if kind.startsQuery {
        let query = try parseSelect()
        try expect(.rightParen)
        return .subquery(query)
      }
      let elements = try parseExpressionList()
      try closeList()
      return .list(elements)
    }
    if startsMacro {
      let macro = try parseMacro()
      height = 1
      return .macro(macro)
    }
    guard kind.isName else { throw fail(.anyOf([.leftParen, .identifier])) }
    let table = try parseQualifiedName(.table)
    var arguments: [ExpressionSyntax]?
    if accept(.leftParen) {
      arguments = try parseExpressionList()
      try closeList()
    }
    height = 1
    return .table(table, arguments: arguments)
  }
}
