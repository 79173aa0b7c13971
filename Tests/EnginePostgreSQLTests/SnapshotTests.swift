import Foundation
import SQLCDriver
import Testing

/// What is kept of a server's answers.
@Suite("Snapshots", .needsPostgreSQL)
struct SnapshotTests {
  private let schema = "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, note text);"
  private let queries = """
    -- Finds one.
    -- name: Get :one
    SELECT * FROM t WHERE id = @id;
    -- name: Named :one
    SELECT id, note FROM t WHERE name = @name;

    """

  @Test("Without a server the snapshot answers as the server did, wherever the queries have moved to")
  func offline() throws {
    let project = try PostgreSQLProject(schema: schema, queries: queries)
    let online = try project.analyze()
    let made = try SQLCDriver.snapshot(project.context)
    #expect(made.exit == .success, "\(made.standardError)")
    #expect(made.standardOutput == "kept what the server says of 2 queries in sqlc-snapshots/Generated.jsonl\n")
    #expect(try SQLCDriver.check(project.context).exit == .success)

    try disconnect(project)
    let offline = try project.analyze()
    #expect(offline.exit == .success, "\(offline.messages)")
    #expect(offline.messages == online.messages)
    try project.write("-- name: Before :many\nSELECT 1 AS one;\n" + queries, to: "queries.sql")
    let moved = try project.analyze()
    #expect(moved.exit == .failure)
    #expect(moved.messages.contains("queries.sql:1:10: error: the snapshot has no answer for 'Before' as it stands"))
    #expect(moved.document.queries.map(\.name) == ["Get", "Named"])
    // The warning of ':one' has moved along.
    #expect(moved.messages.contains("queries.sql:6:"), "\(moved.messages)")
  }

  @Test("What changed since is an error, with a server and without")
  func stale() throws {
    for isOnline in [true, false] {
      let project = try PostgreSQLProject(schema: schema, queries: queries)
      #expect(try SQLCDriver.snapshot(project.context).exit == .success)
      if !isOnline { try disconnect(project) }
      try project.write(queries.replacingOccurrences(of: "id, note", with: "note"), to: "queries.sql")
      #expect(try project.analyze().messages.contains("snapshot/outdated-query"), "\(isOnline)")
      try project.write(String(queries.prefix(while: { $0 != ";" })) + ";\n", to: "queries.sql")
      #expect(try project.analyze().messages.contains("'Named', which is no query any more"), "\(isOnline)")
      try project.write(queries, to: "queries.sql")
      try project.write(schema + "\n-- more\n", to: "schema.sql")
      #expect(try project.analyze().messages.contains("snapshot/outdated-schema"), "\(isOnline)")
    }
  }

  @Test("A server that says something else is an error")
  func different() throws {
    let project = try PostgreSQLProject(schema: schema, queries: queries)
    #expect(try SQLCDriver.snapshot(project.context).exit == .success)
    let file = project.folder.appending(path: "sqlc-snapshots/Generated.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    try project.write(
      text.replacingOccurrences(of: "\"typeName\":\"integer\"", with: "\"typeName\":\"bigint\""),
      to: "sqlc-snapshots/Generated.jsonl")
    #expect(try project.analyze().messages.contains("snapshot/different-answer"))
    try project.write("no snapshot", to: "sqlc-snapshots/Generated.jsonl")
    #expect(try project.analyze().messages.contains("snapshot/unreadable-file"))
  }

  @Test("Nothing is written through a symbolic link")
  func link() throws {
    let project = try PostgreSQLProject(schema: schema, queries: queries)
    let elsewhere = project.folder.appending(path: "elsewhere")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: project.folder.appending(path: "sqlc-snapshots"), withDestinationURL: elsewhere)
    let outcome = try SQLCDriver.snapshot(project.context)
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("'sqlc-snapshots' is a symbolic link"), "\(outcome.standardError)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
  }

  private func disconnect(_ project: PostgreSQLProject) throws {
    let file = project.folder.appending(path: "sqlc-swift.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try project.write(
      text.replacingOccurrences(
        of: "queries: queries.sql", with: "queries: queries.sql\n    database: {uri: 'postgres://u@127.0.0.1:1/x'}"),
      to: "sqlc-swift.yaml")
  }
}
