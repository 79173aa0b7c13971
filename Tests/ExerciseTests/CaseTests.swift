// The case folders of the inference tests, as projects: no claim is wrong, and whatever SQLite takes runs.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

private let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "InferenceTests/Cases")

/// Folders whose schema is right; those with `err` in their names are there to be refused.
private let names = ((try? FileManager.default.contentsOfDirectory(atPath: cases.path)) ?? []).sorted().filter {
  !$0.hasPrefix(".") && !$0.contains("_err_")
}

@Suite struct CaseTests {
  @Test func areFound() { #expect(names.count > 30) }

  /// Under either meaning of a primary key: with `strict_primary_keys` keys get NULLs wherever SQLite lets them be.
  @Test(arguments: names, [false, true]) func isSound(_ name: String, strictPrimaryKeys: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exercise-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in ["schema.sql", "query.sql"] {
      try FileManager.default.copyItem(
        at: cases.appending(path: name).appending(path: file), to: folder.appending(path: file))
    }
    let configuration = """
      version: "2"
      sql:
        - engine: sqlite
          schema: schema.sql
          queries: query.sql
          strict_primary_keys: \(strictPrimaryKeys)
          gen: {swift: {out: Generated}}
      """
    try Data(configuration.utf8).write(to: folder.appending(path: "sqlc-swift.yaml"))
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(directory: ".", workingDirectory: folder.path)),
      effort: ExerciseEffort(seed: 7, rounds: 1, seconds: 3600))
    #expect(
      outcome.standardOutput.contains("\n0 wrong claims, 0 queries never ran to their end"),
      "\(outcome.standardOutput)\(outcome.standardError)")
  }

  @Test func saysWhatNeverGivesARow() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "exercise-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = [
      "schema.sql": "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT NOT NULL CHECK (n > 0));",
      "query.sql": """
      -- name: Impossible :many
      SELECT id FROM t WHERE n < 0;
      -- name: Possible :many
      SELECT id FROM t WHERE n > 0;
      -- name: Rare :many
      SELECT id FROM t WHERE n = 918273;
      """,
      "sqlc-swift.yaml": """
      version: "2"
      sql: [{engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Generated}}}]
      """,
    ]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(directory: ".", workingDirectory: folder.path)),
      effort: ExerciseEffort(seed: 1, rounds: 1, seconds: 3600))
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    let said = try #require(outcome.standardOutput.split(separator: "not verified, 1 of 3 queries:\n").last)
    #expect(said.wholeMatch(of: #/  Impossible: it ran \d+ times and never gave a row\n/#) != nil, "\(said)")
    var effort = ExerciseEffort(seed: 1, rounds: 1, seconds: 3600)
    effort.unverified = .refused
    let strict = try exercise(
      CommandContext(location: ProjectLocation(directory: ".", workingDirectory: folder.path)), effort: effort)
    #expect(strict.exit == .drift && strict.standardOutput == outcome.standardOutput)
  }
}
