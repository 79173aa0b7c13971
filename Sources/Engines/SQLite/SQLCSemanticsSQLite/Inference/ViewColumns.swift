// The columns of all views of a schema.

public import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Catalog {
  /// By the definition of each view, the columns that `SELECT * FROM view` gives; nothing for a view that cannot be read. Each is
  /// looked at once, however many others read from it.
  public func viewColumns(options: SemanticsOptions) -> [SourceRange: [TypedColumn]] {
    var found: [SourceRange: [TypedColumn]] = [:]
    // One binder, so that what it numbers is told apart in all views.
    var binder = Binder(catalog: self, source: SourceFile(path: "", text: ""), options: options)
    var facts: [SourceRange: QueryFacts] = [:]
    let proven = ProvenQueries()
    for key in order {
      guard case .view(let view)? = relations[key] else { continue }
      let name =
        "\"" + view.name.replacingScalars("\"", with: "\"\"") + "\""
      let source = SourceFile(path: view.definition.path, text: "SELECT * FROM \(name)")
      guard let statement = parseScript(source).value.items.first?.statement else { continue }
      binder.source = source
      binder.diagnostics = []
      binder.expansions = []
      let body = binder.bindBody(of: statement)
      guard !binder.diagnostics.hasErrors else { continue }
      let bound = BoundStatement(body: body, parameters: [], expansions: [], range: statement.range)
      let inference = Inference(bound, self, source, options, .never)
      inference.viewFacts = facts
      inference.proven = proven
      let columns = inference.inferBody().columns
      facts = inference.viewFacts
      if !inference.diagnostics.hasErrors { found[view.definition] = columns }
    }
    return found
  }
}
