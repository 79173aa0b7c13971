// What can be wrong with kept answers.

package import SQLCDiagnostics

/// What can be wrong with kept answers.
package enum AnswerFileRule: String, RuleSet {
  case outdatedSchema = "outdated-schema"
  case outdatedQuery = "outdated-query"
  case differentAnswer = "different-answer"
  case unreadableFile = "unreadable-file"

  package static let pass = "snapshot"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .outdatedSchema: "the snapshot was made of another schema"
    case .outdatedQuery: "the snapshot has no answer for a query as it stands, or one for a query that is gone"
    case .differentAnswer: "the server that is here says something else of a query than the snapshot"
    case .unreadableFile: "the file is no snapshot of this version of the tool"
    }
  }
}
