// Where the analysis and SQLite disagree.

package import SQLCDiagnostics

/// Where the analysis and SQLite disagree.
package enum InternalRule: String, RuleSet {
  case columnCount = "column-count"
  case columnName = "column-name"
  case columnOrigin = "column-origin"
  case parameterCount = "parameter-count"
  case unresolvedType = "unresolved-type"
  case differentColumns = "different-columns"
  case differentFacts = "different-facts"
  case differentTables = "different-tables"
  case differentEffects = "different-effects"

  package static let pass = "internal"

  package var level: Severity {
    switch self {
    // Of effects SQLite's word is the one that counts, so code can be made of it.
    case .differentEffects: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .columnCount, .columnName, .columnOrigin, .parameterCount, .unresolvedType, .differentColumns, .differentFacts,
      .differentTables, .differentEffects:
      "the analysis and SQLite disagree; both answers are shown; no code is made of it, but for effects"
    }
  }
}
