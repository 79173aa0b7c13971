// What can be wrong with a query and its command.

package import SQLCDiagnostics

/// What can be wrong with a query and its command.
package enum QueryRule: String, RuleSet {
  case refusedStatement = "refused-statement"
  case secondStatement = "second-statement"
  case missingStatement = "missing-statement"
  case unsupportedStatement = "unsupported-statement"
  case rowlessStatement = "rowless-statement"
  case noRowID = "no-row-id"
  case unprovenSingleRow = "unproven-single-row"
  case unnamedColumn = "unnamed-column"
  case crowdedSlice = "crowded-slice"

  package static let pass = "query"

  package var level: Severity {
    switch self {
    case .unprovenSingleRow, .unnamedColumn: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .refusedStatement:
      "a query that would attach or write a file, or run foreign code: this tool does not run it, SQLite might"
    case .secondStatement: "two statements under one annotation"
    case .missingStatement: "nothing but comments under the annotation"
    case .unsupportedStatement: "a statement no method can be made of"
    case .rowlessStatement: "`:one` or `:many` on a statement without rows"
    case .noRowID: "`:execlastid` on a statement after which SQLite's last rowid is that of another row"
    case .unprovenSingleRow: "`:one` where more than one row is possible; the result is optional"
    case .unnamedColumn: "an expression without AS"
    case .crowdedSlice: "a slice beside other values in one list"
    }
  }
}
