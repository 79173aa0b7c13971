// A database with the root project's schema, and a few rows to stand on.

import AgentStore
import Foundation
import SQLCDiagnostics
import SQLCMigrations
import SQLCRuntime
import Testing

/// The root of the package.
let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The up parts of every migration, in order, as SQL.
func schemaStatements() throws -> [String] {
  let folder = packageRoot.appendingPathComponent("schema")
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
  try #require(!names.isEmpty)
  let files = try names.sorted().map { name in
    SourceFile(
      path: "schema/\(name)", text: try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
  }
  let sections = schemaSections(of: files, rules: .sqlite)
  #expect(sections.diagnostics.isEmpty)
  return sections.value.flatMap { section in section.ranges.map { String(section.source.slice($0)) } }
}

/// An empty store in memory.
func emptyStore() async throws -> Queries {
  let database = try await Database.inMemory()
  for sql in try schemaStatements() { try await database.execute(sql) }
  return Queries(database)
}

/// A user, an environment of theirs and an agent in it: keys 1, 1 and 1.
func storeWithAgent() async throws -> Queries {
  let queries = try await emptyStore()
  let user = try await queries.createUser(email: "ada@example.org", displayName: "Ada")
  let environment = try await queries.createEnvironment(userID: user.id, name: "prod", description: nil)
  let agent = try await queries.createAgent(name: "scout", prompt: "look around", environmentID: environment.id)
  #expect((user.id, environment.id, agent.id) == (1, 1, 1))
  return queries
}

/// A moment, as SQLite writes it.
func moment(_ text: String) -> Date {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.timeZone = TimeZone(identifier: "UTC")
  formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
  return formatter.date(from: text) ?? .distantPast
}
