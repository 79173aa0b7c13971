// The transaction of a stub: queries answered and noted without a database, scopes and savepoints as they are.

import SQLCRuntime
import Testing

@Suite struct StubTransactionTests {
  private struct Refusal: Error {}

  @Test func queriesAreAnsweredAndNoted() async throws {
    let stub = QueriesStub()
    stub.on(CountAgents.self) { _ in 42 }
    stub.on(DeleteAgent.self) { query in query.id == 7 ? 1 : 0 }
    let deleted = try await stub.recorder.transaction(QueriesTransaction.self) { tx in
      let count = try tx.run(CountAgents())
      return try tx.savepoint { sp in try sp.run(DeleteAgent(id: count - 35)) }
    }
    #expect(deleted == 1)
    #expect(stub.calls(of: DeleteAgent.self) == [DeleteAgent(id: 7)] && stub.calls(of: CountAgents.self).count == 1)
  }

  @Test func rowsAndBatchesAreAnswered() async throws {
    let stub = QueriesStub()
    stub.on(DeleteAgent.self) { query in Int(query.id) }
    let sum = try await stub.recorder.read(QueriesTransaction.self) { tx in
      try tx.run(each: [DeleteAgent(id: 1), DeleteAgent(id: 2)]).reduce(0, +)
    }
    #expect(sum == 3)
    stub.on(CountAgents.self) { _ in 5 }
    let seen = try await stub.recorder.read(QueriesTransaction.self) { tx in
      var seen: [Int64] = []
      try tx.forEach(CountAgents()) { seen.append($0) }
      return seen
    }
    #expect(seen == [5])
  }

  @Test func whatThereIsNoAnswerForFails() async throws {
    let stub = QueriesStub()
    let run = { (body: @escaping @Sendable (borrowing QueriesTransaction) throws -> Void) async -> (any Error)? in
      do {
        try await stub.recorder.transaction(QueriesTransaction.self, body)
        return nil
      } catch {
        return error
      }
    }
    #expect((await run { tx in _ = try tx.run(CountAgents()) } as? DatabaseError)?.kind == .misuse)
    #expect((await run { tx in try tx.execute("DELETE FROM agents") } as? DatabaseError)?.kind == .misuse)
    #expect(await run { _ in throw Refusal() } is Refusal)
    // An answer that waits cannot be waited for.
    stub.on(CountAgents.self) { _ in
      await Task.yield()
      return 1
    }
    #expect((await run { tx in _ = try tx.run(CountAgents()) } as? DatabaseError)?.kind == .misuse)
    #expect(try await stub.recorder.answer(CountAgents()) == 1)
  }
}
