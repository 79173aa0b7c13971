// What can be wrong with a schema as a whole.

package import SQLCDiagnostics

/// What can be wrong with a schema as a whole.
package enum SchemaRule: String, RuleSet {
  case doubleQuotedString = "double-quoted-string"
  case refusedStatement = "refused-statement"
  case skippedStatement = "skipped-statement"
  case rejectedStatement = "rejected-statement"
  case brokenForeignKey = "broken-foreign-key"
  case brokenView = "broken-view"
  case brokenTrigger = "broken-trigger"

  package static let pass = "schema"

  package var level: Severity {
    switch self {
    case .doubleQuotedString, .skippedStatement, .brokenView, .brokenTrigger: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .doubleQuotedString:
      "in a schema, a string in double quotes: SQLite reads it so where no column has the name, and SQLCRuntime's connections do not"
    case .refusedStatement:
      "ATTACH, `PRAGMA writable_schema`, a pragma that names a directory, a function that runs foreign code; or a statement that goes beyond the budget of steps, seconds or memory"
    case .skippedStatement:
      "VACUUM INTO, a pragma that SQLite does not know, rows of a virtual table's own tables: the schema is read without it"
    case .rejectedStatement: "SQLite itself rejects a statement; its words are shown"
    case .brokenForeignKey:
      "with foreign keys enforced SQLite refuses statements that write to the table; its words are shown"
    case .brokenView, .brokenTrigger: "SQLite accepts it and fails when it is used"
    }
  }
}
