// What generated stubs are made of: tests of code that uses queries, without a database.

import Synchronization

/// Records the queries that a stub was asked for.
public final class QueryRecorder: Sendable {
  private let recorded = Mutex<[any Query]>([])

  public init() {}

  /// Notes one call.
  public func record(_ query: any Query) { recorded.withLock { $0.append(query) } }

  /// Every query so far, in order.
  public var calls: [any Query] { recorded.withLock { $0 } }

  /// The queries of one kind so far, in order.
  public func calls<Q: Query>(of type: Q.Type) -> [Q] { calls.compactMap { $0 as? Q } }
}

extension DatabaseError {
  /// A stub was asked for a query that its test did not prepare.
  public static func notStubbed(query: String) -> DatabaseError {
    DatabaseError(kind: .misuse, code: .misuse, message: "the stub has no answer for this query", query: query)
  }
}
