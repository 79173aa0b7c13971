// What running queries on generated rows shows.

package import SQLCDiagnostics

/// What running queries on generated rows shows.
package enum ExerciseRule: String, RuleSet {
  case unsoundColumn = "unsound-column"
  case unsoundRowCount = "unsound-row-count"
  case unsoundKey = "unsound-key"
  case unsoundEffect = "unsound-effect"
  case brokenAssertion = "broken-assertion"
  case failingQuery = "failing-query"
  case unfilledTable = "unfilled-table"

  package static let pass = "exercise"

  package var level: Severity {
    switch self {
    case .failingQuery, .unfilledTable, .brokenAssertion: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .unsoundColumn: "a value that a query gave is not of the type, or NULL where none can be"
    case .unsoundRowCount: "more or fewer rows than proven"
    case .unsoundKey: "the key of `sqlc.nest` tells fewer parents apart than there were"
    case .unsoundEffect: "rows changed of a table that the query is not said to write"
    case .brokenAssertion: "rows that the schema admits make NULL of what `sqlc.notnull` says is never NULL"
    case .failingQuery: "the database never ran the query to its end, whatever the arguments"
    case .unfilledTable: "no row was found that the table's constraints admit"
    }
  }
}
