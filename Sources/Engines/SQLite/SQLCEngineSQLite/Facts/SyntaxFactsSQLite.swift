// What queries and the schema are written in, for rules.

package import SQLCFacts
package import SQLCModel
import SQLCPortabilitySQLite
import SQLCSyntaxSQLite

extension SQLiteInspector: SyntaxInspector {
  package func syntaxFacts(of query: AnnotatedQuery, elsewhere: ForeignColumns) -> SyntaxFacts? {
    guard !isBroken else { return nil }
    let text = variants(of: query)?.wholeText ?? query.source
    let parsed = parseScript(text, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
    guard !parsed.diagnostics.hasErrors, let statement = parsed.value.items.first?.statement else { return nil }
    return PortabilityReader(catalog, scripts, options, elsewhere: elsewhere)
      .facts(of: statement, in: text, tokens: parsed.value.tokens)
  }

  package func syntaxFactsOfSchema(elsewhere: ForeignColumns) -> [SchemaSyntaxFacts] {
    isBroken ? [] : PortabilityReader(catalog, scripts, options, elsewhere: elsewhere).schemaFacts()
  }
}
