// What can be wrong with a set of migrations before any of their SQL is read.

import SQLCDiagnostics

enum MigrationDiagnostic {
  case unknownMarker(String, MigrationFormat)
  case environmentSubstitution
  case missingUp(MigrationFormat)
  case ignoredText(MigrationFormat)
  case openStatement
  case strayStatementEnd
  case mixedFormats(MigrationFormat, in: MigrationFormat)
  case duplicateVersion(String, first: SourceRange)
  case versionOutOfOrder(String, after: String)
  case unreadableLock
  case unlockedMigration(String)
  case changedMigration(String)
  case missingMigration(String, String)
  case lateMigration(String, newest: String)
  case malformedSnapshot
  case squashedMigration(String, into: String, Squashed)

  enum Squashed {
    /// It is in the snapshot.
    case held
    /// It is not, and has an older version.
    case earlier
  }

  var rule: Rule {
    switch self {
    case .unknownMarker: MigrationsRule.unknownMarker.rule
    case .environmentSubstitution: MigrationsRule.environmentSubstitution.rule
    case .missingUp: MigrationsRule.missingUp.rule
    case .ignoredText: MigrationsRule.ignoredText.rule
    case .openStatement, .strayStatementEnd: MigrationsRule.unbalancedStatement.rule
    case .mixedFormats: MigrationsRule.mixedFormats.rule
    case .duplicateVersion: MigrationsRule.duplicateVersion.rule
    case .versionOutOfOrder: MigrationsRule.unorderedVersion.rule
    case .unreadableLock: MigrationsRule.unreadableLock.rule
    case .unlockedMigration: MigrationsRule.unlockedMigration.rule
    case .changedMigration: MigrationsRule.changedMigration.rule
    case .missingMigration: MigrationsRule.missingMigration.rule
    case .lateMigration: MigrationsRule.lateMigration.rule
    case .malformedSnapshot: MigrationsRule.malformedSnapshot.rule
    case .squashedMigration: MigrationsRule.squashedMigration.rule
    }
  }

  func at(_ range: ByteRange, in source: SourceFile) -> Diagnostic {
    at(SourceRange(path: source.path, range: range))
  }

  func at(_ place: SourceRange) -> Diagnostic {
    Diagnostic(
      rule, message, at: DiagnosticLabel(place, label), secondary: secondary, notes: notes)
  }

  private var message: String {
    switch self {
    case .unknownMarker(let word, let format): "\(format.rawValue) has no instruction '\(word)'"
    case .environmentSubstitution: "'ENVSUB ON' makes the schema depend on the environment"
    case .missingUp(let format): "this \(format.rawValue) migration has no part that goes up"
    case .ignoredText(let format): "\(format.rawValue) does not run what stands before the part that goes up"
    case .openStatement: "'StatementBegin' without 'StatementEnd'"
    case .strayStatementEnd: "'StatementEnd' without 'StatementBegin'"
    case .mixedFormats(let found, let format): "a \(found.rawValue) instruction in a \(format.rawValue) migration"
    case .duplicateVersion(let version, _): "two migrations have version \(version)"
    case .versionOutOfOrder(let version, let after): "version \(version) is listed after version \(after)"
    case .unreadableLock: "this is no lock file of migrations"
    case .unlockedMigration(let version): "the lock file does not have version \(version)"
    case .changedMigration(let version): "version \(version) says something else than when it was locked"
    case .missingMigration(let version, let name): "version \(version) (\(name)) is locked, and is gone"
    case .lateMigration(let version, let newest):
      "version \(version) is new, and the later version \(newest) is there already"
    case .malformedSnapshot:
      "a snapshot lists 'sqlc:squashes VERSION CHECKSUM NAME' for each migration that it holds, its own version last"
    case .squashedMigration(let version, let snapshot, .held): "version \(version) is part of the snapshot \(snapshot)"
    case .squashedMigration(let version, let snapshot, .earlier):
      "version \(version) would come before the snapshot \(snapshot), which does not hold it"
    }
  }

  private var label: String {
    switch self {
    case .unknownMarker(let word, let format):
      didYouMean(nearestNames(to: word, among: MigrationMarker.known(in: format)))
    case .missingUp(let format):
      switch format {
      case .goose: "write '-- +goose Up' above it"
      case .sqlMigrate: "write '-- +migrate Up' above it"
      case .dbmate: "write '-- migrate:up' above it"
      case .tern, .golangMigrate, .diesel, .flyway, .plain: ""
      }
    case .duplicateVersion: "and this one"
    case .environmentSubstitution, .ignoredText, .openStatement, .strayStatementEnd, .mixedFormats, .versionOutOfOrder,
      .unreadableLock, .unlockedMigration, .changedMigration, .missingMigration, .lateMigration, .malformedSnapshot,
      .squashedMigration:
      ""
    }
  }

  private var secondary: [DiagnosticLabel] {
    switch self {
    case .duplicateVersion(_, let first): [DiagnosticLabel(first, "this one")]
    case .unknownMarker, .environmentSubstitution, .missingUp, .ignoredText, .openStatement, .strayStatementEnd,
      .mixedFormats, .versionOutOfOrder, .unreadableLock, .unlockedMigration, .changedMigration, .missingMigration,
      .lateMigration, .malformedSnapshot, .squashedMigration:
      []
    }
  }

  private var notes: [String] {
    switch self {
    case .environmentSubstitution:
      ["code is generated from one schema: write the values out, or keep it out of the folder"]
    case .unknownMarker(_, let format): ["known: " + MigrationMarker.known(in: format).joined(separator: ", ")]
    case .versionOutOfOrder: ["files apply in the order given; name the folder to have them in the order of versions"]
    case .unreadableLock:
      ["where two branches each added a migration, give one of them a later version; then 'sqlc-swift migrate lock'"]
    case .unlockedMigration, .missingMigration: ["where it is meant, 'sqlc-swift migrate lock' writes the file anew"]
    case .changedMigration:
      [
        "databases that have it refuse to go on: restore it, and write a new one; where no database has it, 'sqlc-swift migrate lock'"
      ]
    case .lateMigration:
      [
        "databases that have the later one refuse it: give it a later version, or say '-- sqlc:out-of-order' in the file"
      ]
    case .squashedMigration(_, _, .held): ["remove the file; a branch that changed it has to become a new migration"]
    case .squashedMigration(_, let snapshot, .earlier):
      ["give it a later version than \(snapshot), or say '-- sqlc:out-of-order' in the file where it does not matter"]
    case .missingUp, .ignoredText, .openStatement, .strayStatementEnd, .mixedFormats, .duplicateVersion,
      .malformedSnapshot:
      []
    }
  }

  private func didYouMean(_ names: [String]) -> String {
    names.isEmpty ? "" : "did you mean \(names.map { "'\($0)'" }.joined(separator: " or "))?"
  }
}
