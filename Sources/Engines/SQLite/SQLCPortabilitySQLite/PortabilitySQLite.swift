// The entry: what a statement and a schema are written in.

public import SQLCDiagnostics
public import SQLCFacts
import SQLCModel
public import SQLCSemanticsSQLite
public import SQLCSyntaxSQLite

/// A schema that statements are looked at in.
public struct PortabilityReader: Sendable {
  let catalog: Catalog
  let scripts: [ScriptSyntax]
  let options: SemanticsOptions
  let elsewhere: ForeignColumns
  let quotedNames: Set<String>

  public init(
    _ catalog: Catalog, _ scripts: [ScriptSyntax], _ options: SemanticsOptions, elsewhere: ForeignColumns
  ) {
    self.catalog = catalog
    self.scripts = scripts
    self.options = options
    self.elsewhere = elsewhere
    var names: Set<String> = []
    for script in scripts {
      for item in script.items {
        for name in item.statement.definedNames where name.quoting == .doubleQuotes { names.insert(name.text) }
      }
    }
    quotedNames = names
  }

  /// - Parameter tokens: of the statement.
  public func facts(of statement: StatementSyntax, in source: SourceFile, tokens: [Token]) -> SyntaxFacts? {
    let bound = bind(statement, in: catalog, source: source, options: options)
    guard !bound.diagnostics.hasErrors else { return nil }
    let types = TypeWalk(catalog, elsewhere: elsewhere)
    types.walk(bound.value)
    let inferred = inferredFacts(of: bound.value, in: catalog, source: source, options: options)
    var tree = TreeWalk(source, types, catalog, inferred: inferred, quotedNames: quotedNames)
    tree.walk(statement)
    tree.walk(tokens)
    return tree.facts
  }

  /// An expression of a definition, over the table's own columns.
  func facts(
    of expression: ExpressionSyntax, role: ExpressionFact.Role, over table: NameSyntax?, in source: SourceFile
  ) -> SyntaxFacts? {
    let column = ResultColumnSyntax(value: .expression(expression, alias: nil), range: expression.range)
    let from = table.map { name in
      let reference = TableReferenceSyntax(name: QualifiedNameSyntax(name: name), range: name.range)
      return FromSyntax(first: .table(reference), joins: [], range: name.range)
    }
    let core = SelectCoreSyntax(columns: [column], from: from, range: expression.range)
    let statement = StatementSyntax.select(SelectSyntax(body: .select(core), range: expression.range))
    let bound = bind(statement, in: catalog, source: source, options: options)
    guard !bound.diagnostics.hasErrors else { return nil }
    let types = TypeWalk(catalog, elsewhere: elsewhere)
    types.walk(bound.value)
    var tree = TreeWalk(source, types, catalog, inferred: [:], quotedNames: quotedNames)
    tree.add(expression, role, in: nil)
    return tree.facts
  }
}

extension StatementSyntax {
  /// The names that a definition gives.
  fileprivate var definedNames: [NameSyntax] {
    switch self {
    case .createTable(let node):
      if case .columns(let columns, _, _) = node.body {
        [node.name.name] + columns.map(\.name)
      } else {
        [node.name.name]
      }
    case .createView(let node): [node.name.name] + (node.columns ?? [])
    case .alterTable(let node):
      switch node.action {
      case .renameTable(let name): [name]
      case .renameColumn(_, let name): [name]
      case .addColumn(let column): [column.name]
      default: []
      }
    default: []
    }
  }
}
