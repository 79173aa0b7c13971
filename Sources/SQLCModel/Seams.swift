public import SQLCDiagnostics

/// Everything code is generated from.
public struct GenerationModel: Sendable {
  public var tables: [TableModel]
  public var enumerations: [EnumerationModel]
  /// In the order of files and, within one, of the file.
  public var queries: [QueryModel]

  public init(tables: [TableModel], enumerations: [EnumerationModel], queries: [QueryModel]) {
    self.tables = tables
    self.enumerations = enumerations
    self.queries = queries
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
