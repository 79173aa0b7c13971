// Transactions whose closure awaits each statement, as code for several engines has them.

import Foundation
import SQLCPortable
import SQLCRuntime
import Synchronization
import Testing

@Suite struct PortableTransactionTests {
  struct Stop: Error {}

  @Test func keptWhenItReturnsUndoneWhenItThrows() async throws {
    try await withStationFile { database, _ in
      let name = try await database.portableTransaction { tx in
        try await tx.answer(CreateTag(name: "a"))
        // Whatever is awaited beside: the transaction stays open.
        try await Task.sleep(for: .milliseconds(5))
        try await tx.answer(CreateTag(name: "b"))
        return try await tx.answer(ListTags()).joined()
      }
      #expect(name == "ab")
      await #expect(throws: Stop.self) {
        try await database.portableTransaction { tx in
          try await tx.answer(CreateTag(name: "c"))
          throw Stop()
        }
      }
      #expect(try await database.answer(ListTags()) == ["a", "b"])
    }
  }

  @Test func savepointsNest() async throws {
    let database = try await stationInMemory()
    try await database.portableTransaction { tx in
      try await tx.answer(CreateTag(name: "a"))
      try? await tx.savepoint { sp in
        try await sp.answer(CreateTag(name: "b"))
        try await sp.savepoint { try await $0.answer(CreateTag(name: "c")) }
        throw Stop()
      }
      try await tx.savepoint { sp in
        try await sp.answer(CreateTag(name: "d"))
        try? await sp.savepoint { inner in
          try await inner.answer(CreateTag(name: "e"))
          throw Stop()
        }
      }
      // A statement that fails costs itself alone.
      let error = await #expect(throws: PortableError.self) { try await tx.answer(CreateTag(name: "a")) }
      #expect(error?.constraint == .init(kind: .unique, table: "tags", columnNames: ["name"], name: nil))
    }
    #expect(try await database.answer(ListTags()) == ["a", "d"])
  }

  @Test func tasksOfTheClosureStandInLine() async throws {
    let database = try await stationInMemory()
    try await database.portableTransaction { tx in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<20 { group.addTask { try await tx.answer(CreateTag(name: "tag \(number)")) } }
        try await group.waitForAll()
      }
    }
    #expect(try await database.answer(ListTags()).count == 20)
  }

  @Test func aHandleThatIsKeptIsStale() async throws {
    let database = try await stationInMemory()
    let kept = try await database.portableTransaction { $0 }
    let error = await #expect(throws: PortableError.self) { try await kept.answer(CreateTag(name: "late")) }
    #expect(error?.kind == .stale)
    let inner = try await database.portableTransaction { tx in
      let inner = try await tx.savepoint { $0 }
      let error = await #expect(throws: PortableError.self) { try await inner.answer(CreateTag(name: "late")) }
      #expect(error?.kind == .stale)
      return inner
    }
    await #expect(throws: PortableError.self) { try await inner.answer(ListTags()) }
    #expect(try await database.answer(ListTags()) == [])
  }

  /// It would wait for the connection that it holds itself.
  @Test func theDatabaseBesideItsTransactionIsMisuse() async throws {
    let database = try await stationInMemory()
    let other = try await stationInMemory()
    try await database.portableTransaction { tx in
      for attempt in 0..<2 {
        let error = await #expect(throws: PortableError.self) {
          if attempt == 0 {
            try await database.answer(CreateTag(name: "a"))
          } else {
            try await database.portableTransaction { try await $0.answer(CreateTag(name: "a")) }
          }
        }
        #expect(error?.kind == .misuse)
      }
      try await other.answer(CreateTag(name: "a"))
    }
    try await database.answer(CreateTag(name: "a"))
  }

  @Test func readsSeeOneStateAndWriteNothing() async throws {
    try await withStationFile { database, _ in
      try await database.portableRead { tx in
        #expect(try await tx.answer(ListTags()) == [])
        try await Task.detached { try await database.answer(CreateTag(name: "a")) }.value
        #expect(try await tx.answer(ListTags()) == [])
        let error = await #expect(throws: PortableError.self) { try await tx.answer(CreateTag(name: "b")) }
        #expect(error?.kind == .misuse)
      }
      #expect(try await database.answer(ListTags()) == ["a"])
    }
  }

  /// Nobody else can write meanwhile, so it is not for ever.
  @Test func aLongPauseRollsBack() async throws {
    var configuration = Configuration()
    configuration.longestPauseInTransaction = .milliseconds(50)
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute(stationSchema)
    let error = await #expect(throws: PortableError.self) {
      try await database.portableTransaction { tx in
        try await tx.answer(CreateTag(name: "a"))
        try await Task.sleep(for: .milliseconds(400))
        try await tx.answer(CreateTag(name: "b"))
      }
    }
    #expect(error?.kind == .timedOut)
    let silent = await #expect(throws: PortableError.self) {
      try await database.portableTransaction { _ in try await Task.sleep(for: .milliseconds(400)) }
    }
    #expect(silent?.kind == .timedOut)
    #expect(try await database.answer(ListTags()) == [])
    try await database.answer(CreateTag(name: "c"))
  }

  @Test func cancellationAndDeadlinesRollBack() async throws {
    let database = try await stationInMemory()
    let hasWritten = AsyncStream<Void>.makeStream()
    let task = Task {
      try await database.portableTransaction { tx in
        try await tx.answer(CreateTag(name: "a"))
        hasWritten.continuation.yield()
        while true { _ = try await tx.answer(ListTags()) }
      }
    }
    for await _ in hasWritten.stream { break }
    task.cancel()
    let result = await task.result
    #expect(throws: PortableError.self) { try result.get() }
    #expect(try await database.answer(ListTags()) == [])

    let late = await #expect(throws: PortableError.self) {
      try await Database.withTimeout(.milliseconds(60)) {
        try await database.portableTransaction { tx in
          try await tx.answer(CreateTag(name: "b"))
          try? await Task.sleep(for: .milliseconds(300))
        }
      }
    }
    #expect(late?.kind == .timedOut)
    #expect(try await database.answer(ListTags()) == [])
  }

  /// Who waits for its turn leaves the line when cancelled, and a closed database begins none.
  @Test func whatDoesNotBeginSaysWhy() async throws {
    let database = try await stationInMemory()
    let (begun, release) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
    let holder = Task {
      try await database.portableTransaction { tx in
        begun.continuation.yield()
        for await _ in release.stream { break }
        try await tx.answer(CreateTag(name: "a"))
      }
    }
    for await _ in begun.stream { break }
    let waiting = Task { try await database.portableTransaction { try await $0.answer(CreateTag(name: "b")) } }
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    let error = await #expect(throws: PortableError.self) { try await waiting.value }
    #expect(error?.kind == .cancelled)
    release.continuation.yield()
    try await holder.value
    await database.close()
    let closed = await #expect(throws: PortableError.self) { try await database.portableTransaction { _ in } }
    #expect(closed?.kind == .closed)
  }

  /// A hundred transactions that read, await and write: none loses what another wrote.
  @Test func theyAreAsIfOneAfterAnother() async throws {
    try await withStationFile { database, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<100 {
          group.addTask {
            try await database.portableTransaction { tx in
              let count = try await tx.answer(ListTags()).count
              await Task.yield()
              try await tx.answer(CreateTag(name: "tag \(count)"))
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.answer(ListTags()).count == 100)
    }
  }
}
