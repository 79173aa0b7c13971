// Many tasks doing everything at once on one database.
//
// SQLC_SWIFT_STRESS_SECONDS says how long (2 when it is not set); from 120 seconds on memory must stay flat too.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Synchronization
import Testing

/// What the tasks have done, for the end and for the watch.
private final class Account: Sendable {
  private struct State {
    var next: Int64 = 1
    var acknowledged: Set<Int64> = []
    var refused: Set<Int64> = []
    var operations = 0
    var problems: [String] = []
  }
  private let state = Mutex(State())

  func takeEntry() -> Entry {
    state.withLock { state in
      defer { state.next += 1 }
      return Entry(state.next)
    }
  }
  func acknowledge(_ entry: Entry) { state.withLock { _ = $0.acknowledged.insert(entry.id) } }
  func refuse(_ entry: Entry) { state.withLock { _ = $0.refused.insert(entry.id) } }
  func count() { state.withLock { $0.operations += 1 } }
  func report(_ problem: String) { state.withLock { $0.problems.append(problem) } }
  var acknowledged: Set<Int64> { state.withLock { $0.acknowledged } }
  var refused: Set<Int64> { state.withLock { $0.refused } }
  var operations: Int { state.withLock { $0.operations } }
  var problems: [String] { state.withLock { $0.problems } }
}

/// One of the tasks: operations at random until the time is over.
private struct Worker {
  let database: Database
  let isFile: Bool
  let account: Account
  let end: ContinuousClock.Instant
  var generator: SeededGenerator

  mutating func run() async {
    while ContinuousClock.now < end {
      do {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<5: try await append()
        case 5..<8: try await appendCancelled()
        case 8..<12: _ = try await database.run(GetHead(id: Int64.random(in: 1...500, using: &generator)))
        case 12..<14: _ = try await database.checkSnapshot()
        case 14: try await stream(upTo: .max)
        case 15: try await stream(upTo: Int.random(in: 1...400, using: &generator))
        case 16: try await streamCancelled()
        case 17: try await observe()
        case 18: if isFile { try await database.execute("PRAGMA wal_checkpoint(PASSIVE)") }
        default: try await rolledBack()
        }
      } catch {
        account.report("\(error)")
      }
      account.count()
    }
  }

  private func append() async throws {
    let entry = account.takeEntry()
    try await database.append(entry)
    account.acknowledge(entry)
  }

  /// Whatever comes of it is the truth.
  private mutating func appendCancelled() async throws {
    let entry = account.takeEntry()
    let task = Task { [database] in try await database.append(entry) }
    let delay = Int.random(in: 0...3000, using: &generator)
    if delay > 100 { try await Task.sleep(for: .microseconds(delay)) }
    task.cancel()
    switch await task.result {
    case .success: account.acknowledge(entry)
    case .failure(let error as DatabaseError) where error.kind == .cancelled: account.refuse(entry)
    case .failure(let error): throw error
    }
  }

  private mutating func rolledBack() async throws {
    struct Undone: Error {}
    let entry = account.takeEntry()
    do {
      try await database.transaction { tx in
        for part in entry.parts { try tx.run(part) }
        throw Undone()
      }
    } catch is Undone {
      account.refuse(entry)
    }
  }

  /// The rows of one snapshot, in order; the body reads.
  private func stream(upTo limit: Int) async throws {
    var last: (Int64, Int64) = (0, 0)
    var rows = 0
    for try await row in database.stream(ListParts()) {
      guard last < (row.id, row.part), row.payload == Entry(row.id).payload(row.part) else {
        throw LedgerError("a stream gave \(row.id), \(row.part) after \(last)")
      }
      last = (row.id, row.part)
      rows += 1
      if rows % 200 == 0 { _ = try await database.run(GetHead(id: row.id)) }
      if rows == limit { return }
    }
  }

  private mutating func streamCancelled() async throws {
    let task = Task { [database] in for try await _ in database.stream(ListParts()) {} }
    try await Task.sleep(for: .microseconds(Int.random(in: 0...2000, using: &generator)))
    task.cancel()
    if case .failure(let error) = await task.result, (error as? DatabaseError)?.kind != .cancelled { throw error }
  }

  /// Totals never go back; the observation ends with its task.
  private mutating func observe() async throws {
    let wanted = Int.random(in: 1...4, using: &generator)
    let task = Task { [database] in
      var last: Int64 = 0
      var values = 0
      for try await totals in database.observe(GetTotals()) {
        guard totals.entries >= last else { throw LedgerError("an observation went back to \(totals)") }
        last = totals.entries
        values += 1
        if values == wanted { return }
      }
    }
    try await Task.sleep(for: .milliseconds(Int.random(in: 1...30, using: &generator)))
    task.cancel()
    if case .failure(let error) = await task.result, (error as? DatabaseError)?.kind != .cancelled { throw error }
  }
}

