// The table of exit statuses in the article "Commands" is complete and true: each of its cells is brought about.

import Foundation
import SQLCRuntime
import Testing

/// A command line that ends as the table says, and what the project is like for it.
private struct Ending: Sendable, CustomTestStringConvertible {
  enum Project: Sendable {
    /// What `init` writes; generated; with a query that is wrong; with a query that never gives a row; with a migration that
    /// fails on rows; with a database that no migration made; with two migrations; with a third that tells how the first two
    /// came about; a PostgreSQL project with a migration; none.
    case fresh, generated, wrongQuery, rowlessQuery, failingMigration, unrecorded, twoSteps, threeSteps, postgresql
    case none
  }
  var command: String
  var status: Int32
  var project: Project
  var arguments: String
  /// What stands on standard input.
  var input: String
  var testDescription: String { "\(command) \(status)" }

  init(_ command: String, _ status: Int32, _ project: Project, _ arguments: String = "", input: String = "") {
    self.command = command
    self.status = status
    self.project = project
    self.arguments = arguments
    self.input = input
  }
}

private let endings = [
  Ending("generate", 0, .fresh), Ending("generate", 2, .wrongQuery),
  Ending("diff", 0, .generated), Ending("diff", 1, .fresh), Ending("diff", 2, .wrongQuery),
  Ending("check", 0, .fresh), Ending("check", 1, .failingMigration), Ending("check", 2, .wrongQuery),
  Ending("analyze", 0, .fresh), Ending("analyze", 2, .wrongQuery),
  Ending("vet", 0, .fresh), Ending("vet", 1, .fresh, "--deny warnings"), Ending("vet", 2, .wrongQuery),
  Ending("plan", 0, .fresh, "CreateNote"), Ending("plan", 2, .none, "CreateNote"),
  Ending("fmt", 0, .fresh), Ending("fmt", 1, .failingMigration, "--check schema/001_notes.sql"),
  Ending("fmt", 2, .none),
  Ending("docs", 0, .fresh, "notes.html notes.md"), Ending("docs", 1, .fresh, "--check"),
  Ending("docs", 2, .fresh, "sqlc-swift.yaml"),
  Ending("snapshot", 0, .fresh), Ending("snapshot", 2, .wrongQuery),
  Ending("exercise", 0, .rowlessQuery, "--rounds 1"), Ending("exercise", 1, .rowlessQuery, "--rounds 1 --strict"),
  Ending("exercise", 2, .wrongQuery),
  Ending("migrate check", 0, .fresh), Ending("migrate check", 1, .failingMigration), Ending("migrate check", 2, .none),
  Ending("migrate diff", 0, .fresh, "words --to schema"), Ending("migrate diff", 1, .generated, "words --to empty.db"),
  Ending("migrate diff", 2, .none, "words --to schema"),
  Ending("migrate lock", 0, .fresh), Ending("migrate lock", 2, .none),
  Ending("migrate new", 0, .fresh, "words"), Ending("migrate new", 2, .none, "words"),
  Ending("migrate notify", 0, .postgresql), Ending("migrate notify", 2, .fresh),
  Ending("migrate status", 0, .generated, "--database app.db"), Ending("migrate status", 2, .none, "--database app.db"),
  Ending("migrate up", 0, .fresh, "--database app.db"), Ending("migrate up", 2, .fresh, "--database sqlc-swift.yaml"),
  Ending("migrate down", 0, .failingMigration, "--database app.db"),
  Ending("migrate down", 2, .generated, "--database app.db"),
  Ending("migrate to", 0, .generated, "--database app.db 1"),
  Ending("migrate to", 2, .generated, "--database app.db 9"),
  Ending("migrate baseline", 0, .unrecorded, "--database app.db 1"),
  Ending("migrate baseline", 2, .generated, "--database app.db 1"),
  Ending("migrate squash", 0, .twoSteps, "--up-to 2"), Ending("migrate squash", 1, .threeSteps, "--up-to 2"),
  Ending("migrate squash", 2, .none, "--up-to 2"),
  Ending("schema dump", 0, .fresh), Ending("schema dump", 2, .none),
  Ending("schema verify", 0, .generated, "--database app.db"),
  Ending("schema verify", 1, .generated, "--database empty.db"),
  Ending("schema verify", 2, .none, "--database app.db"),
  Ending("verify", 0, .generated, "--against ."), Ending("verify", 1, .generated, "--against older"),
  Ending("verify", 2, .generated, "--against nowhere"),
  Ending("transfer", 2, .generated, "--from app.db --to empty.db"),
  Ending("init", 0, .none), Ending("init", 2, .fresh),
  Ending("scaffold", 0, .fresh, "notes --print"), Ending("scaffold", 2, .none, "notes"),
  Ending("seed", 0, .fresh, "new.db --rows 3"), Ending("seed", 2, .generated, "app.db"),
  Ending("parse", 0, .fresh, "queries/notes.sql"), Ending("parse", 2, .fresh, "sqlc-swift.yaml"),
  Ending("explain", 0, .none, "input/empty-folder"),
  Ending("jsonschema", 0, .none), Ending("man", 0, .none),
  Ending("lsp", 0, .none, input: ["initialize", "shutdown", "exit"].map(message).joined()), Ending("lsp", 1, .none),
]

/// What takes two databases: `TransferTests`.
private let triedElsewhere: [String: Set<Int32>] = ["transfer": [0, 1]]

