// What can be wrong with a set of migrations before their SQL is read.

package import SQLCDiagnostics

/// What can be wrong with a set of migrations before their SQL is read.
package enum MigrationsRule: String, RuleSet {
  case unknownMarker = "unknown-marker"
  case environmentSubstitution = "environment-substitution"
  case missingUp = "missing-up"
  case ignoredText = "ignored-text"
  case unbalancedStatement = "unbalanced-statement"
  case mixedFormats = "mixed-formats"
  case duplicateVersion = "duplicate-version"
  case unorderedVersion = "unordered-version"
  case unreadableLock = "unreadable-lock"
  case unlockedMigration = "unlocked-migration"
  case changedMigration = "changed-migration"
  case missingMigration = "missing-migration"
  case lateMigration = "late-migration"
  case malformedSnapshot = "malformed-snapshot"
  case squashedMigration = "squashed-migration"

  package static let pass = "migrations"

  package var level: Severity {
    switch self {
    case .ignoredText, .unorderedVersion: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .unknownMarker: "`-- +goose Dwon`"
    case .environmentSubstitution: "goose's `ENVSUB ON`"
    case .missingUp: "a migration without a part that goes up"
    case .ignoredText: "SQL above the part that goes up, which the tool does not run"
    case .unbalancedStatement: "`StatementBegin` and `StatementEnd` do not match"
    case .mixedFormats: "instructions for two tools in one file"
    case .duplicateVersion: "two migrations of one version"
    case .unreadableLock: "`migrations.lock` has lines that it cannot have, such as the marks of a conflict"
    case .unlockedMigration: "a migration that `migrations.lock` does not have"
    case .changedMigration: "a migration says something else than when it was locked"
    case .missingMigration: "a migration of `migrations.lock` that is gone"
    case .lateMigration: "a new migration with an older version than one that is locked"
    case .malformedSnapshot: "a `sqlc:squashes` line that cannot be read, or whose last version is not the file's"
    case .squashedMigration: "a migration that a snapshot holds, or that would come before it, stands beside it"
    case .unorderedVersion: "a list names a later version first"
    }
  }
}
