// Names to catalog objects: the entry point of the binder, and the state it carries through a statement.

public import SQLCDiagnostics
public import SQLCModel
public import SQLCSyntaxSQLite

/// Resolves every name of the statement by SQLite's own scope rules, numbers its parameters and spells out its stars.
///
///     let bound = bind(statement, in: catalog, source: file, options: SemanticsOptions())
///
/// After an error the body is `.invalid`; the parameters are there all the same.
public func bind(
  _ statement: StatementSyntax, in catalog: Catalog, source: SourceFile, options: SemanticsOptions
) -> Diagnosed<BoundStatement> {
  var binder = Binder(catalog: catalog, source: source, options: options)
  var bound = binder.bind(statement)
  if binder.diagnostics.hasErrors { bound.body = .invalid }
  return Diagnosed(bound, binder.diagnostics)
}

/// A statement bound as far as its names are known.
public struct PartialBinding: Sendable {
  /// What depends on a mistake is `.invalid` or missing.
  public var statement: BoundStatement
  /// Every name that means something, in the order of the text.
  public var occurrences: [SymbolOccurrence]
}

/// As `bind`, and after an error the body is there all the same: what editors need.
public func bindPartially(
  _ statement: StatementSyntax, in catalog: Catalog, source: SourceFile, options: SemanticsOptions
) -> Diagnosed<PartialBinding> {
  var binder = Binder(catalog: catalog, source: source, options: options)
  binder.recorder = OccurrenceRecorder()
  let bound = binder.bind(statement)
  binder.recordParameters()
  return Diagnosed(
    PartialBinding(statement: bound, occurrences: inOrder(binder.recorder?.occurrences ?? [])), binder.diagnostics)
}

/// In the order of the text, each once: a name can be looked at twice.
func inOrder(_ occurrences: [SymbolOccurrence]) -> [SymbolOccurrence] {
  var seen: Set<SymbolOccurrence> = []
  return occurrences.filter { seen.insert($0).inserted }.sorted {
    let (a, b) = ($0.source, $1.source)
    return (a.path, a.range.lower, a.range.upper) < (b.path, b.range.lower, b.range.upper)
  }
}

/// Where the text at hand stands; it decides what double quotes around an unknown name mean.
enum BindingMode {
  /// A query: an error, with single quotes as the fix.
  case query
  /// A view, trigger or generated column: a string, as SQLite reads it there (quirks.html#dblquote).
  case definition
}

struct Binder {
  let catalog: Catalog
  let options: SemanticsOptions
  var source: SourceFile
  var mode = BindingMode.query
  var diagnostics: [Diagnostic] = []
  var expansions: [StarExpansion] = []
  var parameters = ParameterTable()
  /// What WITH clauses around this place define.
  var withFrame: WithFrame?
  var renames = Renames()
  /// What gets another name, while a definition is read for that.
  var renaming: Renaming?
  /// The views bound so far, by their definitions.
  var boundViews: [SourceRange: BoundView] = [:]
  /// Keys of the views being bound, to stop at one that uses itself.
  var openViews: [String] = []
  /// Errors are counted, not said: inside the definition of a view that a query uses.
  var isMuted = false
  var mutedErrors = 0
  /// Scopes that columns resolved to, for each aggregate whose arguments are being read.
  var references: [Set<ObjectIdentifier>] = []
  var embeds = 0
  /// Inside the body of a trigger.
  var allowsRaise = false
  /// Absent where nobody asks, and inside the definitions of views that a query uses.
  var recorder: OccurrenceRecorder?
  private var sources = 0
  private var selects = 0
  private var commonTables = 0

  init(catalog: Catalog, source: SourceFile, options: SemanticsOptions) {
    self.catalog = catalog
    self.source = source
    self.options = options
  }

  mutating func newSource() -> SourceID {
    sources += 1
    return SourceID(sources)
  }
  mutating func newSelect() -> SelectID {
    selects += 1
    return SelectID(selects)
  }
  mutating func newCommonTable() -> CommonTableID {
    commonTables += 1
    return CommonTableID(commonTables)
  }

  mutating func bind(_ statement: StatementSyntax) -> BoundStatement {
    numberParameters(of: statement)
    let body = bindBody(of: statement)
    checkGaps()
    checkSize(of: body, at: statement.range)
    return BoundStatement(
      body: body, parameters: parameters.list, expansions: expansions.sorted { $0.range.lower < $1.range.lower },
      range: statement.range)
  }

  mutating func bindBody(of statement: StatementSyntax) -> BoundStatement.Body {
    switch statement {
    case .select(let syntax): return .query(bindQuery(syntax, parent: nil, named: .result))
    case .insert(let syntax): return bindInsert(syntax).map { .insert($0) } ?? .invalid
    case .update(let syntax): return bindUpdate(syntax).map { .update($0) } ?? .invalid
    case .delete(let syntax): return bindDelete(syntax).map { .delete($0) } ?? .invalid
    case .explain(let syntax):
      _ = bindBody(of: syntax.statement)
      return .utility(statement)
    case .createTable, .createIndex, .createView, .createTrigger, .createVirtualTable, .alterTable, .drop, .pragma,
      .attach, .detach, .transaction, .analyze, .reindex, .vacuum:
      return .utility(statement)
    case .invalid: return .invalid
    }
  }

  mutating func report(
    _ problem: BinderDiagnostic, at range: ByteRange, label: String = "", near: String? = nil,
    secondary: [DiagnosticLabel] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    guard !isMuted else {
      if problem.rule.level == .error { mutedErrors += 1 }
      return
    }
    diagnostics.append(
      Diagnostic(
        problem.rule, problem.message, at: DiagnosticLabel(here(range), near.map(suggestion) ?? label),
        secondary: secondary,
        notes: notes, fixIts: fixIts + respelling(here(range), near)))
  }

  func here(_ range: ByteRange) -> SourceRange { SourceRange(path: source.path, range: range) }
}
