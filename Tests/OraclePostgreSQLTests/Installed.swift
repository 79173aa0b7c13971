import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

/// This machine, and whether it has what these tests ask.
enum Installed {
  static let machine = Machine(
    environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)

  /// Why there is no server to test with; nil where there is one.
  static let reason: String? = {
    do throws(ServerProblem) {
      let server = try ScratchServer(ServerSettings(machine: machine))
      server.stop()
      return nil
    } catch {
      return error.message
    }
  }()

  /// Skips visibly where PostgreSQL is not installed; where `SQLC_SWIFT_REQUIRE_POSTGRESQL` is set (in CI) that is a failure.
  static var isThere: Bool {
    reason == nil || ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil
  }
}

extension Trait where Self == ConditionTrait {
  static var needsPostgreSQL: Self {
    .enabled("PostgreSQL (server and libpq) is not installed here") { Installed.isThere }
  }
}
