// A schema and its queries at the same time: SQLite runs the schema on a thread of its own while names and types are settled,
// which need no SQLite. What is found, and its order, are those of one after the other.

public import SQLCConcurrency
public import SQLCDiagnostics
public import SQLCEngine
import SQLCMacros
public import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Synchronization

extension SQLiteEngine {
  public func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    try analyze(queries, over: schema, cancellation: Cancellation(), progress: progress)
  }

  public func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], cancellation: Cancellation,
    progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    try analyze(
      queries, over: schema, threads: worthwhileChunks(of: queries.count, minimum: 150, cores: coreCount),
      cancellation: cancellation, progress: progress)
  }

  package func analyze(
    _ queries: [AnnotatedQuery], over files: [SourceFile], threads: Int,
    cancellation: Cancellation = Cancellation(), progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    let loader = SchemaLoader(engine: self)
    let scripts = loader.read(files)
    func oneByOne(_ catalog: Diagnosed<Catalog>) throws -> SchemaAnalysis {
      let schema = try loader.load(scripts, catalog)
      return SchemaAnalysis(
        schema: Diagnosed(schema.value, schema.diagnostics),
        queries: try schema.value.analyze(queries, threads: threads, cancellation: cancellation, progress: progress))
    }
    guard threads > 1, !scripts.diagnostics.hasErrors else {
      return try oneByOne(buildCatalog(from: scripts.value, options: options))
    }

    let stop = Stop()
    let running = DeepTask { Result { try loader.run(scripts.value, until: stop) } }
    let catalog = buildCatalog(from: scripts.value, options: options)
    guard !catalog.diagnostics.hasErrors else {
      // SQLite is only asked about what stands before the mistake.
      stop.set()
      return try oneByOne(catalog)
    }
    let checking = DeepTask {
      Result { try loader.check(running.wait().get(), scripts, catalog, copies: threads - 1) }
    }
    let comments = SchemaComments(of: scripts.value, rules: lexicalRules)
    let reader = QueryReader(catalog: catalog.value, options: options, isBroken: false)
    var read: [Diagnosed<ReadQuery?>?] = []
    for query in queries {
      if checking.isDone { break }
      read.append(mentionsMacros(query) ? nil : reader.read(query))
    }

    let checked = try checking.wait().get()
    let isBroken = checked.diagnostics.hasErrors
    let schemas = checked.scratches.map {
      SQLiteSchema(catalog: catalog.value, scratch: $0, isBroken: isBroken, comments: comments, engine: self)
    }
    return SchemaAnalysis(
      schema: Diagnosed(schemas[0], checked.diagnostics),
      queries: try schemas[0].analyze(
        queries, read: isBroken ? [] : read, on: schemas, cancellation: cancellation, progress: progress))
  }
}

/// Tells the thread that runs a schema that nobody waits for it.
private final class Stop: Sendable {
  private let flag = Atomic(false)
  var isSet: Bool { flag.load(ordering: .relaxed) }
  func set() { flag.store(true, ordering: .relaxed) }
}

/// A schema that SQLite has run.
///
/// `@unchecked Sendable`: it owns a connection, which belongs to one thread at a time. The thread that ran the schema hands it to
/// the one that checks it, and that to the one that analyses queries; each ends with handing it on.
private struct RanSchema: @unchecked Sendable {
  var scratch: ScratchDatabase
  var findings: [SchemaLoader.Finding]
}

/// As ``RanSchema``, with copies for as many other threads.
private struct CheckedSchema: @unchecked Sendable {
  /// The one that ran the schema first.
  var scratches: [ScratchDatabase]
  var diagnostics: [Diagnostic]
}

extension SchemaLoader {
  fileprivate func run(_ scripts: [ScriptSyntax], until stop: Stop) throws -> RanSchema {
    let scratch = try ScratchDatabase(extensions: engine.extensions)
    return RanSchema(scratch: scratch, findings: run(scripts, on: scratch, isStopped: { stop.isSet }))
  }

  fileprivate func check(
    _ ran: RanSchema, _ scripts: Diagnosed<[ScriptSyntax]>, _ catalog: Diagnosed<Catalog>, copies: Int
  ) throws -> CheckedSchema {
    var diagnostics = scripts.diagnostics + catalog.diagnostics
    add(ran.findings, to: &diagnostics)
    if !diagnostics.hasErrors { diagnostics += try crossCheck(catalog, ran.scratch) }
    var scratches = [ran.scratch]
    if !diagnostics.hasErrors, catalog.value.canBeCopied {
      for _ in 0..<copies { scratches.append(try ran.scratch.copy()) }
    }
    return CheckedSchema(scratches: scratches, diagnostics: diagnostics)
  }
}
