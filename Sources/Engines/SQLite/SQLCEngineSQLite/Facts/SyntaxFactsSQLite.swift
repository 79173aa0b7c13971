// What queries and the schema are written in, for rules.

package import SQLCFacts
import SQLCModel
import SQLCPortabilitySQLite
import SQLCSyntaxSQLite

extension SQLiteInspector: SyntaxInspector {
  package func syntaxReader(elsewhere: ForeignColumns) -> any SyntaxReader {
    SQLiteSyntaxReader(
      inspector: self, reader: PortabilityReader(catalog, scripts, options, elsewhere: elsewhere))
  }
}

private struct SQLiteSyntaxReader: SyntaxReader {
  let inspector: SQLiteInspector
  let reader: PortabilityReader

  func facts(of query: AnnotatedQuery) -> SyntaxFacts? {
    guard !inspector.isBroken else { return nil }
    let text = inspector.variants(of: query)?.wholeText ?? query.source
    let parsed = parseScript(text, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
    guard !parsed.diagnostics.hasErrors, let statement = parsed.value.items.first?.statement else { return nil }
    return reader.facts(of: statement, in: text, tokens: parsed.value.tokens)
  }

  func schemaFacts() -> [SchemaSyntaxFacts] { inspector.isBroken ? [] : reader.schemaFacts() }
}
