// From a syntax diagnostic to its text.

import SQLCDiagnostics

extension SyntaxDiagnostic {
  func rendered(path: String) -> Diagnostic {
    let content = self.content
    return Diagnostic(
      content.rule.rule, content.message,
      at: DiagnosticLabel(SourceRange(path: path, range: content.range), content.label),
      notes: content.notes, fixIts: content.fixes.map { $0.bound(to: path) })
  }

  private struct Content {
    var rule: SyntaxRule
    var message: String
    var range: ByteRange
    var label = ""
    var notes: [String] = []
    var fixes: [SyntaxFix] = []
  }

  private var content: Content {
    switch self {
    case .unexpectedToken(let found, let expected, let fix, let note):
      return Content(
        rule: .unexpectedToken, message: "unexpected '\(found.text)'", range: found.range,
        label: "expected \(expected)", notes: note.map { [$0] } ?? [], fixes: fix.map { [$0] } ?? [])
    case .foreignStatement(let found, let note):
      return Content(
        rule: .foreignStatement, message: "SQLite has no '\(found.text)' here", range: found.range, notes: [note])
    case .lateClause(let found, let note):
      return Content(
        rule: .lateClause, message: "'\(found.text)' stands too late", range: found.range, notes: [note])
    case .wordyType(let type, let word, let range, let fix):
      return Content(
        rule: .missingComma, message: "'\(word)' is read as a part of the type '\(type)'", range: range,
        label: "a comma is missing before it, if it is a column", fixes: [fix])
    case .misspelledKeyword(let found, let keyword):
      let spelling = keyword.spelling ?? ""
      return Content(
        rule: .misspelledKeyword, message: "unexpected '\(found.text)'; did you mean \(spelling)?",
        range: found.range, label: "expected \(spelling)",
        fixes: [
          SyntaxFix(
            message: "replace with \(spelling)", applicability: .unsafe, range: found.range, replacement: spelling)
        ])
    case .misspelledOperator(let text, let meant, let range):
      let op = meant == " AND " ? "AND" : meant
      return Content(
        rule: .misspelledOperator, message: "there is no operator '\(text)'; did you mean \(op)?", range: range,
        label: "expected \(op)",
        fixes: [
          SyntaxFix(message: "replace with \(op)", applicability: .unsafe, range: range, replacement: meant)
        ])
    case .missingSemicolon(let found, let position):
      return Content(
        rule: .missingSemicolon, message: "missing ';' before '\(found.text)'", range: found.range,
        label: "a new statement begins here",
        fixes: [SyntaxFix(message: "insert ';'", applicability: .safe, range: position, replacement: ";")])
    case .unexpectedEnd(let range, let expected):
      return Content(
        rule: .incompleteStatement, message: "the statement ends too early", range: range,
        label: "expected \(expected)")
    case .illegalToken(let found, let note):
      var content = Self.illegal(found)
      content.notes += note.map { [$0] } ?? []
      return content
    case .unclosedParenthesis(let range):
      return Content(rule: .unclosedParenthesis, message: "the parenthesis is never closed", range: range)
    case .unterminatedComment(let range):
      return Content(
        rule: .unterminatedComment, message: "the comment is never closed", range: range,
        notes: ["SQLite reads everything up to the end as part of the comment"])
    case .exceededLimit(let limit, let range):
      return Self.exceeded(limit, range)
    case .misplacedClause(let clause, let before, let range):
      return Content(
        rule: .misplacedClause, message: "\(clause) must come after \(before)'s last part", range: range,
        notes: ["in a compound query ORDER BY and LIMIT stand once, at the end"])
    case .joinlessConstraint(let keyword, let range):
      return Content(
        rule: .joinlessConstraint, message: "\(keyword) needs a JOIN before it", range: range)
    case .unknownJoin(let words, let range):
      return Content(rule: .unknownJoin, message: "there is no '\(words) JOIN'", range: range)
    case .unsupportedCondition(let clause, let condition, let range):
      return Content(
        rule: .unsupportedCondition, message: "SQLite's \(clause) knows no '\(condition)'", range: range,
        fixes: [
          SyntaxFix(message: "remove '\(condition)'", applicability: .unsafe, range: range, replacement: "")
        ])
    case .unknownTableOption(let text, let range):
      return Content(
        rule: .unknownTableOption, message: "unknown table option '\(text)'", range: range,
        label: "expected WITHOUT ROWID or STRICT")
    case .unknownColumnStorage(let text, let range):
      return Content(
        rule: .unknownStorage, message: "a generated column cannot be '\(text)'", range: range,
        label: "expected STORED or VIRTUAL")
    case .decoratedColumnName(let name, let range):
      return Content(
        rule: .decoratedColumnName, message: "only column names can stand in this list", range: range,
        label: "unexpected after '\(name)'")
    case .unsupportedNulls(let range):
      return Content(
        rule: .unsupportedNulls, message: "NULLS FIRST and NULLS LAST cannot stand in an index or a key",
        range: range)
    case .forbiddenInTrigger(let what, let range):
      return Content(
        rule: .forbiddenInTrigger, message: "\(what) cannot be used inside a trigger", range: range)
    case .invalidParameterNumber(let text, let limit, let range):
      return Content(
        rule: .invalidParameterNumber, message: "'\(text)' is not a parameter", range: range,
        label: "expected ?1 to ?\(limit)")
    case .unknownMacro(let name, let range, let suggestion):
      return Content(
        rule: .unknownMacro, message: "unknown macro '\(name)'", range: range,
        label: "expected sqlc.arg, sqlc.narg, sqlc.slice, sqlc.embed, sqlc.nest, sqlc.optional or sqlc.order",
        fixes: suggestion.map {
          [SyntaxFix(message: "replace with \($0)", applicability: .unsafe, range: range, replacement: $0)]
        } ?? [])
    case .malformedMacro(let name, let range, let found):
      return Content(
        rule: .malformedMacro, message: "sqlc.\(name) takes one name, such as sqlc.\(name)(x)", range: range,
        label: "unexpected \(found)")
    case .qualifiedFunction(let name, let range):
      return Content(
        rule: .qualifiedFunction, message: "function '\(name)' cannot have a schema", range: range,
        label: "expected no '.' before the function")
    }
  }

