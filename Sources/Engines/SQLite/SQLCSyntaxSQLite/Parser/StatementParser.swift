// From a script to its statements, and how reading goes on after an error.

import SQLCDiagnostics

extension Parser {
  /// parse.y: `cmdlist`. Empty statements are skipped.
  mutating func parseItems() -> [ScriptSyntax.Item] {
    var items: [ScriptSyntax.Item] = []
    while true {
      while accept(.semicolon) {}
      guard kind != .endOfInput else { return items }
      items.append(parseItem())
    }
  }

  private mutating func parseItem() -> ScriptSyntax.Item {
    let start = start
    let startIndex = index
    nesting = 0
    do {
      let statement = try parseStatement()
      if kind != .semicolon, kind != .endOfInput {
        if startsTopLevelStatement || startsStatementSurely, !isLockingClause {
          report(.missingSemicolon(before: found, at: ByteRange(at: previousEnd)))
          return ScriptSyntax.Item(statement: statement, range: range(from: start), hasSemicolon: false)
        }
        throw fail(.endOfStatement)
      }
      let hasSemicolon = accept(.semicolon)
      return ScriptSyntax.Item(statement: statement, range: range(from: start), hasSemicolon: hasSemicolon)
    } catch {
      skipStatement(begunAt: startIndex)
      let statement = StatementSyntax.invalid(MissingSyntax(range: range(from: start)))
      let hasSemicolon = accept(.semicolon)
      return ScriptSyntax.Item(statement: statement, range: range(from: start), hasSemicolon: hasSemicolon)
    }
  }

  /// parse.y: `cmdx` or `explain cmdx`.
  private mutating func parseStatement() throws(SyntaxFailure) -> StatementSyntax {
    guard kind == .explain else { return try parseCommand() }
    let start = start
    advance()
    let isQueryPlan = accept(.query)
    if isQueryPlan { try expect(.plan) }
    let statement = try parseCommand()
    return .explain(ExplainSyntax(isQueryPlan: isQueryPlan, statement: statement, range: range(from: start)))
  }

  /// parse.y: `cmd`.
  private mutating func parseCommand() throws(SyntaxFailure) -> StatementSyntax {
    let start = start
    switch kind {
    case .select, .values: return .select(try parseSelect())
    case .with: return try parseAfterWith()
    case .insert, .replace: return .insert(try parseInsert(with: nil, from: start, in: .script))
    case .update: return .update(try parseUpdate(with: nil, from: start, in: .script))
    case .delete: return .delete(try parseDelete(with: nil, from: start, in: .script))
    case .create: return try parseCreate()
    case .alter: return .alterTable(try parseAlterTable())
    case .drop: return .drop(try parseDrop())
    case .pragma: return .pragma(try parsePragma())
    case .attach: return .attach(try parseAttach())
    case .detach: return .detach(try parseDetach())
    case .begin, .commit, .end, .rollback, .savepoint, .release: return .transaction(try parseTransaction())
    case .analyze: return .analyze(try parseAnalyze())
    case .reindex: return .reindex(try parseReindex())
    case .vacuum: return .vacuum(try parseVacuum())
    default:
      for keyword in TokenKind.statementStarts { expected.insert(keyword) }
      throw fail(.statement)
    }
  }

  private mutating func parseAfterWith() throws(SyntaxFailure) -> StatementSyntax {
    let start = start
    let with = try parseWith()
    if at(.insert) || at(.replace) { return .insert(try parseInsert(with: with, from: start, in: .script)) }
    if at(.update) { return .update(try parseUpdate(with: with, from: start, in: .script)) }
    if at(.delete) { return .delete(try parseDelete(with: with, from: start, in: .script)) }
    guard at(.select) || at(.values) else { throw fail(.anyOf([.select, .insert, .update, .delete])) }
    return .select(try parseSelect(with: with, from: start))
  }

  /// A keyword stands here that begins a statement and nothing else, on a line of its own.
  var startsTopLevelStatement: Bool {
    switch kind {
    case .create, .insert, .alter, .drop, .select, .update, .delete, .pragma, .begin, .commit, .attach, .detach, .with,
      .vacuum, .reindex, .analyze, .savepoint, .release:
      startsLine
    default: false
    }
  }

  /// `FOR UPDATE`, another database's: FOR has been read as an alias.
  private var isLockingClause: Bool { kind == .update && index > 0 && tokens[index - 1].kind == .for }

  /// A reserved word stands here that nothing but a statement can begin with.
  var startsStatementSurely: Bool {
    switch kind {
    case .create, .insert, .alter, .drop, .select, .update, .delete: true
    default: false
    }
  }

  /// Nothing but blanks before this token on its line.
  private var startsLine: Bool {
    guard index > 0 else { return true }
    return bytes[previousEnd..<start].contains(0x0A)
  }

  /// Skips what is left of a statement that could not be read: to its semicolon, to a line that begins another statement,
  /// or, for a trigger, to `; END`.
  private mutating func skipStatement(begunAt startIndex: Int) {
    if skipTriggerBody(begunAt: startIndex) { return }
    while kind != .semicolon, kind != .endOfInput {
      if index > startIndex, kind == .create || kind == .alter || kind == .drop, startsLine { return }
      advance()
    }
  }

  /// For a trigger whose head could not be read: moves behind its END. True if that was done.
  private mutating func skipTriggerBody(begunAt startIndex: Int) -> Bool {
    var head = startIndex
    if tokens[head].kind == .explain { head += 1 }
    guard tokens[head].kind == .create else { return false }
    head += 1
    if tokens[head].kind == .temp { head += 1 }
    guard tokens[head].kind == .trigger else { return false }
    var candidate = index
    var hasBegun = tokens[startIndex..<index].contains { $0.kind == .begin }
    while tokens[candidate].kind != .endOfInput {
      let candidateKind = tokens[candidate].kind
      if candidateKind == .begin { hasBegun = true }
      if candidateKind == .semicolon, !hasBegun { return false }
      if candidateKind == .end, candidate > 0, tokens[candidate - 1].kind == .semicolon, hasBegun {
        while index <= candidate { advance() }
        return kind == .semicolon || kind == .endOfInput
      }
      if candidateKind == .create, candidate > startIndex { return false }
      candidate += 1
    }
    return false
  }

  // MARK: Errors at the end of something

  /// What to say when an element of CREATE TABLE's list is not followed by a comma or a parenthesis.
  mutating func failAfterElement() -> SyntaxFailure {
    fail(.commaOrClosingParenthesis)
  }

  /// What to say when a statement of a trigger is not followed by a semicolon.
  mutating func failAfterTriggerStep() -> SyntaxFailure {
    fail(.token(.semicolon))
  }
}

extension TokenKind {
  /// What a statement can begin with.
  static let statementStarts: [TokenKind] = [
    .select, .values, .with, .insert, .replace, .update, .delete, .create, .alter, .drop, .pragma, .attach, .detach,
    .begin, .commit, .end, .rollback, .savepoint, .release, .analyze, .reindex, .vacuum, .explain,
  ]
}
