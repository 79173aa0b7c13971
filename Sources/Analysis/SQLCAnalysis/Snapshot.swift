// What is known of a project at one moment: an immutable value, to be read from any thread.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCKeys
public import SQLCMigrations
public import SQLCModel
public import SQLCQueryFile

/// A project, analysed.
public struct Snapshot: Sendable {
  /// The configuration's blocks and the text of every file they name.
  public let project: Project
  /// One for each block of the configuration; none when that has errors.
  public let blocks: [BlockSnapshot]
  /// What is wrong with the configuration and with finding and reading files.
  public let projectDiagnostics: [Diagnostic]
  /// The work that the workspace had done when this was ready.
  public let work: WorkCounters

  /// Everything that is wrong with the project, in no order worth relying on.
  public var diagnostics: [Diagnostic] { projectDiagnostics + blocks.flatMap(\.diagnostics) }

  /// What is wrong in each file, by its path in `SourceRange`s; files without are not listed.
  public var diagnosticsByFile: [String: [Diagnostic]] {
    Dictionary(grouping: diagnostics.sortedAndUnique()) { $0.primary.source.path }
  }

  /// The path that `SourceRange`s call a file by.
  public func path(of file: FileID) -> String { relativePath(file.path, from: project.base) }

  public func file(at path: String) -> FileID { FileID(join(project.base, path)) }

  /// The text that was analysed: a byte order mark removed, every line end `\n`.
  public func source(of file: FileID) -> SourceFile? { project.sources[path(of: file)]?.source }
}

/// One block of the configuration, analysed.
public struct BlockSnapshot: Sendable {
  public let block: ProjectBlock
  public let engine: any Engine
  /// Tables, views and what else the schema defines.
  public let schema: SchemaModel
  /// In the order of files and, within one, of the file; those with errors among them.
  public let queries: [QuerySnapshot]
  /// What is wrong with the block's settings, its schema, its annotations and its queries.
  public let diagnostics: [Diagnostic]
  /// How many queries the files have.
  public let queryCount: Int
  /// What the engine knows beside: its own trees, for those who know the engine.
  public let inspector: (any SchemaInspector)?
  public let witness: Witness
  /// Those of all query files of the block.
  public var fragments: [Fragment] { book.fragments }
  let book: FragmentBook
  let definitions: DefinitionIndex

  /// Who said what is known of the block.
  public enum Witness: Sendable, Hashable {
    case engine
    /// What a server said once, where there is none now.
    case keptAnswers
  }

  init(
    block: ProjectBlock, engine: any Engine, engineDiagnostics: [Diagnostic], schema: SchemaMemo,
    keys: TypedKeys?, files: [String: FileMemo], fragments: Diagnosed<FragmentBook>, answers: Diagnosed<AnswerFile?>
  ) {
    self.block = block
    self.engine = engine
    let model = keys?.schema ?? schema.model
    self.schema = model
    witness = schema.schema is AnswerSchema ? .keptAnswers : .engine
    inspector = schema.inspector
    definitions = schema.definitions
    book = fragments.value
    let files = block.queries.compactMap { files[$0.path] }
    let found = files.flatMap(\.queries)
    queries = files.flatMap { $0.snapshots ?? [] }
    queryCount = found.count
    let annotated = found.map(\.annotated)
    var diagnostics = engineDiagnostics + answers.diagnostics + schema.diagnostics
    diagnostics += keys?.diagnostics ?? []
    diagnostics += files.flatMap(\.diagnostics) + fragments.diagnostics + duplicateNames(among: annotated)
    diagnostics += withoutRepetitions(of: queries)
    if let kept = answers.value, let file = block.answers {
      diagnostics +=
        witness == .keptAnswers
        ? kept.leftovers(annotated, in: file)
        : AnswerFile(schema: block.schema, model: model, queries)
          .map { kept.differences(from: $0, annotated, in: file) } ?? []
    }
    self.diagnostics = diagnostics
  }

  /// What is kept of the answers of the block's server: nothing where its engine asks none, or where a query has errors.
  package var answers: AnswerFile? {
    engine.missingServer == nil ? nil : AnswerFile(schema: block.schema, model: schema, queries)
  }

  /// Everything that code is generated from; queries with errors are left out. Put together when it is asked for.
  public var model: GenerationModel {
    GenerationModel(
      schema: schema, queries: queries.compactMap(\.model),
      migrations: block.settings.swift.emitSchema ? migrations.map(MigrationModel.init) : [])
  }

  /// The schema's history.
  public var migrations: [MigrationScript] { SQLCAnalysis.migrations(of: block, engine: engine).value }

  public func query(named name: String) -> QuerySnapshot? { queries.first { $0.name == name } }

  /// The query whose annotation or text a position is in.
  public func query(at offset: Int, in path: String) -> QuerySnapshot? {
    queries.first { query in
      query.annotated.source.path == path && query.annotated.nameRange.lower <= offset
        && offset <= query.annotated.bodyRange.upper
    }
  }
}

/// What is wrong with queries. What is wrong with a fragment is said once, with the places where it is used.
private func withoutRepetitions(of queries: [QuerySnapshot]) -> [Diagnostic] {
  struct Subject: Hashable {
    var id: DiagnosticID
    var source: SourceRange
    var message: String
  }
  var found: [Diagnostic] = []
  var places: [Subject: Int] = [:]
  for query in queries {
    guard query.expansion != nil else {
      found += query.diagnostics
      continue
    }
    for diagnostic in query.diagnostics {
      let subject = Subject(id: diagnostic.id, source: diagnostic.primary.source, message: diagnostic.message)
      guard let known = places[subject] else {
        places[subject] = found.count
        found.append(diagnostic)
        continue
      }
      for label in diagnostic.secondary where label.text == usedHere && !found[known].secondary.contains(label) {
        found[known].secondary.append(label)
      }
    }
  }
  return found
}
