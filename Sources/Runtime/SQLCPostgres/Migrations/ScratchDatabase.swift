// A database that is made to see which schema migrations make, and dropped again.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `sqlc_scratch_`, when it was made, and a number.
struct ScratchDatabase {
  private static let prefix = "sqlc_scratch_"
  private let keeper: Connection
  private let name: String
  /// Of its connections: what the application's have.
  let recipe: ConnectionRecipe

  /// - Parameter searchPath: of the database that is compared with it.
  /// - Throws: where the role must not make databases.
  init(on server: ConnectionRecipe, searchPath: String) async throws(MigrationError) {
    do throws(DatabaseError) {
      keeper = try await server.open()
      name = "\(Self.prefix)\(Int(Date().timeIntervalSince1970))_\(UInt32.random(in: 0 ... .max))"
      try await Self.dropLeftOnes(keeper)
      try await keeper.texts("CREATE DATABASE \(quotedIdentifier(name))")
    } catch {
      guard error.sqlState == .insufficientPrivilege else { throw .database(error) }
      throw .database(
        error.with(
          kind: .server,
          message:
            "\(error.message): to compare, the migrations are applied to a scratch database. Give the role CREATEDB, or"
            + " say where another one has it ('scratch')"))
    }
    var parameters = server.parameters
    parameters["dbname"] = name
    var configuration = server.configuration
    let setup = configuration.connectionSetup
    configuration.connectionSetup =
      "SELECT set_config('search_path', \(quotedLiteral(searchPath)), false)" + (setup.isEmpty ? "" : "; " + setup)
    recipe = ConnectionRecipe(
      library: server.library, parameters: parameters, types: TypeCatalog(), configuration: configuration)
  }

  /// Drops it, whether the task is cancelled or not.
  func drop() async {
    let (keeper, name) = (keeper, name)
    await Task.detached {
      _ = try? await keeper.texts("DROP DATABASE IF EXISTS \(quotedIdentifier(name)) WITH (FORCE)")
    }.value
  }

  /// Those of processes that were killed: a day old, ours, and used by nobody.
  private static func dropLeftOnes(_ connection: Connection) async throws(DatabaseError) {
    let now = Int(Date().timeIntervalSince1970)
    let names = try await connection.texts(
      """
      SELECT datname FROM pg_catalog.pg_database WHERE datname LIKE 'sqlc\\_scratch\\_%' AND pg_catalog.pg_get_userbyid(datdba) = current_user
      """
    ).compactMap { $0.first ?? nil }
    for name in names {
      guard let made = Int(name.dropFirst(prefix.count).prefix { $0.isNumber }), now - made > 86_400 else { continue }
      // Where somebody is connected it stays.
      _ = try? await connection.texts("DROP DATABASE IF EXISTS \(quotedIdentifier(name))")
    }
  }
}
