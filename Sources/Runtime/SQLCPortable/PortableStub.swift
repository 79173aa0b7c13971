// What stubs of shared faces are made of: tests of code that uses queries, without a database.

import Synchronization

/// Records the queries that a stub was asked for, and gives the answers that a test has prepared.
public final class PortableRecorder: Sendable {
  private struct State {
    var calls: [any PortableQuery] = []
    var answers: [ObjectIdentifier: any Sendable] = [:]
  }

  private struct Answer<Q: PortableQuery>: Sendable {
    var give: @Sendable (Q) async throws(PortableError) -> Q.Output
  }

  private let state = Mutex(State())

  public init() {}

  /// Every query so far, in order.
  public var calls: [any PortableQuery] { state.withLock { $0.calls } }

  /// Answers the queries of one kind from now on, in transactions too.
  public func on<Q: PortableQuery>(
    _ type: Q.Type, _ answer: @escaping @Sendable (Q) async throws(PortableError) -> Q.Output
  ) {
    state.withLock { $0.answers[ObjectIdentifier(type)] = Answer<Q>(give: answer) }
  }

  /// Notes the call and answers it.
  ///
  /// - Throws: What the answer throws; an error of kind ``PortableError/Kind/misuse`` where there is none.
  public nonisolated(nonsending) func answer<Q: PortableQuery>(_ query: Q) async throws(PortableError) -> Q.Output {
    let answer = state.withLock { state in
      state.calls.append(query)
      return state.answers[ObjectIdentifier(Q.self)] as? Answer<Q>
    }
    guard let answer else {
      throw PortableError(kind: .misuse, message: "the stub has no answer for this query", query: "\(Q.self)")
    }
    return try await answer.give(query)
  }

  /// Notes and answers each query.
  public nonisolated(nonsending) func answer<Q: PortableQuery>(
    each queries: some Sequence<Q>
  ) async throws(PortableError) -> [Q.Output] {
    var outputs: [Q.Output] = []
    for query in queries { outputs.append(try await answer(query)) }
    return outputs
  }

  /// Notes and answers each row; the sum of the answers.
  public nonisolated(nonsending) func answer<Q: PortableQuery>(
    contentsOf rows: some Sequence<Q>
  ) async throws(PortableError) -> Int where Q.Output == Int {
    try await answer(each: rows).reduce(0, +)
  }
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
public protocol PortableStub: Sendable {
  /// Where the stub's calls and answers are; a copy of the stub has the same.
  var recorder: PortableRecorder { get }
}

extension PortableStub {
  /// Answers the queries of one kind from now on, instead of failing.
  public func on<Q: PortableQuery>(
    _ type: Q.Type, _ answer: @escaping @Sendable (Q) async throws(PortableError) -> Q.Output
  ) {
    recorder.on(type, answer)
  }

  /// The queries of one kind that were asked so far, in order.
  public func calls<Q: PortableQuery>(of type: Q.Type) -> [Q] { recorder.calls.compactMap { $0 as? Q } }
}
