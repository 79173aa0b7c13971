// Who waits for whom: heartbeats beside loops of short queries, a busy actor, big rows, a slow disk; and a writer beside
// readers. `Benchmarks/run fairness`.

import Foundation
import GRDB
import Measuring
import SQLCRuntime

struct Fairness {
  let ours: Ours
  let rival: Rival
  let items: Int
  let path: String

  static let isDiskSlow = ProcessInfo.processInfo.environment["SLOW_DISK_SWITCH"] != nil

  func report() async throws {
    if Self.isDiskSlow { return try await slowDisk() }
    try await loops()
    try await busyActor()
    try await bigRows()
    try await writers()
  }

  private func inParallel(_ tasks: Int, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<tasks { group.addTask { try await body() } }
      try await group.waitForAll()
    }
  }

  private func row(_ name: String, _ beat: Heartbeat, _ further: [String] = []) -> [String] {
    [name, fixed(beat.longest), fixed(beat.common)] + further
  }

  // MARK: Loops of short queries

  private func loops() async throws {
    let total = 240_000
    var rows = [["1 ms heartbeat, gaps in ms", "longest", "99 of 100", "µs a read"]]
    rows.append(row("nothing else runs", await Heartbeat.during { try? await Task.sleep(for: .seconds(1)) }))
    for tasks in [2, 4, 64, 1000] {
      let start = ContinuousClock.now
      let beat = try await Heartbeat.during {
        try await inParallel(tasks) { [ours, items] in _ = try await ours.singleReads(total / tasks, items) }
      }
      let time = milliseconds(ContinuousClock.now - start)
      rows.append(row("\(tasks) loops of point reads", beat, [fixed(time * 1000 / Double(total))]))
    }
    for tasks in [4, 64] {
      let start = ContinuousClock.now
      let beat = try await Heartbeat.during {
        try await inParallel(tasks) { [rival, items] in _ = try await rival.singleReads(total / 10 / tasks, items) }
      }
      let time = milliseconds(ContinuousClock.now - start)
      rows.append(row("GRDB, \(tasks) loops", beat, [fixed(time * 1000 / Double(total / 10))]))
    }
    rows.append(row("main actor, a loop on it", try await mainActorLoop(100_000)))
    let long = try await Heartbeat.during {
      try await inParallel(4) { [ours] in _ = try await ours.database.run(SlowCount(limit: 4_000_000)) }
    }
    rows.append(row("four long queries", long))
    let rivals = try await Heartbeat.during {
      try await inParallel(4) { [rival] in
        _ = try await rival.pool.read { try Int64.fetchOne($0, sql: SlowCount.statement.sql, arguments: [4_000_000]) }
      }
    }
    rows.append(row("GRDB, four long queries", rivals))
    printTable(rows)
    print("")
  }

  @MainActor
  private func mainActorLoop(_ count: Int) async throws -> Heartbeat {
    try await Heartbeat.ofMainActor { [ours, items] in
      for index in 0..<count { _ = try await ours.database.run(GetItem(id: key(index, among: items))) }
    }
  }

  // MARK: A busy actor

  private actor Busy {
    func ask(_ database: SQLCRuntime.Database, _ kind: String) async throws {
      let other = Task { occupy() }
      switch kind {
      case "read": _ = try await database.read { tx in try tx.run(GetItem(id: 1)) }
      case "transaction": try await database.transaction { tx in try tx.run(CreateNote(1)) }
      default: try await database.run(CreateNote(1))
      }
      await other.value
    }

    private func occupy() { Thread.sleep(forTimeInterval: 0.7) }
  }

  private func busyActor() async throws {
    var rows = [["an actor is busy 700 ms when its answer comes: others wait, ms", "longest of 3"]]
    var configuration = SQLCRuntime.Configuration()
    configuration.readers = 1
    let database = try await SQLCRuntime.Database.open(path, configuration: configuration)
    for kind in ["write", "transaction", "read"] {
      var longest = 0.0
      for _ in 0..<3 {
        let task = Task.detached { try await Busy().ask(database, kind) }
        try await Task.sleep(for: .milliseconds(50))
        let start = ContinuousClock.now
        switch kind {
        case "read": _ = try await database.read { tx in try tx.run(GetItem(id: 2)) }
        default: try await database.transaction { tx in try tx.run(CreateNote(2)) }
        }
        longest = max(longest, milliseconds(ContinuousClock.now - start))
        try await task.value
      }
      rows.append([kind, fixed(longest)])
    }
    await database.close()
    printTable(rows)
    print("")
  }

  // MARK: A statement that turns heavy

  @MainActor
  private func bigRows() async throws {
    let database = ours.database
    try await database.execute(
      """
      CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
      INSERT OR IGNORE INTO files VALUES (1, x'01'), (2, zeroblob(60000000));
      """)
    var rows = [["main actor, gaps of its heartbeat in ms", "longest", "99 of 100"]]
    for _ in 0..<100 { _ = try await database.run(GetFile(id: 1)) }
    rows.append(
      row(
        "a row of 60 MB, 16 times, after rows of a byte",
        try await Heartbeat.ofMainActor { for _ in 0..<16 { _ = try await database.run(GetFile(id: 2)) } }))
    for _ in 0..<100 { _ = try await database.run(GetFile(id: 1)) }
    rows.append(
      row(
        "a row of 60 MB each fifty",
        try await Heartbeat.ofMainActor {
          for index in 0..<1000 { _ = try await database.run(GetFile(id: index % 50 == 49 ? 2 : 1)) }
        }))
    printTable(rows)
    print("")
  }

  // MARK: A slow disk

  /// With the library of `slow-disk`: reads that SQLite's cache does not have take 20 ms.
  private func slowDisk() async throws {
    let switchFile = ProcessInfo.processInfo.environment["SLOW_DISK_SWITCH"] ?? ""
    var configuration = SQLCRuntime.Configuration()
    configuration.cache = .pages(100)
    let database = try await SQLCRuntime.Database.open(path, configuration: configuration)
    for index in 0..<200 { _ = try await database.run(GetItem(id: Int64(index % 10 + 1))) }
    FileManager.default.createFile(atPath: switchFile, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: switchFile) }
    var rows = [["main actor, gaps of its heartbeat in ms, SLOW_DISK=\(setting)", "longest", "99 of 100"]]
    rows.append(row("200 reads all over the table", try await reads(200, database)))
    printTable(rows)
    await database.close()
  }

  private var setting: String { ProcessInfo.processInfo.environment["SLOW_DISK"] ?? "" }

  @MainActor
  private func reads(_ count: Int, _ database: SQLCRuntime.Database) async throws -> Heartbeat {
    try await Heartbeat.ofMainActor { [items] in
      for index in 0..<count { _ = try await database.run(GetItem(id: key(index, among: items))) }
    }
  }

  // MARK: A writer beside readers

  private func writers() async throws {
    var rows = [
      ["one row a transaction, 200 µs apart, beside", "writes/s", "GRDB", "ratio", "reads/s", "GRDB"]
    ]
    for readers in [1, 4, 64] {
      var mine: [(Double, Double)] = []
      var theirs: [(Double, Double)] = []
      for _ in 0..<5 {
        mine.append(
          try await beside(readers) { [ours] index in
            try await ours.database.run(CreateNote(Int64(index)))
          } read: {
            [ours, items] in
            try await ours.singleReads(50, items)
          })
        theirs.append(
          try await beside(readers) { [rival] index in
            _ = try await rival.commit(index)
          } read: {
            [rival, items] in
            try await rival.singleReads(50, items)
          })
      }
      let ratio = zip(mine, theirs).map { $0.0.0 / $0.1.0 }.sorted()[2]
      func median(_ values: [Double]) -> String { "\(Int(values.sorted()[values.count / 2]))" }
      rows.append([
        "\(readers) reading task\(readers == 1 ? "" : "s")", median(mine.map(\.0)), median(theirs.map(\.0)),
        fixed(ratio), median(mine.map(\.1)), median(theirs.map(\.1)),
      ])
    }
    printTable(rows)
    print("")
  }

  /// Writes and reads a second.
  private func beside(
    _ readers: Int, write: @escaping @Sendable (Int) async throws -> Void,
    read: @escaping @Sendable () async throws -> Run
  ) async throws -> (Double, Double) {
    let length = 0.7
    let end = ContinuousClock.now + .seconds(length)
    let counts = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for _ in 0..<readers {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            _ = try await read()
            count += 50
          }
          return (0, count)
        }
      }
      group.addTask {
        var count = 0
        while ContinuousClock.now < end {
          try await write(count)
          count += 1
          try await Task.sleep(for: .microseconds(200))
        }
        return (count, 0)
      }
      var sum = (0, 0)
      for try await count in group { sum = (sum.0 + count.0, sum.1 + count.1) }
      return sum
    }
    return (Double(counts.0) / length, Double(counts.1) / length)
  }
}
