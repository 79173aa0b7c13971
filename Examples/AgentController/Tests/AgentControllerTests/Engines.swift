// The engines that every test runs on.

import AgentDatabases
import AgentStore
import Foundation
import SQLCPostgres
import Testing

enum Engine: String, CaseIterable, Sendable {
  case sqlite, postgresql

  /// SQLite always; PostgreSQL where a server is given (`PGHOST`): `scripts/with-postgresql swift test`.
  static var here: [Engine] {
    ProcessInfo.processInfo.environment["PGHOST"] == nil ? [.sqlite] : [.sqlite, .postgresql]
  }

  /// Runs `body` on a database of its own, with the application's schema.
  func withDatabase(_ body: (any QueriesProtocol) async throws -> Void) async throws {
    switch self {
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appending(path: "agents-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try await use(.sqlite(file: folder.appending(path: "agents.db").path), body)
    case .postgresql:
      let name = "agents_" + UUID().uuidString.lowercased().replacing("-", with: "")
      let server = try await Database.open("dbname=postgres")
      try await server.execute("CREATE DATABASE \(name)")
      do {
        try await use(.postgresql("dbname=\(name)"), body)
      } catch {
        try await server.execute("DROP DATABASE \(name) WITH (FORCE)")
        throw error
      }
      try await server.execute("DROP DATABASE \(name) WITH (FORCE)")
      await server.close()
    }
  }

  private func use(_ address: DatabaseAddress, _ body: (any QueriesProtocol) async throws -> Void) async throws {
    let database = try await openDatabase(at: address)
    do {
      try await body(database.queries)
    } catch {
      await database.close()
      throw error
    }
    await database.close()
  }
}
