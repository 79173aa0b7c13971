// What the schema's comments say of tables and columns, for the documentation of generated code.
//
// | comment | documents |
// |---|---|
// | directly above `CREATE TABLE` or `CREATE VIEW` | the table or view |
// | directly above a column | the column |
// | behind a column, on the line where it ends | the column |
//
// An empty line parts a comment from what follows. What speaks to tools (`-- +goose Up`, `-- name: …`) is left out.

import SQLCDiagnostics
import SQLCEngine
import SQLCQueryFile
import SQLCSyntaxSQLite

struct SchemaComments: Sendable {
  private let scripts: [String: [Script]]
  /// All of them, in their order.
  let syntax: [ScriptSyntax]

  struct Script: Sendable {
    var syntax: ScriptSyntax
    var comments: [LexicalToken]
  }

  init(of scripts: [ScriptSyntax], rules: LexicalRules) {
    var comments: [String: [LexicalToken]] = [:]
    var result: [String: [Script]] = [:]
    for syntax in scripts {
      let path = syntax.source.path
      let known = comments[path] ?? lexicalTokens(of: syntax.source, rules: rules).filter(\.isComment)
      comments[path] = known
      result[path, default: []].append(
        Script(syntax: syntax, comments: known.filter { syntax.range.contains($0.range) }))
    }
    self.scripts = result
    self.syntax = scripts
  }

  /// Of the statement that the name at that place is in.
  func documentation(ofStatementAt definition: SourceRange?) -> [String] {
    guard let (script, index) = token(at: definition),
      let item = script.item(of: script.syntax.tokens[index]),
      let first = script.syntax.tokens[...index].lastIndex(where: { $0.range.lower <= item.statement.range.lower })
    else { return [] }
    return script.text(script.above(first))
  }

  /// Of the column whose name stands there.
  func documentation(ofColumnAt definition: SourceRange?) -> [String] {
    guard let (script, index) = token(at: definition) else { return [] }
    return script.text(script.above(index)) + script.text(script.behind(index))
  }

  private func token(at definition: SourceRange?) -> (Script, Int)? {
    guard let definition else { return nil }
    for script in scripts[definition.path] ?? [] {
      let tokens = script.syntax.tokens
      let index = tokens.partitioningIndex { $0.range.lower >= definition.range.lower }
      if index < tokens.count, tokens[index].range == definition.range { return (script, index) }
    }
    return nil
  }
}

extension SchemaComments.Script {
  /// The statement that a token stands in.
  func item(of token: Token) -> ScriptSyntax.Item? {
    let index = syntax.items.partitioningIndex { $0.range.upper >= token.range.upper }
    guard index < syntax.items.count, syntax.items[index].range.contains(token.range) else { return nil }
    return syntax.items[index]
  }

  func text(_ comments: [LexicalToken]) -> [String] { documentation(of: comments, in: syntax.source) }

  /// Comments on the lines directly above a token, or before it on its own line.
  func above(_ index: Int) -> [LexicalToken] {
    if comments.isEmpty { return [] }
    let start = index > 0 ? syntax.tokens[index - 1].range.upper : syntax.range.lower
    var result: [LexicalToken] = []
    var next = syntax.tokens[index].range.lower
    for comment in between(start, next).reversed() {
      if lines(comment.range.upper, next) > 1 { break }
      // On the line of what stands before: that is spoken of.
      if index > 0, lines(start, comment.range.lower) == 0, lines(start, syntax.tokens[index].range.lower) > 0 { break }
      if isForTools(comment) { break }
      result.append(comment)
      next = comment.range.lower
    }
    return result.reversed()
  }

  /// Comments behind a column's definition and its comma, on the same line.
  func behind(_ index: Int) -> [LexicalToken] {
    if comments.isEmpty { return [] }
    let tokens = syntax.tokens
    var last = index
    var depth = 0
    while last + 1 < tokens.count {
      let kind = tokens[last + 1].kind
      if depth == 0, kind == .comma || kind == .rightParen || kind == .semicolon { break }
      depth += kind == .leftParen ? 1 : kind == .rightParen ? -1 : 0
      last += 1
    }
    let end = tokens[last].range.upper
    var result = between(end, last + 1 < tokens.count ? tokens[last + 1].range.lower : syntax.range.upper)
    if last + 1 < tokens.count, tokens[last + 1].kind == .comma || tokens[last + 1].kind == .semicolon {
      let comma = tokens[last + 1].range.upper
      let following = last + 2 < tokens.count ? tokens[last + 2].range.lower : syntax.range.upper
      // Another column on this line: what stands before it is its own.
      if last + 2 == tokens.count || lines(comma, following) > 0 { result += between(comma, following) }
    }
    return result.filter { lines(end, $0.range.lower) == 0 && !isForTools($0) }
  }

  private func between(_ lower: Int, _ upper: Int) -> [LexicalToken] {
    // Comments are in order: a large schema is not searched from its beginning for every column.
    let first = comments.partitioningIndex { $0.range.lower >= lower }
    return Array(comments[first...].prefix { $0.range.upper <= upper })
  }

  private func lines(_ lower: Int, _ upper: Int) -> Int {
    lineBreaks(in: ByteRange(lower, upper), of: syntax.source)
  }

  /// Marks of migrations, and annotations of queries in a file that is both.
  private func isForTools(_ comment: LexicalToken) -> Bool {
    let words = syntax.source.slice(comment.range).drop { "-/* \t".contains($0) }
    return words.hasPrefix("+") || words.hasPrefix("migrate:") || words.hasPrefix("name:")
  }
}
