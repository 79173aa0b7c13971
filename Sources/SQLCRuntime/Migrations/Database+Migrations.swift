// Migrating and verifying, as applications call it.

import CSQLite
import SQLCSQLiteHandle

extension Database {
  /// Brings the database to a version of the schema: later migrations are applied, or earlier ones taken back.
  ///
  /// Each migration runs in a transaction of its own, unless its file asks for none, with the write lock held: of two
  /// processes that start at once one migrates and the other waits. Foreign keys are not enforced meanwhile, so that tables
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
    try await migrating { core in
      let applied = Set(try MigrationBooks(database: core.database).applied().map(\.version))
      return migrations.map(\.version).filter(applied.contains)
    }
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
