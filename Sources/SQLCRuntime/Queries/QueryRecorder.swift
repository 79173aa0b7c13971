// What generated stubs are made of: tests of code that uses queries, without a database.

import Synchronization

/// Records the queries that a stub was asked for, and gives the answers that a test has prepared.
public final class QueryRecorder: Sendable {
  private struct State {
    var calls: [any Query] = []
    var answers: [ObjectIdentifier: any Sendable] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  /// Every query so far, in order.
  public var calls: [any Query] { state.withLock { $0.calls } }

  /// The queries of one kind so far, in order.
  public func calls<Q: Query>(of type: Q.Type) -> [Q] { calls.compactMap { $0 as? Q } }

  /// Answers the queries of one kind from now on.
  public func on<Q: Query>(
    _ type: Q.Type, _ answer: @escaping @Sendable (Q) async throws(DatabaseError) -> Q.Output
  ) {
    state.withLock { $0.answers[ObjectIdentifier(type)] = QueryAnswer(give: answer) }
  }

  /// Notes the call and answers it.
  ///
  /// - Throws: What the answer throws; an error of kind ``DatabaseError/Kind/misuse`` where there is none.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    let answer = state.withLock { state in
      state.calls.append(query)
      return state.answers[ObjectIdentifier(Q.self)] as? QueryAnswer<Q>
    }
    guard let answer else {
      throw DatabaseError(
        kind: .misuse, code: .misuse, message: "the stub has no answer for this query", query: Q.statement.name)
    }
    return try await answer.give(query)
  }
}

private struct QueryAnswer<Q: Query>: Sendable {
  let give: @Sendable (Q) async throws(DatabaseError) -> Q.Output
}

/// What generated stubs have in common.
///
/// ```swift
/// let queries = QueriesStub()
/// queries.on(CountAgents.self) { _ in 42 }
/// let count = try await queries.countAgents()
/// #expect(queries.calls(of: CountAgents.self).count == 1)
/// ```
public protocol QueryStub: Sendable {
  /// Where the stub's calls and answers are; a copy of the stub has the same.
  var recorder: QueryRecorder { get }
}

extension QueryStub {
  /// Answers the queries of one kind from now on, instead of failing.
  public func on<Q: Query>(
    _ type: Q.Type, _ answer: @escaping @Sendable (Q) async throws(DatabaseError) -> Q.Output
  ) {
    recorder.on(type, answer)
  }

  /// The queries of one kind that were asked so far, in order.
  public func calls<Q: Query>(of type: Q.Type) -> [Q] { recorder.calls(of: type) }
}
