import Foundation
import SQLCAnalysis
import SQLCDriver
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

/// A project on the disk, as a user has it: its configuration says no more than it must.
final class PostgreSQLProject {
  let folder: URL

  init(schema: String, queries: String, settings: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-postgresql-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(schema, to: "schema.sql")
    try write(queries, to: "queries.sql")
    try write(
      """
      version: "2"
      sql:
        - engine: postgresql
          schema: schema.sql
          queries: queries.sql
          \(settings.split(separator: "\n").joined(separator: "\n      "))
          gen:
            swift:
              out: Generated
      """, to: "sqlc-swift.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to name: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  var context: CommandContext { CommandContext(location: ProjectLocation(workingDirectory: folder.path)) }

  func analyze() throws -> Analysis {
    let outcome = try SQLCDriver.analyze(context)
    return Analysis(
      document: try JSONDecoder().decode(Document.self, from: Data(outcome.standardOutput.utf8)),
      messages: outcome.standardError, exit: outcome.exit)
  }

  struct Analysis {
    var document: Document
    var messages: String
    var exit: CommandOutcome.Exit

    func query(_ name: String) throws -> Document.Query {
      try #require(document.queries.first { $0.name == name }, "\(name): \(messages)")
    }
  }
}

/// What `analyze` prints, as far as these tests read it.
struct Document: Decodable {
  struct Origin: Decodable, Equatable {
    var table: String
    var column: String
  }
  struct Column: Decodable {
    var name: String
    var type: String
    var nullable: Bool
    var nullableReason: String?
    var origin: Origin?
    var embed: String?
  }
  struct Query: Decodable {
    var name: String
    var rows: String
    var sql: String
    var readOnly: Bool
    var reads: [String]
    var writes: [String]
    var parameters: [Column]
    var columns: [Column]
  }
  struct Table: Decodable {
    var name: String
    var columns: [Column]
  }
  var engine: String
  var tables: [Table]
  var queries: [Query]
}

enum Installed {
  /// Of the server that tests get; 0 where there is none.
  static let major = asked { server, _ in server.major } ?? 0

  /// Extensions that it could make.
  static let extensions: Set<String> =
    asked { _, connection in
      let rows = try connection.execute("SELECT name FROM pg_available_extensions", deadline: .now + .seconds(20)).rows
      return Set(rows.compactMap { $0.first ?? nil })
    } ?? []

  private static func asked<Answer>(_ question: (ScratchServer, PostgreSQLConnection) throws -> Answer) -> Answer? {
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    guard let server = try? ScratchServer(ServerSettings(machine: machine)) else { return nil }
    defer { server.stop() }
    return try? question(server, server.connect())
  }

  /// Why there is no server to test with; nil where there is one.
  static let reason: String? = {
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    do throws(ServerProblem) {
      try ScratchServer(ServerSettings(machine: machine)).stop()
      return nil
    } catch {
      return error.message
    }
  }()

  /// Where `SQLC_SWIFT_REQUIRE_POSTGRESQL` is set (in CI), a machine without it fails.
  static var isThere: Bool {
    reason == nil || ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil
  }
}

extension Trait where Self == ConditionTrait {
  static var needsPostgreSQL: Self {
    .enabled("PostgreSQL (server and libpq) is not installed here") { Installed.isThere }
  }
}
