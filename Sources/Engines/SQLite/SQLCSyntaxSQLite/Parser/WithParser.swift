// Common table expressions (SQLite, lang_with.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `WITH [RECURSIVE] wqlist`.
  mutating func parseWith() throws(SyntaxFailure) -> WithSyntax {
    let start = start
    try expect(.with)
    let isRecursive = accept(.recursive)
    let tables = try commaSeparated { parser throws(SyntaxFailure) in try parser.parseCommonTable() }
    return WithSyntax(isRecursive: isRecursive, tables: tables, range: range(from: start))
  }

  /// parse.y: `nm eidlist_opt AS [[NOT] MATERIALIZED] LP select RP`.
  private mutating func parseCommonTable() throws(SyntaxFailure) -> CommonTableSyntax {
    let start = start
    let name = try parseName(.commonTable)
    let columns = try parseOptionalBareColumnList()
    try expect(.as)
    var hint: CommonTableSyntax.Hint?
    let hintStart = self.start
    if accept(.materialized) {
      hint = .materialized
    } else if accept(.not) {
      try expect(.materialized)
      hint = .notMaterialized
    }
    if hint != nil { use(.materializedHint, at: range(from: hintStart)) }
    try expect(.leftParen)
    try enter(cost: 4)
    let query = try parseSelect()
    leave(cost: 4)
    try expect(.rightParen)
    return CommonTableSyntax(name: name, columns: columns, hint: hint, query: query, range: range(from: start))
  }
}
