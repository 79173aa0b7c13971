/// Everything code is generated from.
public struct GenerationModel: Sendable {
  public var tables: [TableModel]
  public var enumerations: [EnumerationModel]
  public var composites: [CompositeModel]
  /// In the order of files and, within one, of the file.
  public var queries: [QueryModel]
  /// The schema's history, in order; one for each file where the schema is plain files.
  public var migrations: [MigrationModel]
  /// What the application registers: functions, and collating sequences by name.
  public var functions: [FunctionModel]
  public var collations: [String]

  public init(
    tables: [TableModel], enumerations: [EnumerationModel], queries: [QueryModel], migrations: [MigrationModel] = [],
    functions: [FunctionModel] = [], collations: [String] = [], composites: [CompositeModel] = []
  ) {
    self.composites = composites
    self.functions = functions
    self.collations = collations
    self.tables = tables
    self.enumerations = enumerations
    self.queries = queries
    self.migrations = migrations
  }

  public init(schema: SchemaModel, queries: [QueryModel], migrations: [MigrationModel] = []) {
    self.init(
      tables: schema.tables, enumerations: schema.enumerations, queries: queries, migrations: migrations,
      functions: schema.functions, collations: schema.collations,
      composites: schema.composites + schema.rowTypes(usedBy: queries))
  }
}

/// What a schema defines.
public struct SchemaModel: Sendable, Hashable, Codable {
  /// Tables and views in the order of their creation.
  public var tables: [TableModel]
  public var enumerations: [EnumerationModel]
  public var composites: [CompositeModel]
  /// What the application registers: functions, and collating sequences by name.
  public var functions: [FunctionModel]
  public var collations: [String]

  public init(
    tables: [TableModel] = [], enumerations: [EnumerationModel] = [], composites: [CompositeModel] = [],
    functions: [FunctionModel] = [], collations: [String] = []
  ) {
    self.tables = tables
    self.enumerations = enumerations
    self.composites = composites
    self.functions = functions
    self.collations = collations
  }
}

/// One step in the history of a schema.
public struct MigrationModel: Sendable, Hashable {
  /// Leading zeros removed: `3`, `1.10`.
  public var version: String
  public var name: String
  public var up: [String]
  /// Nothing when there is no down migration.
  public var down: [String]?
  public var isInTransaction: Bool
  public var isRepeatable: Bool
  /// May it be applied after a later one?
  public var mayComeLate: Bool
  /// The migrations that it is a snapshot of, in order.
  public var squashed: [SquashedMigrationModel]
  public init(
    version: String, name: String, up: [String], down: [String]?, isInTransaction: Bool, isRepeatable: Bool = false,
    mayComeLate: Bool = false, squashed: [SquashedMigrationModel] = []
  ) {
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    self.isInTransaction = isInTransaction
    self.isRepeatable = isRepeatable
    self.mayComeLate = mayComeLate
    self.squashed = squashed
  }
}

/// A migration that a snapshot takes the place of.
public struct SquashedMigrationModel: Sendable, Hashable {
  public var version: String
  public var name: String
  /// Of the statements that went up, as databases keep it.
  public var checksum: String
  public init(version: String, name: String, checksum: String) {
    self.version = version
    self.name = name
    self.checksum = checksum
  }
}

/// A file to be: a path relative to the output folder, and its text.
public struct GeneratedFile: Sendable, Hashable {
  public var path: String
  public var text: String
  /// The query file whose queries are in it; absent: what belongs to the whole block.
  public var queryFile: String?
  public init(path: String, text: String, queryFile: String? = nil) {
    self.path = path
    self.text = text
    self.queryFile = queryFile
  }
}
