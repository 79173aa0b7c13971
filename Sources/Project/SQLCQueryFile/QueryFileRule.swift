// What can be wrong with the shape of a query file.

package import SQLCDiagnostics

/// What can be wrong with the shape of a query file.
package enum QueryFileRule: String, RuleSet {
  case missingAnnotation = "missing-annotation"
  case ignoredStatement = "ignored-statement"
  case malformedAnnotation = "malformed-annotation"
  case unknownCommand = "unknown-command"
  case invalidName = "invalid-name"
  case missingStatement = "missing-statement"
  case malformedRow = "malformed-row"
  case malformedAssertion = "malformed-assertion"
  case misplacedAssertion = "misplaced-assertion"
  case provenAssertion = "proven-assertion"
  case duplicateName = "duplicate-name"

  package static let pass = "queryfile"

  package var level: Severity {
    switch self {
    case .ignoredStatement, .provenAssertion: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .missingAnnotation: "a statement that could be a query has no `-- name:` line"
    case .ignoredStatement: "a PRAGMA or a definition above the first annotation"
    case .malformedAnnotation: "the line is nearly `-- name: Name :command`"
    case .unknownCommand: "none of sqlc's commands, which are listed"
    case .invalidName: "the name cannot be one in Swift"
    case .missingStatement: "an annotation with no SQL under it"
    case .malformedRow: "`-- row:` twice, or `widen` without columns or without a reason"
    case .malformedAssertion: "`sqlc.notnull` or `sqlc.nullable` of nothing, of several things, or inside another"
    case .misplacedAssertion: "`sqlc.notnull` or `sqlc.nullable` that is no whole result column"
    case .provenAssertion: "`sqlc.notnull` or `sqlc.nullable` of what is so anyway"
    case .duplicateName: "two queries of one block have one name"
    }
  }
}
