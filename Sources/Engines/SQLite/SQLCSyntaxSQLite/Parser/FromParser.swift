// FROM: tables, subqueries, joins (SQLite, lang_select.html#the_from_clause).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `FROM seltablist`.
  mutating func parseFrom() throws(SyntaxFailure) -> FromSyntax {
    let start = start
    try expect(.from)
    return try parseSources(from: start)
  }

  /// parse.y: `seltablist`, within FROM or parentheses.
  private mutating func parseSources(from start: Int) throws(SyntaxFailure) -> FromSyntax {
    let first = try parseSource()
    // build.c: "a JOIN clause is required before ON". The grammar itself reads a constraint behind the first table.
    if at(.on) || at(.using) {
      report(.joinlessConstraint(keyword: kind == .on ? "ON" : "USING", at: token.range))
      _ = try parseJoinConstraint()
    }
    return try parseJoins(first, from: start)
  }

  private mutating func parseJoins(
    _ first: TableSourceSyntax, from start: Int
  ) throws(SyntaxFailure) -> FromSyntax {
    var from = FromSyntax(first: first, joins: [], range: ByteRange(at: start))
    while let join = try parseJoin() { from.joins.append(join) }
    from.range = range(from: start)
    return from
  }

  private mutating func parseJoin() throws(SyntaxFailure) -> JoinSyntax? {
    let start = start
    let kind: JoinSyntax.Kind
    var isNatural = false
    if accept(.comma) {
      kind = .comma
    } else if accept(.join) {
      kind = .inner
    } else if self.kind.isJoinKeyword {
      (kind, isNatural) = try parseJoinWords()
    } else {
      for word: TokenKind in [.left, .inner, .cross, .natural, .right, .full] { expected.insert(word) }
      return nil
    }
    let operatorRange = range(from: start)
    if kind == .right || kind == .full { use(.rightOrFullJoin, at: operatorRange) }
    let source = try parseSource()
    let constraint = try parseJoinConstraint()
    return JoinSyntax(
      kind: kind, isNatural: isNatural, operatorRange: operatorRange, source: source, constraint: constraint,
      range: range(from: start))
  }

  /// parse.y: `JOIN_KW JOIN`, `JOIN_KW nm JOIN`, `JOIN_KW nm nm JOIN`. Which words go together is select.c's
  /// `sqlite3JoinType`: any order; INNER and CROSS not with an outer word; OUTER not without LEFT, RIGHT or FULL.
  private mutating func parseJoinWords() throws(SyntaxFailure) -> (JoinSyntax.Kind, isNatural: Bool) {
    let start = start
    var words: Set<TokenKind> = [advance().kind]
    var isKnown = true
    var count = 1
    while kind.isName, count < 3 {
      let word = advance()
      count += 1
      isKnown = isKnown && word.kind.isJoinKeyword
      words.insert(word.kind)
    }
    let wordRange = range(from: start)
    try expect(.join)
    let isLeft = words.contains(.left) || words.contains(.full)
    let isRight = words.contains(.right) || words.contains(.full)
    let isInner = words.contains(.inner) || words.contains(.cross)
    let isOuter = isLeft || isRight || words.contains(.outer)
    if !isKnown || (isInner && isOuter) || (isOuter && !isLeft && !isRight) {
      report(.unknownJoin(words: excerpt(wordRange), at: wordRange))
    }
    let isNatural = words.contains(.natural)
    if isLeft, isRight { return (.full, isNatural) }
    if isLeft { return (.left, isNatural) }
    if isRight { return (.right, isNatural) }
    return (words.contains(.cross) ? .cross : .inner, isNatural)
  }

  /// parse.y: `on_using`. An ON behind a table always belongs to the join, also where ON CONFLICT was meant
  /// (lang_upsert.html#parsing_ambiguity).
  private mutating func parseJoinConstraint() throws(SyntaxFailure) -> JoinSyntax.Constraint? {
    if accept(.on) { return .on(try parseExpression()) }
    if accept(.using) { return .using(try parseNameList(.column)) }
    return nil
  }

  /// parse.y: one term of `seltablist`.
  private mutating func parseSource() throws(SyntaxFailure) -> TableSourceSyntax {
    let start = start
    if accept(.leftParen) {
      if kind.startsQuery {
        let query = try parseSelect()
        try expect(.rightParen)
        let alias = try parseAlias()
        return .subquery(TableSubquerySyntax(query: query, alias: alias, range: range(from: start)))
      }
      try enter(cost: 2)
      let inner = try parseSources(from: self.start)
      leave(cost: 2)
      try expect(.rightParen)
      let alias = try parseAlias()
      return .nested(NestedFromSyntax(from: inner, alias: alias, range: range(from: start)))
    }
    guard kind.isName else { throw fail(.tableSource) }
    var table = TableReferenceSyntax(name: try parseQualifiedName(.table), range: ByteRange(at: start))
    if accept(.leftParen) {
      table.arguments = try parseExpressionList()
      try closeList()
      table.alias = try parseAlias()
    } else {
      table.alias = try parseAlias()
      table.indexHint = try parseIndexHint()
    }
    table.range = range(from: start)
    return .table(table)
  }

  /// parse.y: `INDEXED BY nm`, `NOT INDEXED`.
  mutating func parseIndexHint() throws(SyntaxFailure) -> TableReferenceSyntax.IndexHint? {
    if accept(.indexed) {
      try expect(.by)
      return .indexedBy(try parseName(.index))
    }
    if accept(.not, .indexed) { return .notIndexed }
    return nil
  }
}
