// The sample of Observability.md, as it stands there: DocumentationTests compares.

import Logging
import SQLCLogging
import SQLCMetrics
import SQLCRuntime
import Testing

func observed(_ configuration: Configuration) -> Configuration {
  var configuration = configuration
  configuration.instruments += [
    LoggingInstrument(Logger(label: "station.db")),  // failures: error; slow, with the plan: warning; the rest: debug
    MetricsInstrument(),  // sqlc.statement.duration and others, by query and outcome
  ]
  return configuration
}

@Suite struct SampleTests {
  @Test func theSampleObserves() async throws {
    let configuration = observed(Configuration())
    #expect(configuration.instruments.count == 2)
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute("CREATE TABLE t (x)")
    await database.close()
  }
}
