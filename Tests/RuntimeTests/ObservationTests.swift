// What is news to an observer, and what is not.

import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

/// Collects the results of an observation.
nonisolated private final class Observer: Sendable {
  private let seen = Mutex<[[String]]>([])
  private let task: Mutex<Task<Void, any Error>?> = Mutex(nil)

  init(_ database: Database) {
    let task = Task.detached { [weak self] in
      for try await tags in database.observe(ListTags()) { self?.seen.withLock { $0.append(tags) } }
    }
    self.task.withLock { $0 = task }
  }

  var results: [[String]] { seen.withLock { $0 } }

  func waitFor(_ condition: @Sendable ([[String]]) -> Bool) async throws {
    let start = ContinuousClock.now
    while !condition(results) {
      if ContinuousClock.now - start > .seconds(20) {
        Issue.record("\(results)")
        return
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  func end() async throws {
    let task = task.withLock { $0 }
    task?.cancel()
    try await task?.value
  }
}

nonisolated private struct RenameTag: ExecRowsQuery {
  var old: String
  var new: String
  static let statement = StatementDefinition(
    name: "RenameTag", sql: "UPDATE tags SET name = ?2 WHERE name = ?1", parameters: 2, isReadOnly: false,
    reads: ["tags"], writes: ["tags"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(old, at: 1)
    try statement.bind(new, at: 2)
  }
}

nonisolated private struct DeleteTags: ExecRowsQuery {
  static let statement = StatementDefinition(
    name: "DeleteTags", sql: "DELETE FROM tags", isReadOnly: false, writes: ["tags"])
}

@Suite struct ObservationTests {
  struct Stop: Error {}

  @Test func nothingChangedIsNoNews() async throws {
    let database = try await stationInMemory()
    let observer = Observer(database)
    try await observer.waitFor { $0 == [[]] }
    // No row; a savepoint that is undone; a transaction that is undone; SQL that only reads.
    #expect(try await database.run(RenameTag(old: "none", new: "some")) == 0)
    try await database.transaction { tx in
      try? tx.savepoint { sp in
        try sp.run(CreateTag(name: "undone"))
        throw Stop()
      }
    }
    try? await database.transaction { tx in
      try tx.run(CreateTag(name: "undone"))
      throw Stop()
    }
    try await database.execute("SELECT 1; PRAGMA user_version")
    try await Task.sleep(for: .milliseconds(30))
    #expect(observer.results == [[]])
    // What a savepoint keeps is news, also beside one that is undone.
    try await database.transaction { tx in
      try tx.savepoint { sp in try sp.run(CreateTag(name: "kept")) }
      try? tx.savepoint { sp in
        try sp.run(CreateTag(name: "undone"))
        throw Stop()
      }
    }
    try await observer.waitFor { $0 == [[], ["kept"]] }
    // Deleting every row without looking at them, which SQLite's update hook does not hear of.
    _ = try await database.run(DeleteTags())
    try await observer.waitFor { $0 == [[], ["kept"], []] }
    try await observer.end()
  }

  @Test func theLastResultIsTheLastState() async throws {
    try await withStationFile { database, _ in
      let observer = Observer(database)
      try await observer.waitFor { !$0.isEmpty }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<4 {
          group.addTask {
            for index in 0..<100 { try await database.run(CreateTag(name: "\(task)-\(index)")) }
          }
        }
        try await group.waitForAll()
      }
      try await observer.waitFor { $0.last?.count == 400 }
      // Each result is a later state than the one before.
      let counts = observer.results.map(\.count)
      #expect(counts == counts.sorted())
      try await observer.end()
    }
  }

  @Test func changesByOthersAreSeenWhereThatIsAskedFor() async throws {
    try await withStationFile { other, path in
      var configuration = Configuration()
      configuration.observesOthersEvery = .milliseconds(5)
      let database = try await Database.open(path, configuration: configuration)
      let observer = Observer(database)
      try await observer.waitFor { $0 == [[]] }
      try await other.run(CreateTag(name: "a"))
      try await observer.waitFor { $0.last == ["a"] }
      try await other.run(CreateTag(name: "b"))
      try await observer.waitFor { $0.last == ["a", "b"] }
      try await observer.end()
      await database.close()
    }
  }

  @Test func closingEndsObservations() async throws {
    let database = try await stationInMemory()
    let results = Mutex(0)
    let task = Task.detached { for try await _ in database.observe(ListTags()) { results.withLock { $0 += 1 } } }
    while results.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    await database.close()
    try await task.value
    #expect(results.withLock { $0 } == 1)
    // And one that begins afterwards says why it has nothing.
    await #expect(throws: DatabaseError.self) { for try await _ in database.observe(ListTags()) {} }
  }
}

@Suite struct ObservationOptionTests {
  @Test func severalQueriesInOneSnapshot() async throws {
    try await withStationFile { database, _ in
      let writer = Task.detached {
        for index in 0..<100 {
          try await database.transaction { tx in
            try tx.run(CreateTag(name: "\(index)"))
            _ = try tx.run(CreateAgent(name: "\(index)", prompt: "", environmentID: 1))
          }
        }
      }
      var results = 0
      let both = database.observe(ListTags.self, CountAgents.self) { tx in
        (try tx.run(ListTags()).count, try tx.run(CountAgents()))
      }
      for try await (tags, agents) in both {
        results += 1
        #expect(tags == Int(agents))
        if tags == 100 { break }
      }
      #expect(results > 1)
      try await writer.value
    }
  }

  @Test func noMoreOftenThanAsked() async throws {
    let database = try await stationInMemory()
    let writer = Task.detached {
      for index in 0..<200 {
        try await database.run(CreateTag(name: "\(index)"))
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    var results = 0
    let start = ContinuousClock.now
    for try await tags in database.observe(ListTags(), atMostEvery: .milliseconds(50)) {
      results += 1
      if tags.count == 200 { break }
    }
    // One at once, then one for each interval at most.
    #expect(results <= Int((ContinuousClock.now - start) / .milliseconds(50)) + 1)
    #expect(results > 1)
    try await writer.value
  }
}
