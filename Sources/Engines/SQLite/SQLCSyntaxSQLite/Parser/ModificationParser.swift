// INSERT, REPLACE, UPDATE and DELETE (SQLite, lang_insert.html, lang_upsert.html, lang_update.html, lang_delete.html).

import SQLCDiagnostics

/// Where a statement stands: inside a trigger less is allowed (lang_createtrigger.html#syntax_restrictions).
enum StatementPlace {
  case script, trigger
}

extension Parser {
  /// parse.y: `with insert_cmd INTO xfullname idlist_opt …`.
  mutating func parseInsert(
    with: WithSyntax?, from start: Int, in place: StatementPlace
  ) throws(SyntaxFailure) -> InsertSyntax {
    var onConflict: ConflictResolution?
    let isReplace = advance().kind == .replace
    if isReplace {
      onConflict = .replace
    } else if accept(.or) {
      onConflict = try parseResolution()
    }
    try expect(.into)
    let target = try parseTarget(in: place)
    let columns = at(.leftParen) ? try parseNameList(.column) : nil
    var insert = InsertSyntax(
      with: with, onConflict: onConflict, isReplace: isReplace, table: target.name, alias: target.alias,
      columns: columns, source: .defaultValues(token.range), range: ByteRange(at: start))
    if at(.default) {
      let clauseStart = self.start
      advance()
      try expect(.values)
      let clause = range(from: clauseStart)
      if place == .trigger { report(.forbiddenInTrigger(what: "DEFAULT VALUES", at: clause)) }
      insert.source = .defaultValues(clause)
    } else {
      guard kind.startsQuery else { throw fail(.anyOf([.select, .values, .default, .with])) }
      insert.source = .select(try parseSelect())
      insert.upserts = try parseUpserts()
    }
    insert.returning = try parseReturning(in: place)
    insert.range = range(from: start)
    return insert
  }

  /// parse.y: `upsert`. Only the last clause may be without a target.
  private mutating func parseUpserts() throws(SyntaxFailure) -> [UpsertSyntax] {
    var upserts: [UpsertSyntax] = []
    while at(.on) {
      let upsert = try parseUpsert()
      use(upserts.isEmpty ? .upsert : .upsertSeveralClauses, at: ByteRange(upsert.range.lower, upsert.range.lower + 2))
      upserts.append(upsert)
      if upsert.target.isEmpty { break }
    }
    return upserts
  }

  private mutating func parseUpsert() throws(SyntaxFailure) -> UpsertSyntax {
    let start = start
    try expect(.on)
    try expect(.conflict)
    var target: [IndexedColumnSyntax] = []
    var targetWhere: ExpressionSyntax?
    if accept(.leftParen) {
      target = try commaSeparated { parser throws(SyntaxFailure) in try parser.parseIndexedColumn() }
      try closeList()
      if accept(.where) { targetWhere = try parseExpression() }
    }
    try expect(.do)
    let action: UpsertSyntax.Action
    if accept(.nothing) {
      action = .nothing
    } else {
      guard accept(.update) else { throw fail(.anyOf([.nothing, .update])) }
      try expect(.set)
      let assignments = try parseAssignments()
      action = .update(assignments, whereClause: accept(.where) ? try parseExpression() : nil)
    }
    return UpsertSyntax(target: target, targetWhere: targetWhere, action: action, range: range(from: start))
  }

  /// parse.y: `setlist`.
  private mutating func parseAssignments() throws(SyntaxFailure) -> [AssignmentSyntax] {
    try commaSeparated { parser throws(SyntaxFailure) in
      let start = parser.start
      let isRow = parser.at(.leftParen)
      let columns = isRow ? try parser.parseNameList(.column) : [try parser.parseName(.column)]
      try parser.expect(.equal)
      let value = try parser.parseExpression()
      return AssignmentSyntax(columns: columns, isRow: isRow, value: value, range: parser.range(from: start))
    }
  }

