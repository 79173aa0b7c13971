// The samples of the article "Testing", as they stand there.

import AgentStore
import SQLCRuntime
import SQLCTesting
import Testing

/// One template for all suites that want these rows.
let station = DatabaseTemplate(Schema.self, configuration: impatient) { database in
  let user = try await Queries(database).createUser(email: "ada@example.org", displayName: "Ada")
  _ = try await Queries(database).createEnvironment(userID: user.id, name: "home", description: nil)
}

@Suite(.database(station)) struct EnvironmentTests {
  @Test func namesAreTakenOnce() async throws {
    let queries = Queries(try Database.ofTest)
    await #expect(throws: DatabaseError.self) {
      _ = try await queries.createEnvironment(userID: 1, name: "home", description: "again")
    }
  }

  @Test func toolsNobodyMayUse() async throws {
    try await expectQuery(UnusedTools(), in: Database.ofTest) { "(no rows)" }
  }

  @Test func saysThatTheDatabaseIsBusy() async throws {
    let queries = Queries(try Database.ofTest)
    let error = await #expect(throws: DatabaseError.self) {
      try await withFault(.busy) {
        _ = try await queries.createEnvironment(userID: 1, name: "late", description: nil)
      }
    }
    #expect(error?.code == .busy)
  }
}

/// Waits 50 ms for a lock, so that the test of a busy database does not take five seconds.
let impatient: Configuration = {
  var configuration = Configuration()
  configuration.busyTimeout = .milliseconds(50)
  return configuration
}()
