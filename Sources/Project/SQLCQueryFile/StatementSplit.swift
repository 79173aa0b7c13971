// Where statements end, told without understanding them; used only for text that has no annotation.

package import SQLCDiagnostics

/// One statement's tokens: comments and the closing semicolon are left out.
package struct LexicalStatement: Sendable {
  package var range: ByteRange
  /// The token it begins with.
  package var first: ByteRange
  /// Its first word in capitals, past `EXPLAIN`; empty when it begins with something else.
  package var keyword: String
}

/// Statements by SQLite's own rule of completeness.
///
/// SQLite, c3ref/complete.html: a semicolon ends a statement unless it is within a string, a comment or the body of a
/// CREATE TRIGGER statement; the last ends with `; END ;`.
package func lexicalStatements(of tokens: ArraySlice<LexicalToken>, in source: SourceFile) -> [LexicalStatement] {
  enum State { case start, normal, explain, create, trigger, triggerSemicolon, triggerEnd }
  var state = State.start
  var statements: [LexicalStatement] = []
  var current: LexicalStatement?

  for token in tokens where !token.isComment {
    let word = token.kind == .word ? source.slice(token.range).uppercased() : ""
    if token.kind == .semicolon {
      switch state {
      case .trigger, .triggerSemicolon: state = .triggerSemicolon
      case .start, .normal, .explain, .create, .triggerEnd:
        state = .start
        if let statement = current { statements.append(statement) }
        current = nil
      }
      continue
    }
    if current == nil {
      current = LexicalStatement(range: token.range, first: token.range, keyword: word)
    } else {
      current?.range.upper = token.range.upper
      if current?.keyword == "EXPLAIN" { current?.keyword = word }
    }
    switch state {
    case .start: state = word == "CREATE" ? .create : word == "EXPLAIN" ? .explain : .normal
    case .explain: state = word == "CREATE" ? .create : word == "QUERY" || word == "PLAN" ? .explain : .normal
    case .create: state = word == "TRIGGER" ? .trigger : word == "TEMP" || word == "TEMPORARY" ? .create : .normal
    case .normal: state = .normal
    case .trigger, .triggerEnd: state = .trigger
    case .triggerSemicolon: state = word == "END" ? .triggerEnd : .trigger
    }
  }
  if let statement = current { statements.append(statement) }
  return statements
}

extension LexicalStatement {
  /// Changes the schema, so that it belongs to one.
  package var definesSchema: Bool { ["CREATE", "ALTER", "DROP"].contains(keyword) }

  /// Sets things up rather than asking or changing anything a method could be made of.
  var isPreparation: Bool {
    definesSchema
      || ["PRAGMA", "BEGIN", "COMMIT", "END", "ROLLBACK", "ANALYZE", "REINDEX", "VACUUM", "ATTACH", "DETACH"]
        .contains(keyword)
  }
}
