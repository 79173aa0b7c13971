// Stopping what is one step of SQLite's machine; and nothing but that.

import Foundation
import SQLCRuntimeKit
import SQLCSQLiteHandle
import Synchronization
import Testing

@testable import SQLCRuntime

/// A step that takes until the gate is open; steps enough for the progress handler do not come.
nonisolated private struct LongStep: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "LongStep", sql: "SELECT count(*) FROM tags WHERE gate() >= 0", isReadOnly: true, reads: ["tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated private struct CountTags: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "CountTags", sql: "SELECT count(*) FROM tags", isReadOnly: true, reads: ["tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

/// Where a function waits, on its connection's queue.
nonisolated private final class Gate: Sendable {
  private let state = Mutex((isOpen: false, isReached: false))
  func pass() {
    state.withLock { $0.isReached = true }
    while !state.withLock({ $0.isOpen }) { Thread.sleep(forTimeInterval: 0.001) }
  }
  func open() { state.withLock { $0.isOpen = true } }
  func reached() async { while !state.withLock({ $0.isReached }) { await Task.yield() } }
  var isReached: Bool { state.withLock { $0.isReached } }
}

@Suite struct WatchTests {
  private func database(_ gate: Gate) async throws -> Database {
    var configuration = Configuration()
    configuration.functions = [
      .scalar("gate") { () -> Int64 in
        gate.pass()
        return 1
      }
    ]
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute(stationSchema)
    for index in 0..<10 { try await database.run(CreateTag(name: "\(index)")) }
    return database
  }

  @Test func cancellationStopsALongStep() async throws {
    let gate = Gate()
    let database = try await database(gate)
    let task = Task.detached { try await database.run(LongStep()) }
    await gate.reached()
    // It asks SQLite to stop before it returns.
    task.cancel()
    #expect(database.writers.connections[0].watch.interrupts >= 1)
    gate.open()
    let error = await #expect(throws: DatabaseError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    // What comes next is not stopped.
    #expect(try await database.run(CountTags()) == 10)
    #expect(try await database.run(LongStep()) == 10)
  }

  @Test(.timeLimit(.minutes(10))) func aDeadlineStopsALongStep() async throws {
    // On a busy machine a short limit can be over before the step begins: then a longer one is tried.
    for milliseconds in [50, 500, 5_000, 50_000] {
      let gate = Gate()
      let database = try await database(gate)
      let hasEnded = Mutex(false)
      let task = Task.detached {
        defer { hasEnded.withLock { $0 = true } }
        return try await Database.withTimeout(.milliseconds(milliseconds)) { try await database.run(LongStep()) }
      }
      // Nothing but the deadline interrupts, and nothing but an interruption ends this wait once the step has begun.
      while !hasEnded.withLock({ $0 }), database.writers.connections[0].watch.interrupts == 0 { await Task.yield() }
      gate.open()
      let error = await #expect(throws: DatabaseError.self) { try await task.value }
      #expect(error?.kind == .timedOut)
      guard gate.isReached else { continue }
      #expect(try await database.run(LongStep()) == 10)
      return
    }
    Issue.record("the step never began in time")
  }

  @Test func aTransactionThatIsStoppedInALongStepIsUndone() async throws {
    let gate = Gate()
    let database = try await database(gate)
    let task = Task.detached {
      try await database.transaction { tx in
        try tx.run(CreateTag(name: "undone"))
        return try tx.run(LongStep())
      }
    }
    await gate.reached()
    task.cancel()
    gate.open()
    let error = await #expect(throws: DatabaseError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(try await database.run(CountTags()) == 10)
  }

  /// Whoever comes too late stops nobody: neither the run after the one it means, nor one that is not watched.
  @Test func onlyTheRunThatIsMeant() throws {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    try core.execute(stationSchema)
    let watch = RunWatch()
    #expect(!watch.stop(1))
    watch.begin(1, on: core.database)
    watch.end()
    #expect(!watch.stop(1))
    watch.begin(2, on: core.database)
    #expect(!watch.stop(1))
    #expect(try core.run(CountTags()) == 0)
    #expect(watch.interrupts == 0)
    // In the last moment: the run has done its work, and the next one does not hear of it.
    #expect(watch.stop(2))
    watch.end()
    #expect(try core.run(CountTags()) == 0)
  }

  /// Cancelled at every moment of their runs, while others use the same connection: only who is cancelled hears of it.
  @Test func othersAreNeverStopped() async throws {
    let database = try await stationInMemory()
    try await database.executeBatch((0..<500).map { CreateTag(name: "\($0)") })
    let cancelling = (0..<2).map { _ in
      Task.detached {
        for round in 0..<200 {
          let task = Task { try await database.read { tx in try tx.run(CountTags()) } }
          for _ in 0..<(round % 7) { await Task.yield() }
          task.cancel()
          switch await task.result {
          case .success(let count): #expect(count == 500)
          case .failure(let error): #expect((error as? DatabaseError)?.kind == .cancelled)
          }
        }
      }
    }
    let others = (0..<2).map { _ in
      Task.detached {
        for _ in 0..<200 {
          let first = try await database.read { tx in try tx.run(CountTags()) }
          let second = try await database.run(CountTags())
          #expect(first == 500 && second == 500)
        }
      }
    }
    for task in cancelling { await task.value }
    for task in others { try await task.value }
  }
}

@Suite struct OpeningInTimeTests {
  private func path() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("sqlc-\(UUID().uuidString).db").path
  }

  private func opening(_ path: String, _ configuration: Configuration) -> Task<Void, any Error> {
    Task.detached {
      try await Database.withTimeout(.milliseconds(20)) {
        _ = try await Database.open(path, configuration: configuration)
      }
    }
  }

  private let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"

  @Test(arguments: ["file", "memory"]) func whatOpeningRunsEndsInTime(_ place: String) async throws {
    var configuration = Configuration()
    configuration.connectionSetup = endless
    let path = place == "file" ? path() : ":memory:"
    let opening = opening(path, configuration)
    let error = await #expect(throws: DatabaseError.self) { try await opening.value }
    #expect(error?.kind == .timedOut)
    try? FileManager.default.removeItem(atPath: path)
  }

  @Test func cancellingEndsOpening() async throws {
    var configuration = Configuration()
    configuration.connectionSetup = endless
    let task = Task.detached { [configuration] in _ = try await Database.inMemory(configuration: configuration) }
    task.cancel()
    let error = await #expect(throws: DatabaseError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
  }

  /// Another process's lock is waited for no longer than there is time.
  @Test func aLockIsWaitedForInTime() async throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let other = try DatabaseHandle(filename: path, flags: 0x6)
    try other.execute("CREATE TABLE t (a); BEGIN EXCLUSIVE")
    var configuration = Configuration()
    configuration.busyTimeout = .seconds(600)
    let opening = opening(path, configuration)
    let error = await #expect(throws: DatabaseError.self) { try await opening.value }
    #expect(error?.kind == .timedOut)
    try other.execute("ROLLBACK")
  }
}

@Suite struct AlarmTests {
  @Test func theEarliestComesFirst() {
    var list = AlarmList<Int>()
    var ids: [UInt64] = []
    for index in 0..<200 { ids.append(list.add(index, at: Moment(nanoseconds: UInt64(index * 7919 % 200)))) }
    #expect(list.first == Moment(nanoseconds: 0))
    for index in stride(from: 0, to: 200, by: 2) { list.remove(ids[index]) }
    let due = list.takeDue(at: Moment(nanoseconds: 99))
    #expect(due.allSatisfy { !$0.isMultiple(of: 2) })
    #expect(due.map { $0 * 7919 % 200 } == due.map { $0 * 7919 % 200 }.sorted())
    #expect(list.takeDue(at: .never).count + due.count == 100)
    #expect(list.count == 0 && list.places == 0)
  }

  /// Deadlines that are met, one after another, leave nothing behind.
  @Test func whatIsCalledOffTakesNoRoom() {
    var list = AlarmList<Int>()
    for index in 0..<100_000 { list.remove(list.add(index, at: Moment(nanoseconds: UInt64(index)))) }
    #expect(list.count == 0)
    #expect(list.places <= 65)
  }
}
