// Constraints of a table, and the clauses that columns and tables share (parse.y, `conslist`, `refargs`).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `conslist`: constraints up to a comma; between two of them the comma may be missing.
  mutating func parseTableConstraints(into constraints: inout [TableConstraintSyntax]) throws(SyntaxFailure) {
    repeat {
      constraints.append(try parseTableConstraint())
    } while startsTableConstraint
  }

  private mutating func parseTableConstraint() throws(SyntaxFailure) -> TableConstraintSyntax {
    let start = start
    let name = accept(.constraint) ? try parseName(.constraint) : nil
    let kind = try parseTableConstraintKind() ?? .nothing
    return TableConstraintSyntax(name: name, kind: kind, range: range(from: start))
  }

  private mutating func parseTableConstraintKind() throws(SyntaxFailure) -> TableConstraintSyntax.Kind? {
    if accept(.primary) {
      try expect(.key)
      try expect(.leftParen)
      let columns = try parseKeyColumns()
      let isAutoincrement = accept(.autoincrement)
      try closeList()
      return .primaryKey(columns, try parseConflictClause(), autoincrement: isAutoincrement)
    }
    if accept(.unique) {
      try expect(.leftParen)
      let columns = try parseKeyColumns()
      try closeList()
      return .unique(columns, try parseConflictClause())
    }
    if accept(.check) {
      try expect(.leftParen)
      let condition = try parseExpression()
      try expect(.rightParen)
      return .check(condition, try parseConflictClause())
    }
    if accept(.foreign) {
      try expect(.key)
      let columns = try parseBareColumnList()
      return .foreignKey(columns, try parseForeignKeyClause())
    }
    return nil
  }

  /// parse.y: `sortlist` in a key or an index, where SQLite refuses NULLS FIRST and LAST (build.c, `sqlite3HasExplicitNulls`).
  mutating func parseKeyColumns() throws(SyntaxFailure) -> [IndexedColumnSyntax] {
    try commaSeparated { parser throws(SyntaxFailure) in
      let column = try parser.parseIndexedColumn()
      if column.nulls != nil { parser.report(.unsupportedNulls(at: column.range)) }
      return column
    }
  }

  mutating func parseIndexedColumn() throws(SyntaxFailure) -> IndexedColumnSyntax {
    let term = try parseOrderingTerm()
    return IndexedColumnSyntax(
      expression: term.expression, direction: term.direction, range: term.range, nulls: term.nulls)
  }

  /// parse.y: `REFERENCES nm eidlist_opt refargs`, with the deferral when it follows at once.
  mutating func parseForeignKeyClause() throws(SyntaxFailure) -> ForeignKeyClauseSyntax {
    let start = start
    try expect(.references)
    var clause = ForeignKeyClauseSyntax(
      table: try parseName(.table), columns: try parseOptionalBareColumnList(), actions: [:], match: nil,
      isDeferrable: nil, initially: nil, range: ByteRange(at: start))
    while true {
      if accept(.match) {
        clause.match = try parseName(.matchType)
      } else if at(.on), peek(1) == .delete || peek(1) == .update || peek(1) == .insert {
        advance()
        let event = advance().kind
        let action = try parseForeignKeyAction()
        // ON INSERT is read and ignored.
        if event == .delete { clause.actions[.delete] = action }
        if event == .update { clause.actions[.update] = action }
      } else {
        break
      }
    }
    if let deferral = try parseDeferral() {
      clause.isDeferrable = deferral.isDeferrable
      clause.initially = deferral.initially
    }
    clause.range = range(from: start)
    return clause
  }

  /// parse.y: `refact`.
  private mutating func parseForeignKeyAction() throws(SyntaxFailure) -> ForeignKeyClauseSyntax.Action {
    if accept(.set) {
      if accept(.null) { return .setNull }
      guard accept(.default) else { throw fail(.anyOf([.null, .default])) }
      return .setDefault
    }
    if accept(.cascade) { return .cascade }
    if accept(.restrict) { return .restrict }
    guard accept(.no) else { throw fail(.foreignKeyAction) }
    try expect(.action)
    return .noAction
  }

  /// parse.y: `defer_subclause`.
  mutating func parseDeferral() throws(SyntaxFailure) -> (
    isDeferrable: Bool, initially: ForeignKeyClauseSyntax.Deferral?
  )? {
    let isDeferrable = at(.deferrable)
    guard isDeferrable || (at(.not) && peek(1) == .deferrable) else { return nil }
    if !isDeferrable { advance() }
    advance()
    guard accept(.initially) else { return (isDeferrable, nil) }
    if accept(.deferred) { return (isDeferrable, .deferred) }
    guard accept(.immediate) else { throw fail(.anyOf([.deferred, .immediate])) }
    return (isDeferrable, .immediate)
  }
}
