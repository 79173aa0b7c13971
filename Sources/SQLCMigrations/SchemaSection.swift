// What of a schema's files is the schema.

public import SQLCDiagnostics
import SQLCQueryFile

/// One file's part in the schema: the ranges to read, in order.
public struct SchemaSection: Sendable, Hashable {
  public var source: SourceFile
  /// The parts that go up; the whole file when it is plain SQL. May be empty.
  public var ranges: [ByteRange]

  public init(source: SourceFile, ranges: [ByteRange]) {
    self.source = source
    self.ranges = ranges
  }
}

/// The parts of the files that build the schema: of migrations what goes up, of query files what has no annotation.
///
/// The order of `files` is kept, for a list in the configuration means its order; `inMigrationOrder` puts the files of a
/// folder in theirs. Files that only go down are left out.
public func schemaSections(of files: [SourceFile]) -> Diagnosed<[SchemaSection]> {
  var sections: [SchemaSection] = []
  var diagnostics: [Diagnostic] = []
  var named: [NamedMigration] = []
  for source in files {
    let format = MigrationFormat(of: source)
    let name = MigrationName(path: source.path)
    if name?.direction == .down { continue }
    if let name { named.append(NamedMigration(source: source, name: name, format: format)) }
    switch format {
    case .plain, .golangMigrate:
      sections.append(SchemaSection(source: source, ranges: schemaRanges(of: source)))
    case .goose, .sqlMigrate, .dbmate, .tern:
      let parts = migrationParts(of: source, format)
      sections.append(SchemaSection(source: source, ranges: parts.value.up))
      diagnostics += parts.diagnostics
    }
  }
  return Diagnosed(sections, diagnostics + versionProblems(of: named))
}

// MARK: Versions

private struct NamedMigration {
  var source: SourceFile
  var name: MigrationName
  var format: MigrationFormat

  var folder: Substring { source.path.dropLast(source.path.split(separator: "/").last?.count ?? 0) }
}

/// Duplicates and reversals among neighbours of one folder and format.
private func versionProblems(of migrations: [NamedMigration]) -> [Diagnostic] {
  var first: [Key: NamedMigration] = [:]
  var diagnostics: [Diagnostic] = []
  var previous: NamedMigration?
  for migration in migrations {
    let start = ByteRange(at: 0)
    let version = migration.name.spelling
    if migration.format.identifiesByVersion {
      let key = Key(folder: migration.folder, format: migration.format, version: version)
      if let earlier = first[key] {
        let place = SourceRange(path: earlier.source.path, range: start)
        diagnostics.append(
          MigrationDiagnostic.duplicateVersion(version, first: place).at(start, in: migration.source))
      }
      first[key] = first[key] ?? migration
    }
    if let before = previous, before.folder == migration.folder, before.format == migration.format,
      isLower(migration.name.version, before.name.version)
    {
      let problem = MigrationDiagnostic.versionOutOfOrder(version, after: before.name.spelling)
      diagnostics.append(problem.at(start, in: migration.source))
    }
    previous = migration
  }
  return diagnostics

  struct Key: Hashable {
    var folder: Substring
    var format: MigrationFormat
    var version: String
  }
}
