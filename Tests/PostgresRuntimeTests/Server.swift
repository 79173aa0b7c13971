import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCPostgres
import Testing

/// A server for these tests: a throw-away cluster, started once and ended with the process.
nonisolated enum Server {
  static let shared = Result { () throws(ServerProblem) in
    try Running(
      ScratchServer(
        ServerSettings(
          machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths))))
  }

  /// `@unchecked Sendable`: nothing of the server is used after it was started but the folder of its socket.
  final class Running: @unchecked Sendable {
    let server: ScratchServer
    let folder: String
    init(_ server: ScratchServer) {
      self.server = server
      folder = server.socketFolder ?? ""
    }
  }

  /// Skips visibly where PostgreSQL is not installed; where `SQLC_SWIFT_REQUIRE_POSTGRESQL` is set (in CI) that is a failure.
  static var isThere: Bool {
    if case .success = shared { return true }
    return ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil
  }

  /// Of a role that owns the database; the superuser's with `user`.
  static func options(user: String = "sqlc") throws -> ConnectionOptions {
    let folder = try shared.get().folder
    return try ConnectionOptions("host=\(folder) port=5432 user=\(user) dbname=scratch")
  }

  static func open(
    user: String = "sqlc", _ change: @Sendable (inout Configuration) -> Void = { _ in }
  ) async throws -> Database {
    var configuration = Configuration()
    configuration.connections = 1...4
    change(&configuration)
    return try await Database.open(options(user: user), configuration: configuration)
  }
}

nonisolated extension Trait where Self == ConditionTrait {
  static var needsPostgreSQL: Self {
    .enabled("PostgreSQL (server and libpq) is not installed here") { Server.isThere }
  }
}

/// One after another: a server has only so many connections.
@Suite("SQLCPostgres", .needsPostgreSQL, .serialized)
struct PostgresRuntimeTests {}

/// A name that no other test uses.
nonisolated func unique(_ name: String) -> String {
  name + "_" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(8)
}
