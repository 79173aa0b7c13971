// C, the runtime and GRDB on one file, in turn: `Benchmarks/run runtime`.

import Foundation
import Measuring
import RuntimeFloor

/// The floor's connection.
// @unchecked Sendable: the workloads run one after another, and each awaits its end.
struct Floor: @unchecked Sendable { let connection: OpaquePointer }

@main struct RuntimeBenchmarks {
  static let items = 200_000

  static func main() async throws {
    let wanted = CommandLine.arguments.dropFirst()
    func isWanted(_ part: String) -> Bool { wanted.isEmpty || wanted.contains(part) }
    // A process of its own for each figure of memory.
    if wanted.first == "--footprint", wanted.count == 3 {
      return try await Footprint.report(CommandLine.arguments[2], path: CommandLine.arguments[3])
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-runtime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "bench.db").path
    guard let opened = floor_open(path) else { return print("SQLite did not open \(path)") }
    let floor = Floor(connection: opened)
    defer { floor_close(opened) }
    try fill(opened)
    let ours = try await Ours(path: path)
    let rival = try Rival(path: path)

    // `--row TEXT` measures the statements whose name has the text.
    let row = wanted.firstIndex(of: "--row").map { wanted[wanted.index(after: $0)] }
    if isWanted("statements") || row != nil {
      try await report(floor, ours, rival, row: row)
    }
    if isWanted("async") {
      try await Concurrency(ours: ours, rival: rival, items: items).report()
      print("")
    }
    if wanted.contains("fairness") {
      try await Fairness(ours: ours, rival: rival, items: items, path: path).report()
    }
    if isWanted("live") {
      try await Live(ours: ours, rival: rival).report()
      print("")
    }
    if isWanted("opening") { try await Footprint.measure(path: path) }
    await ours.database.close()
  }

  static func report(_ floor: Floor, _ ours: Ours, _ rival: Rival, row: String?) async throws {
    var rows = [Outcome.header]
    // A profiler needs few.
    let rounds = ProcessInfo.processInfo.environment["ROUNDS"].flatMap { Int($0) }
    for comparison in statements(floor, ours, rival)
    where row == nil || comparison.name == row || comparison.name.contains((row ?? "") + " ") {
      var comparison = comparison
      if let rounds { comparison.rounds = rounds }
      rows.append(try await measure(comparison).row)
    }
    printTable(rows)
    print("")
  }

  /// The last transaction's statements.
  static func inTransaction(_ sum: Int64) -> Run { Run(sum: sum, seconds: floor_seconds()) }

  static func fill(_ floor: OpaquePointer) throws {
    let code = floor_execute(
      floor,
      """
      CREATE TABLE items (
        id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, note TEXT NOT NULL,
        status TEXT NOT NULL, score REAL NOT NULL, visits INTEGER NOT NULL, is_active BOOLEAN NOT NULL,
        created_at DATETIME NOT NULL, parent_id INTEGER);
      CREATE TABLE notes (
        id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, score REAL NOT NULL);
      CREATE TABLE blobs (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(items))
      INSERT INTO items SELECT i, i % 997, 'name ' || i, 'user' || i || '@example.com',
        'a note of a length that notes have, number ' || i, CASE i % 3 WHEN 0 THEN 'idle' ELSE 'running' END, i * 0.25,
        i % 1000, i % 2, datetime(1700000000 + i * 61, 'unixepoch'), CASE i % 5 WHEN 0 THEN NULL ELSE i / 2 END FROM n;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO blobs (body) SELECT randomblob(4096) FROM n;
      PRAGMA wal_checkpoint(TRUNCATE);
      """)
    if code != 0 { throw Undo() }
  }