  private static func illegal(_ found: FoundToken) -> Content {
    let first = ByteRange(found.range.lower, min(found.range.upper, found.range.lower + 1))
    switch found.kind {
    case .unterminatedString:
      return Content(
        rule: .unterminatedString, message: "the string is never closed", range: first, label: "opened here")
    case .unterminatedName:
      return Content(
        rule: .unterminatedName, message: "the quoted name is never closed", range: first, label: "opened here")
    case .malformedNumber:
      return Content(
        rule: .malformedNumber, message: "'\(found.text)' is not a number", range: found.range,
        notes: ["a name that begins with a digit must be quoted"])
    case .malformedBlob:
      return Content(
        rule: .malformedBlob, message: "the blob needs an even number of hexadecimal digits and a closing quote",
        range: found.range)
    case .malformedParameter:
      return Content(
        rule: .malformedParameter, message: "'\(found.text)' is not a parameter", range: found.range,
        label: "expected a name after the sign")
    default:
      return Content(
        rule: .unknownCharacter, message: "'\(found.text)' means nothing to SQLite", range: found.range)
    }
  }

  private static func exceeded(_ limit: SyntaxLimit, _ range: ByteRange) -> Content {
    let message =
      switch limit {
      case .expressionDepth(let most): "the expression is deeper than \(most) levels"
      case .compoundTerms(let most): "the compound query has more than \(most) parts"
      case .nesting: "the statement nests deeper than \(SyntaxLimit.mostNesting) levels"
      }
    return Content(
      rule: .exceededLimit, message: message, range: range, notes: ["see https://sqlite.org/limits.html"])
  }
}
