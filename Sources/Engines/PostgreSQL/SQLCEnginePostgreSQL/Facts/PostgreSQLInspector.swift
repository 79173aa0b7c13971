// What rules ask of a loaded schema: a value, without its server.

import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCMacros
import SQLCModel
import SQLCQueryFile
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL
import Synchronization

/// Definitions from the catalogs; statements as the analysis of queries has left them.
struct PostgreSQLInspector: SchemaInspector, FactInspector {
  let facts: SchemaFacts
  let relations: RelationStore
  let catalog: PostgreSQLCatalog
  let model: SchemaModel

  /// Parameters, which stand in the text, and the names of tables and columns, which the server knows of sound statements.
  func inspect(_ query: AnnotatedQuery) -> QueryInspection {
    var query = query
    let variants = variants(of: query)
    if let variants { query.source = variants.wholeText }
    let tokens = tokensInside(query.bodyRange, of: lexicalTokens(of: query.source, rules: .postgresql))
    var reader = QueryTextReader(query, range: query.bodyRange, tokens: tokens.filter { !$0.isComment })
    var inspection = QueryInspection()
    for parameter in reader.read().value.parameters {
      guard let name = parameter.name, let first = parameter.occurrences.first else { continue }
      let places = parameter.occurrences.map { SourceRange(path: query.source.path, range: $0) }
      let definition = SourceRange(path: query.source.path, range: first)
      let symbol = SQLSymbol.local(LocalSymbol(.parameter, name, definition: definition))
      inspection.parameters.append(InspectedValue(name: name, facts: nil, origin: nil, source: definition))
      inspection.occurrences += places.enumerated().map {
        SymbolOccurrence(symbol, $0.offset == 0 ? .definition : .reference, at: $0.element)
      }
    }
    if let (names, sent, tableName) = relations.names(of: query) {
      let places = NamePlaces(
        source: query.source, tokens: tokens.filter { !$0.isComment }, names: names, catalog: catalog,
        tableName: tableName)
      inspection.occurrences += places.occurrences(place: sent.fileOffset(of:))
    }
    inspection.occurrences += variants?.occurrences ?? []
    inspection.occurrences.sort { $0.source.range.lower < $1.source.range.lower }
    return inspection
  }

  /// Where tables and columns are defined. What else names them in the schema is in no tree.
  func definitions() -> [SymbolOccurrence] {
    model.tables.flatMap { table -> [SymbolOccurrence] in
      let own = table.source.map { [SymbolOccurrence(.table(table.name), .definition, at: $0)] } ?? []
      let columns = table.columns.compactMap { column in
        column.source.flatMap { place in
          place == table.source
            ? nil
            : SymbolOccurrence(
              .column(ColumnReference(table: table.name, column: column.name)), .definition, at: place)
        }
      }
      return own + columns
    }
  }

  /// Those that can be called without a schema before them, by name: functions of the schema first, then PostgreSQL's own.
  func functions() -> [FunctionSignature] {
    catalog.shownFunctions()
  }

  func schemaFacts() -> SchemaFacts { facts }

  func viewQueries() -> [ViewQuery] {
    let analyzer = StatementAnalyzer(catalog: catalog)
    let views = catalog.relations.filter { $0.value.kind == .view || $0.value.kind == .materializedView }
    // A view is made after those that it reads from, and has the greater number.
    return views.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { view in
      analyzer.viewQuery(of: view).map { ViewQuery(name: catalog.factName(of: view), query: $0, path: nil) }
    }
  }

  func statements(of query: AnnotatedQuery) -> [RelationalStatement] {
    guard let variants = variants(of: query) else { return relations.statement(of: query).map { [$0] } ?? [] }
    let statements = ([variants.wholeText] + variants.leastTexts).map { source in
      var query = query
      query.source = source
      return relations.statement(of: query)
    }
    // What one of them does without the other is not known either.
    return statements.contains { $0 == nil } ? [] : statements.compactMap(\.self)
  }

  /// Of the combinations that the server was asked about.
  func statement(of query: AnnotatedQuery, for choice: VariantChoice) -> RelationalStatement? {
    guard let variants = variants(of: query) else { return nil }
    var query = query
    query.source = variants.text(for: choice.bits)
    return relations.statement(of: query)
  }

  /// Nothing for a query without choices.
  private func variants(of query: AnnotatedQuery) -> VariantSyntax? {
    guard mentionsMacros(query) else { return nil }
    let tokens = tokensInside(query.bodyRange, of: lexicalTokens(of: query.source, rules: .postgresql))
    return scanVariants(of: macroTokens(of: tokens, in: query.source), in: query.source).value
  }
}

/// A statement as the server has described it: all that its relations are made of.
struct AnalyzedStatement: Sendable {
  /// The server's message.
  var tree: [UInt8]
  var parameterNames: [String?]
  var path: String
  /// The text that the tree's places count in.
  var sent: SentText
}

/// The statements that were analysed, as relations: kept when the server has described them, made when they are first asked for.
final class RelationStore: Sendable {
  private struct Key: Hashable {
    var path: String
    var offset: Int
    var text: String

    init(_ query: AnnotatedQuery) {
      path = query.source.path
      offset = query.bodyRange.lower
      text = String(query.source.slice(query.bodyRange))
    }
  }

  private struct State {
    var types: TypeLowering?
    var kept: [Key: AnalyzedStatement] = [:]
    var found: [Key: RelationalStatement?] = [:]
    /// Made with the first relations; it belongs to whoever holds the lock.
    var analyzer: StatementAnalyzer?
  }

  private let catalog: PostgreSQLCatalog
  private let state = Mutex(State())

  init(_ catalog: PostgreSQLCatalog) { self.catalog = catalog }

  func keep(_ statement: AnalyzedStatement, of query: AnnotatedQuery) {
    let key = Key(query)
    state.withLock {
      $0.kept[key] = statement
      $0.found[key] = nil
    }
  }

  /// The names of a statement, the text that their places count in, and what tables are called.
  func names(
    of query: AnnotatedQuery
  ) -> (names: StatementNames, sent: SentText, tableName: (ObjectID) -> QualifiedName)? {
    let key = Key(query)
    return state.withLock { state in
      guard let statement = state.kept[key] else { return nil }
      let analyzer = state.analyzer ?? StatementAnalyzer(catalog: catalog)
      state.analyzer = analyzer
      let types = state.types ?? TypeLowering(catalog)
      state.types = types
      guard let names = try? analyzer.names(ofTree: NodeTree(message: statement.tree)) else { return nil }
      return (names, statement.sent, types.name(ofRelation:))
    }
  }

  func statement(of query: AnnotatedQuery) -> RelationalStatement? {
    let key = Key(query)
    return state.withLock { state in
      if let known = state.found[key] { return known }
      guard let statement = state.kept[key] else { return nil }
      let analyzer = state.analyzer ?? StatementAnalyzer(catalog: catalog)
      state.analyzer = analyzer
      let relations = try? analyzer.relations(
        ofTree: NodeTree(message: statement.tree), parameterNames: statement.parameterNames, path: statement.path,
        place: statement.sent.fileOffset(of:))
      state.found[key] = .some(relations)
      return relations
    }
  }
}
