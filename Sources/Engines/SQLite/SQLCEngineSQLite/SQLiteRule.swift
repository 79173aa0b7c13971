// What SQLite itself says of a query.

package import SQLCDiagnostics

/// What SQLite itself says of a query.
package enum SQLiteRule: String, RuleSet {
  case olderLibrary = "older-library"
  case rejectedQuery = "rejected-query"

  package static let pass = "sqlite"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .olderLibrary:
      "this machine's SQLite lacks what the query or the schema uses, so that nothing can be proven of it here; as a warning ⚠︎, `min_sqlite` is newer than this machine's SQLite"
    case .rejectedQuery: "SQLite rejects what the analysis let through; its words are shown"
    }
  }
}
