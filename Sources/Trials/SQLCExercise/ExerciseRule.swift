// What running queries on generated rows shows.

package import SQLCDiagnostics

/// What running queries on generated rows shows.
package enum ExerciseRule: String, RuleSet {
  case unsoundColumn = "unsound-column"
  case unsoundRowCount = "unsound-row-count"
  case unsoundKey = "unsound-key"
  case unsoundPage = "unsound-page"
  case unsoundEffect = "unsound-effect"
  case brokenAssertion = "broken-assertion"
  case failingQuery = "failing-query"
  case unfilledTable = "unfilled-table"
  case differentAnswer = "different-answer"
  case differentEffect = "different-effect"
  case differentRefusal = "different-refusal"
  case differentRow = "different-row"
  case refusedRow = "refused-row"

  package static let pass = "exercise"

  package var level: Severity {
    switch self {
    case .failingQuery, .unfilledTable, .brokenAssertion, .refusedRow: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .unsoundColumn: "a value that a query gave is not of the type, or NULL where none can be"
    case .unsoundRowCount: "more or fewer rows than proven"
    case .unsoundKey: "the key of `sqlc.nest` tells fewer parents apart than there were"
    case .unsoundPage: "the rows behind a cursor of `sqlc.after` are others than those behind its row"
    case .unsoundEffect: "rows changed of a table that the query is not said to write"
    case .brokenAssertion: "rows that the schema admits make NULL of what `sqlc.notnull` says is never NULL"
    case .failingQuery: "the database never ran the query to its end, whatever the arguments"
    case .differentAnswer: "the other engine gives other rows, or the same in another order than is asked for"
    case .differentEffect: "the other engine has other rows in a table afterwards"
    case .differentRefusal: "one engine refuses what the other does"
    case .differentRow: "a table keeps the same row differently on the other engine"
    case .refusedRow: "one engine refuses a row that the other takes"
    case .unfilledTable: "no row was found that the table's constraints admit"
    }
  }
}
