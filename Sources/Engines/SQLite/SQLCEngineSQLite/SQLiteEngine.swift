// The SQLite dialect behind the `DatabaseEngine` seam: our analysis and the real SQLite, made to agree.

public import SQLCDiagnostics
public import SQLCModel
public import SQLCOracleSQLite
public import SQLCSemanticsSQLite

/// Analyses schemas and queries for SQLite.
///
/// What is valid, which columns come back and which tables are touched is SQLite's word; types, nullability and row
/// counts are ours. Where both have an answer and the answers differ, that is a diagnostic.
public struct SQLiteEngine: DatabaseEngine, Sendable {
  public var options: SemanticsOptions
  /// What SQLite must know to prepare statements that use what the application registers.
  public var extensions: ScratchExtensions

  public init(options: SemanticsOptions = SemanticsOptions(), extensions: ScratchExtensions = ScratchExtensions()) {
    self.options = options
    self.extensions = extensions
  }

  /// The version of this machine's SQLite where that is older.
  public static func olderMachine(than version: SQLiteVersion) -> String? {
    OlderLibrary.machine < version ? ScratchDatabase.version : nil
  }

  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory.
  public func loadSchema(from files: [SourceFile]) throws -> Diagnosed<SQLiteSchema> {
    try SchemaLoader(options: options, extensions: extensions).load(files)
  }

  public func tables(of schema: SQLiteSchema) -> (tables: [TableModel], enumerations: [EnumerationModel]) {
    lowerTables(of: schema.catalog, comments: schema.comments, options: options)
  }

  public func analyze(_ query: AnnotatedQuery, in schema: SQLiteSchema) throws -> Diagnosed<QueryModel?> {
    QueryAnalyzer(schema: schema, options: options).analyze(query)
  }
}
