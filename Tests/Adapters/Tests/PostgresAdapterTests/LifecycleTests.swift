// The database as a service.

import Foundation
import Logging
import SQLCPostgres
import SQLCPostgresLifecycle
import ServiceLifecycle
import Synchronization
import Testing

/// Works until the group shuts down, and then still needs the database.
private struct Worker: Service {
  let database: Database
  let outcome: Mutexed

  final class Mutexed: Sendable {
    let names = Mutex<[String]>([])
  }

  func run() async throws {
    try await database.run(CreateTag(name: "before"))
    try await gracefulShutdown()
    try await database.run(CreateTag(name: "after"))
    let names = try await database.run(ListTags())
    outcome.names.withLock { $0 = names }
  }
}

extension PostgresAdapterTests {
  @Suite("A database as a service") struct LifecycleTests {
    @Test func isClosedAfterThoseThatUseIt() async throws {
      let database = try await Database.open(ConnectionOptions(try #require(server)))
      try await database.execute(
        "DROP TABLE IF EXISTS adapter_tags; CREATE TABLE adapter_tags (name text NOT NULL PRIMARY KEY)")
      let outcome = Worker.Mutexed()
      let group = ServiceGroup(
        services: [database, Worker(database: database, outcome: outcome)], logger: Logger(label: "test"))
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        try await Task.sleep(for: .milliseconds(200))
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
      #expect(outcome.names.withLock { $0 }.sorted() == ["after", "before"])
      let error = await #expect(throws: DatabaseError.self) { try await database.run(ListTags()) }
      #expect(error?.kind == .closed)
    }

    @Test func isClosedWhenTheGroupIsCancelled() async throws {
      let database = try await Database.open(ConnectionOptions(try #require(server)))
      let group = ServiceGroup(services: [database], logger: Logger(label: "test"))
      let task = Task { try await group.run() }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      _ = await task.result
      let error = await #expect(throws: DatabaseError.self) { try await database.execute("SELECT 1") }
      #expect(error?.kind == .closed)
    }
  }
}
