// Ratios to C in the same round: the wall's clock, and the processor's time of this process.

import Dispatch
import Foundation
import PostgresFloor
import SQLCPostgres

struct Cost {
  var wall: Double
  var processor: Double
}

#if os(Linux)
  private let currentProcess = CInt(RUSAGE_SELF.rawValue)
#else
  private let currentProcess = RUSAGE_SELF
#endif

func processorTime() -> Double {
  var usage = rusage()
  getrusage(currentProcess, &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

func cost(_ work: @Sendable () async throws -> Void) async throws -> Cost {
  let (processor, wall) = (processorTime(), DispatchTime.now().uptimeNanoseconds)
  try await work()
  return Cost(
    wall: Double(DispatchTime.now().uptimeNanoseconds - wall) / 1e9, processor: processorTime() - processor)
}

extension [Double] {
  var median: Double { sorted()[count / 2] }
}

/// At once, also into a pipe.
func say(_ words: String...) { FileHandle.standardOutput.write(Data((words.joined(separator: " ") + "\n").utf8)) }

func shown(_ number: Double) -> String { String(format: "%8.2f", number) }

@main
struct PostgresBenchmarks {
  static let rounds = 5
  /// The second argument: only lines whose names have it.
  static let wanted = CommandLine.arguments.dropFirst(2).first

  /// Prints a line: C's cost of one operation, on the processor and by the clock, and the medians of our ratios to it.
  static func compare(
    _ name: String, _ count: Int, before: @Sendable () async throws -> Void = {}, _ floor: @Sendable () -> Int,
    _ ours: @Sendable () async throws -> Void
  ) async throws {
    if let wanted, !name.contains(wanted) { return }
    var (walls, processors, floors, floorWalls): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for _ in 0..<rounds {
      try await before()
      let their = try await cost { precondition(floor() > 0, "the floor failed: \(name)") }
      try await before()
      let our = try await cost(ours)
      walls.append(our.wall / their.wall)
      processors.append(our.processor / their.processor)
      floors.append(their.processor / Double(count) * 1e6)
      floorWalls.append(their.wall / Double(count) * 1e6)
    }
    say(
      name.padding(toLength: 34, withPad: " ", startingAt: 0), shown(floors.median), shown(floorWalls.median),
      shown(processors.median), shown(processors.min() ?? 0), shown(walls.median), shown(walls.min() ?? 0))
  }

  static func main() async throws {
    let string = CommandLine.arguments.dropFirst().first ?? ""
    var configuration = Configuration()
    configuration.connections = 1...8
    let database = try await Database.open(ConnectionOptions(stringLiteral: string), configuration: configuration)
    try await database.execute(
      """
      DROP TABLE IF EXISTS bench, bench_rows;
      CREATE UNLOGGED TABLE bench AS SELECT i AS a, i * 2 AS b, 'name ' || i AS c, 'some longer text of the row ' || i AS d,
        'x' AS e, i / 3.0::float8 AS f, i % 2 = 0 AS g, (i % 1000)::int4 AS h, now() AS i,
        CASE WHEN i % 3 = 0 THEN NULL ELSE 'optional' END AS j FROM generate_series(1::int8, 200000) AS i;
      CREATE UNIQUE INDEX ON bench (a); ANALYZE bench;
      CREATE UNLOGGED TABLE bench_rows (a int8, b text)
      """)
    let empty = { @Sendable in try await database.execute("TRUNCATE bench_rows") }
    say(
      "\(rounds) rounds".padding(toLength: 34, withPad: " ", startingAt: 0),
      "C CPU µs   wall µs | CPU ratio    best | wall ratio    best")
    let points = 5_000
    try await compare("point read, 10 columns", points, { floor_points(string, points) }) {
      for index in 0..<points { _ = try await database.run(GetRow(a: Int64(index * 7 % 200_000 + 1))) }
    }
    for tasks in [8, 64] {
      // C has a thread for each connection.
      try await compare("the same, \(tasks) tasks on 8", points, { floor_points_threads(string, points, 8) }) {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for task in 0..<tasks {
            group.addTask {
              for index in 0..<(points / tasks) {
                _ = try await database.run(GetRow(a: Int64((task * 31 + index * 7) % 200_000 + 1)))
              }
            }
          }
          try await group.waitForAll()
        }
      }
    }
    try await compare("200,000 rows into structs", 200_000, { floor_scan(string) }) {
      _ = try await database.run(ListRows())
    }
    try await compare("the same, as a stream", 200_000, { floor_scan(string) }) {
      for try await _ in database.stream(ListRows()) {}
    }
    let inserts = 10_000
    try await compare("INSERT one by one, one transaction", inserts, before: empty, { floor_inserts(string, inserts) })
    {
      try await database.transaction { tx in
        for index in 0..<inserts { _ = try await tx.run(AddRow(a: Int64(index), b: "text")) }
      }
    }
    let many = 50_000
    let rows = (0..<many).map { AddRow(a: Int64($0), b: "text") }
    try await compare("INSERT in one flight", many, before: empty, { floor_pipeline(string, many) }) {
      _ = try await database.run(each: rows)
    }
    let (numbers, texts) = ((0..<Int64(many)).map { $0 }, [String](repeating: "text", count: many))
    try await compare("INSERT from arrays (unnest)", many, before: empty, { floor_unnest(string, many) }) {
      _ = try await database.run(AddRows(a: numbers, b: texts))
    }
    let copies = (0..<100_000).map { CopyRow(a: Int64($0), b: "text") }
    try await compare("COPY", copies.count, before: empty, { floor_copy(string, copies.count) }) {
      _ = try await database.insert(contentsOf: copies)
    }
    if wanted == nil { try await heartbeat(database) }
    await database.close()
  }

  /// How late a task is that wants to run every millisecond while four scans do.
  static func heartbeat(_ database: Database) async throws {
    let late = try await withThrowingTaskGroup(of: [Double].self) { group in
      group.addTask {
        var late: [Double] = []
        for _ in 0..<1000 where !Task.isCancelled {
          let start = ContinuousClock.now
          try? await Task.sleep(for: .milliseconds(1))
          late.append((ContinuousClock.now - start) / .milliseconds(1) - 1)
        }
        return late
      }
      for _ in 0..<4 {
        group.addTask {
          for try await _ in database.stream(ListRows()) {}
          return []
        }
      }
      var all: [Double] = []
      for try await late in group { all += late }
      return all.sorted()
    }
    say(
      "heartbeat under four streams, ms late: median", shown(late[late.count / 2]), "p99",
      shown(late[late.count * 99 / 100]))
  }
}
