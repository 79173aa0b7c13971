// What an edit costs in a warm process, as a language server has it, beside a whole analysis and SQLite alone, in one run.

import BenchmarkSupport
import Foundation
import Measuring
import SQLCAnalysis
import SQLCDriver

@main struct EditBenchmarks {
  static func main() throws {
    let workload = Workload(tables: 1000, queriesPerTable: 5)
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-edits")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    try workload.write(to: folder)
    let location = ProjectLocation(workingDirectory: folder.path(percentEncoded: false))

    var floor = Samples()
    var cold = Samples()
    for _ in 0..<5 {
      floor.measure { _ = Preparer(schema: workload.schema)?.prepare(workload.queries) }
      cold.measure {
        _ = try? Workspace(at: location, files: LocalFileSystem(), engines: .standard).snapshot()
      }
    }

    let workspace = Workspace(at: location, files: LocalFileSystem(), engines: .standard)
    let first = try workspace.snapshot()
    let block = first.blocks[0]
    let queries = first.file(at: block.block.queries[0].path)
    let schema = first.file(at: block.block.schema[0].path)
    guard let queryText = first.source(of: queries)?.text, let schemaText = first.source(of: schema)?.text else {
      return print("the project has no files")
    }

    var rows = [["edit", "median", "quartile 3", "queries analysed", ": SQLite"]]
    rows.append(row("none: a whole analysis", cold, "\(block.queryCount)", floor))
    var number = 0
    func measure(_ name: String, _ file: FileID, _ edit: (Int) -> String) throws {
      var samples = Samples()
      let before = try workspace.snapshot().work.queriesAnalyzed
      let rounds = 15
      for _ in 0..<rounds {
        number += 1
        let text = edit(number)
        samples.measure {
          workspace.setText(text, of: file)
          _ = (try? workspace.snapshot())?.diagnostics.count
        }
      }
      let analyzed = try workspace.snapshot().work.queriesAnalyzed - before
      rows.append(row(name, samples, "\(analyzed / rounds)", floor))
      workspace.setText(nil, of: file)
      _ = try workspace.snapshot()
    }
    try measure("a word in a query", queries) {
      queryText.replacing("deleted_at IS NULL", with: "deleted_at IS NULL AND id <> \($0)", maxReplacements: 1)
    }
    try measure("a comment above it", queries) { "-- \($0)\n" + queryText }
    try measure("a column of a table", schema) {
      schemaText.replacing("spec JSON", with: "spec_\($0) JSON, spec JSON", maxReplacements: 1)
    }
    try measure("a comment in the schema", schema) { "-- \($0)\n" + schemaText }
    printTable(rows)
  }

  static func row(_ name: String, _ samples: Samples, _ queries: String, _ floor: Samples) -> [String] {
    [
      name, "\(fixed(samples.median * 1000)) ms", "\(fixed(samples.quartile(3) * 1000)) ms", queries,
      fixed(samples.median / floor.median),
    ]
  }
}
