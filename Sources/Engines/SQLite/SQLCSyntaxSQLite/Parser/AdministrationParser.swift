// The statements about the database itself: PRAGMA, ATTACH, transactions, maintenance.

import SQLCDiagnostics

extension Parser {
  /// parse.y: `PRAGMA nm dbnm`, `… EQ nmnum|minus_num`, `… LP nmnum|minus_num RP`.
  mutating func parsePragma() throws(SyntaxFailure) -> PragmaSyntax {
    let start = start
    advance()
    let name = try parseQualifiedName(.pragma)
    var value: NameSyntax?
    if accept(.equal) {
      value = try parsePragmaValue()
    } else if accept(.leftParen) {
      value = try parsePragmaValue()
      try expect(.rightParen)
    }
    return PragmaSyntax(name: name, value: value, range: range(from: start))
  }

  private mutating func parsePragmaValue() throws(SyntaxFailure) -> NameSyntax {
    let start = start
    if kind.isName || kind == .on || kind == .delete || kind == .default { return name(advance()) }
    guard kind == .integer || kind == .real || kind == .plus || kind == .minus else { throw fail(.pragmaValue) }
    let number = try parseSignedNumber()
    return NameSyntax(text: number, range: range(from: start))
  }

  /// parse.y: `ATTACH database_kw_opt expr AS expr key_opt`.
  mutating func parseAttach() throws(SyntaxFailure) -> AttachSyntax {
    let start = start
    advance()
    _ = accept(.database)
    let database = try parseExpression()
    try expect(.as)
    let schema = try parseExpression()
    let key = accept(.key) ? try parseExpression() : nil
    return AttachSyntax(database: database, schema: schema, key: key, range: range(from: start))
  }

  /// parse.y: `DETACH database_kw_opt expr`.
  mutating func parseDetach() throws(SyntaxFailure) -> DetachSyntax {
    let start = start
    advance()
    _ = accept(.database)
    let schema = try parseExpression()
    return DetachSyntax(schema: schema, range: range(from: start))
  }

  /// BEGIN, COMMIT, END, ROLLBACK, SAVEPOINT and RELEASE.
  mutating func parseTransaction() throws(SyntaxFailure) -> TransactionSyntax {
    let start = start
    let action: TransactionSyntax.Action
    switch advance().kind {
    case .begin:
      var behavior: TransactionSyntax.Behavior?
      if accept(.deferred) {
        behavior = .deferred
      } else if accept(.immediate) {
        behavior = .immediate
      } else if accept(.exclusive) {
        behavior = .exclusive
      }
      try parseTransactionWords()
      action = .begin(behavior)
    case .rollback:
      try parseTransactionWords()
      if accept(.to) {
        _ = accept(.savepoint)
        action = .rollback(toSavepoint: try parseName(.savepoint))
      } else {
        action = .rollback(toSavepoint: nil)
      }
    case .savepoint:
      action = .savepoint(try parseName(.savepoint))
    case .release:
      _ = accept(.savepoint)
      action = .release(try parseName(.savepoint))
    default:
      try parseTransactionWords()
      action = .commit
    }
    return TransactionSyntax(action: action, range: range(from: start))
  }

  /// parse.y: `trans_opt ::= | TRANSACTION | TRANSACTION nm`. The name means nothing.
  private mutating func parseTransactionWords() throws(SyntaxFailure) {
    guard accept(.transaction), kind.isName else { return }
    advance()
  }

  mutating func parseAnalyze() throws(SyntaxFailure) -> AnalyzeSyntax {
    let start = start
    advance()
    let name = kind.isName ? try parseQualifiedName(.object) : nil
    return AnalyzeSyntax(name: name, range: range(from: start))
  }

  mutating func parseReindex() throws(SyntaxFailure) -> ReindexSyntax {
    let start = start
    advance()
    let name = kind.isName ? try parseQualifiedName(.object) : nil
    return ReindexSyntax(name: name, range: range(from: start))
  }

  /// parse.y: `VACUUM vinto`, `VACUUM nm vinto`.
  mutating func parseVacuum() throws(SyntaxFailure) -> VacuumSyntax {
    let start = start
    advance()
    let schema = kind.isName ? try parseName(.schema) : nil
    var target: ExpressionSyntax?
    if at(.into) {
      use(.vacuumInto, at: advance().range)
      target = try parseExpression()
    }
    return VacuumSyntax(schema: schema, into: target, range: range(from: start))
  }
}
