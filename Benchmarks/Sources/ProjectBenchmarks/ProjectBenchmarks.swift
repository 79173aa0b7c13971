// A whole `sqlc-swift generate`, beside SQLite loading the same schema and preparing the same statements, in one run.

import BenchmarkSupport
import Foundation

@main struct ProjectBenchmarks {
  static func main() throws {
    // For a profiler: the largest project, written and left there.
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--write" {
      return try write(Workload(tables: 1000, queriesPerTable: 5), to: URL(filePath: CommandLine.arguments[2]))
    }
    guard let tool = ProcessInfo.processInfo.environment["SQLC_SWIFT_TOOL"] else {
      print("SQLC_SWIFT_TOOL names no tool")
      exit(2)
    }
    var rows = [["tables × queries", "SQLite alone", "check", "generate", "check : SQLite", "generate : SQLite"]]
    for (tables, queries) in [(100, 5), (250, 5), (500, 5), (1000, 5)] {
      rows.append(try measure(tables: tables, queriesPerTable: queries, tool: tool))
    }
    printTable(rows)
  }

  static func measure(tables: Int, queriesPerTable: Int, tool: String) throws -> [String] {
    let workload = Workload(tables: tables, queriesPerTable: queriesPerTable)
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-benchmark-\(tables)")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(workload, to: folder)
    var floor = Samples()
    var check = Samples()
    var generate = Samples()
    for _ in 0..<7 {
      floor.measure { _ = Preparer(schema: workload.schema)?.prepare(workload.queries) }
      check.measure { run(tool, "check", folder) }
      try? FileManager.default.removeItem(at: folder.appending(path: "Generated"))
      generate.measure { run(tool, "generate", folder) }
    }
    return [
      "\(tables) × \(workload.queries.count)", "\(fixed(floor.median * 1000)) ms", "\(fixed(check.median * 1000)) ms",
      "\(fixed(generate.median * 1000)) ms", fixed(check.median / floor.median), fixed(generate.median / floor.median),
    ]
  }

  /// One schema file, and one query file for every 50 queries, as projects have them.
  static func write(_ workload: Workload, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "queries"), withIntermediateDirectories: true)
    let configuration = """
      version: "2"
      sql:
        - engine: sqlite
          schema: schema.sql
          queries: queries
          gen: { swift: { out: Generated } }
      """
    try configuration.write(to: folder.appending(path: "sqlc-swift.yaml"), atomically: true, encoding: .utf8)
    try workload.schema.joined(separator: "\n").write(
      to: folder.appending(path: "schema.sql"), atomically: true, encoding: .utf8)
    for start in stride(from: 0, to: workload.queries.count, by: 50) {
      let text = workload.queries[start..<min(start + 50, workload.queries.count)].enumerated().map { offset, sql in
        "-- name: Query\(start + offset) :\(sql.hasPrefix("SELECT") || sql.hasPrefix("WITH") || sql.contains("RETURNING") ? "many" : "exec")\n\(sql)\n"
      }
      try text.joined(separator: "\n").write(
        to: folder.appending(path: "queries/file\(start / 50).sql"), atomically: true, encoding: .utf8)
    }
  }

  static func run(_ tool: String, _ command: String, _ folder: URL) {
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = [command, "--directory", folder.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      process.waitUntilExit()
    } catch {
      print("\(tool) cannot be run: \(error)")
      exit(2)
    }
    guard process.terminationStatus == 0 else {
      print("\(command) failed with \(process.terminationStatus)")
      exit(2)
    }
  }
}
