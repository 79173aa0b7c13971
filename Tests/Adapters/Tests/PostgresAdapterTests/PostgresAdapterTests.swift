// The instruments of SQLCPostgres for swift-log, swift-metrics and swift-distributed-tracing, on a database.

import AdapterTesting
import Foundation
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import SQLCPostgres
import SQLCPostgresLogging
import SQLCPostgresMetrics
import SQLCPostgresTracing
import Testing
import Tracing

/// `scripts/with-postgresql` says where a server is.
let server = ProcessInfo.processInfo.environment["SQLC_SWIFT_POSTGRES"]

@Suite("Adapters of SQLCPostgres", .enabled(if: server != nil, "needs scripts/with-postgresql"), .serialized)
struct PostgresAdapterTests {
  @Test func statementsAreLogged() async throws {
    let entries = MemoryLog.Entries()
    try await work { $0.instruments = [LoggingInstrument(Logger(label: "test") { _ in MemoryLog(entries: entries) })] }
    let all = entries.all
    let failures = all.filter { $0.level == .error }
    #expect(failures.map(\.message) == ["statement failed"])
    #expect(failures.first?.metadata["query"] == "CreateTag")
    #expect(failures.first?.metadata["sqlstate"] == "23505")
    let list = try #require(all.first { $0.metadata["query"] == "ListTags" })
    #expect(list.level == .debug)
    #expect(list.metadata["rows"] == "2")
    #expect(all.contains { $0.level == .trace && $0.metadata["query"] == "COMMIT" })
    #expect(all.contains { $0.message == "transaction committed" && $0.metadata["statements"] == "1" })
    #expect(all.contains { $0.message == "transaction rolled back" && $0.metadata["error"] == "Mine" })
    #expect(all.allSatisfy { !"\($0)".contains("hidden") }, "values of parameters are in no log")
  }

  @Test func plansOfSlowQueriesAreWarnings() async throws {
    let entries = MemoryLog.Entries()
    try await work {
      var logger = Logger(label: "test") { _ in MemoryLog(entries: entries) }
      logger.logLevel = .warning
      $0.instruments = [LoggingInstrument(logger)]
      $0.instrumentOptions.slowStatement = .zero
    } until: {
      entries.all.contains { $0.metadata["query"] == "ListTags" }
    }
    let slow = try #require(entries.all.first { $0.metadata["query"] == "ListTags" })
    #expect(slow.level == .warning)
    #expect("\(slow.metadata["plan"] ?? "")".contains("Scan on adapter_tags"))
    #expect("\(slow.metadata["sql"] ?? "")" == "SELECT name FROM adapter_tags")
  }

  @Test func aCancelledStatementIsNoFailure() async throws {
    let entries = MemoryLog.Entries()
    try await withDatabase {
      $0.instruments = [LoggingInstrument(Logger(label: "test") { _ in MemoryLog(entries: entries) })]
    } body: { database in
      let task = Task { try await database.execute("SELECT pg_sleep(20)") }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      await #expect(throws: DatabaseError.self) { try await task.value }
    }
    let failed = try #require(entries.all.first { $0.message == "statement failed" })
    #expect(failed.level == .debug)
  }

  @Test func statementsAndThePoolAreMeasured() async throws {
    let metrics = TestMetrics()
    let instrument = MetricsInstrument(factory: metrics)
    try await work {
      $0.instruments = [instrument]
    } until: {
      true
    } also: { database in
      instrument.record(database.statistics())
    }
    let created = try metrics.expectTimer("sqlc.statement.duration", [("query", "CreateTag"), ("outcome", "ok")])
    #expect(created.values.count == 3)
    #expect(created.values.allSatisfy { $0 > 0 })
    let failed = try metrics.expectTimer("sqlc.statement.duration", [("query", "CreateTag"), ("outcome", "23505")])
    #expect(failed.values.count == 1)
    #expect(try metrics.expectCounter("sqlc.statement.rows", [("query", "ListTags")]).totalValue == 2)
    #expect(try metrics.expectCounter("sqlc.statement.rows_affected", [("query", "CreateTag")]).totalValue == 3)
    #expect(try metrics.expectTimer("sqlc.transaction.duration", [("outcome", "ok")]).values.count == 1)
    #expect(try metrics.expectTimer("sqlc.transaction.duration", [("outcome", "rolled_back")]).values.count == 1)
    #expect(try metrics.expectGauge("sqlc.pool.open").lastValue == 1)
    #expect(try metrics.expectGauge("sqlc.pool.lent").lastValue == 0)
    #expect(try metrics.expectGauge("sqlc.pool.waiting").lastValue == 0)
  }

  @Test func statementsAreSpansOfTheTrace() async throws {
    let tracer = InMemoryTracer()
    let configure = { @Sendable (configuration: inout Configuration) in
      configuration.instruments = [TracingInstrument(tracer)]
    }
    try await tracer.withAnySpan("request") { _ in try await work(configure) }
    let spans = tracer.finishedSpans
    let request = try #require(spans.first { $0.operationName == "request" })
    let ours = spans.filter { $0.operationName != "request" }
    #expect(ours.allSatisfy { $0.parentSpanID == request.spanID && $0.traceID == request.traceID })
    #expect(ours.allSatisfy { $0.attributes.get("db.system.name") == .string("postgresql") })
    let list = try #require(ours.first { $0.operationName == "ListTags" })
    #expect(list.kind == .client)
    #expect(list.attributes.get("db.query.text") == .string("SELECT name FROM adapter_tags"))
    #expect(list.attributes.get("db.response.returned_rows") == .int64(2))
    #expect(list.startInstant.nanosecondsSinceEpoch < list.endInstant.nanosecondsSinceEpoch)
    #expect(list.startInstant.nanosecondsSinceEpoch > request.startInstant.nanosecondsSinceEpoch)
    let failed = ours.filter { $0.attributes.get("db.response.status_code") == .string("23505") }
    #expect(failed.map(\.operationName) == ["CreateTag"])
    #expect(failed.first?.status?.code == .error)
    let transactions = ours.filter { $0.operationName == "transaction" }
    #expect(transactions.map { $0.status?.code } == [nil, .error])
    #expect(transactions.last?.attributes.get("error.type") == .string("Mine"))
    #expect(!"\(spans.map { "\($0.attributes) \($0.status as Any)" })".contains("hidden"))
  }
}
