// Migrating and verifying, as applications call it.

import CSQLite
import SQLCSQLiteHandle

extension Database {
  /// Brings the database to a version of the schema: later migrations are applied, or earlier ones taken back.
  ///
  /// Each migration is one transaction with the record of it, and with the write lock held: of two processes that start at
  /// once one migrates and the other waits. (Where it asks for none and has a statement that SQLite refuses in one, it is
  /// several, and goes on behind the last one when it was stopped.) Foreign keys are not enforced meanwhile, so that tables
  /// can be rebuilt, and are checked before each commit. Which versions are applied is kept in the table
  /// `sqlc_schema_migrations`; the version table of goose, golang-migrate, dbmate, sql-migrate or tern is taken over once
  /// and kept up to date.
  ///
  /// - Throws: ``MigrationError``; the database is then as it was before the migration that failed.
  @discardableResult
  public func migrate<S: DatabaseSchema>(
    _ schema: S.Type, to target: MigrationTarget = .latest, options: MigrationOptions = MigrationOptions()
  ) async throws(MigrationError) -> MigrationSummary {
    try await migrate(S.migrations, to: target, options: options)
  }

  /// The same with migrations at hand.
  @discardableResult
  public func migrate(
    _ migrations: [Migration], to target: MigrationTarget = .latest, options: MigrationOptions = MigrationOptions()
  ) async throws(MigrationError) -> MigrationSummary {
    try await migrating { core in try Migrator(core, migrations, options).run(to: target) }
  }

  /// The versions that are applied, in the order of the migrations; nothing is changed.
  public func appliedVersions(of migrations: [Migration]) async throws(MigrationError) -> [String] {
    try await migrationStatus(of: migrations).filter { $0.state == .applied || $0.state == .edited }
      .map(\.version).filter(Set(migrations.map(\.version)).contains)
  }

  /// What is recorded of each migration, and what is recorded that the code does not know; nothing is changed.
  public func migrationStatus(of migrations: [Migration]) async throws(MigrationError) -> [MigrationStatus] {
    try await migrating { core in try MigrationHistory(core.database, migrations).records() }
  }

  /// Records the migrations up to a version as applied, for a database that has got their schema by other means.
  ///
  /// - Throws: ``MigrationError/mismatch(differences:)`` when the database does not have the schema of that version;
  ///   ``MigrationError/hasHistory(version:)`` when some migration is recorded already.
  public func baseline<S: DatabaseSchema>(_ schema: S.Type, at version: String) async throws(MigrationError) {
    try await baseline(S.migrations, at: version)
  }

  /// The same with migrations at hand.
  public func baseline(_ migrations: [Migration], at version: String) async throws(MigrationError) {
    guard let index = migrations.firstIndex(where: { $0.version == version }) else { throw .noSuchVersion(version) }
    let taken = Array(migrations[...index])
    let differences = try await schemaDifferences(from: taken)
    if !differences.isEmpty { throw .mismatch(differences: differences) }
    try await migrating { core in try Migrator(core, migrations, MigrationOptions()).adopt(taken) }
  }

  /// A database in memory as it was at a version: for tests that open an old one.
  public static func inMemory<S: DatabaseSchema>(
    migratedTo target: MigrationTarget = .latest, _ schema: S.Type, configuration: Configuration = .init()
  ) async throws -> Database {
    let database = try await inMemory(configuration: configuration)
    try await database.migrate(schema, to: target)
    return database
  }

  func migrating<T: Sendable>(
    _ body: @Sendable (ConnectionCore) throws -> T
  ) async throws(MigrationError) -> T {
    do {
      return try await onWriter(body)
    } catch let error as MigrationError {
      throw error
    } catch let error as DatabaseError {
      throw .database(error)
    } catch let failure as SQLiteFailure {
      throw .database(DatabaseError(failure, query: nil))
    } catch {
      // Nothing but the runtime throws in there.
      throw .database(DatabaseError(kind: .misuse, message: "\(error)"))
    }
  }
}
