// The samples of Operations.md, as they stand there: DocumentationTests compares.

import Logging
import SQLCPostgres
import SQLCPostgresLifecycle
import SQLCPostgresLogging
import SQLCPostgresMetrics
import SQLCPostgresTracing
import ServiceLifecycle
import Testing

func observed(_ configuration: Configuration) -> Configuration {
  var configuration = configuration
  configuration.instruments += [
    LoggingInstrument(Logger(label: "station.db")),  // failures: error; plans of slow queries: warning; the rest: debug
    MetricsInstrument(),  // sqlc.statement.duration and others, by query and outcome
    TracingInstrument(),  // a span for each statement, in the trace of its task
  ]
  return configuration
}

func serve(_ database: Database, _ server: any Service) async throws {
  let group = ServiceGroup(
    services: [database, server], gracefulShutdownSignals: [.sigterm], logger: Logger(label: "station"))
  try await group.run()
}

/// Ends by itself, and the group with it.
private struct Once: Service {
  let database: Database
  func run() async throws { try await database.execute("SELECT 1") }
}

extension PostgresAdapterTests {
  @Test func theSamplesObserveAndServe() async throws {
    let configuration = observed(Configuration())
    #expect(configuration.instruments.count == 3)
    let database = try await Database.open(ConnectionOptions(try #require(server)), configuration: configuration)
    // A service that ends before it is asked to is an error to a group, which cancels the others.
    await #expect(throws: ServiceGroupError.self) { try await serve(database, Once(database: database)) }
    let error = await #expect(throws: DatabaseError.self) { try await database.execute("SELECT 1") }
    #expect(error?.kind == .closed)
  }
}
