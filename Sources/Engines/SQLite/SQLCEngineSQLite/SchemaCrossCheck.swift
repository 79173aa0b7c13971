// After the schema is loaded twice: is it the same schema?
//
// SQLite accepts views and triggers that name things which do not exist and fails when they are used (SQLite,
// lang_createview.html, lang_createtrigger.html), so each is used once here, by preparing a statement that needs it.

import SQLCDiagnostics
import SQLCOracleSQLite
import SQLCSQLiteHandle
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct SchemaCrossCheck {
  let catalog: Catalog
  let scratch: ScratchDatabase
  /// Which tables are compared, by their keys.
  var tables = Scope.everything
  /// Which views and triggers are used.
  var users = Scope.everything

  enum Scope {
    case everything
    case only(Set<String>)

    var names: Set<String>? {
      switch self {
      case .everything: nil
      case .only(let keys): keys
      }
    }

    func contains(_ key: String) -> Bool { names?.contains(key) ?? true }
  }

  func run() throws -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let described = try scratch.describeTables(named: tables.names)
    compareTables(described, &diagnostics)
    checkViews(&diagnostics)
    checkTriggers(&diagnostics)
    checkForeignKeys(described, &diagnostics)
    return diagnostics
  }

  /// Every table and every fact of it, ours against SQLite's.
  private func compareTables(_ described: [TableDescription], _ diagnostics: inout [Diagnostic]) {
    var seen: Set<String> = []
    for table in described {
      let key = table.name.asciiLowercased
      seen.insert(key)
      guard tables.contains(key) else { continue }
      var found = catalog.relations[key]
      if let relation = found, relation.isTemporary != table.isTemporary { found = catalog.shadowed[key] }
      guard let relation = found else {
        // Tables that a virtual table keeps for itself are SQLite's business unless the catalog lists them.
        if table.isShadow || key.hasPrefix("sqlite_") { continue }
        diagnostics.append(EngineDiagnostic.catalogTable(table: table.name, present: false).at(nowhere))
        continue
      }
      // What a module makes for itself is the module's word, whatever its version.
      guard case .table(let ours) = relation, !ours.isShadow else { continue }
      diagnostics += compare(ours, table)
    }
    for key in catalog.order where !seen.contains(key) {
      guard case .table(let table)? = catalog.relations[key], table.kind == .ordinary, !table.isShadow,
        let definition = table.definition
      else { continue }
      diagnostics.append(EngineDiagnostic.catalogTable(table: table.name, present: true).at(definition))
    }
  }

  private func compare(_ ours: Table, _ sqlite: TableDescription) -> [Diagnostic] {
    let place = ours.definition ?? nowhere
    let ourNames = ours.columns.filter { $0.visibility == .visible }.map(\.name)
    let theirNames = sqlite.columns.filter { !$0.isHidden }.map(\.name)
    if ourNames.map(\.asciiLowercased) != theirNames.map(\.asciiLowercased) {
      return [EngineDiagnostic.catalogColumns(table: ours.name, ours: ourNames, sqlite: theirNames).at(place)]
    }
    // Of virtual tables SQLite knows what the module declares, which proves nothing about what it returns.
    guard ours.kind == .ordinary, sqlite.kind == .table else { return [] }
    return TableFacts.differences(TableFacts(ours), TableFacts(sqlite)).map {
      EngineDiagnostic.catalogFact(table: ours.name, subject: $0.subject, ours: $0.ours, sqlite: $0.sqlite).at(place)
    }
  }

  private func explained(_ error: OracleError) -> String {
    OlderLibrary.needs(error).map { "\($0), and this machine has \(ScratchDatabase.version)" } ?? error.message
  }

  private func checkViews(_ diagnostics: inout [Diagnostic]) {
    /// A view that works has used those it reads from: of a chain, which SQLite writes out each time, the last one tells of all.
    var working: Set<SourceRange> = []
    var problems: [SourceRange: OracleError] = [:]
    for key in catalog.order.reversed() where users.contains(key) {
      guard case .view(let view)? = catalog.relations[key], !working.contains(view.definition) else { continue }
      if let problem = problem(in: "SELECT * FROM \(quoted(view.name))") {
        problems[view.definition] = problem
      } else {
        working.formUnion(catalog.viewsRead(by: view))
      }
    }
    for key in catalog.order {
      guard case .view(let view)? = catalog.relations[key], let problem = problems[view.definition] else { continue }
      diagnostics.append(
        EngineDiagnostic.brokenView(view: view.name, message: explained(problem)).at(view.definition))
    }
  }

  /// A statement of the trigger's own event on its table makes SQLite compile its body.
  private func checkTriggers(_ diagnostics: inout [Diagnostic]) {
    /// All triggers of a table and event are compiled by one statement: it is asked once.
    var problems: [String: OracleError?] = [:]
    for key in catalog.triggerOrder where users.contains(key) {
      guard let trigger = catalog.triggers[key] else { continue }
      guard let probe = probe(for: trigger) else { continue }
      let problem = problems[probe] ?? problem(in: probe)
      problems[probe] = .some(problem)
      if let problem {
        diagnostics.append(
          EngineDiagnostic.brokenTrigger(trigger: trigger.syntax.name.name.text, message: explained(problem))
            .at(trigger.definition))
      }
    }
  }

  private func problem(in statement: String) -> OracleError? {
    do throws(OracleError) {
      _ = try scratch.describe(statement)
      return nil
    } catch {
      return error
    }
  }

  /// Writing a row needs what its foreign keys refer to, and so does deleting one that others refer to. Ours are checked by
  /// the catalog; what SQLite finds beyond that is said in its words, at the table that has the key.
  private func checkForeignKeys(_ tables: [TableDescription], _ diagnostics: inout [Diagnostic]) {
    // Two statements tell of all tables whether there is anything to say.
    guard scratch.hasForeignKeyProblem(among: tables) else { return }
    for key in catalog.order {
      guard case .table(let table)? = catalog.relations[key], table.kind == .ordinary, !table.foreignKeys.isEmpty,
        let definition = table.definition
      else { continue }
      let probe = "INSERT INTO \(quoted(table.name)) DEFAULT VALUES"
      guard let message = (try? scratch.describe(probe))?.foreignKeyProblem else { continue }
      diagnostics.append(EngineDiagnostic.foreignKeys(table: table.name, message: message).at(definition))
    }
  }

  private func probe(for trigger: Trigger) -> String? {
    guard let relation = catalog.relations[trigger.table] else { return nil }
    let table = quoted(relation.name)
    switch trigger.syntax.event {
    case .insert:
      return "INSERT INTO \(table) DEFAULT VALUES"
    case .delete:
      return "DELETE FROM \(table)"
    case .update:
      guard let column = trigger.watchedColumns.first ?? firstColumn(of: trigger.table) else { return nil }
      return "UPDATE \(table) SET \(quoted(column)) = NULL"
    }
  }

  /// A column that an UPDATE may set; of a view, any column by its name in SQLite.
  private func firstColumn(of key: String) -> String? {
    switch catalog.relations[key] {
    case .table(let table)?:
      return table.columns.first { $0.visibility == .visible && $0.generation == nil }?.name
    case .view(let view)?:
      if let name = view.columnNames?.first { return name.text }
      return (try? scratch.describe("SELECT * FROM \(quoted(view.name))"))?.columns.first?.name
    case nil:
      return nil
    }
  }

  private var nowhere: SourceRange { SourceRange(path: "<schema>", range: ByteRange(at: 0)) }
}
