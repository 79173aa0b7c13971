// sqlc's macros, which stand where SQLite has no construct: `sqlc.arg(x)` and its sisters. They ignore case.

import SQLCDiagnostics

extension Parser {
  /// `sqlc . name (` stands here, and macros are allowed.
  var startsMacro: Bool {
    options.allowsMacros && kind == .identifier && peek(1) == .dot && peek(3) == .leftParen
      && text(token.range).asciiLowercased == "sqlc"
  }

  /// Reads a macro; one that is misused is reported and stands for an expression all the same.
  mutating func parseMacroOrMissing() -> ExpressionSyntax {
    let start = start
    do throws(SyntaxFailure) {
      return .macro(try parseMacro())
    } catch {
      var depth = tokens[index - 1].kind == .leftParen ? 1 : 0
      while kind != .semicolon, kind != .endOfInput {
        if kind == .leftParen { depth += 1 }
        if kind == .rightParen { depth -= 1 }
        advance()
        if depth <= 0, tokens[index - 1].kind == .rightParen { break }
      }
      return .missing(MissingSyntax(range: range(from: start)))
    }
  }

  /// Reads a macro where `startsMacro`.
  mutating func parseMacro() throws(SyntaxFailure) -> MacroSyntax {
    let start = start
    let prefix = advance().range
    advance()
    let nameToken = advance()
    let spelling = text(nameToken.range)
    guard let macro = MacroSyntax.Name(rawValue: spelling.asciiLowercased) else {
      throw fail(
        .unknownMacro(
          name: "\(text(prefix)).\(spelling)", at: nameToken.range, suggestion: macroSuggestion(spelling)))
    }
    advance()
    // `sqlc.nest(posts.comments)`: within the other list.
    var outer: NameSyntax?
    if macro == .nest, kind.isName, peek(1) == .dot {
      outer = name(advance())
      advance()
    }
    // Any word can be a parameter's name, reserved or not: `sqlc.arg(limit)`.
    let isWord = kind.isName || kind.isKeyword
    // `sqlc.slice(rows, name)`: a field of a list of rows, which is read before anything is analysed.
    let field = peek(2)
    let hasField =
      macro == .slice && peek(1) == .comma && (field.isName || field.isKeyword) && peek(3) == .rightParen
    guard isWord, peek(1) == .rightParen || hasField else {
      let culprit = isWord ? peekToken(1) : token
      let what = culprit.kind == .endOfInput ? "end of the statement" : "'\(excerpt(culprit.range))'"
      throw fail(.malformedMacro(name: macro.rawValue, at: culprit.range, found: what))
    }
    let argument = name(advance())
    if hasField {
      advance()
      advance()
    }
    try expect(.rightParen)
    return MacroSyntax(
      name: macro, nameRange: nameToken.range, argument: argument, outer: outer, range: range(from: start))
  }

  private func peekToken(_ distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  private func macroSuggestion(_ spelling: String) -> String? {
    let word = spelling.asciiLowercased
    // The others are no expressions and are read elsewhere, before anything is parsed.
    return (MacroSyntax.Name.allCases.map(\.rawValue) + ["optional", "order", "after", "patch", "notnull", "nullable"])
      .first { editDistance(word.utf8, $0.utf8) <= 1 }
  }
}
