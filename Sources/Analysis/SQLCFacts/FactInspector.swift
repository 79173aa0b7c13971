// What rules ask of an engine beside what editors do.

public import SQLCModel

/// A schema inspector that can tell definitions and statements as facts. Whoever has a `SchemaInspector` asks whether it is one.
public protocol FactInspector: Sendable {
  /// Every definition of the schema.
  func schemaFacts() -> SchemaFacts

  /// The queries of views, each after those that it reads from.
  func viewQueries() -> [ViewQuery]

  /// The statements that a query can be: one, or of a query with choices the one with all of its predicates and the one with
  /// none, in this order. Empty where it has mistakes.
  func statements(of query: AnnotatedQuery) -> [RelationalStatement]

  /// The statement that one combination of a query with choices is; nothing where it has mistakes.
  func statement(of query: AnnotatedQuery, for choice: VariantChoice) -> RelationalStatement?
}

/// The query of a view.
public struct ViewQuery: Sendable {
  /// As facts name it.
  public var name: String
  public var query: RelationalQuery
  /// The file that its ranges are in; absent where it has none.
  public var path: String?

  public init(name: String, query: RelationalQuery, path: String?) {
    self.name = name
    self.query = query
    self.path = path
  }
}
