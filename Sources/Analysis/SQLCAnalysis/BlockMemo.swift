// What a workspace remembers of one block from one snapshot to the next, and how it takes a new state of the block's files.

import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCKeys
import SQLCModel
import SQLCQueryFile

struct FileMemo {
  var source: SourceFile
  var role: QueryFileRole
  var contents: QueryFileContents
  /// Those whose fragments are sound.
  var queries: [PlacedQuery] = []
  /// What is wrong with its annotations and the heads of its fragments.
  var contentDiagnostics: [Diagnostic]
  /// What is wrong with the uses of fragments in it.
  var useDiagnostics: [Diagnostic] = []
  var diagnostics: [Diagnostic] { contentDiagnostics + useDiagnostics }
  /// Its queries, analysed; nothing while the file or the schema is new.
  var snapshots: [QuerySnapshot]?
}

extension FileMemo {
  /// Puts the fragments in the places where its queries use them, and rows in those of lists. What has been analysed stays where nothing is another.
  mutating func expand(with book: FragmentBook) {
    useDiagnostics = []
    var placed: [PlacedQuery] = []
    for query in contents.queries {
      var expansion: Expansion?
      if query.usesFragments {
        var expander = FragmentExpander(book)
        expansion = expander.expand(query)
        useDiagnostics += expander.diagnostics
        guard expansion != nil else { continue }
      }
      if query.mayHaveRowLists || expansion != nil {
        var expander = RowListExpander(book.rules)
        expansion = expander.expand(query, expansion) ?? expansion
        useDiagnostics += expander.diagnostics
        guard expander.diagnostics.isEmpty else { continue }
      }
      placed.append(PlacedQuery(query.annotated, expansion))
    }
    if placed != queries { snapshots = nil }
    queries = placed
  }
}

/// Kept answers, as they were read.
struct AnswerMemo {
  var file: SourceFile
  var schema: [SourceFile]
  var found: Diagnosed<AnswerFile?>
}

struct BlockMemo {
  var engine: EngineKey?
  var answers: AnswerMemo?
  /// Of the queries in `results`. Where there is no server, that of the kept answers.
  var schema: SchemaMemo?
  /// Of `schema`, where keys have types of their own.
  var keys: TypedKeys?
  var typing = SwiftOptions.KeyTyping.plain
  var files: [String: FileMemo] = [:]
  /// The fragments of all files, and what is wrong with them.
  var fragments: Diagnosed<FragmentBook>?
  var results: [QueryKey: QueryResult] = [:]
}

extension BlockMemo {
  /// The block as its files are now. What has not changed is taken from before.
  ///
  /// - Throws: `CancellationError`; what the engine throws.
  mutating func update(
    to block: ProjectBlock, _ context: AnalysisContext, _ schemas: inout SharedSchemas, _ work: inout WorkCounters
  ) throws -> BlockSnapshot {
    let made = context.engines.make(block.settings)
    let engine = made.value
    if self.engine != engine.key {
      self = BlockMemo()
      self.engine = engine.key
    }
    if typing != block.settings.swift.keyTyping {
      forget()
      keys = nil
      typing = block.settings.swift.keyTyping
    }
    readAnswers(of: block, context)
    split(block, engine, &work)
    if let earlier = schema, earlier.files != block.schema {
      try replace(earlier, by: block, engine, context, &schemas, &work)
    }
    let schema = try analyze(block, engine, context, &schemas, &work)
    return BlockSnapshot(
      block: block, engine: engine, engineDiagnostics: made.diagnostics, schema: schema, keys: keys, files: files,
      fragments: fragments ?? Diagnosed(FragmentBook(rules: engine.lexicalRules)),
      answers: answers?.found ?? Diagnosed(nil))
  }

  private mutating func readAnswers(of block: ProjectBlock, _ context: AnalysisContext) {
    let file = context.answers == .checked ? block.answers : nil
    if answers?.file == file, file == nil || answers?.schema == block.schema { return }
    answers = file.map { AnswerMemo(file: $0, schema: block.schema, found: keptAnswers(of: block)) }
    schema = nil
    forget()
  }

  /// The results of the queries that `kept` does not give.
  private mutating func forget(but kept: [QueryKey: QueryResult] = [:]) {
    results = kept
    for path in files.keys { files[path]?.snapshots = nil }
  }

