// What rules ask of an engine beside what editors do.

public import SQLCModel

/// A schema inspector that can tell definitions and statements as facts. Whoever has a `SchemaInspector` asks whether it is one.
public protocol FactInspector: Sendable {
  /// Every definition of the schema.
  func schemaFacts() -> SchemaFacts

  /// The statements that a query can be: one, or of a query with choices the one with all of its predicates and the one with
  /// none, in this order. Empty where it has mistakes.
  func statements(of query: AnnotatedQuery) -> [RelationalStatement]

  /// The statement that one combination of a query with choices is; nothing where it has mistakes.
  func statement(of query: AnnotatedQuery, for choice: VariantChoice) -> RelationalStatement?
}
