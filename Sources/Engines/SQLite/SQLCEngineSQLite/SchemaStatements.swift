// The statements that make a schema, in the order in which migrations and files run them.

public import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCSyntaxSQLite

/// The text of each statement of the files, without its semicolon: of migrations, the part that goes up. VACUUM is left
/// out; it changes nothing that a schema is about.
public func schemaStatements(of files: [SourceFile]) -> [String] {
  var statements: [String] = []
  for section in schemaSections(of: files, rules: .sqlite).value {
    for range in section.ranges {
      for item in parseScript(section.source, in: range, options: ParserOptions(limits: .ofLibrary)).value.items {
        if case .vacuum = item.statement { continue }
        statements.append(String(section.source.slice(item.statement.range)))
      }
    }
  }
  return statements
}
