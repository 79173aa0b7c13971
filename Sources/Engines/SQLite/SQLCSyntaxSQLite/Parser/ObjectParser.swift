// CREATE INDEX, CREATE VIEW and CREATE VIRTUAL TABLE (SQLite, lang_createindex.html, lang_createview.html, lang_createvtab.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `CREATE …`, by what follows.
  mutating func parseCreate() throws(SyntaxFailure) -> StatementSyntax {
    let start = start
    advance()
    if at(.unique) || at(.index) { return .createIndex(try parseCreateIndex(from: start)) }
    if at(.virtual) { return .createVirtualTable(try parseCreateVirtualTable(from: start)) }
    let lifetime = accept(.temp) ? Lifetime.temporary : .permanent
    if at(.table) { return .createTable(try parseCreateTable(lifetime, from: start)) }
    if at(.view) { return .createView(try parseCreateView(lifetime, from: start)) }
    if at(.trigger) { return .createTrigger(try parseCreateTrigger(lifetime, from: start)) }
    let objects: [TokenKind] = [.table, .view, .trigger]
    throw fail(.anyOf(lifetime == .temporary ? objects : objects + [.index]))
  }

  /// parse.y: `createkw uniqueflag INDEX ifnotexists nm dbnm ON nm LP sortlist RP where_opt`.
  private mutating func parseCreateIndex(from start: Int) throws(SyntaxFailure) -> CreateIndexSyntax {
    let isUnique = accept(.unique)
    try expect(.index)
    let ifNotExists = try parseIfNotExists()
    let name = try parseQualifiedName(.index)
    try expect(.on)
    let table = try parseName(.table)
    try expect(.leftParen)
    let columns = try parseKeyColumns()
    try closeList()
    let whereClause = accept(.where) ? try parseExpression() : nil
    return CreateIndexSyntax(
      isUnique: isUnique, ifNotExists: ifNotExists, name: name, table: table, columns: columns,
      whereClause: whereClause, range: range(from: start))
  }

  /// parse.y: `createkw temp VIEW ifnotexists nm dbnm eidlist_opt AS select`.
  private mutating func parseCreateView(
    _ lifetime: Lifetime, from start: Int
  ) throws(SyntaxFailure) -> CreateViewSyntax {
    advance()
    let ifNotExists = try parseIfNotExists()
    let name = try parseQualifiedName(.view)
    let columns = try parseOptionalBareColumnList()
    try expect(.as)
    let query = try parseSelect()
    return CreateViewSyntax(
      isTemporary: lifetime == .temporary, ifNotExists: ifNotExists, name: name, columns: columns, query: query,
      range: range(from: start))
  }

  /// parse.y: `createkw VIRTUAL TABLE ifnotexists nm dbnm USING nm [LP vtabarglist RP]`.
  private mutating func parseCreateVirtualTable(from start: Int) throws(SyntaxFailure) -> CreateVirtualTableSyntax {
    advance()
    try expect(.table)
    let ifNotExists = try parseIfNotExists()
    let name = try parseQualifiedName(.table)
    try expect(.using)
    let module = try parseName(.module)
    let arguments = at(.leftParen) ? try parseModuleArguments() : []
    return CreateVirtualTableSyntax(
      ifNotExists: ifNotExists, name: name, module: module, arguments: arguments, range: range(from: start))
  }

  /// parse.y: `vtabarglist`: any tokens at all, split at the commas that are not in parentheses. Even a semicolon is one of
  /// them, unless the parenthesis is never closed.
  private mutating func parseModuleArguments() throws(SyntaxFailure) -> [CreateVirtualTableSyntax.Argument] {
    let opening = token.range
    guard let closing = closingParenthesis() else {
      while kind != .endOfInput, kind != .semicolon {
        if kind.isIllegal, !isRegister { throw fail(.token(.rightParen)) }
        advance()
      }
      throw fail(.unclosedParenthesis(at: opening))
    }
    advance()
    var arguments: [CreateVirtualTableSyntax.Argument] = []
    var depth = 0
    var first = index
    while index <= closing {
      if kind.isIllegal, !isRegister { throw fail(.token(.rightParen)) }
      if kind == .integer || kind == .real, hasSeparators(token.range) { use(.digitSeparator, at: token.range) }
      if index == closing || (kind == .comma && depth == 0) {
        // An argument can be empty; `f()` has none as far as a module can tell.
        if first < index || kind == .comma || !arguments.isEmpty { arguments.append(argument(first..<index)) }
        first = index + 1
      } else if kind == .leftParen {
        depth += 1
      } else if kind == .rightParen {
        depth -= 1
      }
      advance()
    }
    return arguments
  }

  /// `#1`, which is wrong only where an expression is read.
  private var isRegister: Bool { kind == .malformedParameter && bytes[start] == 0x23 && token.range.count > 1 }

  private func argument(_ indices: Range<Int>) -> CreateVirtualTableSyntax.Argument {
    guard let first = indices.first, let last = indices.last else {
      return CreateVirtualTableSyntax.Argument(text: "", range: ByteRange(at: tokens[indices.lowerBound].range.lower))
    }
    let range = tokens[first].range.union(tokens[last].range)
    return CreateVirtualTableSyntax.Argument(text: text(range), range: range)
  }

  /// The index of the parenthesis that closes the one here; nil when there is none. The search goes to the end of the script,
  /// so that it is made in vain only once.
  private mutating func closingParenthesis() -> Int? {
    guard !hasUnclosedArguments else { return closingParenthesis(stoppingAt: .semicolon) }
    if let found = closingParenthesis(stoppingAt: .endOfInput) { return found }
    hasUnclosedArguments = true
    return nil
  }

  private func closingParenthesis(stoppingAt stop: TokenKind) -> Int? {
    var depth = 0
    var candidate = index
    while candidate < tokens.count, tokens[candidate].kind != stop {
      switch tokens[candidate].kind {
      case .leftParen: depth += 1
      case .rightParen:
        depth -= 1
        if depth == 0 { return candidate }
      default: break
      }
      candidate += 1
    }
    return nil
  }
}
