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
    state.withLock { $0.answers[ObjectIdentifier(type)] = QueryAnswer<Q>(give: answer) }
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
        kind: .misuse, message: "the stub has no answer for this query", query: Q.statement.name)
    }
    return try await answer.give(query)
  }

  /// Notes and answers each query.
  public nonisolated(nonsending) func answer<Q: Query>(
    each queries: some Sequence<Q>
  ) async throws(DatabaseError) -> [Q.Output] {
    var outputs: [Q.Output] = []
    for query in queries { outputs.append(try await answer(query)) }
    return outputs
  }

  /// Notes and answers each row; the sum of the answers.
  public nonisolated(nonsending) func answer<Q: ExecRowsQuery>(
    contentsOf rows: some Sequence<Q>
  ) async throws(DatabaseError) -> Int {
    try await answer(each: rows).reduce(0, +)
  }

  /// Runs `body` with a handle whose queries are noted and answered here. Savepoints work; SQL that is no query fails
  /// with an error of kind ``DatabaseError/Kind/misuse``.
  public nonisolated(nonsending) func transaction<Scope: TransactionScope, T>(
    _ scope: Scope.Type, _ body: nonisolated(nonsending) (Scope) async throws -> T
  ) async throws -> T {
    let core = TransactionCore(.stub(self))
    let open = TransactionCore.Scope(depth: 0)
    defer { open.end() }
    return try await body(Scope(Transaction(core, open)))
  }

  /// The same as ``transaction(_:_:)``: a stub does not tell reading from writing.
  public nonisolated(nonsending) func read<Scope: TransactionScope, T>(
    _ scope: Scope.Type, _ body: nonisolated(nonsending) (Scope) async throws -> T
  ) async throws -> T {
    try await transaction(scope, body)
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
///
/// Transactions and reads run their closure on a handle that is answered from here. What the closure does is noted, and stays
/// noted when it throws.
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
