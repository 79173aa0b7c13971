public import SQLCDiagnostics

/// Everything code is generated from.
public struct GenerationModel: Sendable {
  public var tables: [TableModel]
  public var enumerations: [EnumerationModel]
  /// In the order of files and, within one, of the file.
  public var queries: [QueryModel]
  /// The schema's history, in order; one for each file where the schema is plain files.
  public var migrations: [MigrationModel]
  /// What the application registers: functions, and collating sequences by name.
  public var functions: [FunctionModel]
  public var collations: [String]

  public init(
    tables: [TableModel], enumerations: [EnumerationModel], queries: [QueryModel], migrations: [MigrationModel] = [],
    functions: [FunctionModel] = [], collations: [String] = []
  ) {
    self.functions = functions
    self.collations = collations
    self.tables = tables
    self.enumerations = enumerations
    self.queries = queries
    self.migrations = migrations
  }
}

/// One step in the history of a schema.
public struct MigrationModel: Sendable, Hashable {
  /// Leading zeros removed: `3`, `1.10`.
  public var version: String
  public var name: String
  public var up: [String]
  /// Nothing when there is no way back.
  public var down: [String]?
  public var isInTransaction: Bool
  public var isRepeatable: Bool
  public init(
    version: String, name: String, up: [String], down: [String]?, isInTransaction: Bool, isRepeatable: Bool = false
  ) {
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    self.isInTransaction = isInTransaction
    self.isRepeatable = isRepeatable
  }
}

/// A file to be: a path relative to the output folder, and its text.
public struct GeneratedFile: Sendable, Hashable {
  public var path: String
  public var text: String
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// One dialect of SQL. Errors thrown are the world's (the database library cannot open); bad input is diagnosed.
public protocol DatabaseEngine {
  /// The schema, loaded: what the analysis of queries needs of it.
  associatedtype Schema
  func loadSchema(from files: [SourceFile]) throws -> Diagnosed<Schema>
  func tables(of schema: Schema) -> (tables: [TableModel], enumerations: [EnumerationModel])
  /// Nothing when the query has errors.
  func analyze(_ query: AnnotatedQuery, in schema: Schema) throws -> Diagnosed<QueryModel?>
}

/// One output language.
public protocol CodeGenerator {
  func generate(_ model: GenerationModel) -> Diagnosed<[GeneratedFile]>
}
