// ALTER TABLE and DROP (SQLite, lang_altertable.html, lang_droptable.html and its sisters).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `DROP TABLE|VIEW|INDEX|TRIGGER ifexists fullname`.
  mutating func parseDrop() throws(SyntaxFailure) -> DropSyntax {
    let start = start
    advance()
    let object: DropSyntax.Object
    let role: NameRole
    if accept(.table) {
      (object, role) = (.table, .table)
    } else if accept(.view) {
      (object, role) = (.view, .view)
    } else if accept(.index) {
      (object, role) = (.index, .index)
    } else if accept(.trigger) {
      (object, role) = (.trigger, .trigger)
    } else {
      throw fail(.anyOf([.table, .view, .index, .trigger]))
    }
    let ifExists = try parseIfExists()
    let name = try parseQualifiedName(role)
    return DropSyntax(object: object, ifExists: ifExists, name: name, range: range(from: start))
  }

  mutating func parseAlterTable() throws(SyntaxFailure) -> AlterTableSyntax {
    let start = start
    advance()
    try expect(.table)
    let table = try parseQualifiedName(.table)
    let action: AlterTableSyntax.Action
    if accept(.rename) {
      action = try parseRename()
    } else if at(.add) {
      action = try parseAddition()
    } else if at(.drop) {
      action = try parseRemoval()
    } else if at(.alter) {
      action = try parseNullability()
    } else {
      throw fail(.anyOf([.rename, .add, .drop]))
    }
    return AlterTableSyntax(table: table, action: action, range: range(from: start))
  }

  /// parse.y: `RENAME TO nm`, `RENAME kwcolumn_opt nm TO nm`.
  private mutating func parseRename() throws(SyntaxFailure) -> AlterTableSyntax.Action {
    if accept(.to) { return .renameTable(try parseName(.table)) }
    _ = accept(.column)
    let column = try parseName(.column)
    use(.renameColumn, at: column.range)
    try expect(.to)
    return .renameColumn(column, to: try parseName(.column))
  }

  /// parse.y: `ADD kwcolumn_opt columnname carglist`; since 3.53 `ADD [CONSTRAINT nm] CHECK LP expr RP onconf`.
  private mutating func parseAddition() throws(SyntaxFailure) -> AlterTableSyntax.Action {
    let start = start
    advance()
    if at(.constraint) || at(.check) {
      use(.alterConstraint, at: range(from: start).union(token.range))
      let constraintStart = self.start
      let name = accept(.constraint) ? try parseName(.constraint) : nil
      try expect(.check)
      try expect(.leftParen)
      let condition = try parseExpression()
      try expect(.rightParen)
      let onConflict = try parseConflictClause()
      return .addConstraint(
        TableConstraintSyntax(name: name, kind: .check(condition, onConflict), range: range(from: constraintStart)))
    }
    _ = accept(.column)
    rejectCondition(after: "ADD COLUMN")
    return .addColumn(try parseColumnDefinition())
  }

  /// parse.y: `DROP kwcolumn_opt nm`; since 3.53 `DROP CONSTRAINT nm`.
  private mutating func parseRemoval() throws(SyntaxFailure) -> AlterTableSyntax.Action {
    let start = start
    advance()
    if accept(.constraint) {
      use(.alterConstraint, at: range(from: start))
      return .dropConstraint(try parseName(.constraint))
    }
    _ = accept(.column)
    rejectCondition(after: "DROP COLUMN")
    use(.dropColumn, at: range(from: start))
    return .dropColumn(try parseName(.column))
  }

  /// `IF NOT EXISTS` and `IF EXISTS` before a column, which other databases have.
  private mutating func rejectCondition(after clause: String) {
    guard kind == .if, peek(1) == .exists || (peek(1) == .not && peek(2) == .exists) else { return }
    let start = start
    while kind != .exists { advance() }
    advance()
    report(.unsupportedCondition(clause: clause, condition: text(range(from: start)), at: range(from: start)))
  }

  /// parse.y since 3.53: `ALTER kwcolumn_opt nm SET NOT NULL onconf`, `ALTER kwcolumn_opt nm DROP NOT NULL`.
  private mutating func parseNullability() throws(SyntaxFailure) -> AlterTableSyntax.Action {
    use(.alterConstraint, at: advance().range)
    _ = accept(.column)
    let column = try parseName(.column)
    if accept(.set) {
      try expect(.not)
      try expect(.null)
      return .setNotNull(column, try parseConflictClause())
    }
    guard accept(.drop) else { throw fail(.anyOf([.set, .drop])) }
    try expect(.not)
    try expect(.null)
    return .dropNotNull(column)
  }
}
