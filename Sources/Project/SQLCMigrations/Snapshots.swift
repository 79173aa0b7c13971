// Migrations that take the place of others.

import SQLCDiagnostics
import SQLCEngine
public import SQLCModel

/// The comment of a snapshot for one migration that it holds. A name may have blanks.
public func squashLine(of migration: SquashedMigrationModel) -> String {
  "sqlc:squashes \(migration.version) \(migration.checksum) \(migration.name)"
}

/// What a snapshot of these migrations holds: of one that is a snapshot itself, what that holds as well. A version that
/// stands there again was a snapshot of all before it.
public func squashedMigrations(of scripts: [MigrationScript]) -> [SquashedMigrationModel] {
  scripts.flatMap { script in
    script.squashed
      + [
        SquashedMigrationModel(
          version: script.version, name: script.name, checksum: upChecksum(of: script.up.map(\.sql)))
      ]
  }
}

/// What the file's comments say that it holds, and what of them cannot be read.
func squashedMigrations(
  in source: SourceFile, version: String?, rules: LexicalRules
) -> Diagnosed<[SquashedMigrationModel]> {
  var found: [SquashedMigrationModel] = []
  var diagnostics: [Diagnostic] = []
  var last: ByteRange?
  for comment in comments(of: source, rules: rules) {
    let text = comment.text.drop { $0 == "-" }.drop(while: \.isWhitespace)
    let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: true)
    guard words.first == "sqlc:squashes" else { continue }
    guard words.count == 4, words[2].utf8.count == 16, words[2].allSatisfy(\.isHexDigit) else {
      diagnostics.append(MigrationDiagnostic.malformedSnapshot.at(comment.range, in: source))
      continue
    }
    last = comment.range
    found.append(
      SquashedMigrationModel(version: String(words[1]), name: String(words[3]), checksum: String(words[2])))
  }
  if let last, diagnostics.isEmpty, let version, found.last?.version != version {
    diagnostics.append(MigrationDiagnostic.malformedSnapshot.at(last, in: source))
  }
  return Diagnosed(found, diagnostics)
}

/// Migrations beside a snapshot that are in it, or that would have to come before it.
func snapshotProblems(of migrations: [MigrationFile]) -> [Diagnostic] {
  let snapshots = migrations.filter { !$0.squashed.isEmpty }
  if snapshots.isEmpty { return [] }
  let names = migrations.map { MigrationName(path: $0.source.path) }
  var diagnostics: [Diagnostic] = []
  for snapshot in snapshots {
    let held = Set(snapshot.squashed.map(\.version))
    let ours = MigrationName(path: snapshot.source.path)
    for (migration, name) in zip(migrations, names)
    where migration.source.path != snapshot.source.path && migration.role == .step && name.folder == ours.folder {
      let start = ByteRange(at: 0)
      if held.contains(migration.version), migration.version != snapshot.version {
        diagnostics.append(
          MigrationDiagnostic.squashedMigration(migration.version, into: snapshot.version, .held)
            .at(start, in: migration.source))
      } else if isLower(name.version, ours.version), !name.version.isEmpty, !migration.mayComeLate {
        diagnostics.append(
          MigrationDiagnostic.squashedMigration(migration.version, into: snapshot.version, .earlier)
            .at(start, in: migration.source))
      }
    }
  }
  return diagnostics
}
