// What rules ask of a loaded schema: a value, without its server.

import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCMacros
import SQLCModel
import SQLCQueryFile
import Synchronization

/// Definitions from the catalogs; statements as the analysis of queries has left them.
struct PostgreSQLInspector: SchemaInspector, FactInspector {
  let facts: SchemaFacts
  let relations: RelationStore

  /// Parameters, which stand in the text: the rest only the server knows, and of sound statements alone.
  func inspect(_ query: AnnotatedQuery) -> QueryInspection {
    var query = query
    if let variants = variants(of: query) { query.source = variants.wholeText }
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
    inspection.occurrences.sort { $0.source.range.lower < $1.source.range.lower }
    return inspection
  }
  func definitions() -> [SymbolOccurrence] { [] }

  func schemaFacts() -> SchemaFacts { facts }

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

/// The statements that were analysed, as relations: found when the server has described them, asked for later.
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

  private let found = Mutex<[Key: RelationalStatement]>([:])

  func keep(_ statement: RelationalStatement, of query: AnnotatedQuery) {
    let key = Key(query)
    found.withLock { $0[key] = statement }
  }

  func statement(of query: AnnotatedQuery) -> RelationalStatement? {
    let key = Key(query)
    return found.withLock { $0[key] }
  }
}
