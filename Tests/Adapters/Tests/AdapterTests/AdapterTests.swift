// The instruments for swift-log and swift-metrics, on a database.

import AdapterTesting
import Logging
import Metrics
import MetricsTestKit
import SQLCLogging
import SQLCMetrics
import SQLCRuntime
import Testing

private struct CreateTag: ExecQuery {
  var name: String
  static let statement = StatementDefinition(
    name: "CreateTag", sql: "INSERT INTO tags (name) VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["tags"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

private struct ListTags: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "ListTags", sql: "SELECT name FROM tags", isReadOnly: true, reads: ["tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

/// One tag twice, a list of all, a transaction that commits and one that does not.
private func work(_ configuration: Configuration) async throws {
  struct Mine: Error {}
  let database = try await Database.inMemory(configuration: configuration)
  try await database.execute("CREATE TABLE tags (name TEXT NOT NULL PRIMARY KEY)")
  try await database.run(CreateTag(name: "hidden"))
  await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "hidden")) }
  try await database.transaction { tx in try tx.run(CreateTag(name: "b")) }
  await #expect(throws: Mine.self) {
    try await database.transaction { tx in
      try tx.run(CreateTag(name: "c"))
      throw Mine()
    }
  }
  #expect(try await database.run(ListTags()).count == 2)
  await database.close()
}

@Suite struct AdapterTests {
  @Test func statementsAreLogged() async throws {
    let entries = MemoryLog.Entries()
    var configuration = Configuration()
    configuration.instrumentOptions.slowStatement = nil
    configuration.instruments = [LoggingInstrument(Logger(label: "test") { _ in MemoryLog(entries: entries) })]
    try await work(configuration)
    let all = entries.all
    let failures = all.filter { $0.level == .error }
    #expect(failures.map(\.message) == ["statement failed"])
    #expect(failures.first?.metadata["query"] == "CreateTag")
    #expect(failures.first?.metadata["code"] == "1555")
    let list = try #require(all.first { $0.metadata["query"] == "ListTags" })
    #expect(list.level == .debug)
    #expect(list.metadata["rows"] == "2")
    #expect(list.metadata["connection"] == "only")
    #expect(all.contains { $0.message == "transaction committed" && $0.metadata["changes"] == "1" })
    #expect(all.contains { $0.message == "transaction rolled back" && $0.metadata["error"] == "Mine" })
    #expect(all.allSatisfy { !"\($0)".contains("hidden") }, "values of parameters are in no log")
  }

  @Test func slowStatementsAreWarnings() async throws {
    let entries = MemoryLog.Entries()
    var configuration = Configuration()
    configuration.instrumentOptions.slowStatement = .zero
    var logger = Logger(label: "test") { _ in MemoryLog(entries: entries) }
    logger.logLevel = .warning
    configuration.instruments = [LoggingInstrument(logger)]
    try await work(configuration)
    let all = entries.all
    let slow = try #require(all.first { $0.metadata["query"] == "ListTags" })
    #expect(slow.level == .warning)
    #expect("\(slow.metadata["plan"] ?? "")".contains("SCAN tags"))
    #expect(all.allSatisfy { $0.level >= .warning })
  }

  @Test func statementsAreMeasured() async throws {
    let metrics = TestMetrics()
    var configuration = Configuration()
    configuration.instruments = [MetricsInstrument(factory: metrics)]
    try await work(configuration)
    let created = try metrics.expectTimer(
      "sqlc.statement.duration", [("query", "CreateTag"), ("connection", "only"), ("outcome", "ok")])
    #expect(created.values.count == 3)
    #expect(created.values.allSatisfy { $0 > 0 })
    let failed = try metrics.expectTimer(
      "sqlc.statement.duration", [("query", "CreateTag"), ("connection", "only"), ("outcome", "19")])
    #expect(failed.values.count == 1)
    #expect(try metrics.expectCounter("sqlc.statement.rows", [("query", "ListTags")]).totalValue == 2)
    #expect(try metrics.expectCounter("sqlc.statement.changes", [("query", "CreateTag")]).totalValue == 3)
    let committed = try metrics.expectTimer(
      "sqlc.transaction.duration", [("connection", "only"), ("outcome", "ok")])
    #expect(committed.values.count == 1)
    let rolledBack = try metrics.expectTimer(
      "sqlc.transaction.duration", [("connection", "only"), ("outcome", "rolled_back")])
    #expect(rolledBack.values.count == 1)
  }
}
