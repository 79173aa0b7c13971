// CREATE TRIGGER (SQLite, lang_createtrigger.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `createkw trigger_decl BEGIN trigger_cmd_list END`, from TRIGGER on.
  mutating func parseCreateTrigger(
    _ lifetime: Lifetime, from start: Int
  ) throws(SyntaxFailure) -> CreateTriggerSyntax {
    advance()
    let ifNotExists = try parseIfNotExists()
    let name = try parseQualifiedName(.trigger)
    let time = try parseTriggerTime()
    let event = try parseTriggerEvent()
    try expect(.on)
    let table = try parseQualifiedName(.table)
    let forEachRow = accept(.for)
    if forEachRow {
      try expect(.each)
      try expect(.row)
    }
    let when = accept(.when) ? try parseExpression() : nil
    try expect(.begin)
    let body = try parseTriggerBody()
    return CreateTriggerSyntax(
      isTemporary: lifetime == .temporary, ifNotExists: ifNotExists, name: name, time: time, event: event,
      table: table, forEachRow: forEachRow, when: when, body: body, range: range(from: start))
  }

  private mutating func parseTriggerTime() throws(SyntaxFailure) -> CreateTriggerSyntax.Time? {
    if accept(.before) { return .before }
    if accept(.after) { return .after }
    guard accept(.instead) else { return nil }
    try expect(.of)
    return .insteadOf
  }

  private mutating func parseTriggerEvent() throws(SyntaxFailure) -> CreateTriggerSyntax.Event {
    if accept(.delete) { return .delete }
    if accept(.insert) { return .insert }
    guard accept(.update) else { throw fail(.anyOf([.delete, .insert, .update])) }
    guard accept(.of) else { return .update(of: []) }
    return .update(of: try commaSeparated { parser throws(SyntaxFailure) in try parser.parseName(.column) })
  }

  /// parse.y: `trigger_cmd SEMI …  END`. A statement that cannot be read is skipped up to its semicolon.
  private mutating func parseTriggerBody() throws(SyntaxFailure) -> [CreateTriggerSyntax.Step] {
    var body: [CreateTriggerSyntax.Step] = []
    let openNesting = nesting
    repeat {
      do throws(SyntaxFailure) {
        body.append(try parseTriggerStep())
        guard at(.semicolon) else { throw failAfterTriggerStep() }
        advance()
      } catch {
        nesting = openNesting
        while kind != .semicolon, kind != .endOfInput { advance() }
        guard accept(.semicolon) else { throw error }
      }
    } while !at(.end)
    advance()
    return body
  }

  private mutating func parseTriggerStep() throws(SyntaxFailure) -> CreateTriggerSyntax.Step {
    let start = start
    switch kind {
    case .insert, .replace: return .insert(try parseInsert(with: nil, from: start, in: .trigger))
    case .update: return .update(try parseUpdate(with: nil, from: start, in: .trigger))
    case .delete: return .delete(try parseDelete(with: nil, from: start, in: .trigger))
    case .select, .values: return .select(try parseSelect())
    case .with:
      let with = try parseWith()
      guard kind != .insert, kind != .replace, kind != .update, kind != .delete else {
        throw fail(.forbiddenInTrigger(what: "WITH before \(excerpt(token.range))", at: with.range))
      }
      return .select(try parseSelect(with: with, from: start))
    default: throw fail(.triggerStatement)
    }
  }
}
