// A file system that fails: each call of each kind in turn, once or from then on.
//
// SQLC_SWIFT_FAULT_STEP says how many calls are passed over from one failure to the next (19 when it is not set, with another beginning each time; 1 takes every one).

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

/// What a program does with a ledger that already holds the entries 1…8.
private struct Workload {
  var acknowledged: Set<Int64> = [1, 2, 3, 4, 5, 6, 7, 8]
  private(set) var failures: [String] = []
  private(set) var wrongErrors: [String] = []

  /// One thing that may fail, if only with an error of the runtime.
  private mutating func attempt<T>(_ what: String, _ body: () async throws -> T) async -> T? {
    do {
      return try await body()
    } catch let error as DatabaseError {
      failures.append("\(what): \(error)")
      if error.kind != .sqlite { wrongErrors.append("\(what): \(error.kind)") }
    } catch {
      wrongErrors.append("\(what): \(error)")
    }
    return nil
  }

  mutating func open(_ path: String) async -> Database? {
    var configuration = Configuration()
    configuration.readers = 2
    configuration.synchronous = .full
    configuration.busyTimeout = .seconds(1)
    // Few pages in memory, so that transactions reach the file before they commit.
    configuration.connectionSetup = "PRAGMA cache_size = 4"
    return await attempt("open") { try await Database.open(path, configuration: configuration) }
  }

  mutating func append(_ database: Database, _ ids: Range<Int64>) async {
    for id in ids {
      if await attempt("append \(id)", { try await database.append(Entry(id)) }) != nil { acknowledged.insert(id) }
    }
  }

  mutating func run(on database: Database, from first: Int64) async {
    await append(database, first..<(first + 7))
    _ = await attempt("read") { try await database.checkSnapshot() }
    _ = await attempt("stream") {
      var count: Int64 = 0
      for try await row in database.stream(ListParts()) {
        guard row.payload == Entry(row.id).payload(row.part) else { throw LedgerError("other bytes") }
        count += 1
      }
      return count
    }
    _ = await attempt("checkpoint") { try await database.execute("PRAGMA wal_checkpoint(TRUNCATE)") }
    _ = await attempt("read again") { try await database.checkSnapshot() }
  }
}

@Suite struct FaultTests {
  private enum Length: Sendable { case once, forGood }

  /// A new file, a workload during which the call fails, the same when nothing fails any more, and a look at the file.
  /// Gives whether the workload came to that call.
  private func round(
    _ fault: Fault, _ number: Int, _ length: Length, vfs: FaultVFS, template: Data, in folder: URL
  ) async throws -> Bool {
    let label: Comment = "\(fault.name), call \(number), \(length)"
    let path = folder.appending(path: "\(UUID().uuidString).db").path
    try template.write(to: URL(fileURLWithPath: path))
    defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }

    var workload = Workload()
    switch length {
    case .once: vfs.failOnce(fault, at: number)
    case .forGood: vfs.failForGood(fault, from: number)
    }
    // Opening and closing is work too: the last to close takes the write-ahead log away.
    if let first = await workload.open(vfs.uri(path)) {
      await workload.append(first, 9..<10)
      await first.close()
    }
    var database = await workload.open(vfs.uri(path))
    if let database { await workload.run(on: database, from: 10) }
    let failed = vfs.failures
    vfs.recover()
    #expect(workload.wrongErrors == [], label)
    switch length {
    case .once: #expect(workload.failures.count <= failed, "\(label): \(workload.failures)")
    case .forGood: break
    }

    // The same database goes on.
    var after = Workload(acknowledged: workload.acknowledged)
    if database == nil { database = await after.open(vfs.uri(path)) }
    if let database {
      await after.run(on: database, from: 30)
      await database.close()
    }
    #expect(after.failures == [], label)
    #expect(after.wrongErrors == [], label)
    let problems = try await ledgerProblems(at: path, acknowledged: after.acknowledged)
    #expect(problems == [], label)
    return failed > 0
  }

  @Test(arguments: Fault.all) func everyCall(fault: Fault) async throws {
    let step = setting("SQLC_SWIFT_FAULT_STEP", 19)
    let first = 1 + Int(runSeed() % UInt64(step))
    try await withFolder { folder in
      let vfs = try FaultVFS()
      let path = folder.appending(path: "template.db")
      try await makeLedger(at: path.path, count: 8)
      let template = try Data(contentsOf: path)
      for length in [Length.once, .forGood] {
        // The first call always, for some kinds have few.
        #expect(try await round(fault, 1, length, vfs: vfs, template: template, in: folder), "no such call is made")
        var number = max(first, 2)
        while try await round(fault, number, length, vfs: vfs, template: template, in: folder) { number += step }
      }
    }
  }

  /// SQLite takes what a short read leaves out for zeros. It cannot always see that, but reading such a page must neither
  /// crash nor spoil what comes later.
  @Test func pagesThatAreHalfRead() async throws {
    try await withFolder { folder in
      let vfs = try FaultVFS()
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 8)
      var number = 1
      repeat {
        var configuration = Configuration()
        configuration.readers = 1
        configuration.connectionSetup = "PRAGMA cache_size = 4"
        vfs.failOnce(.shortRead, at: number)
        var database = try? await Database.open(vfs.uri(path), configuration: configuration)
        do {
          _ = try await database?.run(ListParts())
          if let database { for try await _ in database.stream(ListParts()) {} }
        } catch let error as DatabaseError {
          #expect([.sqlite, .decoding].contains(error.kind), "read \(number): \(error)")
        }
        vfs.recover()
        if database == nil { database = try await Database.open(vfs.uri(path), configuration: configuration) }
        // A page that was read wrongly may stay in memory until the file changes; the file is as it was.
        try await database?.execute("PRAGMA shrink_memory")
        await database?.close()
        #expect(try await ledgerProblems(at: path, acknowledged: Set(1...8)) == [], "read \(number)")
        number += 1
      } while vfs.failures > 0
    }
  }
}
