// An engine of a screenful, to count what is asked of it.

import SQLCAnalysis
import SQLCConcurrency
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import Synchronization

/// Schema: `table name column column …`, one a line. Queries: `get column from table`.
final class ToyEngine: Engine {
  struct Asked: Sendable {
    var loads = 0
    var analyzed: [String] = []
    var isServerThere = true
  }
  /// Shared by engines that are the same but for their settings.
  final class Log: Sendable {
    private let asked = Mutex(Asked())
    func withLock<T>(_ body: (inout Asked) -> T) -> T { asked.withLock { body(&$0) } }
  }
  let asked: Log
  /// Called before each query.
  let onQuery: @Sendable (AnnotatedQuery) -> Void

  let key: EngineKey
  let missingServer: DiagnosticID?

  /// - Parameter missingServer: what is said where there is no server; nil: it asks none.
  init(
    key: String = "toy", missingServer: DiagnosticID? = nil, asked: Log = Log(),
    onQuery: @escaping @Sendable (AnnotatedQuery) -> Void = { _ in }
  ) {
    self.key = EngineKey(key)
    self.missingServer = missingServer
    self.asked = asked
    self.onQuery = onQuery
  }

  /// The same engine, set up in another way.
  func keyed(by key: String) -> ToyEngine {
    ToyEngine(key: key, missingServer: missingServer, asked: asked, onQuery: onQuery)
  }

  var name: EngineName { EngineName(rawValue: "toy") }
  var lexicalRules: LexicalRules { .sqlite }
  func spelled(_ name: String) -> String { name }
  var placeholders: PlaceholderStyle { .dollar }
  var runtime: (any RuntimeVocabulary)? { nil }

  func load(_ schema: [SourceFile]) throws -> Diagnosed<any LoadedSchema> {
    let isServerThere = asked.withLock { asked in
      asked.loads += 1
      return asked.isServerThere
    }
    if isServerThere { return Diagnosed(ToySchema(schema, self)) }
    let place = DiagnosticLabel(SourceRange(path: "sqlc-swift.yaml", range: ByteRange(at: 0)))
    return Diagnosed(NoToySchema(), [Diagnostic(ToyRule.noServer.rule, "no server", at: place)])
  }

  func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], cancellation: Cancellation,
    progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    let loaded = try load(schema)
    return SchemaAnalysis(
      schema: loaded,
      queries: try loaded.value.analyze(queries, cancellation: cancellation, progress: progress))
  }

  func historyProblems(of schema: [SourceFile]) throws -> [Diagnostic] { [] }

  func statements(of source: SourceFile, in range: ByteRange) -> Diagnosed<[ScriptStatement]> { Diagnosed([]) }
}

/// Of a server that is not there.
final class NoToySchema: LoadedSchema {
  let model = SchemaModel()
  func analyze(_ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void) throws -> [Diagnosed<QueryModel?>] {
    queries.map { _ in Diagnosed(nil) }
  }
}

final class ToySchema: LoadedSchema {
  let model: SchemaModel
  let inspector: (any SchemaInspector)?
  private let engine: ToyEngine

  init(_ files: [SourceFile], _ engine: ToyEngine) {
    self.engine = engine
    var tables: [TableModel] = []
    for file in files {
      for line in file.text.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        guard words.first == "table", words.count > 1 else { continue }
        tables.append(
          TableModel(
            name: QualifiedName(words[1]),
            columns: words.dropFirst(2).map {
              TableModel.Column(name: $0, declaredType: nil, type: .text, typeName: "words", nullability: .never)
            }, primaryKey: []))
      }
    }
    model = SchemaModel(tables: tables)
    inspector = ToyInspector()
  }

  func analyze(_ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void) throws -> [Diagnosed<QueryModel?>] {
    try analyze(queries, cancellation: Cancellation(), progress: progress)
  }

  func analyze(
    _ queries: [AnnotatedQuery], cancellation: Cancellation, progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    try queries.enumerated().map { index, query in
      engine.onQuery(query)
      try cancellation.check()
      engine.asked.withLock { $0.analyzed.append(query.name) }
      progress(index + 1)
      return analyze(query)
    }
  }

  func change(since earlier: any LoadedSchema) -> (any SchemaChange)? {
    guard let earlier = earlier as? ToySchema else { return nil }
    let old = Dictionary(uniqueKeysWithValues: earlier.model.tables.map { ($0.name, $0) })
    let new = Dictionary(uniqueKeysWithValues: model.tables.map { ($0.name, $0) })
    return ToyChange(tables: Set(old.keys).union(new.keys).filter { old[$0] != new[$0] })
  }

  private func analyze(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?> {
    let range = query.statementRange
    let words = query.source.slice(range).split { " ;\n".contains($0) }
    let place = SourceRange(path: query.source.path, range: range)
    guard words.count == 4, words[0] == "get",
      let table = model.tables.first(where: { $0.name.name == words[3] }),
      let column = table.columns.first(where: { $0.name == words[1] })
    else {
      return Diagnosed(
        nil,
        [Diagnostic(ToyRule.nonsense.rule, "nonsense: \(words.joined(separator: " "))", at: DiagnosticLabel(place))])
    }
    // A column that is called odd is worth a warning.
    let warnings = [Diagnostic(ToyRule.odd.rule, "odd", at: DiagnosticLabel(place))]
      .filter { _ in words[1] == "odd" }
    return Diagnosed(
      QueryModel(
        name: query.name, command: query.command, rowCount: .many, rowCountReason: "", documentation: [],
        sql: [.text(String(query.source.slice(range)))], isReadOnly: true, reads: [table.name], writes: [],
        parameters: [],
        results: [
          .column(
            ResultColumnModel(
              name: column.name, type: .text, typeName: "words", nullability: .never, origin: nil, source: place))
        ], source: SourceRange(path: query.source.path, range: query.nameRange), statement: place),
      warnings)
  }
}

enum ToyRule: String, RuleSet {
  case nonsense
  case noServer = "no-server"
  case odd

  static let pass = "toy"
  var level: Severity { self == .odd ? .warning : .error }
  var summary: String { "of the toy engine" }
}

struct ToyInspector: SchemaInspector {
  func inspect(_ query: AnnotatedQuery) -> QueryInspection { QueryInspection() }
  func definitions() -> [SymbolOccurrence] { [] }
}

struct ToyChange: SchemaChange {
  var tables: Set<QualifiedName>
  func affects(_ query: AnnotatedQuery, _ model: QueryModel) -> Bool { !tables.isDisjoint(with: model.reads) }
  func place(of source: SourceRange) -> SourceRange? { source }
}
