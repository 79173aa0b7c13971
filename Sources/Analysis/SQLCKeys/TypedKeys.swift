// Keys of a schema and of its queries, laid over what is known of them.

public import SQLCDiagnostics
public import SQLCFacts
public import SQLCModel

/// The keys of one schema, for all of its queries.
///
///     let keys = TypedKeys(of: schema, inspector)
///     let model = keys.schema                       // columns with the keys that they hold
///     let query = keys.applying(to: analysis, of: annotated)
public struct TypedKeys: Sendable {
  /// The schema, with the key that each column holds.
  public let schema: SchemaModel
  /// What is wrong with keys in the schema itself.
  public let diagnostics: [Diagnostic]
  private let graph: KeyGraph
  private let inspector: any FactInspector

  public init(of schema: SchemaModel, _ inspector: any FactInspector) {
    self.inspector = inspector
    var graph = KeyGraph(inspector.schemaFacts(), schema)
    var diagnostics = graph.diagnostics
    if !graph.isEmpty { diagnostics += graph.follow(inspector.viewQueries()) }
    self.graph = graph
    self.diagnostics = diagnostics
    var model = schema
    for table in model.tables.indices {
      for column in model.tables[table].columns.indices {
        let known = model.tables[table].columns[column]
        let reference = ColumnReference(table: model.tables[table].name, column: known.name)
        model.tables[table].columns[column].key = graph.key(graph.key(of: reference), as: known.type)
      }
    }
    self.schema = model
  }

  /// Do all columns hold the same keys as in another schema?
  public func areAlike(_ other: TypedKeys) -> Bool { graph.mapping == other.graph.mapping }

  /// With the keys of parameters and results, and what is wrong with them.
  public func applying(to analysis: Diagnosed<QueryModel?>, of query: AnnotatedQuery) -> Diagnosed<QueryModel?> {
    guard !graph.isEmpty, let model = analysis.value else { return analysis }
    var keys = QueryKeys(graph, schema, query, model)
    keys.apply(inspector.statements(of: query))
    let diagnostics = analysis.diagnostics + keys.diagnostics
    return Diagnosed(diagnostics.hasErrors ? nil : keys.model, diagnostics)
  }
}

extension KeyGraph {
  /// The columns of views. What is wrong with a view's query is said where it is written, or at the view.
  fileprivate mutating func follow(_ views: [ViewQuery]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for view in views {
      guard let table = models[view.name.lowercased()] else { continue }
      let keys = KeyWalk.keys(of: view.query, in: self)
      note(keys.outputs, ofView: view.name)
      if keys.outputs.count == table.columns.count {
        for (column, meaning) in zip(table.columns, keys.outputs) {
          guard case .key(let key) = meaning else { continue }
          note(self.key(key, as: column.type), of: ColumnReference(table: table.name, column: column.name))
        }
      }
      let whole = table.source ?? SourceRange(path: "<schema>", range: ByteRange(at: 0))
      diagnostics += keys.findings.map { finding in
        finding.diagnostic(at: whole) { range in view.path.map { SourceRange(path: $0, range: range) } }
      }
    }
    return diagnostics
  }
}
