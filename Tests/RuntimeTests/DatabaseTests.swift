// Files, readers beside a writer, streams, observation.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

@Suite struct DatabaseTests {
  @Test func filesKeepWhatWasWritten() async throws {
    try await withStationFile { database, path in
      try await database.executeBatch((0..<5).map { CreateTag(name: "\($0)") })
      #expect(FileManager.default.fileExists(atPath: path + "-wal"))
      await database.close()
      let error = await #expect(throws: DatabaseError.self) { try await database.run(ListTags()) }
      #expect(error?.kind == .closed)
      let again = try await Database.open(path)
      #expect(try await again.run(ListTags()).count == 5)
      await again.close()
    }
  }

  @Test func readOnlyIsReadOnly() async throws {
    try await withStationFile { database, path in
      var configuration = Configuration()
      configuration.access = .readOnly
      let reader = try await Database.open(path, configuration: configuration)
      #expect(try await reader.run(CountAgents()) == 0)
      let error = await #expect(throws: DatabaseError.self) { try await reader.run(CreateTag(name: "x")) }
      #expect(error.map { ResultCode.readOnly ~= $0.code } == true)
      await reader.close()
      let error2 = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try tx.run(CreateTag(name: "x")) }
      }
      #expect(error2.map { ResultCode.readOnly ~= $0.code } == true)
    }
  }

  @Test func whatCannotBeOpened() async throws {
    var configuration = Configuration()
    configuration.access = .readOnly
    let missing = await #expect(throws: DatabaseError.self) {
      try await Database.open("/nonexistent/x.db", configuration: configuration)
    }
    #expect(missing?.code == .cannotOpen)
    try await withStationFile { _, path in
      let other = path + ".txt"
      try Data(repeating: 0x41, count: 4096).write(to: URL(fileURLWithPath: other))
      let error = await #expect(throws: DatabaseError.self) { try await Database.open(other) }
      #expect(error?.code == .notADatabase)
    }
  }

  @Test func foreignKeysAreEnforcedUnlessToldOtherwise() async throws {
    var configuration = Configuration()
    configuration.enforcesForeignKeys = false
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute(stationSchema)
    _ = try await database.run(CreateAgent(name: "a", prompt: "", environmentID: 99))
  }

  @Test func misspeltColumnsAreNoStrings() async throws {
    let database = try await Database.inMemory()
    await #expect(throws: DatabaseError.self) { try await database.execute("SELECT \"typo\"") }
  }

  @Test func readersSeeASnapshotWhileTheWriterWrites() async throws {
    try await withStationFile { database, _ in
      let both = try await database.read { tx -> [Int] in
        let before = try tx.run(ListTags()).count
        return [before, try tx.run(ListTags()).count]
      }
      #expect(both == [0, 0])
      var counts: [Int] = []
      try await database.executeBatch((0..<1000).map { CreateTag(name: "\($0)") })
      for try await _ in database.stream(ListTags()) {
        if counts.isEmpty { try await database.run(CreateTag(name: "zzz")) }
        counts.append(1)
      }
      #expect(counts.count == 1000)
      #expect(try await database.run(ListTags()).count == 1001)
    }
  }

  @Test func manyTasks() async throws {
    try await withStationFile { database, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<16 {
          group.addTask {
            for step in 0..<20 {
              try await database.transaction { tx in
                let count = try tx.run(ListTags()).count
                try tx.run(CreateTag(name: "\(task).\(step).\(count)"))
              }
              let names = try await database.run(ListTags())
              guard names.contains(where: { $0.hasPrefix("\(task).\(step).") }) else {
                throw DatabaseError(kind: .misuse, message: "a task does not see what it wrote")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let names = try await database.run(ListTags())
      #expect(Set(names.compactMap { Int($0.split(separator: ".")[2]) }) == Set(0..<320))
    }
  }

  @Test func slowQueriesDoNotStarveOthers() async throws {
    try await withStationFile { database, _ in
      let slow = (0..<4).map { _ in
        Task {
          try await database.read { tx in
            try tx.execute(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
          }
        }
      }
      // The slow queries have no end: were they in the way, the heart would stop. (Benchmarks measure how long a beat is.)
      for _ in 0..<50 { try await Task.sleep(for: .milliseconds(1)) }
      for task in slow { task.cancel() }
      // Had one of them ended before, the beats would have shown nothing.
      for task in slow {
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
      }
      #expect(try await database.run(CountAgents()) == 0)
    }
  }

  @Test func streamsGiveTheirReaderBack() async throws {
    try await withStationFile { database, _ in
      try await database.executeBatch((0..<2000).map { CreateTag(name: "\($0)") })
      for _ in 0..<20 {
        for try await _ in database.stream(ListTags()) { break }
      }
      #expect(try await database.run(ListTags()).count == 2000)
    }
  }

  @Test func observersHearOfTheirTablesOnly() async throws {
    let database = try await stationInMemory()
    let seen = Mutex<[Int]>([])
    let task = Task {
      for try await tags in database.observe(ListTags()) {
        seen.withLock { $0.append(tags.count) }
        if tags.count == 2 { return }
      }
    }
    while seen.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
    _ = try await database.run(CreateEnvironment(name: "other"))
    try? await database.transaction { tx in
      try tx.run(CreateTag(name: "rolled back"))
      throw CancellationError()
    }
    // Neither was news: the next result is that of the batch, and there are no others.
    try await database.executeBatch(["a", "b"].map { CreateTag(name: $0) })
    try await task.value
    #expect(seen.withLock { $0 } == [0, 2])
  }

  @Test func observationEndsWithItsTask() async throws {
    let database = try await stationInMemory()
    let results = Mutex(0)
    let task = Task { for try await _ in database.observe(ListTags()) { results.withLock { $0 += 1 } } }
    while results.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    try await task.value
    #expect(results.withLock { $0 } == 1)
  }
}
