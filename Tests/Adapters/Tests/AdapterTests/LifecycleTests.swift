// The database as a service.

import Logging
import SQLCLifecycle
import SQLCRuntime
import ServiceLifecycle
import Testing

/// Needs the database when the group shuts down.
private struct Worker: Service {
  let database: Database
  func run() async throws {
    try await gracefulShutdown()
    try await database.execute("INSERT INTO t VALUES (1)")
  }
}

@Suite struct LifecycleTests {
  @Test func isClosedAfterThoseThatUseIt() async throws {
    let database = try await Database.inMemory()
    try await database.execute("CREATE TABLE t (x)")
    let group = ServiceGroup(services: [database, Worker(database: database)], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      try await Task.sleep(for: .milliseconds(100))
      await group.triggerGracefulShutdown()
      // It throws what the worker threw.
      try await tasks.waitForAll()
    }
    let error = await #expect(throws: DatabaseError.self) { try await database.execute("SELECT 1") }
    #expect(error?.kind == .closed)
  }
}
