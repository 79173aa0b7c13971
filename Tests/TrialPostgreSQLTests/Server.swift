import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCTrialPostgreSQL
import Testing

enum Installed {
  static let settings = ServerSettings(
    machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths))

  /// Where `SQLC_SWIFT_REQUIRE_POSTGRESQL` is set (in CI), a machine without a server fails.
  static let isThere: Bool = {
    if ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil { return true }
    guard let server = try? ScratchServer(settings) else { return false }
    server.stop()
    return true
  }()

  static var engine: PostgreSQLTrialEngine { PostgreSQLTrialEngine(settings: settings) }
}

extension Trait where Self == ConditionTrait {
  static var needsPostgreSQL: Self {
    .enabled("PostgreSQL (server and libpq) is not installed here") { Installed.isThere }
  }
}
