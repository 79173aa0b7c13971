// Projects that are no part of this package, generated into a folder of their own.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

/// A folder with schema.sql, query.sql and perhaps data.sql.
struct ElsewhereProject: Sendable, CustomTestStringConvertible, CustomStringConvertible {
  var directory: URL
  init(_ directory: URL) { self.directory = directory }
  var description: String { directory.lastPathComponent }
  var testDescription: String { description }

  static let all: [ElsewhereProject] = {
    guard let path = ProcessInfo.processInfo.environment["SQLC_SWIFT_PROJECTS"] else { return [] }
    let folders = try? FileManager.default.contentsOfDirectory(
      at: URL(filePath: path), includingPropertiesForKeys: nil)
    return (folders ?? []).filter {
      FileManager.default.fileExists(atPath: $0.appending(path: "query.sql").path)
    }.sorted { $0.path < $1.path }.map(ElsewhereProject.init)
  }()

  /// What was generated, without the queries that are refused: such projects may have some on purpose. Nothing when it
  /// is the schema that is refused.
  func generate(in folder: URL) throws -> (files: [String], directory: URL, dropped: Int)? {
    for name in ["schema.sql", "query.sql", "data.sql"] {
      try? FileManager.default.copyItem(at: directory.appending(path: name), to: folder.appending(path: name))
    }
    let configuration = """
      version: "2"
      sql:
        - engine: sqlite
          schema: schema.sql
          queries: query.sql
          strict_primary_keys: true
          gen: { swift: { out: Generated, emit_protocol: true } }
      """
    try configuration.write(to: folder.appending(path: "sqlc-swift.yaml"), atomically: true, encoding: .utf8)
    let context = CommandContext(location: ProjectLocation(workingDirectory: folder.path))
    var dropped = 0
    while true {
      let outcome = try SQLCDriver.generate(context)
      if outcome.exit == .success { break }
      let lines = outcome.standardError.matches(of: /(?m)^query\.sql:(\d+):\d+: error/).compactMap { Int($0.1) }
      guard !lines.isEmpty else {
        print("\(self): the schema is refused: \(outcome.standardError.prefix { $0 != "\n" })")
        return nil
      }
      dropped += try dropQueries(at: lines, from: folder.appending(path: "query.sql"))
    }
    // What the schema is in the end, where it is a list of migrations.
    let schema = try dumpSchema(context, block: 1).standardOutput
    try schema.write(to: folder.appending(path: "schema.sql"), atomically: true, encoding: .utf8)
    let generated = folder.appending(path: "Generated")
    let files = try FileManager.default.contentsOfDirectory(at: generated, includingPropertiesForKeys: nil)
    return (files.map(\.path).sorted(), folder, dropped)
  }

  /// Takes out the queries, from one annotation to the next, that the lines (from 1) are in.
  private func dropQueries(at lines: [Int], from file: URL) throws -> Int {
    var blocks: [(lines: Range<Int>, text: [Substring])] = []
    let text = try String(contentsOf: file, encoding: .utf8)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if blocks.isEmpty || line.contains("-- name:") { blocks.append((index + 1..<index + 1, [])) }
      blocks[blocks.count - 1].lines = blocks[blocks.count - 1].lines.lowerBound..<index + 2
      blocks[blocks.count - 1].text.append(line)
    }
    let kept = blocks.filter { block in !lines.contains { block.lines.contains($0) } }
    try #require(kept.count < blocks.count, "an error is in no query")
    try kept.flatMap(\.text).joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    return blocks.count - kept.count
  }
}
