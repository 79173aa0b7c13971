// What can be wrong with statements that run for many values.

package import SQLCDiagnostics

/// What can be wrong with statements that run for many values.
package enum BatchRule: String, RuleSet {
  case missingParameters = "missing-parameters"
  case unfitStatement = "unfit-statement"
  case severalRows = "several-rows"
  case returnedRows = "returned-rows"
  case listOfValues = "list-of-values"

  package static let pass = "batch"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .missingParameters: "nothing differs from one run to the next"
    case .unfitStatement: "`:copyfrom` on something else than an INSERT with VALUES"
    case .severalRows: "`:copyfrom` on VALUES with more than one row"
    case .returnedRows: "`:copyfrom` with RETURNING"
    case .listOfValues: "`sqlc.slice` in `:copyfrom`"
    }
  }
}
