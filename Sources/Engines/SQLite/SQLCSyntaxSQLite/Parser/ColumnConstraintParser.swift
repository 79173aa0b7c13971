// What can follow a column's name and type (parse.y, `carglist`).

import SQLCDiagnostics

extension Parser {
  /// Any number of constraints in any order; `CONSTRAINT name` may stand by itself.
  mutating func parseColumnConstraints() throws(SyntaxFailure) -> [ColumnConstraintSyntax] {
    var constraints: [ColumnConstraintSyntax] = []
    while let constraint = try parseColumnConstraint() { constraints.append(constraint) }
    return constraints
  }

  private mutating func parseColumnConstraint() throws(SyntaxFailure) -> ColumnConstraintSyntax? {
    let start = start
    let name = accept(.constraint) ? try parseName(.constraint) : nil
    if let kind = try parseColumnConstraintKind() {
      return ColumnConstraintSyntax(name: name, kind: kind, range: range(from: start))
    }
    guard let name else { return nil }
    return ColumnConstraintSyntax(name: name, kind: .nothing, range: range(from: start))
  }

  private mutating func parseColumnConstraintKind() throws(SyntaxFailure) -> ColumnConstraintSyntax.Kind? {
    if accept(.default) { return .defaultValue(try parseDefault()) }
    if accept(.null) { return .null(try parseConflictClause()) }
    if accept(.not, .null) { return .notNull(try parseConflictClause()) }
    if kind == .not, peek(1) != .deferrable {
      advance()
      throw fail(.anyOf([.null, .deferrable]))
    }
    if accept(.primary) {
      try expect(.key)
      let direction = parseDirection()
      let onConflict = try parseConflictClause()
      return .primaryKey(direction, onConflict, autoincrement: accept(.autoincrement))
    }
    if accept(.unique) { return .unique(try parseConflictClause()) }
    if accept(.check) {
      try expect(.leftParen)
      let condition = try parseExpression()
      try expect(.rightParen)
      return .check(condition)
    }
    if at(.references) { return .references(try parseForeignKeyClause()) }
    if let deferral = try parseDeferral() {
      return .deferral(isDeferrable: deferral.isDeferrable, initially: deferral.initially)
    }
    if accept(.collate) { return .collate(try parseIdentifierOrString(.collation)) }
    return try parseGenerated()
  }

  /// parse.y: `DEFAULT term`, `DEFAULT LP expr RP`, `DEFAULT PLUS term`, `DEFAULT MINUS term`, `DEFAULT id`.
  private mutating func parseDefault() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    if accept(.leftParen) {
      let expression = try parseExpression()
      try expect(.rightParen)
      return .parenthesized(ParenthesizedSyntax(expression: expression, range: range(from: start)))
    }
    if at(.plus) || at(.minus) {
      let op: UnarySyntax.Operator = advance().kind == .minus ? .minus : .plus
      guard kind.isTerm else { throw fail(.number) }
      let operand = ExpressionSyntax.literal(parseLiteral())
      return .unary(UnarySyntax(op: op, operand: operand, range: range(from: start)))
    }
    if kind.isTerm { return .literal(parseLiteral()) }
    guard kind.isIdentifier || kind == .indexed else { throw fail(.defaultValue) }
    let word = name(advance())
    return .column(ColumnReferenceSyntax(column: word, range: word.range))
  }

  /// parse.y: `GENERATED ALWAYS AS generated`, `AS generated`; SQLite, gencol.html.
  private mutating func parseGenerated() throws(SyntaxFailure) -> ColumnConstraintSyntax.Kind? {
    let start = start
    if accept(.generated) {
      try expect(.always)
      try expect(.as)
    } else if !accept(.as) {
      return nil
    }
    use(.generatedColumn, at: range(from: start))
    try expect(.leftParen)
    let expression = try parseExpression()
    try expect(.rightParen)
    guard kind.isIdentifier else { return .generated(expression, storage: nil) }
    let word = advance().range
    switch text(word).asciiLowercased {
    case "stored": return .generated(expression, storage: .stored)
    case "virtual": return .generated(expression, storage: .virtual)
    default: throw fail(.unknownColumnStorage(text: excerpt(word), at: word))
    }
  }
}

extension TokenKind {
  /// parse.y: `term`: what DEFAULT takes without parentheses.
  var isTerm: Bool {
    switch self {
    case .null, .integer, .real, .blob, .string, .currentDate, .currentTime, .currentTimestamp: true
    default: false
    }
  }
}
