// Migrations as a list, with the way back.

public import SQLCDiagnostics
import SQLCQueryFile

/// One migration of a folder: the text that goes up, and the text that goes down again.
public struct MigrationFile: Sendable {
  /// Leading zeros removed: `3`, `1.10`. A file without a version goes by its name.
  public var version: String
  /// The file's name without folder and extension (and without golang-migrate's `.up`).
  public var name: String
  public var source: SourceFile
  public var up: [ByteRange]
  /// Where the text that goes down is; nothing when there is none.
  public var down: (source: SourceFile, ranges: [ByteRange])?
  public var isInTransaction: Bool
}

/// The migrations among the files, in the order given.
///
/// - Parameter downs: golang-migrate's `.down.sql` files.
public func migrationFiles(of files: [SourceFile], downs: [SourceFile] = []) -> [MigrationFile] {
  let downOfVersion = Dictionary(
    downs.compactMap { file in MigrationName(path: file.path).map { ($0.spelling, file) } },
    uniquingKeysWith: { first, _ in first })
  return files.compactMap { source in
    let format = MigrationFormat(of: source)
    let path = MigrationName(path: source.path)
    if path?.direction == .down { return nil }
    var name = String(source.path.split(separator: "/").last ?? "")
    for ending in [".sql", ".up"] where name.lowercased().hasSuffix(ending) { name.removeLast(ending.count) }
    var migration = MigrationFile(
      version: path?.spelling ?? name, name: name, source: source, up: [], down: nil, isInTransaction: true)
    switch format {
    case .plain, .golangMigrate:
      migration.up = schemaRanges(of: source)
      if let down = downOfVersion[migration.version], format == .golangMigrate {
        migration.down = (down, [ByteRange(0, down.text.utf8.count)])
      }
    case .goose, .sqlMigrate, .dbmate, .tern:
      let parts = migrationParts(of: source, format).value
      migration.up = parts.up
      migration.down = parts.down.map { (source, $0) }
      migration.isInTransaction = parts.isInTransaction
    }
    return migration
  }
}
