// Where statements end, told without understanding them; used only for text that has no annotation.

package import SQLCDiagnostics
package import SQLCEngine

/// One statement's tokens: comments and the closing semicolon are left out.
package struct LexicalStatement: Sendable {
  package var range: ByteRange
  /// The token it begins with.
  package var first: ByteRange
  /// Its first word in capitals, past `EXPLAIN`; empty when it begins with something else.
  package var keyword: String
}

package func lexicalStatements(
  of tokens: ArraySlice<LexicalToken>, in source: SourceFile, rules: LexicalRules
) -> [LexicalStatement] {
  var boundaries: any StatementBoundaries =
    switch rules.boundaries {
    case .triggerBodies: TriggerBoundaries()
    case .parenthesesAndRoutineBodies: RoutineBoundaries()
    }
  var statements: [LexicalStatement] = []
  var current: LexicalStatement?
  for token in tokens where !token.isComment {
    let word = token.kind == .word ? source.slice(token.range).uppercased() : ""
    if boundaries.isEnd(token.kind, word) {
      if let statement = current { statements.append(statement) }
      current = nil
      continue
    }
    if token.kind == .semicolon { continue }
    if current == nil {
      current = LexicalStatement(range: token.range, first: token.range, keyword: word)
    } else {
      current?.range.upper = token.range.upper
      if current?.keyword == "EXPLAIN" { current?.keyword = word }
    }
  }
  if let statement = current { statements.append(statement) }
  return statements
}

/// Follows the tokens of a script, comments left out, and knows which semicolon ends a statement.
private protocol StatementBoundaries {
  mutating func isEnd(_ kind: LexicalToken.Kind, _ word: String) -> Bool
}

/// `LexicalRules.Boundaries.triggerBodies`, as sqlite3_complete() does it.
private struct TriggerBoundaries: StatementBoundaries {
  private enum State { case start, normal, explain, create, trigger, triggerSemicolon, triggerEnd }
  private var state = State.start

  mutating func isEnd(_ kind: LexicalToken.Kind, _ word: String) -> Bool {
    if kind == .semicolon {
      switch state {
      case .trigger, .triggerSemicolon:
        state = .triggerSemicolon
        return false
      case .start, .normal, .explain, .create, .triggerEnd:
        state = .start
        return true
      }
    }
    switch state {
    case .start: state = word == "CREATE" ? .create : word == "EXPLAIN" ? .explain : .normal
    case .explain: state = word == "CREATE" ? .create : word == "QUERY" || word == "PLAN" ? .explain : .normal
    case .create: state = word == "TRIGGER" ? .trigger : word == "TEMP" || word == "TEMPORARY" ? .create : .normal
    case .normal: state = .normal
    case .trigger, .triggerEnd: state = .trigger
    case .triggerSemicolon: state = word == "END" ? .triggerEnd : .trigger
    }
    return false
  }
}

/// `LexicalRules.Boundaries.parenthesesAndRoutineBodies`, as psql does it.
private struct RoutineBoundaries: StatementBoundaries {
  /// The first words of the statement.
  private var words: [String] = []
  private var parentheses = 0
  private var blocks = 0

  /// CREATE [OR REPLACE] {FUNCTION | PROCEDURE}
  private var isRoutine: Bool {
    let rest = words.starts(with: ["CREATE", "OR", "REPLACE"]) ? words.dropFirst(3) : words.dropFirst()
    return words.first == "CREATE" && (rest.first == "FUNCTION" || rest.first == "PROCEDURE")
  }

  mutating func isEnd(_ kind: LexicalToken.Kind, _ word: String) -> Bool {
    switch kind {
    case .openParenthesis: parentheses += 1
    case .closeParenthesis: parentheses = max(0, parentheses - 1)
    case .word:
      if words.count < 4 { words.append(word) }
      guard isRoutine, parentheses == 0 else { break }
      switch word {
      case "BEGIN": blocks += 1
      case "CASE": if blocks > 0 { blocks += 1 }
      case "END": blocks = max(0, blocks - 1)
      default: break
      }
    case .semicolon:
      guard parentheses == 0, blocks == 0 else { return false }
      words = []
      return true
    case .lineComment, .blockComment, .quoted, .other: break
    }
    return false
  }
}

extension LexicalStatement {
  /// Changes the schema, so that it belongs to one.
  package var definesSchema: Bool { ["CREATE", "ALTER", "DROP"].contains(keyword) }

  /// Sets things up rather than asking or changing anything a method could be made of.
  func isPreparation(by rules: LexicalRules) -> Bool { definesSchema || rules.preparations.contains(keyword) }
}
