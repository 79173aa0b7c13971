// What can be wrong with the syntax of SQL.

package import SQLCDiagnostics

/// What can be wrong with the syntax of SQL.
package enum SyntaxRule: String, RuleSet {
  case unexpectedToken = "unexpected-token"
  case misspelledKeyword = "misspelled-keyword"
  case misspelledOperator = "misspelled-operator"
  case missingComma = "missing-comma"
  case foreignStatement = "foreign-statement"
  case lateClause = "late-clause"
  case missingSemicolon = "missing-semicolon"
  case incompleteStatement = "incomplete-statement"
  case unclosedParenthesis = "unclosed-parenthesis"
  case unterminatedString = "unterminated-string"
  case unterminatedName = "unterminated-name"
  case unterminatedComment = "unterminated-comment"
  case misplacedClause = "misplaced-clause"
  case joinlessConstraint = "joinless-constraint"
  case unknownJoin = "unknown-join"
  case unsupportedCondition = "unsupported-condition"
  case unknownTableOption = "unknown-table-option"
  case unknownStorage = "unknown-storage"
  case decoratedColumnName = "decorated-column-name"
  case unsupportedNulls = "unsupported-nulls"
  case forbiddenInTrigger = "forbidden-in-trigger"
  case invalidParameterNumber = "invalid-parameter-number"
  case malformedParameter = "malformed-parameter"
  case unknownMacro = "unknown-macro"
  case malformedMacro = "malformed-macro"
  case qualifiedFunction = "qualified-function"
  case malformedNumber = "malformed-number"
  case malformedBlob = "malformed-blob"
  case unknownCharacter = "unknown-character"
  case exceededLimit = "exceeded-limit"

  package static let pass = "syntax"

  package var level: Severity {
    switch self {
    case .missingComma, .unterminatedComment: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .unexpectedToken: "something else had to stand here; what is said in words of SQL"
    case .misspelledKeyword, .misspelledOperator: "`WEHRE`, `=<`"
    case .missingComma: "`a INTEGER b TEXT`: a word inside a type that no type has"
    case .foreignStatement: "a statement of another database (`TRUNCATE`, `SHOW`, …)"
    case .lateClause: "`LIMIT 1 WHERE a`"
    case .missingSemicolon: "a new statement begins before the last one ended"
    case .incompleteStatement: "the statement ends too early"
    case .unclosedParenthesis: "a `(` without its `)`"
    case .unterminatedString, .unterminatedName: "a quote that is never closed"
    case .unterminatedComment: "a `/*` that is never closed, which SQLite lets pass"
    case .misplacedClause: "clauses in the wrong order, such as ORDER BY before UNION"
    case .joinlessConstraint: "ON or USING without a JOIN"
    case .unknownJoin: "`LEFT INNER JOIN` and the like"
    case .unsupportedCondition: "`IF EXISTS` where SQLite does not have it"
    case .unknownTableOption: "after the columns only STRICT and WITHOUT ROWID"
    case .unknownStorage: "a generated column is STORED or VIRTUAL"
    case .decoratedColumnName: "a list takes plain column names only"
    case .unsupportedNulls: "NULLS FIRST in an index or a key"
    case .forbiddenInTrigger: "statements in a trigger are plainer than outside"
    case .invalidParameterNumber, .malformedParameter: "`?0`, `?99999`, a lone `@`"
    case .unknownMacro, .malformedMacro: "`sqlc.ebmed(x)`, `sqlc.arg()`"
    case .qualifiedFunction: "`main.length(x)`"
    case .malformedNumber, .malformedBlob: "`12abc`, `x'123'`"
    case .unknownCharacter: "a character that means nothing to SQLite"
    case .exceededLimit: "beyond SQLite's own limits of depth or number"
    }
  }
}
