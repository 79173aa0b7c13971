// What a workspace remembers of one block from one snapshot to the next, and how it takes a new state of the block's files.

import SQLCConcurrency
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCQueryFile

/// What the engine of a block depends on: all its settings but those of generated code and the names of files.
struct EngineKey: Hashable, Sendable {
  private var settings: SQLBlock

  init(_ settings: SQLBlock) {
    self.settings = settings
    self.settings.schema = []
    self.settings.queries = []
    self.settings.out = Located("", SourceRange(path: "", range: ByteRange(at: 0)))
    self.settings.swift = SwiftSettings()
  }
}

/// A loaded schema, and what was lowered of it. It belongs to the thread that makes a snapshot.
struct SchemaMemo {
  var files: [SourceFile]
  var schema: any LoadedSchema
  var diagnostics: [Diagnostic]
  var model: SchemaModel
  var inspector: (any SchemaInspector)?
  let definitions: DefinitionIndex

  init(files: [SourceFile], _ loaded: Diagnosed<any LoadedSchema>) {
    self.files = files
    schema = loaded.value
    diagnostics = loaded.diagnostics
    model = loaded.value.model
    inspector = loaded.value.inspector
    definitions = DefinitionIndex(inspector)
  }
}

struct FileMemo {
  var source: SourceFile
  var role: QueryFileRole
  var queries: [PlacedQuery]
  var diagnostics: [Diagnostic]
  /// Its queries, analysed; nothing while the file or the schema is new.
  var snapshots: [QuerySnapshot]?
}

struct BlockMemo {
  var key: EngineKey?
  var engine: (any Engine)?
  var schema: SchemaMemo?
  var files: [String: FileMemo] = [:]
  var results: [QueryKey: QueryResult] = [:]
}

extension BlockMemo {
  /// The block as its files are now. What has not changed is taken from before.
  ///
  /// - Throws: `CancellationError`; what the engine throws.
  mutating func update(
    to block: ProjectBlock, _ context: AnalysisContext, _ work: inout WorkCounters
  ) throws -> BlockSnapshot {
    let made = context.engines.make(block.settings)
    let newKey = EngineKey(block.settings)
    if key != newKey || engine == nil {
      self = BlockMemo()
      key = newKey
      engine = made.value
    }
    let engine = engine ?? made.value
    if schema?.files != block.schema {
      // Of the one before nothing holds any more.
      schema = nil
      results = [:]
      for path in files.keys { files[path]?.snapshots = nil }
    }
    split(block, engine, &work)
    let schema = try analyze(block, engine, context, &work)
    return BlockSnapshot(
      block: block, engine: engine, engineDiagnostics: made.diagnostics, schema: schema, files: files)
  }

  private mutating func split(_ block: ProjectBlock, _ engine: any Engine, _ work: inout WorkCounters) {
    let schemaPaths = Set(block.schema.map(\.path))
    var split: [String: FileMemo] = [:]
    for file in block.queries {
      let role: QueryFileRole = schemaPaths.contains(file.path) ? .queriesAndSchema : .queries
      if let known = files[file.path], known.role == role, known.source == file {
        split[file.path] = known
        continue
      }
      work.filesSplit += 1
      let found = splitQueries(of: file, role: role, rules: engine.lexicalRules)
      split[file.path] = FileMemo(
        source: file, role: role, queries: found.value.map(PlacedQuery.init), diagnostics: found.diagnostics)
    }
    files = split
  }

  /// The schema, loaded, and every query of new files; those whose key is known are not analysed again.
  private mutating func analyze(
    _ block: ProjectBlock, _ engine: any Engine, _ context: AnalysisContext, _ work: inout WorkCounters
  ) throws -> SchemaMemo {
    let new = block.queries.map(\.path).filter { files[$0]?.snapshots == nil }
    var missing: [PlacedQuery] = []
    var asked: Set<QueryKey> = []
    for query in new.flatMap({ files[$0]?.queries ?? [] })
    where results[query.key] == nil && asked.insert(query.key).inserted { missing.append(query) }
    // Without any schema every query would be wrong; that there is none has been said.
    if block.schema.isEmpty { missing = [] }

    let total = files.values.reduce(0) { $0 + $1.queries.count }
    let known = total - missing.count
    let queries = missing.map(\.annotated)
    var analyzed: [Diagnosed<QueryModel?>] = []
    let memo: SchemaMemo
    if let schema {
      memo = schema
      if !queries.isEmpty {
        analyzed = try schema.schema.analyze(queries, cancellation: context.cancellation) {
          context.progress(known + $0, total)
        }
      }
    } else {
      work.schemasLoaded += 1
      let found = try engine.analyze(queries, over: block.schema, cancellation: context.cancellation) {
        context.progress(known + $0, total)
      }
      memo = SchemaMemo(files: block.schema, found.schema)
      analyzed = found.queries
      schema = memo
    }
    for (query, analysis) in zip(missing, analyzed) {
      results[query.key] = QueryResult(query, analysis, memo.inspector)
    }
    work.queriesAnalyzed += missing.count
    guard !new.isEmpty, !block.schema.isEmpty else { return memo }
    for path in new {
      let queries = files[path]?.queries ?? []
      files[path]?.snapshots = queries.compactMap { query in results[query.key].map { QuerySnapshot(query, $0) } }
    }
    // What is in no file any more is forgotten, so that memory does not grow with the edits.
    let keys = Set(files.values.flatMap { $0.queries.map(\.key) })
    if results.count > keys.count { results = results.filter { keys.contains($0.key) } }
    return memo
  }
}