/// A message to the language server.
private func message(_ method: String) -> String {
  let id = method == "exit" ? "" : "\"id\":1,"
  let content = "{\"jsonrpc\":\"2.0\",\(id)\"method\":\"\(method)\",\"params\":{}}"
  return "Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
}

@Suite struct ExitStatusTests {
  @Test func theTableIsComplete() throws {
    let table = try table()
    #expect(table.count == 33)
    for (command, statuses) in table {
      let tried = Set(endings.filter { $0.command == command }.map(\.status))
      #expect(
        tried.union(triedElsewhere[command] ?? []) == statuses,
        "\(command): the article has \(statuses.sorted()), tried are \(tried.sorted())")
    }
    #expect(Set(endings.map(\.command)) == Set(table.keys))
    // Every command that there is has a row.
    let help = try run(["--help"]).output
    for line in help.split(separator: "SUBCOMMANDS:").last?.split(separator: "\n") ?? [] {
      guard let name = line.firstMatch(of: #/^  ([a-z]+)  /#)?.1 else { continue }
      #expect(table.keys.contains { $0 == name || $0.hasPrefix(name + " ") }, "\(name)")
    }
  }

  @Test(arguments: endings.filter { $0.project != .postgresql || PostgreSQLProcessTests.isInstalled })
  fileprivate func endsSo(_ ending: Ending) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-exit-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await prepare(ending.project, in: folder)
    let words = (ending.command + " " + ending.arguments).split(separator: " ").map(String.init)
    let result = try run(words, in: folder, input: ending.input)
    #expect(result.exit == ending.status, "\(result.output)\(result.error)")
  }

  @Test(arguments: Set(endings.map(\.command)).sorted()) func wrongArguments(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    #expect(try run(words + ["--nonsense"]).exit == 64)
  }

  private func prepare(_ project: Ending.Project, in folder: URL) async throws {
    func write(_ text: String, to path: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: path))
    }
    if case .none = project { return }
    #expect(try run(["init"], in: folder).exit == 0)
    switch project {
    case .fresh, .none: break
    case .unrecorded:
      let database = try await Database.open(folder.appending(path: "app.db").path)
      for statement in try run(["schema", "dump"], in: folder).output.split(separator: ";\n") {
        try await database.execute(String(statement))
      }
      await database.close()
    case .twoSteps, .threeSteps:
      try write(
        "-- +goose Up\nCREATE TABLE gone (a INT);\nCREATE TABLE kept (a INT);\nDROP TABLE gone;\n-- +goose Down\nDROP TABLE kept;\n",
        to: "schema/002_kept.sql")
      if case .twoSteps = project { return }
      // What SQLite keeps of its own work is no part of a schema.
      try write(
        "-- +goose Up\nINSERT INTO kept SELECT 1 WHERE (SELECT max(rowid) > count(*) FROM sqlite_schema);\n",
        to: "schema/003_seen.sql")
    case .postgresql:
      try FileManager.default.createDirectory(
        at: folder.appending(path: "migrations"), withIntermediateDirectories: true)
      try write(
        "-- +goose Up\nCREATE TABLE notes (id int8);\n-- +goose Down\nDROP TABLE notes;\n",
        to: "migrations/001_notes.sql")
      try write(
        "version: \"2\"\nsql:\n  - {engine: postgresql, schema: migrations, queries: queries, gen: {swift: {out: Generated}}}\n",
        to: "sqlc-swift.yaml")
    case .generated:
      #expect(try run(["generate"], in: folder).exit == 0)
      #expect(try run(["migrate", "up", "--database", "app.db"], in: folder).exit == 0)
      try write("", to: "empty.db")
      // Another project, whose tables are others.
      let older = folder.appending(path: "older")
      try FileManager.default.createDirectory(at: older, withIntermediateDirectories: true)
      #expect(try run(["init"], in: older).exit == 0)
      try write("-- name: One :many\nSELECT id FROM other;\n", to: "older/queries/notes.sql")
      try write("CREATE TABLE other (id INTEGER PRIMARY KEY);\n", to: "older/schema/001_notes.sql")
    case .wrongQuery: try write("-- name: A :one\nSELECT titel FROM notes;\n", to: "queries/notes.sql")
    case .rowlessQuery: try write("-- name: A :many\nSELECT id FROM notes WHERE id < id;\n", to: "queries/notes.sql")
    case .failingMigration:
      try write(
        "-- +goose Up\nCREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT, is_done BOOLEAN NOT NULL DEFAULT FALSE, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);\n-- +goose Down\nDROP TABLE notes;\n",
        to: "schema/001_notes.sql")
      #expect(try run(["migrate", "up", "--database", "app.db"], in: folder).exit == 0)
      // No row has a value for it.
      try write(
        "-- +goose Up\nALTER TABLE notes ADD COLUMN level INT NOT NULL DEFAULT (abs(-1));\n-- +goose Down\nALTER TABLE notes DROP COLUMN level;\n",
        to: "schema/002_level.sql")
    }
  }

  /// For each command the statuses that the article gives a meaning.
  private func table() throws -> [String: Set<Int32>] {
    let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/Commands.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    var result: [String: Set<Int32>] = [:]
    let section = try #require(text.components(separatedBy: "## Exit status").last)
    for line in section.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let command = cells[0].filter { $0 != "`" }
      result[command] = Set((0...2).filter { !cells[$0 + 1].isEmpty }.map { Int32($0) })
    }
    return result
  }
}