  /// parse.y: `with UPDATE orconf xfullname indexed_opt SET setlist from where_opt_ret orderby_opt limit_opt`.
  mutating func parseUpdate(
    with: WithSyntax?, from start: Int, in place: StatementPlace
  ) throws(SyntaxFailure) -> UpdateSyntax {
    advance()
    let onConflict = accept(.or) ? try parseResolution() : nil
    let table = try parseTarget(in: place)
    try expect(.set)
    var update = UpdateSyntax(
      with: with, onConflict: onConflict, table: table, assignments: try parseAssignments(), range: ByteRange(at: start)
    )
    if at(.from) {
      use(.updateFrom, at: token.range)
      update.from = try parseFrom()
    }
    if accept(.where) { update.whereClause = try parseExpression() }
    update.returning = try parseReturning(in: place)
    update.orderBy = at(.order) ? try parseRowOrder(in: place) : []
    update.limit = at(.limit) ? try parseRowLimit(in: place) : nil
    update.range = range(from: start)
    return update
  }

  /// parse.y: `with DELETE FROM xfullname indexed_opt where_opt_ret orderby_opt limit_opt`.
  mutating func parseDelete(
    with: WithSyntax?, from start: Int, in place: StatementPlace
  ) throws(SyntaxFailure) -> DeleteSyntax {
    advance()
    try expect(.from)
    var delete = DeleteSyntax(with: with, table: try parseTarget(in: place), range: ByteRange(at: start))
    if accept(.where) { delete.whereClause = try parseExpression() }
    delete.returning = try parseReturning(in: place)
    delete.orderBy = at(.order) ? try parseRowOrder(in: place) : []
    delete.limit = at(.limit) ? try parseRowLimit(in: place) : nil
    delete.range = range(from: start)
    return delete
  }

  /// ORDER BY and LIMIT on UPDATE and DELETE need SQLITE_ENABLE_UPDATE_DELETE_LIMIT (lang_delete.html); the syntax reads
  /// them always. A trigger's statements never have them.
  private mutating func parseRowOrder(in place: StatementPlace) throws(SyntaxFailure) -> [OrderingTermSyntax] {
    if place == .trigger { report(.forbiddenInTrigger(what: "ORDER BY on UPDATE or DELETE", at: token.range)) }
    return try parseOrderBy()
  }

  private mutating func parseRowLimit(in place: StatementPlace) throws(SyntaxFailure) -> LimitSyntax {
    if place == .trigger { report(.forbiddenInTrigger(what: "LIMIT on UPDATE or DELETE", at: token.range)) }
    return try parseLimit()
  }

  /// parse.y: `xfullname indexed_opt`; in a trigger `trnm tridxby`, which SQLite allows to be a bare name only.
  private mutating func parseTarget(in place: StatementPlace) throws(SyntaxFailure) -> TableReferenceSyntax {
    let start = start
    var table = TableReferenceSyntax(name: try parseQualifiedName(.table), range: ByteRange(at: start))
    if accept(.as) { table.alias = try parseName(.alias) }
    let hintStart = self.start
    table.indexHint = try parseIndexHint()
    table.range = range(from: start)
    guard place == .trigger else { return table }
    if table.name.schema != nil {
      report(.forbiddenInTrigger(what: "a schema before the table to change", at: table.name.range))
    }
    if let alias = table.alias {
      report(.forbiddenInTrigger(what: "an alias of the table to change", at: alias.range))
    }
    if table.indexHint != nil {
      report(.forbiddenInTrigger(what: "INDEXED BY or NOT INDEXED on UPDATE or DELETE", at: range(from: hintStart)))
    }
    return table
  }

  /// parse.y: `RETURNING selcollist`.
  private mutating func parseReturning(in place: StatementPlace) throws(SyntaxFailure) -> ReturningSyntax? {
    guard at(.returning) else { return nil }
    let start = start
    let keyword = advance().range
    use(.returning, at: keyword)
    if place == .trigger { report(.forbiddenInTrigger(what: "RETURNING", at: keyword)) }
    let columns = try parseResultColumns()
    return ReturningSyntax(columns: columns, range: range(from: start))
  }

  /// parse.y: `resolvetype`.
  mutating func parseResolution() throws(SyntaxFailure) -> ConflictResolution {
    if accept(.rollback) { return .rollback }
    if accept(.abort) { return .abort }
    if accept(.fail) { return .fail }
    if accept(.ignore) { return .ignore }
    if accept(.replace) { return .replace }
    throw fail(.conflictResolution)
  }

  /// parse.y: `ON CONFLICT resolvetype`, or nothing.
  mutating func parseConflictClause() throws(SyntaxFailure) -> ConflictResolution? {
    guard accept(.on, .conflict) else { return nil }
    return try parseResolution()
  }
}
