// PostgreSQL databases of applications, reached through the runtime that their code runs on.

import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgres

struct PostgreSQLDatabases: DatabaseAccess {
  let environment: [String: String]
  /// The server that the tool analyses with: where schemas are compared when the database's own has no place for that.
  let scratchServer: ServerSettings

  let nameMeaning = "a connection string, such as 'postgres://user@host/name'; or DATABASE_URL, or PGDATABASE, says it"

  /// What `DATABASE_URL` says; without it what libpq makes of its own variables, if there are any that name a database.
  var usualName: String? {
    if let url = environment["DATABASE_URL"], !url.isEmpty { return url }
    let isSaid = ["PGDATABASE", "PGSERVICE", "PGHOST"].contains { environment[$0]?.isEmpty == false }
    return isSaid ? "" : nil
  }

  func shown(_ name: String) -> String {
    if name.isEmpty { return "the database of the environment" }
    // What cannot be parsed is not quoted: it may have a password.
    guard let options = try? ConnectionOptions(name) else { return "--database" }
    let text = options.description
    return text.isEmpty ? "the database of the environment" : text
  }

  func open(_ name: String, for use: DatabaseUse) async throws -> any MigratedDatabase {
    var configuration = SQLCPostgres.Configuration()
    configuration.connections = 0...2
    return PostgreSQLDatabase(
      database: try await Database.open(try ConnectionOptions(name), configuration: configuration),
      scratchServer: scratchServer)
  }

  private struct NoDump: Error, CustomStringConvertible {
    let description =
      "the definitions of a PostgreSQL database are printed by 'pg_dump --schema-only', of one that has been migrated"
  }

  func definitions(madeBy migrations: [MigrationModel]) throws -> [String] { throw NoDump() }
}

private struct PostgreSQLDatabase: MigratedDatabase {
  let database: Database
  let scratchServer: ServerSettings
  /// The server says of one that is not there that it is not.
  var absence: String? { nil }

  func records(of migrations: [MigrationModel]) async throws -> [MigrationRecord] {
    try await database.migrationStatus(of: migrations.map(Migration.init)).map(MigrationRecord.init)
  }

  func migrate(
    _ migrations: [MigrationModel], to destination: MigrationDestination, _ conduct: MigrationConduct,
    _ order: MigrationOrderPolicy,
    progress: @escaping @Sendable (SQLCEngine.MigrationStep) -> Void
  ) async throws -> MigrationResult {
    var options = MigrationOptions()
    options.isDryRun = conduct == .rehearsed
    options.order = order == .any ? .any : .strict
    options.progress = { progress(.init($0)) }
    let summary = try await database.migrate(
      migrations.map(Migration.init), to: MigrationTarget(destination), options: options)
    return MigrationResult(applied: summary.applied, reverted: summary.reverted)
  }

  func baseline(_ migrations: [MigrationModel], at version: String?) async throws -> BaselineResult {
    BaselineResult(
      try await withScratch { scratch throws(MigrationError) in
        try await database.baseline(migrations.map(Migration.init), at: version, scratch: scratch)
      })
  }

  func differences(from migrations: [MigrationModel]) async throws -> [String] {
    try await withScratch { scratch throws(MigrationError) in
      try await database.schemaDifferences(from: migrations.map(Migration.init), scratch: scratch)
    }
  }

  /// Where the role may create no database, the tool's own server is where the schemas are made.
  private func withScratch<T: Sendable>(
    _ body: (ConnectionOptions?) async throws(MigrationError) -> T
  ) async throws -> T {
    do throws(MigrationError) {
      return try await body(nil)
    } catch {
      guard case .database(let cause) = error, cause.sqlState == .insufficientPrivilege,
        let server = try? ScratchServer(scratchServer)
      else { throw error }
      defer { server.stop() }
      guard let options = try server.creatingDatabases() else { throw error }
      return try await body(try ConnectionOptions(options))
    }
  }

  func close() async { await database.close() }
}
