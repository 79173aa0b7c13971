// A whole `sqlc-swift generate`, and a whole `vet` with the usual packs (plans are among them) and with every pack, isolation of tenants
// and deleted rows included, beside SQLite loading the same schema and preparing the same statements, in one run.

import BenchmarkSupport
import Foundation
import Measuring

@main struct ProjectBenchmarks {
  static func main() throws {
    // For a profiler: the largest project, written and left there.
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--write" {
      return try Workload(tables: 1000, queriesPerTable: 5).write(to: URL(filePath: CommandLine.arguments[2]))
    }
    guard let tool = ProcessInfo.processInfo.environment["SQLC_SWIFT_TOOL"] else {
      print("SQLC_SWIFT_TOOL names no tool")
      exit(2)
    }
    var rows = [
      [
        "tables × queries", "SQLite alone", "check", "generate", "vet", "vet, every pack", "check : SQLite",
        "generate : SQLite", "vet : check", "every pack : check",
      ]
    ]
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
    try workload.write(to: folder)
    var floor = Samples()
    var check = Samples()
    var generate = Samples()
    var vet = Samples()
    var vetAll = Samples()
    for round in 0..<7 {
      floor.measure { _ = Preparer(schema: workload.schema)?.prepare(workload.queries) }
      check.measure { runTool(tool, "check", folder) }
      try? FileManager.default.removeItem(at: folder.appending(path: "Generated"))
      generate.measure { runTool(tool, "generate", folder) }
      if round < 3 {
        vet.measure { runTool(tool, "vet", folder) }
        vetAll.measure {
          // What the packs find in such a project ends it with 1.
          runProgram(
            [tool, "vet", "--file", folder.appending(path: Workload.everyPackFile).path], endingWith: [0, 1])
        }
      }
    }
    return [
      "\(tables) × \(workload.queries.count)", "\(fixed(floor.median * 1000)) ms", "\(fixed(check.median * 1000)) ms",
      "\(fixed(generate.median * 1000)) ms", "\(fixed(vet.median * 1000)) ms", "\(fixed(vetAll.median * 1000)) ms",
      fixed(check.median / floor.median), fixed(generate.median / floor.median), fixed(vet.median / check.median),
      fixed(vetAll.median / check.median),
    ]
  }
}
