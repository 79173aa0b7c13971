// Database files of applications, reached through the runtime that their code runs on.

import SQLCAnalysis
import SQLCEngine
import SQLCModel
import SQLCOracleSQLite
import SQLCRuntime

struct SQLiteDatabases: DatabaseAccess {
  /// Names of files are relative to it.
  let workingDirectory: String
  let fileSystem: any FileSystem
  /// What schemas of the block may use.
  let extensions: ScratchExtensions

  private struct Absence: Error, CustomStringConvertible {
    let description = "there is no such file"
  }

  let nameMeaning = "the database file"
  var usualName: String? { nil }
  func shown(_ name: String) -> String { name }

  func open(_ name: String, for use: DatabaseUse) async throws -> any MigratedDatabase {
    let file = join(workingDirectory, name)
    let isThere = fileSystem.kind(of: file) != nil
    var configuration = SQLCRuntime.Configuration()
    switch use {
    case .looking:
      guard isThere else {
        return SQLiteDatabase(database: try await Database.inMemory(), absence: "there is no such file yet")
      }
      configuration.access = .readOnly
    case .comparing:
      guard isThere else { throw Absence() }
      configuration.access = .readOnly
    case .mending:
      guard isThere else { throw Absence() }
    case .changing: break
    }
    let hadLog = fileSystem.kind(of: file + "-wal") != nil
    let database = try await Database.open(file, configuration: configuration)
    // Who only reads cannot remove the write-ahead log that reading has made.
    guard configuration.access == .readOnly, !hadLog else { return SQLiteDatabase(database: database, absence: nil) }
    let cleanUp: @Sendable () async -> Void = { await removeLog(of: file) }
    return SQLiteDatabase(database: database, absence: nil, cleans: cleanUp)
  }

  /// The last connection that may write removes the log as it closes (walformat.html §1.1).
  private func removeLog(of file: String) async {
    guard fileSystem.kind(of: file + "-wal") != nil, let database = try? await Database.open(file) else { return }
    _ = try? await database.toolHistory()
    await database.close()
  }

  func definitions(madeBy migrations: [MigrationModel]) throws -> [String] {
    let scratch = try ScratchDatabase(extensions: extensions)
    for migration in migrations { for statement in migration.up { try scratch.execute(statement) } }
    return try scratch.definitions()
  }
}

private struct SQLiteDatabase: MigratedDatabase {
  let database: Database
  let absence: String?
  /// Called once it is closed.
  var cleans: (@Sendable () async -> Void)?

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
    BaselineResult(try await database.baseline(migrations.map(Migration.init), at: version))
  }

  /// Opening to write gives the file a write-ahead log.
  func confirmBaseline(_ migrations: [MigrationModel], at version: String?) async throws {
    _ = try await database.rehearseBaseline(migrations.map(Migration.init), at: version)
  }

  func differences(from migrations: [MigrationModel]) async throws -> [String] {
    try await database.schemaDifferences(from: migrations.map(Migration.init))
  }

  func close() async {
    await database.close()
    await cleans?()
  }
}
