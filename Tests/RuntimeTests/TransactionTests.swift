// What is kept, what is undone, and who may use a connection.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

@Suite struct TransactionTests {
  struct Stop: Error {}

  @Test func anErrorUndoesEverything() async throws {
    let database = try await stationInMemory()
    await #expect(throws: Stop.self) {
      try await database.transaction { tx in
        try tx.run(CreateTag(name: "a"))
        throw Stop()
      }
    }
    #expect(try await count(database, "tags") == 0)
    try await database.run(CreateTag(name: "a"))
    #expect(try await count(database, "tags") == 1)
  }

  @Test func differentQueriesTogetherAreAllOrNone() async throws {
    let database = try await stationInMemory()
    let (_, environments, agents) = try await database.run(
      together: CreateTag(name: "a"), ListTags(), CountAgents())
    #expect(environments == ["a"] && agents == 0)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.run(together: CreateTag(name: "b"), CreateTag(name: "a"))
    }
    #expect(error?.constraint?.kind == .primaryKey)
    #expect(try await count(database, "tags") == 1)
    try await database.transaction { tx in
      #expect(throws: DatabaseError.self) { try tx.run(together: CreateTag(name: "c"), CreateTag(name: "a")) }
      let (_, names) = try tx.run(together: CreateTag(name: "d"), ListTags())
      #expect(names == ["a", "d"])
    }
    #expect(try await database.run(together: CountAgents()) == 0)
  }

  @Test func savepointsNest() async throws {
    let database = try await stationInMemory()
    try await database.transaction { tx in
      try tx.run(CreateTag(name: "kept"))
      try? tx.savepoint { sp in
        try sp.run(CreateTag(name: "undone"))
        try sp.savepoint { inner in try inner.run(CreateTag(name: "undone too")) }
        throw Stop()
      }
      try tx.savepoint { sp in
        try sp.run(CreateTag(name: "kept too"))
        try? sp.savepoint { inner in
          try inner.run(CreateTag(name: "undone as well"))
          throw Stop()
        }
      }
    }
    let names = try await database.read { tx in
      var names: [String] = []
      try tx.forEach(ListTags()) { names.append($0) }
      return names
    }
    #expect(names == ["kept", "kept too"])
  }

  @Test func aFailedStatementLeavesTheTransactionUsable() async throws {
    let database = try await stationInMemory()
    try await database.transaction { tx in
      try tx.run(CreateTag(name: "a"))
      #expect(throws: DatabaseError.self) { try tx.run(CreateTag(name: "a")) }
      try tx.run(CreateTag(name: "b"))
    }
    #expect(try await count(database, "tags") == 2)
  }

  @Test func aCommitThatFailsIsRolledBack() async throws {
    let database = try await stationInMemory()
    let error = await #expect(throws: DatabaseError.self) {
      try await database.transaction { tx in try tx.run(CreateAgentTool(agentID: 99, toolID: 1)) }
    }
    #expect(error?.constraint?.kind == .foreignKey)
    #expect(try await count(database, "agent_tools") == 0)
    try await database.transaction { tx in try tx.run(CreateTag(name: "a")) }
  }

  @Test func aBatchIsAllOrNothing() async throws {
    let database = try await stationInMemory()
    await #expect(throws: DatabaseError.self) {
      try await database.executeBatch(["a", "b", "a"].map { CreateTag(name: $0) })
    }
    #expect(try await count(database, "tags") == 0)
    try await database.executeBatch((0..<10_000).map { CreateTag(name: "\($0)") })
    #expect(try await count(database, "tags") == 10_000)
  }

  @Test func sqlCannotEndTheTransactionItRunsIn() async throws {
    let database = try await stationInMemory()
    let error = await #expect(throws: DatabaseError.self) {
      try await database.transaction { tx in try tx.execute("COMMIT") }
    }
    #expect(error?.kind == .misuse)
    let left = await #expect(throws: DatabaseError.self) {
      try await database.execute("BEGIN; INSERT INTO tags VALUES ('left open')")
    }
    #expect(left?.kind == .misuse)
    #expect(try await count(database, "tags") == 0)
  }

  @Test func aConnectionIsStaleAfterItsClosure() async throws {
    let database = try await stationInMemory()
    let kind = try await database.transaction { tx -> DatabaseError.Kind? in
      var kept: Connection?
      try tx.savepoint { sp in kept = sp.connection }
      do throws(DatabaseError) {
        try kept?.run(CreateTag(name: "a"))
        return nil
      } catch {
        return error.kind
      }
    }
    #expect(kind == .stale)
  }

  @Test func cancellationStopsAStatementAndUndoesItsTransaction() async throws {
    let database = try await stationInMemory()
    let began = Mutex(false)
    let task = Task {
      try await database.transaction { tx in
        try tx.run(CreateTag(name: "a"))
        began.withLock { $0 = true }
        try tx.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
      }
    }
    while !began.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    let error = await #expect(throws: DatabaseError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(try await count(database, "tags") == 0)
    try await database.run(CreateTag(name: "b"))
  }

  private func count(_ database: Database, _ table: String) async throws -> Int {
    switch table {
    case "tags": try await database.run(ListTags()).count
    default: try await database.run(ListTools()).count
    }
  }
}

nonisolated struct ListTags: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "ListTags", sql: "SELECT name FROM tags ORDER BY name", isReadOnly: true, reads: ["tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

nonisolated struct ListTools: ManyQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "ListTools", sql: "SELECT tool_id FROM agent_tools", isReadOnly: true, reads: ["agent_tools"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}