  /// Another schema in the place of an earlier one. Of the queries, those are kept that do not depend on what has changed: all
  /// are forgotten where the engine cannot tell.
  private mutating func replace(
    _ earlier: SchemaMemo, by block: ProjectBlock, _ engine: any Engine, _ context: AnalysisContext,
    _ schemas: inout SharedSchemas, _ work: inout WorkCounters
  ) throws {
    let memo: SchemaMemo
    if let shared = schemas.schema(of: block.schema, by: engine) {
      memo = shared
    } else {
      work.schemasLoaded += 1
      let found = try engine.analyze([], over: block.schema, cancellation: context.cancellation) { _ in }
      memo = SchemaMemo(files: block.schema, found.schema)
      schemas.add(memo, by: engine)
    }
    schema = memo
    let before = keys
    keys = typedKeys(of: memo)
    if let before, keys.map({ !before.areAlike($0) }) ?? true { return forget() }
    let change = block.schema.isEmpty ? nil : memo.schema.change(since: earlier.schema)
    forget(but: change.map { change in results.compactMapValues { $0.over(change, memo.inspector) } } ?? [:])
  }

  private mutating func split(_ block: ProjectBlock, _ engine: any Engine, _ work: inout WorkCounters) {
    let schemaPaths = Set(block.schema.map(\.path))
    var split: [String: FileMemo] = [:]
    var areNew: Set<String> = []
    for file in block.queries {
      let role: QueryFileRole = schemaPaths.contains(file.path) ? .queriesAndSchema : .queries
      if let known = files[file.path], known.role == role, known.source == file {
        split[file.path] = known
        continue
      }
      work.filesSplit += 1
      let found = readQueryFile(file, role: role, rules: engine.lexicalRules)
      split[file.path] = FileMemo(
        source: file, role: role, contents: found.value, contentDiagnostics: found.diagnostics)
      areNew.insert(file.path)
    }
    let areSame = areNew.isEmpty && Set(files.keys) == Set(split.keys)
    files = split
    let known = fragments
    if known == nil || !areSame {
      let all = block.queries.compactMap { files[$0.path]?.contents }
      fragments = FragmentBook.reading(all, rules: engine.lexicalRules)
    }
    guard let book = fragments?.value else { return }
    let areOthers = book != known?.value
    for path in files.keys where areNew.contains(path) || areOthers { files[path]?.expand(with: book) }
  }

  /// The schema, loaded, and every query of new files; those whose key is known are not analysed again.
  private mutating func analyze(
    _ block: ProjectBlock, _ engine: any Engine, _ context: AnalysisContext, _ schemas: inout SharedSchemas,
    _ work: inout WorkCounters
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
    let queries = missing.map(\.analyzed)
    var analyzed: [Diagnosed<QueryModel?>]?
    let shared = schemas.schema(of: block.schema, by: engine)
    var memo: SchemaMemo
    if let known = schema ?? shared {
      memo = known
    } else {
      work.schemasLoaded += 1
      let found = try engine.analyze(queries, over: block.schema, cancellation: context.cancellation) {
        context.progress(known + $0, total)
      }
      memo = SchemaMemo(files: block.schema, found.schema)
      analyzed = found.queries
      schemas.add(memo, by: engine)
    }
    if engine.misses(memo.diagnostics), let kept = answers?.found.value, let path = block.answers?.path {
      let schema = AnswerSchema(kept, path: path, rules: context.engines.warnings)
      memo = SchemaMemo(files: block.schema, Diagnosed(schema))
      analyzed = nil
    }
    schema = memo
    if keys == nil { keys = typedKeys(of: memo) }
    if analyzed == nil, !queries.isEmpty {
      analyzed = try memo.schema.analyze(queries, cancellation: context.cancellation) {
        context.progress(known + $0, total)
      }
    }
    let found = withKeys(of: missing.map(\.analyzed), analyzed ?? [])
    for (query, analysis) in zip(missing, found) {
      results[query.key] = QueryResult(query, analysis.applying(query.analyzed), memo.inspector)
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

extension BlockMemo {
  /// Nothing where keys are values like others, or where the engine's facts are not at hand: kept answers have their keys.
  private func typedKeys(of memo: SchemaMemo) -> TypedKeys? {
    guard typing == .typed, let inspector = memo.inspector as? any FactInspector else { return nil }
    return TypedKeys(of: memo.model, inspector)
  }

  private func withKeys(
    of queries: [AnnotatedQuery], _ analyzed: [Diagnosed<QueryModel?>]
  ) -> [Diagnosed<QueryModel?>] {
    guard let keys else { return analyzed }
    let pairs = zip(queries, analyzed).map { (query: $0, analysis: $1) }
    return concurrentMap(pairs, chunks: worthwhileChunks(of: pairs.count, minimum: 100, cores: coreCount)) {
      keys.applying(to: $0.analysis, of: $0.query)
    }
  }
}
