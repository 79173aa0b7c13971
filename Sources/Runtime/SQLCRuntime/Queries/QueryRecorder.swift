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

  /// Answers the queries of one kind from now on. A transaction cannot wait: in one, such an answer is none.
  public func on<Q: Query>(
    _ type: Q.Type, _ answer: @escaping @Sendable (Q) async throws(DatabaseError) -> Q.Output
  ) {
    state.withLock { $0.answers[ObjectIdentifier(type)] = QueryAnswer<Q>.later(answer) }
  }

  /// Answers the queries of one kind from now on, in transactions too.
  public func on<Q: Query>(_ type: Q.Type, _ answer: @escaping @Sendable (Q) throws(DatabaseError) -> Q.Output) {
    state.withLock { $0.answers[ObjectIdentifier(type)] = QueryAnswer<Q>.atOnce(answer) }
  }

  /// Notes the call and answers it.
  ///
  /// - Throws: What the answer throws; an error of kind ``DatabaseError/Kind/misuse`` where there is none.
  public nonisolated(nonsending) func answer<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    switch note(query) {
    case .atOnce(let give): return try give(query)
    case .later(let give): return try await give(query)
    case nil: throw missing(Q.self, "the stub has no answer for this query")
    }
  }

  /// The same where nothing can be awaited.
  func answerAtOnce<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    switch note(query) {
    case .atOnce(let give): return try give(query)
    case .later:
      throw missing(Q.self, "the stub's answer for this query awaits something, which a transaction cannot")
    case nil: throw missing(Q.self, "the stub has no answer for this query")
    }
  }

  private func note<Q: Query>(_ query: Q) -> QueryAnswer<Q>? {
    state.withLock { state in
      state.calls.append(query)
      return state.answers[ObjectIdentifier(Q.self)] as? QueryAnswer<Q>
    }
  }

  private func missing<Q: Query>(_ type: Q.Type, _ message: String) -> DatabaseError {
    DatabaseError(kind: .misuse, code: .misuse, message: message, query: Q.statement.name)
  }
}

private enum QueryAnswer<Q: Query>: Sendable {
  case atOnce(@Sendable (Q) throws(DatabaseError) -> Q.Output)
  case later(@Sendable (Q) async throws(DatabaseError) -> Q.Output)
}

/// What generated stubs have in common.
///
/// ```swift
/// let queries = QueriesStub()
/// queries.on(CountAgents.self) { _ in 42 }
/// let count = try await queries.countAgents()
/// #expect(queries.calls(of: CountAgents.self).count == 1)
/// ```
///
/// Transactions and reads run their closure on a handle that is answered from here; an answer that is given there must
/// not await anything. What the closure does is noted, and stays noted when it throws.
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

  /// Answers the queries of one kind from now on, in transactions too.
  public func on<Q: Query>(_ type: Q.Type, _ answer: @escaping @Sendable (Q) throws(DatabaseError) -> Q.Output) {
    recorder.on(type, answer)
  }

  /// The queries of one kind that were asked so far, in order.
  public func calls<Q: Query>(of type: Q.Type) -> [Q] { recorder.calls(of: type) }
}
