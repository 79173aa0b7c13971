// Many queries on several cores: each thread has a connection of its own, and what comes back is in the order of the input.

import SQLCConcurrency
public import SQLCDiagnostics
public import SQLCModel

/// One thread's share: its queries, and the schema that only it uses.
///
/// `@unchecked Sendable`: `schema` owns a connection, which belongs to one thread at a time. A worker is made before any
/// thread starts and handed to exactly one iteration, which is the only one to touch it.
private struct Worker: @unchecked Sendable {
  var schema: SQLiteSchema
  var queries: ArraySlice<AnnotatedQuery>
}

extension SQLiteSchema {
  /// Spreads many queries over the machine's cores; the answer does not depend on how many there are.
  ///
  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory.
  public func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    // With fewer queries for each thread, copying the schema costs more than it saves.
    try analyze(
      queries, threads: worthwhileStretches(of: queries.count, minimum: 150, cores: coreCount), progress: progress)
  }

  package func analyze(
    _ queries: [AnnotatedQuery], threads: Int, progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    var workers: [Worker] = []
    if threads > 1 {
      for index in 0..<threads {
        let share = queries[(queries.count * index / threads)..<(queries.count * (index + 1) / threads)]
        guard let own = index == 0 ? self : try copy() else {
          workers = []
          break
        }
        workers.append(Worker(schema: own, queries: share))
      }
    }
    guard workers.count > 1 else {
      return queries.enumerated().map { index, query in
        let found = analyze(query)
        progress(index + 1)
        return found
      }
    }
    let results = concurrentMap(workers, stretches: workers.count) { worker in
      worker.queries.map { worker.schema.analyze($0) }
    }
    progress(queries.count)
    return results.flatMap(\.self)
  }

  package func analyze(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?> {
    QueryAnalyzer(schema: self, options: engine.options).analyze(query)
  }
}