  static func statements(_ c: Floor, _ ours: Ours, _ rival: Rival) -> [Comparison] {
    let floor = c.connection
    let bytes = [UInt8](repeating: 0, count: 4096)
    let data = Data(bytes)
    return [
      Comparison(
        name: "point read, in a transaction", operations: 2000, rounds: 101,
        floor: { inTransaction(floor_point_reads(floor, 2000, Int64(items), FLOOR_EACH_TEXT)) },
        lean: { inTransaction(floor_point_reads(floor, 2000, Int64(items), FLOOR_EACH_ROW)) },
        ours: { try await ours.pointReads(2000, items) }, rival: { try rival.pointReads(2000, items) }),
      Comparison(
        name: "point read, GRDB by key", operations: 500, rounds: 101,
        floor: { inTransaction(floor_point_reads(floor, 500, Int64(items), FLOOR_EACH_TEXT)) },
        ours: { try await ours.pointReads(500, items) }, rival: { try rival.pointReadsByKey(500, items) }),
      Comparison(
        name: "200,000 rows × 11 columns", operations: items, rounds: 9,
        floor: { Run(sum: floor_scan(floor, FLOOR_EACH_TEXT)) },
        lean: { Run(sum: floor_scan(floor, FLOOR_EACH_ROW)) },
        ours: { try await ours.scan() }, rival: { try rival.scan() }),
      Comparison(
        name: "sum of 200,000 rows, one by one", operations: items, rounds: 31, floor: { Run(sum: floor_sum(floor)) },
        ours: { try await ours.sum() }, rival: { try rival.sum() }),
      Comparison(
        name: "200,000 text dates", operations: items, rounds: 9, floor: { Run(sum: floor_dates(floor)) },
        ours: { try await ours.dates() }, rival: { try rival.dates() }),
      Comparison(
        name: "2000 blobs of 4 kB", operations: 4000, rounds: 51, floor: { Run(sum: floor_blobs(floor)) },
        ours: { try await ours.blobs() },
        rival: { try rival.blobs() }),
      Comparison(
        name: "insert", operations: 4000, rounds: 101, floor: { inTransaction(floor_inserts(floor, 4000)) },
        ours: { try await ours.inserts(4000) }, rival: { try rival.inserts(4000) }),
      Comparison(
        name: "insert … returning", operations: 500, rounds: 101,
        floor: { inTransaction(floor_inserts_returning(floor, 500)) },
        ours: { try await ours.insertsReturning(500) }, rival: { try rival.insertsReturning(500) }),
      Comparison(
        name: "insert of a blob of 4 kB", operations: 400, rounds: 101,
        floor: { inTransaction(floor_blob_inserts(floor, 400, 4096)) },
        ours: { try await ours.blobInserts(400, bytes) }, rival: { try rival.blobInserts(400, data) }),
      Comparison(
        name: "update by key", operations: 1000, rounds: 101,
        floor: { inTransaction(floor_updates(floor, 1000, Int64(items))) },
        ours: { try await ours.updates(1000, items) }, rival: { try rival.updates(1000, items) }),
      Comparison(
        name: "insert, committed by itself, one await each", operations: 100, rounds: 101,
        floor: { Run(sum: floor_commits(floor, 100)) },
        ours: { try await ours.commits(100) }, rival: { try await rival.commits(100) },
        synchronous: { try rival.commitsAtOnce(100) }),
      Comparison(
        name: "the same in a transaction closure", operations: 100, rounds: 101,
        floor: { Run(sum: floor_commits(floor, 100)) },
        ours: { try await ours.transactions(100) }, rival: { try await rival.commits(100) },
        synchronous: { try rival.commitsAtOnce(100) }),
      Comparison(
        name: "point read by itself, one await each", operations: 500, rounds: 101,
        floor: { Run(sum: floor_single_reads(floor, 500, Int64(items), FLOOR_EACH_TEXT)) },
        lean: { Run(sum: floor_single_reads(floor, 500, Int64(items), FLOOR_EACH_ROW)) },
        ours: { try await ours.singleReads(500, items) },
        rival: { try await rival.singleReads(500, items) },
        synchronous: { try rival.singleReadsAtOnce(500, items) }),
    ]
  }
}
