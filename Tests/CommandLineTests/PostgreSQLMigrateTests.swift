// `migrate` and `schema verify` on PostgreSQL, from outside.

import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

@Suite(.serialized) struct PostgreSQLMigrateTests {
  private static func server() -> ScratchServer? {
    try? ScratchServer(
      ServerSettings(
        machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)))
  }

  private static let isInstalled =
    ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil || server() != nil

  private func withProject(_ body: (URL, ScratchServer) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-migrate-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      "sqlc-swift.yaml": """
      version: "2"
      sql:
        - engine: postgresql
          schema: migrations
          queries: queries.sql
          gen: { swift: { out: Generated } }

      """,
      "queries.sql": "-- name: One :one\nSELECT id FROM users WHERE id = $1;\n",
      "migrations/00001_users.sql": """
      -- +goose Up
      CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
      INSERT INTO users SELECT i, i::text FROM generate_series(1, 5000) i;
      -- +goose Down
      DROP TABLE users;

      """,
      "migrations/00002_index.sql": """
      -- +goose NO TRANSACTION
      -- +goose Up
      CREATE INDEX CONCURRENTLY users_email ON users (email);
      -- +goose Down
      DROP INDEX CONCURRENTLY users_email;

      """,
      "migrations/00003_posts.sql": """
      -- +goose Up
      CREATE TABLE posts (id bigint PRIMARY KEY, author bigint REFERENCES users);
      -- +goose Down
      DROP TABLE posts;

      """,
    ]
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let server = try #require(Self.server())
    defer { server.stop() }
    try body(folder, server)
  }

  /// A database of its own, and how it is reached.
  private func database(_ server: ScratchServer) throws -> (name: String, address: String) {
    let name = try server.makeDatabase()
    let address = try #require(try server.creatingDatabases())
    return (name, address.replacing("dbname=scratch", with: "dbname=\(name)"))
  }

  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func fourProcessesAtOnceAndBack() throws {
    try withProject { folder, server in
      let (name, address) = try database(server)
      func tool(_ arguments: String...) throws -> Result { try run(arguments + ["--database", address], in: folder) }
      #expect(try tool("migrate", "up", "--dry-run").output == "3 would be applied, 0 would be reverted: 1, 2, 3\n")

      let processes = try (0..<4).map { _ in
        let process = Process()
        process.executableURL = try executable()
        process.arguments = ["migrate", "up", "--database", address]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        return (process, output)
      }
      var applied = 0
      for (process, output) in processes {
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        applied += text.split(separator: " ").first.flatMap { Int($0) } ?? 0
      }
      #expect(applied == 3)

      #expect(
        try tool("migrate", "status").output
          == "applied  1  00001_users\napplied  2  00002_index\napplied  3  00003_posts\n3 applied, 0 pending\n")
      #expect(try tool("schema", "verify").output == "the schema is the one of the project\n")
      try server.connect(to: name).execute("ALTER TABLE posts ADD extra int", deadline: .now + .seconds(30))
      let drift = try tool("schema", "verify")
      #expect(drift.exit == 1)
      #expect(drift.output == "unexpected: table posts: column extra integer\n1 difference\n")
      #expect(try tool("migrate", "down").output == "0 applied, 1 reverted\n")
      #expect(try tool("migrate", "to", "0").output == "0 applied, 2 reverted\n")
    }
  }

  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func baseline() throws {
    try withProject { folder, server in
      let (name, address) = try database(server)
      func tool(_ arguments: String...) throws -> Result { try run(arguments + ["--database", address], in: folder) }
      try server.connect(to: name).execute(
        "CREATE TABLE users (email text NOT NULL, id bigint PRIMARY KEY)", deadline: .now + .seconds(30))
      let existing = try tool("migrate", "up")
      #expect(existing.exit == 2)
      #expect(existing.error.contains("migrate baseline VERSION"))
      #expect(try tool("migrate", "baseline", "2").error.contains("missing: index users_email"))
      #expect(try tool("migrate", "baseline").error.contains("name the version"))
      #expect(
        try tool("migrate", "baseline", "1").output
          == "the schema is that of version 1\n1 recorded as applied, none was run\n")
      #expect(try tool("migrate", "up").output == "2 applied, 0 reverted\n")
    }
  }

  /// Neither of an address that leads nowhere, nor of one that is none.
  @Test(
    .enabled("PostgreSQL is not installed here") { Self.isInstalled },
    arguments: ["postgres://me:hunter2@127.0.0.1:1/app", "postgres://me:hunter2%zz@127.0.0.1/app"])
  func passwordsAreNotPrinted(address: String) throws {
    try withProject { folder, _ in
      let result = try run(["migrate", "status", "--database", address], in: folder)
      #expect(result.exit == 2)
      #expect(!(result.output + result.error).contains("hunter2"), "\(result.error)")
      #expect(result.error.contains("error: "))
    }
  }
}
