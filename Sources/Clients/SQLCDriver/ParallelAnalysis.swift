// Many queries on several cores: each thread has a connection of its own, and what comes back is in the order of the input.

import Foundation
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCModel

/// What a stretch of queries gave.
private struct Stretch: Sendable {
  var queries: [QueryModel] = []
  var diagnostics: [Diagnostic] = []
}

/// One thread's share: its queries, and the schema that only it uses.
///
/// `@unchecked Sendable`: `schema` owns a connection, which belongs to one thread at a time. A worker is made before any
/// thread starts and handed to exactly one iteration, which is the only one to touch it.
private struct Worker: @unchecked Sendable {
  var schema: SQLiteSchema
  var queries: ArraySlice<AnnotatedQuery>
}

/// How many threads there can be.
var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

/// Analyses the queries; the answer does not depend on how many threads there were.
func analyzeQueries(
  _ annotated: [AnnotatedQuery], in schema: SQLiteSchema, with engine: SQLiteEngine, progress: ProgressHandler
) throws -> Diagnosed<[QueryModel]> {
  // With fewer queries for each thread, copying the schema costs more than it saves.
  let threads = worthwhileStretches(of: annotated.count, minimum: 150, cores: coreCount)
  var workers: [Worker] = []
  if threads > 1 {
    for index in 0..<threads {
      let queries = annotated[(annotated.count * index / threads)..<(annotated.count * (index + 1) / threads)]
      guard let own = index == 0 ? schema : try schema.copy() else {
        workers = []
        break
      }
      workers.append(Worker(schema: own, queries: queries))
    }
  }
  guard workers.count > 1 else {
    return try analyzeInOrder(Worker(schema: schema, queries: annotated[...]), engine) { progress($0, annotated.count) }
  }
  let results = concurrentMap(workers, stretches: workers.count) { worker in
    Result {
      let found = try analyzeInOrder(worker, engine) { _ in }
      return Stretch(queries: found.value, diagnostics: found.diagnostics)
    }
  }
  progress(annotated.count, annotated.count)
  var all = Diagnosed<[QueryModel]>([])
  for result in results {
    let stretch = try result.get()
    all.value += stretch.queries
    all.diagnostics += stretch.diagnostics
  }
  return all
}

private func analyzeInOrder(
  _ worker: Worker, _ engine: SQLiteEngine, progress: (Int) -> Void
) throws -> Diagnosed<[QueryModel]> {
  var all = Diagnosed<[QueryModel]>([])
  for (done, query) in worker.queries.enumerated() {
    let analyzed = try engine.analyze(query, in: worker.schema)
    all.diagnostics += analyzed.diagnostics
    if let model = analyzed.value { all.value.append(model) }
    progress(done + 1)
  }
  return all
}
