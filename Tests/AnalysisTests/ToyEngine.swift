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
  }
  let asked = Mutex(Asked())
  /// Called before each query.
  let onQuery: @Sendable (AnnotatedQuery) -> Void

  init(onQuery: @escaping @Sendable (AnnotatedQuery) -> Void = { _ in }) { self.onQuery = onQuery }

  var name: EngineName { EngineName(rawValue: "toy") }
  var lexicalRules: LexicalRules { .sqlite }
  var placeholders: PlaceholderStyle { .dollar }
  var capabilities: Set<EngineCapability> { [] }
  var runtime: (any RuntimeVocabulary)? { nil }

  func load(_ schema: [SourceFile]) throws -> Diagnosed<any LoadedSchema> {
    asked.withLock { $0.loads += 1 }
    return Diagnosed(ToySchema(schema, self))
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
    return Diagnosed(
      QueryModel(
        name: query.name, command: query.command, rowCount: .many, rowCountReason: "", documentation: [],
        sql: [.text(String(query.source.slice(range)))], isReadOnly: true, reads: [table.name], writes: [],
        parameters: [],
        results: [
          .column(
            ResultColumnModel(
              name: column.name, type: .text, typeName: "words", nullability: .never, origin: nil, source: place))
        ], source: SourceRange(path: query.source.path, range: query.nameRange), statement: place))
  }
}

enum ToyRule: String, RuleSet {
  case nonsense

  static let pass = "toy"
  var level: Severity { .error }
  var summary: String { "no query of the toy engine" }
}

struct ToyInspector: SchemaInspector {
  func inspect(_ query: AnnotatedQuery) -> QueryInspection { QueryInspection() }
  func definitions() -> [SymbolOccurrence] { [] }
}
