// What PostgreSQL, or the lack of one, has to say.

package import SQLCDiagnostics

/// What can be wrong between a project and the server that analyses it.
package enum PostgreSQLRule: String, RuleSet {
  case noServer = "no-server"
  case rejectedStatement = "rejected-statement"
  case rejectedQuery = "rejected-query"
  case refusedStatement = "refused-statement"
  case skippedStatement = "skipped-statement"
  case missingExtension = "missing-extension"
  case endlessStatement = "endless-statement"
  case untypedParameter = "untyped-parameter"
  case missingConflictIndex = "missing-conflict-index"
  case unsupportedMacro = "unsupported-macro"
  case unreadableTree = "unreadable-tree"

  package static let pass = "postgresql"

  package var level: Severity {
    switch self {
    case .skippedStatement: .note
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .noServer: "there is no PostgreSQL to ask: not installed, not reachable, or of another version"
    case .rejectedStatement: "PostgreSQL refuses a statement of the schema"
    case .rejectedQuery: "PostgreSQL refuses a query"
    case .refusedStatement:
      "a statement that is not run: it would reach beyond the database, or its data stands in the file"
    case .skippedStatement: "statements about roles and rights, and psql's commands: no type depends on them"
    case .missingExtension:
      "an extension that this PostgreSQL does not have, or that is not on the list of those that are made"
    case .endlessStatement: "a statement took longer than `limits: {seconds: …}` allows"
    case .untypedParameter: "PostgreSQL cannot tell the type of a parameter; a cast says it"
    case .missingConflictIndex: "`ON CONFLICT` names columns that no unique index has"
    case .unsupportedMacro: "a macro that is misspelt, or in a place where it means nothing"
    case .unreadableTree: "the server's answer could not be read; a defect of this tool"
    }
  }
}
