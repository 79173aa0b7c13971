// Replays the statements of a schema, one after another, as SQLite would run them.

public import SQLCDiagnostics
public import SQLCSyntaxSQLite

/// The catalog that the scripts build, in their order, and everything that is wrong with them.
///
///     let catalog = buildCatalog(from: [parseScript(schema).value], options: SemanticsOptions())
///
/// Statements that define nothing (INSERT, PRAGMA, …) are left to SQLite itself.
public func buildCatalog(from scripts: [ScriptSyntax], options: SemanticsOptions) -> Diagnosed<Catalog> {
  var builder = CatalogBuilder(options: options)
  for script in scripts {
    for item in script.items { builder.apply(item.statement, source: script.source) }
  }
  builder.finish()
  return Diagnosed(builder.catalog, misspeltTypesOnce(builder.diagnostics))
}

/// Builds a catalog statement by statement, for schemas that are migrations.
public struct CatalogBuilder: Sendable {
  public internal(set) var catalog: Catalog
  public internal(set) var diagnostics: [Diagnostic] = []
  let options: SemanticsOptions
  /// Transactions and savepoints that are not ended, the outermost first.
  var open: [OpenTransaction] = []
  /// The file of the statement at hand.
  var source = SourceFile(path: "", text: "")

  public init(_ catalog: Catalog = Catalog(), options: SemanticsOptions) {
    self.catalog = catalog
    self.options = options
  }

  /// Changes the catalog as running the statement would. A statement in error leaves it as it was, except that a table
  /// with a flaw is still there, so that one mistake gives one message.
  public mutating func apply(_ statement: StatementSyntax, source: SourceFile) {
    self.source = source
    switch statement {
    case .createTable(let syntax): createTable(syntax)
    case .createIndex(let syntax): createIndex(syntax)
    case .createView(let syntax): createView(syntax)
    case .createTrigger(let syntax): createTrigger(syntax)
    case .createVirtualTable(let syntax): createVirtualTable(syntax)
    case .alterTable(let syntax): alterTable(syntax)
    case .drop(let syntax): drop(syntax)
    case .analyze: catalog.hasStatisticsTable = true
    case .transaction(let syntax): apply(syntax)
    case .select, .insert, .update, .delete, .pragma, .attach, .detach, .reindex, .vacuum,
      .explain, .invalid:
      break
    }
  }

  /// Which tables, views and triggers are looked at.
  public enum CheckScope: Sendable {
    case everything
    /// By their keys.
    case only(Set<String>)

    func contains(_ key: String) -> Bool {
      switch self {
      case .everything: true
      case .only(let keys): keys.contains(key)
      }
    }
  }

  /// Checks what SQLite only checks on use: the queries of views and the bodies of triggers.
  public mutating func finish(_ scope: CheckScope = .everything) {
    indexColumns()
    checkForeignKeys(of: scope)
    if case .only(let keys) = scope, !keys.contains(where: isUsed) { return }
    indexReferences()
    checkViews(of: scope)
    checkTriggers(of: scope)
  }

  /// Is it a view or a trigger?
  private func isUsed(_ key: String) -> Bool {
    if case .view? = catalog.relations[key] { return true }
    return catalog.triggers[key] != nil
  }

  mutating func report(
    _ problem: CatalogDiagnostic, at range: ByteRange, label: String = "", near: String? = nil,
    secondary: [DiagnosticLabel] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(
        problem.rule, problem.message,
        at: DiagnosticLabel(here(range), near.map(suggestion) ?? label), secondary: secondary, notes: notes,
        fixIts: fixIts + respelling(here(range), near)))
  }

  func here(_ range: ByteRange) -> SourceRange { SourceRange(path: source.path, range: range) }

  /// "first defined here", when it is known where.
  func firstDefinition(_ definition: SourceRange?) -> [DiagnosticLabel] {
    definition.map { [DiagnosticLabel($0, "first defined here")] } ?? []
  }

  func nearestTable(to name: String) -> String? { nearest(to: name, in: catalog.relationNames) }
}

func suggestion(_ candidate: String) -> String { "did you mean '\(candidate)'?" }

/// The fix that a name nearby is, where there is one: likely meant, and not certainly.
func respelling(_ place: SourceRange, _ near: String?) -> [FixIt] {
  guard let near else { return [] }
  let written = spelledName(near)
  return [FixIt("write \(written)", .unsafe, edits: [FixIt.Edit(place, replacement: written)])]
}
