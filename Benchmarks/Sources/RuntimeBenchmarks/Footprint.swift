// What opening costs, in time and in memory. Memory is measured in processes of their own.

import Foundation
import GRDB
import Measuring
import RuntimeFloor
import SQLCRuntime

enum Footprint {
  static func measure(path: String) async throws {
    var floor = Samples()
    var ours = Samples()
    var rival = Samples()
    for _ in 0..<31 {
      floor.measure {
        guard let connection = floor_open(path) else { return }
        _ = floor_single_reads(connection, 1, 10, FLOOR_EACH_TEXT)
        floor_close(connection)
      }
      let start = ContinuousClock.now
      let database = try await SQLCRuntime.Database.open(path)
      _ = try await database.run(GetItem(id: 1))
      ours.append(seconds(ContinuousClock.now - start))
      await database.close()
      let second = ContinuousClock.now
      let pool = try Rival(path: path)
      _ = try await pool.singleReads(1, 10)
      rival.append(seconds(ContinuousClock.now - second))
      try pool.pool.close()
    }
    printTable([
      ["µs", "C", "ours", "GRDB"],
      ["opening and a first query", fixed(floor.median * 1e6), fixed(ours.median * 1e6), fixed(rival.median * 1e6)],
    ])
    print("")
    var rows = [["resident memory, kB more than at the start", "opened and read once", "200,000 rows streamed"]]
    for side in ["ours", "GRDB"] { rows.append([side] + run(side, path)) }
    printTable(rows)
  }

  private static func run(_ side: String, _ path: String) -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["--footprint", side, path]
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return ["-", "-"] }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map(String.init)
  }

  static func report(_ side: String, path: String) async throws {
    let start = resident()
    if side == "ours" {
      let ours = try await Ours(path: path)
      _ = try await ours.singleReads(1, 10)
      print(resident() - start)
      var count = 0
      for try await item in ours.database.stream(ListItems()) { count += Int(item.visits) }
      print(resident() - start)
    } else {
      let rival = try Rival(path: path)
      _ = try await rival.singleReads(1, 10)
      print(resident() - start)
      try await rival.pool.read { db in
        var count = 0
        let cursor = try GRDBItem.fetchCursor(db, sql: "SELECT \(Item.columns) FROM items ORDER BY id")
        while let item = try cursor.next() { count += Int(item.visits) }
      }
      print(resident() - start)
    }
  }

  /// Kilobytes.
  private static func resident() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
    else { return 0 }
    return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
