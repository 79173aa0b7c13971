// CREATE TABLE (SQLite, lang_createtable.html). Its constraints are in ConstraintParser.swift.

import SQLCDiagnostics

/// What stands between CREATE and the kind of object.
enum Lifetime { case permanent, temporary }

extension Parser {
  /// parse.y: `createkw temp TABLE ifnotexists nm dbnm create_table_args`, from TABLE on.
  mutating func parseCreateTable(_ lifetime: Lifetime, from start: Int) throws(SyntaxFailure) -> CreateTableSyntax {
    advance()
    let ifNotExists = try parseIfNotExists()
    let name = try parseQualifiedName(.table)
    let body: CreateTableSyntax.Body
    if accept(.as) {
      body = .select(try parseSelect())
    } else {
      body = try parseTableBody()
    }
    return CreateTableSyntax(
      isTemporary: lifetime == .temporary, ifNotExists: ifNotExists, name: name, body: body, range: range(from: start))
  }

  mutating func parseIfNotExists() throws(SyntaxFailure) -> Bool {
    guard accept(.if) else { return false }
    try expect(.not)
    try expect(.exists)
    return true
  }

  mutating func parseIfExists() throws(SyntaxFailure) -> Bool {
    guard accept(.if) else { return false }
    try expect(.exists)
    return true
  }

  /// parse.y: `LP columnlist conslist_opt RP table_option_set`. Columns first, then constraints, which need no commas between
  /// them. A column or constraint that cannot be read is skipped up to the next comma.
  private mutating func parseTableBody() throws(SyntaxFailure) -> CreateTableSyntax.Body {
    guard at(.leftParen) else { throw fail(.anyOf([.leftParen, .as])) }
    advance()
    var columns: [ColumnDefinitionSyntax] = []
    var constraints: [TableConstraintSyntax] = []
    let openNesting = nesting
    // A comma was forgotten: that is reported, and the next element is read all the same.
    var isMissingComma = false
    while true {
      let elementIndex = index
      do throws(SyntaxFailure) {
        if startsTableConstraint, !columns.isEmpty || hasReportedErrors {
          try parseTableConstraints(into: &constraints)
        } else if constraints.isEmpty {
          columns.append(try parseColumnDefinition())
        } else {
          throw fail(.tableConstraint)
        }
        if !at(.comma), !at(.rightParen) {
          guard kind.isName, constraints.isEmpty else { throw failAfterElement() }
          _ = failAfterElement()
          isMissingComma = true
        }
      } catch {
        nesting = openNesting
        guard skipToNextElement(begunAt: elementIndex) else { throw error }
      }
      if isMissingComma {
        isMissingComma = false
        continue
      }
      guard accept(.comma) else { break }
    }
    try closeList()
    return .columns(columns, constraints: constraints, options: try parseTableOptions())
  }

  private var hasReportedErrors: Bool { diagnostics.hasErrors }

  var startsTableConstraint: Bool {
    kind == .constraint || kind == .primary || kind == .unique || kind == .check || kind == .foreign
  }

  /// Skips to the comma or the parenthesis that ends an element of a list; false when the statement ends first.
  private mutating func skipToNextElement(begunAt startIndex: Int) -> Bool {
    var depth = 0
    for token in tokens[startIndex..<index] {
      if token.kind == .leftParen { depth += 1 }
      if token.kind == .rightParen { depth -= 1 }
    }
    while kind != .endOfInput, kind != .semicolon {
      if kind == .leftParen {
        depth += 1
      } else if kind == .rightParen {
        if depth == 0 { return true }
        depth -= 1
      } else if kind == .comma, depth == 0 {
        return true
      } else if depth == 0, startsTopLevelStatement {
        return false
      }
      advance()
    }
    return false
  }

  /// parse.y: `table_option_set`, which may be empty, and then a comma more: SQLite reads `(a), WITHOUT ROWID` too.
  private mutating func parseTableOptions() throws(SyntaxFailure) -> [TableOptionSyntax] {
    let hasComma = kind == .comma && (peek(1) == .without || peek(1).isName)
    if hasComma { advance() }
    guard at(.without) || kind.isName else { return [] }
    return try commaSeparated { parser throws(SyntaxFailure) in
      let start = parser.start
      let isWithout = parser.accept(.without)
      guard parser.kind.isName else { throw parser.fail(.tableOption) }
      let word = parser.text(parser.advance().range).asciiLowercased
      let whole = parser.range(from: start)
      if isWithout, word == "rowid" { return TableOptionSyntax(option: .withoutRowID, range: whole) }
      if !isWithout, word == "strict" {
        parser.use(.strictTable, at: whole)
        return TableOptionSyntax(option: .strict, range: whole)
      }
      throw parser.fail(.unknownTableOption(text: parser.excerpt(whole), at: whole))
    }
  }

  /// parse.y: `columnname carglist`.
  mutating func parseColumnDefinition() throws(SyntaxFailure) -> ColumnDefinitionSyntax {
    let start = start
    guard kind.isName else { throw fail(.columnDefinition) }
    let name = name(advance())
    let type = try parseTypeName()
    let constraints = try parseColumnConstraints()
    return ColumnDefinitionSyntax(name: name, type: type, constraints: constraints, range: range(from: start))
  }
}
