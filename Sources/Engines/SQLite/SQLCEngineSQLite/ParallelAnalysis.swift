// Many queries on several cores: each thread has a connection of its own, and what comes back is in the order of the input.

public import SQLCConcurrency
public import SQLCDiagnostics
public import SQLCModel
import Synchronization

/// A schema for one thread.
///
/// `@unchecked Sendable`: `schema` owns a connection, which belongs to one thread at a time. A worker is made before any
/// thread starts and handed to exactly one iteration, which is the only one to touch it.
private struct Worker: @unchecked Sendable {
  var schema: SQLiteSchema
}

/// Queries that one thread took together.
private struct Portion: Sendable {
  static let size = 32
  var number: Int
  var found: [Diagnosed<QueryModel?>]
}

/// Hands out portions: whoever is done takes the next.
private final class PortionCounter: Sendable {
  private let next = Atomic(0)
  func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}

extension SQLiteSchema {
  public func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    try analyze(queries, cancellation: Cancellation(), progress: progress)
  }

  /// Spreads many queries over the machine's cores; the answer does not depend on how many there are.
  ///
  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory; `CancellationError`.
  public func analyze(
    _ queries: [AnnotatedQuery], cancellation: Cancellation, progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    // With fewer queries for each thread, copying the schema costs more than it saves.
    try analyze(
      queries, threads: worthwhileChunks(of: queries.count, minimum: 150, cores: coreCount),
      cancellation: cancellation, progress: progress)
  }

  package func analyze(
    _ queries: [AnnotatedQuery], threads: Int, cancellation: Cancellation = Cancellation(),
    progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    var schemas = [self]
    while schemas.count < threads, let copy = try copy() { schemas.append(copy) }
    return try analyze(queries, on: schemas, cancellation: cancellation, progress: progress)
  }

  /// - Parameters:
  ///   - schemas: this one and copies of it, for as many threads.
  ///   - read: of the first queries, what is known of them already.
  func analyze(
    _ queries: [AnnotatedQuery], read: [Diagnosed<ReadQuery?>?] = [], on schemas: [SQLiteSchema],
    cancellation: Cancellation, progress: (_ done: Int) -> Void
  ) throws(CancellationError) -> [Diagnosed<QueryModel?>] {
    guard schemas.count > 1 else {
      return try queries.indices.map { index throws(CancellationError) in
        try cancellation.check()
        let found = analyze(queries[index], read: index < read.count ? read[index] : nil)
        progress(index + 1)
        return found
      }
    }
    let counter = PortionCounter()
    let portions = concurrentMap(schemas.map(Worker.init), chunks: schemas.count) { worker in
      var done: [Portion] = []
      while true {
        let number = counter.take()
        let range = (number * Portion.size..<(number + 1) * Portion.size).clamped(to: queries.indices)
        if range.isEmpty || cancellation.isCancelled { return done }
        done.append(
          Portion(
            number: number,
            found: range.map { worker.schema.analyze(queries[$0], read: $0 < read.count ? read[$0] : nil) }))
      }
    }
    let answers = portions.flatMap(\.self).sorted { $0.number < $1.number }.flatMap(\.found)
    guard answers.count == queries.count else { throw CancellationError() }
    progress(queries.count)
    return answers
  }

  package func analyze(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?> { analyze(query, read: nil) }

  private func analyze(_ query: AnnotatedQuery, read: Diagnosed<ReadQuery?>?) -> Diagnosed<QueryModel?> {
    QueryAnalyzer(schema: self, options: engine.options).analyze(query, read: read)
  }
}
