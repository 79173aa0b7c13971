import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL
import Testing

/// A server of these tests' own, with a schema loaded: it describes statements, and runs them.
final class Server {
  private static let machine = Machine(
    environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
  private let host: ScratchServer
  /// Two connections: what is logged on one is no matter of the other.
  private let describing: PostgreSQLConnection
  let running: PostgreSQLConnection
  let catalog: PostgreSQLCatalog

  /// Why there is no server to test with; nil where there is one.
  static let missing: String? = {
    do throws(ServerProblem) {
      try ScratchServer(ServerSettings(machine: machine)).stop()
      return nil
    } catch {
      return error.message
    }
  }()

  init(schema: (_ majorVersion: Int) -> String) throws {
    host = try ScratchServer(ServerSettings(machine: Self.machine))
    describing = try host.connect()
    running = try host.connect()
    let deadline = ContinuousClock.now + .seconds(60)
    try running.execute("SET client_min_messages = error; SET statement_timeout = '5s'", deadline: deadline)
    try running.execute(schema(host.major), deadline: deadline)
    catalog = try TestCatalog(running).catalog
    try describing.execute(
      "SET client_min_messages = log; SET debug_pretty_print = off; SET debug_print_parse = on", deadline: deadline)
  }

  deinit { host.stop() }

  /// What the server says of each statement; nil where it refuses it.
  func describe(_ statements: [String]) throws -> [StatementDescription?] {
    try describing.describe(statements.map { StatementText($0) }, within: .seconds(60)).map { result in
      guard case .success(let described) = result, let tree = described.tree else { return nil }
      return try StatementDescription(
        tree: tree, parameterTypes: described.parameterTypes.map(ObjectID.init(rawValue:)),
        columns: described.columns.map { column in
          DescribedColumn(
            name: column.name, type: ObjectID(rawValue: column.type), typeModifier: Int32(column.modifier),
            table: ObjectID(rawValue: column.table), attribute: column.number)
        })
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips visibly where PostgreSQL is not installed; where `SQLC_SWIFT_REQUIRE_POSTGRESQL` is set (in CI) that is a failure.
  static var needsPostgreSQL: Self {
    .enabled("PostgreSQL (server and libpq) is not installed here") {
      Server.missing == nil || ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil
    }
  }
}
