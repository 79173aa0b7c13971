// The schema at every version on the way, in our catalog and in SQLite.

public import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension SQLiteEngine {
  /// What is wrong with a schema at the versions before its last, which is sound: views and triggers that do not work there,
  /// and what the two witnesses disagree about. Each version is one step from the one before.
  ///
  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory.
  public func historyProblems(of schema: [SourceFile]) throws -> [Diagnostic] {
    let sections = schemaSections(of: schema, rules: lexicalRules).value
    let scratch = try ScratchDatabase(extensions: extensions)
    var builder = CatalogBuilder(options: options)
    var definitions: [String: String] = [:]
    var diagnostics: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    for section in sections.dropLast() {
      for range in section.ranges {
        for item in parseScript(section.source, in: range).value.items {
          builder.apply(item.statement, source: section.source)
          // The whole schema was loaded without an error.
          _ = try? scratch.execute(String(section.source.slice(item.statement.range)))
        }
      }
      let made = try scratch.definitionsByName()
      let changed = Set(made.filter { definitions[$0.key] != $0.value }.keys)
      let isAddition = definitions.allSatisfy { made[$0.key] == $0.value }
      definitions = made
      var version = builder
      version.finish()
      var check = SchemaCrossCheck(catalog: version.catalog, scratch: scratch)
      check.tables = .only(changed)
      // What is added breaks nothing that was there.
      check.users = isAddition ? .only(changed) : .everything
      for diagnostic in try version.diagnostics + check.run()
      where diagnostic.severity == .error && seen.insert(diagnostic).inserted {
        diagnostics.append(diagnostic)
      }
    }
    return diagnostics
  }
}
