// The schema at every version on the way, in our catalog and in SQLite.

public import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCOracleSQLite
import SQLCSQLiteHandle
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
    var definitions = DefinitionTable()
    var users = DefinitionUsers()
    var diagnostics: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    for section in sections.dropLast() {
      for range in section.ranges {
        for item in parseScript(section.source, in: range, options: ParserOptions(limits: .ofLibrary)).value.items {
          builder.apply(item.statement, source: section.source)
          // The whole schema was loaded without an error.
          _ = try? scratch.execute(String(section.source.slice(item.statement.range)))
        }
      }
      let change = try scratch.changes(since: &definitions)
      users.apply(change)
      let changed = Set(change.added.flatMap { [$0.name.asciiLowercased, $0.table.asciiLowercased] })
      // What is added breaks nothing that was there.
      let affected =
        change.removed.isEmpty
        ? Set(change.added.map(\.name.asciiLowercased)) : users.affected(by: change.added + change.removed)
      var version = builder
      version.finish(.only(affected))
      var check = SchemaCrossCheck(catalog: version.catalog, scratch: scratch)
      check.tables = .only(changed)
      check.users = .only(affected)
      for diagnostic in try version.diagnostics + check.run()
      where diagnostic.severity == .error && seen.insert(diagnostic).inserted {
        diagnostics.append(diagnostic)
      }
    }
    return diagnostics
  }
}

/// Tables, views and triggers by the names that they use.
private struct DefinitionUsers {
  private struct User {
    var type: String
    var table: String
    var names: Set<String>
  }

  private var users: [String: User] = [:]

  mutating func apply(_ change: DefinitionTable.Change) {
    for row in change.removed { users[row.name.asciiLowercased] = nil }
    for row in change.added where row.type != "index" {
      users[row.name.asciiLowercased] = User(
        type: row.type, table: row.table.asciiLowercased, names: SchemaTokens(row.sql ?? "").names)
    }
  }

  /// What changed and whatever names it. Through a view and through a trigger it goes on: to a view of the view, to a trigger
  /// whose statements set off the other; a table's foreign keys ask for nothing but their parent.
  func affected(by rows: [DefinitionTable.Row]) -> Set<String> {
    var names = Set(rows.flatMap { [$0.name.asciiLowercased, $0.table.asciiLowercased] })
    var affected = names
    var isDone = false
    while !isDone {
      isDone = true
      for (key, user) in users {
        if affected.contains(key), user.type == "table" || names.contains(user.table) { continue }
        guard affected.contains(key) || names.contains(user.table) || !user.names.isDisjoint(with: names) else {
          continue
        }
        affected.insert(key)
        if user.type != "table" {
          isDone = false
          names.insert(key)
          names.insert(user.table)
        }
      }
    }
    return affected
  }
}
