// What can be wrong with types and NULL in a query.

package import SQLCDiagnostics

/// What can be wrong with types and NULL in a query.
package enum InferenceRule: String, RuleSet {
  case untypedParameter = "untyped-parameter"
  case conflictingParameter = "conflicting-parameter"
  case storedNull = "stored-null"
  case nullKey = "null-key"
  case nullComparison = "null-comparison"
  case incompatibleComparison = "incompatible-comparison"
  case ambiguousAbsence = "ambiguous-absence"
  case looseBoolean = "loose-boolean"

  package static let pass = "inference"

  package var level: Severity { .warning }

  package var summary: String {
    switch self {
    case .untypedParameter: "nothing says what type a parameter has"
    case .conflictingParameter: "one parameter, two types"
    case .storedNull: "NULL is written for a column that is NOT NULL"
    case .nullKey: "NULL is written for a column of the primary key that SQLite lets be NULL"
    case .nullComparison: "`x = NULL` is never true"
    case .incompatibleComparison: "the two sides can never be equal"
    case .ambiguousAbsence:
      "`sqlc.embed` or `sqlc.nest` of the far side of an outer join, none of whose columns is always there: a row of NULLs would be taken for no row"
    case .looseBoolean: "`CAST(x AS BOOLEAN)` of what may be another number than 0 and 1: SQLite keeps it"
    }
  }
}
