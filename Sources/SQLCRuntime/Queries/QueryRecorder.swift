// What generated stubs are made of: tests of code that uses queries, without a database.

import Synchronization

/// Records the queries that a stub was asked for, and answers with what the test prepared.
public final class QueryRecorder: Sendable {
  private let recorded = Mutex<[any Query]>([])

  public init() {}

  /// Every query so far, in order.
  public var queries: [any Query] { recorded.withLock { $0 } }

  /// The queries of one kind so far, in order.
  public func queries<Q: Query>(of type: Q.Type) -> [Q] { queries.compactMap { $0 as? Q } }

  /// Records `query` and gives what `handler` gives; without a handler an error that names the query.
  public func run<Q: Query, Output>(
    _ query: Q, _ handler: (@Sendable (Q) async throws(DatabaseError) -> Output)?
  ) async throws(DatabaseError) -> Output {
    recorded.withLock { $0.append(query) }
    guard let handler else {
      throw DatabaseError(kind: .misuse, message: "no stub for \(Q.statement.name)", query: Q.statement.name)
    }
    return try await handler(query)
  }
}