@Suite struct StressTests {
  @Test(arguments: ["file", "memory"]) func manyTasksDoingEverything(place: String) async throws {
    let seconds = setting("SQLC_SWIFT_STRESS_SECONDS", 2)
    let seed = runSeed()
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      let database = place == "file" ? try await Database.open(path) : try await Database.inMemory()
      try await database.execute(ledgerSchema)
      let account = Account()
      let end = ContinuousClock.now + .seconds(seconds)

      // One that looks on all the time: it must come to see the end.
      let onlooker = Task {
        var last: Int64 = 0
        for try await totals in database.observe(GetTotals()) {
          last = max(last, totals.entries)
          if totals.counter < 0 { break }
        }
        return last
      }
      let workers = Task {
        await withTaskGroup(of: Void.self) { group in
          for number in 0..<64 {
            group.addTask {
              var worker = Worker(
                database: database, isFile: place == "file", account: account, end: end,
                generator: SeededGenerator(seed: seed &+ UInt64(number) &* 7919))
              await worker.run()
            }
          }
        }
      }
      let memory = try await watch(workers, account, until: end)
      let problems = account.problems
      #expect(problems.prefix(5) == [], "\(problems.count) problems, seed \(seed)")
      #expect(
        try await database.ledgerProblems(acknowledged: account.acknowledged, refused: account.refused) == [],
        "seed \(seed)")
      // A last change, which says to the onlooker that it is the last.
      try await database.run(SetCounter(counter: -1))
      let seen = try await within(.seconds(60)) { try await onlooker.value }
      #expect(try await database.run(GetTotals()).entries == seen, "seed \(seed)")
      print("stress, \(place): \(account.operations) operations, memory in MB \(memory)")
      if seconds >= 120, let early = memory.dropFirst(memory.count / 3).first, let late = memory.last {
        #expect(late < early + early / 4 + 16, "memory grows: \(memory)")
      }
      await database.close()
    }
  }

  /// Waits for the end; when nothing at all happens for a minute, that is a deadlock. Gives the resident memory in
  /// megabytes over time.
  private func watch(
    _ workers: Task<Void, Never>, _ account: Account, until end: ContinuousClock.Instant
  ) async throws -> [Int] {
    let isDone = Mutex(false)
    let waiter = Task {
      await workers.value
      isDone.withLock { $0 = true }
    }
    var memory: [Int] = []
    var last = (operations: -1, at: ContinuousClock.now)
    var nextSample = ContinuousClock.now
    while !isDone.withLock({ $0 }) {
      try await Task.sleep(for: .milliseconds(10))
      if account.operations != last.operations { last = (account.operations, .now) }
      if ContinuousClock.now - last.at > .seconds(60) { throw DeadlineError() }
      if ContinuousClock.now >= nextSample {
        memory.append(residentMegabytes())
        nextSample = .now + .seconds(5)
      }
    }
    await waiter.value
    memory.append(residentMegabytes())
    return memory
  }
}

/// Zero where the system does not say.
private func residentMegabytes() -> Int {
  let data = (try? FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/statm")).readToEnd()) ?? Data()
  let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return (pages * Int(sysconf(Int32(_SC_PAGESIZE)))) >> 20
}
