// A schema's files as a list of migrations: the one place that says what of them goes up, and what goes down.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel
import SQLCQueryFile

/// One migration: the text that goes up, and the text that goes down again.
public struct MigrationFile: Sendable {
  /// Is it a step that databases take, or a part of a schema that is written as one?
  public enum Role: Sendable, Hashable {
    case step
    /// Applied after all others, and again when it changes.
    case repeatable
    /// A plain file without a version: a schema that is edited in place.
    case definition
  }

  /// Told apart from every other in the list. Leading zeros removed: `3`, `1.10`. A file without a version goes by its name;
  /// those that would be the same go by their paths, without extension.
  public var version: String
  /// The file's name without folder and extension (and without golang-migrate's `.up`); the folder's where each migration
  /// has one.
  public var name: String
  public var source: SourceFile
  public var up: [ByteRange]
  /// Where the text that goes down is; nothing when there is none.
  public var down: (source: SourceFile, ranges: [ByteRange])?
  /// May files of this form have a down migration?
  public var mayGoDown: Bool
  /// May no statement run outside a transaction? Of files whose tool decides that elsewhere, nothing.
  public var isInTransaction: Bool?
  public var role: Role
  /// A comment `-- sqlc:out-of-order` says that it may be applied after a later one.
  public var mayComeLate = false
  /// Comments `-- sqlc:squashes VERSION CHECKSUM NAME`: what it is a snapshot of.
  public var squashed: [SquashedMigrationModel] = []
}

/// The migrations among the files, in the order given, and what is wrong with their names and markers.
///
/// A checkpoint (Atlas) or baseline (Flyway) holds what the files before it make. With those there it is left out; it is the
/// beginning where they are gone.
///
/// - Parameter downs: the files that `downFiles(of:among:)` names.
public func migrationFiles(
  of files: [SourceFile], downs: [SourceFile] = [], rules: LexicalRules
) -> Diagnosed<[MigrationFile]> {
  let downOfPair = Dictionary(
    downs.compactMap { file in MigrationName(path: file.path).pair.map { ($0, file) } },
    uniquingKeysWith: { first, _ in first })
  var diagnostics: [Diagnostic] = []
  var named: [NamedMigration] = []
  var migrations: [MigrationFile] = []
  for source in files {
    let name = MigrationName(path: source.path)
    if name.direction == .down { continue }
    let format = MigrationFormat(of: source, rules: rules)
    let atlas = AtlasDirectives(of: source, rules: rules)
    let isSummary = atlas.isCheckpoint || name.role == .baseline
    if isSummary, named.contains(where: { $0.name.folder == name.folder }) { continue }
    let candidate = NamedMigration(source: source, name: name, format: format)
    named.append(candidate)
    var migration = MigrationFile(
      version: "", name: String(name.stem), source: source, up: [], down: nil, mayGoDown: format != .plain,
      isInTransaction: nil, role: name.role == .repeatable ? .repeatable : .step)
    if format.isWholeFile {
      migration.up = schemaRanges(of: source, rules: rules)
      if let pair = name.pair, let down = downOfPair[pair] {
        migration.down = (down, [ByteRange(0, down.text.utf8.count)])
      }
      if format == .plain, name.version.isEmpty { migration.role = .definition }
    } else {
      let parts = migrationParts(of: source, format, rules: rules)
      diagnostics += parts.diagnostics
      migration.up = parts.value.up
      migration.down = parts.value.down.map { (source, $0) }
      migration.isInTransaction = parts.value.isInTransaction
    }
    let squashed = squashedMigrations(in: source, version: name.spelling, rules: rules)
    diagnostics += squashed.diagnostics
    migration.squashed = squashed.value
    migration.mayComeLate = comments(of: source, rules: rules).contains { comment in
      comment.text.drop { $0 == "-" }.split(whereSeparator: \.isWhitespace).first == "sqlc:out-of-order"
    }
    if atlas.isWithoutTransaction { migration.isInTransaction = false }
    migrations.append(migration)
  }
  for (index, version) in versions(of: named).enumerated() { migrations[index].version = version }
  return Diagnosed(migrations, diagnostics + versionProblems(of: named) + snapshotProblems(of: migrations))
}

// MARK: Versions

private struct NamedMigration {
  var source: SourceFile
  var name: MigrationName
  var format: MigrationFormat
}

/// The version that the name says, or else the name; where several would be the same, their paths.
private func versions(of migrations: [NamedMigration]) -> [String] {
  let short = migrations.map { $0.name.spelling ?? String($0.name.stem) }
  let counts = Dictionary(short.map { ($0, 1) }, uniquingKeysWith: +)
  return zip(short, migrations).map { version, migration in
    guard counts[version] ?? 0 > 1 else { return version }
    let path = migration.source.path
    return path.lowercased().hasSuffix(".sql") ? String(path.dropLast(4)) : path
  }
}

/// Duplicates and reversals among neighbours of one folder and format.
private func versionProblems(of migrations: [NamedMigration]) -> [Diagnostic] {
  struct Key: Hashable {
    var folder: Substring
    var format: MigrationFormat
    var version: String
  }
  var first: [Key: NamedMigration] = [:]
  var diagnostics: [Diagnostic] = []
  var previous: NamedMigration?
  for migration in migrations {
    guard let version = migration.name.spelling else { continue }
    let start = ByteRange(at: 0)
    if migration.format.identifiesByVersion {
      let key = Key(folder: migration.name.folder, format: migration.format, version: version)
      if let earlier = first[key] {
        let place = SourceRange(path: earlier.source.path, range: start)
        diagnostics.append(
          MigrationDiagnostic.duplicateVersion(version, first: place).at(start, in: migration.source))
      }
      first[key] = first[key] ?? migration
    }
    if let before = previous, before.name.folder == migration.name.folder, before.format == migration.format,
      isLower(migration.name.version, before.name.version)
    {
      let problem = MigrationDiagnostic.versionOutOfOrder(version, after: before.name.spelling ?? "")
      diagnostics.append(problem.at(start, in: migration.source))
    }
    previous = migration
  }
  return diagnostics
}
