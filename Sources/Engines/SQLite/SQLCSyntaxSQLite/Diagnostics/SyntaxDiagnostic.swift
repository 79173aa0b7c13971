// Everything the front end can say about a text, with the words it says it in.

import SQLCDiagnostics

/// What stands where something else was expected.
struct FoundToken: Sendable {
  var kind: TokenKind
  var text: String
  var range: ByteRange
}

enum SyntaxDiagnostic: Sendable {
  case unexpectedToken(FoundToken, expected: String, fix: SyntaxFix?, note: String? = nil)
  case misspelledKeyword(FoundToken, keyword: TokenKind)
  case misspelledOperator(text: String, meant: String, at: ByteRange)
  case missingSemicolon(before: FoundToken, at: ByteRange)
  case unexpectedEnd(at: ByteRange, expected: String)
  case illegalToken(FoundToken, note: String? = nil)
  case foreignStatement(FoundToken, note: String)
  case lateClause(FoundToken, note: String)
  case wordyType(type: String, word: String, at: ByteRange, fix: SyntaxFix)
  case unclosedParenthesis(at: ByteRange)
  case unterminatedComment(at: ByteRange)
  case exceededLimit(SyntaxLimit, at: ByteRange)
  case misplacedClause(clause: String, before: String, at: ByteRange)
  case joinlessConstraint(keyword: String, at: ByteRange)
  case unknownJoin(words: String, at: ByteRange)
  case unsupportedCondition(clause: String, condition: String, at: ByteRange)
  case unknownTableOption(text: String, at: ByteRange)
  case unknownColumnStorage(text: String, at: ByteRange)
  case decoratedColumnName(name: String, at: ByteRange)
  case unsupportedNulls(at: ByteRange)
  case forbiddenInTrigger(what: String, at: ByteRange)
  case invalidParameterNumber(text: String, limit: Int, at: ByteRange)
  case unknownMacro(name: String, at: ByteRange, suggestion: String?)
  case malformedMacro(name: String, at: ByteRange, found: String)
  case qualifiedFunction(name: String, at: ByteRange)
}

/// A change of a few bytes, before it is bound to a file.
struct SyntaxFix: Sendable {
  var message: String
  var applicability: FixIt.Applicability
  var range: ByteRange
  var replacement: String

  func bound(to path: String) -> FixIt {
    FixIt(message, applicability, edits: [FixIt.Edit(SourceRange(path: path, range: range), replacement: replacement)])
  }
}
