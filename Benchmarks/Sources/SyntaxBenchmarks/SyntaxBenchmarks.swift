// How fast SQL is read: tokens alone, tokens and tree, and SQLite's own preparation of the same statements, in one run.

import BenchmarkSupport
import Measuring
import SQLCDiagnostics
import SQLCSyntaxSQLite

@main struct SyntaxBenchmarks {
  static func main() {
    statements()
    print("")
    length()
  }

  /// The queries of a service, read by us and prepared by SQLite, in turn.
  static func statements() {
    let workload = Workload(tables: 100, queriesPerTable: 7)
    let megabytes = Double(workload.queries.reduce(0) { $0 + $1.utf8.count }) / 1e6
    guard let preparer = Preparer(schema: workload.schema), let bare = Preparer(schema: []) else {
      return print("SQLite did not take the schema")
    }
    let sources = workload.queries.map { SourceFile(path: "queries.sql", text: $0) }
    var lexing = Samples()
    var parsing = Samples()
    var preparing = Samples()
    var refusing = Samples()
    var failures = 0
    for _ in 0..<41 {
      lexing.measure { for source in sources { if tokenize(source).isEmpty { failures += 1 } } }
      parsing.measure { for source in sources { if parseScript(source).diagnostics.hasErrors { failures += 1 } } }
      preparing.measure { if preparer.prepare(workload.queries) != workload.queries.count { failures += 1 } }
      refusing.measure { if bare.prepare(workload.queries) != 0 { failures += 1 } }
    }
    print(
      "\(workload.queries.count) statements, \(fixed(megabytes * 1000)) kB; \(failures) failures; medians of 41 rounds")
    func row(_ name: String, _ samples: Samples) -> [String] {
      [
        name, fixed(megabytes / samples.median), fixed(samples.quartile(1) / preparing.median),
        fixed(samples.median / preparing.median), fixed(samples.quartile(3) / preparing.median),
      ]
    }
    printTable([
      ["", "MB/s", "ratio q1", "ratio", "ratio q3"],
      row("sqlite3_prepare_v2, schema loaded", preparing),
      row("sqlite3_prepare_v2, no schema: it reads and stops at the first name", refusing),
      row("our lexer", lexing), row("our lexer and parser", parsing),
    ])
  }

  /// Schema files of growing size: the time for a megabyte stays the same.
  static func length() {
    let statements = Workload(tables: 14_500, queriesPerTable: 0).schema
    var rows = [["schema file", "parse", "MB/s"]]
    for tenths in [1, 2, 5, 10] {
      let text = statements.prefix(statements.count * tenths / 10).joined(separator: "\n")
      let source = SourceFile(path: "schema.sql", text: text)
      var samples = Samples()
      var isSound = true
      for _ in 0..<5 { samples.measure { if parseScript(source).diagnostics.hasErrors { isSound = false } } }
      let megabytes = Double(text.utf8.count) / 1e6
      rows.append([
        "\(fixed(megabytes)) MB" + (isSound ? "" : " (errors)"), "\(fixed(samples.median * 1000)) ms",
        fixed(megabytes / samples.median),
      ])
    }
    printTable(rows)
  }
}
