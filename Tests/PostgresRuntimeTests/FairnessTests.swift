// A server that answers at once, and others of the caller's actor that have to come to their turn all the same.

import SQLCPostgres
import Synchronization
import Testing

nonisolated private struct Row: BulkQuery {
  var number: Int64
  static let insertion = BulkInsertion(
    name: "Row", table: ["fairness"], columns: ["number"], parameterTypes: [20], writes: ["fairness"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

nonisolated private struct Rows: Sequence, IteratorProtocol, Sendable {
  private var number: Int64 = 0
  mutating func next() -> Row? {
    number += 1
    return Row(number: number)
  }
}

extension PostgresRuntimeTests {
  /// Whoever calls from an actor lets others of that actor in: here the main actor, where these tests are.
  @Suite("Others of an actor")
  struct FairnessTests {
    /// How often another task of the main actor has its turn while `work` runs there for half a second.
    private func turns(
      _ database: Database, _ work: @MainActor @Sendable @escaping () async throws(DatabaseError) -> Void
    ) async throws -> Int {
      let isDone = Atomic<Bool>(false)
      async let turns = { @MainActor in
        var turns = 0
        while !isDone.load(ordering: .relaxed) {
          turns += 1
          try await Task.sleep(for: .milliseconds(1))
        }
        return turns
      }()
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(500)) { () async throws(DatabaseError) in try await work() }
      }
      #expect(error?.kind == .timedOut)
      isDone.store(true, ordering: .relaxed)
      return try await turns
    }

    @Test("They have their turns beside loops of queries, long results and COPY", .timeLimit(.minutes(2)))
    func mainActor() async throws {
      let database = try await Server.open { $0.connections = 1...1 }
      try await database.execute("DROP TABLE IF EXISTS fairness; CREATE UNLOGGED TABLE fairness (number int8)")
      let loop = try await turns(database) { () async throws(DatabaseError) in
        while true { _ = try await database.run(Number(number: 1)) }
      }
      #expect(loop >= 5)
      let scan = try await turns(database) { () async throws(DatabaseError) in
        while true { _ = try await database.run(Series(count: 20_000)) }
      }
      #expect(scan >= 5)
      let copy = try await turns(database) { () async throws(DatabaseError) in
        _ = try await database.insert(contentsOf: Rows())
      }
      #expect(copy >= 5)
      await database.close()
    }
  }
}
