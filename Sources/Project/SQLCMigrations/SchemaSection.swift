// What of a schema's files is the schema.

public import SQLCDiagnostics
public import SQLCEngine

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
public func schemaSections(of files: [SourceFile], rules: LexicalRules) -> Diagnosed<[SchemaSection]> {
  let migrations = migrationFiles(of: files, rules: rules)
  return Diagnosed(
    migrations.value.map { SchemaSection(source: $0.source, ranges: $0.up) }, migrations.diagnostics)
}
